"""What reading a foreign model gives: the files of a framework, and what could not be carried over, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assess.framework.check import check
from assess.language import Message, say
from assess.problems import Finding, Problem
from assess.workbook.toml import key_of, literal

LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Foreign:
    """`sources` file name -> TOML; `notes` what the model says that a framework does not, or says differently."""

    sources: Mapping[str, str]
    items: int
    notes: tuple[Message, ...] = ()


def write(found: Foreign, folder: Path) -> list[Finding]:
    """Write the files into a new or empty folder and lint them. Raises Problem framework.folder, export.unwritable."""
    if folder.exists() and any(folder.iterdir()):
        raise Problem(
            "framework.folder",
            say("{name} is not empty.", name=folder.name),
            say("Choose a new folder, so that nothing is overwritten."),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.sources.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise Problem(
            "export.unwritable",
            say("{name} could not be written.", name=folder.name),
            say("Close the file if it is open elsewhere, or choose another folder."),
        ) from error
    return check(folder)


def toml(head: Mapping[str, Any], tables: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A TOML file: keys, then tables by header ("total", "[indicator]", "[indicator.level]"). None is left out."""
    lines = [f"{key_of(key)} = {literal(value)}" for key, value in head.items() if value is not None]
    for header, content in tables:
        lines += ["", f"[{header}]"]
        lines += [f"{key_of(key)} = {literal(value)}" for key, value in content.items() if value is not None]
    return "\n".join(lines) + "\n"


def yaml(path: Path) -> Any:
    """One YAML file (1.2: `No` stays a word, and a number that is not written as numbers are, such as 08 or 1.10, is
    the words of a code). Raises Problem foreign.unreadable."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor
    from ruamel.yaml.error import YAMLError

    class Written(SafeConstructor):
        """Numbers as they were written."""

    for tag, kind in (("int", int), ("float", float)):
        Written.add_constructor(f"tag:yaml.org,2002:{tag}", partial(_written, kind))
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Written
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        return reader.load(path.read_text("utf-8-sig"))
    except (OSError, ValueError, YAMLError, RecursionError) as error:
        raise Problem(
            "foreign.unreadable",
            say("{name} cannot be read as YAML.", name=path.name),
            say("Check that it is the right file and that it is whole."),
        ) from error


def _written(kind: type[int | float], _reader: Any, node: Any) -> int | float | str:
    text = str(node.value)
    try:
        value = kind(text)
    except ValueError:
        return text
    return value if str(value) == text else text


def code_of(text: str) -> str:
    """A code for a framework: letters, digits, `.`, `_` and `-`."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.") or "x"


def line(value: Any) -> str:
    """A text of a foreign file on one line."""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def number(value: Any) -> float:
    """A number of a foreign file, 0 where there is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0

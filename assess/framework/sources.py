"""The files of a framework as texts: where they lie, their canonical form and their digest (R10).

A framework is a folder of TOML files: framework.toml, one file per dimension, clauses.toml, crosswalk.toml,
examples.toml, glossary.toml, checks.toml and English words in en/*.toml. All but framework.toml may be absent.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.language import say
from assess.problems import Finding, Problem

Json = Any

FRAMEWORKS = Path(__file__).parent.parent / "library" / "frameworks"
MAIN = "framework.toml"
SUPPLEMENTS = ("clauses.toml", "crosswalk.toml", "examples.toml", "glossary.toml", "checks.toml")
WORDS = "en/"


def load(folder: Path) -> dict[str, str]:
    """File name (with / as separator) → canonical text, sorted. Raises Problem when there is no framework.toml."""
    if not (folder / MAIN).is_file():
        raise Problem(
            "framework.not-found",
            say("{folder} is not a framework folder: it has no framework.toml.", folder=str(folder)),
            say("Choose the folder that holds framework.toml."),
        )
    sources: dict[str, str] = {}
    for path in sorted((*folder.glob("*.toml"), *folder.glob("en/*.toml"))):
        name = path.relative_to(folder).as_posix()
        try:
            sources[name] = canonical(path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Problem(
                "framework.encoding",
                say("{file} is not UTF-8 text (byte {position}).", file=name, position=error.start),
                say("Save the file with UTF-8 encoding."),
            ) from error
    return sources


def canonical(text: str) -> str:
    """Line ends as \\n and no byte-order mark, so that the digest does not depend on the editor."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def digest(sources: Mapping[str, str]) -> str:
    """SHA-256 over names and texts in the order of the names, lengths included; hexadecimal."""
    total = hashlib.sha256()
    for name in sorted(sources):
        for part in (name.encode(), canonical(sources[name]).encode()):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()


def item_files(sources: Mapping[str, str], listed: tuple[str, ...]) -> tuple[str, ...]:
    """The files with nodes and indicators in order: those listed, else every other one by name."""
    if listed:
        return listed
    others = (name for name in sorted(sources) if "/" not in name and name not in (MAIN, *SUPPLEMENTS))
    return tuple(others)


class FrameworkProblem(Problem):
    """A framework that cannot be used; `findings` are all its faults."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [one for one in findings if one.severity == "error"] or list(findings)
        first = errors[0]
        super().__init__(
            "framework.faulty",
            say(
                "The framework cannot be used, faults: {n}. The first: {place}: {text}",
                n=len(errors),
                place=first.place,
                text=first.text,
            ),
            first.hint,
        )
        self.findings = findings


class Files:
    """The parsed files of a framework, each parsed at its first look. An absent file is an empty table."""

    def __init__(self, sources: Mapping[str, str], parsed: Mapping[str, dict[str, Json]] | None = None) -> None:
        self.sources = sources
        self._parsed: dict[str, dict[str, Json]] = dict(parsed or {})

    def table(self, name: str) -> dict[str, Json]:
        """One file as a table. Raises FrameworkProblem naming file and line when it is not TOML."""
        if name not in self._parsed:
            try:
                self._parsed[name] = tomllib.loads(self.sources.get(name, ""))
            except tomllib.TOMLDecodeError as error:
                raise FrameworkProblem((syntax(name, error),)) from error
        return self._parsed[name]

    def english(self) -> dict[str, str]:
        """The overlay: Chinese text → English, of all files in en/."""
        found: dict[str, str] = {}
        for name in sorted(self.sources):
            if name.startswith(WORDS):
                found |= self.table(name).get("words", {})
        return found


def syntax(name: str, error: tomllib.TOMLDecodeError) -> Finding:
    """A TOML error as a finding: the parser's own words, the line in the place."""
    words, _, tail = str(error).partition(" (at ")
    line = tail.removeprefix("line ").partition(",")[0]
    return Finding(
        "error",
        "file.syntax",
        f"{name}:{line}" if line.isdigit() else name,
        "",
        say("This is not valid TOML: {reason}.", reason=words),
        say("Check quotes, brackets and equal signs on this line and the one before."),
    )

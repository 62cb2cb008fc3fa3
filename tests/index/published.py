"""Where published data stand, and how to read them. Tests skip where the folder is absent."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from assess.framework.model import Framework
from assess.framework.read import from_sources, read
from assess.framework.sources import load

FRAMEWORKS = Path(__file__).parent.parent / "data"
ORACLES = Path(__file__).parents[3] / "shared" / "oracles"


def folder(name: str) -> Path:
    """The data of one published index; skips the test where they are absent."""
    found = ORACLES / name
    if not found.is_dir():
        pytest.skip(f"the published data of {name} are not beside the project")
    return found


def framework(name: str, *changes: tuple[str, str]) -> Framework:
    """A framework of the tests, with texts of its file replaced."""
    if not changes:
        return read(FRAMEWORKS / name)
    sources = load(FRAMEWORKS / name)
    text = sources["framework.toml"]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return from_sources({**sources, "framework.toml": text})


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> float:
    return math.nan if text in ("", "NA") else float(text)


def column(path: Path, key: str) -> np.ndarray:
    return np.array([number(row[key]) for row in rows(path)])

"""The published worked examples that lie beside the project; without them, tests that need them say so and skip."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assess.weighting.sample import Sample, sample

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "oracles" / "mcdm"
PROBLEMS = ("hwang_yoon_fighter", "synthetic_12x8_seed20240601", "diakoulaki_1995")


@cache
def _read() -> dict[str, Any]:
    return json.loads((FOLDER / "oracles.json").read_text("utf-8"))


def figures(*path: str) -> Any:
    """One part of the published figures."""
    if not (FOLDER / "oracles.json").exists():
        pytest.skip("the published examples are not beside the project")
    found: Any = _read()
    for key in path:
        found = found[key]
    return found


def decision(name: str) -> tuple[Sample, dict[str, Any]]:
    """One published decision matrix as a sample, and all its figures."""
    found = figures("mcdm", name)
    items = [f"c{j}" for j in range(len(found["types"]))]
    falling = [item for item, kind in zip(items, found["types"], strict=True) if kind < 0]
    return sample([f"u{i}" for i in range(len(found["X"]))], items, found["X"], falling), found

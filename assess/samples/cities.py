"""The sample cities as the library holds them: fictional, marked 示例·, codes 99xxxx that no real place has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from assess.answers import Cell, Json, Profile, Sheet
from assess.language import Words

FOLDER = Path(__file__).parent.parent / "library" / "cities"


@dataclass(frozen=True, slots=True)
class SampleCity:
    """One city: its profile, its cells, and what it is meant to show.

    `expected` are the levels of the score stage and of the stage held. `townships` holds perception values per item.
    """

    profile: Profile
    cells: Mapping[Cell, Json]
    blurb: Words
    expected: tuple[int, int]
    townships: Mapping[str, tuple[float, ...]]

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.profile, self.cells)


@cache
def cities() -> tuple[SampleCity, ...]:
    """All ten, in the order of their codes (region by region, not by score)."""
    order = json.loads((FOLDER / "order.json").read_text("utf-8"))
    return tuple(_read(FOLDER / f"{code}.json") for code in order)


def city(code: str) -> SampleCity:
    """One by its code. Raises KeyError."""
    for each in cities():
        if each.profile.code == code:
            return each
    raise KeyError(code)


def _read(path: Path) -> SampleCity:
    data = json.loads(path.read_text("utf-8"))
    cells = {(item, column): value for item, column, value in data["cells"]}
    return SampleCity(
        profile=Profile.from_json(data["profile"]),
        cells=MappingProxyType(cells),
        blurb=Words(data["blurb"]["zh"], data["blurb"]["en"]),
        expected=(data["expected"]["score"], data["expected"]["held"]),
        townships={code: tuple(values) for code, values in data.get("townships", {}).items()},
    )

"""What holds for which rows: the weight set of a unit's kind, the targets of its year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assess.answers import Profile
from assess.framework.model import Framework
from assess.framework.settled import FIELDS, dated, fitting, holding, settled, unit_fields
from assess.index.data import Data
from assess.language import say
from assess.problems import Finding, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Holding:
    """Frameworks as they hold, and which of them each row goes by (None: all rows by the first)."""

    frameworks: tuple[Framework, ...]
    which: Wholes | None = None

    def rows(self, place: int) -> Wholes | slice:
        """The rows that go by one of the frameworks."""
        return slice(None) if self.which is None else (self.which == place).nonzero()[0]


def held(framework: Framework, data: Data, year: int | None = None) -> Holding:
    """The framework of every row. A `year` given holds for all rows. Raises Problem `index.year`."""
    import numpy as np

    if framework.settled is not None or not (framework.weight_sets or dated(framework)):
        return Holding((framework,))
    fields = [name for name in unit_fields(framework) if name != "year"]
    texts = {name: data.about.get(name, ("",) * data.rows) for name in fields if not framework.chosen}
    years = _years(framework, data, year)
    rows = zip(years, *texts.values(), strict=True)
    places: dict[tuple[object, ...], int] = {}
    which = np.fromiter((places.setdefault(row, len(places)) for row in rows), dtype=np.int64, count=data.rows)
    made: list[Framework] = []
    joined: dict[tuple[object, ...], int] = {}
    to = np.empty(len(places), dtype=np.int64)
    for row, place in places.items():
        about = dict(zip(texts, map(str, row[1:]), strict=True))
        profile = replace(Profile("", tier="", year=row[0]), **about)  # type: ignore[arg-type]
        key = holding(framework, profile)
        if key not in joined:
            joined[key] = len(made)
            made.append(settled(framework, profile))
        to[place] = joined[key]
    return Holding(tuple(made), None if len(made) == 1 else to[which])


def _years(framework: Framework, data: Data, year: int | None) -> list[int | None]:
    if not dated(framework):
        return [None] * data.rows
    if year is not None:
        return [year] * data.rows
    known: dict[str, int] = {}
    out: list[int | None] = []
    for row, text in enumerate(data.about.get("year", ("",) * data.rows)):
        if text not in known:
            digits = text.removesuffix("年").strip().removesuffix(".0")
            if not (digits.isdecimal() and len(digits) == 4):
                raise Problem(
                    "index.year",
                    say("The targets depend on the year, and {unit} has none.", unit=data.units[row])
                    if not text
                    else say("“{year}” of {unit} is no year.", year=text[:20], unit=data.units[row]),
                    say("Add a column “year” with four digits, or --year and the year for all units."),
                )
            known[text] = int(digits)
        out.append(known[text])
    return out


def told(found: Holding, framework: Framework, data: Data) -> list[Finding]:
    """A weight set for kinds of units that the table does not tell apart."""
    if framework.chosen or framework.settled is not None:
        return []
    lacking = [name for name in unit_fields(framework) if name in FIELDS and name not in data.about]
    return [
        Finding(
            "warning", "index.unit-kind", "", name,
            say("The table has no column “{name}”, on which weight sets depend; those do not hold.",
                name=name),
            say("Add the column, or choose a set with --weights."),
        )
        for name in lacking
    ]  # fmt: skip


def sets_in_force(found: Holding) -> Mapping[str, int]:
    """Number of the framework by the id of its weight set ("" for the framework's own weights), first come first."""
    out: dict[str, int] = {}
    for place, one in enumerate(found.frameworks):
        name = one.settled[1] if one.settled is not None else one.chosen
        out.setdefault(name, place)
    return out


__all__ = ["Holding", "fitting", "held", "sets_in_force", "told"]

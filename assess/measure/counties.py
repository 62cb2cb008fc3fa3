"""Blending the counties into the city's item scores (R4, D19): 0.7 × city + 0.3 × mean of the counties.

The counties of a city come from outside (`score(…, counties=…)`) or from the city's own document, which has taken them
in: item "@county", one column per county document, holding what that county scored at that moment, item by item, with
the digest of its seal. Such a record is a snapshot (R10): the county's document remains with the county.

    {"unit", "code", "framework", "base_date", "mode", "standing", "seal", "at", "items": {code: [state, counting,
     score, answer in brief]}}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from assess.answers import Json, Profile, Sheet
from assess.framework.model import Framework
from assess.framework.scoring_rules import CountyBlend
from assess.language import Message, say
from assess.measure.result import Scores
from assess.measure.scales import TOLERANCE

ITEM = "@county"
NAMES = "county_names"
Standing = Literal["sealed", "returned", "open"]


class Scored(Protocol):
    """What blending needs of one item of a county."""

    @property
    def state(self) -> str: ...
    @property
    def counting(self) -> str: ...
    @property
    def score(self) -> float | None: ...


class County(Protocol):
    """What blending needs of a county: `Scores` have it, and so has a record in the city's document."""

    @property
    def framework_digest(self) -> str: ...
    @property
    def suspended(self) -> bool: ...
    @property
    def items(self) -> Mapping[str, Scored]: ...


@dataclass(frozen=True, slots=True)
class CountyItem:
    """What a county scored on one item, and its answer in a few signs."""

    state: str
    counting: str
    score: float | None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A county's document as the city's document has taken it in. `column` names its cell, `seal` is printed."""

    column: str
    unit: str
    code: str
    framework_digest: str
    base_date: str
    mode: str
    standing: Standing
    seal: str
    at: str
    items: Mapping[str, CountyItem] = field(default_factory=dict)
    suspended: bool = False

    @property
    def counts(self) -> bool:
        return self.standing != "open" and not self.suspended

    @property
    def reason(self) -> Message | None:
        """Why it does not count, None if it does."""
        if self.suspended:
            return say("A red line suspends this county's assessment.")
        if self.standing == "open":
            return say("Not sealed and not handed in yet: shown, but it does not count.")
        return None

    def to_json(self) -> dict[str, Json]:
        out: dict[str, Json] = {
            "unit": self.unit,
            "code": self.code,
            "framework": self.framework_digest,
            "base_date": self.base_date,
            "mode": self.mode,
            "standing": self.standing,
            "seal": self.seal,
            "at": self.at,
            "items": {
                code: [one.state, one.counting, one.score, one.answer] for code, one in sorted(self.items.items())
            },
        }
        return {**out, "suspended": True} if self.suspended else out

    @staticmethod
    def from_json(column: str, value: Json) -> Submitted | None:
        """The county of a cell; None where the cell has not the shape of one."""
        if not isinstance(value, Mapping) or not isinstance(value.get("items"), Mapping):
            return None
        items: dict[str, CountyItem] = {}
        for code, row in value["items"].items():
            if not isinstance(row, (list, tuple)) or len(row) < 3:
                return None
            state, counting, score = row[:3]
            if score is not None and (isinstance(score, bool) or not isinstance(score, (int, float))):
                return None
            if score is not None and not 0 <= score <= 100:
                return None
            items[str(code)] = CountyItem(
                str(state), str(counting), None if score is None else float(score), str(row[3]) if len(row) > 3 else ""
            )
        text = {
            key: str(value.get(key) or "") for key in ("unit", "code", "framework", "base_date", "mode", "seal", "at")
        }
        standing = value.get("standing")
        return Submitted(
            column,
            text["unit"],
            text["code"],
            text["framework"],
            text["base_date"],
            text["mode"],
            "sealed" if standing == "sealed" else "returned" if standing == "returned" else "open",
            text["seal"],
            text["at"],
            items,
            value.get("suspended") is True,
        )


@dataclass(frozen=True, slots=True)
class Blend:
    """What the counties bring to one item: how many have a score, their mean, how many submitted, whether it counts."""

    counties: int
    mean: float | None
    submitted: int
    share: float
    applies: bool


def taken_in(sheet: Sheet) -> tuple[Submitted, ...]:
    """The counties a city's document holds, in the order of their codes and names."""
    found = (
        Submitted.from_json(column, value) for (item, column), value in sheet.cells.items() if item == ITEM and value
    )
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.code, one.unit, one.column)))


def counting(sheet: Sheet) -> tuple[Submitted, ...]:
    """Those of `taken_in` that count: sealed or handed in, same base date as the city (D19)."""
    return tuple(one for one in taken_in(sheet) if one.counts and one.base_date == sheet.profile.base_date)


def expected(profile: Profile) -> tuple[str, ...]:
    """The names of all counties of a city, where they have been written down (parameter `county_names`)."""
    names = profile.parameters.get(NAMES, ())
    return tuple(str(name) for name in names) if isinstance(names, (list, tuple)) else ()


def awaited(sheet: Sheet) -> tuple[str, ...]:
    """Names of counties the city expects (parameter `county_names`) that have not been taken in."""
    here = {one.unit.strip() for one in taken_in(sheet)} | {one.code for one in taken_in(sheet)}
    return tuple(name for name in expected(sheet.profile) if name.strip() and name.strip() not in here)


def usable(framework: Framework, counties: Sequence[County]) -> tuple[County, ...]:
    """Those made with the same framework; the base date is for the caller to see to."""
    return tuple(county for county in counties if county.framework_digest == framework.digest and not county.suspended)


def active(framework: Framework, profile: Profile) -> bool:
    """Is blending switched on for this document and meaningful for it?"""
    return framework.county_blend is not None and profile.blend_counties and not profile.no_counties


def blend(rule: CountyBlend, profile: Profile, code: str, counties: Sequence[County]) -> Blend:
    """One item: submitted is anything but unanswered; the mean leaves out what is left out of the county's own score.

    The share counts against all counties of the area (`profile.counties`), else against those given.
    """
    if code in rule.not_applied:
        return Blend(0, None, 0, 0.0, False)
    found = [county.items[code] for county in counties if code in county.items and county.items[code].state != "out"]
    submitted = sum(item.state != "unanswered" for item in found)
    scores = [item.score for item in found if item.score is not None and item.counting in ("value", "zero")]
    whole = max(profile.counties or 0, len(counties))
    share = submitted / whole if whole else 0.0
    mean = sum(scores) / len(scores) if scores else None
    return Blend(
        len(scores), mean, submitted, share, mean is not None and share >= rule.min_submission_share - TOLERANCE
    )


def record(column: str, profile: Profile, scores: Scores, standing: Standing, seal: str, at: str) -> Submitted:
    """What a city's document keeps of a county's: its results, and where they stood."""
    items = {
        code: CountyItem(one.state, one.counting, one.score, _brief(one.answer))
        for code, one in scores.items.items()
        if one.state != "out"
    }
    return Submitted(
        column, profile.unit, profile.code, scores.framework_digest, profile.base_date, profile.mode, standing, seal,
        at, items, scores.suspended,
    )  # fmt: skip


def _brief(answer: object) -> str:
    """An answer in a few signs: its level, yes or no, ticked keys, a figure, NA or ND."""
    kind = getattr(answer, "kind", "")
    match kind:
        case "level":
            return str(getattr(answer, "level", ""))
        case "yesno":
            return str(getattr(answer, "choice", ""))
        case "multi":
            return "".join(getattr(answer, "ticked", ())) or "∅"
        case "number":
            parts = [getattr(answer, "numerator", None), getattr(answer, "denominator", None)]
            return getattr(answer, "result", None) or "/".join(part for part in parts if part)
        case _:
            return kind.upper()

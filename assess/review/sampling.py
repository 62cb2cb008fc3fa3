"""Samples for on-site checks that anyone can draw again: from a seed, a list, and SHA-256, with any tool.

Each item gets u = (first 13 hexadecimal digits of SHA-256 of "seed:code" + 0.5) ÷ 16¹³, a number between 0 and 1 that
nobody can choose. At random: the smallest u are drawn. By risk: the smallest −ln(u) ÷ w, where the weight w is 1 plus
the points of the item's risk factors; an item of weight 4 is drawn as if it lay in the urn four times (Efraimidis and
Spirakis, Weighted random sampling with a reservoir, 2006). Highest risk first: by points, equal ones by u.

Strata get places in proportion to their items by largest remainders, one each at least where places suffice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from assess import walk
from assess.answers import Cell, Json, Sheet
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.language import Message, say
from assess.measure.gap import gap
from assess.measure.result import Scores
from assess.measure.route import cells_by_item
from assess.problems import Problem
from assess.review.units import unit_of
from assess.store.events import canonical, digest

Way = Literal["random", "risk", "highest"]
Strata = Literal["none", "dimension", "unit"]
WAYS: Mapping[Way, Message] = {
    "random": say("at random"),
    "risk": say("at random, weighted by risk"),
    "highest": say("highest risk first"),
}
STRATA: Mapping[Strata, Message] = {
    "none": say("from all items together"),
    "dimension": say("from every dimension"),
    "unit": say("from every unit"),
}
DIGITS = 13
HIGH = 80.0
KIND = "onsite"
ITEM = "@onsite"


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that makes an item worth a look on site, and its points."""

    key: str
    points: int
    words: Message


FACTORS: Mapping[str, Factor] = {
    one.key: one
    for one in (
        Factor("high_bare", 3, say("high level without evidence")),
        Factor("difference", 3, say("self-assessment and review two levels or more apart")),
        Factor("jump", 2, say("two levels or more up on last period")),
        Factor("weak_evidence", 2, say("only evidence of grade D")),
        Factor("explained", 1, say("a warning explained by the unit")),
    )
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item of the list a sample is drawn from: its stratum and its risk factors."""

    code: str
    stratum: str
    factors: tuple[str, ...]

    @property
    def risk(self) -> int:
        return sum(FACTORS[key].points for key in self.factors if key in FACTORS)


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with everything needed to draw it again: `draw(sample.candidates, …)` gives the same `codes`."""

    seed: str
    size: int
    way: Way
    strata: Strata
    candidates: tuple[Candidate, ...]
    codes: tuple[str, ...]
    by: str = ""
    at: str = ""

    @property
    def list_digest(self) -> str:
        """Sixteen hexadecimal digits over the list the sample is drawn from."""
        return digest(canonical([[one.code, one.stratum, list(one.factors)] for one in self.candidates]))[:16]

    def to_json(self) -> dict[str, Json]:
        return {
            "seed": self.seed,
            "size": self.size,
            "way": self.way,
            "strata": self.strata,
            "candidates": [[one.code, one.stratum, list(one.factors)] for one in self.candidates],
            "codes": list(self.codes),
            "by": self.by,
            "at": self.at,
        }


def candidates(
    framework: Framework, sheet: Sheet, scores: Scores, *, found: Iterable[Found] = (), strata: Strata = "dimension"
) -> tuple[Candidate, ...]:
    """The list a sample is drawn from: every answered item with its stratum and risk factors, in the order of items."""
    explained = {code for one in found if one.explained for code in one.codes}
    homes = {code: node.code for node in framework.dimensions for code in framework.leaves(node.code)}
    given = cells_by_item(sheet)
    out = []
    for code in walk.items(framework, sheet):
        if sheet.answer(code) is None:
            continue
        stratum = {
            "none": "",
            "dimension": homes.get(code, ""),
            "unit": unit_of(framework, sheet, code).to("zh"),
        }[strata]
        out.append(Candidate(code, stratum, _factors(framework, sheet, scores, code, given.get(code, {}), explained)))
    return tuple(out)


def _factors(
    framework: Framework, sheet: Sheet, scores: Scores, code: str, held: Mapping[str, Json], explained: set[str]
) -> tuple[str, ...]:
    tier = sheet.profile.tier
    own, score = sheet.answer(code), scores.items.get(code)
    grades = [
        str(value.get("grade", "")).strip().upper()
        for column, value in held.items()
        if column.startswith("evidence/") and isinstance(value, Mapping)
    ]
    found: list[str] = []
    if score is not None and score.raw is not None and score.raw >= HIGH and not grades and score.needs_evidence:
        found.append("high_bare")
    between = gap(framework, code, own, sheet.answer(code, "review"), tier)
    if between is not None and between.serious:
        found.append("difference")
    since = gap(framework, code, sheet.answer(code, "previous"), own, tier)
    if since is not None and since.levels >= 2:
        found.append("jump")
    if grades and set(grades) == {"D"}:
        found.append("weak_evidence")
    if code in explained:
        found.append("explained")
    return tuple(key for key in FACTORS if key in found)


def draw(
    listed: Sequence[Candidate], *, seed: str, size: int, way: Way = "risk", strata: Strata = "dimension",
    by: str = "", at: str = "",
) -> Sample:  # fmt: skip
    """Draw a sample. The same list, seed, size and way give the same items, whatever the order of the list.

    Problems: sample.empty (nothing to draw from), sample.size (below 1 or above the list), sample.seed (empty).
    """
    seed = seed.strip()
    if not seed:
        raise Problem(
            "sample.seed",
            say("The sample has no seed."),
            say("Take a number nobody can have chosen, such as the date of the meeting or a lottery number."),
        )
    if not listed:
        raise Problem(
            "sample.empty",
            say("There is nothing to draw from: no item is answered yet."),
            say("Draw the sample after the self-assessment has come back."),
        )
    if not 1 <= size <= len(listed):
        raise Problem(
            "sample.size",
            say("{size} items cannot be drawn from {count}.", size=size, count=len(listed)),
            say("Give a number from 1 to {count}.", count=len(listed)),
        )
    groups: dict[str, list[Candidate]] = {}
    for one in listed:
        groups.setdefault(one.stratum if strata != "none" else "", []).append(one)
    places = allocation({name: len(group) for name, group in groups.items()}, size)
    chosen = {
        one.code
        for name, group in groups.items()
        for one in sorted(group, key=lambda one: (key(seed, one, way), one.code))[: places[name]]
    }
    codes = tuple(one.code for one in listed if one.code in chosen)
    return Sample(seed, size, way, strata, tuple(listed), codes, by, at)


def uniform(seed: str, code: str) -> float:
    """u of an item: (first 13 hexadecimal digits of SHA-256("seed:code") + 0.5) ÷ 16¹³, between 0 and 1."""
    found = int(sha256(f"{seed}:{code}".encode()).hexdigest()[:DIGITS], 16)
    return float((found + 0.5) / 16**DIGITS)


def key(seed: str, one: Candidate, way: Way) -> tuple[float, float]:
    """What a stratum is sorted by; the smallest are drawn."""
    u = uniform(seed, one.code)
    match way:
        case "random":
            return (u, u)
        case "risk":
            return (-math.log(u) / (1 + one.risk), u)
        case "highest":
            return (-float(one.risk), u)


def allocation(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Places for strata of these sizes: proportional by largest remainders, one each at least where places suffice.

    Equal remainders go by name, so that the result does not depend on an order.
    """
    count = sum(sizes.values())
    least = 1 if total >= len(sizes) else 0
    places = dict.fromkeys(sizes, least)
    quotas = {name: total * size / count for name, size in sizes.items()}
    for name in sizes:
        places[name] = min(max(int(quotas[name] + 1e-9), least), sizes[name])
    while sum(places.values()) < total:
        open_ones = [name for name in sizes if places[name] < sizes[name]]
        places[max(sorted(open_ones), key=lambda name: quotas[name] - places[name])] += 1
    while sum(places.values()) > total:
        full = [name for name in sizes if places[name] > least]
        places[min(sorted(full), key=lambda name: quotas[name] - places[name])] -= 1
    return places


def cells(sheet: Sheet, sample: Sample) -> dict[Cell, Json]:
    """The cells that keep a sample; earlier ones stay, so that nobody draws until it pleases."""
    number = len(sheet.items(ITEM)) + 1
    return {(ITEM, f"{number:03d}-{digest(canonical(sample.to_json()))[:8]}"): sample.to_json()}


def samples(sheet: Sheet) -> tuple[Sample, ...]:
    """The samples of a document, the oldest first. What does not read as one is left out."""
    found = (from_json(value) for value in sheet.items(ITEM).values())
    return tuple(one for one in found if one is not None)


def drawn(sheet: Sheet) -> frozenset[str]:
    """The items drawn for on-site checks, by any of the samples."""
    return frozenset(code for one in samples(sheet) for code in one.codes)


def from_json(data: Json) -> Sample | None:
    """A sample as it was kept; None for what is none."""
    try:
        listed = tuple(Candidate(str(c), str(s), tuple(map(str, f))) for c, s, f in data["candidates"])
        way, strata = data["way"], data["strata"]
        if way not in WAYS or strata not in STRATA:
            return None
        codes = tuple(map(str, data["codes"]))
        return Sample(str(data["seed"]), int(data["size"]), way, strata, listed, codes,
                      str(data.get("by", "")), str(data.get("at", "")))  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def holds(sample: Sample) -> bool:
    """Whether the items listed are those that the seed gives."""
    try:
        again = draw(sample.candidates, seed=sample.seed, size=sample.size, way=sample.way, strata=sample.strata)
    except Problem:
        return False
    return again.codes == sample.codes

"""A second scorer of the built-in framework, slow and plain, written from the rules of the framework draft.

It shares no code with `assess.measure`: only values (answers, sheets) and the data of items (weights, scales, options)
are common. Rules (modes, evidence, gates, red lines, skips) are written out here by hand, so that a wrong number in the
framework's files or a wrong line in the scorer shows as a difference between the two.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from assess.answers import Answer, Sheet
from assess.framework.indicator import Indicator
from assess.framework.model import Framework

NEAR = 1e-9
PRECEDENCE = ("third_party", "review", "self")
NEVER_NA = (
    "ST1.1", "ST2.1", "ME2.5", "ME5.2", "SH1.1", "SH2.1", "SE1.1", "TA1.3", "TA2.2", "SE4.2", "ST4.3", "ME4.3", "SH3.3",
)  # fmt: skip
NEVER_NA_CITY = ("SE2.1", "SH2.3")
KEYS = ("ST1.1", "ST2.1", "ME2.5", "ME5.2", "SH1.1", "SH2.1", "SE1.1", "SE2.1", "TA1.3", "TA2.2")
NO_COUNTY_ITEMS = ("ME2.1", "ME2.3")
NOT_BLENDED = ("ME2.1", "ME2.3", "SE4.2")
SKIPS = (
    ("K1", "ST2.1", 1, ("ST2.3",), "zero", "市县"),
    ("K2", "ME2.1", "no", ("ME2.2", "ME2.3"), "zero", "市"),
    ("K3", "SH1.1", 0, ("SH1.3",), "zero", "市县"),
    ("K4", "SH2.1", 0, ("SH3.2",), "zero", "市县"),
    ("K5", "SH2.1", 0, ("SH3.1",), "exclude", "市县"),
    ("K6", "ME5.1", 0, ("TA2.3",), "exclude", "市县"),
)
WEIGHTS = {"ST": 20, "ME": 25, "SH": 25, "SE": 15, "TA": 15}
BANDS = ((5, 85), (4, 70), (3, 50), (2, 30), (1, 0))
GATES = {
    2: (("G2.1", "total", 30), ("G2.2", "dimensions", 25, 3), ("G2.3", "coverage", 0.5)),
    3: (
        ("G3.1", "total", 50), ("G3.2", "dimensions", 40, 5), ("G3.3", "key", 40, 1.0), ("G3.4", "key", 60, 0.6),
        ("G3.5", "coverage", 0.7), ("G3.6", "evidence", 0.6),
    ),
    4: (
        ("G4.1", "total", 70), ("G4.2", "dimensions", 60, 5), ("G4.3", "key", 60, 1.0), ("G4.4", "coverage", 0.8),
        ("G4.5", "evidence", 0.8),
    ),
    5: (
        ("G5.1", "total", 85), ("G5.2", "dimensions", 75, 5), ("G5.3", "key", 80, 1.0), ("G5.4", "coverage", 0.95),
        ("G5.5", "evidence", 0.9), ("G5.6", "items", 80), ("G5.7", "reviewed"),
    ),
}  # fmt: skip
OUTCOMES = ("ST4.3", "ME4.3", "SH3.3")


@dataclass
class Item:
    """One item as the reference sees it; names as in `assess.measure.result.ItemScore`."""

    column: str | None = None
    state: str = "unanswered"
    given: str = "unanswered"
    fault: bool = False
    doubt: bool = False
    x: float | None = None
    raw: float | None = None
    own: float | None = None
    score: float | None = None
    skip: str | None = None
    needs: bool = False
    pieces: int = 0


@dataclass
class Result:
    items: dict[str, Item] = field(default_factory=dict)
    nodes: dict[str, float | None] = field(default_factory=dict)
    coverage: dict[str, float | None] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    base: float | None = None
    deductions: float = 0.0
    bonus: float = 0.0
    graded: float | None = None
    shown: float | None = None
    alternative: float | None = None
    evidence_rate: float | None = None
    needed: int = 0
    present: int = 0
    red_lines: dict[str, str] = field(default_factory=dict)
    gates: dict[str, str] = field(default_factory=dict)
    score_stage: int | None = None
    gated_stage: int | None = None
    flags: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Reading:
    """What one answer says: a state, a score and a level before any evidence is looked at."""

    state: str
    score: float | None = None
    x: float | None = None
    fault: bool = False
    doubt: bool = False


def reference(framework: Framework, sheet: Sheet, counties: list[dict[str, Item]] | None = None) -> Result:
    """Score a sheet of a city or county. `framework` is the whole built-in one."""
    tier = sheet.profile.tier
    out = Result()
    whole = [code for code in framework.indicators if asked(framework.indicators[code], tier)]
    codes = [code for code in whole if in_scope(framework, sheet, code)]
    readings = {code: column_in_force(framework.indicators[code], sheet, code, tier) for code in codes}
    skips = skips_in_force(sheet, tier, readings)
    for code in codes:
        out.items[code] = one_item(framework.indicators[code], sheet, readings[code], skips.get(code))
    blend(out, sheet, counties or [])
    for code in (*subs(framework), *dimensions(framework), "total"):
        place(framework, out, code, tier)
    share_out(framework, out, "total", 1.0)
    out.needed = sum(item.needs for item in out.items.values())
    out.present = sum(item.needs and item.pieces > 0 for item in out.items.values())
    out.evidence_rate = out.present / out.needed if out.needed else None
    out.flags = first_to_check(framework, sheet, codes)
    complete = len(codes) == len(whole)
    if not complete:
        out.nodes["total"] = None
    if sheet.items("@redline").get("R3", {}).get("state") in ("raised", "confirmed"):
        out.nodes = dict.fromkeys(out.nodes)
    out.red_lines = red_lines(sheet, out)
    totals(framework, sheet, out)
    if complete and out.graded is not None:
        stage(framework, sheet, out)
    return out


# --- one answer ---------------------------------------------------------------------------------------------------


def asked(item: Indicator, tier: str) -> bool:
    return tier in item.tiers and not (tier == "县" and item.code in NO_COUNTY_ITEMS)


def in_scope(framework: Framework, sheet: Sheet, code: str) -> bool:
    scope = sheet.profile.scope
    return scope is None or any(name == code or code in under(framework, name) for name in scope)


def under(framework: Framework, name: str) -> list[str]:
    if name in framework.indicators:
        return [name]
    if name not in framework.nodes:
        return []
    return [leaf for child in framework.nodes[name].children for leaf in under(framework, child)]


def column_in_force(item: Indicator, sheet: Sheet, code: str, tier: str) -> tuple[str | None, Answer | None, Reading]:
    """The first column by precedence that holds an answer; a faulty one there is not replaced by a lower column."""
    for column in PRECEDENCE:
        answer = sheet.answer(code, column)
        if answer is not None:
            return column, answer, read(item, answer, tier)
    return None, None, Reading("unanswered")


def read(item: Indicator, answer: Answer, tier: str) -> Reading:
    if answer.kind in ("na", "nd"):
        return Reading(answer.kind)
    if answer.kind != item.kind:
        return Reading("unanswered", fault=True)
    if answer.kind == "level":
        if answer.level not in (0, 1, 2, 3, 4, 5):
            return Reading("unanswered", fault=True)
        return Reading("answered", answer.level * 20.0)
    if answer.kind == "yesno":
        if answer.choice not in ("yes", "no"):
            return Reading("unanswered", fault=True)
        return Reading("answered", 100.0 if answer.choice == item.yesno.good else 0.0)
    if answer.kind == "multi":
        keys = {option.key for option in item.options}
        if not set(answer.ticked) <= keys:
            return Reading("unanswered", fault=True)
        return Reading("answered", ticks(item, set(answer.ticked)))
    return read_number(item, answer, tier)


def ticks(item: Indicator, ticked: set[str]) -> float:
    score = 100.0 * len(ticked) / len(item.options)
    missing = any(option.required and option.key not in ticked for option in item.options)
    return min(score, 60.0) if missing else score


def number(text: str | None) -> float | None:
    """A finite number, or None for what is none."""
    return float(text) if text is not None and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None


def read_number(item: Indicator, answer: Answer, tier: str) -> Reading:
    spec = item.number
    assert spec is not None
    faulty = Reading("unanswered", fault=True)
    upper, lower, result = answer.numerator, answer.denominator, answer.result
    if spec.kind == "count":
        x = number(upper if upper is not None or lower is not None else result)
        if x is None or x < 0:
            return faulty
    elif upper is not None and lower is not None:
        above, below = number(upper), number(lower)
        if above is None or below is None or above < 0 or below < 0:
            return faulty
        if spec.kind == "ratio" and above > below:
            return faulty
        if below == 0:
            treat = spec.zero_denominator
            if treat == "na":
                return Reading("na") if may_choose_na(item, tier) else faulty
            if treat == "nd":
                return Reading("nd")
            if treat == "invalid":
                return faulty
            x = 0.0
        else:
            x = above / below * (spec.factor or 1)
    elif upper is None and lower is None and result is not None:
        value = number(result)
        if value is None or value < 0 or (spec.kind == "ratio" and value > 100):
            return faulty
        x = value
    else:
        return faulty
    share = (x - spec.zero) / (spec.full - spec.zero)
    score = 100.0 * min(1.0, max(0.0, share))
    if spec.confirmation is not None and answer.confirm != "yes":
        score = min(score, spec.confirmation.cap)
    low, high = spec.plausible
    return Reading("answered", score, x, doubt=not low <= x <= high)


def may_choose_na(item: Indicator, tier: str) -> bool:
    return item.code not in NEVER_NA and item.not_applicable is not None and tier in item.not_applicable.levels


# --- states and evidence -------------------------------------------------------------------------------------------


def skips_in_force(sheet: Sheet, tier: str, readings: dict) -> dict[str, tuple[str, str]]:
    """Skipped item → (rule, treatment). Only an answered trigger counts, by its raw answer in the column in force."""
    found: dict[str, tuple[str, str]] = {}
    for name, trigger, limit, targets, treatment, tiers in SKIPS:
        if tier not in tiers or trigger not in readings:
            continue
        _, answer, reading = readings[trigger]
        if answer is None or reading.state != "answered":
            continue
        fires = answer.choice == limit if isinstance(limit, str) else answer.level <= limit
        for target in targets:
            if fires and target in readings and not sheet.flag(target, "skip_lifted"):
                found[target] = (name, treatment)
    return found


def one_item(item: Indicator, sheet: Sheet, found: tuple, skip: tuple[str, str] | None) -> Item:
    column, answer, reading = found
    tier, mode = sheet.profile.tier, sheet.profile.mode
    given = "answered" if reading.fault else reading.state
    out = Item(column, reading.state, given, reading.fault, reading.doubt, reading.x)
    pieces = tuple(piece for piece in sheet.evidence(item.code) if piece.name.strip())
    out.pieces = len(pieces)
    if skip is not None:
        out.state, out.skip = "skipped", skip[0]
        out.score = 0.0 if skip[1] == "zero" else None
        return out
    if out.state == "na" and not na_holds(item, sheet, answer):
        out.state = "nd"
    if out.state == "answered":
        out.raw = out.score = reading.score
        if mode == "formal" and tier in "市县":
            cap(item, answer, pieces, out)
    out.own = out.score
    if out.state == "nd":
        out.score = 0.0 if mode == "formal" else None
    if out.state == "answered":
        out.needs = needs_evidence(item, answer, out)
    return out


def na_holds(item: Indicator, sheet: Sheet, answer: Answer) -> bool:
    reason = answer.reason or sheet.text(item.code, "explanation")
    if item.code in NEVER_NA or not reason.strip():
        return False
    if item.code in NEVER_NA_CITY and sheet.profile.tier == "市":
        return False
    if sheet.profile.mode == "formal":
        return sheet.flag(item.code, "na_approved")
    return may_choose_na(item, sheet.profile.tier)


def cap(item: Indicator, answer: Answer, pieces: tuple, out: Item) -> None:
    if item.kind == "level" and not pieces:
        out.score = min(out.score, 40.0)
    elif item.kind == "multi":
        whole = any(not piece.options for piece in pieces)
        proved = {key for piece in pieces for key in piece.options}
        out.score = ticks(item, {key for key in answer.ticked if whole or key in proved})
    elif out.raw > 0 and not pieces:
        if item.kind == "number" and not answer.source.strip():
            out.state = "nd"
        if item.kind == "yesno" and item.code != "SE4.2":
            out.state = "nd"


def needs_evidence(item: Indicator, answer: Answer, out: Item) -> bool:
    if item.kind == "level":
        return answer.level > 0
    if item.kind == "number":
        return out.raw > 0
    if item.kind == "multi":
        return bool(answer.ticked)
    return answer.choice == "yes"


def blend(out: Result, sheet: Sheet, counties: list[dict[str, Item]]) -> None:
    """City × 0.7 + mean of counties × 0.3 where at least 60 % of the counties have submitted the item."""
    profile = sheet.profile
    if not (profile.blend_counties and counties) or profile.no_counties or profile.tier != "市":
        return
    total = max(profile.counties or 0, len(counties))
    for code, item in out.items.items():
        submitted = [one[code] for one in counties if code in one and one[code].state != "unanswered"]
        scored = [one.score for one in submitted if one.score is not None and one.state != "na"]
        if code in NOT_BLENDED or item.state != "answered" or not scored or len(submitted) / total < 0.6 - NEAR:
            continue
        item.score = 0.7 * item.score + 0.3 * sum(scored) / len(scored)


# --- the tree ------------------------------------------------------------------------------------------------------


def dimensions(framework: Framework) -> list[str]:
    return list(WEIGHTS)


def subs(framework: Framework) -> list[str]:
    return [sub for dimension in WEIGHTS for sub in framework.nodes[dimension].children]


def weight(framework: Framework, code: str) -> float:
    if code in WEIGHTS:
        return WEIGHTS[code]
    return framework.indicators[code].weight if code in framework.indicators else framework.nodes[code].weight


def global_weight(framework: Framework, code: str, tier: str) -> float:
    """Item weight × sub-dimension weight × dimension weight, the items of other levels left out of the first."""
    sub, dimension = code.split(".")[0], code[:2]
    beside = [one for one in framework.nodes[sub].children if asked(framework.indicators[one], tier)]
    own = weight(framework, code) / sum(weight(framework, one) for one in beside)
    return own * weight(framework, sub) / 100 * weight(framework, dimension) / 100


def children(framework: Framework, code: str) -> tuple[str, ...]:
    return tuple(WEIGHTS) if code == "total" else framework.nodes[code].children


def score_of(out: Result, code: str) -> float | None:
    return out.items[code].score if code in out.items else out.nodes.get(code)


def place(framework: Framework, out: Result, code: str, tier: str) -> None:
    """Weighted mean of what is in; a dimension that is out takes the total with it."""
    inside = [child for child in children(framework, code) if score_of(out, child) is not None]
    total = sum(weight(framework, child) for child in inside)
    out.nodes[code] = sum(weight(framework, c) * score_of(out, c) for c in inside) / total if inside else None
    if code == "total" and len(inside) < 5:
        out.nodes[code] = None
    leaves = [leaf for leaf in under(framework, code) if leaf in out.items]
    applicable = [leaf for leaf in leaves if out.items[leaf].state not in ("na", "skipped")]
    whole = sum(global_weight(framework, leaf, tier) for leaf in applicable)
    answered = [leaf for leaf in applicable if out.items[leaf].state == "answered"]
    out.coverage[code] = sum(global_weight(framework, leaf, tier) for leaf in answered) / whole if applicable else None


def share_out(framework: Framework, out: Result, code: str, share: float) -> None:
    out.shares[code] = share
    if code in out.items:
        return
    inside = [child for child in children(framework, code) if score_of(out, child) is not None]
    total = sum(weight(framework, child) for child in inside)
    for child in inside:
        share_out(framework, out, child, share * weight(framework, child) / total)


# --- totals, red lines, stages -------------------------------------------------------------------------------------


def totals(framework: Framework, sheet: Sheet, out: Result) -> None:
    out.base = out.nodes["total"]
    out.bonus, out.deductions = bonus(sheet), deductions(sheet, out)
    if out.base is None:
        return
    out.graded = min(100.0, max(0.0, out.base - out.deductions))
    out.shown = min(100.0, max(0.0, out.graded + out.bonus))
    out.alternative = math.prod(max(1.0, out.nodes[code]) ** (points / 100) for code, points in WEIGHTS.items())


def bonus(sheet: Sheet) -> float:
    matters = {
        claim["matter"].strip()
        for claim in sheet.items("@bonus").values()
        if claim["item"] in ("B1", "B2", "B3") and claim["document"].strip()
    }
    return min(3.0, float(len(matters)))


def deductions(sheet: Sheet, out: Result) -> float:
    heaviest: dict[str, float] = {}
    for claim in sheet.items("@deduction").values():
        known = claim["item"] in ("D1", "D2", "D3") and claim["points"] in (1, 2)
        if known and claim["confirmed"] and out.red_lines.get(claim["redline"]) != "in_force":
            matter = claim["matter"].strip()
            heaviest[matter] = max(heaviest.get(matter, 0), claim["points"])
    return min(5.0, float(sum(heaviest.values())))


def red_lines(sheet: Sheet, out: Result) -> dict[str, str]:
    """Red line → in_force, awaiting or indicative."""
    mode, found = sheet.profile.mode, {}
    entered = {key: value["state"] for key, value in sheet.items("@redline").items()}
    incident = out.items.get("SE4.2")
    column = incident.column if incident else None
    answer = sheet.answer("SE4.2", column) if column else None
    if mode != "training":
        unclear = incident is not None and incident.state in ("nd", "unanswered") and out.nodes["total"] is not None
        happened = incident is not None and incident.given == "answered" and answer.choice == "yes"
        state = entered.get("R1", "")
        if unclear or state == "confirmed":
            found["R1"] = "in_force"
        elif state == "raised" or (happened and state != "cleared"):
            found["R1"] = "awaiting"
        if entered.get("R4") in ("raised", "confirmed"):
            found["R4"] = "in_force" if entered["R4"] == "confirmed" else "awaiting"
        if mode == "self":
            found = dict.fromkeys(found, "indicative")
    if mode == "formal" and entered.get("R2") in ("raised", "confirmed"):
        found["R2"] = "in_force" if entered["R2"] == "confirmed" else "awaiting"
    if entered.get("R3") in ("raised", "confirmed"):
        found["R3"] = "in_force"
    return found


def stage(framework: Framework, sheet: Sheet, out: Result) -> None:
    mode = sheet.profile.mode
    if mode == "training":
        return
    for gates in GATES.values():
        for gate in gates:
            out.gates[gate[0]] = judge(framework, sheet, out, *gate[1:])
    out.score_stage = next(level for level, low in BANDS if out.graded >= low - NEAR)
    gated = next(
        (n for n in (5, 4, 3, 2) if all(out.gates[gate[0]] != "failed" for gate in GATES[n])),
        1,
    )
    if any(out.red_lines.get(line) == "in_force" for line in ("R1", "R4")):
        gated = min(gated, 3)
    if mode == "self":
        gated = min(gated, 4)
    nothing = any(out.red_lines.get(line) == "in_force" for line in ("R2", "R3"))
    out.gated_stage = None if nothing else gated


def judge(framework: Framework, sheet: Sheet, out: Result, kind: str, *limits: float) -> str:
    if kind == "total":
        holds = out.graded >= limits[0] - NEAR
    elif kind == "dimensions":
        holds = sum(out.nodes[code] >= limits[0] - NEAR for code in WEIGHTS) >= limits[1]
    elif kind == "key":
        keys = [out.items[code] for code in KEYS if code in out.items]
        applicable = [item for item in keys if item.state != "na" and not (item.skip and item.score is None)]
        met = sum(item.state not in ("nd", "unanswered") and item.score >= limits[0] - NEAR for item in applicable)
        holds = met / len(applicable) >= limits[1] - NEAR and len(keys) - len(applicable) <= 1
    elif kind == "coverage":
        holds = (out.coverage["total"] or 0.0) >= limits[0] - NEAR
    elif kind == "evidence":
        if sheet.profile.mode != "formal":
            return "not_judged"
        holds = out.evidence_rate is not None and out.evidence_rate >= limits[0] - NEAR
    elif kind == "items":
        holds = all((out.items[code].score or 0.0) >= limits[0] - NEAR for code in OUTCOMES)
    else:
        columns = {item.column for item in out.items.values() if item.state == "answered"}
        holds = sheet.status == "reviewed" or columns == {"third_party"}
    return "held" if holds else "failed"


def first_to_check(framework: Framework, sheet: Sheet, codes: list[str]) -> dict[str, set[str]]:
    """F1: review and self 40 points apart; F2: one answered, the other NA or ND; F3: SH3.1 not applicable."""
    found: dict[str, set[str]] = {}
    tier = sheet.profile.tier
    for code in codes:
        item = framework.indicators[code]
        given = {
            column: read(item, answer, tier)
            for column in PRECEDENCE
            if (answer := sheet.answer(code, column)) is not None
        }
        marks = set()
        review, own = given.get("review"), given.get("self")
        if review and own and review.score is not None and own.score is not None:
            if abs(review.score - own.score) >= 40 - NEAR:
                marks.add("F1")
        states = {reading.state for reading in given.values() if reading.state != "unanswered"}
        if len(states) > 1:
            marks.add("F2")
        if code == "SH3.1" and column_in_force(item, sheet, code, tier)[2].state == "na":
            marks.add("F3")
        if marks:
            found[code] = marks
    return found

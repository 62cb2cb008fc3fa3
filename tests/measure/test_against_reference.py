"""The scorer against a second one written from the rules alone: every number, state, gate and red line agrees."""

from __future__ import annotations

import math
import random
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from assess.answers import Answer, Profile, Sheet
from assess.benchmark.peers import Group, Peer
from assess.benchmark.position import competition_ranks, place
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.language import say
from assess.measure.diagnose import coupling, obstacles
from assess.measure.score import score
from assess.measure.trace import again, trace
from assess.planning.gaps import advice
from tests.measure.reference import KEYS, WEIGHTS, global_weight, reference

FRAMEWORK = builtin()
HOSTILE = ("", "abc", "-1", "-0", "NaN", "inf", "1e3", "=1+1", "0", "0.0", "1000000000000", "</script>", "100.0000001")
REASONS = ("", " ", "没有这项业务", "=1+1\n㙍")
MATTERS = ("甲事", " 甲事 ", "乙事", "")


def near(one, other):
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-9, abs=1e-9)


def an_answer(code: str, rng: random.Random, skill: float) -> Answer:
    """Any answer of the right kind; the higher the skill (0–1), the better; seldom one that cannot be right."""
    item = FRAMEWORK.indicators[code]
    chance = rng.random()
    if chance < 0.03 * (1 - skill):
        return Answer.no_data(rng.choice(REASONS))
    if chance < 0.07 * (1 - skill):
        return Answer.not_applicable(rng.choice(REASONS))
    if chance < 0.09 * (1 - skill):
        return rng.choice(
            (Answer.of_level(7), Answer.of_ticks("AZ"), Answer("level"), Answer("yesno"), Answer.of_level(2))
        )
    if item.kind == "level":
        return Answer.of_level(min(5, max(0, round(rng.gauss(5.5 * skill, 1)))))
    if item.kind == "yesno":
        good = item.yesno.good
        return Answer.of_choice(good if rng.random() < 0.3 + skill else ("no" if good == "yes" else "yes"))
    if item.kind == "multi":
        return Answer.of_ticks(option.key for option in item.options if rng.random() < skill + 0.1)
    return a_number(code, rng, skill)


def a_number(code: str, rng: random.Random, skill: float) -> Answer:
    spec = FRAMEWORK.indicators[code].number
    confirm = rng.choice(("yes", "no", None)) if rng.random() > skill else "yes"
    source = "" if rng.random() < 0.2 * (1 - skill) else "台账"
    if rng.random() < 0.15 * (1 - skill):
        parts = [rng.choice((None, *HOSTILE)) for _ in range(3)]
        return Answer.of_number(*parts, confirm=confirm, source=source)
    share = min(1.2, max(-0.2, rng.gauss(skill * 1.1, 0.2)))
    x = max(0.0, spec.zero + share * (spec.full - spec.zero))
    x = min(100.0, x) if spec.kind == "ratio" else x
    if spec.denominator is None:
        return Answer.of_number(str(round(x)), confirm=confirm, source=source)
    if rng.random() < 0.3:
        return Answer.of_number(result=f"{x:.3f}", confirm=confirm, source=source)
    below = rng.choice((1, 7, 40, 1000))
    return Answer.of_number(str(int(x / spec.factor * below)), str(below), confirm=confirm, source=source)


def a_piece(code: str, rng: random.Random) -> dict[str, object]:
    options = [option.key for option in FRAMEWORK.indicators[code].options if rng.random() < 0.6]
    return {"name": "文件" if rng.random() < 0.95 else " ", "options": rng.choice(([], [], options))}


def cells_of(rng: random.Random, skill: float, evidence: float) -> dict[tuple[str, str], object]:
    cells: dict[tuple[str, str], object] = {}
    gaps = rng.choice((0.0, 0.0, 0.05, 0.5))
    reviewed = rng.choice((0.0, 0.1, 1.0))
    for code in FRAMEWORK.indicators:
        if rng.random() >= gaps:
            cells[code, "self"] = an_answer(code, rng, skill).to_json()
        if rng.random() < 0.15:
            cells[code, "review"] = an_answer(code, rng, skill).to_json()
        if rng.random() < reviewed:
            cells[code, "third_party"] = an_answer(code, rng, skill).to_json()
        if rng.random() < 0.05:
            cells[code, "review_2"] = an_answer(code, rng, 0.1).to_json()
        for number in (1, 2):
            if rng.random() < evidence:
                cells[code, f"evidence/{number}"] = a_piece(code, rng)
        if rng.random() < 0.5:
            cells[code, "na_approved"] = True
        if rng.random() < 0.1:
            cells[code, "skip_lifted"] = True
        if rng.random() < 0.1:
            cells[code, "explanation"] = rng.choice(REASONS)
    for trigger in ("ST2.1", "SH1.1", "SH2.1", "ME5.1"):
        if rng.random() < 0.2 * (1 - skill):
            cells[trigger, "self"] = Answer.of_level(rng.randint(0, 1)).to_json()
    return cells


def flags_of(rng: random.Random) -> dict[tuple[str, str], object]:
    """Red lines, bonus, deductions and the mark "reviewed", as entered by hand."""
    cells: dict[tuple[str, str], object] = {}
    for line in ("R1", "R2", "R3", "R4"):
        if rng.random() < 0.08:
            cells["@redline", line] = {"state": rng.choice(("raised", "confirmed", "cleared")), "reason": "据通报"}
    for number in range(rng.choice((0, 0, 3, 6))):
        cells["@bonus", str(number)] = {
            "item": rng.choice(("B1", "B2", "B3", "B9")),
            "matter": rng.choice(MATTERS) or f"事{number}",
            "document": rng.choice(("", " ", "某文〔2025〕1号")),
        }
        cells["@deduction", str(number)] = {
            "item": rng.choice(("D1", "D2", "D3", "D9")),
            "matter": rng.choice(MATTERS) or f"事{number}",
            "points": rng.choice((1, 2, 2, 3, -1)),
            "confirmed": rng.random() < 0.8,
            "redline": rng.choice(("", "", "R1", "R4")),
        }
    if rng.random() < 0.5:
        cells["@status", "reviewed"] = {"by": "复核组", "at": "2025-12-31"}
    return cells


@st.composite
def sheets(draw):
    """A city or county in any mode, mostly whole; a few items drawn one by one so that failures shrink."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    skill = draw(st.sampled_from((0.1, 0.4, 0.6, 0.8, 0.95, 1.0, 1.2)))
    cells = cells_of(rng, skill, draw(st.sampled_from((0.0, 0.5, 0.85, 1.0)))) | flags_of(rng)
    for code in draw(st.sets(st.sampled_from([*KEYS, "SE4.2", "ME2.1", "SH3.1", "ST4.3"]), max_size=3)):
        cells[code, "self"] = an_answer(code, rng, draw(st.sampled_from((0.0, 1.0)))).to_json()
    scope = draw(
        st.sampled_from(
            [None] * 6 + [("ST", "ME", "SH", "SE", "TA"), ("ST1", "SE4.2", "X"), ("SE", "SE2.1", "ME2"), ()]
        )
    )
    profile = Profile(
        "甲市",
        tier=draw(st.sampled_from(["市", "县"])),
        unit_kind=draw(st.sampled_from(["county", "district"])),
        mode=draw(st.sampled_from(["formal", "formal", "self", "training"])),
        scope=scope,
    )
    return Sheet(profile, MappingProxyType(cells))


def differences(sheet: Sheet, found, plain) -> list[str]:
    """Everything in which the two scorers differ, in words for the failure."""
    out: list[str] = []

    def same(what, one, other):
        if not (near(one, other) if isinstance(one, float) or isinstance(other, float) else one == other):
            out.append(f"{what}: scored {one!r}, by the rules {other!r}")

    inside = {code: item for code, item in found.items.items() if item.state != "out"}
    same("items", set(inside), set(plain.items))
    for code, item in inside.items():
        rule = plain.items[code]
        for name in ("column", "state", "given", "score", "skip"):
            same(f"{code} {name} {item.answer}", getattr(item, name), getattr(rule, name))
        same(f"{code} fault", item.fault is not None, rule.fault)
        same(f"{code} doubt", item.doubt is not None, rule.doubt)
        same(f"{code} pieces", item.evidence_count, rule.pieces)
        same(f"{code} share", item.share, plain.shares.get(code, 0.0))
        if rule.state == "answered":
            for name, value in (("raw", rule.raw), ("value", rule.x), ("level", int(rule.own / 20 + 1e-9))):
                same(f"{code} {name}", getattr(item, name), value)
            same(f"{code} needs evidence", item.needs_evidence, rule.needs)
    for code, node in found.nodes.items():
        same(f"{code} score", node.score, plain.nodes[code])
        same(f"{code} coverage", node.coverage, plain.coverage[code])
        same(f"{code} share", node.share, plain.shares.get(code, 0.0))
    for name in ("base", "deductions", "bonus", "graded", "shown", "alternative", "evidence_rate"):
        same(name, getattr(found, name), getattr(plain, name))
    same("evidence counts", (found.evidence_needed, found.evidence_present), (plain.needed, plain.present))
    same("red lines", {line.red_line.id: line.status for line in found.red_lines}, plain.red_lines)
    judged = {gate.gate.id: gate.outcome for gate in found.gates if found.graded is not None}
    same("gates", judged, plain.gates)
    same("score stage", found.score_stage.level if found.score_stage else None, plain.score_stage)
    same("gated stage", found.gated_stage.level if found.gated_stage else None, plain.gated_stage)
    same("check first", {code: set(flags) for code, flags in found.check_first.items()}, plain.flags)
    return out


ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(ANY, max_examples=200)
@given(sheets(), st.booleans())
def test_the_scorer_agrees_with_the_rules_written_out_plainly(sheet, narrowed):
    framework = tailored(FRAMEWORK, sheet.profile) if narrowed else FRAMEWORK
    found = score(framework, sheet)
    assert differences(sheet, found, reference(FRAMEWORK, sheet)) == []


@settings(ANY, max_examples=60)
@given(sheets(), st.lists(sheets(), min_size=1, max_size=3), st.integers(0, 4))
def test_counties_are_blended_into_the_city_as_the_rules_say(city, counties, total):
    def at(sheet: Sheet, tier: str, **fields) -> Sheet:
        return Sheet(Profile(sheet.profile.unit, tier=tier, mode=city.profile.mode, **fields), sheet.cells)

    one = at(city, "市", blend_counties=True, counties=total or None)
    others = [at(county, "县", unit_kind="county") for county in counties]
    plain = [reference(FRAMEWORK, other) for other in others]
    usable = [line.items for line in plain if "R3" not in line.red_lines]
    found = score(FRAMEWORK, one, counties=[score(FRAMEWORK, other) for other in others])
    assert differences(one, found, reference(FRAMEWORK, one, usable)) == []


@settings(ANY, max_examples=25)
@given(sheets())
def test_every_trace_adds_up_to_the_score_it_explains(sheet):
    framework = tailored(FRAMEWORK, sheet.profile)
    found = score(framework, sheet)
    for code in (*found.items, *found.nodes):
        root = trace(framework, sheet, found, code).root
        expected = found.score_of(code) if code != "total" else found.shown
        assert root.value == expected
        for _, line in root.walk():
            if line.value is not None:
                assert again(line) == line.value
            if line.kind == "node":
                assert line.value == found.nodes[line.code].score
            if line.terms and line.how == "weighted_mean":
                assert sum(term.share for term in line.terms) == pytest.approx(1)
                assert sum(term.share * term.score for term in line.terms) == pytest.approx(line.value)


@settings(ANY, max_examples=60)
@given(sheets())
def test_the_diagnosis_follows_its_formulas(sheet):
    found = score(FRAMEWORK, sheet)
    parts = obstacles(FRAMEWORK, found)
    missing = sum(item.share * (100 - item.score) for item in found.items.values() if item.score is not None)
    assert sum(part.share for part in parts) == pytest.approx(1 if missing > 1e-6 else 0)
    if found.base is not None:
        assert missing == pytest.approx(100 - found.base, abs=1e-9)
        for part in parts:
            assert part.share == pytest.approx(part.weight * (100 - part.score) / (100 - found.base))
    pair = coupling(FRAMEWORK, found, floor=0.001)
    if found.base is not None:
        degrees = {code: max(found.nodes[code].score / 100, 0.001) for code in WEIGHTS}
        c = 5 * math.prod(degrees.values()) ** 0.2 / sum(degrees.values())
        t = sum(degrees[code] * weight / 100 for code, weight in WEIGHTS.items())
        assert (pair.c, pair.t, pair.d) == pytest.approx((c, t, math.sqrt(c * t)))


EFFORT = {"低": 1.0, "中": 1.5, "高": 2.2}


@settings(ANY, max_examples=60)
@given(sheets())
def test_advice_follows_the_rule_of_priority(sheet):
    framework = tailored(FRAMEWORK, sheet.profile)
    found = score(framework, sheet)
    given_advice = {one.code: one for one in advice(framework, sheet, found)}
    for code, item in found.items.items():
        indicator = framework.indicators[code]
        now = 0.0 if item.state == "nd" else item.score
        out = item.state in ("na", "unanswered") or now is None
        if out or (now == pytest.approx(100) and indicator.kind != "yesno"):
            assert code not in given_advice
            continue
        one = given_advice[code]
        goal = 100.0 if indicator.kind == "yesno" else 80.0 if sheet.profile.tier == "市" else 60.0
        gap = max(0.0, goal - now) / 100
        action = indicator.improve_low if now < 60 - 1e-9 else indicator.improve_high
        weight = 100 * global_weight(FRAMEWORK, code, sheet.profile.tier)
        expected = weight * gap * (1.5 if code in KEYS else 1.0) / EFFORT[action.effort]
        assert (one.improvement, one.gap) == (action, pytest.approx(gap))
        assert one.priority == pytest.approx(expected)
        assert one.quadrant.startswith("high_gap") == (gap >= 0.4 - 1e-9)
        assert one.quadrant.endswith("high_effort") == (action.effort == "高")
        if one.planned:
            assert one.phase.id == (1 if action.months[1] <= 3 else 2 if action.months[1] <= 6 else 3)
    priorities = [one.priority for one in given_advice.values() if one.planned]
    assert priorities == sorted(priorities, key=lambda each: -round(each, 9))


SCORES = st.one_of(st.floats(0, 100), st.sampled_from([0.0, 50.0, 60.0, 100.0]))


@settings(ANY, max_examples=150)
@given(st.lists(SCORES, min_size=1, max_size=14))
def test_positions_and_ranks_are_those_of_numpy_and_scipy(values):
    peers = [Peer(f"市{n}", "", "东部", "中等", "市", False, "formal", {"total": one}) for n, one in enumerate(values)]
    group = Group("level", say("All units of the library at this administrative level"), tuple(peers[1:]), len(peers))
    found = place(FRAMEWORK, peers[0], group)
    apart = np.diff(np.sort(np.unique(values)))
    if apart.size == 0 or apart.min() > 1e-6:
        assert competition_ranks(values) == rankdata([-one for one in values], method="min").tolist()
        if len(values) >= 5:
            assert found.rank().rank == sum(one > values[0] for one in values) + 1
    if len(values) < 5:
        assert not found.rows
        return
    row = found.rows["total"]
    assert row.median == pytest.approx(np.median(values))
    assert row.best == max(values)
    assert row.to_median == pytest.approx(values[0] - np.median(values))
    if len(values) < 8:
        assert (row.q1, row.q3) == (None, None)
    else:
        assert (row.q1, row.q3) == pytest.approx(tuple(np.quantile(values, (0.25, 0.75))))

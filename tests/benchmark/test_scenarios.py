"""Scenarios of weights in a document: chosen in its profile, shown side by side, peers weighed alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from assess.answers import Profile, Sheet
from assess.assessment import Assessment, Author
from assess.benchmark.peers import choose, peer, sample_peers
from assess.benchmark.scenarios import alike, outcomes, set_aside
from assess.framework.model import Framework
from assess.framework.read import builtin, from_sources
from assess.framework.settled import in_force, scenario
from assess.framework.tiers import tailored
from assess.measure.score import score
from assess.samples.cities import cities

EQUAL = """
[[weight_set]]
id = "equal"
zh = "五维等权"
en = "Five equal dimensions"
weight = [{ code = "ST", value = 20 }, { code = "ME", value = 20 }, { code = "SH", value = 20 }, \
{ code = "SE", value = 20 }, { code = "TA", value = 20 }]
"""
DECLARED = 'modes = ["formal", "self"]\n'


@cache
def with_set(declared: bool = False) -> Framework:
    sources = dict(builtin().sources)
    more = EQUAL.replace("weight = ", DECLARED + "weight = ") if declared else EQUAL
    sources["framework.toml"] += more
    return from_sources(sources)


def sheet_of(mode: str = "self", weights: str = "") -> Sheet:
    city = cities()[3]
    return replace(city.sheet, profile=replace(city.profile, mode=mode, weights=weights))


def scored(framework: Framework, sheet: Sheet):
    return score(tailored(framework, sheet.profile), sheet)


def test_a_self_assessment_is_scored_with_the_scenario_it_chose():
    own, equal = scored(with_set(), sheet_of()), scored(with_set(), sheet_of(weights="equal"))
    dimensions = [equal.nodes[code].score for code in ("ST", "ME", "SH", "SE", "TA")]
    assert equal.base == pytest.approx(sum(dimensions) / 5)
    assert own.base != pytest.approx(equal.base)
    assert [own.nodes[code].score for code in ("ST", "ME")] == [equal.nodes[code].score for code in ("ST", "ME")]


def test_a_formal_assessment_keeps_the_weights_of_the_framework_unless_it_declares_otherwise():
    assert scored(with_set(), sheet_of("formal", "equal")) == scored(with_set(), sheet_of("formal"))
    assert scenario(with_set(declared=True), sheet_of("formal", "equal").profile) == "equal"
    reason = set_aside(with_set(), sheet_of("formal", "equal"))
    assert reason is not None
    assert "Five equal" in str(reason.values)
    assert set_aside(with_set(declared=True), sheet_of("formal", "equal")) is None


def test_a_set_that_the_framework_does_not_know_changes_nothing_and_is_said():
    sheet = sheet_of(weights="gone")
    assert scored(with_set(), sheet) == scored(with_set(), sheet_of())
    assert "gone" in str(set_aside(with_set(), sheet).values)


def test_the_outcomes_stand_side_by_side_whichever_is_in_force():
    for chosen in ("", "equal"):
        sheet = sheet_of(weights=chosen)
        found = outcomes(tailored(with_set(), sheet.profile), sheet)
        assert [one.id for one in found] == ["", "equal"]
        assert [one.in_force for one in found] == [chosen == "", chosen == "equal"]
        assert found[0].scores.graded == scored(with_set(), sheet_of()).graded
        assert found[1].scores.graded == scored(with_set(), sheet_of(weights="equal")).graded
        assert dict(found[1].shares) == pytest.approx(dict.fromkeys(("ST", "ME", "SH", "SE", "TA"), 0.2))


def test_in_formal_mode_a_scenario_is_compared_and_not_open():
    sheet = sheet_of("formal")
    own, equal = outcomes(with_set(), sheet)
    assert own.open
    assert not equal.open
    assert own.in_force
    assert own.scores.graded != equal.scores.graded


def test_a_framework_without_scenarios_has_no_outcomes():
    assert outcomes(builtin(), sheet_of()) == ()


def test_peers_are_weighed_as_the_unit_is():
    declared = with_set(declared=True)
    peers = sample_peers(declared)
    sheet = sheet_of("formal", "equal")
    here = tailored(declared, sheet.profile)
    for city, weighed in zip(cities(), alike(here, peers), strict=True):
        profile = replace(city.profile, weights="equal")
        again = peer(here, profile, score(tailored(declared, profile), replace(city.sheet, profile=profile)))
        assert weighed.total == pytest.approx(again.total)
        assert {code: weighed.scores[code] for code in here.nodes} == pytest.approx(
            {code: again.scores[code] for code in here.nodes}
        )
    plain = tailored(declared, replace(sheet.profile, weights=""))
    assert alike(plain, peers) == peers


def test_the_rank_of_every_scenario_is_among_peers_weighed_alike():
    declared = with_set(declared=True)
    found = outcomes(declared, sheet_of("formal"), sample_peers(declared))
    me = peer(declared, sheet_of("formal").profile, found[0].scores)
    group = choose(me, sample_peers(declared))
    higher = sum(one.total > me.total for one in group.members if one.total is not None)
    assert found[0].rank == (higher + 1, group.n)
    assert found[1].rank is not None
    assert found[1].rank[1] == group.n


def test_the_choice_is_a_cell_that_can_be_undone_and_is_named_by_the_method(tmp_path: Path):
    when = iter(datetime(2026, 3, 1, 9, minute, tzinfo=UTC) for minute in range(60))
    document = Assessment.create(
        tmp_path / "d.zhd", with_set(), Profile("某市", mode="self"), author=Author("甲"), now=lambda: next(when)
    )
    try:
        changes = document.set_profile(weights="equal")
        assert [cell.column if hasattr(cell, "column") else cell[1] for cell in changes.cells] == ["weights"]
        assert document.profile.weights == "equal"
        assert [key for key, _ in in_force(document.framework)] == ["weights"]
        assert document.framework.nodes["ST"].weight == 20
        document.undo()
        assert document.profile.weights == ""
        assert document.framework.nodes["ST"].weight == builtin().nodes["ST"].weight
    finally:
        document.close()

"""The band of the unrounded total, the gates, the stage held (R6, D5, D14)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.answers import Answer
from assess.framework.indicator import NotApplicable
from assess.measure.score import score
from assess.measure.stages import at_most, band
from tests.measure.small import SMALL, changed, formal, full, sheet, words

HIGH = {
    **full(5),
    "a2": Answer.of_number("95", "100", confirm="yes", source="台账"),
    "a3": Answer.of_ticks("pqrs"),
}


def gate(found, name):
    return next(result for result in found.gates if result.gate.id == name)


@pytest.mark.parametrize(
    ("total", "level"),
    [(0, 1), (49.99, 1), (49.9999999999, 2), (50, 2), (79.9, 2), (80 - 1e-10, 3), (80, 3), (100, 3)],
)
def test_bands_include_their_lower_bound_within_a_hair(total, level):
    assert band(SMALL, total).level == level


def test_no_total_has_no_band():
    assert band(SMALL, None) is None
    assert at_most(SMALL, None, 2) is None


def test_every_gate_of_every_stage_is_listed_from_low_to_high():
    found = score(SMALL, formal(full()))
    assert [result.gate.id for result in found.gates] == [
        "G2.1", "G2.2", "G2.3", "G2.4", "G2.5", "G2.6", "G3.1", "G3.2", "G3.3", "G3.4",
    ]  # fmt: skip
    assert found.gated_stage.level == 2
    assert all(result.outcome == "held" for result in found.gates if result.stage == 2)


def test_a_dimension_below_its_floor_holds_the_stage_back():
    found = score(SMALL, formal({**HIGH, "b1": Answer.of_level(2), "b2": Answer.of_level(1)}))
    assert found.base == pytest.approx(0.6 * 100 + 0.4 * 30)
    assert (found.score_stage.level, found.gated_stage.level) == (2, 1)
    failed = gate(found, "G2.2")
    assert (failed.outcome, failed.where) == ("failed", ("B",))
    assert (failed.found, failed.needed) == (pytest.approx(30), 40)
    assert [result.gate.id for result in found.failed_gates()] == ["G2.2"]


def test_a_gate_on_some_dimensions_counts_those_that_reach_it():
    found = score(SMALL, formal(full()))
    assert gate(found, "G3.2").outcome == "failed"
    assert gate(found, "G3.2").found == pytest.approx(65.5)
    found = score(SMALL, formal({**HIGH, "b2": Answer.of_level(0)}))
    assert gate(found, "G3.2").outcome == "held"
    assert gate(found, "G3.2").found == pytest.approx(100)


def test_all_key_items_must_reach_their_floor():
    found = score(SMALL, formal({**full(5), "a1": Answer.of_level(1)}))
    failed = gate(found, "G2.3")
    assert (failed.outcome, failed.where, failed.found, failed.needed) == ("failed", ("a1",), 20, 40)


def test_a_share_of_the_key_items_may_suffice():
    found = score(SMALL, formal({**full(5), "a1": Answer.of_level(2)}))
    held = gate(found, "G2.4")
    assert (held.outcome, held.found, held.needed) == ("held", 0.5, 0.5)
    assert "1" in held.words.render("zh")


@pytest.mark.parametrize("answer", [None, Answer.no_data()])
def test_a_key_item_without_data_or_answer_does_not_reach_any_floor(answer):
    failed = gate(score(SMALL, formal({**full(5), "a1": answer})), "G2.3")
    assert (failed.outcome, failed.where, failed.found) == ("failed", ("a1",), None)


def _listed(*codes):
    items = dict(SMALL.indicators)
    for code in codes:
        items[code] = replace(items[code], not_applicable=NotApplicable((), words("没有")))
    return changed(indicators=items)


def test_one_approved_not_applicable_key_item_stays_out_of_the_comparison():
    one = formal({**full(5), "a1": Answer.not_applicable("无")}).with_cells({("a1", "na_approved"): True})
    assert gate(score(_listed("a1"), one), "G2.3").outcome == "held"


def test_more_than_the_framework_allows_are_not_met():
    answers = {**full(5), "a1": Answer.not_applicable("无"), "b1": Answer.not_applicable("无")}
    one = formal(answers).with_cells({("a1", "na_approved"): True, ("b1", "na_approved"): True})
    failed = gate(score(_listed("a1", "b1"), one), "G2.3")
    assert (failed.outcome, failed.where) == ("failed", ("b1",))


def test_a_named_item_must_reach_its_floor():
    found = score(SMALL, formal({**HIGH, "b2": Answer.of_level(3)}))
    assert (gate(found, "G3.3").outcome, gate(found, "G3.3").where) == ("failed", ("b2",))


def test_coverage_by_weight_is_a_gate():
    found = score(SMALL, formal({**full(5), "a1": None, "a3": None}))
    assert gate(found, "G2.5").outcome == "failed"
    assert gate(found, "G2.5").found == pytest.approx(1 - 0.18 - 0.15)


def test_the_evidence_rate_is_a_gate_of_formal_assessments():
    bare = sheet({**full(2), "a2": Answer.of_number("90", "100", confirm="yes", source="账")}, "formal")
    assert gate(score(SMALL, bare), "G2.6").outcome == "failed"
    assert gate(score(SMALL, bare), "G2.6").found == 0.0


def test_in_a_self_assessment_evidence_is_not_judged_and_blocks_nothing():
    found = score(SMALL, sheet(full()))
    assert gate(found, "G2.6").outcome == "not_judged"
    assert found.gated_stage.level == 2


def test_the_highest_stage_asks_for_a_review():
    found = score(SMALL, formal(HIGH))
    assert (found.score_stage.level, found.gated_stage.level) == (3, 2)
    assert [result.gate.id for result in found.failed_gates()] == ["G3.4"]
    reviewed = score(SMALL, formal(HIGH).with_cells({("@status", "reviewed"): {"by": "复核组", "at": "2026-07-01"}}))
    assert reviewed.gated_stage.level == 3
    assert gate(reviewed, "G3.4").where == ("a1", "b1", "b2")


def test_an_assessment_by_a_third_party_throughout_needs_no_further_review():
    third = formal(HIGH).with_cells({(code, "third_party"): answer.to_json() for code, answer in HIGH.items()})
    found = score(SMALL, third)
    assert found.gated_stage.level == 3
    assert gate(found, "G3.4").where == ()


def test_a_self_assessment_is_for_reference_and_stops_at_the_mode_s_ceiling():
    found = score(SMALL, sheet(HIGH).with_cells({("@status", "reviewed"): {"by": "某"}}))
    assert found.reference_only
    assert (found.score_stage.level, found.gated_stage.level) == (3, 2)


def test_training_has_scores_and_no_stage():
    found = score(SMALL, sheet(HIGH, "training"))
    assert found.base == pytest.approx(100)
    assert (found.score_stage, found.gated_stage, found.gates) == (None, None, ())


def test_without_a_total_no_gate_is_judged():
    found = score(SMALL, sheet({}))
    assert {result.outcome for result in found.gates} == {"not_judged"}
    assert found.gated_stage is None


def test_the_lowest_stage_has_no_gates():
    worst = {
        "a1": Answer.of_level(0),
        "a3": Answer.of_ticks([]),
        "a4": Answer.of_choice("no"),
        "b1": Answer.of_level(0),
    }
    assert score(SMALL, formal(worst)).gated_stage.level == 1


def test_a_framework_without_stages_gives_none():
    found = score(changed(stages=()), formal(full()))
    assert found.base == pytest.approx(63.3)
    assert (found.score_stage, found.gated_stage) == (None, None)

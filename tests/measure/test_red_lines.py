"""Red lines: raised, confirmed, cleared, indicative, and what they do (R5, D18)."""

from __future__ import annotations

import pytest

from assess.answers import Answer
from assess.measure.score import score
from tests.measure.small import SMALL, formal, full, proved, sheet

INCIDENT = {**full(), "a4": Answer.of_choice("yes")}


def raised(found):
    return [(result.red_line.id, result.status) for result in found.red_lines]


def flagged(one, red_line, state, reason=""):
    return one.with_cells({("@redline", red_line): {"state": state, "reason": reason}})


def test_an_incident_awaits_confirmation_and_has_no_effect_until_then():
    found = score(SMALL, formal({**full(5), "a4": Answer.of_choice("yes")}))
    assert raised(found) == [("R1", "awaiting")]
    assert found.base == pytest.approx(0.6 * (0.5 * 80 + 0.5 * 25) + 40)
    assert (found.score_stage.level, found.gated_stage.level) == (2, 2)


def test_once_confirmed_it_caps_the_stage_and_leaves_the_score_stage():
    answers = {**INCIDENT, "a1": Answer.of_level(5), "b1": Answer.of_level(5), "b2": Answer.of_level(5)}
    before = score(SMALL, formal(answers))
    assert (before.score_stage.level, before.gated_stage.level) == (2, 2)
    found = score(SMALL, flagged(formal(answers), "R1", "confirmed", "通报属实"))
    assert raised(found) == [("R1", "in_force")]
    assert (found.score_stage.level, found.gated_stage.level) == (2, 1)
    assert found.red_lines[0].reason.render("zh") == "通报属实"


def test_a_reviewer_may_clear_what_an_answer_set_off():
    assert raised(score(SMALL, flagged(formal(INCIDENT), "R1", "cleared", "级别下调"))) == []


@pytest.mark.parametrize("answer", [None, Answer.no_data(), Answer.not_applicable("无")])
def test_no_clear_answer_caps_the_stage_without_confirmation_when_it_is_determined(answer):
    found = score(SMALL, formal({**full(5), "a4": answer}))
    assert raised(found) == [("R1", "in_force")]
    assert found.gated_stage.level == 1
    assert "a4" in found.red_lines[0].reason.render("zh")


def test_while_filling_in_a_missing_answer_sets_off_nothing():
    assert raised(score(SMALL, formal({**full(), "a4": None}), determining=False)) == []


def test_a_missing_answer_cannot_be_cleared_only_answered():
    one = flagged(formal({**full(), "a4": None}), "R1", "cleared")
    assert raised(score(SMALL, one)) == [("R1", "in_force")]
    assert raised(score(SMALL, one.with_cells({("a4", "self"): Answer.of_choice("no").to_json()}))) == []


def test_in_a_self_assessment_it_is_shown_and_caps_nothing():
    found = score(SMALL, flagged(sheet({**full(5), "a4": Answer.of_choice("yes")}), "R1", "confirmed"))
    assert raised(found) == [("R1", "indicative")]
    assert found.gated_stage.level == 2


def test_a_line_that_is_not_of_this_mode_is_not_raised():
    assert raised(score(SMALL, flagged(sheet(full()), "R2", "confirmed"))) == []
    assert raised(score(SMALL, flagged(sheet(INCIDENT, "training"), "R1", "confirmed"))) == []


def test_forged_evidence_takes_the_stage_away_once_confirmed():
    waiting = score(SMALL, flagged(formal(full()), "R2", "raised"))
    assert raised(waiting) == [("R2", "awaiting")]
    assert waiting.gated_stage is not None
    found = score(SMALL, flagged(formal(full()), "R2", "confirmed"))
    assert found.gated_stage is None
    assert found.base == pytest.approx(63.3)


@pytest.mark.parametrize("mode", ["formal", "self", "training"])
def test_secret_content_suspends_at_once_in_every_mode(mode):
    found = score(SMALL, flagged(proved(sheet(full(), mode)), "R3", "raised"))
    assert found.suspended
    assert found.base is None
    assert found.shown is None
    assert all(node.score is None for node in found.nodes.values())
    assert found.gated_stage is None


def test_once_cleared_the_assessment_goes_on():
    assert score(SMALL, flagged(formal(full()), "R3", "cleared")).base == pytest.approx(63.3)


@pytest.mark.parametrize("junk", ["x", 3, ["raised"], {"state": 5}])
def test_a_cell_that_makes_no_sense_raises_nothing(junk):
    assert raised(score(SMALL, formal(full()).with_cells({("@redline", "R2"): junk}))) == []


def test_where_there_is_no_total_no_stage_is_determined_and_a_missing_answer_sets_off_nothing():
    found = score(SMALL, formal({"a1": Answer.of_level(3)}))
    assert found.base is None
    assert raised(found) == []

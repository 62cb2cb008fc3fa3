"""A claim without evidence is worth what the framework says, in formal mode only (R7, D5, D6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.answers import Answer
from assess.measure.score import score
from tests.measure.small import PIECE, SMALL, changed, formal, full, proved, sheet, with_item


def bare(**answers: Answer):
    return sheet({**full(), **answers}, "formal")


@pytest.mark.parametrize(("level", "worth"), [(0, 0), (1, 20), (2, 40), (3, 40), (5, 40)])
def test_a_level_without_evidence_is_worth_at_most_forty(level, worth):
    found = score(SMALL, bare(a1=Answer.of_level(level)))
    assert found.items["a1"].score == worth
    assert found.items["a1"].raw == level * 20
    assert (found.items["a1"].cap is not None) == (level > 2)


def test_evidence_lifts_the_cap_in_whichever_column_is_in_force():
    one = bare(a1=Answer.of_level(4)).with_cells({("a1", "review"): Answer.of_level(5).to_json()})
    assert score(SMALL, one).items["a1"].score == 40
    assert score(SMALL, one.with_cells({("a1", "evidence/x"): PIECE})).items["a1"].score == 100


def test_withdrawn_and_nameless_evidence_is_none():
    one = bare(a1=Answer.of_level(5))
    assert score(SMALL, one.with_cells({("a1", "evidence/x"): {"name": " "}})).items["a1"].score == 40
    assert score(SMALL, one.with_cells({("a1", "evidence/x"): None})).items["a1"].score == 40


def test_options_of_a_checklist_without_evidence_are_not_counted():
    one = bare(a3=Answer.of_ticks("pqr")).with_cells({("a3", "evidence/x"): {"name": "文", "options": ["p", "q"]}})
    found = score(SMALL, one).items["a3"]
    assert found.score == 50
    assert found.raw == 75
    assert found.cap is not None
    assert "r" in found.cap.render("en")


def test_a_mandatory_option_without_evidence_counts_as_missing():
    one = bare(a3=Answer.of_ticks("pqrs")).with_cells(
        {("a3", "evidence/x"): {"name": "文", "options": ["q", "r", "s"]}}
    )
    assert score(SMALL, one).items["a3"].score == 60


def test_a_piece_that_names_no_option_covers_the_whole_item():
    one = bare(a3=Answer.of_ticks("pqrs")).with_cells({("a3", "evidence/x"): PIECE})
    assert score(SMALL, one).items["a3"].score == 100


def test_a_number_without_a_source_is_no_data_and_so_zero():
    found = score(SMALL, bare(a2=Answer.of_number("90", "100", confirm="yes"))).items["a2"]
    assert (found.state, found.score, found.raw) == ("nd", 0, 100)


@pytest.mark.parametrize("with_source", [True, False])
def test_a_written_source_or_a_registered_piece_is_a_source(with_source):
    answer = Answer.of_number("90", "100", confirm="yes", source="统计年报" if with_source else "")
    one = bare(a2=answer) if with_source else proved(bare(a2=answer), "a2")
    assert score(SMALL, one).items["a2"].score == 100


def test_a_number_that_scores_zero_needs_no_source():
    assert score(SMALL, bare(a2=Answer.of_number("10", "100"))).items["a2"].state == "answered"


def test_a_favorable_yes_without_evidence_is_no_data_but_not_for_the_exempt_item():
    assert score(SMALL, bare()).items["a4"].score == 100
    strict = changed(
        evidence=replace(
            SMALL.evidence, caps=tuple(replace(c, except_=()) for c in SMALL.evidence.caps), not_required=()
        )
    )
    found = score(strict, bare()).items["a4"]
    assert (found.state, found.score) == ("nd", 0)
    assert score(strict, bare(a4=Answer.of_choice("yes"))).items["a4"].state == "answered"


@pytest.mark.parametrize("mode", ["self", "training"])
def test_outside_formal_mode_nothing_is_capped(mode):
    found = score(SMALL, sheet({**full(5), "a2": Answer.of_number("90", "100", confirm="yes")}, mode))
    assert found.items["a1"].score == 100
    assert found.items["a2"].score == 100


def test_the_rate_counts_items_that_need_evidence_and_have_some():
    found = score(SMALL, proved(bare(), "a1", "a3"))
    # a1, a2, a3, b1, b2 need it (the written source of a2 lifts its cap but is no piece); a4 = no is exempt
    assert (found.evidence_needed, found.evidence_present) == (5, 2)
    assert found.evidence_rate == 0.4


def test_an_answer_that_became_no_data_for_want_of_a_source_is_out_of_the_rate():
    found = score(SMALL, proved(bare(a2=Answer.of_number("90", "100", confirm="yes")), "a1", "a3"))
    assert found.items["a2"].state == "nd"
    assert found.items["a2"].needs_evidence
    assert (found.evidence_needed, found.evidence_present) == (4, 2)


def test_level_zero_an_empty_checklist_and_a_number_scoring_zero_need_none():
    answers = {
        "a1": Answer.of_level(2),
        "a2": Answer.of_number("10", "100"),
        "a3": Answer.of_ticks([]),
        "b1": Answer.of_level(0),
    }
    found = score(SMALL, bare(**answers))
    assert found.evidence_needed == 1
    assert found.evidence_rate == 0


def test_where_nothing_needs_evidence_there_is_no_rate_and_the_gate_is_not_met():
    found = score(SMALL, sheet(dict.fromkeys(SMALL.indicators, Answer.no_data()), "formal"))
    assert found.evidence_rate is None
    assert next(g for g in found.gates if g.gate.id == "G2.6").outcome == "failed"


def test_the_unfavorable_answer_of_the_exempt_item_needs_its_report():
    assert score(SMALL, bare(a4=Answer.of_choice("yes"))).items["a4"].needs_evidence


def test_a_skipped_item_needs_no_evidence():
    found = score(SMALL, formal({**full(), "a1": Answer.of_level(1)}))
    assert not found.items["a2"].needs_evidence


def test_a_framework_without_evidence_rules_caps_nothing():
    free = replace(with_item("a1"), evidence=None)
    assert score(free, bare(a1=Answer.of_level(5))).items["a1"].score == 100

"""Not applicable, no data, unanswered and skipped are four different things (R2, R3, D7–D9, D53)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.answers import Answer
from assess.framework.indicator import NotApplicable
from assess.measure.score import score
from assess.measure.states import not_applicable_choice
from tests.measure.small import SMALL, changed, formal, full, proved, sheet, with_item, words

NA = Answer.not_applicable("没有这项业务")


def total(one):
    return score(SMALL, one).base


def test_an_approved_not_applicable_gives_its_weight_to_its_siblings():
    one = formal({**full(), "b1": Answer.of_level(5), "b2": NA}).with_cells({("b2", "na_approved"): True})
    found = score(SMALL, one)
    assert found.items["b2"].state == "na"
    assert found.items["b2"].share == 0
    assert found.items["b1"].share == pytest.approx(0.4)
    assert found.nodes["B"].score == 100
    assert found.base == pytest.approx(0.6 * 65.5 + 40)


def test_until_the_review_agrees_it_counts_as_no_data_which_is_zero_in_formal_mode():
    found = score(SMALL, formal({**full(), "b2": NA}))
    assert (found.items["b2"].state, found.items["b2"].given) == ("nd", "na")
    assert found.items["b2"].score == 0
    assert found.nodes["B"].score == 30
    assert found.data_gaps == ("b2",)
    assert "复核同意" in found.items["b2"].reasons[0].render("zh")


def test_without_a_reason_it_is_no_data_even_when_approved():
    one = formal({**full(), "b2": Answer.not_applicable("  ")}).with_cells({("b2", "na_approved"): True})
    assert score(SMALL, one).items["b2"].state == "nd"


def test_an_unlisted_item_may_be_not_applicable_in_formal_mode_once_approved():
    one = formal({**full(), "a3": NA}).with_cells({("a3", "na_approved"): True})
    assert score(SMALL, one).items["a3"].state == "na"


def test_in_self_mode_a_listed_item_with_a_reason_is_left_out_without_approval():
    assert score(SMALL, sheet({**full(), "b2": NA})).items["b2"].state == "na"


@pytest.mark.parametrize("mode", ["self", "training"])
def test_in_self_and_training_mode_an_unlisted_one_is_no_data_and_no_data_is_left_out(mode):
    found = score(SMALL, sheet({**full(), "a3": NA}, mode))
    assert found.items["a3"].state == "nd"
    assert found.items["a3"].counting == "exclude"
    assert found.nodes["A2"].score == 100
    assert found.data_gaps == ("a3",)


@pytest.mark.parametrize("mode", ["formal", "self", "training"])
def test_never_beats_everything(mode):
    one = proved(sheet({**full(), "a4": NA}, mode)).with_cells({("a4", "na_approved"): True})
    assert score(SMALL, one).items["a4"].state == "nd"


def test_a_key_item_that_does_not_list_the_level_may_never_be_left_out():
    assert not_applicable_choice(SMALL, SMALL.indicators["a1"], "市") == "never"
    listed = with_item("a1", not_applicable=NotApplicable(("县",), words("没有")))
    assert not_applicable_choice(listed, listed.indicators["a1"], "县") == "listed"
    assert not_applicable_choice(listed, listed.indicators["a1"], "市") == "never"


def test_a_zero_denominator_that_means_not_applicable_follows_the_same_rules():
    empty = Answer("number", numerator="0", denominator="0", source="台账", reason="没有系统")
    county = score(SMALL, sheet({**full(), "a2": empty}, "self", tier="县"))
    assert county.items["a2"].state == "na"
    waiting = score(SMALL, formal({**full(), "a2": empty}, tier="县"))
    assert waiting.items["a2"].state == "nd"


def test_the_reason_for_a_zero_denominator_may_stand_in_the_explanation():
    empty = Answer.of_number("0", "0")
    one = sheet({**full(), "a2": empty}, "self", tier="县")
    assert score(SMALL, one).items["a2"].state == "nd"
    assert score(SMALL, one.with_cells({("a2", "explanation"): "没有系统"})).items["a2"].state == "na"


def test_at_a_level_that_may_not_choose_it_a_zero_denominator_is_a_fault():
    found = score(SMALL, sheet({**full(), "a2": Answer.of_number("0", "0")}))
    assert found.items["a2"].state == "unanswered"
    assert found.items["a2"].fault is not None
    assert found.unanswered == ("a2",)


def test_no_data_is_zero_in_formal_mode_and_left_out_in_the_others():
    nd = {**full(), "b2": Answer.no_data()}
    assert score(SMALL, formal(nd)).nodes["B"].score == 30
    assert score(SMALL, sheet(nd)).nodes["B"].score == 60
    assert score(SMALL, sheet(nd, "training")).nodes["B"].score == 60


@pytest.mark.parametrize("mode", ["formal", "self", "training"])
def test_unanswered_is_never_zero_and_makes_the_score_provisional(mode):
    found = score(SMALL, proved(sheet({**full(), "b2": None}, mode)))
    assert found.nodes["B"].score == 60
    assert found.provisional
    assert found.unanswered == ("b2",)


def test_a_faulty_answer_counts_as_unanswered_and_is_kept():
    found = score(SMALL, sheet({**full(), "a2": Answer.of_number("3", "2")}))
    one = found.items["a2"]
    assert (one.state, one.given, one.score) == ("unanswered", "answered", None)
    assert one.answer == Answer.of_number("3", "2")
    assert found.nodes["A1"].score == 60


def test_a_skip_counts_zero_where_the_true_value_is_zero():
    found = score(SMALL, sheet({**full(), "a1": Answer.of_level(1)}))
    assert found.items["a2"].state == "skipped"
    assert found.items["a2"].skip == "K1"
    assert found.items["a2"].score == 0
    assert found.nodes["A1"].score == pytest.approx(0.6 * 20)


def test_a_skip_without_a_denominator_is_left_out():
    found = score(SMALL, sheet({**full(), "b1": Answer.of_level(0)}))
    assert found.items["b2"].counting == "exclude"
    assert found.nodes["B"].score == 0


def test_a_lifted_skip_is_asked_and_scored_like_any_other():
    one = sheet({**full(), "a1": Answer.of_level(1)}).with_cells({("a2", "skip_lifted"): True})
    assert score(SMALL, one).items["a2"].score == 50


@pytest.mark.parametrize("trigger", [None, Answer.no_data(), Answer.not_applicable("无")])
def test_only_an_answered_trigger_skips(trigger):
    assert score(SMALL, sheet({**full(), "a1": trigger})).items["a2"].state == "answered"


def test_a_skip_belongs_to_the_levels_it_names():
    rule = changed(skip_rules=tuple(replace(r, tiers=("县",)) for r in SMALL.skip_rules))
    assert score(rule, sheet({**full(), "a1": Answer.of_level(0)})).items["a2"].state == "answered"


def test_a_skip_looks_at_the_raw_answer_before_evidence_caps():
    bare = sheet({**full(), "a1": Answer.of_level(2)}, "formal")
    assert score(SMALL, bare).items["a2"].state != "skipped"


def test_everything_not_applicable_has_no_total_and_no_zero():
    listed = changed(
        indicators={
            code: replace(one, key=False, not_applicable=NotApplicable((), words("无")))
            for code, one in SMALL.indicators.items()
        },
        states={},
    )
    found = score(listed, sheet(dict.fromkeys(SMALL.indicators, NA)))
    assert found.base is None
    assert all(node.score is None for node in found.nodes.values())
    assert found.coverage is None


def test_nothing_answered_has_no_total():
    found = score(SMALL, sheet({}))
    assert found.base is None
    assert found.shown is None
    assert found.score_stage is None
    assert found.coverage == 0
    assert len(found.unanswered) == 6


def test_a_whole_dimension_left_out_leaves_no_total():
    found = score(SMALL, sheet({**full(), "b1": None, "b2": None}))
    assert found.base is None
    assert found.nodes["A"].score == 65.5
    assert any("乙" in note.render("zh") for note in found.notes)


def test_a_part_of_the_items_has_scores_but_no_total():
    found = score(SMALL, sheet(full(), scope=("a1", "a2")))
    assert not found.complete_scope
    assert found.base is None
    assert found.nodes["A1"].score == 56
    assert found.items["b1"].state == "out"
    assert found.unanswered == ()


def test_a_scope_that_names_everything_is_no_part():
    assert score(SMALL, sheet(full(), scope=("A", "b1", "b2"))).base == pytest.approx(63.3)


def test_a_township_sheet_has_no_total():
    found = score(with_item("a1", tiers=("市", "乡")), sheet({"a1": Answer.of_level(4)}, "formal", tier="乡"))
    assert found.base is None
    assert found.items["a1"].score == 80
    assert found.evidence_needed == 0

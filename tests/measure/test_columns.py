"""Self, review and third party: which answer counts and what is checked first (R7, D17)."""

from __future__ import annotations

import pytest

from assess.answers import Answer
from assess.measure.score import score
from tests.measure.small import SMALL, formal, full, sheet


def columns(one, code, **answers):
    return one.with_cells({(code, column): answer.to_json() for column, answer in answers.items()})


def test_third_party_comes_before_review_and_review_before_self():
    one = formal(full())
    assert score(SMALL, one).items["a1"].column == "self"
    one = columns(one, "a1", review=Answer.of_level(2))
    assert (score(SMALL, one).items["a1"].column, score(SMALL, one).items["a1"].score) == ("review", 40)
    one = columns(one, "a1", third_party=Answer.of_level(4))
    assert (score(SMALL, one).items["a1"].column, score(SMALL, one).items["a1"].score) == ("third_party", 80)


def test_a_blind_second_review_and_the_last_period_never_score():
    one = columns(sheet({**full(), "a1": None}), "a1", review_2=Answer.of_level(5), previous=Answer.of_level(5))
    assert score(SMALL, one).items["a1"].state == "unanswered"


def test_a_reviewer_s_slip_does_not_give_way_to_the_figure_under_review():
    one = columns(sheet(full()), "a2", review=Answer.of_number("3", "2"))
    found = score(SMALL, one).items["a2"]
    assert (found.column, found.state) == ("review", "unanswered")


def test_one_column_can_be_looked_at_alone():
    one = columns(sheet(full()), "a1", review=Answer.of_level(1))
    assert score(SMALL, one, columns=("self",)).items["a1"].score == 60


@pytest.mark.parametrize(("level", "flags"), [(1, ("F1",)), (2, None), (5, ("F1",)), (4, None)])
def test_review_and_self_two_levels_apart_are_checked_first(level, flags):
    one = columns(formal(full()), "a1", review=Answer.of_level(level))
    assert score(SMALL, one).check_first.get("a1") == flags


def test_the_difference_is_taken_before_evidence_caps():
    one = columns(sheet({**full(), "a1": Answer.of_level(5)}, "formal"), "a1", review=Answer.of_level(3))
    assert score(SMALL, one).check_first == {"a1": ("F1",)}


def test_an_answer_beside_no_data_is_checked_first():
    one = columns(formal(full()), "b2", review=Answer.no_data("没有台账"))
    assert score(SMALL, one).check_first == {"b2": ("F2",)}


def test_the_named_item_not_applicable_is_checked_first_even_alone():
    assert score(SMALL, formal({**full(), "b2": Answer.not_applicable("没有收到申请")})).check_first == {"b2": ("F3",)}


def test_one_column_alone_is_not_compared():
    assert score(SMALL, formal(full())).check_first == {}


def test_a_cell_of_an_unknown_item_is_ignored():
    one = columns(formal(full()), "zz", self=Answer.of_level(5))
    assert score(SMALL, one).base == pytest.approx(63.3)
    assert "zz" not in score(SMALL, one).items

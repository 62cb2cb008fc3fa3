"""Fuzzy comprehensive evaluation: votes, memberships, and when the largest membership does not settle it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.problems import Problem
from assess.ranking.fuzzy import fuzzy, votes

GRADES = (0, 1, 2, 3, 4, 5)


def refused(call) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def test_votes_become_shares() -> None:
    assert votes([3, 3, 4, 2], GRADES) == (0, 0, 0.25, 0.5, 0.25, 0)
    assert refused(lambda: votes([3, 6], GRADES)) == "fuzzy.grade"
    assert refused(lambda: votes([], GRADES)) == "fuzzy.votes"


def test_a_clear_lead_settles_the_grade() -> None:
    """b₃ = ½·0.5 + ½·0.7 = 0.6."""
    found = fuzzy({"a": votes([3, 3, 4, 2], GRADES), "b": (0, 0, 0, 0.7, 0.3, 0)}, {"a": 1, "b": 1}, GRADES)
    assert found.memberships[3] == pytest.approx(0.6)
    assert found.valid
    assert found.grade == 3
    assert not found.warnings


def test_a_lead_below_a_tenth_gives_the_weighted_mean_grade_and_a_note() -> None:
    found = fuzzy({"a": (0, 0, 0.1, 0.42, 0.48, 0)}, {"a": 1}, GRADES)
    assert not found.valid
    assert found.leading == 4
    assert found.grade == pytest.approx(0.2 + 1.26 + 1.92)
    assert "3.38" in found.warnings[0].render("zh")


def test_a_lead_of_exactly_a_tenth_counts_as_clear() -> None:
    found = fuzzy({"a": (0, 0, 0.1, 0.4, 0.5, 0)}, {"a": 1}, GRADES)
    assert found.valid
    assert found.grade == 4


def test_few_experts_are_told() -> None:
    assert fuzzy({"a": (0, 1)}, {"a": 1}, (0, 1), experts=4).warnings
    assert not fuzzy({"a": (0, 1)}, {"a": 1}, (0, 1), experts=5).warnings


def test_memberships_that_cannot_be_are_refused() -> None:
    assert refused(lambda: fuzzy({"a": (0.5, 0.6)}, {"a": 1}, (0, 1))) == "fuzzy.sum"
    assert refused(lambda: fuzzy({"a": (1.5, -0.5)}, {"a": 1}, (0, 1))) == "fuzzy.sum"
    assert refused(lambda: fuzzy({"a": (1.0,)}, {"a": 1}, (0, 1))) == "fuzzy.shape"
    assert refused(lambda: fuzzy({"a": (0, 1)}, {"b": 1}, (0, 1))) == "fuzzy.weights"


@given(st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=1, max_size=6))
def test_memberships_sum_to_1_and_the_mean_lies_among_the_votes(ballots: list[list[int]]) -> None:
    relations = {str(i): votes(row, GRADES) for i, row in enumerate(ballots)}
    found = fuzzy(relations, dict.fromkeys(relations, 1.0), GRADES)
    assert sum(found.memberships.values()) == pytest.approx(1.0)
    lowest, highest = min(map(min, ballots)), max(map(max, ballots))
    assert lowest - 1e-9 <= found.mean <= highest + 1e-9
    assert lowest - 1e-9 <= found.grade <= highest + 1e-9

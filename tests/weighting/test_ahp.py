"""Pairwise comparisons: what is read, what is refused, who counts in a group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.problems import Problem
from assess.weighting.ahp import ahp, opinion
from assess.weighting.judgments import Judgments, judged
from assess.weighting.repair import on_scale, repairs

ITEMS = ("甲", "乙", "丙")
GOOD = [[1, 2, 6], [None, 1, 3], [None, None, 1]]
BAD = [[1, 3, 5], [None, 1, 9], [None, None, 1]]


def expert(rows: list[list[float | None]], name: str = "专家一") -> Judgments:
    return judged(name, ITEMS, rows)


def code(rows: list[list[float | None]]) -> str:
    with pytest.raises(Problem) as caught:
        expert(rows)
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def test_a_consistent_matrix_gives_its_weights_back_and_cr_0() -> None:
    """2 and 3 chain to 6: weights 6 : 3 : 1."""
    found = ahp([expert(GOOD)])
    assert list(found.weights.values()) == pytest.approx([0.6, 0.3, 0.1])
    assert found.figures["cr"] == pytest.approx(0.0, abs=1e-12)
    assert found.figures["ri"] == 0.58


@given(
    st.lists(st.floats(0.05, 1.0), min_size=2, max_size=9),
    st.sampled_from(["eigenvector", "geometric"]),
)
def test_weights_behind_a_consistent_matrix_are_recovered(weights: list[float], deriving) -> None:
    shares = np.array(weights) / sum(weights)
    matrix = shares[:, None] / shares[None, :]
    names = tuple(f"i{j}" for j in range(len(shares)))
    found = ahp([Judgments("one", names, matrix)], deriving=deriving)
    assert list(found.weights.values()) == pytest.approx(shares.tolist(), abs=1e-9)
    assert found.figures["cr"] == pytest.approx(0.0, abs=1e-9)


@given(st.lists(st.integers(-8, 8), min_size=6, max_size=6), st.permutations(range(4)))
def test_the_order_of_the_items_does_not_matter(signs: list[int], order: list[int]) -> None:
    matrix = np.eye(4)
    for (i, j), sign in zip([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], signs, strict=True):
        matrix[i, j] = sign + 1 if sign >= 0 else 1 / (1 - sign)
        matrix[j, i] = 1 / matrix[i, j]
    names = ("a", "b", "c", "d")
    turned = Judgments("one", tuple(names[k] for k in order), matrix[np.ix_(order, order)])
    plain = ahp([Judgments("one", names, matrix)], keep_inconsistent=True)
    other = ahp([turned], keep_inconsistent=True)
    assert sum(plain.weights.values()) == pytest.approx(1.0)
    assert all(weight > 0 for weight in plain.weights.values())
    for name in names:
        assert plain.weights[name] == pytest.approx(other.weights[name], abs=1e-9)
    assert plain.figures["cr"] == pytest.approx(other.figures["cr"], abs=1e-9)


def test_proposed_repairs_bring_the_ratio_below_the_limit_and_say_so() -> None:
    found = repairs(ITEMS, expert(BAD).matrix)
    assert found[-1].cr < 0.10
    assert found[0].one in found[0].words.render("zh")
    assert "1/2" in on_scale(0.5)
    assert repairs(ITEMS, expert(GOOD).matrix) == ()


@given(st.lists(st.integers(-8, 8), min_size=10, max_size=10))
def test_repairing_step_by_step_lowers_the_ratio_each_time(signs: list[int]) -> None:
    matrix = np.eye(5)
    pairs = [(i, j) for i in range(5) for j in range(i + 1, 5)]
    for (i, j), sign in zip(pairs, signs, strict=True):
        matrix[i, j] = sign + 1 if sign >= 0 else 1 / (1 - sign)
        matrix[j, i] = 1 / matrix[i, j]
    ratios = [fault.cr for fault in repairs(tuple("abcde"), matrix)]
    assert ratios == sorted(ratios, reverse=True)
    if ratios:
        assert ratios[-1] < 0.10


def test_an_inconsistent_expert_alone_is_refused_with_the_judgment_to_reconsider() -> None:
    with pytest.raises(Problem) as caught:
        ahp([expert(BAD)])
    assert caught.value.code == "ahp.inconsistent"
    assert "0.280" in caught.value.sentence("en")
    assert "甲" in caught.value.sentence("zh")


def test_an_inconsistent_expert_is_left_out_of_the_group_and_named() -> None:
    found = ahp([expert(GOOD), expert(BAD, "专家二")])
    assert list(found.weights.values()) == pytest.approx([0.6, 0.3, 0.1])
    assert (found.figures["experts"], found.figures["experts_used"]) == (2, 1)
    assert any("专家二" in warning.render("zh") and "未予计入" in warning.render("zh") for warning in found.warnings)


def test_a_group_is_the_geometric_mean_tested_again() -> None:
    """2 and 8 join to 4: weights 4 : 1."""
    two = ("a", "b")
    found = ahp([judged("x", two, [[1, 2], [None, 1]]), judged("y", two, [[1, 8], [0.125, 1]])])
    assert list(found.weights.values()) == pytest.approx([0.8, 0.2])
    assert found.figures["cr"] == 0.0


def test_experts_may_list_the_items_in_another_order() -> None:
    other = judged("y", ("丙", "乙", "甲"), [[1, 1 / 3, 1 / 6], [None, 1, 0.5], [None, None, 1]])
    found = ahp([expert(GOOD), other])
    assert list(found.weights.values()) == pytest.approx([0.6, 0.3, 0.1])


def test_an_incomplete_matrix_is_completed_for_one_expert_and_shown_as_such() -> None:
    found = ahp([expert([[1, 2, None], [None, 1, 3], [None, None, 1]])])
    assert list(found.weights.values()) == pytest.approx([0.6, 0.3, 0.1])
    completed = next(
        step for step in found.steps if step.title.render("en").startswith("Comparisons that were completed")
    )
    assert completed.rows[0][:3] == ("专家一", "甲", "丙")
    assert completed.rows[0][3] == pytest.approx(6.0)


def test_an_incomplete_matrix_stays_out_of_the_group_unless_chosen() -> None:
    part = expert([[1, 8, None], [None, 1, 1], [None, None, 1]], "专家二")
    alone = ahp([expert(GOOD), part])
    assert list(alone.weights.values()) == pytest.approx([0.6, 0.3, 0.1])
    chosen = ahp([expert(GOOD), part], keep_incomplete=True)
    assert chosen.figures["experts_used"] == 2
    assert chosen.weights["甲"] > 0.6
    with pytest.raises(Problem, match="nothing to join"):
        ahp([part, part])


def test_comparisons_that_do_not_connect_all_items_cannot_be_completed() -> None:
    with pytest.raises(Problem) as caught:
        opinion(expert([[1, 2, None], [None, 1, None], [None, None, 1]]))
    assert caught.value.code == "ahp.apart"
    assert "丙" in caught.value.sentence("zh")


def test_a_rounded_third_is_taken_as_a_third_and_told() -> None:
    found = expert([[1, 3, None], [0.33, 1, 0.17], [None, None, 1]])
    assert found.matrix[1, 0] == 1 / 3
    assert found.matrix[2, 1] == pytest.approx(6.0, abs=1e-12)
    assert found.rounded
    lower = expert([[1, None, 2], [2.97, 1, 2], [None, None, 1]])
    assert lower.matrix[1, 0] == pytest.approx(2.97, abs=1e-12)
    assert not lower.rounded
    assert not expert(GOOD).rounded


def test_what_cannot_be_a_judgment_is_refused_by_name() -> None:
    assert code([[1, 10, 1], [None, 1, 1], [None, None, 1]]) == "ahp.scale"
    assert code([[1, 0, 1], [None, 1, 1], [None, None, 1]]) == "ahp.scale"
    assert code([[1, -3, 1], [None, 1, 1], [None, None, 1]]) == "ahp.scale"
    assert code([[1, float("nan"), 1], [None, 1, 1], [None, None, 1]]) == "ahp.scale"
    assert code([[1, 3, 1], [3, 1, 1], [None, None, 1]]) == "ahp.reciprocal"
    assert code([[2, 3, 1], [None, 1, 1], [None, None, 1]]) == "ahp.diagonal"
    assert code([[1, 3], [None, 1], [None, None]]) == "ahp.square"


def test_different_items_and_too_many_items_are_refused() -> None:
    with pytest.raises(Problem) as caught:
        ahp([expert(GOOD), judged("y", ("甲", "乙", "丁"), GOOD)])
    assert caught.value.code == "ahp.items"
    names = [f"i{j}" for j in range(16)]
    with pytest.raises(Problem) as caught:
        judged("y", names, [[1.0] * 16] * 16)
    assert caught.value.code == "ahp.many"
    with pytest.raises(Problem) as caught:
        ahp([])
    assert caught.value.code == "ahp.experts"


def test_the_table_of_random_indices_in_use_is_printed_with_its_source() -> None:
    found = ahp([expert(GOOD)], table="donegan_dodd")
    step = next(step for step in found.steps if step.rows[0][0] == "RI")
    assert "Donegan" in step.title.render("zh")
    assert step.rows[0][3] == 0.4914

"""TOPSIS, grey relations and rank sums: by hand, on awkward tables, and as laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assess.problems import Problem
from assess.ranking.grey import grey
from assess.ranking.place import competition
from assess.ranking.ranksum import grade, rank_sum
from assess.ranking.topsis import topsis
from assess.weighting.sample import Sample, sample

METHODS = (topsis, grey, rank_sum)
rows = st.integers(3, 12).flatmap(
    lambda height: st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=height, max_size=height)
)


def table(values: list[list[float]], falling: tuple[str, ...] = ()) -> Sample:
    return sample([f"u{i}" for i in range(len(values))], [f"c{j}" for j in range(len(values[0]))], values, falling)


def told(found, words: str) -> bool:
    return any(words in warning.render("en") for warning in found.warnings)


def refused(call) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def test_topsis_worked_by_hand() -> None:
    """Scaled (1, 0), (0, 1), (½, ½) with weights ¾, ¼: D⁺ = ¼, ¾, √10/8; D⁻ = ¾, ¼, √10/8."""
    found = topsis(table([[4, 0], [0, 8], [2, 4]]), {"c0": 3, "c1": 1})
    assert list(found.scores.values()) == pytest.approx([0.75, 0.25, 0.5])
    assert list(found.ranks.values()) == [1, 3, 2]


def test_grey_grades_worked_by_hand() -> None:
    """Δ is 0, 1 or ½; with ρ ½ that is ξ = 1, ⅓ or ½."""
    found = grey(table([[4, 0], [0, 8], [2, 4]]), {"c0": 3, "c1": 1})
    assert list(found.scores.values()) == pytest.approx([0.75 + 0.25 / 3, 0.25 + 0.75 / 3, 0.5])


def test_rank_sums_worked_by_hand_with_a_tie() -> None:
    """c0 ranks 3, 1, 2; c1 (less is better) ranks 1.5, 3, 1.5; RSR = mean of both ÷ 3."""
    found = rank_sum(table([[9, 5], [1, 2], [4, 5]], ("c1",)))
    assert list(found.scores.values()) == pytest.approx([0.75, 2 / 3, 3.5 / 6])


def test_fractional_ranks_run_between_worst_and_best() -> None:
    found = rank_sum(table([[0, 1], [5, 1], [10, 1]]), counting="fractional")
    assert list(found.scores.values()) == pytest.approx([(1 + 2) / 6, (2 + 2) / 6, (3 + 2) / 6])


def test_the_usual_cuts_of_three_and_four_grades() -> None:
    """Probits 4 and 6; probits 3.5, 5 and 6.5. A unit on a cut is in the better grade."""
    assert grade(np.array([3.9, 4.0, 5.9, 6.0]), 0.0, 1.0, 3) == [3, 2, 2, 1]
    assert grade(np.array([3.4, 3.5, 5.0, 6.5]), 0.0, 1.0, 4) == [4, 3, 2, 1]


def test_grades_are_cut_along_the_fitted_line() -> None:
    found = rank_sum(table([[i, i] for i in range(12)]))
    levels = [row[-1] for row in found.steps[1].rows]
    assert levels == sorted(levels, reverse=True)
    assert (levels[0], levels[-1]) == (3, 1)
    assert found.figures["r_squared"] > 0.9


def test_ties_share_the_better_rank() -> None:
    assert competition(np.array([0.5, 0.9, 0.5 + 1e-12, 0.1])) == [2, 1, 2, 4]


@pytest.mark.parametrize("method", METHODS)
@given(values=rows, order=st.permutations(range(3)), seed=st.randoms(use_true_random=False))
def test_scores_lie_between_0_and_1_and_do_not_depend_on_order(method, values, order, seed) -> None:
    data = table(values, ("c2",))
    assume(not data.flat.all())
    weights = {"c0": 1.0, "c1": 2.0, "c2": 3.0}
    found = method(data, weights)
    assert all(-1e-12 <= score <= 1 + 1e-12 for score in found.scores.values())
    units = list(range(len(values)))
    seed.shuffle(units)
    turned = sample(
        [data.units[i] for i in units], [data.items[j] for j in order], data.values[np.ix_(units, order)], data.falling
    )
    other = method(turned, weights)
    assert dict(other.scores) == pytest.approx(dict(found.scores), abs=1e-9)
    assert dict(other.ranks) == dict(found.ranks)


@pytest.mark.parametrize("method", METHODS)
@given(values=rows)
def test_a_unit_best_on_everything_is_first_and_the_worst_is_last(method, values) -> None:
    found = method(table([*values, [10, 10, 10], [-10, -10, -10]]))
    best, worst = f"u{len(values)}", f"u{len(values) + 1}"
    assert found.ranks[best] == 1
    assert found.scores[worst] == min(found.scores.values())
    if method is topsis:
        assert (found.scores[best], found.scores[worst]) == (1.0, 0.0)


@pytest.mark.parametrize("method", METHODS)
@given(values=rows, i=st.integers(0, 11), j=st.integers(0, 2))
def test_getting_better_within_the_range_never_lowers_the_score(method, values, i, j) -> None:
    values = [*values, [10, 10, 10], [-10, -10, -10]]
    i = i % (len(values) - 2)
    before = method(table(values)).scores[f"u{i}"]
    better = [list(row) for row in values]
    better[i][j] += 1
    assert method(table(better)).scores[f"u{i}"] >= before - 1e-12


def test_tables_that_say_nothing_are_refused() -> None:
    alike = table([[1, 2], [1, 2]])
    assert refused(lambda: topsis(alike)) == "ranking.alike"
    assert refused(lambda: grey(alike)) == "sample.flat"
    assert refused(lambda: topsis(table([[1, 5], [1, 7]]), {"c0": 1, "c1": 0})) == "ranking.alike"
    single = sample(["u"], ["c"], [[1]], least=1)
    assert refused(lambda: topsis(single)) == "ranking.few"
    assert refused(lambda: rank_sum(single)) == "ranking.few"
    assert refused(lambda: grey(table([[1], [2]]), rho=0)) == "grey.rho"
    assert refused(lambda: rank_sum(table([[1], [2]]), grades=1)) == "rsr.grades"
    assert refused(lambda: topsis(table([[1], [2]]), {"c1": 1})) == "ranking.weights"


def test_rank_sums_of_equal_units_have_no_grades_and_say_so() -> None:
    found = rank_sum(table([[1, 2], [2, 1]]))
    assert set(found.ranks.values()) == {1}
    assert told(found, "no grades")


def test_few_units_and_idle_items_are_told() -> None:
    assert told(topsis(table([[1, 2], [2, 2]])), "Item c1 is the same")
    assert told(topsis(table([[1, 2], [2, 2]])), "Only 2 units")
    assert told(rank_sum(table([[1], [2]])), "fewer than ten")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ranking_says_its_formula_source_and_limits(language: str) -> None:
    for method in METHODS:
        found = method(table([[1, 2], [2, 3], [5, 1]])).to_json(language)
        assert found["formula"]
        assert found["source"]
        assert ("不得" if language == "zh" else "Not to be used") in found["not_for"]

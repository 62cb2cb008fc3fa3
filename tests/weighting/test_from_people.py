"""Weights stated by people: given, equal, budget allocation; and sets combined."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from assess.problems import Problem
from assess.weighting.combine import game, linear, multiplicative
from assess.weighting.direct import budget, equal, given

NAMES = st.lists(st.text(min_size=1, max_size=4).filter(str.strip), min_size=1, max_size=8, unique=True)
HOSTILE = "=1+1</script>🎈㙍𡐓\n甲"


def refused(call) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def test_given_weights_become_shares() -> None:
    assert dict(given({"a": 20, "b": 30}).weights) == {"a": 0.4, "b": 0.6}


def test_a_given_zero_is_kept_and_told() -> None:
    found = given({HOSTILE: 0, "b": 1})
    assert found.weights[HOSTILE] == 0
    assert HOSTILE in found.warnings[0].render("zh")


def test_given_weights_that_cannot_be_are_refused() -> None:
    assert refused(lambda: given({"a": -1, "b": 2})) == "weights.negative"
    assert refused(lambda: given({"a": 0, "b": 0})) == "weights.zero"
    assert refused(lambda: given({"a": float("nan")})) == "weights.number"
    assert refused(lambda: given({"a": float("inf")})) == "weights.number"
    assert refused(lambda: given({})) == "weights.items"
    assert refused(lambda: given({" ": 1})) == "weights.items"


@examples(NAMES)
def test_equal_weights_sum_to_1(names: list[str]) -> None:
    found = equal(names)
    assert sum(found.weights.values()) == pytest.approx(1.0)
    assert len(set(found.weights.values())) == 1


def test_equal_weights_refuse_an_item_named_twice() -> None:
    assert refused(lambda: equal(["a", "a"])) == "weights.item-twice"
    assert refused(lambda: equal([])) == "weights.items"


def test_a_budget_is_the_mean_of_the_experts_and_a_quarrel_goes_to_a_second_round() -> None:
    """a: 50, 70 → 0.6, CV 14.1 ÷ 60 = 0.24; b: 50, 30 → 0.4, CV 14.1 ÷ 40 = 0.35."""
    found = budget(("a", "b"), {"x": (50, 50), "y": (70, 30)})
    assert dict(found.weights) == pytest.approx({"a": 0.6, "b": 0.4})
    told = [warning.render("en") for warning in found.warnings]
    assert any("differ on b" in words and "0.35" in words for words in told)
    assert not any("differ on a" in words for words in told)


def test_a_budget_with_blanks_negatives_or_a_wrong_sum_is_refused() -> None:
    assert refused(lambda: budget(("a", "b"), {"x": (100, None)})) == "budget.blank"
    assert refused(lambda: budget(("a", "b"), {"x": (110, -10)})) == "budget.negative"
    assert refused(lambda: budget(("a", "b"), {"x": (50, 45)})) == "budget.sum"
    assert refused(lambda: budget(("a", "b"), {"x": (100,)})) == "weights.count"
    assert refused(lambda: budget(("a", "b"), {})) == "budget.experts"


def test_one_expert_has_no_spread_and_an_item_nobody_wants_gets_0() -> None:
    found = budget(("a", "b"), {"x": (100, 0)})
    assert dict(found.weights) == {"a": 1.0, "b": 0.0}
    assert found.steps[0].rows[1][-1] is None


SETS = {"experts": {"a": 0.5, "b": 0.3, "c": 0.2}, "data": {"a": 0.2, "b": 0.3, "c": 0.5}}


def test_the_linear_combination_takes_alpha_of_the_first_set() -> None:
    assert dict(linear(SETS).weights) == pytest.approx({"a": 0.38, "b": 0.30, "c": 0.32})
    assert linear(SETS).parameters["alpha"] == 0.6
    assert dict(linear(SETS, alpha=1).weights) == pytest.approx(SETS["experts"])
    assert linear(SETS, alpha=1).warnings
    assert refused(lambda: linear(SETS, alpha=1.2)) == "combine.alpha"
    assert refused(lambda: linear(SETS | {"third": SETS["data"]})) == "combine.two"


def test_the_multiplicative_combination_is_the_product_divided_by_its_sum() -> None:
    """Products 0.10, 0.09, 0.10."""
    assert dict(multiplicative(SETS).weights) == pytest.approx({"a": 10 / 29, "b": 9 / 29, "c": 10 / 29})
    zero = multiplicative({"x": {"a": 0, "b": 1}, "y": {"a": 0.5, "b": 0.5}})
    assert dict(zero.weights) == {"a": 0.0, "b": 1.0}
    assert zero.warnings
    assert refused(lambda: multiplicative({"x": {"a": 0, "b": 1}, "y": {"a": 1, "b": 0}})) == "weights.zero"


def test_the_game_weighs_two_equally_long_sets_alike() -> None:
    """Both have 0.38 on the diagonal of the Gram matrix, so that the coefficients are equal."""
    assert dict(game(SETS).weights) == pytest.approx({"a": 0.35, "b": 0.3, "c": 0.35})


def test_the_game_solved_by_hand() -> None:
    """Sets (1, 0) and (½, ½): Gram [[1, ½], [½, ½]], diagonal (1, ½); a = (1, 0), so that the first set holds."""
    found = game({"x": {"a": 1, "b": 0}, "y": {"a": 0.5, "b": 0.5}})
    assert dict(found.weights) == pytest.approx({"a": 1.0, "b": 0.0})


def test_the_game_says_where_a_set_came_out_negative() -> None:
    """(0.9, 0.1) and (0.6, 0.4): the second solves to (0.82·0.52 − 0.58·0.82) ÷ det < 0."""
    found = game({"x": {"a": 0.9, "b": 0.1}, "y": {"a": 0.6, "b": 0.4}})
    assert dict(found.weights) == pytest.approx({"a": 0.9, "b": 0.1})
    assert any("negative" in warning.render("en") for warning in found.warnings)


def test_identical_sets_combine_to_themselves() -> None:
    same = {"x": SETS["data"], "y": SETS["data"]}
    assert dict(linear(same).weights) == pytest.approx(SETS["data"])
    assert dict(game(same).weights) == pytest.approx(SETS["data"])
    assert game(same).warnings


def test_sets_with_different_items_are_refused() -> None:
    assert refused(lambda: game({"x": {"a": 1}, "y": {"b": 1}})) == "combine.items"
    assert refused(lambda: game({"x": {"a": 1}})) == "combine.few"


@examples(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=1, max_size=8), st.permutations(range(8))
)
def test_combined_weights_sum_to_1_and_do_not_depend_on_order(pairs, order) -> None:
    first = {str(i): a for i, (a, _) in enumerate(pairs)}
    second = {str(i): b for i, (_, b) in enumerate(pairs)}
    turned = {str(i): first[str(i)] for i in order if i < len(pairs)}
    for way in (linear, multiplicative, game):
        found = way({"x": first, "y": second}).weights
        assert sum(found.values()) == pytest.approx(1.0)
        assert min(found.values()) >= 0
        other = way({"x": turned, "y": second}).weights
        assert {item: other[item] for item in found} == pytest.approx(dict(found), abs=1e-9)

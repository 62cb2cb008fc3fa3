"""Weights drawn from the data: worked by hand, on awkward tables, and as laws."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from assess.problems import Problem
from assess.weighting.components import kmo, pca
from assess.weighting.result import Weighting
from assess.weighting.sample import Sample, sample
from assess.weighting.spread import critic, deviation, entropy

METHODS = (entropy, critic, deviation, pca)


def table(rows: list[list[float]], falling: tuple[str, ...] = ()) -> Sample:
    return sample([f"u{i}" for i in range(len(rows))], [f"c{j}" for j in range(len(rows[0]))], rows, falling)


def refused(call) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def told(found, words: str) -> bool:
    return any(words in warning.render("en") for warning in found.warnings)


def computed(method, data: Sample) -> Weighting:
    """The weights; examples where CRITIC rightly finds all items the same are not looked at."""
    try:
        return method(data)
    except Problem as problem:
        if problem.code != "critic.same":
            raise
        reject()


rows = st.integers(10, 16).flatmap(
    lambda height: st.lists(st.lists(st.integers(-50, 50), min_size=4, max_size=4), min_size=height, max_size=height)
)


def test_entropy_worked_by_hand() -> None:
    """Scaled columns (0, 0, 1) and (0, ½, 1): e = 0 and −(⅓ ln ⅓ + ⅔ ln ⅔) ÷ ln 3 = 0.5794; d = 1 and 0.4206."""
    found = entropy(table([[0, 0], [0, 1], [4, 2]]), few=True)
    second = 1 + (log(1 / 3) / 3 + 2 * log(2 / 3) / 3) / log(3)
    assert list(found.weights.values()) == pytest.approx([1 / (1 + second), second / (1 + second)])


def test_deviation_worked_by_hand() -> None:
    """Scaled (0, 0, 1) and (0, ½, 1): s = 0.5774 and 0.5."""
    found = deviation(table([[0, 0], [0, 1], [4, 2]]), few=True)
    whole = (1 / 3) ** 0.5 + 0.5
    assert list(found.weights.values()) == pytest.approx([(1 / 3) ** 0.5 / whole, 0.5 / whole])


def test_critic_worked_by_hand() -> None:
    """r of (0, 0, 1) and (0, ½, 1) is 0.8660 both ways, so that only the deviations tell: the weights of those."""
    data = table([[0, 0], [0, 1], [4, 2]])
    assert dict(critic(data, few=True).weights) == pytest.approx(dict(deviation(data, few=True).weights))


def test_components_of_two_items_worked_by_hand() -> None:
    """Two items always give eigenvectors (1, ±1) ÷ √2, and so equal weights."""
    found = pca(table([[1, 5], [2, 3], [3, 9], [4, 7]]), few=True)
    assert list(found.weights.values()) == pytest.approx([0.5, 0.5])


def test_components_leave_a_lonely_item_with_the_weight_of_its_own_component() -> None:
    """c0 and c1 are the same, c2 is unrelated: λ = 2, 1, 0; kept 2 and 1; w = ⅔·½, ⅔·½, ⅓."""
    found = pca(table([[1, 1, 1], [1, 1, -1], [-1, -1, 1], [-1, -1, -1]]), few=True)
    assert list(found.weights.values()) == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert found.figures["components"] == 2
    assert told(found, "follow exactly")


def test_kmo_of_three_equally_correlated_items_by_hand() -> None:
    """r = ½ everywhere: partial r = ⅓, so KMO = ¼ ÷ (¼ + 1/9) = 9/13."""
    assert kmo(np.array([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]])) == pytest.approx(9 / 13)
    assert kmo(np.ones((2, 2))) is None


@pytest.mark.parametrize("method", METHODS)
@given(rows=rows, order=st.permutations(range(4)), seed=st.randoms(use_true_random=False))
def test_weights_are_shares_and_do_not_depend_on_the_order_of_columns_or_rows(method, rows, order, seed) -> None:
    data = table(rows, ("c1",))
    assume(not data.flat.all())
    found = computed(method, data)
    assert sum(found.weights.values()) == pytest.approx(1.0)
    assert min(found.weights.values()) >= 0
    units = list(range(len(rows)))
    seed.shuffle(units)
    turned = sample(
        [data.units[i] for i in units], [data.items[j] for j in order], data.values[np.ix_(units, order)], data.falling
    )
    assert dict(method(turned).weights) == pytest.approx(dict(found.weights), abs=1e-7)


@pytest.mark.parametrize("method", METHODS)
@given(rows=rows, factor=st.floats(0.01, 100), offset=st.floats(-100, 100))
def test_units_of_measurement_do_not_matter(method, rows, factor, offset) -> None:
    data = table(rows)
    assume(not data.flat.any())
    moved = sample(data.units, data.items, data.values * factor + offset)
    assume(not moved.flat.any())
    assert dict(computed(method, moved).weights) == pytest.approx(dict(computed(method, data).weights), abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_constant_and_zero_columns_get_weight_0_and_are_told(method) -> None:
    generator = np.random.default_rng(1)
    values = generator.random((12, 4))
    values[:, 1], values[:, 2] = 7.0, 0.0
    found = method(sample([str(i) for i in range(12)], list("abcd"), values))
    assert found.weights["b"] == found.weights["c"] == 0
    assert told(found, "Item b has the same value")
    assert told(found, "Item c is 0 for every unit")
    assert sum(found.weights.values()) == pytest.approx(1.0)


def test_a_zero_column_gets_weight_0_in_raw_entropy_too() -> None:
    found = entropy(table([[0, 1], [0, 2], [0, 3]]), scaling="none", few=True)
    assert list(found.weights.values()) == [0.0, 1.0]


@pytest.mark.parametrize("method", METHODS)
def test_fewer_than_ten_units_are_refused_or_warned_about(method) -> None:
    values = np.random.default_rng(2).random((9, 3)).tolist()
    assert refused(lambda: method(table(values))) == "weights.few"
    assert told(method(table(values), few=True), "fewer than ten")
    assert not told(method(table([*values, [2, 3, 1]])), "fewer than ten")


@pytest.mark.parametrize("method", (entropy, critic, deviation))
def test_twenty_units_are_advised(method) -> None:
    values = np.random.default_rng(3).random((20, 3)).tolist()
    assert told(method(table(values[:19])), "twenty are advised")
    assert not told(method(table(values)), "twenty are advised")


@pytest.mark.parametrize("method", METHODS)
def test_a_table_without_any_difference_is_refused(method) -> None:
    assert refused(lambda: method(table([[1, 2]] * 12))) == "sample.flat"


def test_a_negative_value_has_no_portion_of_a_sum() -> None:
    data = table([[-1, 1], [2, 2], [3, 5]])
    assert refused(lambda: entropy(data, scaling="none", few=True)) == "sample.negative"
    assert sum(entropy(data, few=True).weights.values()) == pytest.approx(1.0)


def test_critic_refuses_items_that_all_rise_together() -> None:
    assert refused(lambda: critic(table([[i, 2 * i] for i in range(12)]))) == "critic.same"


def test_components_warn_of_items_that_do_not_go_together() -> None:
    data = table(np.random.default_rng(5).random((12, 8)).tolist())
    assert told(pca(data), "KMO")


def test_an_item_that_pulls_the_other_way_is_named() -> None:
    base = np.arange(30.0)
    noise = np.random.default_rng(7).random((30, 3))
    data = sample([str(i) for i in base], list("abc"), np.column_stack([base, base, -base]) + noise)
    assert told(pca(data), "pull against the others: c")
    turned = sample(data.units, data.items, data.values, ("c",))
    assert not told(pca(turned), "pull against the others")


def test_what_is_no_sample_is_refused() -> None:
    assert refused(lambda: sample([], ["a"], [])) == "sample.empty"
    assert refused(lambda: sample(["u"], ["a"], [[1]])) == "sample.few"
    assert refused(lambda: sample(["u", "u"], ["a"], [[1], [2]])) == "sample.unit-twice"
    assert refused(lambda: sample(["u", "v"], ["a", "b"], [[1], [2]])) == "sample.shape"
    assert refused(lambda: sample(["u", "v"], ["a", "a"], [[1, 2], [2, 3]])) == "weights.item-twice"
    assert refused(lambda: sample(["u", "v"], ["a"], [[1], [float("nan")]])) == "sample.blank"
    assert refused(lambda: sample(["u", "v"], ["a"], [[1], [float("inf")]])) == "sample.blank"
    assert refused(lambda: sample(["u", "v"], ["a"], [[1], [2]], ["b"])) == "sample.unknown-item"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_method_says_what_it_is_and_when_it_must_not_be_used(language: str) -> None:
    from assess.weighting.about import METHODS

    for about in METHODS.values():
        for message in (about.name, about.formula, about.limits):
            assert message.render(language).strip()
        assert about.source
        marks = "不得" if language == "zh" else "Not to be used"
        assert marks in about.limits.render(language)

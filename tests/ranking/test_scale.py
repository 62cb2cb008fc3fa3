"""Items that belong together, and items of one dimension that pull against each other."""

from __future__ import annotations

import numpy as np
import pytest

from assess.problems import Problem
from assess.ranking.scale import correlations, cronbach, pulls
from assess.weighting.sample import sample


def table(columns: dict[str, list[float]], falling: tuple[str, ...] = ()):
    values = np.column_stack(list(columns.values()))
    return sample([str(i) for i in range(len(values))], list(columns), values, falling)


def test_alpha_worked_by_hand() -> None:
    """Variances 1 and 1, of the sum 3: α = 2·(1 − ⅔) = ⅔."""
    found = cronbach(table({"a": [1, 2, 3], "b": [1, 3, 2]}))
    assert found.alpha == pytest.approx(2 / 3)
    assert found.without == {"a": None, "b": None}
    assert "0.67" in found.meaning.render("zh")


def test_items_that_are_the_same_have_alpha_1() -> None:
    assert cronbach(table({"a": [1, 2, 5], "b": [1, 2, 5], "c": [1, 2, 5]})).alpha == pytest.approx(1.0)


def test_an_item_where_less_is_better_is_turned_first() -> None:
    turned = cronbach(table({"a": [1, 2, 5], "b": [-1, -2, -5]}, ("b",)))
    assert turned.alpha == pytest.approx(1.0)


def test_the_item_that_spoils_the_scale_is_named() -> None:
    found = cronbach(table({"a": [1, 2, 3, 4], "b": [1, 2, 3, 5], "stray": [4, 1, 3, 1]}))
    assert any("stray" in warning.render("zh") for warning in found.warnings)


def test_scales_without_meaning_are_refused() -> None:
    for columns, code in (
        ({"a": [1.0, 2, 3]}, "alpha.items"),
        ({"a": [1.0, 2], "b": [1, 2]}, "sample.few"),
        ({"a": [1.0, 2, 3], "b": [3, 2, 1]}, "alpha.flat"),
    ):
        with pytest.raises(Problem) as caught:
            cronbach(table(columns))
        assert caught.value.code == code


def test_items_of_one_dimension_that_pull_against_each_other_are_named_once() -> None:
    data = table({"ME1": [1, 2, 3, 4], "ME2": [4, 3, 2, 1], "ST1": [4, 3, 2, 1.5]})
    found = pulls(data, {"ME": ("ME1", "ME2"), "ST": ("ST1",)})
    assert [(one.one, one.other, one.kind) for one in found] == [("ME1", "ME2", "against")]
    assert found[0].r == pytest.approx(-1.0)
    assert "ME1" in found[0].words.render("zh")


def test_items_that_say_the_same_are_named_as_counting_twice() -> None:
    found = pulls(table({"a": [1, 2, 3], "b": [2, 4, 6], "c": [1, 3, 2]}), {"all": ("a", "b", "c", "not there")})
    assert [one.kind for one in found] == ["twice"]


def test_direction_decides_whether_two_items_pull_apart() -> None:
    columns = {"a": [1.0, 2, 3], "b": [3.0, 2, 1]}
    assert pulls(table(columns), {"all": ("a", "b")})[0].kind == "against"
    assert pulls(table(columns, ("b",)), {"all": ("a", "b")})[0].kind == "twice"


def test_rank_correlation_sees_through_a_curve_and_a_constant_has_none() -> None:
    data = table({"a": [1, 2, 3, 4], "b": [1, 10, 100, 1000], "flat": [5, 5, 5, 5]})
    assert correlations(data, "spearman")[0, 1] == pytest.approx(1.0)
    assert correlations(data)[0, 1] < 0.9
    assert np.isnan(correlations(data)[0, 2])
    assert pulls(data, {"all": ("a", "flat")}) == ()

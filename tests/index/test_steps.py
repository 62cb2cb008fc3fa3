"""Denominators, gaps, outliers and scales, each worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assess.framework.index_rules import Outliers, Scaling
from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.data import ANSWERED, NOT_APPLICABLE, UNANSWERED, Data
from assess.index.filling import denominate, impute
from assess.index.neighbors import nearest
from assess.index.outliers import logarithm, shape, treat
from assess.index.ranks import places
from assess.measure.columns import normalise
from tests.measure.small import RATIO

OUT = math.nan


def same(found, expected):
    assert np.asarray(found, dtype=float) == pytest.approx(np.asarray(expected, dtype=float), nan_ok=True)


def test_a_value_is_divided_by_its_denominator_unless_one_is_missing_or_0():
    same(denominate(np.array([1.0, 2, OUT, 4, 5]), np.array([2.0, 0, 1, OUT, 10]), 100), [50, OUT, OUT, OUT, 50])


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("none", [1, OUT, 9, 2, OUT, OUT]),
        ("mean", [1, 4, 9, 2, 4, 4]),
        ("median", [1, 2, 9, 2, 2, 2]),
        ("group_mean", [1, 5, 9, 2, 2, OUT]),
        ("group_median", [1, 5, 9, 2, 2, OUT]),
    ],
)
def test_gaps_are_filled_from_all_or_from_the_own_group(how, expected):
    values = np.array([1, OUT, 9, 2, OUT, OUT])
    same(impute(values, how, np.isnan(values), ("a", "a", "a", "b", "b", "c")), expected)


def test_what_does_not_apply_is_never_filled():
    made = from_sources(
        {"framework.toml": 'code = "x"\ntitle = { zh = "甲", en = "x" }\n[index]\nimpute = "mean"\n[[indicator]]\n'
                           'code = "a"\nkind = "number"\nname = { zh = "一", en = "one" }\n'
                           "number = { zero = 0, full = 100 }\n"}
    )  # fmt: skip
    states = np.array([[ANSWERED, UNANSWERED, NOT_APPLICABLE, ANSWERED]], dtype=np.int8)
    found = index(made, Data(tuple("abcd"), tuple("abcd"), ("a",), np.array([[20, OUT, OUT, 40]]), states))
    same(found.total, [20, 30, OUT, 40])
    assert [(one.unit, one.change, one.before, one.after) for one in found.changed] == [(1, "imputed", None, 30.0)]
    same(found.coverage["total"], [1, 0, OUT, 1])


def test_a_gap_is_filled_from_the_units_most_alike():
    alike = [np.array([0.0, 1, 10, 11, 0.4]), np.array([0.0, 1, 10, 11, 0.4])]
    lacking = np.array([1.0, 3, 50, 70, OUT])
    (found,) = nearest([*alike, lacking], [2], [np.isnan(lacking)], 2)
    same(found, [1, 3, 50, 70, 2])
    (found,) = nearest([*alike, lacking], [2], [np.isnan(lacking)], 1)
    same(found, [1, 3, 50, 70, 1])
    (found,) = nearest([lacking], [0], [np.isnan(lacking)], 2)
    same(found, [1, 3, 50, 70, OUT])


def test_skewness_and_kurtosis_of_a_sample_are_those_of_the_textbook():
    values = np.array([2.0, 4, 4, 5, 7, 20, OUT])
    n, apart = 6, values[:6] - values[:6].mean()
    s = math.sqrt((apart**2).sum() / (n - 1))
    skew = n / ((n - 1) * (n - 2)) * ((apart / s) ** 3).sum()
    kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * ((apart / s) ** 4).sum() - 3 * (n - 1) ** 2 / (
        (n - 2) * (n - 3)
    )
    assert shape(values) == pytest.approx((skew, kurtosis))
    assert all(map(math.isnan, shape(np.array([1.0, 2, OUT]))))
    assert all(map(math.isnan, shape(np.array([3.0] * 9))))


def test_the_outermost_value_is_moved_onto_the_next_and_only_as_often_as_needed():
    values = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100, OUT])
    found = treat(values, Outliers(most=5))
    assert (found.change, found.steps) == ("winsorised", 1)
    same(found.values, [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, OUT])
    same(treat(-values, Outliers()).values, -found.values)
    same(treat(values[:9], Outliers()).values, values[:9])


def test_where_moving_does_not_help_the_logarithm_of_the_untouched_values_is_taken():
    values = np.concatenate((np.arange(30.0), [1e6, 1e7, 1e8, 1e9]))
    found = treat(values, Outliers(most=1))
    assert (found.change, found.steps) == ("log", 0)
    same(found.values, np.log(values + 0.01 * 1e9))
    kept = treat(values, Outliers(most=1, otherwise="none"))
    assert (kept.change, kept.values[-1]) == ("winsorised", 1e8)
    same(logarithm(np.array([-5.0, 5])), [math.log(0.1), math.log(10.1)])


X = np.array([2.0, 8, 5, 5, OUT])


@pytest.mark.parametrize(
    ("scale", "up", "down"),
    [
        (Scaling("minmax"), [0, 100, 50, 50, OUT], [100, 0, 50, 50, OUT]),
        (Scaling("minmax", 1, 100), [1, 100, 50.5, 50.5, OUT], [100, 1, 50.5, 50.5, OUT]),
        (Scaling("to_best"), [0, 100, 50, 50, OUT], [100, 0, 50, 50, OUT]),
        (Scaling("share_of_best"), [25, 100, 62.5, 62.5, OUT], [100, 400, 250, 250, OUT]),
        (Scaling("zscore", center=10, spread=2), [10 - 6**0.5, 10 + 6**0.5, 10, 10, OUT],
         [10 + 6**0.5, 10 - 6**0.5, 10, 10, OUT]),
        (Scaling("rank"), [1, 4, 2, 2, OUT], [4, 1, 2, 2, OUT]),
        (Scaling("borda"), [0, 3, 1, 1, OUT], [3, 0, 1, 1, OUT]),
        (Scaling("percent_rank"), [0, 100, 100 / 3, 100 / 3, OUT], [100, 0, 100 / 3, 100 / 3, OUT]),
        (Scaling("given"), [2, 8, 5, 5, OUT], [-2, -8, -5, -5, OUT]),
        (Scaling("to_target", target=5), [40, 100, 100, 100, OUT], [100, 62.5, 100, 100, OUT]),
        (Scaling("to_target", target=5, cap=False), [40, 160, 100, 100, OUT], [250, 62.5, 100, 100, OUT]),
        (Scaling("curve", points=((0, 0), (5, 80), (10, 100))), [32, 92, 80, 80, OUT], [32, 92, 80, 80, OUT]),
    ],
)  # fmt: skip
def test_every_scale_is_worked_by_hand(scale, up, down):
    from dataclasses import replace

    same(normalise(replace(RATIO, direction="up"), X, scale), up)
    same(normalise(replace(RATIO, direction="down"), X, scale), down)


@pytest.mark.parametrize("kind", ["minmax", "to_best", "share_of_best", "zscore", "rank", "borda", "percent_rank"])
def test_a_column_that_is_the_same_everywhere_has_no_score_among_units(kind):
    assert np.isnan(normalise(RATIO, np.array([3.0, 3, 3]), Scaling(kind))).all()


def test_goalposts_of_logarithms_and_without_a_cap():
    from dataclasses import replace

    money = replace(RATIO, direction="up", zero=100.0, full=10_000.0)
    x = np.array([50.0, 100, 1000, 10_000, 100_000, 0, OUT])
    same(normalise(money, x, Scaling(log=True)), [0, 0, 50, 100, 100, 0, OUT])
    open_ended = normalise(money, x[:5], Scaling(log=True, cap=False))
    same(open_ended, [50 * math.log10(0.5), 0, 50, 100, 150])
    same(normalise(money, np.array([5050.0]), Scaling(low=1, high=101)), [51])


@pytest.mark.parametrize(
    ("scores", "decimals", "ranks", "shared"),
    [
        ([3, 1, 3, 2], None, [1, 4, 1, 3], [2, 1, 2, 1]),
        ([0.7 + 0.1, 0.8, OUT, 0.8 - 2e-9], None, [1, 1, 0, 3], [2, 2, 0, 1]),
        ([0.8001, 0.8004, 0.8006], 3, [2, 2, 1], [2, 2, 1]),
        ([1 - 0.8e-9, 1.0, 1 - 1.6e-9, 1 - 2.4e-9], None, [1, 1, 3, 3], [2, 2, 2, 2]),
        ([], None, [], []),
        ([OUT, OUT], None, [0, 0], [0, 0]),
    ],
)
def test_places_are_competition_ranks_with_ties_told(scores, decimals, ranks, shared):
    found = places(np.array(scores, dtype=float), decimals)
    assert (found[0].tolist(), found[1].tolist()) == (ranks, shared)

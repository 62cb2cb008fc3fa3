"""How firm places are: seeded draws, places and stages over them, who can be told apart."""

from __future__ import annotations

import numpy as np
import pytest

from assess.framework.read import from_sources
from assess.index.apart import before_next, groups
from assess.index.chain import index
from assess.index.data import ANSWERED, UNANSWERED, Data
from assess.index.result import Variant
from assess.index.robust import Robust, descending, robust, summed_up
from assess.index.sensitivity import sensitivity
from assess.problems import Problem

HEAD = 'code = "x"\ntitle = { zh = "甲", en = "x" }\n'
STAGES = """[[stage]]
level = 1
zh = "一"
en = "one"
min = 0
max = 50
[[stage]]
level = 2
zh = "二"
en = "two"
min = 50
max = 100
max_inclusive = true
"""


def made(extra, items=3):
    blocks = "".join(
        f'[[indicator]]\ncode = "i{place}"\nkind = "number"\nname = {{ zh = "名", en = "n" }}\n'
        "number = { zero = 0, full = 100 }\n"
        for place in range(items)
    )
    return from_sources({"framework.toml": HEAD + extra + blocks})


def data(*units):
    values = np.array(units, dtype=float).T
    states = np.where(np.isnan(values), UNANSWERED, ANSWERED).astype(np.int8)
    names = tuple(f"u{row}" for row in range(len(units)))
    return Data(names, names, tuple(f"i{place}" for place in range(len(values))), values, states)


WEIGHTS = "[index.robustness]\nweights = 0.5\n"
MIXED = data([90, 80, 70], [60, 50, 40], [0, 100, 50], [100, 0, 50], [10, 10, 10])


def test_the_same_seed_gives_the_same_places_and_another_seed_others():
    one, same, other = (robust(made(WEIGHTS), MIXED, 200, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.ranks, same.ranks)
    assert not np.array_equal(one.ranks, other.ranks)
    assert one.to_json() == {"draws": 200, "seed": 1, "varied": {"weights": {"share": 0.5, "at": "all"}}}


def test_who_is_ahead_in_every_item_is_ahead_in_every_draw():
    found = robust(made(WEIGHTS), MIXED, 500, 1)
    assert (found.low[0], found.median[0], found.high[0]) == (1, 1, 1)
    assert (found.low[4], found.high[4]) == (5, 5)
    assert found.beats(0, 4) == 1
    assert found.beats(4, 0) == 0
    assert found.beats(2, 3) == pytest.approx(0.5, abs=0.1)
    assert found.beats(2, 3) + found.beats(3, 2) == pytest.approx(1)


def test_weights_of_nodes_alone_leave_items_of_one_node_as_they_are():
    nodes = '[index.robustness]\nweights = 0.5\nweights_at = "nodes"\n'
    found = robust(made(nodes), MIXED, 50, 1)
    assert len(np.unique(found.ranks, axis=0)) == 1


def test_every_draw_is_one_of_the_variants():
    varied = '[index.robustness]\naggregations = ["weighted_mean", "geometric", "weakest"]\n'
    chosen = made(varied)
    found = robust(chosen, MIXED, 60, 3)
    expected = {
        tuple(index(chosen, MIXED, variant=Variant(aggregation=way)).ranks().tolist())
        for way in ("weighted_mean", "geometric", "weakest")
    }
    assert {tuple(map(int, row)) for row in found.ranks} == expected
    assert found.varied == {"aggregations": ["weighted_mean", "geometric", "weakest"]}


def test_nothing_to_vary_is_said():
    with pytest.raises(Problem) as caught:
        robust(made(""), MIXED, 10, 1)
    assert caught.value.code == "index.nothing-varied"


def test_more_draws_than_fit_are_refused():
    with pytest.raises(Problem) as caught:
        robust(made(WEIGHTS), MIXED, 10**9, 1)
    assert caught.value.code == "index.too-many-draws"


def test_a_unit_that_must_have_no_score_has_no_place_in_any_draw():
    void = '[states.UNANSWERED]\nany_mode = "void"\n'
    found = robust(made(void + WEIGHTS), data([90, 80, 70], [np.nan, 50, 40], [1, 2, 3]), 20, 1)
    assert np.isnan(found.ranks[:, 1]).all()
    assert np.isnan(found.median[1])
    assert found.high[2] == 2


def test_stages_over_the_draws():
    found = robust(made(STAGES + WEIGHTS), MIXED, 400, 1)
    low, high = found.stage_range()
    assert (low[0], high[0]) == (2, 2)
    assert (low[4], high[4]) == (1, 1)
    assert (low[2], high[2]) == (1, 2)
    assert robust(made(WEIGHTS), MIXED, 5, 1).stage_range() is None


def test_ties_share_the_smaller_place_and_a_gap_follows():
    scores = np.array([[3.0, 1.0, 3.0, 2.0], [1.0, 1.0, 1.0, np.nan], [np.nan] * 4])
    expected = [[1, 4, 1, 3], [1, 1, 1, np.nan], [np.nan] * 4]
    assert np.array_equal(descending(scores), expected, equal_nan=True)


def test_places_over_the_draws_are_counted_by_hand():
    ranks = np.array([[1, 2], [1, 2], [1, 2], [2, 1], [1, 2]], dtype=np.float32)
    found = summed_up(5, 0, {}, ranks)
    assert found.mean.tolist() == pytest.approx([1.2, 1.8])
    assert found.median.tolist() == [1, 2]
    assert found.high.tolist() == pytest.approx([1.8, 2])
    assert found.low.tolist() == pytest.approx([1, 1.2])
    assert found.beats(0, 1) == pytest.approx(0.8)


def test_groups_hold_those_who_cannot_be_told_apart():
    units = data([50, 50, 50], [49, 49, 49], [30, 30, 30])
    shown = index(made(""), units)
    ranks = np.array([[1, 2, 3]] * 9 + [[2, 1, 3]], dtype=np.float32)
    found: Robust = summed_up(10, 0, {}, ranks)
    assert groups(shown, found).tolist() == [1, 1, 2]
    assert before_next(shown, found)[:2].tolist() == pytest.approx([0.9, 1.0])
    assert np.isnan(before_next(shown, found)[2])


def test_sobol_indices_are_those_of_the_whole_table_of_variants():
    varied = (
        '[index]\nimpute = "mean"\n[index.robustness]\naggregations = ["weighted_mean", "geometric", "weakest"]\n'
        'imputations = ["none", "mean", "median"]\n'
    )
    chosen = made(varied)
    units = data([90, 80, 70], [60, np.nan, 40], [0, 100, np.nan], [100, 1, 50], [np.nan, 30, 10], [55, 56, 20])
    found = sensitivity(chosen, units, 20_000, 5)
    nominal = index(chosen, units).ranks()
    shifts = np.array(
        [
            [
                np.abs(index(chosen, units, variant=Variant(impute=fill, aggregation=way)).ranks() - nominal).mean()
                for way in ("weighted_mean", "geometric", "weakest")
            ]
            for fill in ("none", "mean", "median")
        ]
    )
    variance = shifts.var()
    assert found.mean_shift == pytest.approx(shifts.mean(), abs=0.02)
    assert found.first["imputations"] == pytest.approx(shifts.mean(axis=1).var() / variance, abs=0.03)
    assert found.first["aggregations"] == pytest.approx(shifts.mean(axis=0).var() / variance, abs=0.03)
    assert found.total["imputations"] == pytest.approx(shifts.var(axis=0).mean() / variance, abs=0.03)
    assert found.total["aggregations"] == pytest.approx(shifts.var(axis=1).mean() / variance, abs=0.03)


def test_where_nothing_moves_there_are_no_indices():
    found = sensitivity(made("[index.robustness]\nweights = 0.1\n"), data([90, 90, 90], [10, 10, 10]), 50, 1)
    assert (found.variance, found.first, found.total) == (0, {}, {})
    assert found.to_json()["enough"] == {"first": False, "total": False}


def test_goalposts_stretched_by_a_tenth_move_scores_and_places():
    chosen = made("[index.robustness]\ngoalposts = [0.5, 1, 2]\n")
    capped = index(chosen, MIXED, variant=Variant(goalposts=0.5))
    assert capped.of("i0").tolist() == [100, 100, 0, 100, 20]
    assert capped.recipe["goalposts_stretched"] == 0.5
    found = robust(chosen, MIXED, 100, 1)
    assert found.varied == {"goalposts": [0.5, 1.0, 2.0]}
    assert len(np.unique(found.ranks, axis=0)) == 2

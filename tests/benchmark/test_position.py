"""Where a unit stands: what is said of how many, quartiles, distances, ranks with ties (D20, R9)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.benchmark.peers import choose
from assess.benchmark.position import competition_ranks, place
from tests.benchmark.crowd import crowd, group, unit
from tests.measure.small import SMALL, changed


def placed(me_total, *totals):
    me = unit("本市", me_total)
    return place(SMALL, me, group(me, *totals))


def test_fewer_than_five_give_nothing_but_the_reason():
    found = placed(50, 10, 20, 30)
    assert (found.n, found.allowed, found.rows) == (4, "none", {})
    assert "不足5个" in found.reason.render("zh")
    assert found.rank() is None


def test_five_to_seven_give_the_median_the_best_and_the_distances():
    row = placed(50, 10, 20, 60, 90).rows["total"]
    assert (row.allowed, row.median, row.best) == ("median", 50, 90)
    assert (row.q1, row.q3) == (None, None)
    assert (row.to_median, row.to_best, row.place) == (0, 40, "at_median")
    assert placed(55, 10, 20, 60, 90).rows["total"].place == "at_median"
    assert placed(15, 10, 20, 60, 90).rows["total"].place == "below_median"
    assert placed(70, 10, 20, 60, 90).rows["total"].place == "above_median"


def test_eight_and_more_give_quartiles_over_the_whole_group_the_unit_included():
    found = placed(58, 84, 78, 68, 70, 62, 60, 32, 20, 66)
    row = found.rows["total"]
    assert (found.n, row.allowed) == (10, "quartiles")
    assert (row.q1, row.median, row.q3) == (58.5, 64, 69.5)
    assert row.place == "lower_quartile"
    assert found.allowed == "quartiles"


@pytest.mark.parametrize(
    ("value", "where"),
    [(80, "upper_quartile"), (65, "above_median"), (59, "below_median"), (20, "lower_quartile"), (None, None)],
)
def test_a_row_can_place_any_value(value, where):
    assert placed(58, 84, 78, 68, 70, 62, 60, 32, 20, 66).rows["total"].place_of(value) == where


def test_all_alike_are_at_the_median():
    row = placed(50, *[50] * 8).rows["total"]
    assert row.place == "at_median"
    assert len(row.best_names) == 9


def test_the_best_are_named_all_of_them():
    row = placed(50, 90, 20, 90, 30).rows["total"]
    assert row.best_names == ("城0", "城2")
    assert placed(95, 90, 20, 90, 30).rows["total"].best_names == ("本市",)


def test_a_value_a_peer_lacks_is_left_out_and_the_number_that_counts_falls():
    me = unit("本市", 50.0)
    library = [*crowd(10, 20, 30, 40), *(unit(f"缺{n}", 60.0, scores={"total": 60.0, "A": None}) for n in range(5))]
    found = place(SMALL, me, choose(me, library, by="level"))
    assert (found.rows["total"].n, found.rows["total"].allowed) == (10, "quartiles")
    assert (found.rows["A"].n, found.rows["A"].allowed) == (5, "median")
    assert found.rows["A"].values[-1] is None


def test_a_value_the_unit_lacks_has_no_place_and_no_rank():
    me = unit("本市", 50.0, scores={"total": 50.0, "A": None})
    found = place(SMALL, me, group(me, 10, 20, 30, 40, 60))
    assert (found.rows["A"].value, found.rows["A"].place, found.rows["A"].to_best) == (None, None, None)
    assert found.rows["A"].median == 30
    assert found.rank("A") is None


def test_ranks_share_the_smaller_number_and_say_the_tie():
    found = placed(50, 90, 50, 50, 20)
    rank = found.rank()
    assert (rank.rank, rank.of, rank.tied) == (2, 5, ("城1", "城2"))
    assert found.rank("zz") is None


def test_competition_ranking_leaves_numbers_out_after_a_tie():
    assert competition_ranks([10, 30, 20, 20, 5]) == [4, 1, 2, 2, 5]
    assert competition_ranks([]) == []


def test_float_noise_is_a_tie_and_does_not_creep():
    assert competition_ranks([0.3, 0.1 + 0.2, 0.2]) == [1, 1, 3]
    run = [1 - step * 0.6e-9 for step in range(4)]
    assert competition_ranks(run) == [1, 1, 3, 3]


def test_a_framework_may_rank_on_rounded_values_as_printed():
    assert competition_ranks([0.9665, 0.9664], 3) == [1, 2]
    assert competition_ranks([0.96651, 0.96749], 3) == [1, 1]
    me = unit("本市", 50.04)
    found = place(changed(rank_decimals=1), me, group(me, 50.0, 10, 20, 30))
    assert found.rank().tied == ("城0",)


def test_a_self_assessment_among_reviewed_peers_is_marked():
    me = unit("本市", 50.0, mode="self")
    assert place(SMALL, me, group(me, *range(8))).reference_only


@given(st.lists(st.floats(0, 100), min_size=4, max_size=12), st.floats(0, 100), st.randoms())
def test_the_order_of_the_peers_does_not_matter(totals, mine, order):
    me = unit("本市", mine)
    peers = list(crowd(*totals))
    one = place(SMALL, me, choose(me, peers, by="level"))
    order.shuffle(peers)
    other = place(SMALL, me, choose(me, peers, by="level"))
    first, second = one.rows["total"], other.rows["total"]
    assert (first.median, first.q1, first.q3, first.place) == (second.median, second.q1, second.q3, second.place)
    assert one.rank().rank == other.rank().rank
    assert set(first.best_names) == set(second.best_names)


@given(st.lists(st.sampled_from([10.0, 20.0, 30.0, 40.0]), min_size=1, max_size=30))
def test_a_rank_is_one_more_than_the_number_of_better_ones(values):
    assert competition_ranks(values) == [1 + sum(other > value for other in values) for value in values]


def test_quartiles_are_numpys_linear_ones():
    totals = [3.0, 17.0, 22.5, 41.0, 55.0, 61.0, 78.0]
    row = placed(33.0, *totals).rows["total"]
    assert (row.q1, row.median, row.q3) == tuple(np.quantile([33.0, *totals], [0.25, 0.5, 0.75]))
    assert replace(row, q1=None).place_of(33.0) == "below_median"

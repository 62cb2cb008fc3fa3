"""Which units the weights cannot tell apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assess.benchmark.groups import mark, perturbed_totals, tell_apart
from tests.benchmark.crowd import unit
from tests.measure.small import SMALL, changed


def city(name, a, b, **fields):
    return unit(name, 0.6 * a + 0.4 * b, scores={"total": 0.6 * a + 0.4 * b, "A": a, "B": b}, **fields)


SPREAD = [
    city("低", 20, 20),
    city("偏甲", 70, 45),  # 60.0, stands on A
    city("高", 90, 90),
    city("偏乙", 50, 74),  # 59.6, stands on B
    city("中", 40, 40),
]


def test_units_whose_order_hangs_on_the_weights_share_a_group():
    found = tell_apart(SMALL, SPREAD)
    assert [group.names for group in found.groups] == [("高",), ("偏甲", "偏乙"), ("中",), ("低",)]
    assert [group.mark.zh for group in found.groups] == ["甲组", "乙组", "丙组", "丁组"]
    assert found.of("偏乙").mark.en == "Group B"
    assert found.of("没有") is None


def test_their_ranks_have_a_range_and_the_others_do_not():
    found = tell_apart(SMALL, SPREAD)
    assert found.ranges["偏甲"] == (2, 3)
    assert found.ranges["偏乙"] == (2, 3)
    assert found.ranges["高"] == (1, 1)
    assert found.unchanged["高"] == 1
    assert 0.5 < found.unchanged["偏甲"] < 0.95


def test_inside_a_group_the_order_is_that_of_the_library():
    found = tell_apart(SMALL, SPREAD[::-1])
    assert found.groups[1].names == ("偏乙", "偏甲")


def test_equal_totals_are_never_told_apart():
    twins = [city(f"同{number}", 50, 50) for number in range(5)]
    assert [group.names for group in tell_apart(SMALL, twins).groups] == [tuple(one.name for one in twins)]


def test_a_chain_may_hold_units_that_differ_at_its_ends():
    chain = [city(f"链{number}", 80 - 6 * number, 40 + 8.4 * number) for number in range(6)]
    assert len(tell_apart(SMALL, chain).groups) == 1


def test_the_same_seed_gives_the_same_and_none_of_it_hangs_on_the_order():
    one, other = tell_apart(SMALL, SPREAD), tell_apart(SMALL, SPREAD[::-1])
    assert {frozenset(group.names) for group in one.groups} == {frozenset(group.names) for group in other.groups}
    assert one.ranges == other.ranges
    assert tell_apart(SMALL, SPREAD).groups == one.groups


def test_without_a_spread_only_ties_share_a_group():
    assert [len(group.names) for group in tell_apart(SMALL, SPREAD, spread=0.0).groups] == [1] * 5


def test_fewer_than_five_with_a_total_give_no_groups():
    assert tell_apart(SMALL, [*SPREAD[:4], unit("无", None)]).groups == ()


def test_drawn_weights_keep_within_their_spread_and_deductions_stay():
    lowered = unit("扣", 48.0, scores={"total": 48.0, "A": 50.0, "B": 50.0}, adjustment=-2.0)
    drawn = perturbed_totals(SMALL, [lowered, city("纯甲", 100, 0)], draws=500, spread=0.2, seed=1)
    assert np.allclose(drawn[:, 0], 48.0)
    share = drawn[:, 1] / 100
    assert share.min() >= 0.6 * 0.8 / (0.6 * 0.8 + 0.4 * 1.2) - 1e-12
    assert share.max() <= 0.6 * 1.2 / (0.6 * 1.2 + 0.4 * 0.8) + 1e-12


def test_it_says_how_it_was_done():
    text = tell_apart(SMALL, SPREAD).text.render("zh")
    assert "±20%" in text
    assert "1000次" in text
    assert "5%" in text


def test_marks_go_on_after_the_tenth():
    assert (mark(9).zh, mark(9).en, mark(10).zh) == ("癸组", "Group J", "第11组")


def test_a_sum_of_points_can_be_perturbed_too():
    nodes = {**SMALL.nodes, "total": replace(SMALL.nodes["total"], aggregation="sum")}
    assert len(tell_apart(changed(nodes=nodes), SPREAD).groups) >= 4

"""Nodes from their children: weighted mean, geometric mean, sum of points, void (R2, R4, D15, D16)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.model import Framework, Node
from assess.framework.scoring_rules import Mode, StateRule
from assess.measure.blocks import node_values
from assess.measure.kernel import aggregate, geometric, plan
from assess.measure.score import score
from tests.measure.small import SMALL, changed, full, item, sheet, words


def points_framework(treatment: str = "void") -> Framework:
    """Three yes/no items of .25, .75 and 1 point directly below the total, as in a questionnaire of e-government."""
    items = [item(code, "yesno", weight, tiers=("市",)) for code, weight in (("x", 0.25), ("y", 0.75), ("z", 1.0))]
    return Framework(
        code="points",
        version="1",
        title=words("分"),
        digest="1" * 64,
        nodes={"total": Node("total", words("总分"), 1, ("x", "y", "z"), aggregation="sum")},
        indicators={one.code: one for one in items},
        modes={
            "formal": Mode("formal", words("正式"), False, "none", True, {"UNANSWERED": StateRule(treatment)})  # type: ignore[arg-type]
        },
        maximum=2.0,
    )


def points(treatment: str = "void", **answers: str):
    given = {code: Answer.of_choice(choice) for code, choice in answers.items()}  # type: ignore[arg-type]
    return score(points_framework(treatment), Sheet.of(Profile("某市"), given))


def test_a_weighted_mean_by_hand():
    found = score(SMALL, sheet(full()))
    assert {code: node.score for code, node in found.nodes.items()} == pytest.approx(
        {"A1": 56, "A2": 75, "A": 65.5, "B1": 60, "B": 60, "total": 63.3}
    )


def test_contributions_add_up_and_shares_are_those_of_the_total():
    found = score(SMALL, sheet(full()))
    assert found.items["a1"].share == pytest.approx(0.6 * 0.5 * 0.6)
    assert sum(one.contribution for one in found.items.values()) == pytest.approx(found.base)
    assert found.nodes["A"].contribution == pytest.approx(39.3)
    assert found.nodes["A1"].effective == 0.5


def test_weights_are_relative_among_siblings():
    doubled = changed(nodes={code: replace(node, weight=node.weight * 7) for code, node in SMALL.nodes.items()})
    assert score(doubled, sheet(full())).base == pytest.approx(63.3)


def test_a_sub_left_out_spreads_its_weight_within_the_dimension():
    found = score(SMALL, sheet({**full(), "a3": None, "a4": None}))
    assert found.nodes["A2"].score is None
    assert found.nodes["A2"].effective == 0
    assert found.nodes["A1"].effective == 1
    assert found.nodes["A"].score == 56
    assert found.base == pytest.approx(0.6 * 56 + 24)


def test_coverage_goes_by_weight_at_every_node():
    found = score(SMALL, sheet({**full(), "a1": None, "b2": Answer.no_data()}))
    assert found.nodes["A1"].coverage == pytest.approx(0.4)
    assert found.nodes["A"].coverage == pytest.approx(1 - 0.6 / 2)
    assert found.nodes["B"].coverage == 0.5
    assert found.coverage == pytest.approx(1 - 0.18 - 0.2)
    assert (found.answered, found.applicable) == (4, 6)


def test_skipped_and_not_applicable_items_are_not_uncovered():
    found = score(SMALL, sheet({**full(), "a1": Answer.of_level(0), "b2": Answer.not_applicable("无")}))
    assert found.coverage == 1
    assert (found.answered, found.applicable) == (4, 4)


def test_the_geometric_alternative_stands_beside_with_a_floor_of_one():
    found = score(SMALL, sheet(full()))
    assert found.alternative == pytest.approx(65.5**0.6 * 60**0.4)
    none = score(SMALL, sheet({**full(), "b1": Answer.of_level(0), "b2": Answer.of_level(0)}))
    assert none.nodes["B"].score == 0
    assert none.alternative == pytest.approx(none.nodes["A"].score ** 0.6)


def test_a_node_may_be_a_geometric_mean_with_a_floor():
    nodes = {**SMALL.nodes, "B1": replace(SMALL.nodes["B1"], aggregation="geometric", floor=1.0)}
    found = score(changed(nodes=nodes), sheet({**full(), "b1": Answer.of_level(5), "b2": Answer.of_level(0)}))
    assert found.nodes["B1"].score == pytest.approx(10)
    bare = {**SMALL.nodes, "B1": replace(SMALL.nodes["B1"], aggregation="geometric")}
    assert score(changed(nodes=bare), sheet({**full(), "b2": Answer.of_level(0)})).nodes["B1"].score == 0


def test_a_geometric_mean_of_plain_numbers():
    assert geometric([50, 80], [1, 1], 1) == pytest.approx(math.sqrt(4000))
    assert geometric([0, 80], [1, 1], 0) == 0
    assert geometric([0, 100], [1, 1], 1) == pytest.approx(10)


def test_points_add_up_to_the_framework_s_own_maximum():
    found = points(x="yes", y="no", z="yes")
    assert found.base == 1.25
    assert found.maximum == 2
    assert sum(one.contribution for one in found.items.values()) == pytest.approx(1.25)
    assert points(x="yes", y="yes", z="yes").base == 2


def test_a_void_blank_leaves_the_unit_without_a_score():
    found = points(x="yes", y="yes")
    assert found.base is None
    assert found.items["z"].counting == "void"
    assert "z" in found.notes[0].render("zh")


def test_a_blank_that_is_left_out_of_a_sum_takes_its_points_along():
    assert points("exclude", x="yes", y="yes").base == 1.0
    assert points("zero", x="yes", y="yes").base == 1.0


def test_void_travels_up_through_the_nodes():
    layout = plan(SMALL, "市")
    rows = np.full((1, len(layout.leaves)), 50.0)
    void = np.zeros_like(rows, dtype=bool)
    void[0, 0] = True
    values = aggregate(layout, rows, void=void).values[0]
    assert [code for code in layout.nodes if np.isnan(values[layout.index[code]])] == ["A1", "A", "total"]


def test_one_row_and_a_thousand_rows_give_the_same_bits():
    layout = plan(SMALL, "市")
    rows = np.random.default_rng(1).uniform(0, 100, (1000, len(layout.leaves)))
    rows[::7, 2] = np.nan
    rows[::11, :2] = np.nan
    together = aggregate(layout, rows)
    for index in (0, 7, 11, 77, 500, 999):
        alone = aggregate(layout, rows[index : index + 1])
        assert np.array_equal(alone.values[0], together.values[index], equal_nan=True)
        assert np.array_equal(alone.shares[0], together.shares[index])


def test_many_rows_go_block_by_block_to_the_same_values():
    layout = plan(SMALL, "市")
    rows = np.random.default_rng(2).uniform(0, 100, (250, len(layout.leaves)))
    whole = aggregate(layout, rows).values[:, len(layout.leaves) :]
    assert np.array_equal(node_values(layout, rows, block=99), whole)
    assert node_values(layout, rows[:0]).shape == (0, len(layout.nodes))


def test_every_row_may_have_weights_of_its_own():
    layout = plan(SMALL, "市")
    rows = np.tile([60.0, 50.0, 50.0, 100.0, 60.0, 60.0], (2, 1))
    weights = np.tile(layout.weights, (2, 1))
    weights[1, layout.index["A"]] = 0.0
    assert aggregate(layout, rows, weights=weights).values[:, -1] == pytest.approx([63.3, 60.0])


def test_an_item_of_weight_nothing_counts_for_nothing():
    light = changed(indicators={**SMALL.indicators, "b2": replace(SMALL.indicators["b2"], weight=0)})
    assert score(light, sheet({**full(), "b2": Answer.of_level(0)})).nodes["B"].score == 60


def test_one_item_alone_is_the_total():
    alone = changed(
        nodes={"total": Node("total", words("总分"), 100, ("a1",))},
        indicators={"a1": SMALL.indicators["a1"]},
        red_lines=(),
        skip_rules=(),
    )
    found = score(alone, sheet({"a1": Answer.of_level(4)}))
    assert found.base == 80
    assert found.items["a1"].share == 1


def test_a_thousand_items_score_like_ten():
    codes = [f"i{number}" for number in range(1000)]
    large = changed(
        nodes={"total": Node("total", words("总分"), 100, tuple(codes))},
        indicators={code: item(code, "level", 1) for code in codes},
        red_lines=(),
        skip_rules=(),
    )
    found = score(large, sheet({code: Answer.of_level(place % 6) for place, code in enumerate(codes)}))
    assert found.base == pytest.approx(sum((place % 6) * 20 for place in range(1000)) / 1000)


def test_items_of_another_level_are_not_in_the_tree():
    layout = plan(changed(indicators={**SMALL.indicators, "a1": replace(SMALL.indicators["a1"], tiers=("市",))}), "县")
    assert "a1" not in layout.index
    assert layout.leaves == ("a2", "a3", "a4", "b1", "b2")

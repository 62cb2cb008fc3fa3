"""How firm a result is when the weights move: worked by hand, and what must hold whatever the numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from assess.answers import Answer, Profile, Sheet
from assess.benchmark.firmness import drawn, firmness, stays
from assess.benchmark.peers import Peer, peer
from assess.framework.model import Framework, Node
from assess.framework.read import builtin
from assess.framework.scoring_rules import PointRules
from assess.framework.stage_rules import Gate
from assess.framework.tiers import tailored
from assess.measure.kernel import aggregate, plan
from assess.measure.result import Scores
from assess.measure.score import score
from assess.problems import Problem
from assess.samples.cities import cities
from tests.measure.small import RATIO, STAGES, changed, item, words

PERCENT = replace(RATIO, zero=0, full=100, confirmation=None)


def two(gates: Sequence[Gate] = (), a: float = 60, b: float = 40, **fields: object) -> Framework:
    """A total of two dimensions with one number each, A 60 and B 40, stages from 0, 50 and 80; the gates are of the
    second stage."""
    stages = (STAGES[0], replace(STAGES[1], gates=tuple(gates)), replace(STAGES[2], gates=()))
    given = {
        "nodes": {
            "total": Node("total", words("总分"), 100, ("A", "B")),
            "A": Node("A", words("甲"), a, ("a",)),
            "B": Node("B", words("乙"), b, ("b",)),
        },
        "indicators": {code: item(code, "number", 100, number=PERCENT, key=True) for code in "ab"},
        "stages": stages,
        "red_lines": (),
        "skip_rules": (),
        "column_flags": (),
        "evidence": None,
        "county_blend": None,
        "deductions": PointRules((), max_total=0),
        "bonus": PointRules((), max_total=0),
        **fields,
    }
    return changed(**given)


def scored(framework: Framework, a: float | None, b: float | None, name: str = "甲市") -> tuple[Peer, Scores]:
    values = {"a": a, "b": b}
    profile = Profile(name, code=name, mode="formal", tier="市")
    answers = {
        code: Answer.of_number(str(value), "100", source="台账") for code, value in values.items() if value is not None
    }
    found = score(framework, Sheet.of(profile, answers))
    return peer(framework, profile, found), found


def run(framework: Framework, a: float, b: float, others: Sequence[tuple[float, float]] = (), **how: object):
    me, scores = scored(framework, a, b)
    peers = [scored(framework, *pair, name=f"{place}市")[0] for place, pair in enumerate(others)]
    return firmness(framework, me, scores, peers, **how)


def test_the_share_of_draws_that_keep_the_stage_is_that_of_the_area_on_paper():
    """0.6u·75 + 0.4v·20 reaches half of 0.6u + 0.4v where u ≥ 0.8v: all of the square but a tenth of it."""
    found = run(two(), 75, 20, draws=40_000)
    assert found.total == pytest.approx(53)
    assert found.stage.level == 2
    assert found.weights.unchanged == pytest.approx(0.9, abs=0.006)
    assert [stage.level for stage, _ in found.weights.stages] == [1, 2]
    assert sum(share for _, share in found.weights.stages) == pytest.approx(1)
    assert found.to_next == pytest.approx(27)
    assert found.to_previous == pytest.approx(3)


def test_the_range_lies_within_what_the_weights_allow():
    found = run(two(), 100, 0)
    assert 100 * 0.48 / (0.48 + 0.48) < found.weights.low < 60 < found.weights.high < 100 * 0.72 / (0.72 + 0.32)


def test_where_the_dimensions_are_equal_no_weight_matters():
    found = run(two(), 70, 70)
    assert found.weights.low == pytest.approx(70)
    assert found.weights.high == pytest.approx(70)
    assert found.weights.unchanged == 1


def test_a_failed_gate_on_items_decides_whatever_the_weights_are():
    found = run(two([Gate("G", "key_floor", words("关键"), min_score=40)]), 75, 30)
    assert found.stage.level == 2
    assert found.held.level == 1
    assert found.decided_by == "gates"
    assert [result.gate.id for result in found.deciding] == ["G"]
    assert found.held_unchanged == 1
    assert stays(found)


def test_a_failed_gate_on_a_dimension_moves_with_the_weights_below_it_and_is_not_said_to_decide():
    found = run(two([Gate("G", "dimension_floor", words("维度"), min=40)]), 75, 30)
    assert found.held_unchanged == 1
    assert found.deciding == ()
    assert not stays(found)
    assert found.wavering == ()


def test_a_coverage_gate_wavers_where_the_weight_of_what_is_answered_moves():
    framework = two([Gate("G", "coverage", words("覆盖"), min=0.6)])
    dimensions = {**framework.nodes, "A": Node("A", words("甲"), 60, ("a", "c"))}
    items = {**framework.indicators, "c": item("c", "number", 66, number=PERCENT)}
    framework = replace(framework, nodes=dimensions, indicators=items)
    me, scores = scored(framework, 90, 60)
    found = firmness(framework, me, scores)
    assert scores.coverage == pytest.approx(0.4 + 0.6 * 100 / 166)
    assert found.wavering == ()
    near = replace(framework.stages[1], gates=(Gate("G", "coverage", words("覆盖"), min=0.76),))
    framework = replace(framework, stages=(framework.stages[0], near, framework.stages[2]))
    me, scores = scored(framework, 90, 60)
    found = firmness(framework, me, scores)
    assert [result.gate.id for result in found.wavering] == ["G"]
    assert 0.2 < found.held_unchanged < 0.8


def test_without_a_spread_everything_stays_and_nothing_was_varied():
    found = run(two(), 75, 20, [(60, 40), (20, 90), (10, 10), (99, 98)], spread=0.0, parts_spread=0.0, draws=50)
    assert (found.weights.low, found.weights.high) == (pytest.approx(53), pytest.approx(53))
    assert found.weights.unchanged == found.held_unchanged == found.rank_unchanged == 1
    assert found.ranks == (found.rank, found.rank) == (2, 2)
    assert [one.beats for one in found.against] == [1, 1, 1, 0]
    assert found.inseparable == ()
    assert found.varied == ()


def test_what_was_varied_is_listed():
    assert [one.render("zh") for one in run(two(), 75, 20).varied] == [
        "各维度的权重，各自上下浮动 20%",
        "维度以下各部分和指标的权重，各自上下浮动 20%",
    ]
    assert len(run(two(), 75, 20, parts_spread=0.0).varied) == 1


def test_units_that_lean_on_different_dimensions_cannot_be_told_apart():
    found = run(two(), 70, 45, [(50, 74), (20, 20), (40, 40), (90, 90)])
    assert (found.rank, found.ranks) == (2, (2, 3))
    assert found.inseparable == ("0市",)
    assert found.against[0].beats == pytest.approx(0.54, abs=0.08)
    assert [one.beats for one in found.against[1:]] == [1, 1, 0]


def test_a_tie_counts_half_and_is_never_apart():
    found = run(two(), 60, 60, [(60, 60), (20, 20), (40, 40), (90, 90)])
    assert found.against[0].beats == 0.5
    assert found.inseparable == ("0市",)


def test_fewer_than_five_with_a_total_get_no_rank():
    found = run(two(), 70, 45, [(50, 74), (20, 20), (40, 40)])
    assert (found.rank, found.ranks, found.against) == (None, None, ())


def test_peers_without_a_total_are_left_out():
    framework = two()
    me, scores = scored(framework, 70, 45)
    peers = [scored(framework, 40 + place, 40, f"{place}市")[0] for place in range(4)]
    found = firmness(framework, me, scores, [*peers, scored(framework, 80, None, "缺市")[0]])
    assert [one.name for one in found.against] == ["0市", "1市", "2市", "3市"]


def test_without_a_total_it_refuses_in_a_sentence():
    framework = two()
    me, scores = scored(framework, 80, None, "</script>=1+1\n㙍")
    with pytest.raises(Problem) as caught:
        firmness(framework, me, scores)
    assert caught.value.code == "benchmark.no-total"
    assert "没有总分" in caught.value.text.render("zh")


@pytest.mark.parametrize("how", [{"draws": 0}, {"spread": 1.0}, {"parts_spread": -0.1}])
def test_impossible_draws_are_a_bug_of_the_caller(how):
    with pytest.raises(ValueError, match="draws"):
        run(two(), 75, 20, **how)


def test_deductions_move_the_whole_range():
    framework = two()
    me, scores = scored(framework, 75, 20)
    lowered = firmness(framework, replace(me, adjustment=-2.0), replace(scores, graded=51.0))
    plain = firmness(framework, me, scores)
    assert lowered.weights.low == pytest.approx(plain.weights.low - 2)
    assert lowered.weights.high == pytest.approx(plain.weights.high - 2)


def test_a_sum_of_points_keeps_its_maximum():
    framework = two()
    framework = replace(framework, nodes={**framework.nodes, "total": replace(framework.root, aggregation="sum")})
    layout = plan(framework, "市")
    weights = drawn(framework, layout, draws=300, spread=0.2, parts_spread=0.2, seed=3)
    assert np.allclose(weights[layout.index["A"]] + weights[layout.index["B"]], 100)
    assert run(framework, 100, 100).weights.low == pytest.approx(100)


def test_in_training_there_is_a_range_and_no_stage():
    framework = two()
    profile = Profile("练", mode="training", tier="市")
    answers = {code: Answer.of_number("60", "100", source="台账") for code in "ab"}
    scores = score(framework, Sheet.of(profile, answers))
    found = firmness(framework, peer(framework, profile, scores), scores)
    assert found.weights.unchanged is None
    assert (found.stage, found.held, found.held_stages, found.decided_by, found.to_next) == (None, None, (), None, None)


PAIRS = st.tuples(st.integers(0, 100), st.integers(0, 100))


@given(own=PAIRS, others=st.lists(PAIRS, min_size=4, max_size=7), seed=st.integers(0, 99), data=st.data())
def test_peers_in_any_order_give_the_same_and_ranges_hold_the_figure_itself(own, others, seed, data):
    framework = two()
    me, scores = scored(framework, *own)
    peers = [scored(framework, *pair, name=f"{place}市")[0] for place, pair in enumerate(others)]
    found = firmness(framework, me, scores, peers, draws=60, seed=seed)
    mixed = data.draw(st.permutations(peers))
    again = firmness(framework, me, scores, mixed, draws=60, seed=seed)
    assert sorted(again.against, key=lambda one: one.name) == sorted(found.against, key=lambda one: one.name)
    assert replace(again, against=()) == replace(found, against=())
    assert found.weights.low <= found.total <= found.weights.high
    assert found.ranks[0] <= found.rank <= found.ranks[1]
    assert min(own) - 1e-9 <= found.weights.low
    assert found.weights.high <= max(own) + 1e-9
    assert all(0 <= one.beats <= 1 for one in found.against)


def test_ranks_are_those_of_scipy_on_totals_of_plain_products():
    """The same weights, multiplied out by numpy: means of means by hand, places by scipy's ranking."""
    framework = two(a=3, b=7)
    pairs = [(70, 45), (50, 54), (20, 65), (40, 58), (90, 36), (66, 46)]
    units = [scored(framework, *pair, name=f"{place}市") for place, pair in enumerate(pairs)]
    found = firmness(framework, *units[0], [one for one, _ in units[1:]], draws=400, seed=5)
    layout = plan(framework, "市")
    weights = drawn(framework, layout, draws=400, spread=0.2, parts_spread=0.2, seed=5)
    w = np.stack([weights[layout.index["A"]], weights[layout.index["B"]]], axis=1)
    totals = (w / w.sum(axis=1, keepdims=True)) @ np.array(pairs, dtype=float).T
    ranks = np.stack([rankdata(-row, method="min") for row in totals])[:, 0]
    assert found.rank_unchanged == pytest.approx(np.mean(ranks == found.rank))
    low, high = np.quantile(ranks, (0.05, 0.95), method="nearest")
    assert found.ranks == (min(low, found.rank), max(high, found.rank))
    assert [one.beats for one in found.against] == pytest.approx(np.mean(totals[:, :1] > totals[:, 1:], axis=0))
    assert (found.weights.low, found.weights.high) == pytest.approx(tuple(np.quantile(totals[:, 0], (0.05, 0.95))))


def test_a_sample_city_is_the_same_each_time_and_its_own_total_is_what_the_weights_as_they_are_give():
    one = cities()[6]
    framework = tailored(builtin(), one.profile)
    scores = score(framework, one.sheet)
    me = peer(framework, one.profile, scores)
    found = firmness(framework, me, scores)
    assert found == firmness(framework, me, scores)
    assert found != firmness(framework, me, scores, seed=1)
    layout = plan(framework, me.tier)
    row = np.array([[np.nan if me.scores[code] is None else me.scores[code] for code in layout.leaves]], dtype=float)
    assert aggregate(layout, row).values[0, -1] + me.adjustment == pytest.approx(found.total)
    assert stays(found)
    assert found.geometric is not None
    assert found.geometric.high < found.weights.high

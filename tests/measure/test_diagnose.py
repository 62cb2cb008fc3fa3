"""Obstacle degrees and coupling coordination (D10, D11)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assess.answers import Answer
from assess.measure.diagnose import (
    coordination_band,
    coupling,
    coupling_degrees,
    obstacle_degrees,
    obstacles,
    obstacles_by_node,
)
from assess.measure.score import score
from tests.measure.small import SMALL, formal, full, sheet

ORACLES = Path(__file__).parents[3] / "shared" / "oracles" / "mcdm" / "oracles.json"


@pytest.fixture(scope="module")
def published():
    if not ORACLES.exists():
        pytest.skip("the published examples are not beside this checkout")
    return json.loads(ORACLES.read_text("utf-8"))


def test_obstacles_are_weights_times_distances_by_hand():
    found = obstacles(SMALL, score(SMALL, sheet(full())))
    shares = {one.code: one.share for one in found}
    # weights: a1 .18 a2 .12 a3 .15 a4 .15 b1 .2 b2 .2; distances: .4 .5 .5 0 .4 .4
    whole = 0.18 * 0.4 + 0.12 * 0.5 + 0.15 * 0.5 + 0.2 * 0.4 * 2
    assert shares == pytest.approx(
        {"b1": 0.08 / whole, "b2": 0.08 / whole, "a3": 0.075 / whole, "a1": 0.072 / whole, "a2": 0.06 / whole}
    )
    assert [one.code for one in found] == ["b1", "b2", "a3", "a1", "a2"]
    by_node = obstacles_by_node(SMALL, found, ("A", "B"))
    assert by_node == pytest.approx({"A": 0.207 / whole, "B": 0.16 / whole})


def test_weights_are_those_in_force_after_redistribution():
    found = obstacles(SMALL, score(SMALL, sheet({**full(), "b2": None})))
    assert next(one for one in found if one.code == "b1").weight == pytest.approx(0.4)
    assert all(one.code != "b2" for one in found)


def test_no_data_takes_part_in_formal_mode_only():
    nd = {**full(), "b2": Answer.no_data()}
    assert obstacles(SMALL, score(SMALL, formal(nd)))[0].code == "b2"
    assert all(one.code != "b2" for one in obstacles(SMALL, score(SMALL, sheet(nd))))


def test_full_marks_leave_no_obstacle():
    best = {**full(5), "a2": Answer.of_number("95", "100", confirm="yes"), "a3": Answer.of_ticks("pqrs")}
    assert obstacles(SMALL, score(SMALL, sheet(best))) == ()


def test_a_blank_sheet_has_neither_obstacles_nor_coupling():
    found = score(SMALL, sheet({}))
    assert obstacles(SMALL, found) == ()
    assert coupling(SMALL, found) is None


def test_obstacle_degrees_agree_with_the_published_computation(published):
    oracle = published["obstacle"]
    assert obstacle_degrees(oracle["X"], oracle["w"]) == pytest.approx(np.array(oracle["obstacle"]), abs=1e-9)


def test_coupling_agrees_with_the_published_computation(published):
    oracle = published["ccd"]
    c, t, d = coupling_degrees(oracle["U"], oracle["alpha"], 0.0)
    assert c == pytest.approx(np.array(oracle["C_n"]), abs=1e-9)
    assert t == pytest.approx(np.array(oracle["T"]), abs=1e-9)
    assert d == pytest.approx(np.array(oracle["D"]), abs=1e-9)


def test_coupling_by_hand():
    found = coupling(SMALL, score(SMALL, sheet(full())))
    assert found.c == pytest.approx(((0.655 * 0.6) / (0.6275**2)) ** 0.5)
    assert found.t == pytest.approx(0.6 * 0.655 + 0.4 * 0.6)
    assert found.d == pytest.approx((found.c * found.t) ** 0.5)
    assert found.band.zh == "中级协调"
    assert "√(C·T)" in found.formula.render("zh")


def test_equal_dimensions_are_fully_coupled():
    c, t, d = coupling_degrees([[0.3] * 5], [0.2] * 5, 0.001)
    assert c[0] == pytest.approx(1)
    assert d[0] == pytest.approx(0.3**0.5)
    assert t[0] == pytest.approx(0.3)


def test_a_dimension_at_zero_is_lifted_to_the_floor_and_told():
    found = coupling(SMALL, score(SMALL, sheet({**full(), "b1": Answer.of_level(0)})))
    assert found.floored == ("B",)
    assert found.degrees[1] == 0.001
    assert coupling(SMALL, score(SMALL, sheet({**full(), "b1": Answer.of_level(0)})), floor=0).d == 0


def test_all_zeros_with_a_floor_of_zero_are_zero():
    c, t, d = coupling_degrees([[0.0, 0.0]], [0.5, 0.5], 0.0)
    assert (c[0], t[0], d[0]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("d", "words"),
    [(0, "极度失调"), (0.1, "严重失调"), (0.4999, "濒临失调"), (0.5, "勉强协调"), (0.9, "优质协调"), (1, "优质协调")],
)
def test_bands_include_their_lower_bound_and_one_is_in_the_last(d, words):
    assert coordination_band(d).zh == words

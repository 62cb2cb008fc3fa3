"""Positions of many units as published and as peer libraries return them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assess.measure.diagnose import coupling_degrees, obstacle_degrees
from assess.ranking.fuzzy import Operator, compose, fuzzy
from assess.ranking.grey import grey
from assess.ranking.topsis import topsis
from tests.published_figures import decision, figures

TWO = ("hwang_yoon_fighter", "synthetic_12x8_seed20240601")


def near(found: Any, expected: Any, within: float = 1e-9) -> bool:
    return bool(np.abs(np.array(list(found), dtype=float) - np.array(expected, dtype=float)).max() <= within)


@pytest.mark.parametrize("name", TWO)
def test_topsis_is_as_published_with_either_scaling(name: str) -> None:
    data, published = decision(name)
    weights = dict(zip(data.items, published["w"], strict=True))
    default = topsis(data, weights)
    assert default.parameters["scaling"] == "minmax"
    assert near(default.scores.values(), published["topsis_minmax"])
    assert near(default.scores.values(), published["pymcdm_topsis_minmax_default"])
    vector = topsis(data, weights, scaling="vector")
    for peer in ("topsis_vector", "pymcdm_topsis_vector", "pyDecision_topsis", "skcriteria_topsis_vector"):
        assert near(vector.scores.values(), published[peer])
    if "published_topsis" in published:
        # the book carries four digits from step to step
        assert near(vector.scores.values(), published["published_topsis"], 1e-3)


@pytest.mark.parametrize("name", TWO)
def test_grey_grades_are_as_published_without_the_peer_s_division(name: str) -> None:
    data, published = decision(name)
    grades = grey(data, dict(zip(data.items, published["w"], strict=True))).scores
    assert near(grades.values(), published["gra_rho0.5"])
    factor = published["gra_scale_bug_factor_n_alternatives"]
    assert near(grades.values(), np.array(published["pyDecision_gra_raw"]) * factor)


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("min_max", "M_min_max"),
        ("product_max", "M_prod_max"),
        ("min_bounded_sum", "M_min_boundedsum"),
        ("weighted_mean", "M_prod_sum"),
    ],
)
def test_the_four_fuzzy_operators_give_the_textbook_vectors(operator: Operator, key: str) -> None:
    book = figures("fuzzy_ce")
    assert near(compose(book["R"], book["A"], operator), book[key])
    relations = {str(i): row for i, row in enumerate(book["R"])}
    weights = {str(i): weight for i, weight in enumerate(book["A"])}
    verdict = fuzzy(relations, weights, [1, 2, 3, 4], operator=operator)
    assert near(verdict.memberships.values(), book[f"{key}_normalised"])


def test_coupling_and_obstacles_are_as_published() -> None:
    book = figures("ccd")
    c, t, d = coupling_degrees(book["U"], book["alpha"], floor=0.0)
    assert near(c, book["C_n"])
    assert near(t, book["T"])
    assert near(d, book["D"])
    obstacles = figures("obstacle")
    assert near(obstacle_degrees(obstacles["X"], obstacles["w"]).ravel(), np.array(obstacles["obstacle"]).ravel())

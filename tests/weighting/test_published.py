"""Weights as published and as peer libraries return them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assess.weighting.ahp import ahp, joined, opinion
from assess.weighting.judgments import RI, completed, consistency, judged, logarithmic, principal, priorities
from assess.weighting.repair import repairs
from assess.weighting.spread import critic, deviation, entropy
from tests.published_figures import decision, figures

MATRICES = (
    "saaty_drinks_2008",
    "leader_criteria_wikipedia",
    "leader_experience",
    "leader_education",
    "leader_charisma",
    "leader_age",
    "saaty_house_8x8",
)
TWO = ("hwang_yoon_fighter", "synthetic_12x8_seed20240601")


def close(found: Any, expected: Any, within: float = 1e-9) -> bool:
    numbers = np.array(list(found.values()) if hasattr(found, "values") else found, dtype=float)
    return bool(np.abs(numbers - np.array(expected, dtype=float)).max() <= within)


@pytest.mark.parametrize("name", MATRICES)
def test_eigenvector_geometric_mean_and_consistency_are_as_published(name: str) -> None:
    published = figures("ahp", name)
    judgments = judged(name, published["names"], published["matrix"])
    weights, lambda_max = principal(judgments.matrix)
    ci, cr = consistency(lambda_max, len(weights))
    assert close(weights, published["eig"])
    assert close(weights, published["pyDecision_me"])
    assert close(weights, published["ahpy_saaty"])
    assert close(logarithmic(judgments.matrix), published["geomean"])
    assert close(logarithmic(judgments.matrix), published["pyDecision_g"])
    assert abs(lambda_max - published["lambda_max"]) <= 1e-9
    assert abs(ci - published["CI"]) <= 1e-9
    assert abs(cr - published["CR_saaty"]) <= 1e-9
    assert abs(consistency(lambda_max, len(weights), "donegan_dodd")[1] - published["ahpy_CR_dd"]) <= 1e-9
    tolerance = 1e-3 if name == "leader_criteria_wikipedia" else 5e-4
    assert close(weights, published["published"]["weights"], tolerance)


def test_the_random_indices_are_those_of_the_published_tables() -> None:
    table = figures("RI")
    assert list(RI["saaty"]) == table["saaty"][1:]
    assert {str(n): value for n, value in enumerate(RI["donegan_dodd"], 1) if n > 2} == table["donegan_dodd"]


def test_the_leader_of_the_worked_example_is_found_from_five_matrices() -> None:
    """Priorities of the criteria times priorities of the candidates under each."""
    criteria = figures("ahp", "leader_criteria_wikipedia")
    weights, _ = principal(judged("x", criteria["names"], criteria["matrix"]).matrix)
    candidates = []
    for name in criteria["names"]:
        one = figures("ahp", f"leader_{name}")
        candidates.append(principal(judged(name, one["names"], one["matrix"]).matrix)[0])
    overall = figures("ahp", "leader_overall")
    assert close(weights @ np.array(candidates), overall["score"])
    assert close(weights @ np.array(candidates), overall["published"], 5e-4)


def test_the_inconsistent_house_matrix_is_refused_and_its_worst_judgment_named() -> None:
    """Saaty's own advice for this matrix: judgment (3, 7) from 6 to 1/2 brings CR from 0.17 to 0.08."""
    house = figures("ahp", "saaty_house_8x8")
    judgments = judged("expert", house["names"], house["matrix"])
    (only,) = repairs(judgments.items, judgments.matrix)
    assert (only.one, only.other, only.given, only.value) == ("3", "7", 6.0, 0.5)
    assert only.cr == pytest.approx(0.083, abs=2e-3)
    kept = ahp([judgments], keep_inconsistent=True)
    assert close(kept.weights, house["eig"])
    assert any("0.169" in warning.render("en") for warning in kept.warnings)


@pytest.mark.parametrize(
    ("completion", "key", "within"),
    [
        ("harker", "harker", 1e-9),
        ("least_squares", "log_least_squares", 1e-9),
        ("smallest_lambda", "lambda_min_completion", 1e-8),  # λmax is flat at its least: the figure has eight digits
        ("smallest_lambda", "ahpy", 1e-6),  # as far as that library iterates
    ],
)
def test_an_incomplete_matrix_is_completed_as_published(completion: Any, key: str, within: float) -> None:
    whole, part = figures("ahp", "saaty_drinks_2008"), figures("ahp", "incomplete_drinks")
    rows: list[list[float | None]] = [list(row) for row in whole["matrix"]]
    for one, other in part["dropped"]:
        i, j = whole["names"].index(one), whole["names"].index(other)
        rows[i][j] = rows[j][i] = None
    judgments = judged("expert", whole["names"], rows)
    assert len(judgments.missing) == 5
    filled = completed(judgments.matrix, completion)
    deriving = "geometric" if completion == "least_squares" else "eigenvector"
    weights, lambda_max = priorities(filled, deriving)
    assert close(weights, part[key], within)
    if completion == "smallest_lambda":
        assert abs(lambda_max - part["lam"]) <= 1e-9
    found = opinion(judgments, deriving=deriving, completion=completion)
    assert close(found.weights, part[key], within)
    assert not found.complete


@pytest.mark.parametrize("name", TWO)
def test_entropy_weights_are_as_published(name: str) -> None:
    data, published = decision(name)
    raw = entropy(data, scaling="none", few=True)
    assert close(raw.weights, published["entropy_w"])
    assert close(raw.weights, published["pymcdm_entropy"])
    assert close(raw.weights, published["skcriteria_entropy"])
    assert close([row[1] for row in raw.steps[0].rows], published["entropy_E"])
    assert close(entropy(data, few=True).weights, published["entropy_after_minmax_eps0"])
    assert close(entropy(data, few=True, shift=0.01).weights, published["entropy_after_minmax_shift0.01"])
    assert close(entropy(data, few=True, shift=0.0001).weights, published["entropy_after_minmax_shift0.0001"])


@pytest.mark.parametrize("name", TWO)
def test_critic_and_deviation_weights_are_as_peers_return_them(name: str) -> None:
    data, published = decision(name)
    weights = critic(data, few=True).weights
    assert close(weights, published["critic_ddof1"])
    assert close(weights, published["critic_ddof0"])
    assert close(weights, published["skcriteria_critic"])
    assert close(weights, published["pyDecision_critic"], 1e-8)  # that library guards its divisions with small numbers
    assert close(deviation(data, scaling="none", few=True).weights, published["pymcdm_std"])


def test_critic_reproduces_the_paper_that_proposed_it() -> None:
    data, published = decision("diakoulaki_1995")
    weights = critic(data, few=True).weights
    assert close(weights, published["critic"])
    assert close(weights, published["published_skcriteria_doc"], 5e-9)
    assert close(weights, published["pymcdm"])


def test_two_experts_of_the_leader_example_join_by_the_geometric_mean() -> None:
    one, other = (figures("ahp", name)["matrix"] for name in ("leader_experience", "leader_age"))
    group = joined([np.array(one), np.array(other)])
    assert group[0, 2] == pytest.approx((4.0 * 5.0) ** 0.5)
    assert group * group.T == pytest.approx(np.ones((3, 3)))

"""Sobol indices beside SALib on the same samples, and beside a function whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest

from assess.index.sensitivity import estimated

NAMES = ("x1", "x2", "x3")
SAMPLES = 8192


def ishigami(points: np.ndarray) -> np.ndarray:
    """sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on [−π, π]³ (Ishigami & Homma 1990)."""
    x1, x2, x3 = points.T
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def design() -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """f(A), f(B), f(ABᵢ), and all of it interleaved as SALib wants it: A, AB₁, AB₂, AB₃, B per sample."""
    from SALib.sample import sobol as sampling

    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[-np.pi, np.pi]] * 3}
    values = ishigami(sampling.sample(problem, SAMPLES, calc_second_order=False, seed=7))
    rows = values.reshape(SAMPLES, 5)
    return rows[:, 0], rows[:, 4], {name: rows[:, place + 1] for place, name in enumerate(NAMES)}, values


def test_salib_finds_the_same_indices_from_the_same_samples() -> None:
    from SALib.analyze import sobol

    at_a, at_b, mixed, values = design()
    ours = estimated(at_a, at_b, mixed, 7)
    problem = {"num_vars": 3, "names": list(NAMES), "bounds": [[-np.pi, np.pi]] * 3}
    theirs = sobol.analyze(problem, values, calc_second_order=False, num_resamples=2, seed=7)
    assert list(ours.total.values()) == pytest.approx(theirs["ST"].tolist(), rel=1e-9)
    # theirs centers on the mean of all samples, ours on that of A and B: two sampling errors multiplied apart
    assert list(ours.first.values()) == pytest.approx(theirs["S1"].tolist(), abs=1e-4)


def test_a_function_with_known_indices_gets_them() -> None:
    at_a, at_b, mixed, _ = design()
    found = estimated(at_a, at_b, mixed, 7)
    assert list(found.first.values()) == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert list(found.total.values()) == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)


def test_an_outcome_that_never_varies_has_no_indices() -> None:
    still = np.ones(16)
    found = estimated(still, still, {"weights": still}, 1)
    assert (found.variance, dict(found.first), dict(found.total)) == (0.0, {}, {})

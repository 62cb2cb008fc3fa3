"""Kappa: agreement of two raters beyond chance, weighted by how far apart they are; and Fleiss' kappa of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assess.agreement.result import Agreement, table, without_variety
from assess.language import Message, say
from assess.problems import Problem

Weights = Literal["none", "linear", "quadratic"]
NAME = say("Weighted kappa")
FLEISS = say("Fleiss' kappa")
SOURCE = "Cohen 1960, 1968; bands of Landis & Koch 1977"


def kappa(
    one: Sequence[float],
    other: Sequence[float],
    *,
    weights: Weights = "quadratic",
    categories: Sequence[float] | None = None,
) -> Agreement:
    """κ = 1 − Σ w·observed ÷ Σ w·expected; w = 1 for any difference, |i − j| or (i − j)² between categories.

    `categories` in order, all levels of the scale where some were never used; else those that occur. Raises Problem
    agreement.shape, .few, .blank, and agreement.category for a value that is no category.
    """
    import numpy as np

    array = table([list(one), list(other)], subjects=1)
    names = sorted(set(array.ravel().tolist())) if categories is None else list(categories)
    odd = sorted(set(array.ravel().tolist()) - set(names))
    if odd:
        raise Problem(
            "agreement.category",
            say("{value} is not one of the categories.", value=f"{odd[0]:g}"),
            say("Name every category of the scale, in order."),
        )
    size = len(names)
    position = {name: index for index, name in enumerate(names)}
    observed = np.zeros((size, size))
    for a, b in array.T:
        observed[position[a], position[b]] += 1.0
    count = observed.sum()
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / count
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    penalty = {"none": (steps > 0).astype(np.float64), "linear": steps, "quadratic": steps**2}[weights]
    chance = float((penalty * expected).sum())
    figures = {"things": float(count), "categories": float(size), "same": float(np.trace(observed) / count)}
    if chance <= 0:
        return Agreement("kappa", NAME, None, without_variety(), SOURCE, figures)
    value = 1.0 - float((penalty * observed).sum()) / chance
    return Agreement("kappa", NAME, value, meaning(value), SOURCE, figures)


def fleiss(counts: Sequence[Sequence[int]]) -> Agreement:
    """Fleiss' kappa from a table things × categories of how many raters chose each (the same number per thing).

    Raises Problem agreement.few, agreement.raters.
    """
    import numpy as np

    array = np.array(counts, dtype=np.float64)
    if array.ndim != 2 or array.size == 0 or array.sum(axis=1).min() < 2:
        raise Problem(
            "agreement.few",
            say("There are too few ratings to speak of agreement."),
            say("Every thing must be rated by at least two raters."),
        )
    raters = array.sum(axis=1)
    if np.ptp(raters) > 0:
        raise Problem(
            "agreement.raters",
            say("The things were not all rated by the same number of raters."),
            say("Use Krippendorff's alpha, which bears blanks."),
        )
    n = float(raters[0])
    observed = float((((array**2).sum(axis=1) - n) / (n * (n - 1))).mean())
    chance = float(((array.sum(axis=0) / array.sum()) ** 2).sum())
    figures = {"raters": n, "things": float(len(array)), "observed": observed, "chance": chance}
    if 1.0 - chance <= 1e-12:
        return Agreement("fleiss", FLEISS, None, without_variety(), "Fleiss 1971", figures)
    value = (observed - chance) / (1.0 - chance)
    return Agreement("fleiss", FLEISS, value, meaning(value), "Fleiss 1971; bands of Landis & Koch 1977", figures)


def meaning(value: float) -> Message:
    """The band of Landis & Koch in one sentence."""
    shown = f"{value:.2f}"
    if value > 0.8:
        return say("Kappa {value}: the raters agree almost perfectly beyond chance.", value=shown)
    if value > 0.6:
        return say("Kappa {value}: the raters agree substantially beyond chance.", value=shown)
    if value > 0.4:
        return say("Kappa {value}: the raters agree moderately; talk the differences over.", value=shown)
    if value > 0.2:
        return say("Kappa {value}: the raters agree only fairly; the definitions need work.", value=shown)
    if value > 0:
        return say("Kappa {value}: the raters agree hardly better than chance.", value=shown)
    return say("Kappa {value}: the raters agree no better than chance.", value=shown)

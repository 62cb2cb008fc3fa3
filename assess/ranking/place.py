"""What the ranking methods share: their result, weights in the order of the items, and competition ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from assess.language import Message, plain, say
from assess.problems import Problem
from assess.weighting.result import TOLERANCE, Step, shares
from assess.weighting.sample import Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Scores and competition ranks per unit, in the order given; ties (within 1e-9) share the smaller rank (R9)."""

    method: str
    name: Message
    formula: Message
    source: str
    limits: Message
    scores: Mapping[str, float]
    ranks: Mapping[str, int]
    parameters: Mapping[str, str | float | bool] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
    steps: tuple[Step, ...] = ()

    def to_json(self, language: str) -> dict[str, Any]:
        """Unrounded numbers under stable names, texts in one language."""
        return {
            "method": self.method,
            "name": plain(self.name, language),
            "scores": dict(self.scores),
            "ranks": dict(self.ranks),
            "parameters": dict(self.parameters),
            "figures": dict(self.figures),
            "formula": plain(self.formula, language),
            "source": self.source,
            "not_for": plain(self.limits, language),
            "warnings": [warning.render(language) for warning in self.warnings],
            "steps": [step.to_json(language) for step in self.steps],
        }


def competition(scores: Floats) -> list[int]:
    """1 + how many are better; a tie is a difference within 1e-9 of the first of its run (D14). Larger is better."""
    order = np.argsort(-scores, kind="stable")
    ranks = [0] * len(scores)
    first, rank = float("inf"), 0
    for position, index in enumerate(order):
        if first - scores[index] > TOLERANCE:
            first, rank = float(scores[index]), position + 1
        ranks[int(index)] = rank
    return ranks


def weights_of(data: Sample, weights: Mapping[str, float] | None) -> Floats:
    """Weights in the order of the items, sum 1; equal where none are given. Raises Problem ranking.w."""
    if weights is None:
        return np.full(len(data.items), 1.0 / len(data.items))
    odd = sorted(set(weights) ^ set(data.items))
    if odd:
        raise Problem(
            "ranking.weights",
            say("Weights and table do not fit: {item} stands in only one of the two.", item=odd[0]),
            say("Give every item of the table exactly one weight."),
        )
    found = shares(data.items, [weights[item] for item in data.items])
    return np.array([found[item] for item in data.items])


def by_unit(data: Sample, numbers: Floats) -> dict[str, float]:
    """unit → number."""
    return {unit: float(number) for unit, number in zip(data.units, numbers, strict=True)}


def ranks_by_unit(data: Sample, scores: Floats) -> dict[str, int]:
    """unit → competition rank."""
    return dict(zip(data.units, competition(scores), strict=True))

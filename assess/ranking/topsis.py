"""TOPSIS: how near each unit is to the best and how far from the worst seen in the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np

from assess.language import Message, say
from assess.problems import Problem
from assess.ranking.place import Ranking, by_unit, ranks_by_unit, weights_of
from assess.weighting.result import Step
from assess.weighting.sample import Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Scaling = Literal["minmax", "vector"]
FEWEST = 5
NAME = say("TOPSIS")
FORMULA = say(
    "C = D⁻ ÷ (D⁺ + D⁻); D⁺, D⁻ are the distances of the weighted values to the best and the worst of the group"
)
SOURCE = "Hwang & Yoon 1981, Multiple Attribute Decision Making"
LIMITS = say(
    "Not to be used across years or groups: it places units within one group only, and adding or removing a unit may "
    "reverse the order of two others."
)


def topsis(data: Sample, weights: Mapping[str, float] | None = None, *, scaling: Scaling = "minmax") -> Ranking:
    """Closeness 0–1 per unit. Scaling is sample min–max (default, D12) or vector length; the one in use is stated.

    Raises Problem ranking.few for a single unit, ranking.alike where all units are the same, weights.*.
    """
    _refuse(data)
    share = weights_of(data, weights)
    if scaling == "minmax":
        values = data.scaled()
        down = np.zeros(len(data.items), dtype=np.bool_)
    else:
        lengths = np.sqrt((data.values**2).sum(axis=0))
        values = np.divide(data.values, lengths, out=np.zeros_like(data.values), where=lengths > 0)
        down = data.down
    weighted = values * share
    best = np.where(down, weighted.min(axis=0), weighted.max(axis=0))
    worst = np.where(down, weighted.max(axis=0), weighted.min(axis=0))
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    whole = to_best + to_worst
    if float(whole.max()) <= 1e-12:
        raise _alike()
    closeness = to_worst / whole
    steps = (
        Step(
            say("Best and worst of the group, weighted"),
            ("", *data.items),
            ((say("Best"), *map(float, best)), (say("Worst"), *map(float, worst))),
        ),
        Step(
            say("Distances and closeness"),
            (say("Unit"), "D⁺", "D⁻", "C"),
            tuple(
                (unit, float(a), float(b), float(c))
                for unit, a, b, c in zip(data.units, to_best, to_worst, closeness, strict=True)
            ),
        ),
    )
    warnings: list[Message] = few_units(data, FEWEST)
    warnings += [
        say("Item {item} is the same for every unit and decides nothing.", item=item)
        for item, flat in zip(data.items, data.flat, strict=True)
        if flat
    ]
    return Ranking(
        "topsis",
        NAME,
        FORMULA,
        SOURCE,
        LIMITS,
        by_unit(data, closeness),
        ranks_by_unit(data, closeness),
        {"scaling": scaling},
        {"units": float(len(data.units))},
        tuple(warnings),
        steps,
    )


def few_units(data: Sample, fewest: int) -> list[Message]:
    """A caution where a place among so few says little."""
    if len(data.units) >= fewest:
        return []
    return [say("Only {count} units: a place among so few says little.", count=len(data.units))]


def _refuse(data: Sample) -> None:
    if len(data.units) < 2:
        raise Problem(
            "ranking.few",
            say("A single unit has no place among others."),
            say("Add units of the same kind."),
        )
    if bool(data.flat.all()):
        raise _alike()


def _alike() -> Problem:
    return Problem(
        "ranking.alike",
        say("All units are alike on every item that counts, so none is nearer to the best."),
        say("Check that the right columns and weights were chosen."),
    )

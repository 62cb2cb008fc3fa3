"""Grey relational analysis: how closely each unit follows the best value of every item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from assess.language import say
from assess.problems import Problem
from assess.ranking.place import Ranking, by_unit, ranks_by_unit, weights_of
from assess.ranking.topsis import few_units
from assess.weighting.result import Step
from assess.weighting.sample import Sample, refuse_all_flat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST = 5
NAME = say("Grey relational analysis")
FORMULA = say(
    "ξᵢⱼ = (Δmin + ρ·Δmax) ÷ (Δᵢⱼ + ρ·Δmax), Δᵢⱼ = 1 − scaled value; grade = Σⱼ wⱼ·ξᵢⱼ; ρ = 0.5 unless stated"
)
SOURCE = "Deng 1982, Systems & Control Letters 1(5); Deng 1989, The Journal of Grey System 1(1)"
LIMITS = say(
    "Not to be used for differences in size: grades crowd together and change with ρ. They order the units of one "
    "group and no more."
)


def grey(data: Sample, weights: Mapping[str, float] | None = None, *, rho: float = 0.5) -> Ranking:
    """Grey relational grade per unit, against the best of the group (1 after sample min–max), weighted.

    Items without any difference are left out of Δmin and Δmax and count 1 for every unit. Raises Problem grey.rho,
    sample.flat, weights.*.
    """
    if not 0.0 < rho <= 1.0:
        raise Problem(
            "grey.rho",
            say("The distinguishing coefficient ρ is {rho}, but it must be above 0 and at most 1.", rho=f"{rho:g}"),
            say("0.5 is usual."),
        )
    refuse_all_flat(data)
    share = weights_of(data, weights)
    distances: Floats = 1.0 - data.scaled()
    distances[:, data.flat] = 0.0
    alive = distances[:, ~data.flat]
    least, most = float(alive.min()), float(alive.max())
    relations = (least + rho * most) / (distances + rho * most)
    grades = relations @ share
    step = Step(
        say("Relational coefficients"),
        (say("Unit"), *data.items, say("Grade")),
        tuple(
            (unit, *map(float, row), float(grade))
            for unit, row, grade in zip(data.units, relations, grades, strict=True)
        ),
    )
    return Ranking(
        "grey",
        NAME,
        FORMULA,
        SOURCE,
        LIMITS,
        by_unit(data, grades),
        ranks_by_unit(data, grades),
        {"rho": rho},
        {"units": float(len(data.units))},
        tuple(few_units(data, FEWEST)),
        (step,),
    )

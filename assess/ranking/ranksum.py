"""Rank-sum ratio (RSR, 秩和比): mean relative rank over the items, fitted to a normal curve and cut into grades."""

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

Counting = Literal["whole", "fractional"]
FEWEST = 10
NAME = say("Rank-sum ratio (RSR)")
FORMULA = say(
    "RSRᵢ = Σⱼ wⱼ·Rᵢⱼ ÷ m, with R from 1 (worst) to m (best) among m units; RSR = a + b·probit; grades are cut at "
    "probits 2 + 6·k ÷ number of grades"
)
SOURCE = "Tian 1988; Tian 1993, The rank-sum ratio method and its applications"
LIMITS = say(
    "Not to be used with fewer than ten units, nor to say how far apart units are: ranks forget distances. The number "
    "of grades must be chosen beforehand."
)


def rank_sum(
    data: Sample, weights: Mapping[str, float] | None = None, *, counting: Counting = "whole", grades: int = 3
) -> Ranking:
    """RSR per unit, 1/m to 1, with grades 1 (best) to `grades` in the second table.

    Ties share their mean rank; `fractional` ranks run linearly between the worst and the best value instead. Items
    without any difference give everybody the middle rank. Raises Problem ranking.few, rsr.grades, weights.*.
    """
    count = len(data.units)
    if count < 2:
        raise Problem(
            "ranking.few", say("A single unit has no place among others."), say("Add units of the same kind.")
        )
    if not 2 <= grades <= 10:
        raise Problem(
            "rsr.grades",
            say("{count} grades were asked for; between 2 and 10 can be cut.", count=grades),
            say("Three grades are usual."),
        )
    from scipy.stats import rankdata

    share = weights_of(data, weights)
    rising = np.where(data.down, -data.values, data.values)
    if counting == "whole":
        ranks: Floats = np.asarray(rankdata(rising, method="average", axis=0), dtype=np.float64)
    else:
        ranks = np.where(data.flat, (count + 1) / 2, 1.0 + (count - 1) * data.scaled())
    ratios = ranks @ share / count
    steps = [
        Step(
            say("Ranks per item, 1 the worst"),
            (say("Unit"), *data.items, "RSR"),
            tuple(
                (unit, *map(float, row), float(ratio))
                for unit, row, ratio in zip(data.units, ranks, ratios, strict=True)
            ),
        )
    ]
    warnings: list[Message] = []
    if count < FEWEST:
        warnings.append(say("Only {count} units: with fewer than ten, grades by RSR must not be used.", count=count))
    figures = {"units": float(count)}
    fitted = fit(ratios)
    if fitted is None:
        warnings.append(say("All rank-sum ratios are the same, so that no grades can be cut."))
    else:
        intercept, slope, explained, probits = fitted
        figures |= {"intercept": intercept, "slope": slope, "r_squared": explained}
        level = grade(intercept + slope * probits, intercept, slope, grades)
        steps.append(
            Step(
                say("Grades, 1 the best"),
                (say("Unit"), "RSR", say("Probit"), say("Fitted RSR"), say("Grade")),
                tuple(
                    (unit, float(ratio), float(probit), float(intercept + slope * probit), int(number))
                    for unit, ratio, probit, number in zip(data.units, ratios, probits, level, strict=True)
                ),
            )
        )
        if explained < 0.9:
            warnings.append(
                say("RSR follows the normal curve poorly (R² {explained}); the grades are doubtful.",
                    explained=f"{explained:.2f}")
            )  # fmt: skip
    return Ranking(
        "rsr",
        NAME,
        FORMULA,
        SOURCE,
        LIMITS,
        by_unit(data, ratios),
        ranks_by_unit(data, ratios),
        {"counting": counting, "grades": float(grades)},
        figures,
        tuple(warnings),
        tuple(steps),
    )


def fit(ratios: Floats) -> tuple[float, float, float, Floats] | None:
    """RSR = a + b·probit over the distinct ratios: a, b, R² and the probit of every unit; None where all are the same.

    Probit = 5 + Φ⁻¹(mean rank of the ratio ÷ m); the largest takes 1 − 1 ÷ 4m.
    """
    from scipy.special import ndtri
    from scipy.stats import rankdata

    rounded = np.round(ratios, 9)
    count = len(ratios)
    portions = np.asarray(rankdata(rounded, method="average"), dtype=np.float64) / count
    portions = np.where(rounded == rounded.max(), 1.0 - 1.0 / (4.0 * count), portions)
    probits: Floats = 5.0 + np.asarray(ndtri(portions), dtype=np.float64)
    distinct, first = np.unique(rounded, return_index=True)
    if len(distinct) < 2:
        return None
    x, y = probits[first], ratios[first]
    slope, intercept = np.polyfit(x, y, 1)
    rest = float(((y - intercept - slope * x) ** 2).sum())
    whole = float(((y - y.mean()) ** 2).sum())
    return float(intercept), float(slope), 1.0 - rest / whole, probits


def grade(fitted: Floats, intercept: float, slope: float, grades: int) -> list[int]:
    """Grade 1 (best) to `grades` (worst) of fitted ratios; a ratio on a cut belongs to the better grade."""
    cuts = [intercept + slope * (2.0 + 6.0 * k / grades) for k in range(1, grades)]
    return [grades - sum(1 for cut in cuts if value >= cut - 1e-9) for value in fitted]

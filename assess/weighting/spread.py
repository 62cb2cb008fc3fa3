"""Weights from how units differ: entropy, CRITIC and standard deviation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.result import Step, Weighting, shares
from assess.weighting.sample import Sample, flat_warnings, refuse_all_flat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Scaling = Literal["minmax", "none"]
FEWEST = 10
ADVISED = 20


def entropy(data: Sample, *, scaling: Scaling = "minmax", shift: float = 0.0, few: bool = False) -> Weighting:
    """Entropy weights; values scaled by sample min–max (default) or taken raw (then none may be negative).

    0·ln 0 = 0; items that are constant or all zero get weight 0 and are told. `shift` is added to scaled values where a
    publication did so. Fewer than ten units are refused (Problem weights.few) unless `few` asks for a warning instead.
    """
    _enough(data, few)
    refuse_all_flat(data)
    if scaling == "none":
        _nonnegative(data)
        values = np.array(data.values)
    else:
        values = data.scaled() + shift
    sums = values.sum(axis=0)
    portions = np.divide(values, sums, out=np.zeros_like(values), where=sums > 0)
    logs = np.log(portions, out=np.zeros_like(portions), where=portions > 0)
    entropies = -(portions * logs).sum(axis=0) / np.log(len(data.units))
    entropies[data.flat] = 1.0
    divergences = np.maximum(0.0, 1.0 - entropies)
    weights = shares(data.items, divergences.tolist())
    rows = tuple(
        (item, float(e), float(d), weights[item]) for item, e, d in zip(data.items, entropies, divergences, strict=True)
    )
    step = Step(say("Entropy per item"), (say("Item"), say("Entropy e"), say("Divergence 1 − e"), say("Weight")), rows)
    parameters = _parameters(data, scaling) | {"shift": shift}
    return Weighting("entropy", weights, parameters, {"units": float(len(data.units))}, _cautions(data), (step,))


def critic(data: Sample, *, few: bool = False) -> Weighting:
    """CRITIC: standard deviation of scaled values times conflict Σ(1 − r) with the other items.

    Constant items get weight 0 and take no part in the correlations. Fewer than ten units are refused unless `few`;
    fewer than three always.
    """
    _enough(data, few)
    refuse_all_flat(data)
    if len(data.units) < 3:
        raise _too_few(len(data.units), 3)
    alive = ~data.flat
    values = data.scaled()[:, alive]
    deviations = values.std(axis=0, ddof=1)
    correlations = np.atleast_2d(np.corrcoef(values, rowvar=False))
    conflicts = (1.0 - correlations).sum(axis=0)
    contents = np.zeros(len(data.items))
    contents[alive] = deviations * np.maximum(0.0, conflicts)
    if contents.sum() <= 1e-12:
        raise Problem(
            "critic.same",
            say("All items rise and fall together, so that CRITIC finds no information in any."),
            say("Use standard deviation weights or equal weights."),
        )
    weights = shares(data.items, contents.tolist())
    spread, against = np.zeros(len(data.items)), np.zeros(len(data.items))
    spread[alive], against[alive] = deviations, conflicts
    rows = tuple(
        (item, float(s), float(c), float(i), weights[item])
        for item, s, c, i in zip(data.items, spread, against, contents, strict=True)
    )
    alike = tuple(item for item, is_alive in zip(data.items, alive, strict=True) if is_alive)
    steps = (
        Step(
            say("Information per item"),
            (say("Item"), say("Standard deviation"), say("Conflict Σ(1 − r)"), say("Information C"), say("Weight")),
            rows,
        ),
        Step(
            say("Correlations of the scaled items"),
            ("", *alike),
            tuple((item, *map(float, row)) for item, row in zip(alike, correlations, strict=True)),
        ),
    )
    return Weighting(
        "critic", weights, _parameters(data, "minmax"), {"units": float(len(data.units))}, _cautions(data), steps
    )


def deviation(data: Sample, *, scaling: Scaling = "minmax", few: bool = False) -> Weighting:
    """Weights in proportion to the standard deviation of scaled (default) or raw values."""
    _enough(data, few)
    refuse_all_flat(data)
    values = data.scaled() if scaling == "minmax" else data.values
    deviations = np.where(data.flat, 0.0, values.std(axis=0, ddof=1))
    weights = shares(data.items, deviations.tolist())
    rows = tuple((item, float(s), weights[item]) for item, s in zip(data.items, deviations, strict=True))
    step = Step(say("Standard deviation per item"), (say("Item"), say("Standard deviation"), say("Weight")), rows)
    warnings = _cautions(data)
    if scaling == "none":
        warnings += (
            say("Raw values were used: an item with larger numbers gets a larger weight for that reason alone."),
        )
    return Weighting(
        "deviation", weights, _parameters(data, scaling), {"units": float(len(data.units))}, warnings, (step,)
    )


def _too_few(count: int, least: int) -> Problem:
    return Problem(
        "weights.few",
        say("{count} units are too few for this method, which needs at least {least}.", count=count, least=least),
        say("Add units, or use weights given by experts."),
    )


def _enough(data: Sample, few: bool) -> None:
    if len(data.units) < (2 if few else FEWEST):
        raise _too_few(len(data.units), 2 if few else FEWEST)


def _nonnegative(data: Sample) -> None:
    below = np.argwhere(data.values < 0)
    if len(below):
        row, column = below[0]
        raise Problem(
            "sample.negative",
            say("{unit} has a negative value for {item} ({number}); portions of a sum cannot be formed.",
                unit=data.units[row], item=data.items[column], number=f"{data.values[row, column]:g}"),
            say("Scale the values to 0–1 first (the default), or correct the value."),
        )  # fmt: skip


def _cautions(data: Sample) -> tuple[Message, ...]:
    out = flat_warnings(data)
    count = len(data.units)
    if count < FEWEST:
        out.append(
            say("Only {count} units: fewer than ten, so these weights are chance and must not be used for a decision.",
                count=count)
        )  # fmt: skip
    elif count < ADVISED:
        out.append(say("{count} units: enough to compute, but at least twenty are advised.", count=count))
    return tuple(out)


def _parameters(data: Sample, scaling: Scaling) -> dict[str, str | float | bool]:
    return {"scaling": scaling, "falling": ", ".join(item for item in data.items if item in data.falling)}

"""From measured values to scores, on the column of one item (R1). NaN stays NaN: a missing value is never 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from assess.framework.index_rules import Scaling
from assess.framework.indicator import Number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def normalise(number: Number, values: Floats, scaling: Scaling | None = None) -> Floats:
    """Scores of a column on the item's scale, or on another that replaces it.

    With y = x, or −x where less is better, and [low, high] the range of scores:
    goalposts low + (high − low)·clamp((x − zero) ÷ (full − zero)), of logarithms if asked · curve linear between its
    points · minmax (y − min) ÷ (max − min) on the range · to_best 1 − (max − y) ÷ (max − min) on the range ·
    share_of_best y ÷ max on the range · zscore center + spread·(y − mean) ÷ s, s with n − 1 · rank 1 for the lowest y,
    equal values the smaller rank · borda rank − 1 · percent_rank (rank − 1) ÷ (n − 1) on the range · to_target
    x ÷ target, or target ÷ x where less is better, on the range · given y itself.

    A column whose known values are all the same has no score on a scale that looks at the sample.
    """
    import numpy as np

    scale = scaling if scaling is not None else number.scaling
    match scale.kind:
        case "goalposts":
            zero, full = number.zero, number.full
            x: Floats = values
            if scale.log:
                with np.errstate(divide="ignore", invalid="ignore"):
                    x = np.log(np.where(values > 0, values, np.where(np.isnan(values), np.nan, 0.0)))
                zero, full = math.log(zero), math.log(full)
            share = x - zero
            share /= full - zero
            return _ranged(share, scale)
        case "curve":
            xs, scores = zip(*scale.points, strict=True)
            drawn: Floats = np.interp(values, xs, scores)
            return drawn
        case "to_target":
            target = scale.target or 1.0
            if number.direction == "up":
                return _ranged(values / target, scale)
            with np.errstate(divide="ignore"):
                return _ranged(np.where(values <= 0, 1.0, target / values), scale)
        case "given":
            return -values if number.direction == "down" else values.copy()
        case _:
            return _in_sample(-values if number.direction == "down" else values, scale)


def _ranged(share: Floats, scale: Scaling) -> Floats:
    """The share on the range of scores; works in place."""
    import numpy as np

    if scale.cap:
        np.clip(share, 0.0, 1.0, out=share)
    share *= scale.high - scale.low
    if scale.low != 0:
        share += scale.low
    return share


def _in_sample(y: Floats, scale: Scaling) -> Floats:
    import numpy as np

    known = y[~np.isnan(y)]
    if constant(known):
        return np.full(y.shape, np.nan)
    least, best = known.min(), known.max()
    match scale.kind:
        case "minmax":
            spread: Floats = (y - least) / (best - least) * (scale.high - scale.low) + scale.low
            return spread
        case "to_best":
            return _uncapped(1.0 - (best - y) / (best - least), scale)
        case "share_of_best":
            return np.full(y.shape, np.nan) if best == 0 else _uncapped(y / best, scale)
        case "zscore":
            standard: Floats = scale.center + scale.spread * ((y - known.mean()) / known.std(ddof=1))
            return standard
        case "rank":
            return ascending(y)
        case "borda":
            return ascending(y) - 1.0
        case _:
            return _uncapped((ascending(y) - 1.0) / (known.size - 1), scale)


def _uncapped(share: Floats, scale: Scaling) -> Floats:
    return scale.low + (scale.high - scale.low) * share


def constant(known: Floats) -> bool:
    """Whether values cannot tell units apart: none, one, or all the same."""
    return known.size < 2 or bool(known.max() == known.min())


def ascending(y: Floats) -> Floats:
    """Rank from the lowest, equal values the smaller rank; NaN without a value."""
    import numpy as np

    out = np.full(y.shape, np.nan)
    known = ~np.isnan(y)
    order = np.sort(y[known])
    out[known] = np.searchsorted(order, y[known], side="left") + 1.0
    return out

"""Outliers of one column: moved in one step at a time until the shape is sound, else the logarithm is taken.

Skewness and kurtosis are the sample figures G1 and G2 (Joanes and Gill 1998). A shape is sound when |G1| is below its
bound or G2 below its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assess.framework.index_rules import Outliers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SHIFT = 0.01


@dataclass(frozen=True, slots=True)
class Treated:
    """The treated column, how (`steps` of winsorising or the logarithm), and skewness and kurtosis before and after."""

    values: Floats
    change: Literal["none", "winsorised", "log"] = "none"
    steps: int = 0
    before: tuple[float, float] = (math.nan, math.nan)
    after: tuple[float, float] = (math.nan, math.nan)


def shape(values: Floats) -> tuple[float, float]:
    """G1 and G2 of the known values; NaN with fewer than four, or where all are the same."""
    import numpy as np

    known = values[~np.isnan(values)]
    n = known.size
    if n < 4:
        return math.nan, math.nan
    apart = known - known.sum() / n
    squares = apart * apart
    second = float(squares.sum()) / n
    if second <= 0:
        return math.nan, math.nan
    g1 = float((squares * apart).sum()) / n / second**1.5
    g2 = float((squares * squares).sum()) / n / second**2 - 3.0
    skew = g1 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3))
    return skew, kurtosis


def sound(figures: tuple[float, float], rule: Outliers) -> bool:
    """Whether nothing has to be done; a shape that cannot be told is left alone."""
    skew, kurtosis = figures
    return math.isnan(skew) or abs(skew) < rule.skew or kurtosis < rule.kurtosis


def treat(values: Floats, rule: Outliers) -> Treated:
    """Move the outermost values of the longer tail onto the next one, at most `rule.most` times; where the shape is
    still not sound, take the logarithm of the untreated values if the rule says so."""
    import numpy as np

    before = shape(values)
    if sound(before, rule):
        return Treated(values, before=before, after=before)
    moved, now, steps = values.copy(), before, 0
    held = np.isnan(values)
    while not sound(now, rule) and steps < rule.most:
        free = moved[~held]
        edge = free.max() if now[0] > 0 else free.min()
        outer = moved == edge
        rest = moved[~held & ~outer]
        if not rest.size:
            break
        moved[outer] = rest.max() if now[0] > 0 else rest.min()
        steps += 1
        now = shape(moved)
    if sound(now, rule) or rule.otherwise == "none":
        return Treated(moved, "winsorised" if steps else "none", steps, before, now)
    logs = logarithm(values)
    return Treated(logs, "log", 0, before, shape(logs))


def logarithm(values: Floats) -> Floats:
    """ln(x − min + 0.01·(max − min)): defined for any values that are not all the same."""
    import numpy as np

    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    logs: Floats = np.log(values - low + SHIFT * (high - low))
    return logs

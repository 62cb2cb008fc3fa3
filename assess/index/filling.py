"""Denominators and gaps: the first two steps of the chain, on columns of one item (NaN: no value)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.framework.index_rules import Imputation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]


def denominate(values: Floats, by: Floats, factor: float = 1.0) -> Floats:
    """value × factor ÷ denominator; NaN where either is missing or the denominator is 0."""
    import numpy as np

    out = np.full(values.shape, np.nan)
    np.divide(values * factor if factor != 1.0 else values, by, out=out, where=(by != 0) & ~np.isnan(by))
    return out


def impute(values: Floats, how: Imputation, gaps: Booleans, groups: Sequence[str] = ()) -> Floats:
    """The column with its gaps filled from the values that are known: their mean or median, of all units or of the
    unit's own group. A group without any known value stays as it is, and so does a unit without a group."""
    import numpy as np

    if how == "none" or not gaps.any():
        return values
    middle = np.nanmedian if how.endswith("median") else np.nanmean
    filled = values.copy()
    if not how.startswith("group"):
        if not np.isnan(values).all():
            filled[gaps] = middle(values)
        return filled
    names = np.asarray(groups)
    for name in sorted({groups[row] for row in np.flatnonzero(gaps).tolist()} - {""}):
        members = names == name
        known = values[members & ~np.isnan(values)]
        if known.size:
            filled[gaps & members] = middle(known)
    return filled

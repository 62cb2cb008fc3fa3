"""Who can be told apart: shares of draws in which one unit stands before another, and groups."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assess.index.result import Index
from assess.index.robust import Robust

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]

SURE = 0.95


def order(found: Index) -> list[int]:
    """Rows of the units from the first place down; those without a place are left out."""
    import numpy as np

    ranks = found.ranks()
    return [row for row in np.argsort(ranks, kind="stable").tolist() if ranks[row]]


def before_next(found: Index, robust: Robust) -> Floats:
    """For each unit the share of draws in which it stands before the one next to it (a tie counts half); NaN for the
    last one and for units without a place."""
    import numpy as np

    out = np.full(found.data.rows, np.nan)
    line = order(found)
    for one, other in pairwise(line):
        out[one] = robust.beats(one, other)
    return out


def groups(found: Index, robust: Robust, sure: float = SURE) -> Wholes:
    """The group of each unit, from 1; 0 without a place. A unit opens a new group when the first of the group before
    stands before it in at least `sure` of the draws."""
    import numpy as np

    out = np.zeros(found.data.rows, dtype=np.int64)
    first, number = -1, 0
    for row in order(found):
        if first < 0 or robust.beats(first, row) >= sure:
            first, number = row, number + 1
        out[row] = number
    return out

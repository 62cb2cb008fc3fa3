"""Gaps filled from the nearest units: those that are most alike in the items that both have.

Columns are brought to mean 0 and deviation 1 first. The distance of two units is the root of the mean squared
difference over the items known of both; the gap gets the mean of the nearest units that have the item, ties in the
order of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.language import say
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

MOST = 400_000_000


def nearest(columns: Sequence[Floats], wanted: Sequence[int], gaps: Sequence[Booleans], count: int) -> list[Floats]:
    """The wanted columns with their gaps filled from `count` units. Units that share no item with any other stay as
    they are. Raises Problem `index.neighbors` where there are too many units to compare."""
    import numpy as np

    table = np.array(columns)
    rows = np.flatnonzero(np.any(list(gaps), axis=0)) if wanted else np.empty(0, dtype=np.int64)
    if rows.size * table.shape[1] > MOST:
        raise Problem(
            "index.neighbors",
            say("There are too many units to fill gaps from the nearest ones."),
            say("Fill them by group: impute = “group_median”."),
        )
    filled = [table[place].copy() for place in wanted]
    even = standard(table)
    known = ~np.isnan(even)
    plain = np.where(known, even, 0.0)
    for row in rows.tolist():
        both = known & known[:, row, None]
        shared = both.sum(axis=0)
        apart = ((plain - plain[:, row, None]) ** 2 * both).sum(axis=0)
        distance = np.where(shared > 0, np.sqrt(apart / np.maximum(shared, 1)), np.inf)
        distance[row] = np.inf
        order = np.argsort(distance, kind="stable")
        order = order[np.isfinite(distance[order])]
        for place, (column, gap) in enumerate(zip(wanted, gaps, strict=True)):
            if gap[row]:
                having = order[~np.isnan(table[column][order])][:count]
                if having.size:
                    filled[place][row] = table[column][having].mean()
    return filled


def standard(table: Floats) -> Floats:
    """Columns (items × units) with mean 0 and deviation 1; one that is the same everywhere tells nothing and is 0."""
    import numpy as np

    even = np.full(table.shape, np.nan)
    for place, column in enumerate(table):
        known = ~np.isnan(column)
        if not known.any():
            continue
        apart = column[known] - column[known].mean()
        spread = float(np.sqrt(np.mean(apart**2)))
        even[place, known] = apart / spread if spread > 0 else 0.0
    return even

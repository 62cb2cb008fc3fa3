"""Places: competition ranks from the highest score, with ties told (R9, D14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]

TOLERANCE = 1e-9


def places(scores: Floats, decimals: int | None = None) -> tuple[Wholes, Wholes]:
    """Rank of each unit (1 the highest, 0 without a score) and how many units share it.

    Scores within 1e-9 of the first of their run are equal; with `decimals` the rounded scores are ranked.
    """
    import numpy as np

    ranks = np.zeros(scores.size, dtype=np.int64)
    shared = np.zeros(scores.size, dtype=np.int64)
    known = np.flatnonzero(~np.isnan(scores))
    if not known.size:
        return ranks, shared
    values = scores[known] if decimals is None else np.round(scores[known], decimals)
    order = np.argsort(-values, kind="stable")
    sorted_values = values[order]
    starts = np.concatenate(([True], sorted_values[:-1] - sorted_values[1:] > TOLERANCE))
    first = np.flatnonzero(starts)
    last = np.concatenate((first[1:], [sorted_values.size])) - 1
    for begin, end in (
        zip(first, last, strict=True) if (sorted_values[first] - sorted_values[last]).max() > TOLERANCE else ()
    ):
        head = sorted_values[begin]
        for place in range(begin + 1, end + 1):
            if head - sorted_values[place] > TOLERANCE:
                starts[place] = True
                head = sorted_values[place]
    first = np.flatnonzero(starts)
    run = np.cumsum(starts) - 1
    sizes = np.diff(np.concatenate((first, [sorted_values.size])))
    ranks[known[order]] = first[run] + 1
    shared[known[order]] = sizes[run]
    return ranks, shared

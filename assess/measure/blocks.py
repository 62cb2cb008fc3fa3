"""The nodes of many rows, block by block: the arithmetic of the kernel with fewer passes over memory.

Which items of a node are there is one small number per row, so that the sum of the weights in force is looked up in a
table that was added up in the kernel's own order: the values are the kernel's to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from assess.measure.kernel import Plan, climb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Bits = NDArray[np.uint8]

MOST = 8
BLOCK = 12_288


def block_values(
    layout: Plan, columns: Sequence[Floats], weights: Sequence[float], void: Sequence[Booleans] | None = None
) -> list[Floats]:
    """Values of the nodes from the columns of the items, all of one length. Anything but weighted means of up to eight
    items, or of nodes, goes through the kernel."""
    import numpy as np

    items, rows = len(layout.leaves), len(columns[0]) if columns else 0
    if void is not None or not _plain(layout):
        values, _ = climb(layout, rows, columns, weights, void)
        return values[items:]
    if rows == 1:
        return [np.array([value]) for value in one_row(layout, [float(column[0]) for column in columns], weights)]
    made: list[Floats] = []
    for place, members in enumerate(layout.children):
        top = np.zeros(rows)
        known: Floats | float = 0.0
        if members and members[0] < items:
            given = tuple(float(weights[child]) for child in members)
            bits = np.zeros(rows, dtype=np.uint8)
            for shift, child in enumerate(members):
                column = columns[child]
                out = np.isnan(column)
                product = column * given[shift]
                if out.any():
                    np.putmask(product, out, 0.0)
                    bits |= out.view(np.uint8) << np.uint8(shift)
                top += product
            known = sums(given)[bits] if bits.any() else sums(given)[0]
        else:
            for child in members:
                column = made[child - items]
                out = np.isnan(column)
                if out.any():
                    top += np.where(out, 0.0, float(weights[child]) * column)
                    known = known + np.where(out, 0.0, float(weights[child]))
                else:
                    top += float(weights[child]) * column
                    known = known + float(weights[child])
        with np.errstate(invalid="ignore"):
            found: Floats = np.divide(top, known, out=top)
        if place == len(layout.children) - 1 and layout.maxima[-1] != 100.0:
            found = found * (layout.maxima[-1] / 100.0)
        made.append(found)
    return made


def one_row(layout: Plan, scores: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The same for one row of a tree of weighted means, in plain numbers: NaN is left out."""
    values = list(scores)
    for members in layout.children:
        top = known = 0.0
        for child in members:
            value = values[child]
            if value == value:
                top += value * weights[child]
                known += weights[child]
        values.append(top / known if known > 0 else math.nan)
    if layout.maxima[-1] != 100.0:
        values[-1] *= layout.maxima[-1] / 100.0
    return values[len(scores) :]


def node_values(
    layout: Plan,
    scores: Floats,
    *,
    void: Booleans | None = None,
    weights: Sequence[float] | None = None,
    block: int = BLOCK,
) -> Floats:
    """Rows × nodes of the plan alone, from scores rows × items, so that hundreds of thousands of rows need little
    memory."""
    import numpy as np

    out = np.empty((scores.shape[0], len(layout.nodes)))
    given = [float(weight) for weight in (layout.weights if weights is None else weights)]
    for start in range(0, scores.shape[0], block):
        part = np.ascontiguousarray(scores[start : start + block].T)
        spoiled = None if void is None else list(np.ascontiguousarray(void[start : start + block].T))
        for place, column in enumerate(block_values(layout, list(part), given, spoiled)):
            out[start : start + block, place] = column
    return out


def covered(layout: Plan, answered: Sequence[Booleans], applies: Sequence[Booleans | None] | None) -> list[Floats]:
    """Coverage of the nodes by weight (D16): what is answered as a part of what applies; NaN where nothing does.
    `applies` None: everything; an entry None: that item in every row."""
    import numpy as np

    items, rows = len(layout.leaves), len(answered[0]) if answered else 0
    known: list[Floats] = []
    whole: list[Floats | float] = []
    out: list[Floats] = []
    for members in layout.children:
        have = _shares(layout, members, answered, known, items, rows)
        known_of = [None if applies is None else applies[child] for child in members if child < items]
        if all(one is None for one in known_of):
            full: Floats | float = sum(
                layout.shares[child] if child < items else whole[child - items] for child in members
            )
        else:
            full = _shares(layout, members, _filled(applies, rows), whole, items, rows)
        known.append(have)
        whole.append(full)
        with np.errstate(invalid="ignore", divide="ignore"):
            share: Floats = have / full
        out.append(np.minimum(share, 1.0, out=share))
    return out


def _filled(applies: Sequence[Booleans | None] | None, rows: int) -> list[Booleans]:
    import numpy as np

    always = np.ones(rows, dtype=bool)
    return [always if one is None else one for one in applies or ()]


def _shares(
    layout: Plan,
    members: Sequence[int],
    there: Sequence[Booleans],
    below: Sequence[Floats | float],
    items: int,
    rows: int,
) -> Floats:
    """The shares of the total below a node where `there` holds."""
    import numpy as np

    found = np.zeros(rows)
    leaves = [child for child in members if child < items]
    for start in range(0, len(leaves), MOST):
        some = leaves[start : start + MOST]
        bits = np.zeros(rows, dtype=np.uint8)
        for shift, child in enumerate(some):
            bits |= there[child].view(np.uint8) << np.uint8(shift)
        table = sums(tuple(layout.shares[child] for child in some))
        found += table[~bits & np.uint8((1 << len(some)) - 1)]
    for child in members:
        if child >= items:
            found += below[child - items]
    return found


@lru_cache(maxsize=4096)
def sums(weights: tuple[float, ...]) -> Floats:
    """The sum of the weights from left to right for every set of those left out, as a number of bits."""
    import numpy as np

    table = np.zeros(1 << len(weights))
    for left_out in range(table.size):
        total = 0.0
        for place, weight in enumerate(weights):
            if not left_out >> place & 1:
                total += weight
        table[left_out] = total
    return table


@lru_cache(maxsize=64)
def _means(kinds: tuple[str, ...]) -> bool:
    return set(kinds) == {"weighted_mean"}


def _plain(layout: Plan) -> bool:
    """Weighted means alone, no points, no share asked for, and no node with items beside nodes or too many items."""
    items = len(layout.leaves)
    return (
        _means(layout.kinds)
        and not any(layout.available)
        and all(top == 100.0 for top in layout.maxima[:-1])
        and all(
            members and (min(members) >= items or (max(members) < items and len(members) <= MOST))
            for members in layout.children
        )
    )

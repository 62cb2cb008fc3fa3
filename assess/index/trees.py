"""Totals of many draws at once: the same columns of items under many sets of weights.

Weighted, geometric and harmonic means of items are matrix products of weights and columns, one for the scores and one
for what is known. Whatever else a tree holds goes through the kernel, draw by draw laid end to end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.measure.kernel import Plan, climb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEANS = frozenset({"weighted_mean", "geometric", "harmonic"})


def totals(layout: Plan, columns: Floats, weights: Floats) -> Floats:
    """Totals, draws × units. `columns` are scores items × units (NaN left out), `weights` draws × codes."""
    import numpy as np

    plain = all(top == 100.0 for top in layout.maxima[:-1]) and not any(layout.available)
    if not (plain and set(layout.kinds) <= MEANS):
        return _by_kernel(layout, columns, weights)
    if set(layout.kinds) == {"weighted_mean"}:
        if not np.isnan(columns).any():
            return (shares(layout, weights) @ columns) * (layout.maxima[-1] / 100.0)
        if _sorted(layout):
            return _by_patterns(layout, columns, weights)
    return _by_means(layout, columns, weights)


def _sorted(layout: Plan) -> bool:
    """Whether every node holds items alone or nodes alone."""
    items = len(layout.leaves)
    return all(members and (min(members) >= items or max(members) < items) for members in layout.children)


def _by_patterns(layout: Plan, columns: Floats, weights: Floats) -> Floats:
    """Weighted means with gaps: within a node of items, the units that lack the same items share their divisor, so that
    all draws are one matrix product over items split by what is lacking. Units that lack a whole node go node by node.
    """
    import numpy as np

    items, units = len(layout.leaves), columns.shape[1]
    known = ~np.isnan(columns)
    bottoms = [list(members) for members in layout.children if max(members) < items]
    whole = np.all([known[members].any(axis=0) for members in bottoms], axis=0)
    out = np.empty((len(weights), units))
    if not whole.all():
        out[:, ~whole] = _by_means(layout, columns[:, ~whole], weights)
    own = np.flatnonzero(whole)
    if not own.size:
        return out
    plain = np.where(known, columns, 0.0)[:, own]
    share = shares(layout, weights)
    left: list[Floats] = []
    right: list[Floats] = []
    for members in bottoms:
        there = known[members][:, own]
        marks = np.left_shift(1, np.arange(len(members))) @ there
        given = weights[:, members]
        every = given.sum(axis=1)
        for mark in np.unique(marks).tolist():
            here = marks == mark
            kept = [place for place in range(len(members)) if mark >> place & 1]
            some = [members[place] for place in kept]
            right.append(np.where(here, plain[some], 0.0))
            left.append(share[:, some] * (every / given[:, kept].sum(axis=1))[:, None])
    out[:, own] = np.concatenate(left, axis=1) @ np.concatenate(right)
    return out * (layout.maxima[-1] / 100.0) if whole.all() else _scaled(layout, out, own)


def _scaled(layout: Plan, out: Floats, own: NDArray[np.int64]) -> Floats:
    """The totals of some units on the maximum of the framework; the others stand on it already."""
    out[:, own] *= layout.maxima[-1] / 100.0
    return out


def shares(layout: Plan, weights: Floats) -> Floats:
    """The share of the total of every item, draws × items, with nothing left out."""
    import numpy as np

    items = len(layout.leaves)
    found = np.zeros((len(layout.codes), len(weights)))
    found[-1] = 1.0
    columns = np.ascontiguousarray(weights.T)
    for place in reversed(range(len(layout.children))):
        members = list(layout.children[place])
        own = columns[members]
        found[members] = found[items + place] * (own / own.sum(axis=0))
    whole: Floats = found[:items].T
    return whole


def _by_means(layout: Plan, columns: Floats, weights: Floats) -> Floats:
    """Node by node: items by matrix products, nodes above by sums over arrays of draws × units."""
    import numpy as np

    items = len(layout.leaves)
    draws, units = len(weights), columns.shape[1]
    gaps = [bool(np.isnan(column).any()) for column in columns]
    values: dict[int, Floats] = {}
    for place, members in enumerate(layout.children):
        kind, floor = layout.kinds[place], layout.floors[place]
        leaves = [child for child in members if child < items]
        top, base = np.zeros((draws, units)), np.zeros((draws, 1))
        if leaves:
            own = np.ascontiguousarray(weights[:, leaves])
            part = columns[leaves]
            known = ~np.isnan(part)
            bent = np.where(known, _bend(np.where(known, part, 1.0), kind, floor), 0.0)
            top = _product(own, bent)
            if any(gaps[leaf] for leaf in leaves):
                base = own @ known.astype(np.float64)
            else:
                base = own.sum(axis=1, keepdims=True)
        for child in members:
            if child < items:
                continue
            score, weight = values[child], weights[:, child, None]
            out = np.isnan(score)
            if out.any():
                top = top + np.where(out, 0.0, weight * _bend(np.where(out, 1.0, score), kind, floor))
                base = base + np.where(out, 0.0, weight)
            else:
                top = top + weight * _bend(score, kind, floor)
                base = base + weight
        values[items + place] = _mean(top, base, kind)
    return values[items + len(layout.children) - 1] * (layout.maxima[-1] / 100.0)


def _product(weights: Floats, bent: Floats) -> Floats:
    """weights @ bent; a column with an infinite entry is −∞ or ∞ wherever it has a weight."""
    import numpy as np

    endless = np.isinf(bent)
    if not endless.any():
        found: Floats = weights @ bent
        return found
    sign = float(bent[endless][0])
    whole: Floats = weights @ np.where(endless, 0.0, bent)
    whole[:, endless.any(axis=0)] = sign
    return whole


def _bend(score: Floats, kind: str, floor: float) -> Floats:
    import numpy as np

    if kind == "weighted_mean":
        return score
    with np.errstate(divide="ignore"):
        held = np.maximum(score, floor)
        bent: Floats = np.log(held) if kind == "geometric" else 1.0 / held
    return bent


def _mean(top: Floats, base: Floats, kind: str) -> Floats:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "harmonic":
            found = np.where(np.isinf(top), 0.0, base / top)
        else:
            found = top / base
            if kind == "geometric":
                found = np.exp(found)
    if (base > 0).all():
        return found
    return np.where(base > 0, found, np.nan)


def _by_kernel(layout: Plan, columns: Floats, weights: Floats) -> Floats:
    """Any tree: the units of all draws of a block one below the other."""
    import numpy as np

    units = columns.shape[1]
    step = max(1, 20_000 // max(1, units))
    out = np.empty((len(weights), units))
    for start in range(0, len(weights), step):
        some = weights[start : start + step]
        rows = len(some) * units
        repeated = [np.tile(column, len(some)) for column in columns]
        spread = [np.repeat(some[:, code], units) for code in range(some.shape[1])]
        values, _ = climb(layout, rows, repeated, spread)
        out[start : start + step] = values[-1].reshape(len(some), units)
    return out

"""Aggregation on arrays (R2, R4): one city, a thousand perturbed copies and 600,000 villages run through this code.

Scores come as an array of rows × items, NaN for an item that is left out. Every step is an elementwise operation on
columns, taken in the order of the children, so that a row gives the same bits alone and among many (R10), and so that
a trace can add the printed lines up to the very score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from assess.framework.model import ROOT, Aggregation, Framework
from assess.measure.combine import NO_LIMITS, Limits, Part, combine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Plan:
    """The tree of a framework laid out for arithmetic.

    `codes` are the items, then the nodes from below upward (the total last). `children` holds, per node, positions in
    `codes`. `weights` are the given weights per code, `maxima` the highest score per code (100; points for a sum).
    `shares` are the shares of the total (0–1) per code with nothing left out. `passes`, `available` and `limits` belong
    to nodes.
    """

    leaves: tuple[str, ...]
    nodes: tuple[str, ...]
    codes: tuple[str, ...]
    index: dict[str, int]
    children: tuple[tuple[int, ...], ...]
    kinds: tuple[Aggregation, ...]
    floors: tuple[float, ...]
    weights: tuple[float, ...]
    maxima: tuple[float, ...]
    shares: tuple[float, ...]
    under: tuple[tuple[int, ...], ...]
    passes: tuple[float, ...] = ()
    available: tuple[float, ...] = ()
    limits: tuple[Limits, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Arrays of rows × codes of the plan: `values` (NaN: no score), `effective` normalized weight in force among the
    siblings, `shares` of the total."""

    values: Floats
    effective: Floats
    shares: Floats


_plans: dict[tuple[int, str], tuple[Framework, Plan]] = {}
_KEPT = 24
TOLERANCE = 1e-9
_changing = Lock()


def plan(framework: Framework, tier: str = "") -> Plan:
    """The plan of a framework for one administrative level: items of other levels are not in it, and nodes left empty
    neither. Cached while the framework lives."""
    key = (id(framework), tier)
    found = _plans.get(key)
    if found is not None and found[0] is framework:
        return found[1]
    made = _lay_out(framework, tier)
    with _changing:
        while len(_plans) >= _KEPT:
            _plans.pop(next(iter(_plans)))
        _plans[key] = (framework, made)
    return made


def _lay_out(framework: Framework, tier: str) -> Plan:
    leaves: list[str] = []
    nodes: list[str] = []
    members: dict[str, tuple[str, ...]] = {}

    def visit(code: str) -> bool:
        if code in framework.indicators:
            tiers = framework.indicators[code].tiers
            if tier and tiers and tier not in tiers:
                return False
            leaves.append(code)
            return True
        kept = tuple(child for child in framework.nodes[code].children if visit(child))
        if not kept and code != ROOT:
            return False
        members[code] = kept
        nodes.append(code)
        return True

    visit(ROOT)
    codes = (*leaves, *nodes)
    index = {code: position for position, code in enumerate(codes)}
    weights = tuple(
        framework.indicators[code].weight if code in framework.indicators else framework.nodes[code].weight
        for code in codes
    )
    children = tuple(tuple(index[child] for child in members[code]) for code in nodes)
    kinds = tuple(framework.nodes[code].aggregation for code in nodes)
    maxima = [100.0] * len(codes)
    for place, kind in enumerate(kinds):
        if kind == "sum":
            maxima[len(leaves) + place] = sum(weights[child] for child in children[place])
    maxima[-1] = framework.maximum
    shares = [0.0] * len(codes)
    shares[-1] = 1.0
    for place in reversed(range(len(nodes))):
        whole = sum(weights[child] for child in children[place])
        for child in children[place]:
            shares[child] = shares[len(leaves) + place] * weights[child] / whole if whole else 0.0
    under: list[tuple[int, ...]] = [(position,) for position in range(len(leaves))]
    for group in children:
        under.append(tuple(leaf for child in group for leaf in under[child]))
    return Plan(
        leaves=tuple(leaves),
        nodes=tuple(nodes),
        codes=codes,
        index=index,
        children=children,
        kinds=kinds,
        floors=tuple(framework.nodes[code].floor for code in nodes),
        weights=weights,
        maxima=tuple(maxima),
        shares=tuple(shares),
        under=tuple(under),
        passes=tuple(framework.nodes[code].pass_mark for code in nodes),
        available=tuple(framework.nodes[code].available for code in nodes),
        limits=tuple(
            Limits(node.start, node.gate, node.most, node.ceiling) for node in map(framework.nodes.__getitem__, nodes)
        ),
    )


def aggregate(
    layout: Plan, scores: Floats, *, void: Booleans | None = None, weights: Floats | Sequence[float] | None = None
) -> Aggregated:
    """All nodes of all rows. `scores` rows × items (0–100, NaN left out); `void` marks items that leave every node
    above them without a score (D15); `weights` per code, or rows × codes, replace those of the plan.

    The formulas are those of `combine`. A node whose children are all out is out (R2); so is one of whose weight less
    than the share it asks for is known.
    """
    import numpy as np

    rows, items = scores.shape[0], len(layout.leaves)
    if rows == 1 and void is None and weights is None and _means(layout):
        return _one_row(layout, scores[0].tolist())
    given = np.asarray(layout.weights if weights is None else weights, dtype=np.float64)
    if given.ndim == 1:
        given = np.broadcast_to(given, (rows, given.size))
    size = len(layout.codes)
    weight = np.ascontiguousarray(given.T)
    columns = [np.ascontiguousarray(scores[:, place]) for place in range(items)]
    spoiled = None if void is None else [np.ascontiguousarray(void[:, place]) for place in range(items)]
    found, within = climb(layout, rows, columns, list(weight), spoiled)
    values, inside = np.empty((size, rows)), np.empty((size, rows))
    for position in range(size):
        values[position], inside[position] = found[position], within[position]
    effective = np.zeros((size, rows))
    shares = np.zeros((size, rows))
    for place, group in enumerate(layout.children):
        members = list(group)
        if not members:
            continue
        if layout.kinds[place] in ("deduct", "bonus"):
            effective[members] = inside[members] / 100.0
            if layout.kinds[place] == "bonus":
                effective[members[0]] = 1.0
            continue
        base = np.zeros(rows)
        for child in members:
            base = base + (weight[child] if layout.kinds[place] == "sum" else inside[child])
        effective[members] = np.divide(inside[members], base, out=np.zeros((len(members), rows)), where=base > 0)
    effective[-1] = 1.0
    shares[-1] = 1.0
    for place in reversed(range(len(layout.children))):
        members = list(layout.children[place])
        shares[members] = shares[items + place] * effective[members]
    return Aggregated(values.T, effective.T, shares.T)


def _means(layout: Plan) -> bool:
    """Weighted means alone, of scores from 0 to 100, with no share asked for."""
    return (
        set(layout.kinds) == {"weighted_mean"}
        and not any(layout.available)
        and all(top == 100.0 for top in layout.maxima[:-1])
        and layout.maxima[-1] == 100.0
        and all(weight > 0 for weight in layout.weights)
    )


def _one_row(layout: Plan, scores: list[float]) -> Aggregated:
    """The same for one row of weighted means, in plain numbers: the same bits, without an array for every step."""
    import numpy as np

    size, items = len(layout.codes), len(layout.leaves)
    values, weights = scores, layout.weights
    effective, shares = [0.0] * size, [0.0] * size
    for members in layout.children:
        top = base = 0.0
        for child in members:
            value = values[child]
            if value == value:
                top += weights[child] * value
                base += weights[child]
        values.append(top / base if base > 0 else math.nan)
        for child in members if base > 0 else ():
            if values[child] == values[child]:
                effective[child] = weights[child] / base
    effective[-1] = shares[-1] = 1.0
    for place in reversed(range(len(layout.children))):
        whole = shares[items + place]
        for child in layout.children[place]:
            shares[child] = whole * effective[child]
    found = (np.array([row]) for row in (values, effective, shares))
    return Aggregated(*found)


def climb(
    layout: Plan,
    rows: int,
    columns: Sequence[Floats],
    weights: Sequence[Floats | float],
    spoiled: Sequence[Booleans] | None = None,
) -> tuple[list[Floats], list[Floats | float]]:
    """Values and weights in force of every code of the plan, from the columns of the items upward.

    `weights` are numbers or columns, one per code of the plan; `spoiled` marks void items. The result has one column
    per code; a weight that is in force in every row stays a number.
    """
    import numpy as np

    items = len(layout.leaves)
    values: list[Floats] = list(columns)
    inside: list[Floats | float] = []
    products: list[Floats] = []
    for place, column in enumerate(columns):
        within, product = _weighed(column, weights[place])
        inside.append(within)
        products.append(product)
    voids: list[Booleans | None] = list(spoiled) if spoiled is not None else [None] * items
    for place, members in enumerate(layout.children):
        node = items + place
        void = _any(voids[child] for child in members)
        result = np.full(rows, np.nan)
        if members:
            kind = layout.kinds[place]
            parts = [
                Part(
                    values[child] if _standard(layout, kind, child) else values[child] * (100.0 / layout.maxima[child]),
                    inside[child],
                    products[child] if _standard(layout, kind, child)
                    else products[child] * (100.0 / layout.maxima[child]),
                    layout.maxima[child],
                    _lowest(layout, values, child) if kind == "cumulative" else None,
                )
                for child in members
            ]  # fmt: skip
            known: Floats | float = 0.0
            for child in members:
                known = known + inside[child]
            good = known > 0
            least = layout.available[place] if layout.available else 0.0
            if least > 0:
                whole: Floats | float = 0.0
                for child in members:
                    whole = whole + weights[child]
                good = good & (known >= (least - TOLERANCE) * whole)
            if kind in ("discount", "bonus"):
                for part in parts if kind == "discount" else parts[:1]:
                    good = good & (part.inside > 0)
            if void is not None:
                good = good & ~void
            mark = layout.passes[place] if layout.passes else 100.0
            limits = layout.limits[place] if layout.limits else NO_LIMITS
            found = combine(kind, parts, known, layout.floors[place], mark, limits)
            result = found if good is True or np.all(good) else np.where(good, found, np.nan)
            if node == len(layout.codes) - 1 and kind != "sum" and layout.maxima[-1] != 100.0:
                result = result * (layout.maxima[-1] / 100.0)
        within, product = _weighed(result, weights[node])
        values.append(result)
        inside.append(within)
        products.append(product)
        voids.append(void)
    return values, inside


def _standard(layout: Plan, kind: Aggregation, child: int) -> bool:
    """Whether a child's score is already what the node reckons with: points stay points in a sum, else 0–100."""
    return kind == "sum" or layout.maxima[child] == 100.0


def _weighed(value: Floats, weight: Floats | float) -> tuple[Floats | float, Floats]:
    """The weight where there is a score (0 elsewhere), and weight × score (0 elsewhere)."""
    import numpy as np

    out = np.isnan(value)
    if out.any():
        within = np.where(out, 0.0, weight)
        return within, within * np.where(out, 0.0, value)
    return weight, weight * value


def _any(voids: Iterable[Booleans | None]) -> Booleans | None:
    found: Booleans | None = None
    for void in voids:
        if void is not None:
            found = void if found is None else found | void
    return found


def _lowest(layout: Plan, values: Sequence[Floats], child: int) -> Floats:
    """The lowest score of the items under a child that have one; the child's own where none has."""
    import numpy as np

    least = values[layout.under[child][0]] if layout.under[child] else values[child]
    for leaf in layout.under[child][1:]:
        least = np.fmin(least, values[leaf])
    return least


def geometric(scores: Sequence[float], weights: Sequence[float], floor: float) -> float:
    """Weighted geometric mean with a floor under each score: the alternative total shown beside (R4)."""
    whole = sum(weights)
    if floor <= 0 and any(score <= 0 and weight > 0 for score, weight in zip(scores, weights, strict=True)):
        return 0.0
    return math.exp(sum(w * math.log(max(s, floor)) for s, w in zip(scores, weights, strict=True) if w > 0) / whole)

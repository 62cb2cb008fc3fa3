"""Aggregation on arrays (R2, R4): one city, a thousand perturbed copies and 600,000 villages run through this code.

Scores come as an array of rows × items, NaN for an item that is left out. Every step is an elementwise operation on
columns, taken in the order of the children, so that a row gives the same bits alone and among many (R10), and so that
a trace can add the printed lines up to the very score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from assess.framework.model import ROOT, Aggregation, Framework

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
    `shares` are the shares of the total (0–1) per code with nothing left out.
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


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Arrays of rows × codes of the plan: `values` (NaN: no score), `effective` normalized weight in force among the
    siblings, `shares` of the total."""

    values: Floats
    effective: Floats
    shares: Floats


_plans: dict[tuple[int, str], tuple[Framework, Plan]] = {}
_KEPT = 24
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
    )


def aggregate(
    layout: Plan, scores: Floats, *, void: Booleans | None = None, weights: Floats | Sequence[float] | None = None
) -> Aggregated:
    """All nodes of all rows. `scores` rows × items (0–100, NaN left out); `void` marks items that leave every node
    above them without a score (D15); `weights` per code, or rows × codes, replace those of the plan.

    A weighted mean is Σ w·s ÷ Σ w over the children that are in. A geometric mean is exp(Σ w·ln max(s, floor) ÷ Σ w).
    A sum is Σ w·s ÷ (highest score of the child): points. A node whose children are all out is out (R2).
    """
    import numpy as np

    rows, items = scores.shape[0], len(layout.leaves)
    given = np.asarray(layout.weights if weights is None else weights, dtype=np.float64)
    if given.ndim == 1:
        given = np.broadcast_to(given, (rows, given.size))
    size = len(layout.codes)
    values = np.full((size, rows), np.nan)
    values[:items] = scores.T
    weight = np.ascontiguousarray(given.T)
    inside = np.where(np.isnan(values), 0.0, weight)
    parts = inside * np.where(inside > 0, values, 0.0)
    effective = np.zeros((size, rows))
    shares = np.zeros((size, rows))
    spoiled = None if void is None else np.vstack([void.T, np.zeros((size - items, rows), dtype=bool)])
    for place, group in enumerate(layout.children):
        node, kind, members = items + place, layout.kinds[place], list(group)
        if not members:
            continue
        top, base, known = np.zeros(rows), np.zeros(rows), np.zeros(rows)
        for child in members:
            known = known + inside[child]
            if kind == "weighted_mean":
                top = top + parts[child]
            elif kind == "sum":
                top = top + parts[child] / layout.maxima[child]
                base = base + weight[child]
            else:
                top = top + inside[child] * _logs(values[child], inside[child], layout.floors[place])
        if kind != "sum":
            base = known
        good = known > 0
        if spoiled is not None:
            spoiled[node] = spoiled[members].any(axis=0)
            good = good & ~spoiled[node]
        result = np.full(rows, np.nan)
        if kind == "sum":
            result[good] = top[good]
        else:
            np.divide(top, base, out=result, where=good)
            if kind == "geometric":
                result = np.exp(result)
        values[node] = result
        inside[node] = np.where(good, weight[node], 0.0)
        parts[node] = np.where(good, weight[node] * result, 0.0)
        effective[members] = np.divide(inside[members], base, out=np.zeros((len(members), rows)), where=base > 0)
    effective[-1] = 1.0
    shares[-1] = 1.0
    for place in reversed(range(len(layout.children))):
        members = list(layout.children[place])
        shares[members] = shares[items + place] * effective[members]
    return Aggregated(values.T, effective.T, shares.T)


def node_values(layout: Plan, scores: Floats, *, block: int = 20_000) -> Floats:
    """Rows × nodes of the plan alone, block by block, so that hundreds of thousands of rows need little memory."""
    import numpy as np

    first = len(layout.leaves)
    out = np.empty((scores.shape[0], len(layout.nodes)))
    for start in range(0, scores.shape[0], block):
        out[start : start + block] = aggregate(layout, scores[start : start + block]).values[:, first:]
    return out


def _logs(score: Floats, inside: Floats, floor: float) -> Floats:
    """ln max(s, floor) of one child, 0 where it is left out."""
    import numpy as np

    with np.errstate(divide="ignore"):
        logs: Floats = np.log(np.where(inside > 0, np.maximum(score, floor), 1.0))
    return logs


def geometric(scores: Sequence[float], weights: Sequence[float], floor: float) -> float:
    """Weighted geometric mean with a floor under each score: the alternative total shown beside (R4)."""
    import math

    whole = sum(weights)
    if floor <= 0 and any(score <= 0 and weight > 0 for score, weight in zip(scores, weights, strict=True)):
        return 0.0
    return math.exp(sum(w * math.log(max(s, floor)) for s, w in zip(scores, weights, strict=True) if w > 0) / whole)

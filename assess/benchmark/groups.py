"""Which units cannot be told apart: groups that hold under a change of the weights (practice notes, sensitivity).

The weights of the parts of the total are drawn 1,000 times from ±20 % around their values, with a fixed seed. Two
neighbors in the order of the totals share a group if their order turns round in more than 5 % of the draws, and groups
are chained along that order. What this says and does not: it speaks of weights only, not of errors in the answers; and
in a long chain the two ends may well differ. Inside a group the order means nothing and is that of the library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from assess.benchmark.peers import FEWEST, Peer
from assess.benchmark.position import competition_ranks
from assess.framework.model import ROOT, Framework
from assess.language import Message, Words, say
from assess.measure.kernel import Plan, aggregate, plan
from assess.measure.scales import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARKS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Tied:
    """Units that cannot be told apart, in the order of the library. `mark` 甲, 乙 … (A, B …), highest group first."""

    mark: Words
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups, and per unit the range its rank keeps in 90 % of the draws and the share of draws (0–1) in which it
    keeps the very rank it has. `text` says how it was done."""

    groups: tuple[Tied, ...]
    ranges: Mapping[str, tuple[int, int]]
    unchanged: Mapping[str, float]
    draws: int
    spread: float
    threshold: float
    seed: int
    text: Message

    def of(self, name: str) -> Tied | None:
        return next((group for group in self.groups if name in group.names), None)


def tell_apart(
    framework: Framework,
    units: Sequence[Peer],
    *,
    draws: int = 1000,
    spread: float = 0.2,
    threshold: float = 0.05,
    seed: int = 20240601,
) -> Grouping:
    """Group units (the unit itself and its peers, in the order of the library). Units without a total are left out;
    fewer than five give no groups (D20)."""
    import numpy as np

    text = say(
        "Weights varied by ±{spread} %, {draws} draws; neighbors whose order turns in more than {threshold} % of them "
        "share a group.",
        spread=f"{spread * 100:g}",
        draws=draws,
        threshold=f"{threshold * 100:g}",
    )
    known = [unit for unit in units if unit.total is not None]
    if len(known) < FEWEST:
        return Grouping((), {}, {}, draws, spread, threshold, seed, text)
    totals = np.array([unit.total for unit in known], dtype=np.float64)
    drawn = perturbed_totals(framework, known, draws=draws, spread=spread, seed=seed)
    order = sorted(range(len(known)), key=lambda index: -totals[index])
    runs: list[list[int]] = [[order[0]]]
    for above, below in pairwise(order):
        turned = float(np.mean(drawn[:, below] > drawn[:, above] + TOLERANCE))
        if totals[above] - totals[below] <= TOLERANCE or turned > threshold:
            runs[-1].append(below)
        else:
            runs.append([below])
    groups = tuple(
        Tied(mark(place), tuple(known[index].name for index in sorted(run))) for place, run in enumerate(runs)
    )
    higher = (drawn[:, None, :] > drawn[:, :, None] + TOLERANCE).sum(axis=2) + 1
    low, high = np.quantile(higher, (0.05, 0.95), axis=0, method="nearest").astype(int)
    ranges = {unit.name: (int(low[place]), int(high[place])) for place, unit in enumerate(known)}
    own = np.array(competition_ranks(totals.tolist()))
    kept = np.mean(higher == own, axis=0)
    unchanged = {unit.name: float(kept[place]) for place, unit in enumerate(known)}
    return Grouping(groups, ranges, unchanged, draws, spread, threshold, seed, text)


def perturbed_totals(
    framework: Framework, units: Sequence[Peer], *, draws: int, spread: float, seed: int
) -> NDArray[np.float64]:
    """Totals of every unit in every draw, draws × units: the kernel on the parts of the total, plus deductions."""
    import numpy as np

    top = _top(framework)
    parts = len(top.leaves)
    scores = np.array([[_or_nan(unit.scores.get(code)) for code in top.leaves] for unit in units], dtype=np.float64)
    weights = np.tile(np.asarray(top.weights, dtype=np.float64), (draws, 1))
    weights[:, :parts] *= np.random.default_rng(seed).uniform(1.0 - spread, 1.0 + spread, (draws, parts))
    rows = np.tile(scores, (draws, 1))
    values = aggregate(top, rows, weights=np.repeat(weights, len(units), axis=0)).values[:, -1]
    adjusted = values.reshape(draws, len(units)) + np.array([unit.adjustment for unit in units])
    clipped: NDArray[np.float64] = np.maximum(adjusted, 0.0)
    return clipped


def _top(framework: Framework) -> Plan:
    """The total and its own children alone, as a plan."""
    whole = plan(framework)
    place = len(whole.nodes) - 1
    members = whole.children[place]
    leaves = tuple(whole.codes[member] for member in members)
    codes = (*leaves, ROOT)
    return Plan(
        leaves=leaves,
        nodes=(ROOT,),
        codes=codes,
        index={code: position for position, code in enumerate(codes)},
        children=(tuple(range(len(leaves))),),
        kinds=(whole.kinds[place],),
        floors=(whole.floors[place],),
        passes=(whole.passes[place],),
        available=(whole.available[place],),
        weights=(*(whole.weights[member] for member in members), whole.weights[-1]),
        maxima=(*(whole.maxima[member] for member in members), whole.maxima[-1]),
        shares=(*(whole.shares[member] for member in members), 1.0),
        under=(*((position,) for position in range(len(leaves))), tuple(range(len(leaves)))),
    )


def mark(place: int) -> Words:
    """甲, 乙 … and A, B …; numbers after the tenth."""
    if place < len(MARKS):
        return Words(f"{MARKS[place]}组", f"Group {chr(ord('A') + place)}")
    return Words(f"第{place + 1}组", f"Group {place + 1}")


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value

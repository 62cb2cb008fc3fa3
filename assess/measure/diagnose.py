"""Why the total is not higher, and how evenly the dimensions stand: obstacle degrees (D10), coupling (D11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.measure.result import Scores
from assess.measure.scales import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One item's part of the distance to full marks: `share` 0–1 of all, `weight` its effective share of the total."""

    code: str
    share: float
    weight: float
    score: float


@dataclass(frozen=True, slots=True)
class Coupling:
    """Coupling degree `c`, comprehensive index `t`, coordination degree `d` = √(c·t), all 0–1, with band and formula.

    `dimensions` are the codes taken, `degrees` their scores ÷ 100 after the floor, `floored` those raised to it.
    """

    c: float
    t: float
    d: float
    band: Words
    formula: Message
    dimensions: tuple[str, ...]
    degrees: tuple[float, ...]
    floored: tuple[str, ...]


BANDS = (
    (0.0, Words("极度失调", "extreme discord")),
    (0.1, Words("严重失调", "severe discord")),
    (0.2, Words("中度失调", "moderate discord")),
    (0.3, Words("轻度失调", "slight discord")),
    (0.4, Words("濒临失调", "on the verge of discord")),
    (0.5, Words("勉强协调", "barely coordinated")),
    (0.6, Words("初级协调", "primary coordination")),
    (0.7, Words("中级协调", "intermediate coordination")),
    (0.8, Words("良好协调", "good coordination")),
    (0.9, Words("优质协调", "excellent coordination")),
)
FORMULA = say("C = [∏U ÷ (ΣU ÷ n)ⁿ]^(1/n), T = Σα·U, D = √(C·T); U = dimension score ÷ 100, α = dimension weights")


def obstacles(framework: Framework, scores: Scores) -> tuple[Obstacle, ...]:
    """Items by their share of the distance to full marks, largest first; empty where nothing is missing.

    w·(1 − s/100) ÷ Σ w·(1 − s/100) with effective weights, so that the shares explain exactly the distance. Items left
    out of the score take no part; no data follows the mode (0 points in formal mode, left out elsewhere).
    """
    counted = [item for item in scores.items.values() if item.score is not None and item.counting in ("value", "zero")]
    distances = [item.share * (1.0 - (item.score or 0.0) / 100.0) for item in counted]
    whole = sum(distances)
    if whole <= TOLERANCE:
        return ()
    found = [
        Obstacle(item.code, distance / whole, item.share, item.score or 0.0)
        for item, distance in zip(counted, distances, strict=True)
        if distance > TOLERANCE * TOLERANCE
    ]
    return tuple(sorted(found, key=lambda one: -round(one.share, 9)))


def obstacles_by_node(framework: Framework, found: Sequence[Obstacle], codes: Sequence[str]) -> dict[str, float]:
    """The shares of nodes (dimensions, subs): the sums of those of their items."""
    shares = {one.code: one.share for one in found}
    return {code: sum(shares.get(leaf, 0.0) for leaf in framework.leaves(code)) for code in codes}


def obstacle_degrees(values: ArrayLike, weights: ArrayLike) -> Floats:
    """The same on arrays: `values` rows × items in 0–1, `weights` per item → shares rows × items (0 in full rows)."""
    import numpy as np

    missing = (1.0 - np.atleast_2d(np.asarray(values, dtype=np.float64))) * np.asarray(weights, dtype=np.float64)
    whole = missing.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(missing, whole, out=np.zeros_like(missing), where=whole > 0)
    return shares


def coupling(framework: Framework, scores: Scores, floor: float = 0.001) -> Coupling | None:
    """Coupling coordination of the dimensions; None for fewer than two, or where one has no score.

    `floor` stands in for a score of 0 (0 reproduces the published examples).
    """
    nodes = [scores.nodes[node.code] for node in framework.dimensions if node.code in scores.nodes]
    known = [node.score for node in nodes if node.score is not None]
    weight = sum(node.weight for node in nodes)
    if len(nodes) < 2 or len(known) != len(nodes) or weight <= 0:
        return None
    degrees = [score / 100.0 for score in known]
    c, t, d = (
        float(array[0]) for array in coupling_degrees([degrees], [node.weight / weight for node in nodes], floor)
    )
    raised = tuple(node.code for node, degree in zip(nodes, degrees, strict=True) if degree <= 0 < floor)
    taken = tuple(floor if degree <= 0 else degree for degree in degrees)
    return Coupling(c, t, d, coordination_band(d), FORMULA, tuple(node.code for node in nodes), taken, raised)


def coupling_degrees(values: ArrayLike, weights: ArrayLike, floor: float) -> tuple[Floats, Floats, Floats]:
    """C, T and D per row of `values` (rows × n, in 0–1) with weights that sum to 1. Values of 0 become `floor`.

    A row of zeros has C = 0. Source: the formula for n subsystems, C = [∏U ÷ (ΣU ÷ n)ⁿ]^(1/n).
    """
    import numpy as np

    degrees = np.atleast_2d(np.asarray(values, dtype=np.float64))
    degrees = np.where(degrees <= 0.0, floor, degrees)
    size = degrees.shape[1]
    mean = degrees.sum(axis=1) / size
    product = np.prod(degrees, axis=1)
    ratio = np.divide(product, mean**size, out=np.zeros_like(mean), where=mean > 0)
    c = np.minimum(1.0, ratio ** (1.0 / size))
    t = (degrees * np.asarray(weights, dtype=np.float64)).sum(axis=1)
    return c, t, np.sqrt(c * t)


def coordination_band(d: float) -> Words:
    """The band of a coordination degree: lower bounds included, 1.0 in the last."""
    return next(words for least, words in reversed(BANDS) if d >= least - TOLERANCE)

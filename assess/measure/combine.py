"""How one node makes its score from those below it (R4), on columns of any number of rows.

Each part is one child: `value` (0–100; NaN where it is left out), `inside` its weight where it is in and 0 elsewhere,
`product` weight × value with 0 where it is left out. Steps are taken in the order of the children, so that a row gives
the same bits alone and among many (R10). With wᵢ the weights of the children that are in and sᵢ their scores:

weighted_mean Σwᵢsᵢ ÷ Σwᵢ · geometric exp(Σwᵢ·ln max(sᵢ, floor) ÷ Σwᵢ) · harmonic Σwᵢ ÷ Σ(wᵢ ÷ max(sᵢ, floor)) ·
weakest min sᵢ · sum Σwᵢ·(sᵢ ÷ highest sᵢ), in points · share_of_yes 100·Σ(wᵢ where sᵢ ≥ pass) ÷ Σwᵢ ·
staircase as share_of_yes, only up to the first child below the pass mark · hurdle the weighted mean in which children
after the first below the pass mark count 0 · cumulative as staircase, where a child passes when everything under it
does · discount s₁·(1 − s₂ ÷ 100) · deduct start − Σwᵢ·(1 − sᵢ ÷ 100), at least 0 · bonus s₁ + Σwᵢ·sᵢ ÷ 100 of the
others, at most `most` points and up to the ceiling, where s₁ reaches the gate; else s₁.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.framework.model import Aggregation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """One child of a node: see the module. `lowest` is the lowest score of the items under it, for cumulative."""

    value: Floats
    inside: Floats | float
    product: Floats
    maximum: float = 100.0
    lowest: Floats | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What deductions start from, and what bounds a bonus: gate, most points, ceiling."""

    start: float = 100.0
    gate: float = 0.0
    most: float | None = None
    ceiling: float = 100.0


NO_LIMITS = Limits()


def combine(
    kind: Aggregation,
    parts: Sequence[Part],
    known: Floats | float,
    floor: float,
    mark: float,
    limits: Limits = NO_LIMITS,
) -> Floats:
    """The score of the node; `known` is the sum of the weights that are in. Rows without any give an arbitrary
    number, which the caller leaves out."""
    import numpy as np

    base = np.where(known > 0, known, 1.0) if isinstance(known, np.ndarray) else (known or 1.0)
    match kind:
        case "weighted_mean":
            return _total(part.product for part in parts) / base
        case "sum":
            return _total(part.product / part.maximum for part in parts)
        case "geometric":
            mean: Floats = np.exp(_total(part.inside * _logs(part, floor) for part in parts) / base)
            return mean
        case "harmonic":
            with np.errstate(divide="ignore"):
                bottom = _total(part.inside / np.maximum(_filled(part), floor) for part in parts)
                return np.divide(known, bottom, out=np.zeros_like(bottom), where=bottom > 0)
        case "weakest":
            least = np.full(parts[0].value.shape, np.inf)
            for part in parts:
                least = np.minimum(least, np.where(part.inside > 0, part.value, np.inf))
            return least
        case "discount":
            first, second = parts
            lessened: Floats = first.value * (1.0 - second.value / 100.0)
            return lessened
        case "deduct":
            kept: Floats = limits.start - _total(part.inside - part.product / 100.0 for part in parts)
            return np.maximum(kept, 0.0)
        case "bonus":
            return _with_bonus(parts, limits)
        case "share_of_yes":
            return 100.0 * (_total(part.inside * _passes(part, mark) for part in parts) / base)
        case _:
            return _steps(kind, parts, mark) / base


def _with_bonus(parts: Sequence[Part], limits: Limits) -> Floats:
    """The first part and the points of the others, where the first reaches the gate; never less than the first."""
    import numpy as np

    first = parts[0].value
    if len(parts) == 1:
        return first
    points = _total(part.product / 100.0 for part in parts[1:])
    if limits.most is not None:
        points = np.minimum(points, limits.most)
    lifted = np.maximum(np.minimum(first + points, limits.ceiling), first)
    found: Floats = np.where(first >= limits.gate - TOLERANCE, lifted, first)
    return found


def _steps(kind: Aggregation, parts: Sequence[Part], mark: float) -> Floats:
    """What is earned on a path that ends at the first child below the pass mark."""
    import numpy as np

    going = np.ones(parts[0].value.shape, dtype=bool)
    earned = np.zeros(parts[0].value.shape)
    for part in parts:
        if kind == "hurdle":
            earned = earned + np.where(going, part.product, 0.0)
        passed = _passes(part, mark, lowest=kind == "cumulative")
        if kind != "hurdle":
            earned = earned + 100.0 * (part.inside * (going & passed))
        going = going & (passed | ~(part.inside > 0))
    return earned


def _passes(part: Part, mark: float, *, lowest: bool = False) -> Booleans:
    value = part.lowest if lowest and part.lowest is not None else part.value
    passed: Booleans = (value >= mark - TOLERANCE) & (part.inside > 0)
    return passed


def _total(terms: object) -> Floats:
    """The sum from left to right, beginning with 0."""
    total: Floats | float = 0.0
    for term in terms:  # type: ignore[attr-defined]
        total = total + term
    return total  # type: ignore[return-value]


def _filled(part: Part) -> Floats:
    """The value, 1 where the child is left out."""
    import numpy as np

    if isinstance(part.inside, float):
        return part.value
    return np.where(part.inside > 0, part.value, 1.0)


def _logs(part: Part, floor: float) -> Floats:
    """ln max(s, floor), 0 where the child is left out."""
    import numpy as np

    if not isinstance(part.inside, float):
        with np.errstate(divide="ignore", invalid="ignore"):
            logs: Floats = np.log(np.where(part.inside > 0, np.maximum(part.value, floor), 1.0))
        return logs
    with np.errstate(divide="ignore", invalid="ignore"):
        whole: Floats = np.log(np.maximum(part.value, floor))
    return whole

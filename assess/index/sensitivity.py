"""Which assumption moves the places most: Sobol indices of the mean absolute shift of places.

First order: the part of the variance that one assumption explains alone, Σ f(B)·(f(ABᵢ) − f(A)) ÷ (N·V) (Saltelli et
al. 2010). Total: the part that would go if all others were known, Σ (f(A) − f(ABᵢ))² ÷ (2·N·V) (Jansen 1999). First
orders need about 10,000 samples, totals about 1,000. All weights together are one assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.framework.model import Framework
from assess.index.chain import index
from assess.index.data import Data
from assess.index.robust import BATCH, FACTORS, Draws, descending, drawn_weights, something_varied
from assess.index.steps import mode_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]

ENOUGH_FIRST, ENOUGH_TOTAL = 10_000, 1_000


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """First and total indices by assumption, in the order of `FACTORS`, then weights; only
    those that were varied. `variance` of the mean shift; 0 leaves the indices empty."""

    samples: int
    seed: int
    variance: float
    mean_shift: float
    first: Mapping[str, float]
    total: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """Everything as data, and whether there were enough samples."""
        return {
            "samples": self.samples,
            "seed": self.seed,
            "mean_shift": self.mean_shift,
            "variance": self.variance,
            "first": dict(self.first),
            "total": dict(self.total),
            "enough": {"first": self.samples >= ENOUGH_FIRST, "total": self.samples >= ENOUGH_TOTAL},
        }


def sensitivity(
    framework: Framework,
    data: Data,
    samples: int,
    seed: int,
    *,
    mode: str = "",
    weight_sets: Floats | None = None,
    share: float | None = None,
) -> Sensitivity:
    """Sobol indices from samples × (assumptions + 2) draws. Problems as `robust`."""
    import numpy as np

    moved = something_varied(framework, share, weight_sets)
    mode = mode_of(framework, mode)
    engine = Draws(framework, data, mode)
    random = np.random.default_rng(seed)
    sizes = tuple(len(part) for part in engine.given.parts)
    varied = [name for name, size in zip(FACTORS, sizes, strict=True) if size > 1]
    if moved > 0 or weight_sets is not None:
        varied.append("weights")
    nominal = index(framework, data, mode=mode).ranks().astype(np.float64)
    known = nominal > 0

    def sample() -> tuple[Wholes, Floats]:
        picks = np.stack([random.integers(size, size=samples) for size in sizes])
        return picks, drawn_weights(framework, engine.layout, random, samples, moved, weight_sets)

    def shift(picks: Wholes, weights: Floats) -> Floats:
        """Mean absolute shift of places of every draw."""
        chosen = np.ravel_multi_index(tuple(picks), sizes)
        out = np.empty(samples)
        step = max(1, BATCH // max(1, data.rows))
        for start in range(0, samples, step):
            part = slice(start, start + step)
            ranks = descending(engine.shown(engine.totals(chosen[part], weights[part])))[:, known]
            out[part] = np.nanmean(np.abs(ranks - nominal[known]), axis=1)
        return out

    (picks_a, weights_a), (picks_b, weights_b) = sample(), sample()
    at_a, at_b = shift(picks_a, weights_a), shift(picks_b, weights_b)
    mixed: dict[str, Floats] = {}
    for name in varied:
        picks, weights = picks_a.copy(), weights_a
        if name == "weights":
            weights = weights_b
        else:
            picks[FACTORS.index(name)] = picks_b[FACTORS.index(name)]
        mixed[name] = shift(picks, weights)
    return estimated(at_a, at_b, mixed, seed)


def estimated(at_a: Floats, at_b: Floats, mixed: Mapping[str, Floats], seed: int) -> Sensitivity:
    """The indices from f(A), f(B) and, per assumption, f(A with that assumption taken from B): N values each."""
    import numpy as np

    both = np.concatenate((at_a, at_b))
    variance, middle = float(both.var()), float(both.mean())
    first: dict[str, float] = {}
    total: dict[str, float] = {}
    if variance > 0:
        for name, at_mixed in mixed.items():
            first[name] = float(np.mean((at_b - middle) * (at_mixed - at_a))) / variance
            total[name] = float(np.mean((at_a - at_mixed) ** 2)) / (2 * variance)
    return Sensitivity(len(at_a), seed, variance, middle, first, total)

"""How a table of units × items becomes an index: scales of numbers, outliers, gaps, and what robustness varies.

Frozen values like the rest of the model. Scales that look at the sample (min–max, z-score, ranks) give a unit a score
only beside others; goalposts and curves give it alone too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ScaleKind = Literal[
    "goalposts",
    "curve",
    "minmax",
    "zscore",
    "rank",
    "borda",
    "percent_rank",
    "to_best",
    "share_of_best",
    "to_target",
    "given",
]
Imputation = Literal["none", "mean", "median", "group_mean", "group_median", "nearest"]
SCALES: tuple[ScaleKind, ...] = (
    "goalposts",
    "curve",
    "minmax",
    "zscore",
    "rank",
    "borda",
    "percent_rank",
    "to_best",
    "share_of_best",
    "to_target",
    "given",
)
ALONE: frozenset[ScaleKind] = frozenset({"goalposts", "curve", "to_target", "given"})
IMPUTATIONS: tuple[Imputation, ...] = ("none", "mean", "median", "group_mean", "group_median", "nearest")


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a measured value becomes a score (R1).

    `low` and `high` are the score of the worst and the best (`range` in the file). `log` takes logarithms of value and
    goalposts first; `cap` holds the score within the range. `points` are (value, score) of a curve, linear between;
    `center` and `spread` place z-scores; `target` is what scores full marks on the scale of targets.
    """

    kind: ScaleKind = "goalposts"
    low: float = 0.0
    high: float = 100.0
    log: bool = False
    cap: bool = True
    points: tuple[tuple[float, float], ...] = ()
    center: float = 0.0
    spread: float = 1.0
    target: float | None = None

    @property
    def alone(self) -> bool:
        """Whether one unit can be scored without others beside it."""
        return self.kind in ALONE


@dataclass(frozen=True, slots=True)
class Outliers:
    """Winsorise one step at a time, at most `most` steps, until |skew| < `skew` or kurtosis < `kurtosis`; where that
    is not enough, take logarithms of the untreated values (`otherwise`)."""

    most: int = 5
    skew: float = 2.0
    kurtosis: float = 3.5
    otherwise: Literal["none", "log"] = "log"


@dataclass(frozen=True, slots=True)
class Robustness:
    """What a robustness run varies; empty parts are not varied.

    `weights` is the share by which each weight moves up or down, at the nodes only or everywhere; `goalposts` are
    factors by which the distance from zero to full is stretched.
    """

    weights: float = 0.0
    weights_at: Literal["all", "nodes"] = "all"
    winsorise: tuple[int, ...] = ()
    scales: tuple[Scaling, ...] = ()
    aggregations: tuple[str, ...] = ()
    imputations: tuple[Imputation, ...] = ()
    goalposts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRules:
    """The rules of an index. `group` is the column of the table whose values group the units for imputation;
    `neighbors` how many of the nearest units fill a gap."""

    impute: Imputation = "none"
    group: str = ""
    neighbors: int = 5
    outliers: Outliers | None = None
    robustness: Robustness = Robustness()

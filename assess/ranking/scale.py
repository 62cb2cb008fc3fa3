"""Do the items of a dimension belong together? Cronbach's alpha, correlations, items that pull apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.sample import Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Kind = Literal["pearson", "spearman"]
FEWEST = 10
AGAINST = -0.3
TWICE = 0.95


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha, what it becomes without each item, and each item's correlation with the sum of the others."""

    alpha: float
    without: Mapping[str, float | None]
    with_rest: Mapping[str, float | None]
    meaning: Message
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Pull:
    """Two items of one dimension and their correlation: `against` each other, or so alike that one counts `twice`."""

    dimension: str
    one: str
    other: str
    r: float
    kind: Literal["against", "twice"]

    @property
    def words(self) -> Message:
        """One sentence for the reader."""
        if self.kind == "against":
            return say(
                "{one} and {other} of {dimension} pull against each other (r = {r}): where one is good, the other "
                "tends to be poor. Check directions and definitions before adding them up.",
                one=self.one, other=self.other, dimension=self.dimension, r=f"{self.r:.2f}",
            )  # fmt: skip
        return say(
            "{one} and {other} of {dimension} say nearly the same (r = {r}): the same thing counts twice.",
            one=self.one, other=self.other, dimension=self.dimension, r=f"{self.r:.2f}",
        )  # fmt: skip


def cronbach(data: Sample) -> Reliability:
    """α = k ÷ (k − 1) · (1 − Σ s²ⱼ ÷ s²(sum)) on values turned so that more is better (Cronbach 1951).

    Raises Problem alpha.items for fewer than two items, sample.few for fewer than three units, alpha.flat where sums do
    not vary.
    """
    values = np.where(data.down, -data.values, data.values)
    if len(data.items) < 2:
        raise Problem(
            "alpha.items",
            say("Cronbach's alpha needs at least two items."),
            say("Choose a dimension with two or more items."),
        )
    if len(data.units) < 3:
        raise Problem(
            "sample.few",
            say("The table holds {count} units; this method compares units and needs at least {least}.",
                count=len(data.units), least=3),
            say("Add units of the same kind, or use weights given by experts."),
        )  # fmt: skip
    found = _alpha(values)
    if found is None:
        raise Problem(
            "alpha.flat",
            say("The sums of the items do not vary between units, so that alpha has no meaning."),
            say("Check directions: items that cancel each other out belong in different dimensions."),
        )
    without: dict[str, float | None] = {}
    with_rest: dict[str, float | None] = {}
    for j, item in enumerate(data.items):
        rest = np.delete(values, j, axis=1)
        without[item] = _alpha(rest) if rest.shape[1] > 1 else None
        with_rest[item] = _r(values[:, j], rest.sum(axis=1))
    warnings: list[Message] = []
    if len(data.units) < FEWEST:
        warnings.append(say("Only {count} units: alpha of so few is chance.", count=len(data.units)))
    warnings += [
        say("Without {item} alpha would rise to {alpha}.", item=item, alpha=f"{value:.2f}")
        for item, value in without.items()
        if value is not None and value > found + 0.01
    ]
    return Reliability(found, without, with_rest, _meaning(found), tuple(warnings))


def correlations(data: Sample, kind: Kind = "pearson") -> Floats:
    """Items × items, on values turned so that more is better; NaN where an item does not vary."""
    values = np.where(data.down, -data.values, data.values)
    if kind == "spearman":
        from scipy.stats import rankdata

        values = np.asarray(rankdata(values, method="average", axis=0), dtype=np.float64)
    out = np.full((len(data.items), len(data.items)), np.nan)
    alive = np.flatnonzero(~data.flat)
    if len(alive):
        out[np.ix_(alive, alive)] = np.atleast_2d(np.corrcoef(values[:, alive], rowvar=False))
    clipped: Floats = np.clip(out, -1.0, 1.0)
    return clipped


def pulls(
    data: Sample,
    dimensions: Mapping[str, Sequence[str]],
    *,
    against: float = AGAINST,
    twice: float = TWICE,
    kind: Kind = "pearson",
) -> tuple[Pull, ...]:
    """Pairs of items of one dimension with r ≤ `against` or r ≥ `twice`, the strongest first. Needs three units."""
    if len(data.units) < 3:
        return ()
    found = correlations(data, kind)
    out: list[Pull] = []
    for dimension, items in dimensions.items():
        known = [data.items.index(item) for item in items if item in data.items]
        for position, i in enumerate(known):
            for j in known[position + 1 :]:
                r = float(found[i, j])
                if r <= against:
                    out.append(Pull(dimension, data.items[i], data.items[j], r, "against"))
                elif r >= twice:
                    out.append(Pull(dimension, data.items[i], data.items[j], r, "twice"))
    return tuple(sorted(out, key=lambda pull: (pull.kind, -abs(pull.r))))


def _alpha(values: Floats) -> float | None:
    count = values.shape[1]
    whole = float(values.sum(axis=1).var(ddof=1))
    if whole <= 1e-12:
        return None
    return float(count / (count - 1)) * (1.0 - float(values.var(axis=0, ddof=1).sum()) / whole)


def _r(one: Floats, other: Floats) -> float | None:
    if np.ptp(one) <= 1e-12 or np.ptp(other) <= 1e-12:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _meaning(alpha: float) -> Message:
    value = f"{alpha:.2f}"
    if alpha >= 0.9:
        return say("Alpha {value}: the items go together very closely; some may repeat each other.", value=value)
    if alpha >= 0.7:
        return say("Alpha {value}: the items go together well enough to be added up.", value=value)
    if alpha >= 0.5:
        return say("Alpha {value}: the items go together only loosely; read the sum with care.", value=value)
    return say("Alpha {value}: the items do not measure one thing; do not read their sum as one quality.", value=value)

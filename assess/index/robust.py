"""How firm places are: the index computed again and again with other assumptions, seeded (R10).

One draw picks a winsorising limit, a scale, a way to fill gaps, an aggregation, and moves every weight by a uniform
factor from 1 − share to 1 + share. Draws that share everything but the weights go through together, so that a thousand
draws cost little more than a few matrix products.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from assess.framework.model import Aggregation, Framework
from assess.index.chain import banded, index, layout_of
from assess.index.data import Data
from assess.index.holding import held
from assess.index.matters import adjustments
from assess.index.result import Variant, scale_json
from assess.index.steps import PLAIN, Stages, mode_of, scored, stages
from assess.index.trees import totals
from assess.language import say
from assess.measure.kernel import Plan
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]

TOLERANCE = 1e-9
MOST = 200_000_000
BATCH = 4_000_000
LOW, HIGH = 0.05, 0.95
FACTORS = ("winsorise", "scales", "imputations", "aggregations", "goalposts")


@dataclass(frozen=True, slots=True)
class Robust:
    """Places over all draws, one entry per unit (NaN: never placed), and shares of draws in which one beats another.

    `ranks` is draws × units, `stages` the levels of the bands (None where the framework has no stages); `varied` says
    what was varied and how.
    """

    draws: int
    seed: int
    varied: Mapping[str, Any]
    ranks: NDArray[np.float32]
    stages: NDArray[np.int8] | None
    mean: Floats
    median: Floats
    low: Floats
    high: Floats

    def beats(self, one: int, other: int) -> float:
        """The share of draws in which a unit stands before another; a tie counts half."""
        first, second = self.ranks[:, one], self.ranks[:, other]
        return float(((first < second) + 0.5 * (first == second)).mean())

    def stage_range(self) -> tuple[NDArray[np.int8], NDArray[np.int8]] | None:
        """The lowest and highest stage of each unit after leaving out 5 % of the draws at either end."""
        import numpy as np

        if self.stages is None:
            return None
        ordered = np.sort(self.stages, axis=0)
        return ordered[int(LOW * (self.draws - 1))], ordered[math.ceil(HIGH * (self.draws - 1))]

    def to_json(self) -> dict[str, Any]:
        """What was drawn and varied."""
        return {"draws": self.draws, "seed": self.seed, "varied": dict(self.varied)}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What may be chosen, one list per part; a part with one entry is not varied."""

    most: tuple[int | None, ...]
    scales: tuple[Any, ...]
    imputations: tuple[Any, ...]
    aggregations: tuple[Aggregation | None, ...]
    goalposts: tuple[float | None, ...] = (None,)

    @property
    def parts(self) -> tuple[tuple[Any, ...], ...]:
        """The lists in the order of `FACTORS`."""
        return self.most, self.scales, self.imputations, self.aggregations, self.goalposts

    @property
    def scenarios(self) -> tuple[Variant, ...]:
        """Every combination."""
        return tuple(
            Variant(scale=scale, most=most, impute=impute, aggregation=aggregation, goalposts=goalposts)
            for most, scale, impute, aggregation, goalposts in product(*self.parts)
        )


def assumptions(framework: Framework) -> Assumptions:
    """What the framework's `[index.robustness]` varies."""
    rule = framework.index.robustness
    return Assumptions(
        most=rule.winsorise or (None,),
        scales=rule.scales or (None,),
        imputations=rule.imputations or (None,),
        aggregations=rule.aggregations or (None,),  # type: ignore[arg-type]
        goalposts=rule.goalposts or (None,),
    )


class Draws:
    """The index under any choice of assumptions and weights. Every scenario's columns are reckoned once."""

    def __init__(self, framework: Framework, data: Data, mode: str) -> None:
        self.framework = framework
        self.holding = held(framework, data)
        self.layout = layout_of(self.holding.frameworks[0])
        self.points = adjustments(framework, data)
        self.given = assumptions(framework)
        self.scenarios = self.given.scenarios
        self.columns = columns_of(framework, data, mode, self.scenarios)
        self.data, self.mode = data, mode
        gone = index(framework, data, mode=mode).lines.of(framework, "suspend") if framework.red_lines else None
        self.gone = gone
        self.units = data.rows

    def totals(self, chosen: Wholes, weights: Floats) -> Floats:
        """Totals of draws × units: one scenario and one set of weights per draw."""
        import numpy as np

        out = np.empty((len(chosen), self.units))
        for place, scenario in enumerate(self.scenarios):
            own = np.flatnonzero(chosen == place)
            if own.size:
                out[own] = self._under(scenario, weights[own])
        if self.gone is not None:
            out[:, self.gone] = np.nan
        return out

    def _under(self, scenario: Variant, weights: Floats) -> Floats:
        """Totals under one scenario. The weights are drawn around those of the first weight set; the others' lie as far
        from their own."""
        import numpy as np

        changed = PLAIN if scenario.aggregation is None else Variant(aggregation=scenario.aggregation)
        columns, holding = self.columns[_key(scenario)], self.holding
        trees = [layout_of(framework, changed) for framework in holding.frameworks]
        if holding.which is None:
            return totals(trees[0], columns, weights)
        out = np.empty((len(weights), self.units))
        first = np.asarray(trees[0].weights)
        for place, tree in enumerate(trees):
            rows = np.asarray(holding.rows(place))
            out[:, rows] = totals(tree, columns[:, rows], weights * (np.asarray(tree.weights) / first))
        return out

    def shown(self, scores: Floats) -> Floats:
        """Totals as they are ranked: less deductions, with the bonus."""
        return self.points.shown(self.points.graded(scores))


def robust(
    framework: Framework,
    data: Data,
    draws: int,
    seed: int,
    *,
    mode: str = "",
    weight_sets: Floats | None = None,
    share: float | None = None,
) -> Robust:
    """Places of all units over many draws.

    `weight_sets` (sets × codes of the plan) are drawn from instead of moving the weights; `share` replaces that of the
    framework. Raises Problem `index.nothing-varied` where no part is varied, `index.too-many-draws` where the places
    would not fit.
    """
    import numpy as np

    moved = something_varied(framework, share, weight_sets)
    fits(draws, data.rows)
    engine = Draws(framework, data, mode_of(framework, mode))
    random = np.random.default_rng(seed)
    chosen = random.integers(len(engine.scenarios), size=draws)
    weights = drawn_weights(framework, engine.layout, random, draws, moved, weight_sets)
    ranks = np.empty((draws, data.rows), dtype=np.float32)
    levels = np.zeros((draws, data.rows), dtype=np.int8) if framework.stages else None
    step = max(1, BATCH // max(1, data.rows))
    for start in range(0, draws, step):
        part = slice(start, start + step)
        scores = engine.totals(chosen[part], weights[part])
        ranks[part] = descending(engine.shown(scores))
        if levels is not None:
            levels[part] = banded(framework, engine.points.graded(scores).ravel()).reshape(scores.shape)
    return summed_up(draws, seed, told(framework, engine.given, moved, weight_sets), ranks, levels)


def something_varied(framework: Framework, share: float | None, weight_sets: Floats | None) -> float:
    """The share by which weights move. Problem `index.nothing-varied` where nothing at all is varied."""
    moved = framework.index.robustness.weights if share is None else share
    if weight_sets is None and moved <= 0 and len(assumptions(framework).scenarios) == 1:
        raise Problem(
            "index.nothing-varied",
            say("The framework does not say what a robustness run varies."),
            say("Write [index.robustness] with weights = 0.25, or name scales, aggregations or gaps to vary."),
        )
    return moved


def fits(draws: int, units: int) -> None:
    """Problem `index.too-many-draws` where the places of all draws are too many."""
    if draws * units > MOST:
        raise Problem(
            "index.too-many-draws",
            say("{draws} draws of {units} units are more than can be held at once.", draws=draws, units=units),
            say("Take at most {most} draws.", most=max(2, MOST // units)),
        )


def columns_of(
    framework: Framework, data: Data, mode: str, scenarios: Sequence[Variant]
) -> dict[tuple[object, ...], Floats]:
    """The item scores of every scenario, items × units, NaN in every item of a unit that must have no score; those
    that differ in the aggregation alone are shared."""
    import numpy as np

    layout = layout_of(framework)
    wholes = [list(layout.under[layout.index[node.code]]) for node in framework.dimensions if node.code in layout.index]
    found: dict[tuple[object, ...], Floats] = {}
    treated: dict[tuple[object, ...], Stages] = {}
    for scenario in scenarios:
        if _key(scenario) not in found:
            own = (scenario.most, scenario.impute)
            if own not in treated:
                treated[own] = stages(framework, data, mode=mode, variant=replace(scenario, aggregation=None))
            steps = scored(framework, data, treated[own], mode=mode, variant=scenario)
            columns = np.array(steps.scores)
            if steps.void is not None:
                columns[:, np.any(steps.void, axis=0)] = np.nan
            for group in wholes:
                columns[:, np.isnan(columns[group]).all(axis=0)] = np.nan
            found[_key(scenario)] = columns
    return found


def _key(scenario: Variant) -> tuple[object, ...]:
    return scenario.most, scenario.scale, scenario.impute, scenario.goalposts


def drawn_weights(
    framework: Framework,
    layout: Plan,
    random: np.random.Generator,
    draws: int,
    share: float,
    weight_sets: Floats | None = None,
) -> Floats:
    """draws × codes: one of the sets, or the weights of the plan times uniform factors from 1 − share to 1 + share."""
    import numpy as np

    if weight_sets is not None:
        picked: Floats = np.asarray(weight_sets, dtype=np.float64)[random.integers(len(weight_sets), size=draws)]
        return picked
    weights = np.asarray(layout.weights)
    if share <= 0:
        return np.broadcast_to(weights, (draws, weights.size))
    factors = random.uniform(1 - share, 1 + share, (draws, weights.size))
    if framework.index.robustness.weights_at == "nodes":
        factors[:, : len(layout.leaves)] = 1.0
    moved: Floats = weights * factors
    return moved


def descending(scores: Floats) -> NDArray[np.float32]:
    """Competition ranks of each row from the highest, ties within 1e-9 on one place; NaN stays NaN."""
    import numpy as np

    known = ~np.isnan(scores)
    whole = bool(known.all())
    values = scores if whole else np.where(known, scores, -np.inf)
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    size = scores.shape[1]
    with np.errstate(invalid="ignore"):
        tied = ordered[:, :-1] - ordered[:, 1:] <= TOLERANCE
    places = np.broadcast_to(np.arange(1, size + 1, dtype=np.float32), scores.shape)
    if tied.any():
        fresh = np.concatenate((np.ones((len(scores), 1), dtype=bool), ~tied), axis=1)
        places = np.maximum.accumulate(np.where(fresh, places, np.float32(0)), axis=1)
    ranks = np.empty(scores.shape, dtype=np.float32)
    np.put_along_axis(ranks, order, places, axis=1)
    if not whole:
        ranks[~known] = np.nan
    return ranks


def summed_up(
    draws: int,
    seed: int,
    varied: Mapping[str, Any],
    ranks: NDArray[np.float32],
    levels: NDArray[np.int8] | None = None,
) -> Robust:
    """Mean, median and the range from 5 to 95 % of the places of each unit (quantiles linear between order values)."""
    import numpy as np

    mean, median, low, high = (np.full(ranks.shape[1], np.nan) for _ in range(4))
    some = ~np.isnan(ranks).all(axis=0)
    kept = ranks[:, some]
    if np.isnan(kept).any():
        mean[some] = np.nanmean(kept, axis=0, dtype=np.float64)
        low[some], median[some], high[some] = np.nanquantile(kept, (LOW, 0.5, HIGH), axis=0)
    elif kept.size:
        mean[some] = kept.mean(axis=0, dtype=np.float64)
        ordered = np.sort(np.ascontiguousarray(kept.T), axis=1).astype(np.float64)
        low[some], median[some], high[some] = (quantile(ordered, part) for part in (LOW, 0.5, HIGH))
    return Robust(draws, seed, varied, ranks, levels, mean, median, low, high)


def quantile(ordered: Floats, part: float) -> Floats:
    """A quantile of each sorted row, linear between order values."""
    at = part * (ordered.shape[1] - 1)
    below = int(at)
    above = min(below + 1, ordered.shape[1] - 1)
    found: Floats = ordered[:, below] + (at - below) * (ordered[:, above] - ordered[:, below])
    return found


def told(framework: Framework, given: Assumptions, share: float, weight_sets: Floats | None) -> dict[str, Any]:
    """What was varied, as data; parts that were not are absent."""
    out: dict[str, Any] = {}
    if weight_sets is not None:
        out["weights"] = {"sets": len(weight_sets)}
    elif share > 0:
        out["weights"] = {"share": share, "at": framework.index.robustness.weights_at}
    if len(given.most) > 1:
        out["winsorise"] = list(given.most)
    if len(given.scales) > 1:
        out["scales"] = [scale_json(scale) for scale in given.scales]
    if len(given.imputations) > 1:
        out["imputations"] = list(given.imputations)
    if len(given.aggregations) > 1:
        out["aggregations"] = list(given.aggregations)
    if len(given.goalposts) > 1:
        out["goalposts"] = list(given.goalposts)
    return out

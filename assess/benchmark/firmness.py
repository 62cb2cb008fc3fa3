"""How firm one result is: the total, the stages and the rank under other weights (practice notes, sensitivity).

The weight of every dimension, and of every part and item below it, is drawn 1,000 times from ±20 % around its value and
brought back to the sum of its siblings; the seed is fixed. Nothing else moves: answers, evidence, deductions and red
lines stay as they are. Gates that look at single items, evidence or review do not see weights at all. A second
assumption is reckoned apart with the same weights: the dimensions as geometric means of their parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assess.benchmark.peers import FEWEST, Peer
from assess.benchmark.position import competition_ranks
from assess.benchmark.stage_draws import Decider, Shares, decider, failing, levels_held, levels_of, shares_of
from assess.framework.model import Framework
from assess.framework.stage_rules import Stage
from assess.language import Message, say
from assess.measure import stages
from assess.measure.kernel import Plan, climb, plan
from assess.measure.result import GateResult, Scores
from assess.measure.scales import TOLERANCE
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95
UNSURE = 0.05
BLIND = ("key_floor", "indicator_floor", "evidence_rate", "reviewed")


@dataclass(frozen=True, slots=True)
class Moved:
    """A total in all draws: from 5 to 95 % of them (the figure itself always inside), the stages of the score with the
    share of draws (0–1) of each from low to high, and the share in which the stage is that of the score now."""

    low: float
    high: float
    stages: Shares
    unchanged: float | None


@dataclass(frozen=True, slots=True)
class Against:
    """One peer: the share of draws (0–1) in which the unit stands higher, a tie counting half. `apart`: in more than
    95 % of the draws the same of the two stands higher, and the totals are not tied now."""

    name: str
    beats: float
    apart: bool


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm a result is. Points are those of the framework, shares 0–1, None where the mode gives no stage.

    `to_next` points are missing to the next stage of the score, `to_previous` points are above the bound of its own.
    `decided_by`: "score" where the stage held is that of the score, "gates", or "limits" (a red line, the mode).
    `deciding` are failed gates that do not see weights, of the stages from the one held up to the highest reached in
    any draw; `wavering` are gates that hold in some draws and fail in others. `rank`, `ranks` and `against` only for
    five and more units with a total (D20).
    """

    total: float
    weights: Moved
    geometric: Moved | None
    stage: Stage | None
    to_next: float | None
    to_previous: float | None
    held: Stage | None
    held_stages: Shares
    held_unchanged: float | None
    decided_by: Decider | None
    deciding: tuple[GateResult, ...]
    wavering: tuple[GateResult, ...]
    rank: int | None
    ranks: tuple[int, int] | None
    rank_unchanged: float | None
    against: tuple[Against, ...]
    draws: int
    spread: float
    parts_spread: float
    seed: int
    varied: tuple[Message, ...]

    @property
    def inseparable(self) -> tuple[str, ...]:
        """The peers the unit cannot be told apart from, in the order of the library."""
        return tuple(one.name for one in self.against if not one.apart)


def firmness(
    framework: Framework,
    me: Peer,
    scores: Scores,
    others: Sequence[Peer] = (),
    *,
    draws: int = 1000,
    spread: float = 0.2,
    parts_spread: float = 0.2,
    seed: int = 20240601,
) -> Firmness:
    """Draw weights and score again. `me` and `scores` are the same sheet; `others` its peers, those without a total
    are left out. Raises Problem benchmark.no-total; ValueError for no draws or a spread outside 0 to 1."""
    import numpy as np

    if draws < 1 or not (0 <= spread < 1 and 0 <= parts_spread < 1):
        raise ValueError("draws must be positive, spreads from 0 to below 1")
    total = scores.graded
    if total is None:
        raise Problem(
            "benchmark.no-total",
            say("“{name}” has no total, so there is nothing to test.", name=me.name),
            say("Answer at least one question of every dimension; the results page says what is missing."),
        )
    layout = plan(framework, me.tier)
    weights = drawn(framework, layout, draws=draws, spread=spread, parts_spread=parts_spread, seed=seed)
    values = _climbed(layout, me, weights)
    totals = _graded(framework, me, values[-1])
    judged = scores.score_stage is not None
    moved = _moved(framework, total, totals, judged=judged)
    levels = levels_of(framework, totals) if judged else None
    fails = failing(framework, scores, layout, values, weights, totals)
    held = levels_held(framework, scores, fails, levels) if levels is not None else None
    level = scores.score_stage.level if scores.score_stage else 0
    own = scores.gated_stage.level if scores.gated_stage else 0
    top = max(level, int(levels.max())) if levels is not None else 0
    rank = _ranked(framework, layout, me, total, totals, others, weights)
    return Firmness(
        total=total,
        weights=moved,
        geometric=_geometric(framework, layout, me, total, weights, judged=judged),
        stage=scores.score_stage,
        to_next=_to_next(framework, total) if judged else None,
        to_previous=_to_previous(framework, total) if judged else None,
        held=scores.gated_stage,
        held_stages=shares_of(framework, held) if held is not None else (),
        held_unchanged=float(np.mean(held == own)) if held is not None else None,
        decided_by=decider(framework, scores) if judged else None,
        deciding=tuple(
            result
            for result in scores.gates
            if result.outcome == "failed" and result.gate.type in BLIND and own < result.stage <= top
        ),
        wavering=tuple(
            result
            for result, failed in zip(scores.gates, fails, strict=True)
            if result.gate.type != "total_floor" and result.stage <= top and 0 < int(failed.sum()) < draws
        ),
        rank=rank[0],
        ranks=rank[1],
        rank_unchanged=rank[2],
        against=rank[3],
        draws=draws,
        spread=spread,
        parts_spread=parts_spread,
        seed=seed,
        varied=_varied(framework, spread, parts_spread),
    )


def drawn(
    framework: Framework, layout: Plan, *, draws: int, spread: float, parts_spread: float, seed: int
) -> list[Floats]:
    """One column of draws per code of the plan: the weights times uniform factors, the sum of siblings kept."""
    import numpy as np

    size = len(layout.codes)
    given = np.asarray(layout.weights, dtype=np.float64)
    wide = np.full(size, parts_spread)
    wide[list(layout.children[-1])] = spread
    wide[-1] = 0.0
    moves = np.random.default_rng(seed).uniform(-1.0, 1.0, (draws, size)).T
    columns: Floats = given[:, None] * (1.0 + wide[:, None] * moves)
    for children in layout.children:
        group = list(children)
        after = columns[group].sum(axis=0)
        before = np.broadcast_to(given[group][:, None], (len(group), draws)).sum(axis=0)
        columns[group] *= np.divide(before, after, out=np.ones(draws), where=after > 0)
    return list(columns)


def _climbed(layout: Plan, unit: Peer, weights: Sequence[Floats]) -> list[Floats]:
    """Every code of the plan in every draw for one unit: the kernel on its item scores."""
    import numpy as np

    draws = len(weights[0])
    found = (unit.scores.get(code) for code in layout.leaves)
    columns = [np.full(draws, np.nan if score is None else score) for score in found]
    return climb(layout, draws, columns, weights)[0]


def _graded(framework: Framework, unit: Peer, base: Floats) -> Floats:
    import numpy as np

    graded: Floats = np.clip(base + unit.adjustment, 0.0, framework.maximum)
    return graded


def _geometric(
    framework: Framework, layout: Plan, me: Peer, total: float, weights: Sequence[Floats], *, judged: bool
) -> Moved | None:
    """The dimensions as geometric means of their parts; None where none is a weighted mean or no floor is given."""
    floor = framework.alternative_floor
    first, top = len(layout.leaves), set(layout.children[-1])
    changed = [first + place in top and kind == "weighted_mean" for place, kind in enumerate(layout.kinds)]
    if floor is None or not any(changed):
        return None
    other = replace(
        layout,
        kinds=tuple("geometric" if new else kind for kind, new in zip(layout.kinds, changed, strict=True)),
        floors=tuple(floor if new else old for old, new in zip(layout.floors, changed, strict=True)),
    )
    totals = _graded(framework, me, _climbed(other, me, weights)[-1])
    return _moved(framework, total, totals, judged=judged, holds=False)


def _moved(framework: Framework, total: float, totals: Floats, *, judged: bool, holds: bool = True) -> Moved:
    """`holds`: the total itself is one of the assumptions, so the range contains it."""
    import numpy as np

    low, high = (float(one) for one in np.quantile(totals, (LOW, HIGH)))
    if holds:
        low, high = min(low, total), max(high, total)
    if not judged:
        return Moved(low, high, (), None)
    levels = levels_of(framework, totals)
    now = stages.band(framework, total)
    return Moved(low, high, shares_of(framework, levels), float(np.mean(levels == (now.level if now else 0))))


def _to_next(framework: Framework, total: float) -> float | None:
    above = [stage.min for stage in framework.stages if stage.min - TOLERANCE > total]
    return min(above) - total if above else None


def _to_previous(framework: Framework, total: float) -> float | None:
    own = stages.band(framework, total)
    lower = own is not None and any(stage.min < own.min for stage in framework.stages)
    return max(0.0, total - own.min) if own is not None and lower else None


def _ranked(
    framework: Framework,
    layout: Plan,
    me: Peer,
    total: float,
    totals: Floats,
    others: Sequence[Peer],
    weights: Sequence[Floats],
) -> tuple[int | None, tuple[int, int] | None, float | None, tuple[Against, ...]]:
    """Rank now, its range, the share of draws in which it stays, and how the unit fares against every peer."""
    import numpy as np

    known = [(other, other.total) for other in others if other.total is not None]
    if len(known) + 1 < FEWEST:
        return None, None, None, ()
    higher = np.ones(len(totals), dtype=np.int64)
    against = []
    for other, its in known:
        theirs = _graded(framework, other, _climbed(layout, other, weights)[-1])
        above, below = totals > theirs + TOLERANCE, theirs > totals + TOLERANCE
        higher = higher + below
        beats = float(0.5 * (1.0 + np.mean(above) - np.mean(below)))
        sure = max(float(np.mean(above)), float(np.mean(below))) >= 1.0 - UNSURE
        against.append(Against(other.name, beats, sure and abs(its - total) > TOLERANCE))
    rank = competition_ranks([total, *(its for _, its in known)], framework.rank_decimals)[0]
    low, high = (int(one) for one in np.quantile(higher, (LOW, HIGH), method="nearest"))
    return rank, (min(low, rank), max(high, rank)), float(np.mean(higher == rank)), tuple(against)


def _varied(framework: Framework, spread: float, parts_spread: float) -> tuple[Message, ...]:
    found = []
    if spread > 0:
        found.append(say("weights of the dimensions, each by ±{spread} %", spread=f"{spread * 100:g}"))
    if parts_spread > 0:
        found.append(
            say("weights of the parts and items below them, each by ±{spread} %", spread=f"{parts_spread * 100:g}")
        )
    return tuple(found)


def stays(found: Firmness) -> bool:
    """Whether failed gates that do not see weights keep the stage where it is: in no draw was it another."""
    return found.decided_by == "gates" and bool(found.deciding) and found.held_unchanged == 1.0

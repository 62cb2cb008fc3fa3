"""The stages in every draw of weights: bands, gates judged anew, red lines and the ceiling of the mode (R5, R6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from assess.framework.model import Framework
from assess.framework.stage_rules import Gate, Stage
from assess.measure import redlines, stages
from assess.measure.kernel import Plan
from assess.measure.result import GateResult, Scores
from assess.measure.scales import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Wholes = NDArray[np.int64]

Shares = tuple[tuple[Stage | None, float], ...]
Decider = Literal["score", "gates", "limits"]


def levels_of(framework: Framework, totals: Floats) -> Wholes:
    """The level of the stage of each total, as `stages.band` has it; 0 below the lowest."""
    import numpy as np

    order = sorted(framework.stages, key=lambda stage: stage.min)
    bounds = np.array([stage.min for stage in order]) - TOLERANCE
    levels = np.array([0, *(stage.level for stage in order)], dtype=np.int64)
    found: Wholes = levels[np.searchsorted(bounds, totals, side="right")]
    return found


def shares_of(framework: Framework, levels: Wholes) -> Shares:
    """The share of draws (0–1) of each stage, from low to high; None stands for below the lowest."""
    import numpy as np

    known = {stage.level: stage for stage in framework.stages}
    found, counts = np.unique(levels, return_counts=True)
    return tuple(
        (known.get(int(level)), float(count) / len(levels)) for level, count in zip(found, counts, strict=True)
    )


def failing(
    framework: Framework,
    scores: Scores,
    layout: Plan,
    values: Sequence[Floats],
    weights: Sequence[Floats],
    totals: Floats,
) -> list[Booleans]:
    """For every gate of the scores, in which draws it fails; those that see weights are judged anew."""
    known = _coverage(scores, layout, weights) if any(g.gate.type == "coverage" for g in scores.gates) else None
    return [_fails(framework, result, layout, values, totals, known) for result in scores.gates]


def levels_held(framework: Framework, scores: Scores, fails: Sequence[Booleans], levels: Wholes) -> Wholes:
    """The level of the stage held in each draw (0: none): bands, gates, then red lines and the ceiling of the mode."""
    import numpy as np

    held = np.zeros(len(levels), dtype=np.int64)
    for stage in sorted(framework.stages, key=lambda stage: stage.level):
        stands = levels >= stage.level
        for result, failed in zip(scores.gates, fails, strict=True):
            if result.stage == stage.level:
                stands = stands & ~failed
        held = np.where(stands, stage.level, held)
    lines = redlines.in_force(scores.red_lines)
    ceiling = framework.modes[scores.mode].max_stage
    found: Wholes = np.zeros(len(levels), dtype=np.int64)
    for level in np.unique(held):
        own = framework.stage(int(level)) if level else None
        limited = stages.at_most(framework, redlines.held_down(framework, own, lines), ceiling)
        found[held == level] = limited.level if limited else 0
    return found


def _fails(
    framework: Framework,
    result: GateResult,
    layout: Plan,
    values: Sequence[Floats],
    totals: Floats,
    coverage: Floats | None,
) -> Booleans:
    import numpy as np

    gate: Gate = result.gate
    fails: Booleans
    if result.outcome == "not_judged":
        return np.zeros(totals.shape, dtype=bool)
    match gate.type:
        case "total_floor":
            fails = totals < gate.min - TOLERANCE
        case "coverage" if coverage is not None:
            fails = coverage < gate.min - TOLERANCE
        case "dimension_floor":
            found = [values[layout.index[node.code]] for node in framework.dimensions if node.code in layout.index]
            reached = sum((one >= gate.min - TOLERANCE).astype(np.int64) for one in found)
            fails = np.broadcast_to(
                np.asarray(reached < (len(found) if gate.count is None else gate.count)), totals.shape
            )
        case "node_floor":
            named = [values[layout.index[code]] for code in gate.nodes if code in layout.index]
            below = sum((one < gate.min - TOLERANCE).astype(np.int64) for one in named)
            fails = np.broadcast_to(np.asarray(below) > 0, totals.shape)
        case _:
            fails = np.full(totals.shape, result.outcome == "failed")
    return fails


def _coverage(scores: Scores, layout: Plan, weights: Sequence[Floats]) -> Floats:
    """The share by weight of what is answered in what applies (D16), in each draw."""
    import numpy as np

    draws, first = len(weights[0]), len(layout.leaves)
    shares: list[Floats] = [np.ones(draws) for _ in layout.codes]
    for place in reversed(range(len(layout.nodes))):
        whole = sum(weights[child] for child in layout.children[place])
        for child in layout.children[place]:
            shares[child] = shares[first + place] * np.divide(
                weights[child], whole, out=np.zeros(draws), where=np.asarray(whole) > 0
            )
    every, known = np.zeros(draws), np.zeros(draws)
    for place, code in enumerate(layout.leaves):
        state = scores.items[code].state
        if state in ("answered", "nd", "unanswered"):
            every = every + shares[place]
        if state == "answered":
            known = known + shares[place]
    found: Floats = np.divide(known, every, out=np.zeros(draws), where=every > 0)
    return found


def decider(framework: Framework, scores: Scores) -> Decider:
    """What the stage held rests on: the band of the score, gates, or limits (a red line, the mode)."""
    before = stages.gated(framework, scores.score_stage, scores.gates)
    if scores.gated_stage != before:
        return "limits"
    return "score" if before == scores.score_stage else "gates"

"""The rows of the results page: bars, strongest and weakest items, bonus and deductions. No widget, no rounding."""

from __future__ import annotations

from dataclasses import dataclass

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.language import Words
from assess.measure.matters import matters
from assess.measure.result import Scores

TINY = 1e-9
MANY_ROWS = 24


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar. `full` is the score at the end of the axis; `below` true when the gate line is missed. `points` is the
    weight as given, which for sums are points. `contribution` is None where there is no total to contribute to."""

    code: str
    name: Words
    score: float | None
    full: float
    weight: float
    points: float
    contribution: float | None
    stage: int | None
    below: bool
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    rows: tuple[BarRow, ...]
    hidden: int
    gate: float | None
    points: bool


@dataclass(frozen=True, slots=True)
class PointLine:
    """One claimed bonus or deduction; `counts` tells whether it enters a total. A deduction may be awaiting (D18)."""

    words: Words
    matter: str
    points: float
    counts: bool
    awaiting: bool = False


def bars(framework: Framework, scores: Scores, rows: int = MANY_ROWS) -> Bars:
    """The children of the total: dimensions, or items where there are none; beyond `rows` the heaviest."""
    codes = list(framework.root.children)
    hidden = max(0, len(codes) - rows)
    if hidden:
        heavy = set(sorted(codes, key=lambda code: -_weight(scores, code))[:rows])
        codes = [code for code in codes if code in heavy]
    gate = _dimension_gate(framework, scores)
    parts = [scores.nodes.get(code) or scores.items[code] for code in framework.root.children]
    given = sum(part.weight for part in parts)
    points = framework.root.aggregation == "sum"
    lines = []
    for code in codes:
        score = scores.score_of(code)
        node = scores.nodes.get(code)
        item = scores.items.get(code)
        part = node or item
        assert part is not None
        full = _full(framework, code)
        lines.append(
            BarRow(
                code=code,
                name=framework.name(code),
                score=score,
                full=full,
                weight=_weight(scores, code, given),
                points=part.weight,
                contribution=part.contribution if scores.base is not None else None,
                stage=stage_of(framework, score, scores.maximum) if abs(full - scores.maximum) < TINY else None,
                below=gate is not None and score is not None and score < gate - TINY and code in framework.nodes,
                coverage=node.coverage if node else None,
            )
        )
    return Bars(tuple(lines), hidden, gate if framework.dimensions else None, points)


def _full(framework: Framework, code: str) -> float:
    node = framework.nodes.get(code)
    if node is None or node.aggregation != "sum":
        return 100.0
    return (
        sum(
            framework.nodes[child].weight if child in framework.nodes else framework.indicators[child].weight
            for child in node.children
        )
        or 100.0
    )


def _weight(scores: Scores, code: str, given: float = 0.0) -> float:
    """The weight in force; as given (`given` is their sum) while there is no total for it to be in force for."""
    if scores.base is None and given > 0:
        return (scores.nodes[code].weight if code in scores.nodes else scores.items[code].weight) / given
    return scores.nodes[code].effective if code in scores.nodes else scores.items[code].share


def _dimension_gate(framework: Framework, scores: Scores) -> float | None:
    """The floor of the dimensions in the stage the score reached, if that stage has one."""
    if scores.score_stage is None:
        return None
    levels = [scores.score_stage, *(stage for stage in framework.stages if stage.level > scores.score_stage.level)]
    for stage in levels:
        for gate in stage.gates:
            if gate.type == "dimension_floor":
                return gate.min
    return None


def stage_of(framework: Framework, score: float | None, maximum: float = 100.0) -> int | None:
    """The level of the stage a score lies in (D14); None without stages or without a score."""
    if score is None or not framework.stages:
        return None
    reached = [stage.level for stage in framework.stages if score >= stage.min - TINY]
    return max(reached, default=None)


def portraits(framework: Framework, scores: Scores) -> tuple[tuple[str, Words, Words], ...]:
    """Per dimension its code, its name and what the stage of its score looks like; those without one are left out."""
    found = []
    for node in framework.dimensions:
        level = stage_of(framework, scores.nodes[node.code].score)
        words = framework.portraits.get(node.code, {}).get(level) if level is not None else None
        if words:
            found.append((node.code, node.name, words))
    return tuple(found)


def point_lines(
    framework: Framework, sheet: Sheet, scores: Scores
) -> tuple[tuple[PointLine, ...], tuple[PointLine, ...]]:
    """What is claimed as bonus and as deduction, in order, each with its fate."""
    found = matters(framework, sheet, scores)
    bonus = tuple(PointLine(claim.words, claim.matter, claim.points, claim.counted) for claim in found.bonus)
    off = tuple(
        PointLine(claim.words, claim.matter, claim.points, claim.counted, awaiting=not claim.confirmed)
        for claim in found.deductions
    )
    return bonus, off

"""Stages (R6): the band of the unrounded graded total, the gates of every stage, the highest stage whose gates hold.

Bounds use the tolerance of D14. A gate on evidence is judged only in the mode the evidence rules belong to (D5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assess.framework.model import Framework
from assess.framework.stage_rules import Gate, Stage
from assess.language import Message, say
from assess.measure.result import GateResult, ItemScore, NodeScore
from assess.measure.scales import TOLERANCE


@dataclass(frozen=True, slots=True)
class Standing:
    """What gates are judged on. `graded` None: there is no total, and no gate is judged."""

    graded: float | None
    items: Mapping[str, ItemScore]
    nodes: Mapping[str, NodeScore]
    coverage: float | None
    evidence_rate: float | None
    mode: str
    reviewed: bool


def band(framework: Framework, score: float | None) -> Stage | None:
    """The stage whose interval [min, max) holds a score; the top one includes its upper bound."""
    if score is None:
        return None
    reached = [stage for stage in framework.stages if score >= stage.min - TOLERANCE]
    return max(reached, key=lambda stage: stage.min) if reached else None


def judge(framework: Framework, standing: Standing) -> tuple[GateResult, ...]:
    """Every gate of every stage, from low to high."""
    return tuple(
        _gate(framework, stage, gate, standing)
        for stage in sorted(framework.stages, key=lambda stage: stage.level)
        for gate in stage.gates
    )


def gated(framework: Framework, score_stage: Stage | None, results: Iterable[GateResult]) -> Stage | None:
    """The highest stage up to the score stage of which no gate has failed."""
    if score_stage is None:
        return None
    failed = {result.stage for result in results if result.outcome == "failed"}
    for stage in sorted(framework.stages, key=lambda stage: -stage.level):
        if stage.level <= score_stage.level and stage.level not in failed:
            return stage
    return None


def at_most(framework: Framework, stage: Stage | None, level: int | None) -> Stage | None:
    """A stage under the ceiling of a mode."""
    return stage if stage is None or level is None or stage.level <= level else framework.stage(level)


def _gate(framework: Framework, stage: Stage, gate: Gate, standing: Standing) -> GateResult:
    if standing.graded is None:
        return GateResult(stage.level, gate, "not_judged", None, None, (), say("There is no total to judge by."))
    match gate.type:
        case "total_floor":
            return _compare(stage, gate, standing.graded, gate.min)
        case "coverage":
            return _compare(stage, gate, standing.coverage, gate.min)
        case "dimension_floor":
            return _dimensions(framework, stage, gate, standing)
        case "node_floor":
            return _nodes(stage, gate, standing)
        case "key_floor":
            return _keys(framework, stage, gate, standing)
        case "evidence_rate":
            if framework.evidence is None or standing.mode != framework.evidence.mode:
                text = say("Evidence is judged in formal assessments only.")
                return GateResult(stage.level, gate, "not_judged", standing.evidence_rate, gate.min, (), text)
            return _compare(stage, gate, standing.evidence_rate, gate.min)
        case "indicator_floor":
            return _indicators(stage, gate, standing)
        case "reviewed":
            return _reviewed(framework, stage, gate, standing)


def _compare(stage: Stage, gate: Gate, found: float | None, needed: float) -> GateResult:
    held = found is not None and found >= needed - TOLERANCE
    return GateResult(stage.level, gate, "held" if held else "failed", found, needed)


def _dimensions(framework: Framework, stage: Stage, gate: Gate, standing: Standing) -> GateResult:
    """Found: the score that decides — the lowest, or with a count the count-th highest."""
    scores = {
        node.code: standing.nodes[node.code].score for node in framework.dimensions if node.code in standing.nodes
    }
    below = tuple(code for code, score in scores.items() if score is None or score < gate.min - TOLERANCE)
    wanted = len(scores) if gate.count is None else gate.count
    order = sorted((score for score in scores.values() if score is not None), reverse=True)
    found = order[wanted - 1] if 0 < wanted <= len(order) else None
    held = len(scores) - len(below) >= wanted
    words = None
    if gate.count is not None:
        words = say(
            "{reached} dimensions reach {min}; {count} are needed.",
            reached=len(scores) - len(below),
            min=f"{gate.min:g}",
            count=wanted,
        )
    return GateResult(stage.level, gate, "held" if held else "failed", found, gate.min, () if held else below, words)


def _nodes(stage: Stage, gate: Gate, standing: Standing) -> GateResult:
    """The named nodes; one without a score fails, one that is not in this document is left out."""
    scores = {code: standing.nodes[code].score for code in gate.nodes if code in standing.nodes}
    below = tuple(code for code, score in scores.items() if score is None or score < gate.min - TOLERANCE)
    known = [score for score in scores.values() if score is not None]
    lowest = min(known) if known and len(known) == len(scores) else None
    return GateResult(stage.level, gate, "failed" if below else "held", lowest, gate.min, below)


def _keys(framework: Framework, stage: Stage, gate: Gate, standing: Standing) -> GateResult:
    """Key items: approved "not applicable" stay out, but no more than the framework allows; the rest is not met.

    Found: the lowest score where all must reach the floor (None if one has none), else the share that reaches it.
    """
    allowance = framework.key_max_not_applicable
    base: list[tuple[str, float | None]] = []
    for code, item in standing.items.items():
        if not framework.indicators[code].key or item.state == "out":
            continue
        if item.state == "na" and allowance > 0:
            allowance -= 1
            continue
        if item.state == "skipped" and item.counting == "exclude":
            continue
        base.append((code, item.score if item.state in ("answered", "skipped") else None))
    below = tuple(code for code, score in base if score is None or score < gate.min_score - TOLERANCE)
    share = (len(base) - len(below)) / len(base) if base else 1.0
    held = share >= gate.min_share - TOLERANCE
    words = say(
        "{reached} of {all} key items reach {min} points.",
        reached=len(base) - len(below),
        all=len(base),
        min=f"{gate.min_score:g}",
    )
    outcome: Literal["held", "failed"] = "held" if held else "failed"
    if gate.min_share < 1.0:
        return GateResult(stage.level, gate, outcome, share, gate.min_share, () if held else below, words)
    known = [score for _, score in base if score is not None]
    lowest = min(known) if known and len(known) == len(base) else None
    return GateResult(stage.level, gate, outcome, lowest, gate.min_score, () if held else below, words)


def _indicators(stage: Stage, gate: Gate, standing: Standing) -> GateResult:
    scores: dict[str, float | None] = {}
    for code in gate.indicators:
        item = standing.items.get(code)
        if item is not None and item.state not in ("na", "out"):
            scores[code] = item.score if item.state in ("answered", "skipped") else None
    below = tuple(code for code, score in scores.items() if score is None or score < gate.min_score - TOLERANCE)
    known = [score for score in scores.values() if score is not None]
    lowest = min(known) if known and len(known) == len(scores) else None
    return GateResult(stage.level, gate, "failed" if below else "held", lowest, gate.min_score, below)


def _reviewed(framework: Framework, stage: Stage, gate: Gate, standing: Standing) -> GateResult:
    """Held where the document is marked reviewed, or a third party gave every answer."""
    answered = [item for item in standing.items.values() if item.state == "answered"]
    third = bool(answered) and all(item.column == "third_party" for item in answered)
    held = ("reviewed" in gate.document_status and standing.reviewed) or (
        "third_party" in gate.document_status and third
    )
    missing = unreviewed(framework, gate, standing.items) if held and gate.warn_columns else ()
    words: Message | None = None
    if missing:
        words = say("Still without a value by review or third party: {codes}.", codes=missing)
    return GateResult(stage.level, gate, "held" if held else "failed", None, None, missing, words)


def unreviewed(framework: Framework, gate: Gate, items: Mapping[str, ItemScore]) -> tuple[str, ...]:
    """Key and outcome items whose value in force comes from none of the columns the gate asks for (D54)."""
    groups = gate.warn_indicators.split("+")
    return tuple(
        code
        for code, item in items.items()
        if item.state == "answered"
        and item.column not in gate.warn_columns
        and (
            ("key" in groups and framework.indicators[code].key)
            or ("outcome" in groups and framework.indicators[code].outcome)
        )
    )

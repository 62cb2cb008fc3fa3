"""The gates of a stage as lines: red lines first, failed ones with the value found. No widget, no rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assess.framework.model import ROOT, Framework
from assess.framework.stage_rules import Gate, Stage
from assess.language import Message, Words, say
from assess.measure.result import GateResult, RedLineResult, Scores

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """The value found: a share, points, a count, a node with its score (an item goes by its code), or words."""

    kind: Literal["points", "share", "count", "node", "words", "none"]
    value: float | None = None
    of: int | None = None
    name: Words | None = None
    code: str = ""
    level: int | None = None
    words: Message | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class GateLine:
    """One row of the gate card. `where` is the code that decides, for the why panel; None leads nowhere."""

    kind: Literal["gate", "red_line", "awaiting"]
    outcome: Literal["held", "failed", "not_judged"]
    words: Message | Words
    found: Found
    where: str | None
    gate: str = ""


@dataclass(frozen=True, slots=True)
class GateCard:
    stage: Stage | None
    lines: tuple[GateLine, ...]
    failed: int
    total: int
    next_step: Message | None


def has_stages(framework: Framework, scores: Scores) -> bool:
    """Whether this framework and this mode give a stage at all."""
    mode = framework.modes.get(scores.mode)
    return bool(framework.stages) and (mode is None or mode.stage != "none")


def gate_card(framework: Framework, scores: Scores) -> GateCard:
    """Gates of the stage the score reached; where that has none, of the next one. Red lines that cap stand first."""
    if not has_stages(framework, scores) or scores.score_stage is None:
        return GateCard(None, (), 0, 0, None)
    reached = scores.score_stage
    stage = reached
    if not any(gate.stage == reached.level for gate in scores.gates):
        above = [other for other in framework.stages if other.level > reached.level and other.gates]
        stage = above[0] if above else reached
    lines = [
        GateLine(
            "red_line",
            "failed",
            line.red_line.words,
            Found("words", words=_effect(framework, line)),
            None,
            line.red_line.id,
        )
        for line in scores.red_lines
        if line.status == "in_force"
    ]
    lower = [gate for gate in scores.failed_gates() if gate.stage < stage.level]
    own = [gate for gate in scores.gates if gate.stage == stage.level]
    gates = [*lower, *own]
    lines += [_gate_line(framework, scores, gate) for gate in gates]
    lines += [
        GateLine(
            "awaiting",
            "not_judged",
            line.red_line.words,
            Found("words", words=say("awaiting confirmation")),
            None,
            line.red_line.id,
        )
        for line in scores.red_lines
        if line.status == "awaiting"
    ]
    failed = sum(gate.outcome == "failed" for gate in gates)
    return GateCard(stage, tuple(lines), failed, len(gates), _next_step(scores, stage, failed))


def _next_step(scores: Scores, stage: Stage, failed: int) -> Message | None:
    if any(line.status == "in_force" for line in scores.red_lines):
        return None
    if failed and scores.score_stage and scores.score_stage.level >= stage.level:
        return say("Close these {count} to hold {stage}.", count=failed, stage=stage.name)
    if failed:
        return say("Still to be met for {stage}: {count}.", count=failed, stage=stage.name)
    return None


def _effect(framework: Framework, line: RedLineResult) -> Message:
    rule = line.red_line
    if rule.effect == "cap_stage" and rule.max_stage is not None:
        names = {stage.level: stage.name for stage in framework.stages}
        return say("{stage} at most", stage=names.get(rule.max_stage, Words(str(rule.max_stage))))
    if rule.effect == "suspend":
        return say("suspended")
    return say("no stage")


def _gate_line(framework: Framework, scores: Scores, result: GateResult) -> GateLine:
    where = result.where[0] if result.where else (ROOT if result.gate.type in ("total_floor", "coverage") else None)
    return GateLine("gate", result.outcome, result.gate.words, found(framework, scores, result), where, result.gate.id)


def found(framework: Framework, scores: Scores, result: GateResult) -> Found:
    """The value a gate was held against, in the form that says most: the node that fails, a count, a share, points."""
    gate: Gate = result.gate
    if result.outcome == "not_judged":
        return Found("words", words=say("not judged"))
    if gate.type == "total_floor":
        return Found("points", result.found)
    if gate.type in ("coverage", "evidence_rate"):
        return Found("share", result.found)
    if gate.type == "reviewed":
        return Found("words", words=say("reviewed") if result.outcome == "held" else say("not reviewed"))
    if gate.type == "key_floor" and gate.min_share < 1 - TINY:
        return Found("share", result.found)
    if result.where and result.outcome == "failed":
        code = _worst(scores, result.where)
        item = scores.items.get(code)
        level = item.level if item and item.answer and item.answer.kind == "level" and item.cap is None else None
        name, others = framework.name(code), len(result.where) - 1
        return Found("node", scores.score_of(code), name=name, code=code if item else "", level=level, others=others)
    return Found("points", result.found) if result.found is not None else Found("none")


def _worst(scores: Scores, codes: Sequence[str]) -> str:
    return min(codes, key=lambda code: score if (score := scores.score_of(code)) is not None else -1.0)

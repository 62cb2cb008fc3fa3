"""Red lines (R5): raised, confirmed, cleared, and what they do to the stage.

A red line with review confirmation has no effect until confirmed (D18); an immediate one acts when raised. In self
mode a line that is only indicative there is listed and caps nothing. A line that acts because an item has no clear
answer does so only when a stage is being determined, needs no confirmation, and lifts itself once answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assess.answers import Json
from assess.framework.model import Framework
from assess.framework.scoring_rules import Mode
from assess.framework.stage_rules import RedLine, Stage, Trigger
from assess.language import Message, say
from assess.measure.result import ItemScore, RedLineResult

_STATES = {"na": "NA", "nd": "ND", "skipped": "SKIP", "unanswered": "UNANSWERED", "answered": "ANSWERED", "out": "OUT"}


def raised(
    framework: Framework, mode: Mode, items: Mapping[str, ItemScore], cells: Mapping[str, Json], *, determining: bool
) -> tuple[RedLineResult, ...]:
    """Every red line of this mode that is raised, in the order of the framework. `cells` are those of `@redline`."""
    found = (
        _judge(line, mode, items, cells.get(line.id), determining)
        for line in framework.red_lines
        if mode.key in line.modes
    )
    return tuple(result for result in found if result is not None)


def _judge(
    line: RedLine, mode: Mode, items: Mapping[str, ItemScore], cell: Json, determining: bool
) -> RedLineResult | None:
    record = cell if isinstance(cell, Mapping) else {}
    state, reason = str(record.get("state", "")), str(record.get("reason", "")).strip()
    indicative = line.self_indicative and mode.stage == "capped"
    unanswered = _without_answer(line, items) if determining else None
    if unanswered is not None:
        text = say("{code} has no clear answer, so the incident is not ruled out.", code=unanswered)
        return RedLineResult(line, "indicative" if indicative else "in_force", text)
    by_answer = _by_answer(line, items)
    if state == "cleared" or not (state in ("raised", "confirmed") or by_answer):
        return None
    words: Message | None = say("{reason}", reason=reason) if reason else None
    if words is None and by_answer is not None:
        words = say("Set off by the answer to {code}.", code=by_answer)
    if indicative:
        return RedLineResult(line, "indicative", words)
    status: Literal["in_force", "awaiting"] = (
        "in_force" if line.confirm == "immediate" or state == "confirmed" else "awaiting"
    )
    return RedLineResult(line, status, words)


def _without_answer(line: RedLine, items: Mapping[str, ItemScore]) -> str | None:
    for trigger in line.triggers:
        if trigger.op == "state in" and trigger.confirm == "none" and _holds(trigger, items):
            return trigger.indicator
    return None


def _by_answer(line: RedLine, items: Mapping[str, ItemScore]) -> str | None:
    for trigger in line.triggers:
        if trigger.indicator and not (trigger.op == "state in" and trigger.confirm == "none"):
            if _holds(trigger, items):
                return trigger.indicator
    return None


def _holds(trigger: Trigger, items: Mapping[str, ItemScore]) -> bool:
    item = items.get(trigger.indicator)
    if item is None or item.state == "out":
        return False
    value = trigger.value
    if trigger.op == "state in":
        return isinstance(value, (list, tuple)) and _STATES[item.state] in value
    if item.answer is None or item.given != "answered" or item.fault is not None or item.state == "skipped":
        return False
    if trigger.op == "level<=":
        return item.answer.level is not None and isinstance(value, (int, float)) and item.answer.level <= value
    return item.answer.choice == value


def in_force(results: tuple[RedLineResult, ...]) -> tuple[RedLine, ...]:
    return tuple(result.red_line for result in results if result.status == "in_force")


def held_down(framework: Framework, stage: Stage | None, lines: tuple[RedLine, ...]) -> Stage | None:
    """The stage after the red lines in force: lowered by a cap, gone where a line takes it away."""
    for line in lines:
        if stage is None or line.effect in ("no_stage", "suspend"):
            return None
        if line.max_stage is not None and stage.level > line.max_stage:
            stage = framework.stage(line.max_stage)
    return stage

"""An answer, a note or a piece of evidence in words, for lists of what a form would change."""

from __future__ import annotations

from assess.answers import Answer, Cell, Evidence, Json
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Message, Words, say


def told(framework: Framework, cell: Cell, value: Json, *, brief: bool = False) -> Message:
    """What a cell says; “–” for nothing. `brief` leaves out the text of levels."""
    code, column = cell
    if value is None:
        return say("–")
    if column.startswith("evidence/"):
        return _evidence(Evidence.from_json(column.removeprefix("evidence/"), value))
    if not isinstance(value, dict):
        return say("“{words}”", words=str(value))
    return answer_told(framework, framework.indicators.get(code), Answer.from_json(value), brief=brief)


def answer_told(framework: Framework, item: Indicator | None, answer: Answer, *, brief: bool = False) -> Message:
    """One answer in words."""
    match answer.kind:
        case "na":
            return say("not applicable: {reason}", reason=answer.reason) if answer.reason else say("not applicable")
        case "nd":
            return say("no data: {reason}", reason=answer.reason) if answer.reason else say("no data")
        case "level":
            words = _level(framework, item, answer.level)
            if words and not brief:
                return say("level {level}: {words}", level=answer.level, words=words)
            return say("level {level}", level=answer.level)
        case "yesno":
            return say("yes") if answer.choice == "yes" else say("no")
        case "multi":
            return say("{count} of the options: {options}", count=len(answer.ticked), options=answer.ticked) \
                if answer.ticked else say("none of the options")  # fmt: skip
        case _:
            return _number(item, answer)


def _level(framework: Framework, item: Indicator | None, level: int | None) -> Words | None:
    if item is None:
        return None
    if item.kind == "level":
        return next((one.words for one in item.levels if one.level == level), None)
    scales = framework.perception.scales if framework.perception is not None else {}
    scale = scales.get(item.grassroots.scale) if item.grassroots is not None else None
    if scale is not None and level is not None and level < len(scale.labels):
        return scale.labels[level]
    return None


def _number(item: Indicator | None, answer: Answer) -> Message:
    unit = item.number.unit if item is not None and item.number is not None else Words()
    if answer.result is not None and answer.numerator is None:
        return say("{value} {unit}", value=answer.result, unit=unit)
    if answer.denominator is None:
        return say("{value} {unit}", value=answer.numerator or "–", unit=unit)
    return say("{upper} ÷ {lower}", upper=answer.numerator or "–", lower=answer.denominator)


def _evidence(piece: Evidence) -> Message:
    facts = tuple(one for one in (piece.name, piece.number, piece.date, piece.pages, piece.place) if one)
    return say("{pieces}", pieces=facts)

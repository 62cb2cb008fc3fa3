"""What an answer says, in words: shown in tables and drawn on by the sentences of every chapter."""

from __future__ import annotations

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.language import say
from assess.measure.result import ItemScore
from reports.sections.matter import DASH, Matter


def answer_words(m: Matter, item: ItemScore) -> str:
    """The answer in force as one table cell."""
    indicator = m.framework.indicators[item.code]
    answer = item.answer
    if item.state == "skipped":
        return m.text(say("skipped by rule"))
    if item.state == "out":
        return m.text(say("not asked"))
    if answer is None:
        return m.text(say("unanswered"))
    if answer.kind in ("na", "nd"):
        word = say("not applicable") if answer.kind == "na" else say("no data")
        return m.text(say("{state}: {reason}", state=word, reason=answer.reason)) if answer.reason else m.text(word)
    if answer.kind == "level":
        return m.notches(answer.level)
    if answer.kind == "yesno":
        return choice_words(m, indicator, answer)
    if answer.kind == "multi":
        return ticks_words(m, indicator, answer)
    return number_words(m, indicator, item)


def choice_words(m: Matter, indicator: Indicator, answer: Answer) -> str:
    if indicator.yesno is None:
        return answer.choice or DASH
    return m.text(indicator.yesno.yes if answer.choice == "yes" else indicator.yesno.no)


def ticks_words(m: Matter, indicator: Indicator, answer: Answer) -> str:
    if not answer.ticked:
        return m.text(say("none of these"))
    return m.text(
        say(
            "{keys} ({count} of {all})",
            keys=m.join(answer.ticked),
            count=len(answer.ticked),
            all=len(indicator.options),
        )
    )


def value_words(m: Matter, indicator: Indicator, value: float | None) -> str:
    """A measured value with its unit: 33.3%, 2次/年."""
    if value is None or indicator.number is None:
        return DASH
    unit = m.text(indicator.number.unit)
    shown = m.number(value, indicator.number.decimals)
    return f"{shown}{unit}" if m.zh or unit == "%" else f"{shown} {unit}"


def number_words(m: Matter, indicator: Indicator, item: ItemScore) -> str:
    answer = item.answer
    assert answer is not None
    shown = value_words(m, indicator, item.value)
    if answer.numerator and answer.denominator:
        parts = f"{answer.numerator}÷{answer.denominator}"
        return f"{shown}（{parts}）" if m.zh else f"{shown} ({parts})"
    return shown if item.value is not None else (answer.result or answer.numerator or DASH)


def level_words(m: Matter, indicator: Indicator, level: int) -> str:
    """What a rubric level says: its conditions where it has some, else its text."""
    for rung in indicator.levels:
        if rung.level == level:
            if rung.conditions:
                return m.clauses(m.text(condition) for condition in rung.conditions)
            return m.text(rung.words).rstrip("。.")
    return ""


def unmet(m: Matter, indicator: Indicator, item: ItemScore) -> tuple[int, tuple[str, ...]] | None:
    """The next rubric level and those of its conditions that are not ticked; None at the top or without levels."""
    if item.answer is None or item.answer.level is None:
        return None
    ahead = item.answer.level + 1
    for rung in indicator.levels:
        if rung.level == ahead:
            ticked = set(item.answer.conditions)
            lines = tuple(
                m.text(condition)
                for index, condition in enumerate(rung.conditions, 1)
                if f"{ahead}.{index}" not in ticked
            )
            return ahead, lines or (m.text(rung.words),)
    return None

"""Answers and states in words, as messages: for histories, last answers, read-only views and accessible names."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.language import Message, Words, say
from assess.measure import scales
from assess.measure.result import State

STATES: dict[State, Message] = {
    "answered": say("answered"),
    "na": say("not applicable"),
    "nd": say("no data"),
    "skipped": say("skipped"),
    "unanswered": say("not answered"),
    "out": say("outside this document"),
}


def grouped(text: str | None) -> str:
    """A cleaned decimal with thousands separators: "47108" is "47,108". Anything else stays as it is."""
    if not text:
        return ""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    whole, dot, rest = f"{value:f}".partition(".")
    return f"{int(whole):,}{dot}{rest}" if not whole.startswith("-0") else text


def figure(value: float, decimals: int) -> str:
    """A number for show with at most so many decimals; rounding happens here and nowhere earlier (R9)."""
    return f"{value:,.{decimals}f}"


def answer(indicator: Indicator, given: Answer | None) -> Message | Words:
    """One answer in a few words; the level text itself for rubrics."""
    if given is None:
        return say("not answered")
    if given.kind == "na":
        return say("not applicable: {reason}", reason=given.reason) if given.reason else STATES["na"]
    if given.kind == "nd":
        return say("no data: {reason}", reason=given.reason) if given.reason else STATES["nd"]
    if given.kind == "level":
        return level(indicator, given.level)
    if given.kind == "yesno":
        return say("yes") if given.choice == "yes" else say("no")
    if given.kind == "multi":
        if not given.ticked:
            return say("none of these")
        return say("{count} ticked: {keys}", count=len(given.ticked), keys=given.ticked)
    return number(indicator, given)


def level(indicator: Indicator, chosen: int | None) -> Message:
    words = next((step.words for step in indicator.levels if step.level == chosen), Words())
    return say("level {level}: {words}", level=chosen, words=words)


def number(indicator: Indicator, given: Answer) -> Message | Words:
    """A number with its parts: 97.7 % (47,108 ÷ 48,216)."""
    spec = indicator.number
    if spec is None:
        return say("not answered")
    x = scales.value(indicator, given).x
    shown = "—" if x is None else figure(x, spec.decimals)
    if given.numerator and given.denominator:
        return say(
            "{value} {unit} ({numerator} ÷ {denominator})",
            value=shown,
            unit=spec.unit,
            numerator=grouped(given.numerator),
            denominator=grouped(given.denominator),
        )
    return say("{value} {unit}", value=shown, unit=spec.unit)

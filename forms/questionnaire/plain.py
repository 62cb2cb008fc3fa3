"""The plain question of townships and villages: which kind it is, its answers, and an answer read out. No Qt."""

from __future__ import annotations

from typing import Literal

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Message, Words, say
from forms.questionnaire import wording

Kind = Literal["felt", "tick", "number"]


def question(item: Indicator) -> Words:
    """The question in plain words; the full question where there is none."""
    small = item.grassroots
    return small.question if small is not None and small.question else item.question


def kind(item: Indicator) -> Kind:
    """A felt level, ticks, or a rough number: by the scale of the plain question."""
    scale = item.grassroots.scale if item.grassroots is not None else ""
    if scale == "tick" and item.options:
        return "tick"
    if scale == "number" and item.number is not None:
        return "number"
    return "felt"


def choices(framework: Framework, item: Indicator) -> list[tuple[str, Words, int | None]]:
    """Key, words and level of every answer; levels of the item itself where it has no scale of its own."""
    if kind(item) == "tick":
        return [(option.key, option.words, None) for option in item.options]
    scales = framework.perception.scales if framework.perception is not None else {}
    scale = scales.get(item.grassroots.scale) if item.grassroots is not None else None
    if scale is not None and scale.labels:
        return [(str(level), words, level) for level, words in enumerate(scale.labels)]
    return [(str(level.level), level.words, level.level) for level in item.levels]


def told(framework: Framework, item: Indicator, answer: Answer | None) -> Words | Message:
    """An answer as it is read out on the last page."""
    if answer is None:
        return say("Left open")
    if answer.kind == "level":
        words = {level: text for _key, text, level in choices(framework, item)}
        return words.get(answer.level, Words())
    if answer.kind == "multi":
        names = {option.key: option.words for option in item.options}
        chosen = tuple(names[key] for key in answer.ticked if key in names)
        return say("{names}", names=chosen) if chosen else say("None of these")
    return wording.answer(item, answer)

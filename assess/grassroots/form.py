"""The form for townships and villages: which questions, in which order, with which answers. Pure.

Screen, paper and keying follow one order: questions of one scale stand together, because a reader who has understood
a scale once answers faster; within a scale the order is that of the framework.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assess.answers import Profile
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.tiers import tailored
from assess.language import Words

Kind = Literal["felt", "tick", "number"]
NAMES = {"乡": Words("乡镇（街道）", "Township (sub-district)"), "村": Words("村（社区）", "Village (community)")}
SIGNS = {"乡": "T", "村": "V"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key in the document, the digit it is typed by, its words, its level where it is felt."""

    key: str
    digit: str
    words: Words
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its running number from 1. `choices` is empty for a number; `unit` is that of the number."""

    number: int
    item: Indicator
    kind: Kind
    scale: str
    choices: tuple[Choice, ...]
    unit: Words = Words()

    @property
    def code(self) -> str:
        return self.item.code

    @property
    def words(self) -> Words:
        return question(self.item)


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that share a scale: its name and the words of its levels stand once above them."""

    scale: str
    name: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """All questions of one administrative level, in the order of the paper."""

    tier: str
    questions: tuple[Question, ...]
    parts: tuple[Part, ...]

    def of(self, code: str) -> Question | None:
        return next((one for one in self.questions if one.code == code), None)


def tiers(framework: Framework) -> tuple[str, ...]:
    """The levels that answer on the perception scales; none where the framework has no such scales."""
    return framework.perception.tiers if framework.perception is not None else ()


def form(framework: Framework, tier: str) -> Form:
    """The form of one level. `framework` may be whole or tailored. ValueError for a level that has no form."""
    if tier not in tiers(framework):
        raise ValueError(f"no form for the level {tier}")
    return _form(tailored(framework, Profile("", tier=tier)))


def tier_name(tier: str) -> Words:
    """A level as people call it."""
    return NAMES.get(tier, Words(tier, tier))


def printed(tier: str, number: int) -> Words:
    """The number of a sheet as it stands on the paper: 乡 0012."""
    return Words(f"{tier} {number:04d}", f"{SIGNS.get(tier, tier)} {number:04d}")


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


def choices(framework: Framework, item: Indicator) -> tuple[Choice, ...]:
    """The answers of an item; the levels of the item itself where it has no scale of its own, none for a number."""
    asked = kind(item)
    if asked == "number":
        return ()
    if asked == "tick":
        return tuple(
            Choice(option.key, str(place) if place < 10 else option.key, option.words)
            for place, option in enumerate(item.options, 1)
        )
    scales = framework.perception.scales if framework.perception is not None else {}
    scale = scales.get(item.grassroots.scale) if item.grassroots is not None else None
    if scale is not None and scale.labels:
        return tuple(Choice(str(level), str(level), words, level) for level, words in enumerate(scale.labels))
    return tuple(Choice(str(one.level), str(one.level), one.words, one.level) for one in item.levels)


def ordered(framework: Framework, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes in the order of the form: by scale, then as given."""
    scales = list(framework.perception.scales) if framework.perception is not None else []

    def rank(code: str) -> int:
        small = framework.indicators[code].grassroots
        return scales.index(small.scale) if small is not None and small.scale in scales else len(scales)

    return tuple(sorted(codes, key=rank))


def _form(framework: Framework) -> Form:
    return _made(_Key(framework))


class _Key:
    """A tailored framework by its digest and view, so that its form is made once."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.key = (framework.digest, framework.view)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key


@lru_cache(maxsize=16)
def _made(key: _Key) -> Form:
    framework = key.framework
    questions: list[Question] = []
    for number, code in enumerate(ordered(framework, tuple(framework.indicators)), 1):
        item = framework.indicators[code]
        scale = item.grassroots.scale if item.grassroots is not None else ""
        unit = item.number.unit if item.number is not None and kind(item) == "number" else Words()
        questions.append(Question(number, item, kind(item), scale, choices(framework, item), unit))
    names = framework.perception.scales if framework.perception is not None else {}
    parts: list[Part] = []
    for one in questions:
        if parts and parts[-1].scale == one.scale:
            parts[-1] = Part(one.scale, parts[-1].name, (*parts[-1].questions, one))
        else:
            parts.append(Part(one.scale, names[one.scale].name if one.scale in names else Words(), (one,)))
    tier = framework.view[0] if framework.view else ""
    return Form(str(tier), tuple(questions), tuple(parts))

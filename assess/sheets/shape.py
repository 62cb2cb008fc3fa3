"""What a form asks about one item: its parts, the words to choose from, and how an answer stands in its cells.

The writer fills cells from here and the reader compares with here, so that what nobody touched reads back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Words
from assess.measure.states import not_applicable_choice
from assess.sheets.terms import GAP, HAS, HAS_NOT, LEVEL, NA, ND, NO, PARTS, YES

Kind = Literal["level", "yesno", "single", "ratio", "multi"]
HEAD, STATE, REASON = "", "state", "reason"
OPTION = "+"
"""Before the key of an option in the name of its part."""
LONGEST_CHOICE = 200
"""Signs of one entry of a drop-down list; some programs end an entry at 255."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One item on a form. `levels` are those to choose from; `small` is the plain question of a township."""

    item: Indicator
    kind: Kind
    question: Words
    levels: tuple[tuple[int, Words], ...] = ()
    parts: tuple[str, ...] = (HEAD,)
    small: bool = False
    never: bool = False
    """“Not applicable” may not be chosen here."""

    @property
    def code(self) -> str:
        return self.item.code


def shape_of(framework: Framework, item: Indicator, tier: str) -> Shape:
    """How a form asks this item at this administrative level (D19: townships and villages say what they feel)."""
    perception = framework.perception
    if perception is not None and tier in perception.tiers:
        return _small(framework, item)
    return replace(_plain(item), never=not_applicable_choice(framework, item, tier) == "never")


def _plain(item: Indicator) -> Shape:
    match item.kind:
        case "level":
            return Shape(item, "level", item.question, tuple((one.level, one.words) for one in item.levels))
        case "yesno":
            return Shape(item, "yesno", item.question)
        case "multi":
            return Shape(item, "multi", item.question, parts=tuple(OPTION + one.key for one in item.options))
        case "number":
            number = item.number
            assert number is not None, f"{item.code}: a number item without its scale"
            tail = ("source", "confirm") if number.confirmation is not None else ("source",)
            if number.denominator is None:
                return Shape(item, "single", item.question, parts=(HEAD, *tail))
            return Shape(item, "ratio", item.question, parts=("numerator", "denominator", "result", *tail))


def _small(framework: Framework, item: Indicator) -> Shape:
    plain = item.grassroots
    question = plain.question if plain is not None and plain.question else item.question
    scale = plain.scale if plain is not None else ""
    if scale == "tick" and item.options:
        return Shape(item, "multi", question, parts=tuple(OPTION + one.key for one in item.options), small=True)
    if scale == "number" and item.number is not None:
        return Shape(item, "single", question, small=True)
    scales = framework.perception.scales if framework.perception is not None else {}
    labels = scales[scale].labels if scale in scales else ()
    levels = tuple(enumerate(labels)) or tuple((one.level, one.words) for one in item.levels)
    return Shape(item, "level", question, levels, small=True)


def key_of(code: str, part: str = HEAD) -> str:
    """The hidden mark of a row."""
    return f"{code}|{part}" if part else code


def level_text(level: int, words: Words, language: str, *, small: bool = False) -> str:
    """A level as the list offers it: its number and what it means. `small`: an answer of a township, not a level."""
    number = str(level) if small else LEVEL.to(language).format(level=level)
    return _short(f"{number}{GAP.to(language)}{_line(words.to(language))}")


def choice_text(shape: Shape, choice: str, language: str) -> str:
    """Yes or no as the list offers it, with what it means here."""
    words = (YES if choice == "yes" else NO).to(language)
    yesno = shape.item.yesno
    told = (yesno.yes if choice == "yes" else yesno.no).to(language) if yesno is not None else ""
    return _short(f"{words}{GAP.to(language)}{_line(told)}" if told and told != words else words)


def choices(shape: Shape, part: str, language: str) -> tuple[str, ...]:
    """What the drop-down list of a cell offers; empty where one types."""
    if part.startswith(OPTION):
        return HAS.to(language), HAS_NOT.to(language)
    if part == "confirm":
        return YES.to(language), NO.to(language)
    if part == STATE:
        return (ND.to(language),) if shape.never else (NA.to(language), ND.to(language))
    if shape.kind == "level":
        return tuple(level_text(level, words, language, small=shape.small) for level, words in shape.levels)
    if shape.kind == "yesno":
        return choice_text(shape, "yes", language), choice_text(shape, "no", language)
    return ()


def option_of(shape: Shape, part: str) -> tuple[str, Words, bool]:
    """Key, words and whether it is mandatory of the option a part stands for."""
    option = next(one for one in shape.item.options if OPTION + one.key == part)
    return option.key, option.words, option.required


def label(shape: Shape, part: str, language: str) -> str:
    """What stands beside the answer cell of a part below the question."""
    if part.startswith(OPTION):
        key, words, required = option_of(shape, part)
        return f"{key}{GAP.to(language)}{words.to(language)}{'　★' if required else ''}"
    number = shape.item.number
    assert number is not None
    match part:
        case "numerator":
            told = number.numerator.to(language)
        case "denominator":
            told = (number.denominator or Words()).to(language)
        case "confirm":
            told = number.confirmation.ask.to(language) if number.confirmation is not None else ""
        case "result":
            told = number.unit.to(language)
        case _:
            told = number.source.to(language)
    name = PARTS[part].to(language)
    return f"{name}{'：' if language == 'zh' else ': '}{told}" if told else name


def written(shape: Shape, answer: Answer | None, language: str) -> Mapping[str, str]:
    """The text of every cell of an answer, blank where it says nothing; what does not fit the item leaves all blank."""
    out = dict.fromkeys((*shape.parts, STATE, REASON), "")
    if answer is None:
        return out
    if answer.kind in ("na", "nd"):
        out[STATE], out[REASON] = (NA if answer.kind == "na" else ND).to(language), answer.reason
        return out
    if shape.kind == "level" and answer.kind == "level":
        words = next((words for level, words in shape.levels if level == answer.level), None)
        out[HEAD] = (
            level_text(answer.level or 0, words, language, small=shape.small)
            if words is not None
            else str(answer.level)
        )
    elif shape.kind == "yesno" and answer.kind == "yesno" and answer.choice:
        out[HEAD] = choice_text(shape, answer.choice, language)
    elif shape.kind == "multi" and answer.kind == "multi":
        for part in shape.parts:
            out[part] = (HAS if part.removeprefix(OPTION) in answer.ticked else HAS_NOT).to(language)
    elif answer.kind == "number" and shape.kind in ("single", "ratio"):
        if shape.kind == "single":
            out[HEAD] = answer.result if answer.result is not None else answer.numerator or ""
        else:
            out |= {name: getattr(answer, name) or "" for name in ("numerator", "denominator", "result")}
        if "source" in out:
            out["source"] = answer.source
        if "confirm" in out and answer.confirm:
            out["confirm"] = (YES if answer.confirm == "yes" else NO).to(language)
    return out


def _line(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CHOICE else f"{text[: LONGEST_CHOICE - 1]}…"

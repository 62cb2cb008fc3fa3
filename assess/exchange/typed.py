"""What people type into a cell, understood: levels, yes and no, ticks, numbers, not applicable, no data.

Full-width characters, units, `约`, thousands separators and trailing spaces are accepted; what was understood with a
doubt comes back as a warning; what cannot be understood is a Problem that names what is allowed. Its `field` attribute
says which part of the row is at fault.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.language import Message, say
from assess.measure.scales import clean
from assess.problems import Problem

NOT_APPLICABLE = {"不适用", "na", "n/a", "notapplicable"}
NO_DATA = {"暂无数据", "无数据", "没有数据", "nd", "nodata"}
YES = {"是", "有", "yes", "y", "true", "√", "✓", "1", "对"}
NO = {"否", "无", "没有", "不是", "no", "n", "false", "×", "✗", "0", "不"}
NONE_OF_THESE = {"以上都没有", "都没有", "无", "没有", "none", "noneofthese", "0"}
CHINESE_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
ABOUT = re.compile(r"^(?:大约|大概|约|近|超过|将近|不到|≈|~|～)|(?:左右|以上|以下|以内|上下|多)$")


@dataclass(frozen=True, slots=True)
class Typed:
    """The cells of one row as text. `percent_cell`: the answer cell shows a fraction as a percentage."""

    answer: str = ""
    numerator: str = ""
    denominator: str = ""
    confirm: str = ""
    source: str = ""
    reason: str = ""
    percent_cell: bool = False
    number_cell: bool = False


class TypedProblem(Problem):
    """A Problem of one field of the row (`field` is a heading role)."""

    def __init__(self, code: str, field: str, text: Message, hint: Message | None = None) -> None:
        super().__init__(code, text, hint)
        self.field = field


def parse(item: Indicator, typed: Typed) -> tuple[Answer, tuple[Problem, ...]]:
    """One answer and the doubts about it (warnings). Raises TypedProblem."""
    word = squeeze(typed.answer)
    if word in NOT_APPLICABLE:
        if not typed.reason:
            raise TypedProblem(
                "table.reason", "reason", say("{code}: “not applicable” needs a reason.", code=item.code),
                say("Write in one sentence why the item does not apply, in the column for reasons."),
            )  # fmt: skip
        return Answer.not_applicable(typed.reason), ()
    if word in NO_DATA:
        return Answer.no_data(typed.reason), ()
    match item.kind:
        case "level":
            return _level(item, typed), ()
        case "yesno":
            return Answer.of_choice(_choice(item, typed.answer, "answer")), ()
        case "multi":
            return _ticks(item, typed), ()
        case "number":
            return _number(item, typed)


def squeeze(text: str) -> str:
    """NFKC, lower case, without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _level(item: Indicator, typed: Typed) -> Answer:
    allowed = [level.level for level in item.levels]
    word = squeeze(typed.answer)
    digits = re.fullmatch(r"(?:第|level|l)?([0-9]+|[零〇一二两三四五])(?:\.0+)?(?:级|分)?(?:[::、.。,，].*)?", word)
    value: int | None = None
    if digits:
        sign = digits.group(1)
        value = CHINESE_DIGITS.get(sign) if sign in CHINESE_DIGITS else int(sign)
    if value not in allowed:
        raise TypedProblem(
            "table.level", "answer",
            say("{code}: “{typed}” is not a level of this item.", code=item.code, typed=shorten(typed.answer)),
            say("Write one whole number from {low} to {high}; between two levels take the lower.",
                low=min(allowed, default=0), high=max(allowed, default=5)),
        )  # fmt: skip
    return Answer.of_level(value if value is not None else 0)


def _choice(item: Indicator, text: str, field: str) -> Literal["yes", "no"]:
    word = squeeze(text).removesuffix(".0")
    if word in YES:
        return "yes"
    if word in NO:
        return "no"
    raise TypedProblem(
        "table.choice", field,
        say("{code}: “{typed}” is neither yes nor no.", code=item.code, typed=shorten(text)),
        say("Write 是 or 否 (yes or no)."),
    )  # fmt: skip


def _ticks(item: Indicator, typed: Typed) -> Answer:
    word = squeeze(typed.answer)
    keys = [option.key for option in item.options]
    if word in NONE_OF_THESE:
        return Answer.of_ticks(())
    ticked: set[str] = set()
    for part in re.split(r"[、,，;；/+和及与.。\n|]", word):
        key = part.upper()
        if key and key not in keys and all(letter in keys for letter in key):
            ticked.update(key)
        elif key:
            ticked.add(key)
    unknown = sorted(ticked - set(keys))
    if unknown or not ticked:
        raise TypedProblem(
            "table.option", "answer",
            say("{code}: “{typed}” names something that is no option of this item.", code=item.code,
                typed=shorten(typed.answer)),
            say("Write the letters that apply, for example {example}; or 以上都没有 (none of these). "
                "Options are {keys}.",
                example="、".join(keys[:2]), keys="、".join(keys)),
        )  # fmt: skip
    return Answer.of_ticks(ticked)


def _number(item: Indicator, typed: Typed) -> tuple[Answer, tuple[Problem, ...]]:
    assert item.number is not None
    doubts: list[Problem] = []
    percent = item.number.unit.zh.strip() == "%"

    def read(text: str, field: str) -> str | None:
        if not text:
            return None
        raw = unicodedata.normalize("NFKC", text).strip()
        bare = ABOUT.sub("", ABOUT.sub("", raw)).strip()
        if bare != raw:
            doubts.append(
                Problem(
                    "table.about",
                    say("{code}: “{typed}” was taken as {value}.", code=item.code, typed=shorten(text), value=bare),
                    say("Put the exact number in if there is one."),
                )
            )
        unit = squeeze(item.number.unit.zh.split("/")[0]) if item.number else ""
        if unit and unit != "%":
            bare = bare.removesuffix(unit).strip()
        try:
            return clean(bare)
        except Problem:
            raise TypedProblem(
                "table.number", field,
                say("{code}: “{typed}” is not a number.", code=item.code, typed=shorten(text)),
                say("Write the number alone, for example {example}; the unit is {unit}.",
                    example="85.3" if percent else "12", unit=item.number.unit if item.number else ""),
            ) from None  # fmt: skip

    result = read(typed.answer, "answer")
    numerator = read(typed.numerator, "numerator")
    denominator = read(typed.denominator, "denominator")
    if result is not None and typed.percent_cell:
        result = plain_decimal(Decimal(result) * 100)
    elif percent and result is not None and typed.number_cell and 0 < Decimal(result) <= 1:
        doubts.append(
            Problem(
                "table.fraction",
                say("{code}: {value} was taken as {value} %.", code=item.code, value=result),
                say("If {percent} % is meant, write {percent}.", percent=plain_decimal(Decimal(result) * 100)),
            )
        )
    if numerator is not None and denominator is not None:
        result = None
    elif item.number.denominator is None and result is None:
        result, numerator = numerator, None
    if result is None and (numerator is None or (denominator is None and item.number.denominator is not None)):
        raise TypedProblem(
            "table.number-part", "denominator" if numerator is not None else "numerator",
            say("{code}: one half of the fraction is missing.", code=item.code),
            say("Fill in both numbers, or the result alone."),
        )  # fmt: skip
    answer = Answer.of_number(numerator, denominator, result, source=typed.source)
    if typed.confirm:
        answer = replace(answer, confirm=_choice(item, typed.confirm, "confirm"))
    return answer, tuple(doubts)


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in {"-0", ""} else text


def shorten(text: str, most: int = 30) -> str:
    """Typed words for a message: one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"

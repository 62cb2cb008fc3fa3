"""A figure as people put it down: ８５．３％, 约95, 1,234件, 1.2万, 八十五, 0.85 under a percent format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from assess.exchange.typed import ABOUT, plain_decimal
from assess.framework.indicator import Number
from assess.language import Message, Words, say
from assess.measure.scales import clean
from assess.problems import Problem
from assess.sheets.levels import Read
from assess.sheets.opened import Raw, decimal_of

COUNTED = re.compile(
    r"(?:人次|件次|个月|平方公里|人|件|个|次|项|家|户|名|份|起|宗|条|天|日|台|张|部|元|套|处|篇|期|场|支|只|本|年|月)$"
)
_DIGITS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")
_TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000), "百": Decimal(100)}
_SIGNS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a cell asks for: its unit, and whether it is the result (then a percentage may be a fraction)."""

    number: Number
    result: bool

    @property
    def percent(self) -> bool:
        return (self.result and self.number.unit.zh.strip() in ("%", "％")) or (
            self.result and self.number.unit.en.strip() == "%"
        )


def figure(asked: Asked, raw: Raw, text: str, percent_cell: bool) -> Read[str]:
    """The figure of a cell as a plain decimal. `percent_cell`: a percentage is asked for and shown by its format."""
    if isinstance(raw, bool):
        return _nothing()
    if isinstance(raw, date):
        parts = tuple(str(one) for one in dict.fromkeys((raw.month, raw.day)))
        return Read(parts, say("The office program made a date of what was typed."), False)
    if isinstance(raw, float):
        value = decimal_of(raw)
        if percent_cell:
            return Read((plain_decimal(Decimal(value) * 100),))
        return _fraction(asked, value)
    return _typed(asked, text)


def _fraction(asked: Asked, value: str) -> Read[str]:
    """A percentage of 1 or less may have been meant as a share (D45)."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return _nothing()
    if asked.percent and 0 < number <= 1:
        hundredfold = plain_decimal(number * 100)
        return Read((value, hundredfold), say("{value} can mean {value} % or {more} %.", value=value, more=hundredfold))
    return Read((value,))


def _typed(asked: Asked, text: str) -> Read[str]:
    whole = unicodedata.normalize("NFKC", text).strip()
    bare = ABOUT.sub("", ABOUT.sub("", whole)).strip()
    about = bare != whole
    unit = _units(asked.number.unit)
    stripped = _without(bare, unit)
    signed = stripped.endswith("%")
    try:
        value = clean(stripped)
    except Problem:
        return _rescued(asked, bare)
    if signed and not asked.percent:
        return Read((value,), say("A percent sign stands where {unit} is asked for.", unit=_unit(asked)))
    if about:
        return Read((value,), say("“{typed}” is not exact; it was taken as {value}.", typed=_short(text), value=value))
    return Read((value,)) if signed else _fraction(asked, value)


def _without(text: str, units: tuple[str, ...]) -> str:
    """Without the unit, a word for what is counted, and the marks around it."""
    for unit in units:
        if unit != "%" and len(text) > len(unit) and text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)].strip()
    return COUNTED.sub("", text).strip() or text


def _units(unit: Words) -> tuple[str, ...]:
    """The unit and its parts before a stroke: 次/年 is 次/年 and 次."""
    out: list[str] = []
    for text in (unit.zh, unit.en):
        normal = unicodedata.normalize("NFKC", text).strip()
        out += [one for one in (normal, normal.split("/")[0]) if one]
    return tuple(dict.fromkeys(out))


def _unit(asked: Asked) -> Words:
    return asked.number.unit if asked.result and asked.number.unit else Words("数", "a number")


def _rescued(asked: Asked, text: str) -> Read[str]:
    """What else can be made of it: large units, shares, Chinese numerals, the one number among words."""
    found = [one.replace(",", "") for one in _DIGITS.findall(text)]
    larger = re.fullmatch(r"([-+]?\d+(?:,\d{3})*(?:\.\d+)?)\s*(万|亿|千|百)\D*", text)
    if larger is not None:
        exact = Decimal(larger[1].replace(",", ""))
        value = plain_decimal(exact * _TIMES[larger[2]])
        return Read(
            (value, plain_decimal(exact)), say("“{typed}” was taken as {value}.", typed=_short(text), value=value)
        )
    if "‰" in text and len(found) == 1 and asked.percent:
        value = plain_decimal(Decimal(found[0]) / 10)
        return Read((value,), say("“{typed}” was taken as {value}.", typed=_short(text), value=value))
    spelled = spelled_out(re.sub(r"^百分之", "", COUNTED.sub("", text)))
    if spelled is not None:
        value = str(spelled)
        return Read((value,), say("“{typed}” was taken as {value}.", typed=_short(text), value=value))
    values = tuple(dict.fromkeys(plain_decimal(Decimal(one)) for one in found))
    if len(values) == 1:
        return Read(values, say("Words stand beside the number; it was taken as {value}.", value=values[0]))
    if values:
        return Read(values, say("Several numbers stand here."), False)
    return _nothing()


def spelled_out(text: str) -> int | None:
    """A whole number in Chinese numerals up to 9,999; None for anything else."""
    if not text or not re.fullmatch(r"[零〇一二两三四五六七八九十百千]+", text):
        return None
    total, digit = 0, 0
    for sign in text:
        if sign in _SIGNS:
            digit = _SIGNS[sign]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
    return total + digit if re.search("[十百千]", text) or len(text) == 1 else None


def _nothing() -> Read[str]:
    return Read((), say("No number can be read here."), False)


def _short(text: str) -> Message:
    line = " ".join(text.split())
    return say("{line}", line=line if len(line) <= 30 else f"{line[:29]}…")

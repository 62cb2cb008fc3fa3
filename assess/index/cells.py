"""One cell of a table as a number: the measured value of a number item, the score of any other kind, and its state."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from assess.exchange.grid import CellValue, text_of
from assess.exchange.typed import Typed, TypedProblem, parse, shorten, squeeze
from assess.framework.indicator import Indicator, Number
from assess.framework.model import Framework
from assess.index import stated
from assess.index.data import ANSWERED, NO_DATA, NOT_APPLICABLE, UNANSWERED
from assess.language import say
from assess.measure.scales import clean, value
from assess.problems import Problem

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
EMPTY = frozenset({"nan", "null", "#n/a"})
KEPT = 20_000
SMALLEST, LARGEST = 1e-30, 1e30
Cell = tuple[float, int]
Reader = Callable[[CellValue, bool], Cell]


def reader(framework: Framework, item: Indicator) -> Reader:
    """What reads the cells of one item: (value, formatted as a percentage) → number and state. Raises Problem."""
    words = framework.table
    blank = frozenset(word.lower() for word in words.blank) | EMPTY
    states = dict.fromkeys((word.lower() for word in words.not_applicable), NOT_APPLICABLE)
    states |= dict.fromkeys((word.lower() for word in words.no_data), NO_DATA)
    known: dict[str, Cell] = {}

    def read(cell: CellValue, percent: bool) -> Cell:
        if cell is None:
            return math.nan, UNANSWERED
        if isinstance(cell, str) and cell in known:
            return known[cell]
        if item.number is not None and isinstance(cell, float) and not isinstance(cell, bool):
            return within(item, item.number, sized(item.code, cell * 100.0 if percent else cell)), ANSWERED
        text = text_of(cell)
        if text in known:
            return known[text]
        word = text.lower()
        if word in blank or not word:
            found: Cell = (math.nan, UNANSWERED)
        elif word in states:
            found = (math.nan, states[word])
        elif item.number is not None:
            found = (within(item, item.number, measured(item, text)), ANSWERED)
        else:
            found = (scored(framework, item, text), ANSWERED)
        if len(known) < KEPT:
            known[text] = found
        return found

    return read


def plain(code: str) -> Reader:
    """What reads a column that is no item, such as a denominator."""

    def read(cell: CellValue, percent: bool) -> Cell:
        if cell is None or (isinstance(cell, str) and cell.strip().lower() in {"", "na", "n/a", "-", "—", *EMPTY}):
            return math.nan, UNANSWERED
        if isinstance(cell, float):
            return sized(code, cell), ANSWERED
        return figure(code, text_of(cell)), ANSWERED

    return read


def statement(framework: Framework, key: str) -> Reader:
    """What reads a column that states something beyond answers, such as points deducted."""
    figures = plain(key)

    def read(cell: CellValue, percent: bool) -> Cell:
        try:
            as_number = figures(cell, percent)
        except Problem:
            as_number = (math.nan, ANSWERED)
        return stated.read(framework, key, cell, as_number)

    return read


def measured(item: Indicator, text: str) -> float:
    """A typed number, with or without its unit."""
    unit = squeeze(item.number.unit.zh or item.number.unit.en) if item.number else ""
    if unit and unit != "%" and text.endswith(unit):
        text = text.removesuffix(unit).strip()
    return figure(item.code, text)


def figure(code: str, text: str) -> float:
    """A number as programs and as people write it."""
    if NUMBER.fullmatch(text):
        return sized(code, float(text))
    try:
        return sized(code, float(clean(text)))
    except Problem:
        raise Problem(
            "table.number",
            say("{code}: “{typed}” is not a number.", code=code, typed=shorten(text)),
            say("Write the number alone, or leave the cell empty."),
        ) from None


def sized(code: str, x: float) -> float:
    """The number, unless it is so large or so small that reckoning with it gives nothing sound."""
    if x == 0 or SMALLEST <= abs(x) <= LARGEST:
        return x
    raise Problem(
        "table.size",
        say("{code}: {value} is too large or too small to reckon with.", code=code, value=f"{x:g}"),
        say("Check the figure and its unit."),
    )


def within(item: Indicator, number: Number, x: float) -> float:
    """The value, unless no such value can be: negative where none may be, a part above its whole."""
    if x < 0 and not number.negative:
        raise Problem(
            "table.negative",
            say("{code}: {value} is negative, which this item cannot be.", code=item.code, value=f"{x:g}"),
            say("Check the sign; where values below 0 are right, write negative = true in the framework."),
        )
    whole = number.factor if number.factor is not None else 1.0
    if number.kind == "ratio" and not number.divide_by and x > whole * (1 + 1e-12):
        raise Problem(
            "table.above-whole",
            say("{code}: {value} is more than the whole ({whole}).", code=item.code, value=f"{x:g}",
                whole=f"{whole:g}"),
            say("Check the figure: a part cannot be more than the whole."),
        )  # fmt: skip
    return x


def scored(framework: Framework, item: Indicator, text: str) -> float:
    """The score of an answer of any kind but a number."""
    if item.kind == "yesno":
        good = item.yesno.good if item.yesno else "yes"
        short = text.lower().removesuffix(".0")
        for answer, words in (("yes", framework.table.yes), ("no", framework.table.no)):
            if text.lower() in words or short in words:
                return 100.0 if answer == good else 0.0
    try:
        found = value(item, parse(item, Typed(answer=text))[0], checklist_cap=framework.checklist_cap)
    except TypedProblem as problem:
        raise Problem(problem.code, problem.text, problem.hint) from None
    if found.score is None:
        raise found.fault or Problem("table.answer", say("{code}: the answer has no score.", code=item.code))
    return found.score

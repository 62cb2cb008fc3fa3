"""One value of a framework in one cell, and back. What a cell cannot show as it is stands as TOML after a mark."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from assess.exchange.grid import CellValue, text_of
from assess.framework.grammar import fits
from assess.framework.keys import Kind
from assess.language import LANGUAGES, Message, say
from assess.workbook import toml
from assess.workbook.terms import FLAGS, WORDS, word

Json = Any
MARK = "#TOML "
LONGEST = 32_767
CODES = frozenset({"tiers", "clauses", "indicators", "then", "modes", "excluded", "never"})
SEPARATORS = re.compile(r"[、，,;；\n]")
ILLEGAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
LITERAL = ("any", "pairs", "pair", "labels", "curve", "wholes")
DIGITS = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}([,'\s]\d{3})+(\.\d+)?")


class Unreadable(ValueError):
    """A cell that does not hold what its column asks for."""

    def __init__(self, text: Message, hint: Message) -> None:
        super().__init__(text.id)
        self.text = text
        self.hint = hint


def encode(value: Json, kind: Kind, key: str = "", language: str = "zh") -> str | float | int:
    """The cell of a value; reading it back gives the same value. `key` is the name of the column's key."""
    cell = shown(value, kind, key, language)
    if cell is not None:
        try:
            if same(decode(trimmed(cell), kind, key), value):
                return cell
        except ValueError:
            pass
    return MARK + safe(toml.literal(value))


def shown(value: Json, kind: Kind, key: str, language: str) -> str | float | int | None:
    """As a person would write it; None when there is no such way."""
    if isinstance(kind, tuple):
        return word(str(value), kind, language)
    if isinstance(value, bool):
        return FLAGS[value].to(language) if kind == "flag" else toml.literal(value)
    if isinstance(value, (int, float)):
        return value if float(f"{value:.15g}") == value else repr(value)
    if isinstance(value, str):
        if kind in ("count", "codes"):
            return FLAGS["all"].to(language)
        cell: str | None = value
    elif isinstance(value, list) and kind not in LITERAL:
        mark = "、" if key in CODES else "\n"
        mark = ", " if kind == "numbers" else mark
        cell = mark.join(one if isinstance(one, str) else toml.literal(one) for one in value)
    else:
        cell = toml.literal(value)
    return None if cell is None or ILLEGAL.search(cell) or cell.startswith(MARK) else cell


def safe(text: str) -> str:
    """A literal without what a cell may not hold: _x0041_ would be read as a letter."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", r"\\u005f", text)


def trimmed(cell: CellValue | int) -> CellValue:
    """A cell as a table file gives it back: text without white space around it, numbers as floats."""
    if isinstance(cell, str):
        return cell.strip() or None
    return cell if cell is None or isinstance(cell, bool) else float(cell)


def same(one: Json, other: Json) -> bool:
    """Equal, and of the same type all the way down (1 is not true)."""
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return isinstance(other, dict) and list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


def decode(cell: CellValue, kind: Kind, key: str = "") -> Json:
    """The value of a filled cell. Raises Unreadable with a sentence on what belongs there."""
    if cell is None:
        raise Unreadable(say("The cell is empty."), say("Fill it in."))
    if isinstance(cell, str) and cell.startswith(MARK):
        return marked(cell.removeprefix(MARK).strip(), kind)
    if isinstance(kind, tuple):
        return choice(cell, kind)
    if not isinstance(kind, str):
        return anything(cell)
    reader = READERS.get(kind)
    if reader is not None:
        return reader(cell)
    if kind in LITERAL:
        value = anything(cell)
        if not fits(value, kind):
            raise wrong(cell, say("a list in square brackets, as TOML writes it"))
        return value
    if kind in ("texts", "words list"):
        return lines(text_of(cell), key)
    return text_of(cell)


def marked(text: str, kind: Kind) -> Json:
    """The TOML value after the mark, which has to be of the column's kind."""
    try:
        value = toml.parse(text)
    except ValueError as error:
        raise Unreadable(
            say("What follows #TOML is no TOML value."), say("Write a text in quotes, a number, or a list.")
        ) from error
    if (isinstance(kind, tuple) and value not in kind) or (isinstance(kind, str) and not fits(value, kind)):
        raise wrong(text, kind if isinstance(kind, tuple) else say("a value of the kind of this column"))
    return value


def choice(cell: CellValue, allowed: tuple[str, ...]) -> str:
    """A key out of a closed list, by its key or by its word in either language."""
    text = text_of(cell)
    known = {form.casefold(): one for one in allowed for form in (one, *(word(one, allowed, to) for to in LANGUAGES))}
    if text.casefold() not in known:
        raise wrong(cell, tuple(WORDS.get(one, one) for one in allowed))
    return known[text.casefold()]


def flag(cell: CellValue) -> bool:
    text = text_of(cell).casefold()
    if text in YES:
        return True
    if text in NO:
        return False
    raise wrong(cell, (FLAGS[True], FLAGS[False]))


YES = frozenset({"是", "yes", "y", "true", "√", "✓", "对", "1"})
NO = frozenset({"否", "no", "n", "false", "×", "✗", "不", "0"})


def number(cell: CellValue) -> float | int:
    """A number as people type it: full-width digits, separators of thousands. No percent sign: its share is unclear."""
    if isinstance(cell, float) and not isinstance(cell, bool):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    text = unicodedata.normalize("NFKC", text_of(cell)).strip().replace("−", "-")
    if THOUSANDS.fullmatch(text):
        text = re.sub(r"[,'\s]", "", text)
    if not DIGITS.fullmatch(text) or isinstance(cell, bool):
        raise wrong(cell, say("a number"))
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise wrong(cell, say("a number"))
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def whole(cell: CellValue) -> int:
    value = number(cell)
    if not isinstance(value, int):
        raise wrong(cell, say("a whole number"))
    return value


def numbers(cell: CellValue) -> list[float | int]:
    found = [number(part) for part in re.split(r"[,，;；、\s]+", text_of(cell)) if part]
    if len(found) != 2:
        raise wrong(cell, say("two numbers with a comma between them"))
    return found


def points(cell: CellValue) -> float | int | list[float | int]:
    if isinstance(cell, float):
        return number(cell)
    found = [number(part) for part in re.split(r"[,，;；、\s]+", text_of(cell)) if part]
    return found[0] if len(found) == 1 else found


def every(cell: CellValue) -> bool:
    return text_of(cell).casefold() in {"all", *(FLAGS["all"].to(language) for language in LANGUAGES)}


def count(cell: CellValue) -> int | str:
    return "all" if every(cell) else whole(cell)


def codes(cell: CellValue) -> list[str] | str:
    return "all" if every(cell) else lines(text_of(cell), "indicators")


def headings(cell: CellValue) -> list[str] | str:
    found = lines(text_of(cell), "")
    return found[0] if len(found) == 1 else found


def lines(text: str, key: str) -> list[str]:
    """One text a line; codes may also stand beside each other. Empty lines within keep their place."""
    if key in CODES:
        return [part.strip() for part in SEPARATORS.split(text) if part.strip()]
    found = [part.strip() for part in text.split("\n")]
    while found and not found[-1]:
        found.pop()
    return found


def anything(cell: CellValue) -> Json:
    """A TOML value where the cell holds one, else its text."""
    if isinstance(cell, float) and not isinstance(cell, bool):
        return number(cell)
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    try:
        return toml.parse(text)
    except ValueError:
        if text[:1] in ("[", "{"):
            raise wrong(cell, say("a list or table as TOML writes it")) from None
        return text


READERS: dict[str, Any] = {
    "flag": flag,
    "number": number,
    "whole": whole,
    "numbers": numbers,
    "points": points,
    "count": count,
    "codes": codes,
    "headings": headings,
}


def wrong(cell: CellValue, allowed: object) -> Unreadable:
    text = text_of(cell)
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return Unreadable(say("“{value}” does not belong here.", value=text), say("Allowed: {values}.", values=allowed))

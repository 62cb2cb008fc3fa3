"""What is written on a sheet, and whether it has the form of something secret or personal (patterns of the guide).

The texts never leave this module: what is told is the item, the field and the pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from assess.answers import ANSWER_COLUMNS, Json, Sheet
from assess.framework.supplement import Pattern

Texts = tuple[tuple[str, str], ...]
FIELDS = ("note", "reason", "evidence_name", "evidence_number", "unit_name", "comment", "explanation")
_EVIDENCE = {
    "name": "evidence_name",
    "file_name": "evidence_name",
    "number": "evidence_number",
    "place": "evidence_number",
    "pages": "evidence_number",
    "date": "evidence_number",
}
_PROFILE = ("unit", "compiled_by", "prepared_for", "region", "size", "blurb")


@lru_cache(maxsize=256)
def expressions(pattern: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The compiled expressions of a pattern; one that cannot be compiled is left out (the framework check says so)."""
    out: list[re.Pattern[str]] = []
    for source in pattern:
        try:
            out.append(re.compile(source))
        except re.error:
            continue
    return tuple(out)


def normal(text: str) -> str:
    """The text with full-width and compatibility forms as plain ones (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def bare(text: str) -> str:
    """The normal form without any blanks, for counting characters and comparing."""
    return "".join(normal(text).split())


def matches(pattern: Pattern, text: str) -> bool:
    """Has the text, once normal, this form anywhere?"""
    plain = normal(text)
    return any(expression.search(plain) for expression in expressions(pattern.regex))


def fields_with(pattern: Pattern, texts: Texts, wanted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fields among `wanted` (none named: all) whose text, already normal, has the form."""
    compiled = expressions(pattern.regex)
    found = [
        field
        for field, text in texts
        if (not wanted or field in wanted) and any(expression.search(text) for expression in compiled)
    ]
    return tuple(field for field in FIELDS if field in found) if found else ()


def of_item(cells: Mapping[str, Json]) -> Texts:
    """Everything written about one item, in normal form, with the field it stands in."""
    return tuple((field, normal(text)) for field, text in _item(cells) if text and not text.isspace())


def by_part(sheet: Sheet) -> dict[str, Texts]:
    """What is written about the document itself, by part: its profile and cover, red lines, bonus, deductions …"""
    found: dict[str, list[tuple[str, str]]] = {
        "@profile": [("unit_name", str(getattr(sheet.profile, name) or "")) for name in _PROFILE]
    }
    for (item, _column), content in sheet.cells.items():
        if item.startswith("@") and item != "@profile":
            part = item.partition("/")[0]
            field = "unit_name" if part == "@cover" else "comment"
            found.setdefault(part, []).extend((field, text) for text in _strings(content))
    return {
        part: kept
        for part, listed in found.items()
        if (kept := tuple((field, normal(text)) for field, text in listed if text and not text.isspace()))
    }


def of_document(sheet: Sheet) -> Texts:
    """All that is written about the document itself, in normal form, with the field it stands in."""
    return tuple(text for part in by_part(sheet).values() for text in part)


def _item(cells: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for column, content in cells.items():
        if column.startswith("evidence/") and isinstance(content, Mapping):
            yield from ((field, str(content.get(key) or "")) for key, field in _EVIDENCE.items())
        elif (column in ANSWER_COLUMNS or column == "previous") and isinstance(content, Mapping):
            yield "reason", str(content.get("reason") or "")
            yield "note", str(content.get("source") or "")
        elif isinstance(content, str):
            yield (column if column in ("note", "explanation") else "comment"), content


def _strings(content: Json) -> list[str]:
    if isinstance(content, str):
        return [content]
    if isinstance(content, Mapping):
        return [text for value in content.values() for text in _strings(value)]
    return []

"""The sheets of an XLSForm by name, as rows by heading: a workbook, or the text forms of it.

In CSV and Markdown all sheets stand below each other: a name alone in the first column opens one, its rows begin in the
second. Headings do not differ by capitals; `label:English`, `bind:constraint` and `int` are how older forms write.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from assess.exchange.grid import read as grids
from assess.exchange.grid import text_of
from assess.language import say
from assess.problems import Problem

SHEETS = {"survey", "choices", "settings"}
TEXTS = {".csv", ".txt"}
RULE = re.compile(r"[\s|:-]*")
LARGEST = 16 * 1024 * 1024

Rows = list[dict[str, str]]


def tables(path: Path) -> dict[str, Rows]:
    """Rows of every sheet that holds any. Raises what reading a table raises (Problem table.*)."""
    suffix = path.suffix.lower()
    if suffix == ".md":
        return _stacked(_markdown(path))
    found: dict[str, Rows] = {}
    for grid in grids(path):
        rows = [[text_of(cell) for cell in row] for row in grid.rows]
        if suffix in TEXTS:
            found |= _stacked(_form(_separated(path)) or rows)
        else:
            found[grid.name.strip().lower()] = _table(rows)
    return found


def _stacked(rows: Sequence[Sequence[str]]) -> dict[str, Rows]:
    """Sheets below each other; a table that is only the survey has its headings at once."""
    if not any(row and row[0].strip().lower() in SHEETS for row in rows):
        return {"survey": _table(rows)}
    found: dict[str, list[Sequence[str]]] = {}
    sheet = ""
    for row in rows:
        if row and row[0].strip():
            sheet = row[0].strip().lower()
            found.setdefault(sheet, [])
            if any(cell.strip() for cell in row[1:]):
                found[sheet].append(row[1:])
        elif sheet:
            found[sheet].append(row[1:])
    return {name: _table(part) for name, part in found.items()}


def _table(rows: Sequence[Sequence[str]]) -> Rows:
    """Rows by heading; empty rows are left out."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    heads = [_head(cell) for cell in filled[0]]
    return [
        {head: (row[at].strip() if at < len(row) else "") for at, head in enumerate(heads) if head}
        for row in filled[1:]
    ]


def _head(text: str) -> str:
    """A heading in small letters; the language of a label keeps its words behind `::`."""
    parts = [part.strip() for part in re.split(r"::?", text.strip())]
    first = parts[0].lower()
    if first == "bind" and len(parts) > 1:
        return parts[-1].lower()
    return "::".join([first, *parts[1:]]) if first == "label" else "::".join(part.lower() for part in parts)


def _separated(path: Path) -> list[list[str]]:
    """A CSV by commas where it can be decoded so: the sniffed delimiter of sheets below each other is guesswork."""
    try:
        words = path.read_bytes()[:LARGEST].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(words, newline=""), skipinitialspace=True)]


def _form(rows: list[list[str]]) -> list[list[str]]:
    """The rows if they look like a form, else none."""
    heads = {cell.lower() for cell in rows[0]} if rows else set()
    return rows if "type" in heads or any(row and row[0].lower() in SHEETS for row in rows) else []


def _markdown(path: Path) -> list[list[str]]:
    try:
        words = path.read_bytes()[:LARGEST].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "table.encoding",
            say("{name} is not readable text.", name=path.name),
            say("Save it again as CSV (UTF-8) or as XLSX."),
        ) from error
    lines = [text.strip() for text in words.splitlines() if text.strip().startswith("|")]
    return [[cell.strip() for cell in text.strip("|").split("|")] for text in lines if not RULE.fullmatch(text)]

"""A workbook as people hand it back, opened with care: XLSX, XLS and ODS, read by what is inside and not by the name.

Nothing is trusted: not the size, not the extension, not the number of rows a stray cell far below makes up. Cells keep
their kind (text, number, date), since 0.85 under a percent format and a level that became a date read differently.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from assess.exchange import bounds
from assess.exchange.grid import letters
from assess.language import say
from assess.problems import Problem
from assess.sheets.terms import LISTS

Raw = str | float | bool | date | None
LARGEST = 60_000_000
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"}
FOREIGN = {".et": "WPS", ".ett": "WPS", ".uos": "UOF", ".numbers": "Numbers", ".wps": "WPS"}
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_DAMAGED = (OSError, ValueError, EOFError, KeyError, IndexError, struct.error, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. Rows and columns count from 0; `merged` names for every cell of a merged area its upper left one."""

    name: str
    rows: tuple[tuple[Raw, ...], ...]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def value(self, row: int, column: int | None) -> Raw:
        if column is not None and 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int | None) -> str:
        """The cell as text, without white space around it."""
        return text_of(self.value(row, column))

    def cell(self, row: int, column: int) -> str:
        """The address within the sheet: C17."""
        return f"{letters(column)}{row + 1}"

    def place(self, row: int, column: int) -> str:
        return f"{self.name}!{self.cell(row, column)}"


@dataclass(frozen=True, slots=True)
class Opened:
    """All sheets of a workbook, hidden ones too."""

    path: Path
    kind: str
    pages: tuple[Page, ...]


def text_of(value: Raw) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO, no blanks around."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return decimal_of(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.strip()


def decimal_of(value: float) -> str:
    """A number of a cell as a plain decimal: 15 digits, as office programs keep them, never a power of ten."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    shown = format(Decimal(f"{value:.15g}"), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def open_book(path: Path) -> Opened:
    """Open a workbook. Problems: sheets.absent, sheets.kind, sheets.locked, sheets.unreadable, sheets.too-large."""
    if not path.is_file():
        raise Problem(
            "sheets.absent",
            say("There is no form at {path}.", path=str(path)),
            say("Check the name and the folder; on a memory stick, check that it is plugged in."),
        )
    suffix = path.suffix.lower()
    if suffix in FOREIGN or suffix not in SUFFIXES:
        raise Problem(
            "sheets.kind",
            say("{name} is not a kind of workbook that can be read.", name=path.name),
            say("Open it in the program it was made with, save it as XLSX, and take that file."),
        )
    data = _bytes(path)
    try:
        if data[:2] == _ZIP:
            data = bounds.zipped(data)
        elif data[:4] == _OLE and bounds.compound(data):
            raise _locked(path)
    except bounds.TooLarge as error:
        raise _too_large(path) from error
    except (*_DAMAGED, RuntimeError, NotImplementedError) as error:
        raise _unreadable(path) from error
    return Opened(path, "ole" if data[:4] == _OLE else "zip", tuple(_pages(path, data)))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(path)
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error


def _pages(path: Path, data: bytes) -> Iterator[Page]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            if name == LISTS:
                continue
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > bounds.CELLS:
                raise _too_large(path)
            rows = tuple(tuple(map(_raw, row)) for row in sheet.to_python(skip_empty_area=False))
            yield Page(name, rows, _merged(sheet.merged_cell_ranges))
    except PasswordError as error:
        raise _locked(path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own way to give up on a damaged file
            raise
        raise _unreadable(path) from error


def _merged(spans: Any) -> dict[tuple[int, int], tuple[int, int]]:
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in spans or ():
        if (bottom - top + 1) * (right - left + 1) <= 4096:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    out[row, column] = (top, left)
    return out


def _raw(cell: object) -> Raw:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)):
        return float(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return str(cell)


def _too_large(path: Path) -> Problem:
    return Problem(
        "sheets.too-large",
        say("{name} is too large for a form.", name=path.name),
        say("Delete the rows, columns and pictures outside the questions, save it, and try again."),
    )


def _locked(path: Path) -> Problem:
    return Problem(
        "sheets.locked",
        say("{name} is locked with a password.", name=path.name),
        say("Open it in WPS or Excel, remove the password, save it, and try again."),
    )


def _unreadable(path: Path) -> Problem:
    return Problem(
        "sheets.unreadable",
        say("{name} cannot be read as a form.", name=path.name),
        say("Open it in WPS or Excel, save it under a new name as XLSX, and try again."),
    )

"""Tables as people save them: XLSX, XLS, ODS and CSV read into one shape, with the address of every cell.

Values are kept as found; text is only stripped of surrounding white space. A percent cell of a workbook holds a
fraction (0.85 shown as 85 %), so the number formats of XLSX files are looked up
once and such cells say `percent` (D45).
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from assess.exchange import bounds
from assess.language import say
from assess.problems import Problem

CellValue = str | float | bool | None
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"}
TEXTS = {".csv", ".tsv", ".txt"}
COLUMNS = {".parquet", ".pq"}
MOST = 80_000_000
"""Cells of one sheet of a table, blank ones included: a million units with eighty items."""
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `rows[r][c]` counts from 0; `percent` holds the (row, column) of cells formatted as percentages."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    percent: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def value(self, row: int, column: int) -> CellValue:
        """The cell, or None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int | None) -> str:
        """The cell as text: whole numbers without a decimal point, nothing as ""."""
        return "" if column is None else text_of(self.value(row, column))

    def place(self, row: int, column: int | None) -> str:
        """The address as the office program writes it: 答题表!C17."""
        where = f"{letters(column)}{row + 1}" if column is not None else str(row + 1)
        return f"{self.name}!{where}" if self.name else where


def text_of(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.strip()


def letters(column: int) -> str:
    """Column letters of a number counted from 0: 0 → A, 27 → AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read(path: Path) -> tuple[Grid, ...]:
    """All sheets of a table file that hold anything. Raises Problem `table.*` with what to do."""
    if not path.is_file():
        raise Problem(
            "table.missing",
            say("There is no table at {path}.", path=str(path)),
            say("Check the name and the folder; on a memory stick, check that it is plugged in."),
        )
    kind = path.suffix.lower()
    if kind in WORKBOOKS:
        return _workbook(path)
    if kind in TEXTS:
        return (_text(path),)
    if kind in COLUMNS:
        from assess.exchange.parquet import grid

        return (grid(path),)
    raise Problem(
        "table.kind",
        say("{name} is not a kind of table that can be read.", name=path.name),
        say("Save it as XLSX, XLS, ODS or CSV and try again."),
    )


def _workbook(path: Path) -> tuple[Grid, ...]:
    """Every filled sheet. The file is looked at first: damage can make the reader give up for good."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_fit(path)))
        grids = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MOST:
                raise bounds.TooLarge
            rows = tuple(tuple(_plain(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False))
            if any(cell is not None for row in rows for cell in row):
                grids.append(Grid(name, rows))
    except (KeyboardInterrupt, SystemExit, MemoryError, Problem):
        raise
    except BaseException as error:  # the reader's panics are no Exception
        raise Problem(
            "table.unreadable",
            say("{name} cannot be read as a workbook.", name=path.name),
            say("Open it in WPS or Excel, save it under a new name as XLSX, and try again."),
        ) from error
    if not grids:
        raise Problem(
            "table.empty",
            say("{name} holds no filled cell.", name=path.name),
            say("Check that the right file was chosen and that it was saved."),
        )
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        grids = [_with_percent(path, grid) for grid in grids]
    return tuple(grids)


def _fit(path: Path) -> bytes:
    """The bytes of a workbook that may be read. Raises TooLarge, or what its container raises for damage."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > 10 * bounds.UNPACKED:
            raise bounds.TooLarge
        return data if size > bounds.UNPACKED else bounds.zipped(data, MOST)
    if data[:4] == b"\xd0\xcf\x11\xe0" and bounds.compound(data):
        raise Problem(
            "table.locked",
            say("{name} is protected by a password.", name=path.name),
            say("Open it, take the password away, save it, and try again."),
        )
    return data


def _with_percent(path: Path, grid: Grid) -> Grid:
    """Mark cells whose number format is a percentage. Only fractions can be meant, so others are not looked at."""
    doubtful = {
        (r, c)
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if isinstance(cell, float) and not isinstance(cell, bool) and 0 < abs(cell) <= 10
    }
    if not doubtful:
        return grid
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=False, data_only=True)
        sheet = book[grid.name]
        percent = frozenset((r, c) for r, c in doubtful if "%" in str(sheet.cell(r + 1, c + 1).number_format))
    except Exception:  # a workbook that only calamine reads has no formats to look up
        return grid
    return Grid(grid.name, grid.rows, percent)


def _plain(cell: object) -> CellValue:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)):
        return float(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return str(cell).strip() or None


def _text(path: Path) -> Grid:
    data = path.read_bytes()
    words = None
    for encoding in ENCODINGS:
        try:
            words = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if words is None or "\x00" in words:
        raise Problem(
            "table.encoding",
            say("{name} is not readable text.", name=path.name),
            say("Save it again as CSV (UTF-8) or as XLSX."),
        )
    try:
        dialect = csv.Sniffer().sniff(words[:8192], delimiters=",;\t") if words.strip() else csv.excel
    except csv.Error:
        dialect = csv.excel
    rows = [tuple(cell.strip() or None for cell in row) for row in csv.reader(io.StringIO(words, newline=""), dialect)]
    if not any(cell for row in rows for cell in row):
        raise Problem(
            "table.empty",
            say("{name} holds no filled cell.", name=path.name),
            say("Check that the right file was chosen and that it was saved."),
        )
    return Grid("", tuple(rows))

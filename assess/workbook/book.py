"""The workbook as a file: sheets that a person edits in WPS or Excel, and their cells read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.exchange.grid import CellValue, Grid, letters
from assess.language import LANGUAGES, say
from assess.problems import Problem
from assess.workbook.about import ABOUT, HOW
from assess.workbook.cells import LONGEST, trimmed
from assess.workbook.shape import SHEETS, Column
from assess.workbook.table import Head, Span
from assess.workbook.terms import FLAGS, heading, title, word
from assess.workbook.unfold import Rows

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

IDENTITY, LISTS = "zhiheng", "lists"
FORMAT, VERSION = "zhiheng-framework-workbook", 1
ORDER = ("main", *(sheet.key for sheet in SHEETS), "words", "other")
LAST = 5000
"""Rows that drop-down lists reach."""
INK, TEXT, ENGLISH, NEEDED = "FFFFFF", "44546A", "5B7F95", "9C3D2E"


class Spec:
    """The columns of one sheet of the workbook."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.columns: tuple[Column, ...] = next((one.columns for one in SHEETS if one.key == key), ())
        self.plain: tuple[tuple[str, str], ...] = PLAIN.get(key, ())

    def headings(self, language: str) -> list[str]:
        if self.plain:
            return [heading(key, side, language) for key, side in self.plain]
        return [column.heading(language) for column in self.columns]

    def needed(self, place: int) -> bool:
        if self.plain:
            return place < 2
        column = self.columns[place]
        if column.side == "en":
            return False
        return bool(column.locates and column.locates != "file") or column.path in {("code",), ("id",), ("name",)}

    def heads(self) -> tuple[Head, ...]:
        names = zip(*(self.headings(language) for language in LANGUAGES), strict=True)
        return tuple(Head(tuple(pair), self.needed(place)) for place, pair in enumerate(names))


PLAIN: dict[str, tuple[tuple[str, str], ...]] = {
    "main": (("path", ""), ("content", ""), ("content", "en")),
    "other": (("file", ""), ("path", ""), ("content", ""), ("content", "en")),
    "words": (("file", ""), ("", "zh"), ("", "en")),
}


def write(path: Path, rows: Rows, identity: Mapping[str, str], language: str) -> None:
    """Write the workbook. Raises Problem when a text is longer than a cell can hold, or the file cannot be written."""
    import openpyxl

    book = openpyxl.Workbook()
    about = book.active
    assert about is not None
    about.title = title("about", language)
    lists: dict[tuple[str, ...], str] = {}
    hidden = book.create_sheet(LISTS)
    for key in ORDER:
        spec = Spec(key)
        sheet = book.create_sheet(title(key, language))
        fill(sheet, spec, rows[key], language)
        frame(sheet, spec, len(rows[key]), language)
        heights(sheet, [width(spec, place) for place in range(len(spec.headings(language)))], rows[key], 2)
        choices(sheet, spec, hidden, lists, language)
    explain(about, language)
    mark = book.create_sheet(IDENTITY)
    for row in [("format", FORMAT), ("version", str(VERSION)), ("sheets", ",".join(ORDER)), *identity.items()]:
        mark.append(row)
        for cell in mark[mark.max_row]:
            cell.data_type = "s"
    book.move_sheet(hidden, len(book.sheetnames))
    hidden.sheet_state = mark.sheet_state = "hidden"
    save(book, path)


def save(book: Workbook, path: Path) -> None:
    """Replace the file as a whole or leave it alone."""
    spare = path.with_name(f".{path.name}.part")
    try:
        book.save(spare)
        spare.replace(path)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise Problem(
            "workbook.unwritten",
            say("{name} cannot be written.", name=path.name),
            say("Close it in other programs, and check the folder and the space on the disk."),
        ) from error


def fill(sheet: Worksheet, spec: Spec, rows: list[list[str | float | int | None]], language: str) -> None:
    """Headings and values; texts stay texts whatever they begin with."""
    table: list[list[str | float | int | None]] = [[*spec.headings(language)], *rows]
    for number, row in enumerate(table, 1):
        for place, value in enumerate(row, 1):
            if value is None:
                continue
            if isinstance(value, str) and len(value.encode("utf-16-le")) // 2 > LONGEST:
                raise Problem(
                    "workbook.long",
                    say("A text is too long for a cell: {place}.", place=f"{sheet.title}!{letters(place - 1)}{number}"),
                    say("A cell holds 32,767 characters. Edit this framework as TOML files."),
                )
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"


def frame(sheet: Worksheet, spec: Spec, count: int, language: str) -> None:
    """Looks and protection: headings locked, everything below free, rows may be added and removed."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    wrap, free = Alignment(wrap_text=True, vertical="top"), Protection(locked=False)
    sides = [side for _, side in spec.plain] or [column.side for column in spec.columns]
    for place, text in enumerate(spec.headings(language), 1):
        column = sheet.column_dimensions[letters(place - 1)]
        column.width = width(spec, place - 1)
        column.alignment, column.protection, column.number_format = wrap, free, "@"
        color = NEEDED if spec.needed(place - 1) else ENGLISH if sides[place - 1] == "en" else TEXT
        head = sheet.cell(1, place, text)
        head.font, head.fill = Font(bold=True, color=INK), PatternFill("solid", fgColor=color)
        head.alignment, head.protection = Alignment(wrap_text=True, vertical="center"), Protection(locked=True)
        for number in range(2, count + 2):
            cell = sheet.cell(number, place)
            cell.alignment, cell.protection, cell.number_format = wrap, free, "@"
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 32
    guard = sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = guard.formatCells = False
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False


def heights(
    sheet: Worksheet, widths: list[int], rows: Sequence[Sequence[str | float | int | None]], first: int
) -> None:
    """Rows as high as their texts, since not every office program fits them when it opens a file; 12 lines at most."""
    for number, row in enumerate(rows, first):
        count = max((lines_of(cell, wide) for cell, wide in zip(row, widths, strict=True)), default=1)
        if count > 1:
            sheet.row_dimensions[number].height = min(count, 12) * 14 + 4


def lines_of(cell: str | float | None, wide: int) -> int:
    """Lines that a text takes in a column; a Chinese character is two wide."""
    if not isinstance(cell, str):
        return 1
    parts = [sum(2 if ord(mark) > 0x2E7F else 1 for mark in part[:2000]) for part in cell.split("\n")]
    return sum(max(1, -(-part // max(1, wide - 1))) for part in parts)


def width(spec: Spec, place: int) -> int:
    if spec.plain:
        return (28 if spec.plain[place][0] in ("path", "file") else 60) if spec.key != "other" or place else 18
    column = spec.columns[place]
    if column.key in ("tiers", "lead", "clauses", "indicators", "then", "modes"):
        return 18
    if column.side or column.kind in ("any", "texts", "words list"):
        return 40 if column.key != "name" else 26
    return 12


def choices(sheet: Worksheet, spec: Spec, hidden: Worksheet, lists: dict[tuple[str, ...], str], language: str) -> None:
    """Drop-down lists. They stand on a hidden sheet, since a list within the cell ends at 255 characters."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(spec.columns):
        options: tuple[str, ...] = ()
        if isinstance(column.kind, tuple):
            options = tuple(word(one, column.kind, language) for one in column.kind)
        elif column.kind == "flag":
            options = (FLAGS[True].to(language), FLAGS[False].to(language))
        source = lists.get(options, "")
        if options and not source:
            where = letters(len(lists))
            for number, option in enumerate(options, 1):
                hidden[f"{where}{number}"].value = option
                hidden[f"{where}{number}"].data_type = "s"
            source = lists[options] = f"'{LISTS}'!${where}$1:${where}${len(options)}"
        if column.locates == "code" and spec.key != "example_parts":
            source = f"'{title('items', language)}'!$A$2:$A${LAST}"
        if not source:
            continue
        rule = DataValidation(type="list", formula1=f"={source}", allow_blank=True, showErrorMessage=bool(options))
        rule.add(f"{letters(place)}2:{letters(place)}{LAST}")
        sheet.add_data_validation(rule)


def explain(sheet: Worksheet, language: str) -> None:
    """The first sheet: how to work, what the colors say, what every sheet holds."""
    from openpyxl.styles import Alignment, Font, PatternFill

    lines: list[tuple[str, str]] = [("", text.render(language)) for text in HOW]
    lines += [(title(key, language), ABOUT[key].render(language)) for key in ORDER]
    for name, text in lines:
        sheet.append((name, text))
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.value else "n"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    heights(sheet, [20, 100], lines, 1)
    for number, color in ((2, NEEDED), (3, ENGLISH), (4, TEXT)):
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor=color)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
    sheet.protection.sheet = True


def read(path: Path) -> dict[str, tuple[Grid, tuple[Span, ...]]]:
    """Every sheet by its key (IDENTITY for the hidden one; a title that is not known by the title itself).

    Raises Problem when the file is no workbook of a framework.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        raise Problem(
            "workbook.absent",
            say("There is no workbook at {path}.", path=str(path)),
            say("Check the name and the folder."),
        )
    keys = {title(key, language): key for key in ("about", *ORDER) for language in LANGUAGES}
    found: dict[str, tuple[Grid, tuple[Span, ...]]] = {}
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = tuple(tuple(map(plain, row)) for row in sheet.to_python(skip_empty_area=False))
            found.setdefault(keys.get(name.strip(), name), (Grid(name, rows), tuple(sheet.merged_cell_ranges or ())))
    except (CalamineError, OSError, ValueError) as error:
        raise Problem(
            "workbook.unreadable",
            say("{name} cannot be read as a workbook.", name=path.name),
            say("Open it in WPS or Excel, save it under a new name as XLSX, and try again."),
        ) from error
    if "main" not in found:
        raise Problem(
            "workbook.foreign",
            say("{name} is not the workbook of a framework.", name=path.name),
            say("Make one with zhiheng framework to-workbook and edit that."),
        )
    return found


def identity(grid: Grid) -> dict[str, str]:
    return {grid.text(row, 0): grid.text(row, 1) for row in range(len(grid.rows))}


def plain(cell: Any) -> CellValue:
    """A cell as calamine gives it; dates and times as text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(sep=" ")
    if isinstance(cell, date) or not isinstance(cell, (str, int, float, bool, type(None))):
        return str(cell)
    return trimmed(cell)

"""The register as a table: a row for every piece and item, as CSV or as an Excel workbook, with nothing in it that a
table program could take for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assess.framework.model import Framework
from assess.language import Message, say
from assess.problems import Problem
from assess.register.pieces import Piece
from assess.store.failures import told

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADS = (
    say("Item"),
    say("Name of the item"),
    say("Name of the evidence"),
    say("Kind of evidence"),
    say("Document number"),
    say("Date"),
    say("Pages"),
    say("Where it is kept"),
    say("Who vouches for it"),
    say("Trust grade"),
    say("Options"),
    say("Still in force"),
    say("File"),
    say("Size in bytes"),
    say("SHA-256"),
)
WIDTHS = (8, 24, 34, 22, 20, 12, 10, 22, 16, 8, 8, 8, 28, 12, 30)


def rows(framework: Framework, pieces: Iterable[Piece], language: str) -> list[list[str]]:
    """One row for every item a piece serves, in the order of the items; all cells are texts."""
    order = {code: place for place, code in enumerate(framework.indicators)}
    found = [(code, piece.uses[code]) for piece in pieces for code in piece.uses]
    found.sort(key=lambda pair: (order.get(pair[0], len(order)), pair[1].name, pair[1].id))
    yes = say("yes").render(language)
    made = []
    for code, one in found:
        item = framework.indicators.get(code)
        made.append(
            [
                code,
                item.name.to(language) if item is not None else "",
                one.name,
                one.kind,
                one.number,
                one.date,
                one.pages,
                one.place,
                one.voucher,
                one.grade,
                " ".join(one.options),
                yes if one.in_force else "",
                one.file_name,
                str(one.size) if one.digest else "",
                one.digest,
            ]
        )
    return made


def write(path: Path, framework: Framework, pieces: Sequence[Piece], language: str) -> int:
    """Write .csv (UTF-8 with mark, for table programs) or .xlsx by the ending; returns the number of rows.

    Problems: register.format for another ending, those of writing.
    """
    table = rows(framework, pieces, language)
    head = [text.render(language) for text in HEADS]
    with told(path):
        if path.suffix.lower() == ".csv":
            _csv(path, head, table)
        elif path.suffix.lower() == ".xlsx":
            _xlsx(path, head, table, say("Evidence register"), language)
        else:
            raise Problem(
                "register.format",
                say("A register is written as .xlsx or .csv, not as {ending}.", ending=path.suffix or path.name),
                say("Choose one of the two endings."),
            )
    return len(table)


def _csv(path: Path, head: list[str], table: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(head)
        writer.writerows([plain(cell) for cell in row] for row in table)


def plain(cell: str) -> str:
    """A cell that no table program takes for a formula."""
    cell = cell.encode("utf-8", "replace").decode("utf-8")
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _xlsx(path: Path, head: list[str], table: list[list[str]], title: Message, language: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title.render(language)[:31]
    for place, row in enumerate([head, *table], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(place, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:32000] or None
            if cell.value is not None:
                cell.data_type = "s"  # =1+1 stays words
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=column not in (1, 6, 10, 14, 15))
            if place == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E3ECF3")
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(table) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    book.save(path)

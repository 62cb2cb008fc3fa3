"""Findings as a table for the review (退回清单): a workbook or a CSV file, every cell plain text and never a formula.

What a pattern matched is in no cell: an explanation in which one was found is left out and said to be.
"""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from assess.answers import Sheet
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.language import Message, Words, plain, say
from assess.problems import Problem, reason
from assess.walk import responsible

FORMATS = (".xlsx", ".csv")
SEVERITIES = {"error": say("To be dealt with"), "warning": say("Worth checking"), "hint": say("For your attention")}
FIELDS = {
    "note": say("note or source"),
    "reason": say("reason"),
    "evidence_name": say("name of evidence"),
    "evidence_number": say("number or place of evidence"),
    "unit_name": say("basic information"),
    "comment": say("opinion or matter"),
    "explanation": say("explanation"),
}
HEADS = (
    say("Severity"),
    say("Code"),
    say("Item"),
    say("Finding"),
    say("Figures or place"),
    say("What to do"),
    say("Leading department"),
    say("Rule"),
    say("State of the finding"),
    say("Explanation"),
    say("Opinion of the review"),
)
WIDTHS = (9, 8, 16, 34, 16, 26, 13, 7, 8, 28, 20)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def explanation(sheet: Sheet, one: Found) -> str:
    """What has been written about a finding: where it is explained, or at another of its items."""
    own = sheet.text(one.explained_at, "explanation")
    others = [sheet.text(code, "explanation") for code in one.codes] if one.explained and not own else []
    return own or next((text for text in others if text), "")


def rows(framework: Framework, sheet: Sheet, found: Sequence[Found], *, language: str) -> list[tuple[str, ...]]:
    """One row per finding, in the order of the list, cells as `HEADS`."""

    def text(thing: Words | Message | str) -> str:
        return str(plain(thing, language))

    marked = {one.code for one in found if "explanation" in one.fields}
    out: list[tuple[str, ...]] = []
    for one in found:
        item = framework.indicators.get(one.code)
        written = explanation(sheet, one)
        if written and one.code in marked:
            written = text(say("(left out: it has the form of something secret or personal)"))
        place = str(plain(tuple(FIELDS[field] for field in one.fields), language))
        figures = one.detail.render(language) if one.detail is not None else place
        state = say("Explained") if one.explained else say("Still open")
        out.append(
            (
                text(SEVERITIES[one.severity]),
                one.code,
                text(item.name) if item is not None else text(say("Whole document")),
                text(one.message),
                figures,
                text(one.action),
                text(responsible(framework, sheet, one.code).lead) if item is not None else "",
                one.rule,
                text(state),
                written,
                "",
            )
        )
    return out


def write(path: Path, framework: Framework, sheet: Sheet, found: Sequence[Found], *, language: str) -> Path:
    """Write the findings to a file named .xlsx or .csv and return it. Problem findings.unwritable."""
    listed = rows(framework, sheet, found, language=language)
    heads = tuple(str(plain(head, language)) for head in HEADS)
    title = str(plain(say("{unit}: list of findings", unit=sheet.profile.unit or "—"), language))
    content = _csv(heads, listed) if path.suffix.lower() == ".csv" else _book(title, heads, listed)
    partial = path.with_name(f"~{path.name}.part")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Problem(
            "findings.unwritable",
            say("The list could not be written to {path}.", path=str(path)),
            say("Close the file if it is open elsewhere, or choose another folder ({reason}).",
                reason=reason(error)),
        ) from error  # fmt: skip
    return path


def _csv(heads: Sequence[str], listed: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with a mark that spreadsheets know; what would be a formula is set off by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (heads, *listed):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _lines(words: str, width: int) -> int:
    """Lines that a text takes in a column of this many digits; a Chinese character is as wide as two."""
    return sum(
        max(1, -(-sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in part) // max(width - 1, 1)))
        for part in (words.split("\n") or [""])
    )


def _book(title: str, heads: Sequence[str], listed: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "findings"
    hair = Side(style="thin", color="B9C1BE")
    wrapped = Alignment(wrap_text=True, vertical="top")
    for line, row in enumerate(((title,), heads, *listed), 1):
        for column, words in enumerate(row, 1):
            cell = page.cell(line, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", words) or None
            if cell.value is not None:
                cell.data_type = "s"
                cell.number_format = "@"
            cell.alignment = wrapped
            if line > 1:
                cell.border = Border(hair, hair, hair, hair)
            if line < 3:
                cell.font = Font(bold=True, size=14 if line == 1 else 11)
            if line == 2:
                cell.fill = PatternFill("solid", fgColor="ECEEEA")
        if line > 1:
            page.row_dimensions[line].height = 15.0 * min(max(map(_lines, row, WIDTHS)), 20) + 3
    page.row_dimensions[1].height = 24
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    for column, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "D3"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "2:2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

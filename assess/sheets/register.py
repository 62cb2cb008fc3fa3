"""The register of evidence: what is registered already, and blank lines for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.answers import Evidence, Sheet
from assess.exchange.grid import letters
from assess.framework.model import Framework
from assess.language import say
from assess.sheets.lists import Lists
from assess.sheets.questions import HEADING_ROW, quoted, sheet_title
from assess.sheets.shape import LONGEST_CHOICE
from assess.sheets.style import Look, Styles, paper, protect
from assess.sheets.terms import EVIDENCE, GAP, NO, REGISTER, YES

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = {
    "code": 22.0, "options": 10.0, "material": 40.0, "number": 22.0, "date": 13.0, "pages": 9.0, "place": 22.0,
    "grade": 9.0, "standing": 9.0, "id": 4.0,
}  # fmt: skip
BLANK = 40
"""Lines to write in below what is registered."""


def write(
    book: Workbook, framework: Framework, sheet: Sheet, codes: tuple[str, ...], styles: Styles, lists: Lists, *,
    unit: str, number: str, footer: str,
) -> str:  # fmt: skip
    """Add the register; returns the range of the names of the pieces."""
    language = styles.language
    page = book.create_sheet(sheet_title(EVIDENCE.to(language), book.sheetnames))
    roles = tuple(WIDTHS)
    for place, role in enumerate(roles):
        page.column_dimensions[letters(place)].width = WIDTHS[role]
        page.column_dimensions[letters(place)].hidden = role == "id"
        styles.put(page, HEADING_ROW, place + 1, REGISTER[role].to(language), "head")
        if role != "id":
            styles.put(page, 1, place + 1, "", "band")
            styles.put(page, 2, place + 1, "", "line")
    styles.put(page, 1, 1, say("Register of evidence").render(language), "band")
    hint = say("One piece a line; the item from the list, the other columns as they stand on the document.")
    styles.put(page, 2, 1, hint.render(language), "line")
    most = max(
        styles.lines(REGISTER[role].to(language), width, "head") for role, width in WIDTHS.items() if role != "id"
    )
    page.row_dimensions[1].height, page.row_dimensions[2].height = 26, 20
    page.row_dimensions[HEADING_ROW].height = max(34.0, styles.height(most, "head"))
    pieces = [(code, piece) for code in codes for piece in sheet.evidence(code)]
    last = HEADING_ROW + len(pieces) + BLANK
    for row in range(HEADING_ROW + 1, last + 1):
        given = pieces[row - HEADING_ROW - 1] if row - HEADING_ROW <= len(pieces) else None
        texts = texts_of(framework, *given, language) if given else {}
        count = 1
        for place, role in enumerate(roles, 1):
            look: Look = "write" if role not in ("date", "pages", "grade", "standing", "options") else "write_center"
            if role == "id":
                look = "entry_mark"
            text = texts.get(role, "")
            styles.put(page, row, place, text, look)
            if role != "id":
                count = max(count, styles.lines(text, WIDTHS[role], look))
        page.row_dimensions[row].height = max(24.0, styles.height(count))
    first = HEADING_ROW + 1
    lists.offer(page, f"A{first}:A{last}", tuple(item_text(framework, code, language) for code in codes))
    if framework.evidence_grades:
        lists.offer(page, f"H{first}:H{last}", tuple(framework.evidence_grades))
    lists.offer(page, f"I{first}:I{last}", (YES.to(language), NO.to(language)))
    paper(page, landscape=True, header=unit, footer=footer, number=number, repeat=HEADING_ROW)
    page.print_area = f"A1:I{last}"
    page.freeze_panes = page.cell(HEADING_ROW + 1, 2)
    protect(page, rows=True)
    return f"{quoted(page.title)}!$C${first}:$C${last}"


def item_text(framework: Framework, code: str, language: str) -> str:
    """An item as the list of the register offers it."""
    name = " ".join(framework.indicators[code].name.to(language).split())
    return f"{code}{GAP.to(language)}{name}"[:LONGEST_CHOICE]


def texts_of(framework: Framework, code: str, piece: Evidence, language: str) -> dict[str, str]:
    """A piece of evidence as it stands in the columns of the register."""
    return {
        "code": item_text(framework, code, language),
        "options": "、".join(piece.options),
        "material": piece.name,
        "number": piece.number,
        "date": piece.date,
        "pages": piece.pages,
        "place": piece.place,
        "grade": piece.grade,
        "standing": YES.to(language) if piece.in_force else "",
        "id": piece.id,
    }

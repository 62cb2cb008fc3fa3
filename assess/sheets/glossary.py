"""The words that the questions of this form use, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.exchange.grid import letters
from assess.framework.model import Framework
from assess.framework.supplement import Term
from assess.language import say
from assess.sheets.questions import sheet_title
from assess.sheets.style import Look, Styles, paper, protect
from assess.sheets.terms import GLOSSARY, TERMS

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = (20.0, 58.0, 16.0)


def terms(framework: Framework, codes: tuple[str, ...]) -> list[Term]:
    """The terms that belong to these items, in the order of the framework."""
    wanted = set(codes)
    return [term for term in framework.terms.values() if wanted & set(term.indicators)]


def write(
    book: Workbook, framework: Framework, codes: tuple[str, ...], styles: Styles, *, unit: str, number: str, footer: str
) -> None:
    """Add the sheet of terms, unless there are none."""
    found = terms(framework, codes)
    if not found:
        return
    language = styles.language
    sheet = book.create_sheet(sheet_title(GLOSSARY.to(language), book.sheetnames))
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[letters(place)].width = width
        styles.put(sheet, 1, place + 1, "", "subtitle")
    styles.put(sheet, 1, 1, say("Terms used in this form").render(language), "subtitle")
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[1].height = 36
    for column, words in enumerate(TERMS.values(), 1):
        styles.put(sheet, 2, column, words.to(language), "head")
    sheet.row_dimensions[2].height = 26
    wanted = set(codes)
    looks: tuple[Look, ...] = ("name", "text", "center")
    for row, term in enumerate(found, 3):
        name = term.term if language == "zh" else (term.english or term.term)
        meaning = "\n".join(dict.fromkeys(t for t in (term.gloss.to(language), term.long.to(language)) if t))
        where = " ".join(code for code in term.indicators if code in wanted)
        count = 1
        for column, (text, look) in enumerate(zip((name, meaning, where), looks, strict=True), 1):
            styles.put(sheet, row, column, text, look)
            count = max(count, styles.lines(text, WIDTHS[column - 1], look))
        sheet.row_dimensions[row].height = styles.height(count)
    paper(sheet, landscape=False, header=unit, footer=footer, number=number, repeat=2)
    sheet.print_area = f"A1:C{len(found) + 2}"
    sheet.freeze_panes = "A3"
    protect(sheet)

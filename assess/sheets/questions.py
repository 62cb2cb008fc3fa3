"""Sheets of questions: headings repeated on every page, answer cells open, the rest locked, states counted live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.exchange.grid import letters
from assess.language import say
from assess.sheets import formulas
from assess.sheets.extent import PIXELS, POINTS
from assess.sheets.lists import Lists
from assess.sheets.palette import WARN, WARN_INK
from assess.sheets.rows import Layout, Plan, Row, tallest_choice
from assess.sheets.shape import HEAD, OPTION
from assess.sheets.style import Look, Styles, paper, protect
from assess.sheets.terms import HAS, HEADINGS, STATUS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 3
LOW, WIDER = 0.66, 1.17
"""Share of a page from which on a heading begins the next one; how much wider columns are where the type of measure is
missing, so that more rows fit on the page."""
_LOOKS: dict[str, Look] = {
    "code": "center", "name": "name", "question": "text", "previous": "center", "status": "figure", "key": "mark",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet that is done: its title in the workbook, how many items it asks, the column of their states."""

    title: str
    items: int
    states: str


def write(
    book: Workbook, plan: Plan, layout: Layout, styles: Styles, lists: Lists, *, heading: str, unit: str,
    number: str, footer: str, nd_reason: bool,
) -> Written:  # fmt: skip
    """Add one sheet of questions to the workbook."""
    language = styles.language
    sheet = book.create_sheet(sheet_title(plan.title, book.sheetnames))
    for place, (role, width) in enumerate(layout.widths.items()):
        sheet.column_dimensions[letters(place)].width = width
        sheet.column_dimensions[letters(place)].hidden = role == "key"
        styles.put(sheet, HEADING_ROW, place + 1, HEADINGS[role].to(language), "head")
    _top(sheet, styles, layout, heading, plan.title, unit)
    _fill(sheet, plan.rows, layout, styles, lists, nd_reason)
    last = max(HEADING_ROW + 1, HEADING_ROW + len(plan.rows))
    _breaks(sheet, plan.rows, layout)
    state = letters(layout.column("status") - 1)
    _states(sheet, f"{state}{HEADING_ROW + 1}:{state}{last}", language)
    end = letters(layout.column("status") - 1)
    _count(sheet, layout, styles, f"{state}{HEADING_ROW + 1}:{state}{last}")
    paper(sheet, landscape=layout.landscape, header=unit, footer=footer, number=number, repeat=HEADING_ROW)
    sheet.print_area = f"A1:{end}{last}"
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3 if "name" in layout.roles else 2)
    protect(sheet)
    area = f"{quoted(sheet.title)}!${state}${HEADING_ROW + 1}:${state}${last}"
    return Written(sheet.title, len(plan.codes), area)


def _top(sheet: Worksheet, styles: Styles, layout: Layout, heading: str, title: str, unit: str) -> None:
    """Two lines above the headings: what this is, and whose; text runs over the empty cells beside it."""
    looks: tuple[tuple[int, Look], ...] = ((1, "band"), (2, "line"))
    for row, look in looks:
        for column in range(1, len(layout.roles)):
            styles.put(sheet, row, column, "", look)
    styles.put(sheet, 1, 1, f"{heading}　{title}", "band")
    whose = say("Unit: {unit}", unit=" ".join(unit.split()) or "　　　　　　")
    styles.put(sheet, 2, 1, whose.render(styles.language), "line")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 26, 22
    widest = max(
        styles.lines(HEADINGS[role].to(styles.language), width, "head") for role, width in layout.widths.items()
    )
    sheet.row_dimensions[HEADING_ROW].height = styles.height(widest, "head")


def _count(sheet: Worksheet, layout: Layout, styles: Styles, area: str) -> None:
    """How much of this sheet is still open, always in sight above the headings."""
    open_ = formulas.count(area, "open", "part", "reason", language=styles.language)
    before, _, after = say("Open on this sheet: {count}.", count="\n").render(styles.language).partition("\n")
    column = layout.column("answer")
    styles.put(sheet, 2, column, f'="{before}"&({open_})&"{after}"', "line", formula=True)
    sheet.cell(2, column).number_format = "General"


def _fill(sheet: Worksheet, rows: Sequence[Row], layout: Layout, styles: Styles, lists: Lists, nd_reason: bool) -> None:
    parts: dict[str, dict[str, str]] = {}
    column = letters(layout.column("answer") - 1)
    for number, row in enumerate(rows, HEADING_ROW + 1):
        if row.kind in ("item", "part"):
            parts.setdefault(row.code, {})[row.part] = f"{column}{number}"
    for number, row in enumerate(rows, HEADING_ROW + 1):
        if row.kind == "band":
            for place in range(1, len(layout.roles)):
                styles.put(sheet, number, place, "", "band")
            styles.put(sheet, number, 1, row.texts["code"], "band")
            sheet.row_dimensions[number].height = 24
            continue
        for place, role in enumerate(layout.roles, 1):
            _cell(sheet, number, place, role, row, layout, styles, lists)
        if row.shape is not None:
            _live(sheet, number, row, parts[row.code], layout, styles, nd_reason)
        sheet.row_dimensions[number].height = _height(row, layout, styles)


def _cell(
    sheet: Worksheet, number: int, place: int, role: str, row: Row, layout: Layout, styles: Styles, lists: Lists
) -> None:
    text = row.texts.get(role, "")
    look: Look = _LOOKS.get(role, "text")
    if role in row.editable:
        offered = row.editable[role]
        short = role == "state" or (role == "answer" and row.part.startswith(OPTION)) or row.part == "confirm"
        look = "write_center" if short else "write"
        if offered:
            lists.offer(sheet, f"{letters(place - 1)}{number}", offered)
    elif role in ("answer", "state", "reason", "note") or (row.kind != "item" and role in ("status", "code")):
        look = "quiet"
    elif row.kind == "part" and role in ("question", "name"):
        look = "part"
    styles.put(sheet, number, place, text, look)


def _live(
    sheet: Worksheet, number: int, row: Row, cells: dict[str, str], layout: Layout, styles: Styles, nd_reason: bool
) -> None:
    """The state of the item, and beside it what figures and ticks come to."""
    assert row.shape is not None
    state = reason = ""
    if "state" in layout.roles:
        state = f"{letters(layout.column('state') - 1)}{number}"
        reason = f"{letters(layout.column('reason') - 1)}{number}"
    told = formulas.status(row.shape, cells, state, reason, nd_reason, styles.language)
    styles.put(sheet, number, layout.column("status"), told, "figure", formula=True)
    if row.shape.kind == "ratio":
        told = formulas.result(row.shape, cells)
    elif row.shape.kind == "multi":
        words = say(" of {count}", count=len(row.shape.parts)).render(styles.language)
        told = formulas.ticked(cells, HAS.to(styles.language), words)
    else:
        return
    if HEAD not in row.shape.parts:
        styles.put(sheet, number, layout.column("answer"), told, "quiet", formula=True)


def _height(row: Row, layout: Layout, styles: Styles) -> float:
    count = 1
    for role, width in layout.widths.items():
        text = row.texts.get(role, "")
        look: Look = "name" if role == "name" else "text"
        if role != "key":
            count = max(count, styles.lines(text, width, look))
        if role == "answer" and row.editable.get(role):
            count = max(count, tallest_choice(row.editable[role], width, styles.size))
    least = 24.0 if row.kind == "part" else 0.0
    return max(least, styles.height(count))


def _breaks(sheet: Worksheet, rows: Sequence[Row], layout: Layout) -> None:
    """Break pages before a heading far down the page, so that none is left alone at its foot.

    Where pages end differs a little between programs; between headings rows flow, and no row is ever divided.
    """
    from openpyxl.worksheet.pagebreak import Break

    def high(row: int) -> float:
        return float(sheet.row_dimensions[row].height or 15.0)

    width = sum(width * PIXELS + 5 for role, width in layout.widths.items() if role != "key") * POINTS
    across, down = (784.0, 500.0) if layout.landscape else (508.0, 740.0)
    pages = [down / min(1.0, across / (width * wider)) - high(HEADING_ROW) for wider in (1.0, WIDER)]
    filled = [high(1) + high(2)] * len(pages)
    for number, row in enumerate(rows, HEADING_ROW + 1):
        first = row.kind == "band" and (number == HEADING_ROW + 1 or rows[number - HEADING_ROW - 2].kind != "band")
        if first and any(full > most * LOW for full, most in zip(filled, pages, strict=True)):
            sheet.row_breaks.append(Break(id=number - 1))
            filled = [0.0] * len(pages)
        needs = high(number)
        filled = [full + needs if full + needs <= most else needs for full, most in zip(filled, pages, strict=True)]


def _states(sheet: Worksheet, area: str, language: str) -> None:
    """What is to be looked at again stands on amber, in bold, so that it is seen in grey as well."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill

    for key in ("part", "reason", "check"):
        fill = PatternFill(bgColor=f"FF{WARN}")
        rule = CellIsRule(  # type: ignore[no-untyped-call]
            "equal", [f'"{STATUS[key].to(language)}"'], fill=fill,
                          font=Font(b=True, color=f"FF{WARN_INK}"))  # fmt: skip
        sheet.conditional_formatting.add(area, rule)


def sheet_title(wanted: str, taken: Sequence[str]) -> str:
    """A name that every office program accepts: 31 signs, none of []:*?/\\, not taken."""
    name = " ".join(re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", wanted).split())[:28] or "1"
    number, free = 1, name
    while free.casefold() in {one.casefold() for one in taken}:
        number += 1
        free = f"{name} {number}"
    return free


def quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"

"""Correction sheets and samples as workbooks for Excel and WPS: to be printed on A4, filled in, and kept.

Every text is written as text, so that `=1+1` stays words (D45); what a cell cannot hold is left out of it, never the
row. The file is replaced as a whole or left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assess.framework.model import Framework
from assess.language import Message, Words, plain, say
from assess.problems import Problem
from assess.review.correction import Correction
from assess.review.sampling import FACTORS, STRATA, WAYS, Sample, key, uniform

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_000
NARROW = 12
"""Columns narrower than this hold numbers, codes and marks, in the middle."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_SHEET = re.compile(r"[\\/*?:\[\]]|[\x00-\x1f]")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\uffdc]|[\U00020000-\U0003ffff]")
FACE = "宋体"
INK, RULE, HEAD = "1B2428", "D3D9D6", "EAEDEA"

Cell = Message | Words | str | int | float | None
CORRECTION = (
    (say("No."), 5),
    (say("Item code"), 8),
    (say("Indicator"), 14),
    (say("Self-assessment"), 9),
    (say("Review"), 9),
    (say("Problem"), 26),
    (say("Basis"), 34),
    (say("Correction required"), 25),
    (say("Deadline"), 11),
    (say("What was done"), 14),
    (say("Signed"), 9),
)
SAMPLE = (
    (say("No."), 5),
    (say("Drawn"), 7),
    (say("Item code"), 9),
    (say("Indicator"), 26),
    (say("Stratum"), 18),
    (say("Risk factors"), 34),
    (say("Weight"), 8),
    ("u", 19),
    (say("Sorted by"), 19),
)


def write_corrections(corrections: Sequence[Correction], path: Path, language: str = "zh") -> None:
    """One sheet for each unit. Problems: review.no-lines where there is none, review.unwritten."""
    if not corrections:
        raise Problem(
            "review.no-lines",
            say("There is nothing to correct: no item is returned."),
            say("Return items for correction first; the sheet lists them by unit."),
        )
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    for one in corrections:
        sheet = book.create_sheet(_title(one.unit.to(language) or str(plain(say("No unit"), language)), taken))
        head = [
            say("Correction sheet: problem – basis – correction required"),
            say("Responsible unit: {unit}", unit=one.unit or say("No unit")),
            _of(one),
            say("{count} items; to be handed in by {day}.", count=len(one.lines), day=one.deadline.isoformat())
            if one.deadline is not None
            else say("{count} items; issued on {day}.", count=len(one.lines), day=one.issued.isoformat()),
        ]
        rows: list[list[Cell]] = [
            [
                line.number,
                line.code,
                line.name,
                line.own,
                line.review,
                _lines(line.problem, language),
                _lines(line.basis, language),
                _lines(line.demand, language),
                line.deadline.isoformat() if line.deadline is not None else "",
                "",
                "",
            ]
            for line in one.lines
        ]
        foot = [say("Handed in by (signature):"), say("Head of the unit (signature):"), say("Date:")]
        _fill(sheet, head, CORRECTION, rows, foot, language)
    _save(book, path)


def _of(one: Correction) -> Message:
    if one.year is not None and one.base_date:
        return say("{subject}, {year}, base date {day}", subject=one.subject, year=one.year, day=one.base_date)
    if one.year is not None:
        return say("{subject}, {year}", subject=one.subject, year=one.year)
    return say("{reason}", reason=one.subject)


def write_sample(framework: Framework, sample: Sample, path: Path, language: str = "zh") -> None:
    """The list drawn from with weights and numbers, the items drawn marked, and how to draw them again."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _title(str(plain(say("Sample"), language)), set())
    head: list[Message] = [
        say("Sample for on-site checks"),
        say("{size} of {count} items, {way}, {strata}.", size=len(sample.codes), count=len(sample.candidates),
            way=WAYS[sample.way], strata=STRATA[sample.strata]),
        say("Seed: {seed}. Digest of the list: {digest}.", seed=sample.seed, digest=sample.list_digest),
        say("Drawn by {who}, {at}.", who=sample.by or "—", at=sample.at[:16].replace("T", " ") or "—"),
        say(
            "u = (first 13 hexadecimal digits of SHA-256 of “seed:code” + 0.5) ÷ 16¹³; “Sorted by” is u, by risk "
            "−ln(u) ÷ weight. Every stratum gives its smallest; places go by largest remainders, one each at least."
        ),
    ]  # fmt: skip
    names = {node.code: node.name for node in framework.dimensions}
    rows: list[list[Cell]] = []
    for number, one in enumerate(sample.candidates, 1):
        item = framework.indicators.get(one.code)
        rows.append(
            [
                number,
                say("yes") if one.code in sample.codes else "",
                one.code,
                item.name if item is not None else "",
                names.get(one.stratum, one.stratum),
                say("{factors}", factors=tuple(FACTORS[name].words for name in one.factors if name in FACTORS)),
                1 + one.risk if sample.way != "random" else 1,
                f"{uniform(sample.seed, one.code):.15f}",
                f"{key(sample.seed, one, sample.way)[0]:.15f}",
            ]
        )
    drawn = {number for number, one in enumerate(sample.candidates, 1) if one.code in sample.codes}
    foot = [say("Drawn in the presence of (signature):"), say("Date:")]
    _fill(sheet, head, SAMPLE, rows, foot, language, drawn)
    _save(book, path)


# ---------------------------------------------------------------- cells
def _lines(messages: Iterable[Message], language: str) -> str:
    """Sentences below each other, numbered where there are several."""
    found = [message.render(language).strip() for message in messages]
    if len(found) == 1:
        return found[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(found, 1))


def _text(value: Cell, language: str) -> str | int | float | None:
    """What a cell holds: numbers as they are, everything else as text it can hold."""
    if value is None or isinstance(value, (int, float)):
        return value
    return _CONTROL.sub("", str(plain(value, language)))[:LONGEST]


def _fill(
    sheet: Worksheet,
    head: Sequence[Message],
    columns: Sequence[tuple[Message | str, int]],
    rows: Sequence[Sequence[Cell]],
    foot: Sequence[Message],
    language: str,
    bold: Collection[int] = (),
) -> None:
    """Head, columns, rows and foot of a sheet; `bold` are numbers of rows, counted from 1."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    edge = Side(style="thin", color=RULE)
    frame = Border(left=edge, right=edge, top=edge, bottom=edge)
    wide = len(columns)
    for number, line in enumerate(head, 1):
        cell = sheet.cell(number, 1, _text(line, language))
        cell.data_type = "s"
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=wide)
        cell.font = Font(name=FACE, bold=number == 1, size=16 if number == 1 else 11, color=INK)
        cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="center" if number == 1 else "left")
        room = sum(width for _name, width in columns)
        sheet.row_dimensions[number].height = 30 if number == 1 else 18 * _height(str(cell.value), room)
    top = len(head) + 2
    for place, (name, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        cell = sheet.cell(top, place, _text(name, language))
        cell.data_type = "s"
        cell.font, cell.border = Font(name=FACE, bold=True, color=INK), frame
        cell.fill = PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[top].height = 32
    for number, row in enumerate(rows, top + 1):
        tall = 1
        for place, content in enumerate(row, 1):
            cell = sheet.cell(number, place, _text(content, language))
            if isinstance(cell.value, str):
                cell.data_type, cell.number_format = "s", "@"
                tall = max(tall, _height(cell.value, columns[place - 1][1]))
            cell.border = frame
            middle = columns[place - 1][1] < NARROW
            cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if middle else "left")
            cell.font = Font(name=FACE, bold=number - top in bold, color=INK)
        sheet.row_dimensions[number].height = min(max(18.0, 15.5 * tall + 6), 400)
    for number, line in enumerate(foot, top + len(rows) + 2):
        cell = sheet.cell(number, 1, _text(line, language))
        cell.data_type = "s"
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=wide)
        sheet.row_dimensions[number].height = 24
    _print(sheet, top, wide, len(rows))


def _print(sheet: Worksheet, top: int, wide: int, count: int) -> None:
    """A4 across, the heads on every page, as wide as the page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = f"A{top + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.5)
    sheet.print_title_rows = f"{top}:{top}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P —"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(wide)}{top + max(count, 1)}"


def _height(text: str, width: int) -> int:
    """Lines a text takes in a column so wide; a Chinese character is two wide."""
    return sum(1 + (len(line) + len(_WIDE.findall(line))) // max(width, 4) for line in text.split("\n"))


def _title(name: str, taken: set[str]) -> str:
    """A name a sheet may have: 31 characters, none of those that are forbidden, no two alike."""
    trimmed = _CONTROL.sub("", _SHEET.sub("_", " ".join(name.split()))).strip("' ")[:28] or "_"
    title, number = trimmed, 1
    while title.casefold() in taken:
        number += 1
        title = f"{trimmed[:26]} {number}"
    taken.add(title.casefold())
    return title


def _save(book: Workbook, path: Path) -> None:
    """Replace the file as a whole or leave it alone."""
    spare = path.with_name(f".{path.name}.part")
    try:
        book.save(spare)
        spare.replace(path)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise Problem(
            "review.unwritten",
            say("{name} cannot be written.", name=path.name),
            say("Close it in other programs, and check the folder and the space on the disk."),
        ) from error

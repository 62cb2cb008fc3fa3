"""Keyed sheets from a table (CSV, XLSX, XLS, ODS): one row per sheet, one column per question.

Columns are found by their headings: 表号 (sheet number), 层级 (level), 地点 (place), and questions by code (ME2.5) or
by their number on the paper (3, 第3题). A row is taken whole or not at all, and each bad row is named with its remedy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from assess.exchange.grid import Grid, letters, read
from assess.exchange.headings import bare
from assess.framework.model import Framework
from assess.grassroots.entry import entered, sheet_number
from assess.grassroots.form import Form, Question, form, tier_name, tiers
from assess.grassroots.sheets import Filled, Given
from assess.language import Message, say
from assess.problems import Finding, Problem

LOOK_AT_ROWS = 20
NUMBER = ("表号", "编号", "序号", "问卷编号", "问卷号", "sheet", "sheetnumber", "sheetno", "no", "number")
TIER = ("层级", "级别", "类别", "tier", "level")
PLACE = ("地点", "单位", "乡镇", "街道", "填报单位", "place", "township", "unit")
TIER_WORDS = {"township": "乡", "village": "村", "乡镇": "乡", "街道": "乡", "镇": "乡", "社区": "村"}


@dataclass(slots=True)
class SheetTable:
    """What a table gave: whole sheets, findings (each an error: its row was refused), blank rows."""

    sheets: list[Filled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    blank: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    number: int
    tier: int | None
    place: int | None
    questions: dict[int, str]
    """Column -> code, or the running number of a question as text."""


def sheets(path: Path, framework: Framework, tier: str) -> SheetTable:
    """Read every sheet of `path`; `tier` is the level of rows that name none. Problem sheets.headings, table.*."""
    out = SheetTable()
    forms = {each: form(framework, each) for each in tiers(framework)}
    seen: dict[tuple[str, int], str] = {}
    found = False
    for grid in read(path):
        head = _head(grid, forms)
        if head is None:
            continue
        found = True
        for row in range(head.row + 1, len(grid.rows)):
            if not any(grid.text(row, column) for column in (head.number, *head.questions)):
                out.blank += any(cell is not None for cell in grid.rows[row])
                continue
            _take(grid, row, head, forms, tier, seen, out)
    if not found:
        raise Problem(
            "sheets.headings",
            say("{name} has no row of headings with a sheet number and questions.", name=path.name),
            say("One row must name the columns: 表号 (sheet), and each question by its number or its code."),
        )
    return out


def template(path: Path, framework: Framework, tier: str) -> None:
    """Write a workbook to type sheets into: a row of headings that `sheets` reads, the questions in a row above it.

    Cells are text, so that what is typed stays as it is (D45). OSError where it cannot be written.
    """
    import openpyxl
    from openpyxl.styles import Alignment, Font

    asked = form(framework, tier)
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = tier_name(tier).zh[:31]
    page.append(["", "", *(question.words.zh for question in asked.questions)])
    page.append([NUMBER[0], PLACE[0], *(f"第{question.number}题" for question in asked.questions)])
    for column in range(1, len(asked.questions) + 3):
        page.cell(1, column).alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(2, column).font = Font(bold=True)
        page.column_dimensions[letters(column - 1)].width = 12
        for row in range(3, 303):
            page.cell(row, column).number_format = "@"
    page.row_dimensions[1].height = 90
    page.freeze_panes = "C3"
    book.save(path)


def _head(grid: Grid, forms: dict[str, Form]) -> _Head | None:
    codes = {question.code.upper(): question.code for each in forms.values() for question in each.questions}
    for row in range(min(LOOK_AT_ROWS, len(grid.rows))):
        number = tier = place = None
        questions: dict[int, str] = {}
        for column in range(len(grid.rows[row])):
            text = grid.text(row, column)
            word = bare(text)
            code = re.match(r"[A-Za-z]+\d+\.\d+", text.strip())
            order = re.fullmatch(r"(?:第|q|题)?(\d{1,3})题?", word)
            if code is not None and code.group().upper() in codes:
                questions[column] = codes[code.group().upper()]
            elif order is not None:
                questions[column] = order[1]
            elif word in NUMBER and number is None:
                number = column
            elif word in TIER and tier is None:
                tier = column
            elif word in PLACE and place is None:
                place = column
        if number is not None and questions:
            return _Head(row, number, tier, place, questions)
    return None


def _take(
    grid: Grid, row: int, head: _Head, forms: dict[str, Form], tier: str, seen: dict[tuple[str, int], str],
    out: SheetTable,
) -> None:  # fmt: skip
    def refuse(column: int, code: str, subject: str, text: Message, hint: Message | None) -> None:
        out.findings.append(Finding("error", code, grid.place(row, column), subject, text, hint))

    here = grid.text(row, head.tier) or tier
    level = TIER_WORDS.get(bare(here), here.strip())
    if level not in forms:
        level = next((one for one in forms if here.strip().startswith(one)), "")
    if not level:
        return refuse(
            head.tier if head.tier is not None else head.number, "sheets.tier", here[:12],
            say("There is no form for the level “{level}”.", level=here[:12]),
            say("Write one of: {levels}.", levels=tuple(forms)),
        )  # fmt: skip
    try:
        number = sheet_number(grid.text(row, head.number))
    except Problem as problem:
        return refuse(head.number, problem.code, "", problem.text, problem.hint)
    if (level, number) in seen:
        return refuse(
            head.number, "sheets.twice", str(number),
            say("Sheet {number} already stands at {place}; this row was not taken.", number=number,
                place=seen[level, number]),
            say("Keep one of the two rows."),
        )  # fmt: skip
    answers: dict[str, Given] = {}
    for column, name in head.questions.items():
        question = _question(forms[level], name)
        text = grid.text(row, column)
        if question is None:
            if text and name.isdigit():
                return refuse(
                    column, "sheets.no-question", str(number),
                    say("The form of this level has no question {number}.", number=name),
                    say("It has {count}; compare with the paper.", count=len(forms[level].questions)),
                )  # fmt: skip
            continue
        try:
            given = entered(question, text)
        except Problem as problem:
            return refuse(column, problem.code, str(number), problem.text, problem.hint)
        if given is not None:
            answers[question.code] = given
    seen[level, number] = grid.place(row, head.number)
    out.sheets.append(Filled(level, number, answers, place=grid.text(row, head.place), way="table"))
    return None


def _question(form_: Form, name: str) -> Question | None:
    if name.isdigit():
        place = int(name) - 1
        return form_.questions[place] if 0 <= place < len(form_.questions) else None
    return form_.of(name)

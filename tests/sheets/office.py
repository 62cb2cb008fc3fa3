"""Forms for the tests: written, opened with openpyxl as an office would, filled in, mangled, saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from assess.answers import Answer, Evidence, Profile, Sheet
from assess.framework.model import Framework
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.sheets.form import Form
from assess.sheets.reading import read
from assess.sheets.write import write

ID = "3f0c2f6e-7b1d-4c58-9d5c-5a4f0c8d1b22"
FEW = ("ST1.1", "ST1.2", "ST2.1", "ST2.2", "ST2.3", "ST4.3", "ME2.1", "ME2.2")
"""Items of every kind: levels, one number, a checklist, ratios with and without a confirmation, yes or no."""
PROFILE = Profile(unit="示例·衡川市", tier="市", mode="formal", base_date="2026-06-30")
HOSTILE = (
    "=1+1",
    "</script><b>",
    "🎈 㙍𡐓",
    "第一行\n第二行",
    "@SUM(A1)",
    "+8613",
    "-cmd|'/c calc'!A0",
    "_x0041_ & _x000D_",
)
COLUMNS = {"answer": "D", "state": "E", "reason": "F", "note": "G", "key": "I"}


def framework() -> Framework:
    return tailored(builtin(), PROFILE)


def sheet_of(answers: Mapping[str, Answer] | None = None, **cells: Any) -> Sheet:
    return Sheet.of(PROFILE, answers or {}).with_cells(cells.get("cells", {}))


def written(path: Path, sheet: Sheet | None = None, items: tuple[str, ...] | None = FEW, **more: Any) -> Path:
    write(path, builtin(), sheet or sheet_of(), assessment=ID, items=items, **more)
    return path


def read_back(path: Path, assessment: str = ID) -> Form:
    return read(path, framework(), assessment)


class Book:
    """A form in the hands of an office. Cells are named by the hidden mark of their row and by their column."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.rows: dict[str, tuple[Worksheet, int]] = {}
        for page in self.book.worksheets:
            if page.sheet_state == "visible":
                for row in range(4, page.max_row + 1):
                    for column in range(5, page.max_column + 1):
                        mark = page.cell(row, column).value
                        if isinstance(mark, str) and page.cell(3, column).value in ("行标记", "Row mark"):
                            self.rows[mark] = (page, row)

    def page(self, mark: str) -> Worksheet:
        return self.rows[mark][0]

    def cell(self, mark: str, role: str = "answer") -> Any:
        page, row = self.rows[mark]
        return page[f"{COLUMNS[role]}{row}"]

    def put(self, mark: str, value: Any, role: str = "answer", number_format: str = "") -> Book:
        cell = self.cell(mark, role)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if number_format:
            cell.number_format = number_format
        return self

    def cover(self, label: str, value: str) -> Book:
        for row in self.book["封面"].iter_rows():
            for cell in row:
                if cell.value == label:
                    self.book["封面"].cell(cell.row, cell.column + 1).value = value
        return self

    def evidence(self, line: int, **texts: str) -> Book:
        places = dict(
            zip(
                ("code", "options", "material", "number", "date", "pages", "place", "grade", "standing"),
                "ABCDEFGHI",
                strict=True,
            )
        )
        for name, text in texts.items():
            self.book["佐证登记"][f"{places[name]}{3 + line}"].value = text
        return self

    def save(self, path: Path | None = None) -> Path:
        self.book.save(path or self.path)
        return path or self.path


def blank(folder: Path, **more: Any) -> Book:
    return Book(written(folder / "表.xlsx", **more))


def full_answers() -> dict[str, Answer]:
    """One answer of every kind, each of its shapes once."""
    return {
        "ST1.1": Answer.of_level(4, ("4.1",)),
        "ST1.2": Answer.of_number(result="3", source="会议办"),
        "ST2.1": Answer.no_data("正在编制"),
        "ST2.2": Answer.of_ticks("ABD"),
        "ST2.3": Answer.not_applicable("规划当年印发"),
        "ST4.3": Answer.of_number("1234", "1500", confirm="yes", source="12345平台"),
        "ME2.1": Answer.of_choice("yes"),
        "ME2.2": Answer.of_number(result="85.30", confirm="no"),
    }


def piece(name: str = "成立文件", **more: Any) -> dict[str, Any]:
    return Evidence("a1", name, **more).to_json()

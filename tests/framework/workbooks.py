"""Workbooks in tests: making one, changing some cells, comparing what comes back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from assess.framework.model import Framework
from assess.framework.read import from_sources
from assess.problems import Finding
from assess.workbook import convert
from tests.framework.small import SMALL


def small_book(path: Path, language: str = "zh") -> Path:
    """The small framework as a workbook."""
    convert.to_workbook(from_sources(SMALL), path, language)
    return path


class Edit:
    """A workbook open for changes; cells are named by sheet, heading and row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Worksheet:
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def letter(self, sheet: str, heading: str) -> str:
        return next(cell.column_letter for cell in self.sheet(sheet)[1] if cell.value == heading)

    def place(self, sheet: str, heading: str, row: int) -> str:
        return f"{sheet}!{self.letter(sheet, heading)}{row}"

    def row(self, sheet: str, *texts: str) -> int:
        """The first row whose cells from the left begin with these texts."""
        rows = self.sheet(sheet).iter_rows(values_only=True)
        return next(number for number, row in enumerate(rows, 1) if row[: len(texts)] == texts)

    def put(self, sheet: str, heading: str, row: int, value: str | float | None) -> str:
        """Write a cell as a person types it; returns its address."""
        place = f"{self.letter(sheet, heading)}{row}"
        self.sheet(sheet)[place] = value
        if isinstance(value, str):
            self.sheet(sheet)[place].data_type = "s"
        return f"{sheet}!{place}"

    def read(self) -> convert.Reading:
        self.book.save(self.path)
        return convert.read_workbook(self.path)

    def errors(self) -> set[tuple[str, str]]:
        """Place and code of every error."""
        return {(one.place, one.code) for one in self.read().findings if one.severity == "error"}


def differences(one: Framework, other: Framework) -> list[str]:
    """Fields in which two frameworks differ in value or in order, apart from the texts of their files."""
    found = []
    for spec in dataclasses.fields(Framework):
        if spec.name in ("digest", "sources"):
            continue
        left, right = getattr(one, spec.name), getattr(other, spec.name)
        if isinstance(left, Mapping):
            left, right = list(left.items()), list(right.items())
        if left != right:
            found.append(spec.name)
    return found


def words(findings: tuple[Finding, ...] | list[Finding], language: str = "zh") -> str:
    return "\n".join(one.line(language) for one in findings)

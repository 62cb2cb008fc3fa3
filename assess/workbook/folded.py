"""The files of a framework while they are put together: their data, the cell of every value, and what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assess.framework.keys import Kind
from assess.framework.sources import MAIN
from assess.language import Message, say
from assess.problems import Finding, Severity
from assess.workbook import paths
from assess.workbook.cells import Unreadable, decode
from assess.workbook.table import Row

Json = Any
NAME = re.compile(r"(en/)?[^/\\:*?\"<>|.\x00-\x1f][^/\\:*?\"<>|\x00-\x1f]*\.toml")
RESERVED = frozenset({"con", "prn", "aux", "nul"})


@dataclass
class Folded:
    """The files so far, the cell of every value, and what is wrong."""

    data: dict[str, dict[str, Json]] = field(default_factory=lambda: {MAIN: {}})
    places: dict[tuple[str, paths.Path], str] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    owners: dict[tuple[str, str], dict[Json, tuple[str, int, dict[str, Json]]]] = field(default_factory=dict)

    def fault(
        self,
        code: str,
        place: str,
        subject: str,
        text: Message,
        hint: Message | None = None,
        severity: Severity = "error",
    ) -> None:
        self.found.append(Finding(severity, code, place, subject, text, hint))

    def file(self, name: str) -> dict[str, Json]:
        return self.data.setdefault(name, {})

    def value(self, row: Row, column: int, kind: Kind, key: str, subject: str) -> Json:
        """The value of a cell; None when the cell is empty or holds what its column cannot take."""
        cell = row.cells[column]
        if cell is None:
            return None
        try:
            return decode(cell, kind, key)
        except Unreadable as error:
            self.fault("workbook.value", row.place(column), subject, error.text, error.hint)
            return None

    def named(self, row: Row, column: int) -> str | None:
        """The file a row names, if it may be a file of a framework."""
        name = self.value(row, column, "text", "", "file")
        if name is None:
            return None
        name = str(name)
        if NAME.fullmatch(name) and name.partition(".")[0].lower() not in RESERVED:
            return name
        self.fault(
            "workbook.file", row.place(column), name,
            say("{name} cannot be a file of a framework.", name=name),
            say("Write a plain name that ends in .toml."),
        )  # fmt: skip
        return None

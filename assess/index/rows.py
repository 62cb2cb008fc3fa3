"""The rows of a table file with their addresses; large text files are read as they come, never held as a whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assess.exchange.grid import ENCODINGS, TEXTS, CellValue, Grid, letters, text_of
from assess.exchange.grid import read as read_grids
from assess.language import say
from assess.problems import Problem

LARGE = 8_000_000
HEADINGS = 20
Row = Sequence[CellValue]


@dataclass(slots=True)
class Sheet:
    """One sheet: its first rows to find the headings in, and all rows after a heading row, once."""

    name: str
    first: list[Row]
    path: Path | None = None
    encoding: str = ""
    grid: Grid | None = None
    percent: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def after(self, head: int) -> Iterator[tuple[int, Row]]:
        """Row number (from 0) and cells of every row below the heading row that holds anything."""
        rows: Iterator[Row] = iter(self.grid.rows) if self.grid is not None else self._stream()
        for number, row in enumerate(rows):
            if number > head and any(cell is not None for cell in row):
                yield number, row

    def place(self, row: int, column: int | None) -> str:
        """The address as the office program writes it."""
        where = f"{letters(column)}{row + 1}" if column is not None else str(row + 1)
        return f"{self.name}!{where}" if self.name else where

    def _stream(self) -> Iterator[Row]:
        assert self.path is not None
        return stream(self.path, self.encoding)


def sheets(path: Path) -> list[Sheet]:
    """Every sheet of a file. Raises Problem `table.*` as the reader of small tables does."""
    if path.is_file() and path.suffix.lower() in TEXTS and path.stat().st_size > LARGE:
        return [_large(path)]
    return [Sheet(grid.name, list(grid.rows[:HEADINGS]), grid=grid, percent=grid.percent) for grid in read_grids(path)]


def _large(path: Path) -> Sheet:
    for encoding in ENCODINGS:
        try:
            first: list[Row] = []
            for number, row in enumerate(stream(path, encoding)):
                if number < HEADINGS:
                    first.append(row)
        except (UnicodeError, csv.Error):
            continue
        return Sheet("", first, path, encoding)
    raise Problem(
        "table.encoding",
        say("{name} is not readable text.", name=path.name),
        say("Save it again as CSV (UTF-8) or as XLSX."),
    )


def stream(path: Path, encoding: str) -> Iterator[Row]:
    """The rows of a text table, one after the other."""
    with path.open(encoding=encoding, newline="") as text:
        begin = text.read(8192)
        try:
            dialect = csv.Sniffer().sniff(begin, delimiters=",;\t")
        except csv.Error:
            dialect = csv.excel
        text.seek(0)
        for row in csv.reader(text, dialect):
            yield [cell.strip() or None for cell in row]


def text(row: Row, column: int | None) -> str:
    """A cell as text; nothing outside the row."""
    return "" if column is None or column >= len(row) else text_of(row[column])

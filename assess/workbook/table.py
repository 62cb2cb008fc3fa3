"""A sheet as a table: its columns found by their headings, its rows with the addresses of their cells."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from assess.exchange.grid import CellValue, Grid, letters
from assess.framework.grammar import nearest
from assess.language import Message, say
from assess.problems import Finding

Span = tuple[tuple[int, int], tuple[int, int]]
"""Merged cells: first and last (row, column), from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row in the order of the sheet's columns, None where empty."""

    sheet: str
    number: int
    cells: tuple[CellValue, ...]
    at: tuple[int | None, ...]

    def place(self, column: int) -> str:
        """The address of a cell: 题目!F12."""
        where = self.at[column] if column < len(self.at) else None
        return f"{self.sheet}!{letters(where or 0)}{self.number}"


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A column to look for: its heading in every language, and whether rows make sense without it."""

    names: tuple[str, ...]
    needed: bool


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")


def read(grid: Grid, heads: tuple[Head, ...], spans: tuple[Span, ...] = ()) -> Table:
    """Rows below the heading row; empty ones are passed over. What the reader cannot place is found and named."""
    found: list[Finding] = []
    known = {bare(name): place for place, head in enumerate(heads) for name in head.names}
    at: list[int | None] = [None] * len(heads)
    strange: list[tuple[int, str]] = []
    for column in range(len(grid.rows[0]) if grid.rows else 0):
        text = grid.text(0, column)
        place = known.get(bare(text))
        if place is not None and at[place] is None:
            at[place] = column
        elif text or any(grid.value(row, column) is not None for row in range(1, len(grid.rows))):
            strange.append((column, text))
    lost = [head for head, column in zip(heads, at, strict=True) if column is None]
    for column, text in strange:
        close = nearest(text, [name for head in lost for name in head.names])
        found.append(
            Finding(
                "error" if close or bare(text) in known else "warning", "workbook.column", grid.place(0, column), text,
                say("The column “{name}” is not known here and is not read.", name=text),
                close or few(heads),
            )
        )  # fmt: skip
    found += [
        Finding(
            "error" if head.needed else "warning", "workbook.column-missing", grid.place(0, 0), head.names[0],
            say("The column “{name}” is missing.", name=head.names[0]),
            say("Write its heading into the first row again."),
        )
        for head in lost
    ]  # fmt: skip
    values, merged = spread(grid, spans)
    rows = []
    for number in range(1, len(grid.rows)):
        own = tuple(values.get((number, column)) if column is not None else None for column in at)
        if any(cell is not None for cell in own):
            rows.append(Row(grid.name, number + 1, own, tuple(at)))
    return Table(tuple(rows), (*found, *merged))


def few(heads: tuple[Head, ...]) -> Message | None:
    """A hint with all columns when they are few."""
    return say("Known columns: {names}.", names=tuple(head.names[0] for head in heads)) if len(heads) <= 12 else None


def spread(grid: Grid, spans: tuple[Span, ...]) -> tuple[dict[tuple[int, int], CellValue], list[Finding]]:
    """All cells by row and column. A cell merged downwards holds for each of its rows; any other merging is a fault."""
    values: dict[tuple[int, int], CellValue] = {
        (r, c): cell for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if cell is not None
    }
    found: list[Finding] = []
    for (top, left), (bottom, right) in spans:
        if left == right and top > 0:
            values |= {(row, left): values[top, left] for row in range(top, bottom + 1) if (top, left) in values}
        else:
            found.append(
                Finding(
                    "error", "workbook.merged", grid.place(top, left), "",
                    say("Cells are merged across columns here."), say("Take the merging back: one value, one cell."),
                )
            )  # fmt: skip
    return values, found

"""Plain tables of numbers: names down the first column, names along the first row, a number or a blank in each cell.

Units × items for the data-driven methods, experts × items, items × weights, and pairwise matrices all come this way.
Everything wrong with a table is found at once and named with its cell.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from assess.exchange.grid import CellValue, Grid, read, text_of
from assess.exchange.headings import bare
from assess.exchange.typed import shorten
from assess.exchange.unit_table import PROFILE_HEADINGS
from assess.language import Message, say
from assess.measure.scales import clean
from assess.problems import Finding, Problem

BLANKS = {"", "-", "—", "－", "/", "na", "n/a", "nan", "null", "none", "#n/a", "不适用", "暂无数据", "无数据", "缺失"}
POWER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d{1,3}")
FRACTION = re.compile(r"(\d+(?:\.\d+)?)\s*[/:÷]\s*(\d+(?:\.\d+)?)")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*")


class TableProblem(Problem):
    """A table that cannot be used; `findings` names every fault with its cell."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        if len(findings) == 1:
            super().__init__(first.code, say("{place}: {text}", place=first.place, text=first.text), first.hint)
        else:
            super().__init__(
                "table.faults",
                say("The table has {count} faults; the first is at {place}: {text}", count=len(findings),
                    place=first.place, text=first.text),
                first.hint,
            )  # fmt: skip
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class NumberTable:
    """`values[r][c]` is a number or None for a blank; `places` are addresses of rows; `notes` say what was left out."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    places: tuple[str, ...]
    notes: tuple[Message, ...] = ()

    def only_rows(self, names: Sequence[str]) -> NumberTable:
        """The rows named, in the order of the table. Raises Problem table.unknown-unit with the nearest name."""
        for name in names:
            if name not in self.rows:
                near = get_close_matches(name, self.rows, 1, 0.5)
                raise Problem(
                    "table.unknown-unit",
                    say("The table has no unit {name}.", name=shorten(name)),
                    say("The nearest name is {near}.", near=near[0])
                    if near
                    else say("Write the name as it stands in the first column."),
                )
        keep = [index for index, row in enumerate(self.rows) if row in names]
        return self._kept(keep)

    def without_blanks(self) -> NumberTable:
        """The rows that are complete; a note says how many were left out."""
        keep = [index for index, row in enumerate(self.values) if None not in row]
        left = len(self.rows) - len(keep)
        if not left:
            return self
        short = self._kept(keep)
        return replace(
            short,
            notes=(
                *self.notes,
                say("{count} units with blanks were left out, {kept} remain.", count=left, kept=len(keep)),
            ),
        )

    def _kept(self, keep: Sequence[int]) -> NumberTable:
        return replace(
            self,
            rows=tuple(self.rows[i] for i in keep),
            values=tuple(self.values[i] for i in keep),
            places=tuple(self.places[i] for i in keep),
        )


def units_by_items(
    path: Path, *, unit_column: str | None = None, items: Sequence[str] = (), keys: Sequence[str] = ("unit", "code")
) -> NumberTable:
    """The first sheet as units (rows) × items (columns).

    The unit stands in `unit_column`, else under a usual heading (名称 before code, or as `keys` says), else in the
    first column. `items` chooses columns by heading; otherwise every column but those about the unit (code, region,
    size) and those without any number, which notes name. Raises Problem table.* (TableProblem with every finding).
    """
    grids = read(path)
    grid = grids[0]
    head = _head(grid)
    names = {c: grid.text(head, c) for c in range(len(grid.rows[head])) if grid.text(head, c)}
    if unit_column is not None:
        unit = _column(names, unit_column)
    else:
        words = {c: bare(name) for c, name in names.items()}
        found = [c for role in keys for c, word in words.items() if word in PROFILE_HEADINGS[role]]
        unit = found[0] if found else _first_column(grid)
    about = {word for words in PROFILE_HEADINGS.values() for word in words}
    if items:
        columns = [_column(names, item) for item in items]
    else:
        columns = [c for c, name in names.items() if c != unit and bare(name) not in about]
    table = _read(grid, head, unit, columns, drop_words=not items)
    skipped = () if items else [name for c, name in names.items() if c != unit and c not in columns]
    told = tuple(say("Column {name} is about the unit and was left out.", name=shorten(name)) for name in skipped)
    if len(grids) > 1:
        told = (say("Only the first sheet, {name}, was read.", name=shorten(grid.name)), *told)
    return replace(table, notes=told + table.notes)


def square(grid: Grid, name: str) -> NumberTable:
    """A pairwise matrix: the same names down and across, in any order; fractions such as 1/3 are read, blanks kept.

    Raises Problem table.* and table.matrix where the names differ.
    """
    head = _head(grid)
    first = _first_column(grid)
    columns = [c for c in range(first + 1, len(grid.rows[head])) if grid.text(head, c)]
    across = {grid.text(head, c) for c in columns}
    down = {word for row in range(head + 1, len(grid.rows)) if (word := grid.text(row, first))}
    odd = sorted(down ^ across)
    if odd:
        raise Problem(
            "table.matrix",
            say("{name}: {item} stands only in the first column or only in the first row of the matrix.", name=name,
                item=shorten(odd[0])),
            say("Write the same items down the first column and along the first row."),
        )  # fmt: skip
    found = replace(_read(grid, head, first, columns, drop_words=False, fractions=True), name=name)
    order = [found.rows.index(column) for column in found.columns]
    return found._kept(order)


def matrices(paths: Sequence[Path]) -> tuple[NumberTable, ...]:
    """Every sheet of every file as one expert's matrix, named after the sheet, or after the file where that is all."""
    out: list[NumberTable] = []
    for path in paths:
        grids = read(path)
        for grid in grids:
            name = grid.name if grid.name and (len(grids) > 1 or len(paths) == 1) else path.stem
            taken = {table.name for table in out}
            out.append(square(grid, name if name not in taken else f"{path.stem} {name}"))
    return tuple(out)


def _head(grid: Grid) -> int:
    """The heading row: the first with two filled cells or more."""
    for number in range(len(grid.rows)):
        if sum(bool(grid.text(number, column)) for column in range(len(grid.rows[number]))) >= 2:
            return number
    raise Problem(
        "table.no-heading",
        say("The table has no heading row with names of columns."),
        say("Write the names of the items along the first row and the names of the units down the first column."),
    )


def _first_column(grid: Grid) -> int:
    return min(c for row in range(len(grid.rows)) for c in range(len(grid.rows[row])) if grid.text(row, c))


def _column(names: dict[int, str], wanted: str) -> int:
    for column, name in names.items():
        if name == wanted:
            return column
    same = [column for column, name in names.items() if bare(name) == bare(wanted)]
    if len(same) == 1:
        return same[0]
    near = get_close_matches(wanted, list(names.values()), 1, 0.5)
    raise Problem(
        "table.unknown-column",
        say("The table has no column {name}.", name=shorten(wanted)),
        say("The nearest heading is {near}.", near=near[0])
        if near
        else say("Headings are: {names}.", names=list(names.values())),
    )


def _read(
    grid: Grid, head: int, unit: int, columns: Sequence[int], *, drop_words: bool, fractions: bool = False
) -> NumberTable:
    body = [row for row in range(head + 1, len(grid.rows)) if any(grid.text(row, c) for c in (unit, *columns))]
    findings: list[Finding] = []
    notes: list[Message] = []
    names = [grid.text(head, c) for c in columns]
    for position, name in enumerate(names):
        if name in names[:position]:
            findings.append(
                Finding("error", "table.column-twice", grid.place(head, columns[position]), name,
                        say("The heading {name} stands there twice.", name=shorten(name)),
                        say("Give each column a name of its own."))
            )  # fmt: skip
    cells = {(row, c): _number(grid, row, c, fractions) for row in body for c in columns}
    if drop_words:
        words = [
            c
            for c in columns
            if any(isinstance(cells[row, c], Finding) for row in body)
            and not any(isinstance(cells[row, c], float) for row in body)
            and len(body) > 1
        ]
        notes += [
            say("Column {name} holds no number and was left out.", name=shorten(grid.text(head, c))) for c in words
        ]
        columns = [c for c in columns if c not in words]
    if not body or not columns:
        raise Problem(
            "table.no-numbers",
            say("The table holds headings but no numbers."),
            say("Give one row per unit, with its name and its values."),
        )
    seen: dict[str, str] = {}
    for row in body:
        name, place = grid.text(row, unit), grid.place(row, unit)
        if not name:
            findings.append(
                Finding("error", "table.unit-missing", place, "", say("This row has values but no name."),
                        say("Write the name into this cell, or empty the row."))
            )  # fmt: skip
        elif name in seen:
            findings.append(
                Finding("error", "table.unit-twice", place, name,
                        say("{unit} already stands at {place}.", unit=shorten(name), place=seen[name]),
                        say("Keep one of the two rows."))
            )  # fmt: skip
        seen.setdefault(name, place)
        findings += [cell for c in columns if isinstance(cell := cells[row, c], Finding)]
    if findings:
        raise TableProblem(findings)
    return NumberTable(
        grid.name,
        tuple(grid.text(row, unit) for row in body),
        tuple(grid.text(head, c) for c in columns),
        tuple(tuple(cell if isinstance(cell := cells[row, c], float) else None for c in columns) for row in body),
        tuple(grid.place(row, unit) for row in body),
        tuple(notes),
    )


def _number(grid: Grid, row: int, column: int, fractions: bool) -> float | Finding | None:
    """One cell: a number, None for a blank, or what is wrong with it. A percentage reads as 85, however it is typed."""
    value: CellValue = grid.value(row, column)
    if isinstance(value, float) and math.isfinite(value):
        return value * 100.0 if (row, column) in grid.percent else value
    text = text_of(value)
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.lower() in BLANKS:
        return None
    if fractions and (match := FRACTION.fullmatch(plain)) and float(match[2]) > 0:
        return float(match[1]) / float(match[2])
    if POWER.fullmatch(plain):
        number = float(plain)
        if math.isfinite(number):
            return number
    hint = say("Write digits only, for example 85.3; leave the cell empty where there is no value.")
    if fractions and DATE.fullmatch(plain):
        hint = say("Office programs turn 1/3 into a date. Write =1/3 or 0.333, or leave the cell empty: the other half "
                   "of the matrix is enough.")  # fmt: skip
    try:
        return float(clean(plain))
    except Problem:
        return Finding("error", "table.number", grid.place(row, column), grid.text(row, column),
                       say("“{typed}” is not a number.", typed=shorten(text)), hint)  # fmt: skip

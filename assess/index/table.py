"""Read a table of units × items: wide (a row per unit, a column per item) or long (a row per unit and item).

Which headings hold the unit, its code and further columns, the framework says in `[table.columns]`; an item's code is
always a heading of its own. Everything that is wrong is named at once, with the address of the cell.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assess.exchange.grid import Grid
from assess.exchange.grid import read as read_grids
from assess.exchange.headings import bare
from assess.exchange.unit_table import PROFILE_HEADINGS
from assess.framework.grammar import nearest
from assess.framework.model import Framework
from assess.index.cells import Reader, plain, reader
from assess.index.data import UNANSWERED, Data
from assess.language import Message, say
from assess.problems import Finding, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LONG_HEADINGS = {
    "item": ("指标", "指标代码", "指标编号", "题号", "indicator", "item", "icode", "indicatorcode"),
    "value": ("值", "数值", "指标值", "答案", "value", "answer", "result"),
}
MOST = 200


class TableProblem(Problem):
    """A table that cannot be scored; `findings` are all its faults."""

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        errors = [one for one in findings if one.severity == "error"]
        first = errors[0]
        super().__init__(
            "table.faulty",
            say("{name} cannot be used, faults: {count}. The first: {place}: {text}", name=name, count=len(errors),
                place=first.place, text=first.text),
            first.hint,
        )  # fmt: skip
        self.findings = findings


@dataclass(slots=True)
class _Layout:
    """Where things stand in one sheet: the heading row, columns by role, by item and by further heading."""

    head: int
    roles: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)

    @property
    def long(self) -> bool:
        return not self.items


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    units: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    values: dict[str, dict[int, float]] = field(default_factory=dict)
    states: dict[str, dict[int, int]] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, place: str, subject: str, text: Message, hint: Message | None) -> None:
        if len(self.findings) < MOST:
            self.findings.append(Finding("error", code, place, subject, text, hint))


def read(path: Path, framework: Framework, *, known_units: Iterable[str] | None = None) -> Data:
    """The table as numbers. Raises TableProblem with every fault; warnings come with the data.

    `known_units` are the names or codes that may stand in the table; any other unit is a fault.
    """
    grids = read_grids(path)
    for grid in grids:
        layout = find(grid, framework)
        if layout is not None:
            break
    else:
        raise Problem(
            "table.units",
            say("{name} has no heading row that names items of the framework.", name=path.name),
            say("The first row must hold the codes of the items, one column each, and a column with the unit's name."),
        )
    found = _long(grid, framework, layout) if layout.long else _wide(grid, framework, layout)
    if known_units is not None:
        _only(found, frozenset(known_units))
    if any(one.severity == "error" for one in found.findings):
        raise TableProblem(path.name, tuple(found.findings))
    if not found.units:
        raise Problem("index.empty", say("The table names no unit."), say("Put one unit on each row."))
    return _data(framework, found, hashlib.sha256(path.read_bytes()).hexdigest())


def needed(framework: Framework) -> tuple[str, ...]:
    """Headings of the further columns that the framework uses: denominators."""
    return tuple(
        dict.fromkeys(
            item.number.divide_by
            for item in framework.indicators.values()
            if item.number is not None and item.number.divide_by
        )
    )


def find(grid: Grid, framework: Framework) -> _Layout | None:
    """The heading row and its columns: the first of twenty rows that names a unit and an item, or item and value."""
    exact = {code: code for code in framework.indicators}
    loose = {bare(code): code for code in framework.indicators}
    wanted = {role: tuple(map(bare, names)) for role, names in (*PROFILE_HEADINGS.items(), *LONG_HEADINGS.items())}
    others = {bare(name): name for name in needed(framework)}
    group = framework.index.group
    for role, named in framework.table.columns.items():
        if role in framework.indicators:
            loose |= {bare(name): role for name in named}
            exact |= dict.fromkeys(named, role)
        elif role in others.values():
            others |= {bare(name): role for name in named}
        else:
            wanted[role] = tuple(map(bare, named))
    for row in range(min(20, len(grid.rows))):
        layout = _Layout(row)
        for column in range(len(grid.rows[row])):
            text = grid.text(row, column)
            word = bare(text)
            if not word:
                continue
            code = exact.get(text) or loose.get(word)
            if group and word == bare(group):
                layout.roles["group"] = column
            if code is not None:
                layout.items.setdefault(code, column)
            elif word in others:
                layout.others.setdefault(others[word], column)
            else:
                for role, names in wanted.items():
                    if word in names:
                        layout.roles.setdefault(role, column)
        has_unit = "unit" in layout.roles or "code" in layout.roles
        if has_unit and (layout.items or ("item" in layout.roles and "value" in layout.roles)):
            return layout
    return None


def _wide(grid: Grid, framework: Framework, layout: _Layout) -> _Reading:
    found = _Reading()
    _missing_columns(found, grid, framework, layout)
    readers = {code: reader(framework, framework.indicators[code]) for code in layout.items}
    readers |= {name: plain(name) for name in layout.others}
    columns = {**layout.items, **layout.others}
    seen: dict[str, str] = {}
    for row in range(layout.head + 1, len(grid.rows)):
        if not any(cell is not None for cell in grid.rows[row]):
            continue
        key, name, code = _unit(grid, layout, row)
        place = grid.place(row, layout.roles.get("unit", layout.roles.get("code")))
        if not key:
            if any(grid.text(row, column) for column in columns.values()):
                found.fault("table.unit-missing", place, "", say("This row has values but no unit."),
                            say("Write the unit's name into this cell."))  # fmt: skip
            continue
        if key in seen:
            found.fault("table.unit-twice", place, name,
                        say("{unit} stands in the table twice; first at {place}.", unit=name, place=seen[key]),
                        say("Keep one of the two rows."))  # fmt: skip
            continue
        seen[key] = place
        unit = len(found.units)
        found.units.append(name)
        found.codes.append(code)
        found.places.append(place)
        for item, column in columns.items():
            _cell(found, grid, readers[item], item, unit, row, column)
        if "group" in layout.roles:
            found.groups[unit] = grid.text(row, layout.roles["group"])
    return found


def _long(grid: Grid, framework: Framework, layout: _Layout) -> _Reading:
    found = _Reading()
    names = {bare(code): code for code in framework.indicators} | {bare(name): name for name in needed(framework)}
    for role, headings in framework.table.columns.items():
        if role in names.values():
            names |= {bare(name): role for name in headings}
    readers: dict[str, Reader] = {}
    where: dict[str, int] = {}
    seen: dict[tuple[int, str], str] = {}
    strange: set[str] = set()
    for row in range(layout.head + 1, len(grid.rows)):
        if not any(cell is not None for cell in grid.rows[row]):
            continue
        key, name, code = _unit(grid, layout, row)
        place = grid.place(row, layout.roles["item"])
        typed = grid.text(row, layout.roles["item"])
        if not key:
            found.fault("table.unit-missing", place, "", say("This row has values but no unit."),
                        say("Write the unit's name into this cell."))  # fmt: skip
            continue
        if key not in where:
            where[key] = len(found.units)
            found.units.append(name)
            found.codes.append(code)
            found.places.append(place)
        unit = where[key]
        if "group" in layout.roles:
            found.groups[unit] = grid.text(row, layout.roles["group"])
        for other, column in layout.others.items():
            _cell(found, grid, plain(other), other, unit, row, column)
        item = names.get(bare(typed))
        if item is None and framework.index.group and bare(typed) == bare(framework.index.group):
            found.groups[unit] = grid.text(row, layout.roles["value"])
        elif item is None:
            if typed not in strange and len(strange) < MOST:
                strange.add(typed)
                found.findings.append(
                    Finding("warning", "table.item-unknown", place, typed,
                            say("“{item}” is no item of the framework; it is left out.", item=typed),
                            nearest(typed, framework.indicators))
                )  # fmt: skip
        elif (unit, item) in seen:
            found.fault("table.value-twice", place, item,
                        say("{unit} has two values for {code}; the first at {place}.", unit=name, code=item,
                            place=seen[unit, item]),
                        say("Keep one of the two rows."))  # fmt: skip
        else:
            seen[unit, item] = place
            if item not in readers:
                readers[item] = (
                    reader(framework, framework.indicators[item]) if item in framework.indicators else plain(item)
                )
            _cell(found, grid, readers[item], item, unit, row, layout.roles["value"])
    for code in framework.indicators:
        if code not in readers:
            found.findings.append(
                Finding("warning", "table.item-column", grid.name, code,
                        say("The table has no value for {code}; it stays unanswered.", code=code))
            )  # fmt: skip
    return found


def _unit(grid: Grid, layout: _Layout, row: int) -> tuple[str, str, str]:
    """What tells the unit apart (its code, else its name), its name and its code; all empty without a unit."""
    name, code = (grid.text(row, layout.roles.get(role)) for role in ("unit", "code"))
    return code or name, name or code, code


def _cell(found: _Reading, grid: Grid, read_cell: Reader, item: str, unit: int, row: int, column: int) -> None:
    try:
        number, state = read_cell(grid.value(row, column), (row, column) in grid.percent)
    except Problem as problem:
        found.fault(problem.code, grid.place(row, column), item, problem.text, problem.hint)
        return
    if state != UNANSWERED:
        found.values.setdefault(item, {})[unit] = number
        found.states.setdefault(item, {})[unit] = state


def _missing_columns(found: _Reading, grid: Grid, framework: Framework, layout: _Layout) -> None:
    """Items without a column stay unanswered; a denominator or group without one makes the rest meaningless."""
    place = grid.place(layout.head, 0)
    for code in framework.indicators:
        if code not in layout.items:
            found.findings.append(
                Finding("warning", "table.item-column", place, code,
                        say("The table has no column for {code}; it stays unanswered.", code=code))
            )  # fmt: skip
    lost = [name for name in needed(framework) if name not in layout.others]
    if framework.index.group and "group" not in layout.roles:
        lost.append(framework.index.group)
    for name in lost:
        found.fault("table.column", place, name,
                    say("The table has no column “{name}”, which the framework uses.", name=name),
                    say("Add the column, or name its heading in [table.columns]."))  # fmt: skip


def _only(found: _Reading, known: frozenset[str]) -> None:
    for name, code, place in zip(found.units, found.codes, found.places, strict=True):
        if name not in known and code not in known:
            found.fault("table.unit-unknown", place, name,
                        say("{unit} is not among the known units.", unit=name),
                        nearest(name, known) or say("Mend the name, or add it to the list of units."))  # fmt: skip


def _data(framework: Framework, found: _Reading, digest: str) -> Data:
    import numpy as np

    rows = len(found.units)
    items = tuple(framework.indicators)
    values = np.full((len(items), rows), np.nan)
    states = np.full((len(items), rows), UNANSWERED, dtype=np.int8)
    columns: dict[str, Floats] = {}
    for place, code in enumerate(items):
        _fill(values[place], found.values.get(code, {}))
        _fill(states[place], found.states.get(code, {}))
    for name in needed(framework):
        columns[name] = np.full(rows, math.nan)
        _fill(columns[name], found.values.get(name, {}))
    groups = tuple(found.groups.get(unit, "") for unit in range(rows)) if framework.index.group else ()
    return Data(
        units=tuple(found.units),
        codes=tuple(found.codes),
        items=items,
        values=values,
        states=states,
        columns=columns,
        groups=groups,
        findings=tuple(found.findings),
        digest=digest,
    )


def _fill(column: NDArray[np.float64] | NDArray[np.int8], cells: Mapping[int, float | int]) -> None:
    import numpy as np

    if cells:
        column[np.fromiter(cells.keys(), dtype=np.int64)] = np.fromiter(cells.values(), dtype=column.dtype)

"""Read a table of units × items: wide (a row per unit, a column per item) or long (a row per unit and item).

Which headings hold the unit, its code and further columns, the framework says in `[table.columns]`; an item's code is
always a heading of its own. Everything that is wrong is named at once, with the address of the cell.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable
from pathlib import Path

from assess.exchange.headings import bare
from assess.framework.grammar import nearest
from assess.framework.model import Framework
from assess.index.cells import Reader, plain, reader
from assess.index.data import UNANSWERED, Data
from assess.index.layout import Layout, find, names_of, needed
from assess.index.rows import Row, Sheet, sheets, text
from assess.language import Message, say
from assess.problems import Finding, Problem

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


class _Reading:
    """What has been read so far: one growing column per item and further heading."""

    def __init__(self, framework: Framework, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names = (*framework.indicators, *needed(framework))
        self.units: list[str] = []
        self.codes: list[str] = []
        self.places: list[str] = []
        self.values = {name: array("d") for name in self.names}
        self.states = {name: bytearray() for name in self.names}
        self.groups: list[str] = []
        self.findings: list[Finding] = []
        self.faults = 0

    def fault(self, code: str, place: str, subject: str, words: Message, hint: Message | None) -> None:
        self.faults += 1
        if self.faults <= MOST:
            self.findings.append(Finding("error", code, place, subject, words, hint))

    def warn(self, code: str, place: str, subject: str, words: Message, hint: Message | None = None) -> None:
        if len(self.findings) - min(self.faults, MOST) < MOST:
            self.findings.append(Finding("warning", code, place, subject, words, hint))

    def add(self, name: str, code: str, place: str) -> int:
        """A further unit with nothing known of it yet."""
        self.units.append(name)
        self.codes.append(code)
        self.places.append(place)
        self.groups.append("")
        for item in self.names:
            self.values[item].append(math.nan)
            self.states[item].append(UNANSWERED)
        return len(self.units) - 1

    def put(self, read_cell: Reader, item: str, unit: int, number: int, row: Row, column: int) -> None:
        """One cell, or what is wrong with it."""
        if column >= len(row) or row[column] is None:
            return
        try:
            value, state = read_cell(row[column], (number, column) in self.sheet.percent)
        except Problem as problem:
            self.fault(problem.code, self.sheet.place(number, column), item, problem.text, problem.hint)
            return
        self.values[item][unit] = value
        self.states[item][unit] = state


def read(path: Path, framework: Framework, *, known_units: Iterable[str] | None = None) -> Data:
    """The table as numbers. Raises TableProblem with every fault; warnings come with the data.

    `known_units` are the names or codes that may stand in the table; any other unit is a fault.
    """
    for sheet in sheets(path):
        layout = find(sheet, framework)
        if layout is not None:
            break
    else:
        raise Problem(
            "table.units",
            say("{name} has no heading row that names items of the framework.", name=path.name),
            say("The first row must hold the codes of the items, one column each, and a column with the unit's name."),
        )
    found = _long(sheet, framework, layout) if layout.long else _wide(sheet, framework, layout)
    if known_units is not None:
        _only(found, frozenset(known_units))
    if any(one.severity == "error" for one in found.findings):
        raise TableProblem(path.name, tuple(found.findings))
    if not found.units:
        raise Problem("index.empty", say("The table names no unit."), say("Put one unit on each row."))
    return _data(framework, found, digest(path))


def digest(path: Path) -> str:
    """SHA-256 of a file, read piece by piece; hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _wide(sheet: Sheet, framework: Framework, layout: Layout) -> _Reading:
    found = _Reading(framework, sheet)
    _missing_columns(found, framework, layout)
    columns = [(code, column, reader(framework, framework.indicators[code])) for code, column in layout.items.items()]
    columns += [(name, column, plain(name)) for name, column in layout.others.items()]
    named = layout.roles.get("unit", layout.roles.get("code"))
    seen: dict[str, str] = {}
    for number, row in sheet.after(layout.head):
        key, name, code = layout.unit(row)
        place = sheet.place(number, named)
        if not key:
            if any(text(row, column) for _, column, _ in columns):
                found.fault("table.unit-missing", place, "", say("This row has values but no unit."),
                            say("Write the unit's name into this cell."))  # fmt: skip
            continue
        if key in seen:
            found.fault("table.unit-twice", place, name,
                        say("{unit} stands in the table twice; first at {place}.", unit=name, place=seen[key]),
                        say("Keep one of the two rows."))  # fmt: skip
            continue
        seen[key] = place
        unit = found.add(name, code, place)
        for item, column, read_cell in columns:
            found.put(read_cell, item, unit, number, row, column)
        if "group" in layout.roles:
            found.groups[unit] = text(row, layout.roles["group"])
    return found


def _long(sheet: Sheet, framework: Framework, layout: Layout) -> _Reading:
    found = _Reading(framework, sheet)
    names, group = names_of(framework), bare(framework.index.group)
    readers: dict[str, Reader] = {name: plain(name) for name in needed(framework)}
    readers |= {code: reader(framework, item) for code, item in framework.indicators.items()}
    where: dict[str, int] = {}
    seen: dict[tuple[int, str], str] = {}
    strange: set[str] = set()
    for number, row in sheet.after(layout.head):
        key, name, code = layout.unit(row)
        place = sheet.place(number, layout.roles["item"])
        typed = text(row, layout.roles["item"])
        if not key:
            found.fault("table.unit-missing", place, "", say("This row has values but no unit."),
                        say("Write the unit's name into this cell."))  # fmt: skip
            continue
        if key not in where:
            where[key] = found.add(name, code, place)
        unit = where[key]
        if "group" in layout.roles:
            found.groups[unit] = text(row, layout.roles["group"])
        for other, column in layout.others.items():
            found.put(readers[other], other, unit, number, row, column)
        item = names.get(bare(typed))
        if item is None and group and bare(typed) == group:
            found.groups[unit] = text(row, layout.roles["value"])
        elif item is None:
            if typed not in strange:
                strange.add(typed)
                found.warn("table.item-unknown", place, typed,
                           say("“{item}” is no item of the framework; it is left out.", item=typed),
                           nearest(typed, framework.indicators))  # fmt: skip
        elif (unit, item) in seen:
            found.fault("table.value-twice", place, item,
                        say("{unit} has two values for {code}; the first at {place}.", unit=name, code=item,
                            place=seen[unit, item]),
                        say("Keep one of the two rows."))  # fmt: skip
        else:
            seen[unit, item] = place
            found.put(readers[item], item, unit, number, row, layout.roles["value"])
    known = {item for _, item in seen}
    for code in framework.indicators:
        if code not in known:
            found.warn("table.item-column", sheet.name, code,
                       say("The table has no value for {code}; it stays unanswered.", code=code))  # fmt: skip
    return found


def _missing_columns(found: _Reading, framework: Framework, layout: Layout) -> None:
    """Items without a column stay unanswered; a denominator or group without one makes the rest meaningless."""
    place = found.sheet.place(layout.head, 0)
    for code in framework.indicators:
        if code not in layout.items:
            found.warn("table.item-column", place, code,
                       say("The table has no column for {code}; it stays unanswered.", code=code))  # fmt: skip
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


def _data(framework: Framework, found: _Reading, file_digest: str) -> Data:
    import numpy as np

    items = tuple(framework.indicators)
    values = np.empty((len(items), len(found.units)))
    states = np.empty((len(items), len(found.units)), dtype=np.int8)
    for place, code in enumerate(items):
        values[place] = np.frombuffer(found.values.pop(code), dtype=np.float64)
        states[place] = np.frombuffer(found.states.pop(code), dtype=np.int8)
    return Data(
        units=tuple(found.units),
        codes=tuple(found.codes),
        items=items,
        values=values,
        states=states,
        columns={name: np.array(found.values[name]) for name in needed(framework)},
        groups=tuple(found.groups) if framework.index.group else (),
        findings=tuple(found.findings),
        digest=file_digest,
    )

"""What has been read of a table so far, and the sentences about what is wrong with it."""

from __future__ import annotations

import math
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from assess.framework.model import Framework
from assess.index import stated
from assess.index.cells import Reader, plain, reader, statement
from assess.index.data import UNANSWERED
from assess.index.layout import Layout, abouts, names_of, needed
from assess.index.rows import Row, Sheet
from assess.language import Message, say
from assess.problems import Finding, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


class Reading:
    """One growing column per item and further heading; `gathered` where a reader has whole arrays instead.

    `about` holds further texts per unit by role (group, tier, size …), as far as the framework asks for them.
    """

    def __init__(self, framework: Framework, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names: tuple[str, ...] = (*framework.indicators, *needed(framework))
        self.spelled = names_of(framework)
        self.units: list[str] = []
        self.codes: list[str] = []
        self.places: list[str] = []
        self.values = {name: array("d") for name in self.names}
        self.states = {name: bytearray() for name in self.names}
        self.about: dict[str, list[str]] = {role: [] for role in abouts(framework)}
        self.gathered: tuple[NDArray[np.float64], NDArray[np.int8]] | None = None
        self.findings: list[Finding] = []
        self.faults = 0

    def further(self, name: str) -> None:
        """A column for what a table need not state, empty for the units so far."""
        if name not in self.values:
            self.names = (*self.names, name)
            self.values[name] = array("d", [math.nan]) * len(self.units)
            self.states[name] = bytearray([UNANSWERED]) * len(self.units)

    def fault(self, code: str, place: str, subject: str, words: Message, hint: Message | None) -> None:
        self.faults += 1
        if self.faults <= MOST:
            self.findings.append(Finding("error", code, place, subject, words, hint))

    def warn(self, code: str, place: str, subject: str, words: Message, hint: Message | None = None) -> None:
        if len(self.findings) - min(self.faults, MOST) < MOST:
            self.findings.append(Finding("warning", code, place, subject, words, hint))

    def unit_missing(self, place: str) -> None:
        self.fault("table.unit-missing", place, "", say("This row has values but no unit."),
                   say("Write the unit's name into this cell."))  # fmt: skip

    def unit_twice(self, place: str, name: str, first: str) -> None:
        self.fault("table.unit-twice", place, name,
                   say("{unit} stands in the table twice; first at {place}.", unit=name, place=first),
                   say("Keep one of the two rows."))  # fmt: skip

    def value_twice(self, place: str, item: str, unit: str) -> None:
        self.fault("table.value-twice", place, item, say("{unit} has two values for {code}.", unit=unit, code=item),
                   say("Keep one of the two rows."))  # fmt: skip

    def add(self, name: str, code: str, place: str) -> int:
        """A further unit with nothing known of it yet."""
        self.units.append(name)
        self.codes.append(code)
        self.places.append(place)
        for texts in self.about.values():
            texts.append("")
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


def readers_of(framework: Framework) -> dict[str, Reader]:
    """What reads the cells of every item and further heading."""
    found: dict[str, Reader] = {name: plain(name) for name in needed(framework)}
    found |= {key: statement(framework, key) for key in stated.keys(framework)}
    return found | {code: reader(framework, item) for code, item in framework.indicators.items()}


def no_heading(path: Path) -> Problem:
    return Problem(
        "table.units",
        say("{name} has no heading row that names items of the framework.", name=path.name),
        say("The first row must hold the codes of the items, one column each, and a column with the unit's name."),
    )


def missing_columns(found: Reading, framework: Framework, layout: Layout) -> None:
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


def unknown_items(found: Reading, framework: Framework, known: set[str]) -> None:
    """Items of which a long table says nothing."""
    for code in framework.indicators:
        if code not in known:
            found.warn("table.item-column", found.sheet.name, code,
                       say("The table has no value for {code}; it stays unanswered.", code=code))  # fmt: skip

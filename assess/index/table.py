"""Read a table of units × items: wide (a row per unit, a column per item) or long (a row per unit and item).

Which headings hold the unit, its code and further columns, the framework says in `[table.columns]`; an item's code is
always a heading of its own. Everything that is wrong is named at once, with the address of the cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from assess.exchange.headings import bare
from assess.framework.grammar import nearest
from assess.framework.model import Framework
from assess.index import parquet
from assess.index.data import Data
from assess.index.layout import Layout, find
from assess.index.reading import Reading, TableProblem, missing_columns, no_heading, readers_of, unknown_items
from assess.index.rows import Sheet, sheets, text
from assess.language import say
from assess.problems import Problem

__all__ = ["TableProblem", "digest", "read"]


def read(path: Path, framework: Framework, *, known_units: Iterable[str] | None = None) -> Data:
    """The table as numbers. Raises TableProblem with every fault; warnings come with the data.

    `known_units` are the names or codes that may stand in the table; any other unit is a fault.
    """
    found = parquet.read(path, framework) if parquet.is_parquet(path) else _by_rows(path, framework)
    if known_units is not None:
        _only(found, frozenset(known_units))
    if any(one.severity == "error" for one in found.findings):
        raise TableProblem(path.name, tuple(found.findings))
    if not found.units:
        raise Problem("index.empty", say("The table names no unit."), say("Put one unit on each row."))
    return _data(framework, found, digest(path))


def _by_rows(path: Path, framework: Framework) -> Reading:
    for sheet in sheets(path):
        layout = find(sheet, framework)
        if layout is not None:
            return _long(sheet, framework, layout) if layout.long else _wide(sheet, framework, layout)
    raise no_heading(path)


def digest(path: Path) -> str:
    """SHA-256 of a file, read piece by piece; hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _wide(sheet: Sheet, framework: Framework, layout: Layout) -> Reading:
    found = Reading(framework, sheet)
    missing_columns(found, framework, layout)
    readers = readers_of(framework)
    columns = [(name, column, readers[name]) for name, column in (*layout.items.items(), *layout.others.items())]
    for name in layout.others:
        found.further(name)
    named = layout.roles.get("unit", layout.roles.get("code"))
    seen: dict[str, str] = {}
    for number, row in sheet.after(layout.head):
        key, name, code = layout.unit(row)
        place = sheet.place(number, named)
        if not key:
            if any(text(row, column) for _, column, _ in columns):
                found.unit_missing(place)
            continue
        if key in seen:
            found.unit_twice(place, name, seen[key])
            continue
        seen[key] = place
        unit = found.add(name, code, place)
        for item, column, read_cell in columns:
            found.put(read_cell, item, unit, number, row, column)
        for role, texts in found.about.items():
            if role in layout.roles:
                texts[unit] = text(row, layout.roles[role])
    return found


def _long(sheet: Sheet, framework: Framework, layout: Layout) -> Reading:
    found = Reading(framework, sheet)
    group = bare(framework.index.group)
    readers = readers_of(framework)
    where: dict[str, int] = {}
    seen: dict[tuple[int, str], str] = {}
    strange: set[str] = set()
    for number, row in sheet.after(layout.head):
        key, name, code = layout.unit(row)
        place = sheet.place(number, layout.roles["item"])
        typed = text(row, layout.roles["item"])
        if not key:
            found.unit_missing(place)
            continue
        if key not in where:
            where[key] = found.add(name, code, place)
        unit = where[key]
        for role, texts in found.about.items():
            if role in layout.roles:
                texts[unit] = text(row, layout.roles[role])
        for other, column in layout.others.items():
            found.further(other)
            found.put(readers[other], other, unit, number, row, column)
        item = found.spelled.get(bare(typed))
        if item is None and group and bare(typed) == group:
            found.about["group"][unit] = text(row, layout.roles["value"])
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
            found.further(item)
            found.put(readers[item], item, unit, number, row, layout.roles["value"])
    unknown_items(found, framework, {item for _, item in seen})
    return found


def _only(found: Reading, known: frozenset[str]) -> None:
    for name, code, place in zip(found.units, found.codes, found.places, strict=True):
        if name not in known and code not in known:
            found.fault("table.unit-unknown", place, name,
                        say("{unit} is not among the known units.", unit=name),
                        nearest(name, known) or say("Mend the name, or add it to the list of units."))  # fmt: skip


def _data(framework: Framework, found: Reading, file_digest: str) -> Data:
    import numpy as np

    items = tuple(framework.indicators)
    if found.gathered is not None:
        values, states = found.gathered
        further = {name: values[len(items) + place] for place, name in enumerate(found.names[len(items) :])}
        values, states = values[: len(items)], states[: len(items)]
    else:
        values = np.empty((len(items), len(found.units)))
        states = np.empty((len(items), len(found.units)), dtype=np.int8)
        for place, code in enumerate(items):
            values[place] = np.frombuffer(found.values.pop(code), dtype=np.float64)
            states[place] = np.frombuffer(found.states.pop(code), dtype=np.int8)
        further = {name: np.array(found.values[name]) for name in found.names[len(items) :]}
    return Data(
        units=tuple(found.units),
        codes=tuple(found.codes),
        items=items,
        values=values,
        states=states,
        columns=further,
        groups=tuple(found.about.get("group", ())),
        about={role: tuple(texts) for role, texts in found.about.items() if role != "group" and any(texts)},
        findings=tuple(found.findings),
        digest=file_digest,
    )

"""Tables of units × items in Parquet files: read column by column, with the same checks as any other table.

Cells have the addresses they would have in a text table with the headings in its first row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assess.exchange.grid import text_of
from assess.exchange.headings import bare
from assess.exchange.parquet import SUFFIXES, Column, open_file
from assess.framework.grammar import nearest
from assess.framework.model import Framework
from assess.index.data import UNANSWERED
from assess.index.layout import Layout, find
from assess.index.parquet_cells import Tell, converted
from assess.index.reading import Reading, missing_columns, no_heading, readers_of, unknown_items
from assess.index.rows import Sheet
from assess.language import say
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]
    Marks = NDArray[np.int8]
    Booleans = NDArray[np.bool_]

    Piece = dict[str, tuple[Floats, Marks, Booleans]]

PIECE = 65_536


def is_parquet(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def read(path: Path, framework: Framework) -> Reading:
    """The table with every fault in it. Raises Problem `table.*` where it cannot be read at all."""
    source = open_file(path)
    sheet = Sheet("", [source.names])
    layout = find(sheet, framework)
    if layout is None:
        raise no_heading(path)
    found = Reading(framework, sheet)
    wanted = sorted({*layout.roles.values(), *layout.items.values(), *layout.others.values()})
    blocks = source.blocks(wanted)
    if layout.long:
        _long(found, framework, layout, blocks)
    else:
        _wide(found, framework, layout, blocks)
    return found


def _wide(found: Reading, framework: Framework, layout: Layout, blocks: Iterator[dict[int, Column]]) -> None:
    import numpy as np

    missing_columns(found, framework, layout)
    for name in layout.others:
        found.further(name)
    readers = readers_of(framework)
    columns = [*layout.items.items(), *layout.others.items()]
    named = layout.roles.get("unit", layout.roles.get("code"))
    seen: dict[str, int] = {}
    start = 1
    for block in blocks:
        names, codes = (_texts(block, layout.roles.get(role)) for role in ("unit", "code"))
        size = len(names or codes)
        names, codes = names or [""] * size, codes or [""] * size
        kept: list[int] = []
        for row, (name, code) in enumerate(zip(names, codes, strict=True)):
            key = code or name
            if not key:
                if any(_filled(block[column], row) for _, column in columns):
                    found.unit_missing(found.sheet.place(start + row, named))
            elif key in seen:
                first = found.sheet.place(seen[key], named)
                found.unit_twice(found.sheet.place(start + row, named), name or code, first)
            else:
                seen[key] = start + row
                kept.append(row)
                found.units.append(name or code)
                found.codes.append(code)
                found.places.append(found.sheet.place(start + row, named))
        rows = None if len(kept) == size else np.array(kept, dtype=np.int64)
        for role, into in found.about.items():
            texts = _texts(block, layout.roles.get(role)) or [""] * size
            into.extend(texts if rows is None else [texts[row] for row in kept])
        for item in found.names:
            column = layout.items.get(item, layout.others.get(item))
            if column is None:
                found.values[item].frombytes(np.full(len(kept), np.nan).tobytes())
                found.states[item] += bytes([UNANSWERED]) * len(kept)
                continue
            values, states = converted(
                framework, item, readers[item], block[column], _teller(found, item, column, start)
            )
            found.values[item].frombytes((values if rows is None else values[rows]).tobytes())
            found.states[item] += (states if rows is None else states[rows]).tobytes()
        start += size


def _long(found: Reading, framework: Framework, layout: Layout, blocks: Iterator[dict[int, Column]]) -> None:
    """Values go into pieces of as many units each, so that a table of any length needs the memory of its units."""
    import numpy as np

    readers = readers_of(framework)
    pieces: list[Piece] = []
    where: dict[str, int] = {}
    strange: set[str] = set()
    start = 1
    item_column, value_column = layout.roles["item"], layout.roles["value"]
    group = bare(framework.index.group)
    for block in blocks:
        units = _units(found, layout, block, where, start)
        while len(pieces) * PIECE < len(found.units):
            pieces.append({})
        for role, into in found.about.items():
            for row, text in enumerate(_texts(block, layout.roles.get(role))):
                if text and units[row] >= 0:
                    into[int(units[row])] = text
        for word, listed in grouped(block[item_column]):
            item = found.spelled.get(bare(word))
            rows = listed[units[listed] >= 0]
            if item is None and group and bare(word) == group:
                texts = block[value_column].texts()
                for row in rows.tolist():
                    found.about["group"][int(units[row])] = texts[row]
            elif item is None:
                if word not in strange:
                    strange.add(word)
                    found.warn("table.item-unknown", found.sheet.place(start + int(listed[0]), item_column), word,
                               say("“{item}” is no item of the framework; it is left out.", item=word),
                               nearest(word, framework.indicators))  # fmt: skip
            elif rows.size:
                tell = _teller(found, item, value_column, start, rows)
                values, states = converted(framework, item, readers[item], _picked(block[value_column], rows), tell)
                _put(found, pieces, item, units[rows], values, states, start + rows, item_column)
        for other, column in layout.others.items():
            tell = _teller(found, other, column, start)
            values, states = converted(framework, other, readers[other], block[column], tell)
            known = np.flatnonzero((units >= 0) & (states != UNANSWERED))
            _put(found, pieces, other, units[known], values[known], states[known], None, column)
        start += units.size
    found.gathered = _joined(found, pieces, framework)


def _units(found: Reading, layout: Layout, block: dict[int, Column], where: dict[str, int], start: int) -> Wholes:
    """The unit of every row of a long block, −1 without one; each different pair of name and code is looked at once."""
    import numpy as np

    item_column = layout.roles["item"]
    name_at, names = _labels(block, layout.roles.get("unit"))
    code_at, codes = _labels(block, layout.roles.get("code"))
    pairs, first, which = np.unique(name_at * len(codes) + code_at, return_index=True, return_inverse=True)
    ids = np.full(pairs.size, -1, dtype=np.int64)
    for place in np.argsort(first, kind="stable").tolist():
        name, code = names[int(pairs[place]) // len(codes)], codes[int(pairs[place]) % len(codes)]
        key = code or name
        if not key:
            for row in np.flatnonzero(which == place).tolist():
                found.unit_missing(found.sheet.place(start + row, item_column))
            continue
        if key not in where:
            where[key] = len(found.units)
            found.units.append(name or code)
            found.codes.append(code)
            found.places.append(found.sheet.place(start + int(first[place]), item_column))
            for into in found.about.values():
                into.append("")
        ids[place] = where[key]
    units: Wholes = ids[which]
    return units


def _labels(block: dict[int, Column], column: int | None) -> tuple[Wholes, list[str]]:
    """Which of the different texts of a column stands in each row; "" throughout without a column."""
    import numpy as np

    if column is None:
        other = next(iter(block.values()))
        size = len(other.numbers) if other.numbers is not None else len(other.which if other.which is not None else ())
        return np.zeros(size, dtype=np.int64), [""]
    one = block[column]
    if one.which is not None:
        return one.which + 1, ["", *map(text_of, one.cells)]
    assert one.numbers is not None
    different, which = np.unique(one.numbers, return_inverse=True)
    return which, ["" if value != value else text_of(value) for value in different.tolist()]


def grouped(column: Column) -> Iterator[tuple[str, Wholes]]:
    """Each different text of a column with its rows, in the order in which they come first."""
    import numpy as np

    which, texts = _labels({0: column}, 0)
    used, first, place = np.unique(which, return_index=True, return_inverse=True)
    rows = np.split(np.argsort(place, kind="stable"), np.cumsum(np.bincount(place, minlength=used.size))[:-1])
    for number in np.argsort(first, kind="stable").tolist():
        yield texts[int(used[number])], rows[number]


def _put(
    found: Reading, pieces: list[Piece], item: str, units: Wholes, values: Floats, states: Marks, rows: Wholes | None,
    column: int,
) -> None:  # fmt: skip
    """Values of one item at their units; a second value in `rows` is a fault (None: a column that repeats itself)."""
    import numpy as np

    which = units // PIECE
    for number in np.unique(which).tolist():
        own = np.flatnonzero(which == number)
        at = units[own] % PIECE
        if item not in pieces[number]:
            pieces[number][item] = (
                np.full(PIECE, np.nan), np.full(PIECE, UNANSWERED, dtype=np.int8), np.zeros(PIECE, dtype=bool)
            )  # fmt: skip
        into, marks, seen = pieces[number][item]
        if rows is not None:
            order = np.argsort(at, kind="stable")
            again = np.zeros(at.size, dtype=bool)
            again[order[1:]] = at[order][1:] == at[order][:-1]
            for one in np.flatnonzero(again | seen[at]).tolist():
                place = found.sheet.place(int(rows[own[one]]), column)
                found.value_twice(place, item, found.units[int(units[own[one]])])
        seen[at] = True
        into[at] = values[own]
        marks[at] = states[own]


def _joined(found: Reading, pieces: list[Piece], framework: Framework) -> tuple[Floats, Marks]:
    """The pieces side by side; a piece is given up as soon as it is copied."""
    import numpy as np

    size = len(found.units)
    known = {name for piece in pieces for name in piece}
    found.names = (*found.names, *sorted(known - set(found.names)))
    values = np.full((len(found.names), size), np.nan)
    states = np.full((len(found.names), size), UNANSWERED, dtype=np.int8)
    for number, piece in enumerate(pieces):
        here = slice(number * PIECE, min(size, (number + 1) * PIECE))
        length = here.stop - here.start
        for place, name in enumerate(found.names):
            if name in piece:
                into, marks, _ = piece.pop(name)
                values[place, here], states[place, here] = into[:length], marks[:length]
    unknown_items(found, framework, known)
    return values, states


def _teller(found: Reading, item: str, column: int, start: int, rows: Wholes | None = None) -> Tell:
    """Names a fault at every row that has it; `rows` are the rows of the block that were picked."""

    def tell(problem: Problem, where: Wholes) -> None:
        for row in (where if rows is None else rows[where]).tolist():
            found.fault(problem.code, found.sheet.place(start + row, column), item, problem.text, problem.hint)

    return tell


def _picked(column: Column, rows: Wholes) -> Column:
    if column.numbers is not None:
        return Column(column.numbers[rows])
    assert column.which is not None
    return Column(None, column.cells, column.which[rows])


def _texts(block: dict[int, Column], column: int | None) -> list[str]:
    return [] if column is None else block[column].texts()


def _filled(column: Column, row: int) -> bool:
    if column.numbers is not None:
        return not math.isnan(column.numbers[row])
    assert column.which is not None
    return bool(column.which[row] >= 0)

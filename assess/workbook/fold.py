"""From the rows of the sheets to the files of a framework; every value keeps the address of its cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.framework.grammar import nearest
from assess.framework.keys import Kind, Table
from assess.framework.keys_files import FILES, keys_of
from assess.framework.sources import MAIN, WORDS
from assess.language import say
from assess.workbook import paths
from assess.workbook.folded import NAME, Folded
from assess.workbook.settings import closed, paired, settings
from assess.workbook.shape import SHEETS, Column, Sheet, kind_at
from assess.workbook.table import Row
from assess.workbook.table import Table as Rows

Json = Any


def fold(tables: Mapping[str, Rows]) -> Folded:
    """The files from all sheets by key; absent sheets are empty."""
    folded = Folded()
    for key in ("main", "other"):
        if key in tables:
            settings(tables[key], folded, key == "main")
    folded.data = {name: closed(data) for name, data in folded.data.items()}
    if "words" in tables:
        words(tables["words"], folded)
    for sheet in SHEETS:
        if sheet.key in tables:
            rows(sheet, tables[sheet.key], folded)
    list_files(folded)
    folded.data = {name: ordered(data, name) for name, data in folded.data.items()}
    return folded


def words(table: Rows, folded: Folded) -> None:
    """English words: file, Chinese, English."""
    for row in table.rows:
        name = folded.named(row, 0) or ("en/framework.toml" if row.cells[0] is None else None)
        if name is not None and not name.startswith(WORDS):
            name = WORDS + name
        chinese, english = (folded.value(row, column, "text", "", "words") for column in (1, 2))
        if name is None or chinese is None or english is None:
            continue
        found = folded.file(name).setdefault("words", {})
        if found.setdefault(chinese, english) != english:
            folded.fault(
                "workbook.twice", row.place(1), chinese, say("“{text}” has two translations.", text=chinese),
                say("Keep one of them."),
            )  # fmt: skip
        folded.places[name, ("words", chinese)] = row.place(2)


def rows(sheet: Sheet, table: Rows, folded: Folded) -> None:
    """The rows of a sheet, each put where its locating columns say."""
    file_at = len(sheet.columns) - 1
    for row in table.rows:
        found = target(sheet, row, folded, file_at)
        if found is None:
            continue
        name, path, data = found
        folded.places[name, path] = row.place(next((n for n, cell in enumerate(row.cells) if cell is not None), 0))
        own = [(at, one) for at, one in enumerate(sheet.columns) if not one.locates]
        fill(row, own, name, path, data, folded)


def fill(
    row: Row, columns: list[tuple[int, Column]], name: str, path: paths.Path, data: dict[str, Json], folded: Folded
) -> None:
    lists: list[tuple[paths.Path, Json]] = []
    for at, column in columns:
        kind: Kind = column.kind
        if column.side:
            kind = "texts" if column.kind == "words list" else "text"
        key = "" if column.side else column.key
        inner = (*column.path, column.side) if column.side else column.path
        folded.places[name, (*path, *inner)] = row.place(at)
        if column.side == "zh":
            folded.places[name, (*path, *column.path)] = row.place(at)
        value = folded.value(row, at, kind, key, column.key)
        if value is None:
            continue
        if column.kind == "words list":
            lists.append((inner, value))
        else:
            place_in(data, inner, value)
    for above in dict.fromkeys(path[:-1] for path, _ in lists):
        for where, value in paired([one for one in lists if one[0][:-1] == above]):
            place_in(data, where, value)
    for at, column in columns:  # a table within the row points at the first of its cells
        for size in range(1, len(column.path)):
            folded.places.setdefault((name, (*path, *column.path[:size])), row.place(at))


def place_in(data: dict[str, Json], path: tuple[str | int, ...], value: Json) -> None:
    for part in path[:-1]:
        data = data.setdefault(str(part), {})
    data[str(path[-1])] = value


def target(sheet: Sheet, row: Row, folded: Folded, file_at: int) -> tuple[str, paths.Path, dict[str, Json]] | None:
    """File, path and the table that a row fills."""
    located: dict[int, Json] = {}
    for at, column in enumerate(sheet.locators):
        value = folded.value(row, at, column.kind, "", column.locates)
        if value is None:
            if row.cells[at] is None:
                folded.fault(
                    "workbook.missing", row.place(at), "", say("The cell is empty."), say("Say what the row is about.")
                )
            return None
        located[at] = value
    name = sheet.file or (item_file(sheet, row, folded, located, file_at) if sheet.by_file else "")
    path: paths.Path = ()
    data: Json = folded.file(name) if name else {}
    at = 0
    for step in sheet.route:
        key = step.keys[0]
        if step.kind == "into":
            owner = owned(folded, name, key, step.id, located[at])
            if owner is None:
                missing(folded, row, at, key, step.id, located[at], name)
                return None
            name, place, data = owner
            path, at = (*path, key, place), at + 1
            continue
        if step.kind == "choice":
            key, at = located[at], at + 1
        spec = kind_at(name, (*path, key))
        many = isinstance(spec, Table) and spec.many
        below = data.setdefault(key, [] if many else {})
        path = (*path, key)
        if many and isinstance(below, list):
            below.append({})
            path, data = (*path, len(below) - 1), below[-1]
        elif isinstance(below, dict) and not many and not (step is sheet.route[-1] and below):
            data = below
        else:
            folded.fault(
                "workbook.twice", row.place(0), str(row.cells[0] or ""),
                say("This stands in another row already."), say("Keep one of them."),
            )  # fmt: skip
            return None
    return name, path, data


def owned(folded: Folded, name: str, key: str, id_key: str, wanted: Json) -> tuple[str, int, dict[str, Json]] | None:
    """The first row of a list with an id: file, place, table. Without a file, in whichever file it stands."""
    if (name, key) not in folded.owners:
        index = folded.owners[name, key] = {}
        for file in (name,) if name else tuple(folded.data):
            rows = folded.file(file).get(key, [])
            for place, row in enumerate(rows if isinstance(rows, list) else ()):
                if isinstance(row, dict) and isinstance(row.get(id_key), (str, int, float)):
                    index.setdefault(row[id_key], (file, place, row))
    return folded.owners[name, key].get(wanted)


def missing(folded: Folded, row: Row, at: int, key: str, id_key: str, wanted: Json, name: str) -> None:
    lists = [folded.data[file].get(key, []) for file in ((name,) if name else folded.data) if file in folded.data]
    known = [str(one.get(id_key)) for rows in lists if isinstance(rows, list) for one in rows if isinstance(one, dict)]
    folded.fault(
        "workbook.unknown", row.place(at), str(wanted),
        say("There is no row {code} that this could belong to.", code=str(wanted)),
        nearest(str(wanted), known) or say("Check the code, or add a row for it in its own sheet first."),
    )  # fmt: skip


def item_file(sheet: Sheet, row: Row, folded: Folded, located: Mapping[int, Json], file_at: int) -> str:
    """The file of a node or indicator: as named, else that of what it hangs under; a dimension has its own."""
    named = folded.named(row, file_at)
    if named is not None and not named.startswith(WORDS):
        return named
    cells = {column.key: row.cells[at] for at, column in enumerate(sheet.columns) if not column.side}
    code = str(cells.get("code") or "")
    if located.get(0) == "dimension":
        own = f"{code.lower()}.toml"
        return own if NAME.fullmatch(own) and own not in FILES else MAIN
    homes = {
        str(one.get("code")): file
        for file, data in folded.data.items()
        for key in ("dimension", "sub", "node")
        for one in as_list(data.get(key))
        if isinstance(one, dict)
    }
    above = str(cells.get("under") or "")
    near = [known for known in homes if known and code.startswith(known)]
    return homes.get(above) or (homes[max(near, key=len)] if near else MAIN)


def as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def list_files(folded: Folded) -> None:
    """Files of new dimensions are listed where framework.toml lists its files; listed files exist, if only empty."""
    listed = folded.data[MAIN].get("files")
    if not isinstance(listed, list):
        return
    for file, data in list(folded.data.items()):
        holds = any(key in data for key in ("dimension", "sub", "node", "indicator"))
        placed = any((file, (key,)) in folded.places or (file, (key, 0)) in folded.places for key in data)
        if holds and placed and file not in FILES and file not in listed and not by_setting(folded, file):
            listed.append(file)
    for file in listed:
        if NAME.fullmatch(str(file)) and "/" not in str(file):
            folded.file(str(file))


def by_setting(folded: Folded, file: str) -> bool:
    """Whether a file came from the other settings, as one that the framework keeps but does not use."""
    return (file, ("",)) in folded.places


def ordered(data: dict[str, Json], name: str) -> dict[str, Json]:
    """The blocks of a file in the order of the grammar."""
    order = {key: place for place, key in enumerate(keys_of(name).keys)}
    return dict(sorted(data.items(), key=lambda pair: order.get(pair[0], len(order))))

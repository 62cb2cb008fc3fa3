"""From the files of a framework to the rows of the sheets."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from assess.framework.keys import Kind, Table
from assess.framework.keys_files import keys_of
from assess.framework.sources import MAIN, WORDS
from assess.workbook import paths
from assess.workbook.canonical import Form, Tables, labelled
from assess.workbook.cells import encode
from assess.workbook.shape import MAIN_KEYS, SHEETS, Column, Sheet, Step

Json = Any
Cell = str | float | int | None
Rows = dict[str, list[list[Cell]]]
"""Rows by the key of their sheet, without the heading row; the columns are those of the sheet's shape."""


def unfold(tables: Tables, language: str = "zh") -> Rows:
    """All rows of all sheets; words of closed lists in `language`."""
    form = Form(tables.language, tables.english)
    rows: Rows = {sheet.key: list(sheet_rows(sheet, tables, form, language)) for sheet in SHEETS}
    rows |= {"main": [], "other": [], "words": []}
    for name, data in tables.files.items():
        if name.startswith(WORDS):
            words = data.get("words", {})
            rows["words"] += [[name, encode(zh, "text"), encode(en, "text")] for zh, en in words.items()]
            data = {key: value for key, value in data.items() if key != "words"}
        for path, value, kind in leaves(rest(name, data, tables), keys_of(name), ()):
            cells = [paths.written(path), *contents(value, kind, form, language)]
            if name == MAIN and path[0] in MAIN_KEYS:
                rows["main"].append(cells)
            else:
                rows["other"].append([name, *cells])
    return rows


def sheet_rows(sheet: Sheet, tables: Tables, form: Form, language: str) -> Iterator[list[Cell]]:
    for name in (sheet.file,) if sheet.file else tables.item_files:
        for locators, row in found(tables.files.get(name, {}), sheet.route, ()):
            where: list[Cell] = [
                encode(value, column.kind, language=language)
                for value, column in zip(locators, sheet.locators, strict=True)
            ]
            own = [
                cell(row, column, form, language) for column in sheet.columns[len(where) :] if column.locates != "file"
            ]
            yield [*where, *own, *([name] if sheet.by_file else [])]


def found(
    data: Mapping[str, Json], route: tuple[Step, ...], locators: tuple[Json, ...]
) -> Iterator[tuple[tuple[Json, ...], Mapping[str, Json]]]:
    """What each locating column holds, and the table, for every table at the end of a route."""
    if not route:
        yield locators, data
        return
    step, *later = route
    for key in step.keys:
        if key not in data:
            continue
        rows = data[key] if isinstance(data[key], list) else [data[key]]
        for row in rows:
            named = (key,) if step.kind == "choice" else (row[step.id],) if step.kind == "into" else ()
            yield from found(row, tuple(later), (*locators, *named))


def cell(row: Mapping[str, Json], column: Column, form: Form, language: str) -> Cell:
    value: Json = row
    for part in column.path:
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return None
    if column.side:
        value = form.shown(value, column.side)
        kind: Kind = "texts" if column.kind == "words list" else "text"
        return None if value is None else encode(value, kind, language=language)
    return encode(value, column.kind, column.key, language)


def rest(name: str, data: Mapping[str, Json], tables: Tables) -> dict[str, Json]:
    """What no sheet of rows holds."""
    left = copy.deepcopy(dict(data))
    for sheet in SHEETS:
        if sheet.route[0].kind != "into" and (sheet.file == name or (not sheet.file and name in tables.item_files)):
            take(left, sheet.route)
    return left


def take(data: dict[str, Json], route: tuple[Step, ...]) -> None:
    """Remove the rows at the end of a route, and the tables that this leaves empty."""
    step, *later = route
    for key in step.keys:
        if key not in data:
            continue
        if later and isinstance(data[key], dict) and data[key]:
            take(data[key], tuple(later))
            if not data[key]:
                del data[key]
        elif not later:
            del data[key]


def leaves(data: Mapping[str, Json], spec: Table, path: paths.Path) -> Iterator[tuple[paths.Path, Json, Kind]]:
    """Every single value with its path and kind; a text in both languages is one value, its kind "words"."""
    label = labelled(spec)
    if label and path and ("zh" in data or "en" in data):
        yield path, {side: data[side] for side in ("zh", "en") if side in data}, "words"
    for key, value in data.items():
        if label and path and key in ("zh", "en"):
            continue
        kind = spec.keys.get(key, spec.rest) or "any"
        here = (*path, key)
        if isinstance(kind, Table) and isinstance(value, Mapping) and value:
            yield from leaves(value, kind, here)
        elif isinstance(kind, Table) and isinstance(value, list) and value:
            for place, row in enumerate(value):
                if row:
                    yield from leaves(row, kind, (*here, place))
                else:
                    yield (*here, place), row, "any"
        else:
            yield here, value, "any" if isinstance(kind, Table) else kind


def contents(value: Json, kind: Kind, form: Form, language: str) -> list[Cell]:
    """The two cells of a setting: its content, and its English where it is a text."""
    if kind in ("words", "words list") and isinstance(value, Mapping):
        plain: Kind = "texts" if kind == "words list" else "text"
        sides = (form.shown(value, "zh"), form.shown(value, "en"))
        return [None if one is None else encode(one, plain, language=language) for one in sides]
    return [encode(value, kind, "", language), None]

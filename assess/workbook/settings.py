"""The sheets of settings: one value a row, named by its path."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from assess.framework.keys import Kind, Table
from assess.framework.sources import MAIN
from assess.language import say
from assess.workbook import paths
from assess.workbook.canonical import labelled
from assess.workbook.cells import MARK
from assess.workbook.folded import Folded
from assess.workbook.shape import kind_at
from assess.workbook.table import Row
from assess.workbook.table import Table as Rows

Json = Any


class Slots(dict[int, Json]):
    """A list under construction: its rows by number, until all settings are read."""


def settings(table: Rows, folded: Folded, main: bool) -> None:
    """One value a row: its path, its content, its English."""
    shift = 0 if main else 1
    for row in table.rows:
        name = MAIN if main else folded.named(row, 0)
        written = row.cells[shift]
        path = paths.read(written) if isinstance(written, str) else None
        if name is None or path is None:
            if path is None:
                folded.fault(
                    "workbook.path", row.place(shift), str(written or ""),
                    say("“{path}” is not the name of a setting.", path=str(written or "")),
                    say("Write names with dots between them, as in total.maximum."),
                )  # fmt: skip
            elif row.cells[0] is None:
                folded.fault(
                    "workbook.file", row.place(0), str(written), say("The row does not say which file it is for."),
                    say("Write a plain name that ends in .toml."),
                )  # fmt: skip
            continue
        for place, value in setting(row, shift + 1, name, path, folded):
            put(folded, name, place, value, row, shift)


def setting(row: Row, at: int, name: str, path: paths.Path, folded: Folded) -> list[tuple[paths.Path, Json]]:
    """The values of one row with their full paths; a text has one for each language."""
    kind, key = kind_at(name, path), str(path[-1])
    for place in range(len(path) + 1):
        folded.places.setdefault((name, path[:place]) if place else (name, ("",)), row.place(at - 1))
    folded.places[name, path] = row.place(at)
    first = row.cells[at]
    label = isinstance(kind, Table) and labelled(kind) and not (isinstance(first, str) and first.startswith(MARK))
    if kind in ("words", "words list") or label:
        plain: Kind = "texts" if kind == "words list" else "text"
        found = []
        for side, column in (("zh", at), ("en", at + 1)):
            value = folded.value(row, column, plain, "", key)
            if value is not None:
                folded.places[name, (*path, side)] = row.place(column)
                found.append(((*path, side), value))
        return paired(found) if kind == "words list" else found
    value = folded.value(row, at, "any" if isinstance(kind, Table) else kind, "", key)
    return [] if value is None else [(path, value)]


def paired(found: list[tuple[paths.Path, Json]]) -> list[tuple[paths.Path, Json]]:
    """Lists of both languages without the lines that are empty in both."""
    if not found:
        return found
    size = max(len(value) for _, value in found)
    full = [[*value, *[""] * (size - len(value))] for _, value in found]
    if found[0][1] == [] or all(any(line) for line in zip(*full, strict=True)):
        return found
    keep = [place for place in range(size) if any(one[place] for one in full)]
    return [(path, [value[place] for place in keep if place < len(value)]) for path, value in found]


def put(folded: Folded, name: str, path: paths.Path, value: Json, row: Row, column: int) -> None:
    """Set a value at its path; refused where something else stands already."""
    here: Json = folded.file(name)
    for part, following in pairwise(path):
        empty: Json = Slots() if isinstance(following, int) else {}
        if not isinstance(here, dict) or isinstance(here, Slots) is not isinstance(part, int):
            break
        here = here.setdefault(part, empty)
    last = path[-1]
    fits = isinstance(here, dict) and isinstance(here, Slots) is isinstance(last, int)
    if fits and last not in here:
        here[last] = value
        return
    folded.fault(
        "workbook.twice", row.place(column), paths.written(path),
        say("The setting {path} stands here already in another form.", path=paths.written(path)),
        say("Keep one of them."),
    )  # fmt: skip


def closed(value: Json) -> Json:
    """Lists instead of numbered rows."""
    if isinstance(value, Slots):
        return [closed(value[place]) for place in sorted(value)]
    return {key: closed(one) for key, one in value.items()} if isinstance(value, dict) else value

"""Pieces of evidence and the items they serve.

A document keeps a record per item, `evidence/<id>`; records of one id are one piece. What is said of the piece is the
same everywhere; pages and options of a checklist are said of one item (SHARED and OWN). A change is made to every
record of a piece in one operation, so that it is undone as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from assess.answers import Cell, Evidence, Json, Sheet

OWN = ("id", "pages", "options")
SHARED = tuple(spec.name for spec in fields(Evidence) if spec.name not in OWN)
COLUMN = "evidence/"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its record as shown, and the record in every item it serves, in the order of their codes.

    `differing`: copies that were filled in apart say different things of it; changing it once settles that.
    """

    record: Evidence
    uses: Mapping[str, Evidence]
    differing: bool = False

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(self.uses)


def pieces(sheet: Sheet) -> tuple[Piece, ...]:
    """Every registered piece, in the order of the first item it serves, then of its name."""
    found: dict[str, dict[str, Evidence]] = {}
    for (item, column), value in sheet.cells.items():
        if column.startswith(COLUMN) and isinstance(value, Mapping) and not item.startswith("@"):
            id = column.removeprefix(COLUMN)
            found.setdefault(id, {})[item] = Evidence.from_json(id, value)
    made = [_piece(dict(sorted(uses.items()))) for uses in found.values()]
    return tuple(sorted(made, key=lambda piece: (piece.items[0], piece.record.name, piece.id)))


def _piece(uses: Mapping[str, Evidence]) -> Piece:
    first = next(iter(uses.values()))
    return Piece(first, uses, any(_common(record) != _common(first) for record in uses.values()))


def _common(record: Evidence) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in SHARED)


def serving(sheet: Sheet, id: str) -> tuple[str, ...]:
    """Items a piece serves, sorted."""
    column = f"{COLUMN}{id}"
    return tuple(sorted(item for item, where in sheet.cells if where == column))


def with_bytes(sheet: Sheet, digest: str) -> Piece | None:
    """The first registered piece whose file has this SHA-256; None where nobody attached it."""
    return next((piece for piece in pieces(sheet) if digest and piece.record.digest == digest), None)


def changed(sheet: Sheet, code: str, record: Evidence) -> dict[Cell, Json]:
    """Cells that a changed record sets: all of it at `code`, what is common at every other item it serves."""
    cells: dict[Cell, Json] = {(code, f"{COLUMN}{record.id}"): record.to_json()}
    for item in serving(sheet, record.id):
        if item != code:
            held = Evidence.from_json(record.id, sheet.cells[item, f"{COLUMN}{record.id}"])
            common = {name: getattr(record, name) for name in SHARED}
            cells[item, f"{COLUMN}{record.id}"] = replace(held, **common).to_json()
    return cells


def used_for(record: Evidence, codes: Iterable[str]) -> dict[Cell, Json]:
    """Cells that make a registered piece serve further items; pages and options there are not known yet."""
    fresh = replace(record, pages="", options=())
    return {(code, f"{COLUMN}{record.id}"): fresh.to_json() for code in codes}


def withdrawn(sheet: Sheet, id: str) -> dict[Cell, Json]:
    """Cells that take a piece back from every item it serves."""
    return {(item, f"{COLUMN}{id}"): None for item in serving(sheet, id)}

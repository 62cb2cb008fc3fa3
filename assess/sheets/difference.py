"""What taking a form in would change, before anything changes: a pure view on document, form and choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from assess.answers import Answer, Cell, Evidence, Json, Sheet
from assess.sheets.entries import SHOWN
from assess.sheets.form import LEAVE, Doubt, Form

Kind = Literal["new", "changed", "cleared", "open", "evidence_new", "evidence_changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would read differently.

    `moved`: the document has changed since the form was issued, so that a choice is needed. `doubt`: the first of the
    doubtful cells behind it. `taken`: with these choices `take_in` sets the cell to `after`. The kind "open" is a cell
    in doubt that has no reading of ours and no choice yet: `after` is what the document has.
    """

    item: str
    column: str
    kind: Kind
    before: Json | None
    after: Json | None
    place: str
    doubt: Doubt | None = None
    moved: bool = False
    taken: bool = True

    @property
    def cell(self) -> Cell:
        return self.item, self.column


def differences(
    sheet: Sheet, form: Form, choices: Mapping[Cell, int] | None = None, *, accept: bool = False
) -> tuple[Difference, ...]:
    """Every difference in the order of items as the form was read.

    `choices` by cell: the index of a doubt's option, 0 for a cell that moved, LEAVE to keep what the document has.
    `accept` takes our reading of every doubtful cell that has one; cells without a reading still need a choice.
    """
    chosen = dict(choices or {})
    found: dict[Cell, Difference] = {}
    doubts: dict[Cell, Doubt] = {}
    for doubt in form.doubts:
        doubts.setdefault(doubt.target, doubt)
    for cell, doubt in doubts.items():
        found_one = _doubtful(sheet, form, doubt, chosen.get(cell), accept)
        if found_one is not None:
            found[cell] = found_one
    for cell, value in form.values.items():
        if cell not in doubts and (one := _certain(sheet, form, cell, value, chosen.get(cell))) is not None:
            found[cell] = one
    for cell, piece in form.evidence.items():
        if cell not in doubts and (one := _piece(sheet, form, cell, piece, chosen.get(cell))) is not None:
            found[cell] = one
    order = {code: number for number, code in enumerate(dict.fromkeys(code for code, _ in form.places))}
    return tuple(
        sorted(found.values(), key=lambda one: (order.get(one.item, len(order)), _rank(one.column), one.column))
    )


def _doubtful(sheet: Sheet, form: Form, doubt: Doubt, choice: int | None, accept: bool) -> Difference | None:
    if choice is None and accept and doubt.read:
        choice = 0
    value = doubt.options[choice].value if choice is not None and 0 <= choice < len(doubt.options) else None
    settled = choice is not None and 0 <= choice < len(doubt.options)
    shown = value if settled else (doubt.options[0].value if doubt.read and doubt.options else None)
    if doubt.target[1].startswith("evidence/") and shown is not None:
        shown = _merged(sheet, doubt.target, shown)
    before = sheet.cells.get(doubt.target)
    if settled and alike(before, shown):
        return None
    one = _difference(sheet, form, doubt.target, shown)
    if not settled and shown is None:
        one = replace(one, kind="open", after=before)
    return replace(one, doubt=doubt, taken=settled)


def _certain(sheet: Sheet, form: Form, cell: Cell, value: Json | None, choice: int | None) -> Difference | None:
    if alike(sheet.cells.get(cell), value):
        return None
    one = _difference(sheet, form, cell, value)
    return replace(one, taken=choice == 0 if one.moved else choice != LEAVE)


def _piece(sheet: Sheet, form: Form, cell: Cell, piece: Evidence, choice: int | None) -> Difference | None:
    before = sheet.cells.get(cell)
    value = _merged(sheet, cell, piece.to_json())
    if before is not None and alike(before, value):
        return None
    one = _difference(sheet, form, cell, value)
    return replace(one, taken=choice == 0 if one.moved else choice != LEAVE)


def _merged(sheet: Sheet, cell: Cell, value: Json) -> Json:
    """A piece with the fields the register does not show (its file and digest) as the document has them."""
    before = sheet.cells.get(cell)
    if before is None:
        return value
    hidden = {name: content for name, content in before.items() if name not in SHOWN}
    return {**{name: content for name, content in value.items() if name in SHOWN}, **hidden}


def _difference(sheet: Sheet, form: Form, cell: Cell, after: Json | None) -> Difference:
    before = sheet.cells.get(cell)
    evidence = cell[1].startswith("evidence/")
    kind: Kind = "cleared" if after is None else "changed" if before is not None else "new"
    if evidence:
        kind = "evidence_changed" if before is not None else "evidence_new"
    issued = form.identity is not None
    moved = (
        issued
        and not alike(before, form.base.get(cell))
        and not (evidence and before is None and cell not in form.base)
    )
    return Difference(*cell, kind, before, after, form.places.get(cell, ""), moved=moved)


def alike(one: Json | None, other: Json | None) -> bool:
    """The same for the filler: ticked conditions of a level that stays, and zeros at the end of a figure, make none."""
    if one == other or one is None or other is None:
        return one == other
    if isinstance(one, Mapping) and isinstance(other, Mapping) and "kind" in one and "kind" in other:
        mine, theirs = Answer.from_json(one), Answer.from_json(other)
        return _plain(mine) == _plain(theirs)
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
    return False


def _plain(answer: Answer) -> Answer:
    return replace(
        answer,
        conditions=(),
        numerator=_figure(answer.numerator),
        denominator=_figure(answer.denominator),
        result=_figure(answer.result),
    )


def _figure(text: str | None) -> str | None:
    try:
        return format(Decimal(text).normalize(), "f") if text else None
    except InvalidOperation:
        return text


def _rank(column: str) -> int:
    return ("self", "note").index(column) if column in ("self", "note") else 2

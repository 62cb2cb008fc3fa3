"""Several copies of one form: equal ones, and ones that say different things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assess.answers import Cell, Json
from assess.sheets.difference import alike
from assess.sheets.form import Form


@dataclass(frozen=True, slots=True)
class Rival:
    """A cell for which forms of the same issue say different things; `values` by the place of the form in the list."""

    item: str
    column: str
    values: tuple[tuple[int, Json | None], ...]

    @property
    def cell(self) -> Cell:
        return self.item, self.column


def copies(forms: Sequence[Form]) -> tuple[tuple[int, int], ...]:
    """Pairs (copy, original) of forms that say the same in every cell."""
    first: dict[tuple[str, str], int] = {}
    out: list[tuple[int, int]] = []
    for number, form in enumerate(forms):
        key = (form.identity.digest if form.identity is not None else "", form.digest)
        if key in first:
            out.append((number, first[key]))
        else:
            first[key] = number
    return tuple(out)


def rivals(forms: Sequence[Form]) -> tuple[Rival, ...]:
    """Cells that several forms fill differently, whichever form is taken first; doubtful cells count by our reading."""
    given: dict[Cell, list[tuple[int, Json | None]]] = {}
    for number, form in enumerate(forms):
        for cell, value in _said(form).items():
            given.setdefault(cell, []).append((number, value))
    return tuple(
        Rival(*cell, tuple(values))
        for cell, values in given.items()
        if any(not alike(values[0][1], value) for _, value in values[1:])
    )


def _said(form: Form) -> dict[Cell, Json | None]:
    out: dict[Cell, Json | None] = dict(form.values)
    out |= {cell: piece.to_json() for cell, piece in form.evidence.items()}
    for doubt in form.doubts:
        if doubt.read and doubt.options:
            out.setdefault(doubt.target, doubt.options[0].value)
    return out

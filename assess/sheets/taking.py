"""Taking a form into its document: one operation, in the name of the person who filled the form in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assess.answers import Cell, Json, Sheet
from assess.sheets.difference import Difference, differences
from assess.sheets.form import Form
from assess.store.changes import Changes
from assess.store.events import Author


class Holder(Protocol):
    """What an open document has to offer; `assess.assessment.Assessment` does."""

    author: Author

    @property
    def sheet(self) -> Sheet: ...

    def act_as(self, author: Author) -> Changes: ...

    def set_cells(self, cells: Mapping[Cell, Json], kind: str = "cells") -> Changes: ...


def take_in(
    assessment: Holder,
    form: Form,
    choices: Mapping[Cell, int] | None = None,
    *,
    accept: bool = False,
    anyway: bool = False,
) -> Changes:
    """Set every cell that `differences` with these choices calls taken, as one operation of kind "sheet".

    The author is the form's filler, or whoever works on the document where the cover names nobody; afterwards the
    former author works on. Problems: `form.problem` unless `anyway`, and those of writing; then nothing has changed.
    """
    problem = form.problem
    if problem is not None and not anyway:
        raise problem
    cells = {one.cell: one.after for one in differences(assessment.sheet, form, choices, accept=accept) if one.taken}
    author = assessment.author
    filler = form.author
    if not filler.name and not filler.unit:
        return assessment.set_cells(cells, "sheet")
    assessment.act_as(filler)
    try:
        return assessment.set_cells(cells, "sheet")
    finally:
        assessment.act_as(author)


def left_open(
    sheet: Sheet, form: Form, choices: Mapping[Cell, int] | None = None, *, accept: bool = False
) -> tuple[Difference, ...]:
    """Differences that would not be taken though nobody said to leave them: doubtful cells and cells that moved."""
    chosen = choices or {}
    return tuple(
        one
        for one in differences(sheet, form, choices, accept=accept)
        if not one.taken and one.cell not in chosen
    )  # fmt: skip

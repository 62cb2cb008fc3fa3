"""Earlier states of a document: what its backups hold, how each differs from now, and the return to one (D32).

A return writes the former values as a new operation, after the present state is among the backups. So nothing is lost:
the history goes on, the return can be undone, and the state left behind can be returned to as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assess import walk
from assess.answers import Cell, Json, Sheet
from assess.assessment import Assessment, Changes
from assess.language import Message, say
from assess.problems import Problem


@dataclass(frozen=True, slots=True)
class Differences:
    """Items whose cells differ between now and then. `answers`: of these, those with another answer then."""

    given: tuple[str, ...] = ()
    """Answered now, not then: the return takes these answers away."""
    missing: tuple[str, ...] = ()
    """Answered then, not now."""
    other: tuple[str, ...] = ()
    """Answered both times, differently."""
    around: tuple[str, ...] = ()
    """Only notes, evidence, marks and the like differ; document entries by their item (`@profile`)."""

    @property
    def count(self) -> int:
        return len(self.given) + len(self.missing) + len(self.other) + len(self.around)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One state that is kept: when the copy was made, how far it was, who worked last, and how it differs from now.

    `trouble` stands in place of all that where the copy cannot be read.
    """

    path: Path
    at: datetime | None
    answered: int = 0
    total: int = 0
    author: str = ""
    changed_at: datetime | None = None
    differences: Differences = Differences()
    trouble: Problem | None = None


def listed(document: Assessment) -> tuple[Earlier, ...]:
    """The states kept of an open document, newest first. A copy that cannot be read is listed with its Problem."""
    return tuple(_earlier(document, path) for path in document.kept_states())


def _earlier(document: Assessment, path: Path) -> Earlier:
    at = made_at(path)
    try:
        old = _opened(document, path)
    except Problem as problem:
        return Earlier(path, at, trouble=problem)
    try:
        progress = walk.progress(old.framework, old.sheet)
        return Earlier(
            path,
            at,
            progress.answered,
            progress.total,
            old.last_author,
            old.last_saved,
            differences(document.sheet, old.sheet),
        )
    finally:
        old.close()


def made_at(path: Path) -> datetime | None:
    """When a copy was made, by its name; None for a file that was put there by hand."""
    try:
        return datetime.strptime(" ".join(path.stem.split(" ")[:2]), "%Y-%m-%d %H%M%S").astimezone()
    except ValueError:
        return None


def differences(now: Sheet, then: Sheet) -> Differences:
    """How the sheet of then differs from that of now, by item. Pure."""
    given: set[str] = set()
    missing: set[str] = set()
    other: set[str] = set()
    around: set[str] = set()
    for item, column in _moved(now, then):
        before, after = then.cells.get((item, column)), now.cells.get((item, column))
        if column == "self" and not item.startswith("@"):
            (missing if after is None else given if before is None else other).add(item)
        else:
            around.add(item)
    answers = given | missing | other
    return Differences(*(tuple(sorted(one)) for one in (given, missing, other, around - answers)))


def _moved(now: Sheet, then: Sheet) -> Iterable[Cell]:
    return [cell for cell in sorted({*now.cells, *then.cells}) if now.cells.get(cell) != then.cells.get(cell)]


def return_to(document: Assessment, path: Path) -> Changes:
    """Set every cell as it was in a kept state, as one operation; the present state is kept first.

    Problems: earlier.other-assessment, earlier.other-framework, those of opening the copy and of writing.
    """
    old = _opened(document, path)
    try:
        then = old.sheet
    finally:
        old.close()
    document.back_up()
    values: dict[Cell, Json] = {cell: then.cells.get(cell) for cell in _moved(document.sheet, then)}
    return document.set_cells(values, "return")


def _opened(document: Assessment, path: Path) -> Assessment:
    old = document.beside(path)
    wrong: Message | None = None
    if old.id != document.id:
        wrong = say("This copy belongs to another assessment.")
    elif old.whole_framework.digest != document.whole_framework.digest:
        wrong = say("This copy was made with another version of the framework.")
    if wrong is not None:
        old.close()
        raise Problem("earlier.other", wrong, say("It is left where it is and can be opened like any file."))
    return old

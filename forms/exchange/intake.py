"""Taking files in: folders opened, packages merged on the writer thread, forms read and shown before they change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assess.answers import Cell, Json
from assess.assessment import Assessment
from assess.packages import receipts
from assess.packages.forms import take_read
from assess.packages.imports import TakenBack, take_back
from assess.packages.outcomes import Intake, Outcome
from assess.packages.read_form import ReadForm
from assess.packages.read_form import read_form as read
from assess.packages.recognise import look
from assess.packages.taking import take_in
from assess.problems import Problem
from assess.sheets import taking as sheets_taking
from assess.sheets.difference import differences
from assess.store.changes import Changes
from forms.exchange.meter import Meter

LIKELY = (".zhd", ".xlsx", ".xlsm", ".xls", ".ods")
MOST = 2000  # files looked at in a folder


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was taken in at once, and the forms that wait."""

    intake: Intake | None
    outcomes: tuple[Outcome, ...]
    forms: tuple[ReadForm, ...]

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.intake.cells if self.intake is not None else {}

    @property
    def items(self) -> tuple[str, ...]:
        return self.intake.items if self.intake is not None else ()

    @property
    def kind(self) -> str:
        return "merge"


def inside(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files given, and those of folders and of the folders in them that may be returns. Links are not followed."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for folder, folders, files in os.walk(path, followlinks=False):
            folders.sort()
            for name in sorted(files):
                if name.lower().endswith(LIKELY) and not name.startswith(("~$", ".")) and len(found) < MOST:
                    found[Path(folder) / name] = None
    return tuple(found)


def arrive(
    document: Assessment,
    paths: Sequence[Path],
    meter: Meter,
    passphrases: Sequence[str],
    unfinished: bool,
    again: bool = False,
) -> Arrived:
    """On the writer thread: merge packages, read forms without taking them in. A bad file stops nothing."""
    if document.read_only_reason is not None:
        raise Problem("store.read-only", document.read_only_reason)
    packages, forms, outcomes = [], [], []
    for path in paths:
        try:
            kind = look(path).kind if meter.wanted() else ""
        except Problem as problem:
            outcomes.append(Outcome(path, "refused", problem, at=document._now()))
            continue
        if kind == "form":
            try:
                forms.append(read_form(document, path))
            except Problem as problem:
                outcomes.append(Outcome(path, "refused", problem, at=document._now()))
        elif kind:
            packages.append(path)
        else:
            outcomes.append(Outcome(path, "stopped"))
    intake = None
    if packages:
        intake = take_in(
            document,
            packages,
            passphrases=passphrases,
            unfinished=unfinished,
            again=again,
            progress=meter.show,
            wanted=meter.wanted,
        )
        outcomes += intake.outcomes
    return Arrived(intake, tuple(outcomes), tuple(forms))


def read_form(document: Assessment, path: Path) -> ReadForm:
    """One form against the document it belongs to; hidden marks that were changed are shown, not refused."""
    return read(document, path, strict=False)


def passphrases_of(_document: Assessment, path: Path) -> list[str]:
    """The passphrases of a list: the last filled cell of every row. Problems: those of reading a table."""
    from assess.exchange.grid import read

    found = []
    for grid in read(path)[:1]:
        for row in range(len(grid.rows)):
            cells = [grid.text(row, column) for column in range(len(grid.rows[row]))]
            filled = [cell for cell in cells if cell]
            if len(filled) >= 2:
                found.append(filled[-1])
    return found


@dataclass(frozen=True, slots=True)
class FormTaken:
    """A form that is in."""

    changes: Changes
    outcome: Outcome

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.changes.cells

    @property
    def items(self) -> tuple[str, ...]:
        return self.changes.items

    @property
    def kind(self) -> str:
        return self.changes.kind


def take_form(document: Assessment, read: ReadForm, choices: Mapping[Cell, int]) -> FormTaken:
    """On the writer thread: what was agreed to. A form of a package gives the events it gives everywhere.

    A form that no package was issued with is one operation in the name of its filler.
    """
    found = read.differences(choices)
    if read.record is None:
        found = differences(document.sheet, read.form, choices)
        changes = sheets_taking.take_in(document, read.form, choices, anyway=True)
        waiting = read.outcome
        outcome = replace(waiting, authors=(read.form.cover.filler,) if read.form.cover.filler else ())
    else:
        outcome, report = take_read(document, read, choices, again=True)
        changes = report.changes
    taken = [one for one in found if one.taken]
    left = sum(one.cell not in choices for one in found if not one.taken)
    changed = bool(taken) if read.record is None else outcome.state == "taken"
    return FormTaken(
        changes,
        replace(
            outcome, state="taken" if changed else "again", events=len(taken), doubts=left, at=document._now(),
            answers=tuple(dict.fromkeys(one.item for one in taken if one.column == "self")),
            answered=len(read.form.answers), total=len(read.record.items if read.record is not None else ()),
        ),
    )  # fmt: skip


def undo_form(document: Assessment, read: ReadForm, place: tuple[str, int] | None) -> Changes | TakenBack:
    """Take a form back: its import, or its filler's last operation where no package was issued with it."""
    if place is not None:
        return take_back(document, [place])
    author, filler = document.author, read.form.author
    if filler.name or filler.unit:
        document.act_as(filler)
    try:
        return document.undo()
    finally:
        document.act_as(author)


def write_receipts(document: Assessment, outcomes: Sequence[Outcome], folder: Path | None, language: str) -> list[Path]:
    """A receipt for every file that was taken in or refused; into a folder, or beside the file (None). The papers."""
    from reports.papers.receipt import render

    return [
        receipts.write(receipts.receipt(document, one), folder or one.path.parent, language, render)[-1]
        for one in outcomes
        if one.state in ("taken", "again", "refused")
    ]

"""Taking files in: folders opened, packages merged on the writer thread, forms read and shown before they change."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.answers import Cell, Json, Sheet
from assess.assessment import Assessment
from assess.framework.model import Framework
from assess.language import say
from assess.packages import members, receipts
from assess.packages.outcomes import Intake, Outcome
from assess.packages.recipients import Recipient
from assess.packages.recognise import look
from assess.packages.records import FormRecord, IssueRecord, form_cell, issued
from assess.packages.rounds import known_as
from assess.packages.taking import take_in
from assess.problems import Problem
from assess.sheets import reading
from assess.sheets.difference import differences
from assess.sheets.form import Form
from assess.store.changes import Changes
from assess.store.events import stamp
from forms.exchange.meter import Meter

LIKELY = (".zhd", ".xlsx", ".xlsm", ".xls", ".ods")
MOST = 2000  # files looked at in a folder


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read and changes nothing yet: whose it is, and the sheet it is compared with."""

    path: Path
    form: Form
    framework: Framework
    sheet: Sheet
    record: IssueRecord | None = None
    recipient: Recipient | None = None
    digest: str = ""

    @property
    def unit(self) -> str:
        if self.record is not None:
            return self.record.name
        return (self.form.identity.unit if self.form.identity is not None else "") or self.form.cover.unit

    @property
    def sure(self) -> bool:
        """Whether it belongs here and every change of it is certain."""
        moved = any(one.moved for one in differences(self.sheet, self.form))
        return not (self.form.doubts or self.form.problem or moved)

    @property
    def outcome(self) -> Outcome:
        """The row of this form while it waits for somebody to look at it."""
        changed = [one for one in differences(self.sheet, self.form) if one.column == "self"]
        return Outcome(
            self.path, "waiting", key=self.record.key if self.record is not None else "", unit=self.unit, form=True,
            answers=tuple(dict.fromkeys(one.item for one in changed)), doubts=len(self.form.doubts),
            digest=self.digest, findings=tuple(self.form.findings),
        )  # fmt: skip


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
    document: Assessment, paths: Sequence[Path], meter: Meter, passphrases: Sequence[str], unfinished: bool
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
            document, packages, passphrases=passphrases, unfinished=unfinished, progress=meter.show, wanted=meter.wanted
        )
        outcomes += intake.outcomes
    return Arrived(intake, tuple(outcomes), tuple(forms))


def read_form(document: Assessment, path: Path) -> ReadForm:
    """One form against the document it belongs to. Problems: those of reading, and that it belongs elsewhere."""
    form = reading.read(path, document.whole_framework)
    identity = form.identity
    key, _sep, at = (identity.package if identity is not None else "").rpartition("/")
    record = next((one for one in issued(document.sheet.cells).get(key, ()) if stamp(one.at) == at), None)
    recipient = known_as(document, key) if record is not None else None
    own = recipient is not None and recipient.own
    home = members.identity(document, key) if own else document.id
    if identity is not None and identity.assessment != str(home):
        raise Problem(
            "sheets.other-assessment",
            say("{name} is a form of another assessment: {unit}.", name=path.name, unit=identity.unit or "–"),
            say("Open the document it was issued from and take it in there."),
        )
    if form.standing == "other_framework" and form.problem is not None:
        raise form.problem
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if own and recipient is not None:
        with members.opened(document, recipient, read_only=members.exists(document, recipient)) as member:
            return ReadForm(path, form, member.framework, member.sheet, record, recipient, digest)
    return ReadForm(path, form, document.framework, document.sheet, record, recipient, digest)


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
    """A form that is in, as one operation."""

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
    """On the writer thread: what was agreed to, in the name of the form's filler, and the record that it came back."""
    note = _note(document, read)
    if read.recipient is not None and read.recipient.own:
        with members.opened(document, read.recipient) as member:
            found = differences(member.sheet, read.form, choices)
            taken = [one for one in found if one.taken]
            _written(member, read, {**{one.cell: one.after for one in taken}, **note})
        changes = _written(document, read, note) if note else Changes({}, (), "", document._now(), "sheet")
    else:
        found = differences(document.sheet, read.form, choices)
        taken = [one for one in found if one.taken]
        changes = _written(document, read, {**{one.cell: one.after for one in taken}, **note})
    waiting = read.outcome
    left = sum(one.cell not in choices for one in found if not one.taken)
    return FormTaken(
        changes,
        Outcome(
            read.path, "taken" if taken else "again", key=waiting.key, unit=waiting.unit, form=True, events=len(taken),
            answers=tuple(dict.fromkeys(one.item for one in taken if one.column == "self")),
            answered=len(read.form.answers), total=len(read.record.items if read.record is not None else ()),
            authors=(read.form.cover.filler,) if read.form.cover.filler else (), at=document._now(),
            digest=read.digest, findings=waiting.findings, doubts=left,
        ),
    )  # fmt: skip


def _written(document: Assessment, read: ReadForm, cells: Mapping[Cell, Json]) -> Changes:
    """One operation in the name of the form's filler, where the form names one."""
    author, filler = document.author, read.form.author
    if not filler.name and not filler.unit:
        return document.set_cells(cells, "sheet")
    document.act_as(filler)
    try:
        return document.set_cells(cells, "sheet")
    finally:
        document.act_as(author)


def _note(document: Assessment, read: ReadForm) -> dict[Cell, Json]:
    """The record that the form came back, where it was issued as one."""
    if read.record is None:
        return {}
    answers = {code: answer.to_json() for code, answer in read.form.answers.items()}
    about = FormRecord(
        read.record.key,
        read.record.name,
        read.form.cover.filler,
        document._now(),
        len(answers),
        len(read.record.items),
        read.path.name,
    )
    cell, value = form_cell(about, sorted([code, answer] for code, answer in answers.items()))
    return {cell: value}


def undo_form(document: Assessment, read: ReadForm) -> Changes:
    """Take a form back: its filler's last operation."""
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

"""Forms that go out and come back: workbooks of `assess.sheets`, joined as events that follow what was issued.

So a form merges like a package: the same form gives the same events in every copy of the master, and what was changed
in the master meanwhile shows as a conflict, never as overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from assess.answers import Cell, Json, Sheet
from assess.assessment import Assessment
from assess.language import say
from assess.packages import members
from assess.packages.again import import_of, settled, taken_back_before
from assess.packages.conflicts import conflicting
from assess.packages.conflicts import take as settle
from assess.packages.outcomes import Outcome, OutcomeState
from assess.packages.preview import Parcel
from assess.packages.read_form import ReadForm, read_form
from assess.packages.records import FormRecord, IssueRecord, form_cell
from assess.problems import Problem
from assess.sheets.form import LEAVE
from assess.store.changes import Changes, MergeReport
from assess.store.events import Author, Event, stamp
from assess.store.merge import Written, from_form, take

if TYPE_CHECKING:
    from assess.sheets.form import Form


def write_form(
    source: Assessment, parcel: Parcel, going: frozenset[Cell], path: Path, at: datetime, language: str
) -> None:
    """One package as a workbook. It holds what would travel in the package, and no more."""
    from assess.sheets import write

    held = {cell: value for cell, value in source.sheet.cells.items() if cell in going}
    write.write(
        path,
        source.framework,
        Sheet(source.profile, MappingProxyType(held)),
        assessment=source.id,
        items=parcel.items,
        unit=parcel.recipient.name,
        package=package_of(parcel.recipient.key, at),
        deadline=parcel.deadline,
        issued=at.astimezone().date(),
        language=language,
    )


def package_of(key: str, at: datetime) -> str:
    """What a form is called inside: the recipient, and which of its packages it belongs to."""
    return f"{key}/{stamp(at)}"


def take_form(
    document: Assessment, path: Path, digest: str, *, again: bool = False, write: bool = True
) -> tuple[Outcome, MergeReport | None]:
    """Take in one form as far as it is certain, or only look at it. Problems: those of `read_form`."""
    read = read_form(document, path, digest)
    if read.record is None:
        raise _unknown(path)
    if write:
        return take_read(document, read, again=again)
    recipient = read.recipient
    if recipient is None or not recipient.own:
        return _weighed(document, read, read.record), None
    if not members.exists(document, recipient):
        return replace(_about(document, read, read.record), state="waiting", events=len(certain(read.form))), None
    with members.opened(document, recipient, read_only=True) as own:
        return _weighed(own, read, read.record), None


def take_read(
    document: Assessment, read: ReadForm, choices: Mapping[Cell, int] | None = None, *, again: bool = False
) -> tuple[Outcome, MergeReport]:
    """Take in a form that was read, always to the same events, and what was chosen about it as rulings beside them.

    `choices` by cell are those of `sheets.difference`: an option of a doubt; 0 or LEAVE where the document has
    something else. What nobody chose about stays in doubt, or side by side with what the document has. Problems:
    return.form-unknown, those of writing.
    """
    record = read.record
    if record is None:
        raise _unknown(read.path)
    if read.recipient is None or not read.recipient.own:
        return _taken(document, read, record, choices or {}, again, "")
    with members.opened(document, read.recipient) as own:
        own.act_as(document.author)
        outcome, report = _taken(own, read, record, choices or {}, again, record.key)
        outcome = replace(outcome, conflicts=tuple(sorted(conflicting(own))))
    told, _ = _noted(document, read.form, record)
    if outcome.state != "left_out":
        settled(document, take(document, [told], read.path.name), [told[0].id], True)
    empty = Changes({}, (), "", document._now(), "merge")
    return outcome, MergeReport(empty, report.events, report.attachments, (), report.authors)


def _taken(
    target: Assessment, read: ReadForm, record: IssueRecord, choices: Mapping[Cell, int], again: bool, key: str
) -> tuple[Outcome, MergeReport]:
    before = {cell: target._ledger.heads(cell) for cell in certain(read.form)}
    written = _written(target, read.form, record, choices)
    report = take(target, written, read.path.name)
    place = import_of(target, report, key)
    report, state = settled(target, report, [event.id for event, _ in written], again)
    if state == "taken":
        report = _ruled(target, read.form, choices, before, report)
    return replace(_about(target, read, record), state=state, events=report.events, place=place), report


def _ruled(
    target: Assessment,
    form: Form,
    choices: Mapping[Cell, int],
    before: Mapping[Cell, tuple[Event, ...]],
    report: MergeReport,
) -> MergeReport:
    """What was chosen where form and document differ, as rulings of whoever chose it; both sides stay."""
    cells: dict[Cell, Json] = dict(report.cells)
    for cell, value in certain(form).items() if choices else ():
        choice = choices.get(cell)
        had = before[cell][-1].value if before[cell] else None
        chosen = had if choice == LEAVE else value
        head = next((one for one in target.conflicts().get(cell, ()) if one.value == chosen), None)
        try:
            if choice is not None and head is not None:
                cells |= settle(target, cell, head.id).cells
            elif choice == LEAVE and target._ledger.shown(cell) != had:
                cells |= target.set_cells({cell: had}, "resolve").cells
        except Problem as problem:
            if not problem.code.startswith(("review.", "seal.")):  # locked meanwhile: both sides stay to be settled
                raise
    items = tuple(sorted({item for item, _ in cells}))
    return replace(report, changes=replace(report.changes, cells=cells, items=items))


def _weighed(target: Assessment, read: ReadForm, record: IssueRecord) -> Outcome:
    """How much would be new."""
    ids = [event.id for event, _ in _written(target, read.form, record, {})]
    new = sum(id not in target._ledger.events for id in ids)
    state: OutcomeState = "waiting" if new else "left_out" if taken_back_before(target, ids) else "again"
    return replace(_about(target, read, record), state=state, events=new)


def _written(target: Assessment, form: Form, record: IssueRecord, choices: Mapping[Cell, int]) -> list[Written]:
    """The form as events: what it says, what was chosen of its doubts, and that it came back."""
    author, at = _who(form, record)
    said = certain(form)
    for doubt in form.doubts:
        choice = choices.get(doubt.target, LEAVE)
        if 0 <= choice < len(doubt.options):
            said[doubt.target] = doubt.options[choice].value
    return [
        *from_form(target._ledger, said, record.base, author, at, form.digest),
        _noted(target, form, record)[0],
    ]


def _about(target: Assessment, read: ReadForm, record: IssueRecord) -> Outcome:
    """What the form says of itself."""
    form = read.form
    author, at = _who(form, record)
    _, about = _noted(target, form, record)
    return Outcome(
        form.path,
        "taken",
        key=record.key,
        unit=record.name,
        form=True,
        items=record.items,
        answers=tuple(sorted(code for code, column in certain(form) if column == "self")),
        authors=(author.name,) if author.name else (),
        answered=about.answered,
        total=about.total,
        at=target._now(),
        returned=at,
        digest=read.digest,
        carried=read.carried,
        findings=tuple(form.findings),
        doubts=len(form.doubts),
    )


def certain(form: Form) -> dict[Cell, Json]:
    """What the form says without doubt."""
    doubtful = {doubt.target for doubt in form.doubts}
    cells: dict[Cell, Json] = {cell: value for cell, value in form.values.items() if cell not in doubtful}
    return cells | {cell: one.to_json() for cell, one in form.evidence.items() if cell not in doubtful}


def _who(form: Form, record: IssueRecord) -> tuple[Author, datetime]:
    author = Author(form.cover.filler, form.cover.unit or record.name, form.cover.post)
    return author, _day(form.cover.date, record.at)


def _noted(document: Assessment, form: Form, record: IssueRecord) -> tuple[Written, FormRecord]:
    """The record that this form came back, as an event that every copy of the document makes alike."""
    author, at = _who(form, record)
    cells = certain(form)
    answered = sum(column == "self" and value is not None for (_, column), value in cells.items())
    about = FormRecord(record.key, record.name, author.name, at, answered, len(record.items), form.path.name)
    cell, value = form_cell(about, sorted([*where, said] for where, said in cells.items()))
    return from_form(document._ledger, {cell: value}, (), author, at)[0], about


def _unknown(path: Path) -> Problem:
    return Problem(
        "return.form-unknown",
        say("{name} is a form that this document did not issue with a package.", name=path.name),
        say("Bring it in by importing, where each answer is shown before it is taken."),
    )


def _day(text: str, otherwise: datetime) -> datetime:
    """Noon of the day on the cover, or the moment the form was issued: the same in every copy."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return otherwise
    return max(otherwise, datetime.combine(day, time(12), UTC))

"""Forms that go out and come back: workbooks of `assess.sheets`, joined as events that follow what was issued.

So a form merges like a package: the same form gives the same events in every copy of the master, and what was changed
in the master meanwhile shows as a conflict, never as overwritten.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from assess.answers import Cell, Json, Sheet
from assess.assessment import Assessment
from assess.language import say
from assess.packages import members, refusals
from assess.packages.conflicts import conflicting
from assess.packages.outcomes import Outcome, OutcomeState
from assess.packages.preview import Parcel
from assess.packages.records import FormRecord, IssueRecord, form_cell, issued
from assess.packages.rounds import known_as
from assess.problems import Problem
from assess.store.changes import Changes, MergeReport
from assess.store.events import Author, stamp
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
    document: Assessment, path: Path, digest: str, *, write: bool = True
) -> tuple[Outcome, MergeReport | None]:
    """Take in one form, or only look at it. Problems: those of `sheets.reading`, return.form-unknown,
    return.other-assessment."""
    from assess.sheets import reading

    form = reading.read(path, document.whole_framework)
    if form.problem is not None:
        raise form.problem
    record = _issue(document, form)
    recipient = known_as(document, record.key)
    assert recipient is not None  # it was issued
    if not write:
        if not recipient.own:
            return _weighed(document, form, record, digest), None
        if not members.exists(document, recipient):
            return replace(_about(document, form, record, digest), state="waiting", events=len(_said(form))), None
        with members.opened(document, recipient, read_only=True) as own:
            return _weighed(own, form, record, digest), None
    if recipient.own:
        with members.opened(document, recipient) as own:
            outcome, report = _taken(own, form, record, digest)
            outcome = replace(outcome, conflicts=tuple(sorted(conflicting(own))))
            told, _ = _noted(document, form, record)
            take(document, [told], path.name)
        empty = Changes({}, (), "", document._now(), "merge")
        return outcome, MergeReport(empty, report.events, report.attachments, (), report.authors)
    return _taken(document, form, record, digest)


def _taken(target: Assessment, form: Form, record: IssueRecord, digest: str) -> tuple[Outcome, MergeReport]:
    report = take(target, _written(target, form, record), form.path.name)
    state: OutcomeState = "taken" if report.events else "again"
    return replace(_about(target, form, record, digest), state=state, events=report.events), report


def _weighed(target: Assessment, form: Form, record: IssueRecord, digest: str) -> Outcome:
    """How much would be new."""
    new = sum(event.id not in target._ledger.events for event, _ in _written(target, form, record))
    return replace(_about(target, form, record, digest), state="waiting" if new else "again", events=new)


def _written(target: Assessment, form: Form, record: IssueRecord) -> list[Written]:
    """The form as events: what it says, and that it came back."""
    author, at = _who(form, record)
    return [*from_form(target._ledger, _said(form), record.base, author, at), _noted(target, form, record)[0]]


def _about(target: Assessment, form: Form, record: IssueRecord, digest: str) -> Outcome:
    """What the form says of itself."""
    author, at = _who(form, record)
    _, about = _noted(target, form, record)
    return Outcome(
        form.path,
        "taken",
        key=record.key,
        unit=record.name,
        form=True,
        items=record.items,
        answers=tuple(sorted(code for code, column in _said(form) if column == "self")),
        authors=(author.name,) if author.name else (),
        answered=about.answered,
        total=about.total,
        at=target._now(),
        returned=at,
        digest=digest,
        findings=tuple(form.findings),
        doubts=len(form.doubts),
    )


def _said(form: Form) -> dict[Cell, Json]:
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
    cells = _said(form)
    answered = sum(column == "self" and value is not None for (_, column), value in cells.items())
    about = FormRecord(record.key, record.name, author.name, at, answered, len(record.items), form.path.name)
    cell, value = form_cell(about, sorted([*where, said] for where, said in cells.items()))
    return from_form(document._ledger, {cell: value}, (), author, at)[0], about


def _issue(document: Assessment, form: Form) -> IssueRecord:
    """The issue this form belongs to."""
    identity = form.identity
    key, _, at = (identity.package if identity is not None else "").rpartition("/")
    found = next((one for one in issued(document.sheet.cells).get(key, ()) if stamp(one.at) == at), None)
    own = document.id if found is None or found.kind == "department" else members.identity(document, key)
    if identity is not None and identity.assessment != str(own) and _uuid(identity.assessment):
        raise refusals.other_assessment(form.path.name, identity.unit)
    if found is None:
        raise Problem(
            "return.form-unknown",
            say("{name} is a form that this document did not issue with a package.", name=form.path.name),
            say("Bring it in by importing, where each answer is shown before it is taken."),
        )
    return found


def _uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _day(text: str, otherwise: datetime) -> datetime:
    """Noon of the day on the cover, or the moment the form was issued: the same in every copy."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return otherwise
    return max(otherwise, datetime.combine(day, time(12), UTC))

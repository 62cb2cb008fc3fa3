"""A form that came back, read and compared with what is asked now; nothing changes by reading it.

One that was issued with another version of the framework is carried over as documents are (D28): what still asks the
same is taken, what reads differently waits for somebody to confirm it, and what is gone or new is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from assess.answers import Answer, Cell, Sheet
from assess.assessment import Assessment
from assess.framework.model import Framework
from assess.framework.tiers import tailored
from assess.packages import members, refusals
from assess.packages.carry_over import CarryOver
from assess.packages.outcomes import Outcome
from assess.packages.recipients import TIERS, Recipient
from assess.packages.records import IssueRecord, issued
from assess.packages.rounds import known_as
from assess.store.events import instant, stamp
from assess.store.failures import told

if TYPE_CHECKING:
    from assess.sheets.difference import Difference
    from assess.sheets.form import Form
    from assess.sheets.identity import Identity


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read: whose it is, the sheet it is compared with, and how it fits the version in force.

    `record` is None for a form that no package was issued with.
    """

    path: Path
    form: Form
    framework: Framework
    sheet: Sheet
    record: IssueRecord | None = None
    recipient: Recipient | None = None
    digest: str = ""
    carried: CarryOver | None = None

    @property
    def unit(self) -> str:
        if self.record is not None:
            return self.record.name
        return (self.form.identity.unit if self.form.identity is not None else "") or self.form.cover.unit

    @property
    def sure(self) -> bool:
        """Whether it belongs here and every change of it is certain."""
        moved = any(one.moved for one in self.differences())
        welcome = self.form.standing in ("ours", "older_framework")
        return welcome and not self.form.doubts and not moved

    @property
    def outcome(self) -> Outcome:
        """What is told of this form while it waits for somebody to look at it."""
        changed = [one for one in self.differences() if one.column == "self"]
        return Outcome(
            self.path, "waiting", key=self.record.key if self.record is not None else "", unit=self.unit, form=True,
            answers=tuple(dict.fromkeys(one.item for one in changed)), doubts=len(self.form.doubts),
            digest=self.digest, findings=tuple(self.form.findings), carried=self.carried,
        )  # fmt: skip

    def differences(self, choices: Mapping[Cell, int] | None = None) -> tuple[Difference, ...]:
        """What it would change, with these choices."""
        from assess.sheets.difference import differences

        return differences(self.sheet, self.form, choices)


def read_form(document: Assessment, path: Path, digest: str = "", *, strict: bool = True) -> ReadForm:
    """One form against the document it belongs to. `strict` also refuses one whose hidden marks are gone or changed.

    Problems: those of `sheets.reading`, sheets.altered, sheets.foreign, sheets.other-framework,
    return.other-assessment.
    """
    from assess.sheets import reading

    form = reading.read(path, document.whole_framework)
    problem = form.problem if form.standing != "older_framework" else None
    if problem is not None and (strict or form.standing == "other_framework"):
        raise problem
    record = _issue(document, form.identity)
    recipient = known_as(document, record.key) if record is not None else None
    own = recipient is not None and recipient.own
    home = members.identity(document, record.key) if own and record is not None else document.id
    identity = form.identity
    if identity is not None and identity.assessment != str(home) and (not strict or _uuid(identity.assessment)):
        raise refusals.other_assessment(path.name, identity.unit)
    digest = digest or _digest(path)
    carried = _carried(document, form, recipient)
    if not own or recipient is None:
        return ReadForm(path, form, document.framework, document.sheet, record, recipient, digest, carried)
    if members.exists(document, recipient):
        with members.opened(document, recipient, read_only=True) as member:
            return ReadForm(path, form, member.framework, member.sheet, record, recipient, digest, carried)
    profile = members.profile_of(document, recipient)
    framework = tailored(document.whole_framework, profile)
    return ReadForm(path, form, framework, Sheet(profile), record, recipient, digest, carried)


def _issue(document: Assessment, identity: Identity | None) -> IssueRecord | None:
    """The issue a form belongs to: as this document recorded it, else as the form of an older version says it."""
    if identity is None:
        return None
    key, _, at = identity.package.rpartition("/")
    found = next((one for one in issued(document.sheet.cells).get(key, ()) if stamp(one.at) == at), None)
    kind, _, name = key.partition(":")
    of_now = identity.framework_digest == document.whole_framework.digest
    if found is not None or of_now or kind in TIERS or not name:
        return found
    try:
        return IssueRecord(key, kind, identity.unit or name, identity.items, instant(at))
    except ValueError:
        return None


def _carried(document: Assessment, form: Form, recipient: Recipient | None) -> CarryOver | None:
    """What is new, gone or changed since a form of an older version was issued; None for one of this version."""
    if form.standing != "older_framework" or form.identity is None:
        return None
    known, items = document.whole_framework.indicators, form.identity.items
    gone = tuple(code for code in items if code not in known)
    new = tuple(code for code in recipient.items if code not in items) if recipient is not None else ()
    kept = tuple(code for code in items if code in known and code not in form.changed)
    return CarryOver(form.identity.framework_version, kept, form.changed, gone, new, tuple(_to_confirm(form)))


def _to_confirm(form: Form) -> list[tuple[str, Answer]]:
    """The answers given to questions that read differently now."""
    return [
        (doubt.target[0], Answer.from_json(doubt.options[0].value))
        for doubt in form.doubts
        if doubt.target[0] in form.changed and doubt.target[1] == "self" and doubt.options and doubt.options[0].value
    ]


def _digest(path: Path) -> str:
    summed = hashlib.sha256()
    with told(path), path.open("rb") as stream:
        while data := stream.read(1 << 20):
            summed.update(data)
    return summed.hexdigest()


def _uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

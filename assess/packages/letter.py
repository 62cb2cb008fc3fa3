"""What the letter that goes with a package says: its facts, in no format. The papers of the reports set them."""

from __future__ import annotations

from dataclasses import dataclass

from assess.assessment import Assessment
from assess.language import Words
from assess.packages.preview import Parcel


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One row of the list of items in a letter."""

    code: str
    name: Words
    question: Words
    evidence: tuple[Words, ...]
    new: bool = False
    answered: bool = False
    reason: str = ""
    """Why the item was returned for correction; empty where it was not."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """The letter to one unit: from whom, about what, which items, which files, until when.

    `times` is 1 for the first package. `attachments` are the names of the files that go with the letter.
    """

    unit: Words
    kind: str
    sender: str
    assessed: str
    framework: Words
    version: str
    year: int | None
    base_date: str
    mode: Words
    deadline: str
    items: tuple[LetterItem, ...]
    file: str
    times: int
    previous: int
    encrypted: bool
    sent_back: int
    attachments: tuple[str, ...] = ()
    contact: str = ""


def facts(
    document: Assessment, parcel: Parcel, *, attachments: tuple[str, ...] = (), sender: str = "", contact: str = ""
) -> LetterFacts:
    """The facts of the letter for one package. `sender` defaults to the unit of whoever works on the document."""
    framework, profile, cells = document.whole_framework, document.profile, document.sheet.cells
    rows = []
    for code in parcel.items:
        item = framework.indicators[code]
        step = cells.get((code, "step")) if code in parcel.sent_back else None
        rows.append(
            LetterItem(
                code,
                item.name,
                item.question,
                item.evidence,
                new=code in parcel.new_items,
                answered=code in parcel.answers,
                reason=str(step.get("reason", "")) if isinstance(step, dict) else "",
            )
        )
    return LetterFacts(
        unit=parcel.recipient.words or Words(parcel.recipient.name),
        kind=parcel.recipient.kind,
        sender=sender or document.author.unit or profile.unit,
        assessed=profile.unit,
        framework=framework.title,
        version=framework.version,
        year=profile.year,
        base_date=profile.base_date,
        mode=framework.modes[profile.mode].name if profile.mode in framework.modes else Words(profile.mode),
        deadline=parcel.deadline,
        items=tuple(rows),
        file=parcel.file,
        times=parcel.times_issued + 1,
        previous=len(parcel.previous),
        encrypted=parcel.encrypted,
        sent_back=len(parcel.sent_back),
        attachments=attachments,
        contact=contact,
    )

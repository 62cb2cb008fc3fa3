"""Last period beside this one: which of its answers may stand in the column `previous`, and why the others may not.

An answer is brought only where the question is still the same, by the fingerprint of its text and counting rule. It is
there to be looked at and is never scored: somebody has to confirm it or to answer anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assess import rights, walk
from assess.answers import Answer, Cell, Json, Profile, Sheet
from assess.assessment import Assessment, Author, Changes
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.periods import parse, windows
from assess.framework.supplements import fingerprint
from assess.language import Message, Words, say
from assess.measure.route import cells_by_item, readings, skips_in
from assess.problems import Problem

ABOUT: Cell = ("@previous", "about")
RECTIFICATION = "@rectification"
Reason = Literal["new", "changed", "gone", "unanswered", "skipped", "unfit"]
REASONS: Mapping[Reason, Message] = {
    "new": say("new in this framework"),
    "changed": say("the question or its counting rule has changed"),
    "gone": say("no longer asked"),
    "unanswered": say("not answered last period"),
    "skipped": say("skipped last period"),
    "unfit": say("the answer of last period had a fault"),
}


@dataclass(frozen=True, slots=True)
class LastPeriod:
    """The document of last period: who it speaks of, the framework as that unit saw it, its sheet, its file name."""

    profile: Profile
    framework: Framework
    sheet: Sheet
    file: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One item whose answer could not be brought, and why."""

    code: str
    name: Words
    reason: Reason

    @property
    def words(self) -> Message:
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Brought:
    """What is brought: answers and notes by item, what is left out, and where it all comes from."""

    answers: Mapping[str, Answer]
    notes: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    about: Mapping[str, Json]
    to_mend: Mapping[str, Json] = field(default_factory=dict)
    doubts: tuple[Message, ...] = field(default_factory=tuple)

    def of(self, *reasons: Reason) -> tuple[LeftOut, ...]:
        """What is left out for one of these reasons, in order."""
        return tuple(one for one in self.left_out if one.reason in reasons)


def read(path: Path, passphrase: str | None = None) -> LastPeriod:
    """The document of last period, only read. Problems: those of opening."""
    document = Assessment.open(
        path, author=Author(), now=lambda: datetime.now(UTC), passphrase=passphrase, read_only=True
    )
    try:
        return LastPeriod(document.profile, document.framework, document.sheet, path.name)
    finally:
        document.close()


def compare(framework: Framework, profile: Profile, last: LastPeriod) -> Brought:
    """What of last period may stand beside the items of this framework. Pure.

    Problems: last-period.practice, .sample, .other-framework, .other-level, .other-unit, .not-earlier.
    """
    _refuse(framework, profile, last)
    old = last.framework
    cells = cells_by_item(last.sheet)
    skipped = skips_in(old, last.sheet, readings(old, last.sheet, cells), cells)
    same = old.digest == framework.digest and old.view == framework.view
    answers: dict[str, Answer] = {}
    notes: dict[str, str] = {}
    left: list[LeftOut] = []
    for code, item in framework.indicators.items():
        reason = _left_out(item, old.indicators.get(code), last.sheet, old, skipped, same=same)
        if reason is not None:
            left.append(LeftOut(code, item.name, reason))
            continue
        answer = walk.in_force(old, last.sheet, code)[1]
        assert answer is not None
        answers[code] = answer
        if note := last.sheet.text(code):
            notes[code] = note
    left += [
        LeftOut(code, item.name, "gone")
        for code, item in old.indicators.items()
        if code not in framework.indicators and walk.in_force(old, last.sheet, code)[1] is not None
    ]
    return Brought(answers, notes, tuple(left), _about(last, left), _to_mend(framework, last), _doubts(profile, last))


def _to_mend(framework: Framework, last: LastPeriod) -> dict[str, Json]:
    """Items that the review of last period returned for correction and that were never handed in again (D60)."""
    cells = last.sheet.cells
    return {
        code: {"state": "open", "demand": str(rights.record(cells, code).get("demand", ""))}
        for code in framework.indicators
        if rights.state(cells, code) == "returned"
    }


def _left_out(
    item: Indicator, before: Indicator | None, sheet: Sheet, old: Framework, skipped: Iterable[str], *, same: bool
) -> Reason | None:
    if before is None:
        return "new"
    if not same and (before.kind != item.kind or fingerprint(before) != fingerprint(item)):
        return "changed"
    answer = walk.in_force(old, sheet, item.code)[1]
    if answer is None:
        return "unanswered"
    if item.code in skipped:
        return "skipped"
    if answer.kind not in ("na", "nd", item.kind):
        return "unfit"
    if answer.kind == item.kind:
        from assess.measure.scales import value

        if value(before, answer).fault is not None:
            return "unfit"
    return None


def _refuse(framework: Framework, profile: Profile, last: LastPeriod) -> None:
    then = last.profile
    if then.mode == "training" and profile.mode != "training":
        raise Problem(
            "last-period.practice",
            say("“{name}” is a practice document.", name=then.unit),
            say("Practice is never brought into an assessment; choose the document of last period."),
        )
    if then.sample and not profile.sample and profile.mode != "training":
        raise Problem(
            "last-period.sample",
            say("“{name}” is sample data.", name=then.unit),
            say("Choose the unit’s own document of last period."),
        )
    if last.framework.code != framework.code:
        raise Problem(
            "last-period.other-framework",
            say("The document of last period was made with another framework ({title}).", title=last.framework.title),
            say("Only answers to the same questions can stand beside each other."),
        )
    if then.tier != profile.tier:
        raise Problem(
            "last-period.other-level",
            say("The document of last period is of another administrative level."),
            say("Choose a document of the same level."),
        )
    if then.code and profile.code and then.code != profile.code:
        raise Problem(
            "last-period.other-unit",
            say("The document of last period is of another unit: {unit} ({code}).", unit=then.unit, code=then.code),
            say("Choose the document of this unit, or correct the division code."),
        )
    if not (then.code and profile.code) and _bare(then.unit) != _bare(profile.unit):
        raise Problem(
            "last-period.other-unit",
            say("The document of last period is of another unit: {unit}.", unit=then.unit),
            say("If the unit was renamed, enter the same division code in both documents."),
        )
    day, before = parse(profile.base_date), parse(then.base_date)
    if day is not None and before is not None and before >= day:
        raise Problem(
            "last-period.not-earlier",
            say("Its reference date {before} is not before that of this document, {day}.", before=before, day=day),
            say("Choose the document of the period before."),
        )


def _doubts(profile: Profile, last: LastPeriod) -> tuple[Message, ...]:
    found = []
    if _bare(profile.unit) != _bare(last.profile.unit):
        found.append(say("The unit was then called {unit}.", unit=last.profile.unit))
    if profile.mode == "formal" and last.profile.mode == "self":
        found.append(say("Last period was a self-assessment; nobody has reviewed its answers."))
    return tuple(found)


def _about(last: LastPeriod, left: Iterable[LeftOut]) -> dict[str, Json]:
    then = last.profile
    about: dict[str, Json] = {
        "unit": then.unit,
        "base_date": then.base_date,
        "mode": then.mode,
        "version": last.framework.version,
        "file": last.file,
    }
    if then.year is not None:
        about["year"] = then.year
    if last.sheet.status == "reviewed":
        about["reviewed"] = True
    listed: dict[str, Json] = {}
    for one in left:
        name = f"{one.code} {one.name.zh}" if one.reason == "gone" else one.code
        listed.setdefault(one.reason, []).append(name)
    about["left_out"] = listed
    return about


def reason_of(sheet: Sheet, code: str) -> Message | None:
    """Why the answer of last period to one item was not brought; None where it was, or where nothing was brought."""
    about = sheet.cells.get(ABOUT)
    listed = about.get("left_out") if isinstance(about, Mapping) else None
    for reason, words in REASONS.items():
        if isinstance(listed, Mapping) and code in (listed.get(reason) or ()):
            return words
    return None


def bring(document: Assessment, last: LastPeriod) -> tuple[Changes, Brought]:
    """Put the answers of last period into the column `previous` of an open document, as one operation.

    What stood there from another file is taken out. Problems: those of `compare` and of writing.
    """
    brought = compare(document.framework, document.profile, last)
    cells: dict[Cell, Json] = {
        cell: None
        for cell in document.sheet.cells
        if cell[1] in ("previous", "previous_note") or cell == ABOUT or cell[0] == RECTIFICATION
    }
    cells |= {(RECTIFICATION, code): entry for code, entry in brought.to_mend.items()}
    cells |= {(code, "previous"): answer.to_json() for code, answer in brought.answers.items()}
    cells |= {(code, "previous_note"): note for code, note in brought.notes.items()}
    cells[ABOUT] = dict(brought.about)
    return document.set_cells(cells, "previous"), brought


def to_json(brought: Brought, language: str) -> dict[str, Json]:
    """What was brought, as the command line tells it: codes, what is left out and why, where it comes from."""
    left: list[Json] = [
        {"code": one.code, "reason": one.reason, "text": one.words.render(language)} for one in brought.left_out
    ]
    return {"brought": list(brought.answers), "left_out": left, "about": dict(brought.about)}


# ---------------------------------------------------------------- confirming what has not changed


def refused(item: Indicator, base_date: str, before: Answer | None) -> Message | None:
    """Why an answer of last period cannot be confirmed as unchanged; None where it can.

    A figure counted over a period of its own is a new figure by definition, even where it comes out the same.
    """
    if before is None:
        return say("There is no answer of last period to this question.")
    number = item.number
    if before.kind == "number" and number is not None and number.period:
        base = parse(base_date) or datetime.now(UTC).date()
        if windows(number.period, base):
            return say("This figure is counted over a period; enter the figures of this period.")
    return None


def alone(item: Indicator) -> bool:
    """Whether an item is confirmed one at a time, never with its dimension: key items, outcomes and figures."""
    return item.key or item.outcome or item.kind == "number"


def unchanged(before: Answer) -> Answer:
    """The answer as it is confirmed. A figure loses its source: the source of last period proves nothing now."""
    if before.kind != "number":
        return before
    return Answer.of_number(before.numerator, before.denominator, before.result, before.confirm)


def confirmable(framework: Framework, sheet: Sheet) -> dict[str, Answer]:
    """Unanswered items that may be confirmed together, in order, with the answer each would get."""
    found: dict[str, Answer] = {}
    for code, state in walk.states(framework, sheet).items():
        before = sheet.answer(code, "previous") if state == "unanswered" else None
        item = framework.indicators[code]
        if before is None or alone(item) or refused(item, sheet.profile.base_date, before) is not None:
            continue
        found[code] = unchanged(before)
    return found


def _bare(text: str) -> str:
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()

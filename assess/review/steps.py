"""Steps of the review as cells to be written, the record of exchange, and what an item's last step says.

What is allowed stands in `assess.rights` as data; the document signs each step and refuses what is not allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assess import rights
from assess.answers import Answer, Cell, Json, Sheet
from assess.language import Message, say

if TYPE_CHECKING:
    from assess.assessment import Assessment, Changes
    from assess.store.events import Event

KIND = "review_step"
VALUE_KIND = "review"


@dataclass(frozen=True, slots=True)
class LastStep:
    """The last step of an item: who took it, when (as written, ISO with zone), why, until when.

    `deadline` is None where none was set. `lapsed`: it settled values that are others now.
    """

    step: str
    state: rights.State
    reason: str
    demand: str
    deadline: date | None
    signature: str
    at: str
    role: str
    lapsed: bool

    def overdue(self, today: date) -> bool:
        """A correction that has not come in time. An objection deadline that passed is no debt of anybody."""
        return self.state == "returned" and self.deadline is not None and self.deadline < today

    def objectable(self, today: date) -> bool:
        """Whether one may still object to what was confirmed."""
        return self.state == "accepted" and (self.deadline is None or self.deadline >= today)


def last(sheet: Sheet, code: str) -> LastStep | None:
    """The last step of an item; None where nobody has taken one."""
    found = rights.record(sheet.cells, code)
    if not found:
        return None
    return LastStep(
        step=str(found["step"]),
        state=rights.STEPS[str(found["step"])].target,
        reason=str(found.get("reason", "")),
        demand=str(found.get("demand", "")),
        deadline=rights.day_of(str(found.get("deadline", ""))),
        signature=rights.signature(found),
        at=str(found.get("at", "")),
        role=str(found.get("role", "")),
        lapsed=rights.lapsed(sheet.cells, code),
    )


OBJECTING = 10
"""Days in which the unit may object to a review value that was confirmed, where nobody sets another day."""


def objections_until(today: date) -> date:
    """The last day to object to what is confirmed today."""
    return today + timedelta(days=OBJECTING)


def cells(
    codes: Iterable[str], step: str, *, reason: str = "", demand: str = "", deadline: date | None = None
) -> dict[Cell, Json]:
    """The cells of one step for some items, one signature for all: `session.submit("set_cells", cells, KIND)`.

    ValueError for a step there is not.
    """
    if step not in rights.STEPS:
        raise ValueError(f"not a step of a review: {step}")
    value = {
        "step": step,
        "reason": reason.strip(),
        "demand": demand.strip(),
        "deadline": deadline.isoformat() if deadline is not None else "",
    }
    return {(code, rights.STEP): dict(value) for code in codes}


def confirming(
    code: str, *, value: Answer | None = None, opinion: str | None = None, until: date | None = None
) -> dict[Cell, Json]:
    """The cells that confirm one item: the review value and the opinion where they are given, and the step.

    `until` is the day until which the unit may object.
    """
    out = cells([code], "confirm", deadline=until)
    if value is not None:
        out[code, "review"] = value.to_json()
    if opinion is not None:
        out[code, "opinion"] = opinion.strip() or None
    return out


def ruling(code: str, reason: str, value: Answer | None = None) -> dict[Cell, Json]:
    """The cells that rule on an objection: the value it ends with (None: the review value stands) and the reason."""
    out = cells([code], "rule", reason=reason)
    if value is not None:
        out[code, "review"] = value.to_json()
    return out


def take(
    document: Assessment,
    codes: Sequence[str],
    step: str,
    *,
    reason: str = "",
    demand: str = "",
    deadline: date | None = None,
) -> Changes:
    """Take one step for some items as one operation, all or none. Problems review.*, seal.*, those of writing."""
    return document.set_cells(cells(codes, step, reason=reason, demand=demand, deadline=deadline), KIND)


COLUMN_NAMES: Mapping[str, Message] = {
    "self": say("Self-assessment"),
    "review": say("Review"),
    "review_2": say("Second review"),
    "third_party": say("Third party"),
    "opinion": say("Opinion of the review"),
    "opinion_2": say("Opinion of the second review"),
    "explanation": say("Explanation"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record of exchange: when, who, and what was done. `reason` is what was written with it."""

    at: str
    who: str
    column: str
    answer: Answer | None
    step: str
    reason: str
    deadline: str
    cleared: bool = False
    undone: bool = False


def exchange(events: Sequence[Event]) -> tuple[Entry, ...]:
    """The record of exchange of an item from its history, the newest first: answers, opinions, evidence and steps.

    Feed it `Assessment.history(code)`, which leaves out what is blind to the person who asks.
    """
    out: list[Entry] = []
    first = {event.action: place for place, event in reversed(list(enumerate(events)))}
    rank = {rights.STEP: 0, "opinion": 1, "opinion_2": 1}
    for event in sorted(events, key=lambda event: (-first[event.action], rank.get(event.column, 2), event.column)):
        who = " ".join(part for part in (event.unit, event.post, event.author) if part)
        at, undone = event.at.isoformat(), event.kind in ("undo", "redo")
        value = event.value
        if event.column == rights.STEP:
            given = value if isinstance(value, Mapping) else {}
            out.append(
                Entry(at, who, rights.STEP, None, str(given.get("step", "")), str(given.get("reason", "")),
                      str(given.get("deadline", "")), value is None, undone)
            )  # fmt: skip
        elif event.column in ("self", "review", "review_2", "third_party"):
            answer = Answer.from_json(value) if isinstance(value, Mapping) else None
            out.append(Entry(at, who, event.column, answer, "", "", "", value is None, undone))
        elif event.column in ("opinion", "opinion_2", "explanation"):
            out.append(Entry(at, who, event.column, None, "", str(value or ""), "", value is None, undone))
        elif event.column.startswith("evidence/"):
            name = str(value.get("name", "")) if isinstance(value, Mapping) else ""
            out.append(Entry(at, who, "evidence", None, "", name, "", value is None, undone))
    return tuple(out)

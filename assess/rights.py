"""Who may write which cell of a review, and who may see it (D6, D17, D54). The document asks here before it writes; the
faces ask the same questions beforehand. What follows what stands as data in `assess.course`.

The cells of a review at an item:

    review, opinion       the first review: an Answer and its opinion in words
    review_2, opinion_2   the blind second review; never scores (D17)
    step                  the last step: {"step", "state", "reason", "demand", "deadline", "by", "unit", "post", "role",
                          "at", "about", "material"}; its history is the record of exchange

A face gives of a step only what a person says (`step`, `reason`, `demand`, `deadline`); the document adds state,
signature and digests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from assess.answers import Answer, Cell, Json
from assess.course import (
    BLIND,
    FIRST,
    LOCKS,
    PARTIES,
    REVIEWERS,
    SECOND,
    SETTLED,
    STATE_NAMES,
    STEP,
    STEP_NAMES,
    STEPS,
    State,
    Step,
    Values,
    about,
    day_of,
    lapsed,
    locked,
    material,
    possible,
    record,
    signature,
    state,
)
from assess.framework.model import Framework
from assess.language import say
from assess.measure.gap import gap
from assess.problems import Problem
from assess.store.events import Author, Event

__all__ = [
    "BLIND",
    "FIRST",
    "LOCKS",
    "PARTIES",
    "REFUSED",
    "REVIEWERS",
    "SECOND",
    "SETTLED",
    "STATE_NAMES",
    "STEP",
    "STEPS",
    "STEP_NAMES",
    "State",
    "Step",
    "about",
    "admitted",
    "day_of",
    "disclosed",
    "lapsed",
    "locked",
    "material",
    "possible",
    "record",
    "reserved",
    "retractable",
    "seen",
    "seen_events",
    "signature",
    "state",
    "visible",
]

Authors = Callable[[Cell], Sequence[Event]]
REFUSED: Mapping[str, tuple[str, ...]] = {
    "filler": ("review", "opinion", *BLIND, "third_party"),
    "reviewer": BLIND,
    SECOND: ("review", "opinion", "third_party"),
    "third_party": (*FIRST, *BLIND),
}
"""Role -> columns it never writes. Other roles (samples, the command line) write whatever is not locked."""


# ---------------------------------------------------------------- what may be seen
def disclosed(values: Values, code: str) -> bool:
    """Whether both reviews of an item are there, so that each may be seen beside the other."""
    return values.get((code, "review")) is not None and values.get((code, "review_2")) is not None


def visible(values: Values, cell: Cell, role: str) -> bool:
    """Whether somebody of this role may see a cell: the second review stays away until both are there (D17)."""
    return role == SECOND or cell[1] not in BLIND or disclosed(values, cell[0])


def seen(values: dict[Cell, Json], role: str) -> dict[Cell, Json]:
    """The cells that somebody of this role may see."""
    if role == SECOND or not any(column in BLIND for _item, column in values):
        return values
    return {cell: value for cell, value in values.items() if visible(values, cell, role)}


def seen_events(values: Values, events: Sequence[Event], role: str) -> tuple[Event, ...]:
    """The events that somebody of this role may see; the second reviewer sees the first review only afterwards."""
    covered = (*FIRST, STEP) if role == SECOND else BLIND
    return tuple(event for event in events if event.column not in covered or disclosed(values, event.item))


# ---------------------------------------------------------------- before anything is written
def admitted(
    framework: Framework, values: Values, cells: Mapping[Cell, Json], author: Author, now: datetime, authors: Authors
) -> Mapping[Cell, Json]:
    """The cells as they are to be written, steps signed. Raises the Problem that says why it may not be, and who may.

    Problems: review.role, review.second, review.locked, review.step, review.reason, review.opinion, review.deadline,
    review.late, review.no-value, review.unsigned.
    """
    after = {**values, **cells}
    steps = {item: value for (item, column), value in cells.items() if column == STEP}
    for item, column in cells:
        if column in REFUSED.get(author.role, ()):
            raise _not_yours(author.role, column)
        if column in (*FIRST, *BLIND):
            _one_person_one_review(item, column, author, authors)
    out = dict(cells)
    for code, value in steps.items():
        out[code, STEP] = after[code, STEP] = _signed(framework, values, after, code, value, author, now)
    for item, column in cells:
        step = steps.get(item)
        if not (isinstance(step, Mapping) and _opens(STEPS[str(step["step"])], column)):
            _open(values, item, column, after[item, column])
    return out


def retractable(values: Values, cells: Mapping[Cell, Json]) -> None:
    """Whether cells may be set back by undo or redo: a step with all it brought, or what is not locked.

    Raises the Problem review.locked for what was settled since.
    """
    for (item, column), value in cells.items():
        if (item, STEP) not in cells:
            _open(values, item, column, value)


def _open(values: Values, item: str, column: str, value: Json) -> None:
    """Raises the Problem of a locked column that would get another value."""
    if column == STEP or item.startswith("@") or values.get((item, column)) == value:
        return
    why = locked(values, item, column)
    if why is not None:
        raise Problem("review.locked", why, say("An objection or a note can be written at any time."))


def _opens(step: Step, column: str) -> bool:
    """Whether a step lets a locked column be set in the same operation."""
    return column in step.writes or not LOCKS[step.target]


def reserved(role: str = "filler") -> Problem:
    """Why somebody of this role gives no review value, and what to do."""
    return _not_yours(role, "review")


def _not_yours(role: str, column: str) -> Problem:
    if role == "filler":
        return Problem(
            "review.role",
            say("Only a reviewer can enter values of the review."),
            say("Say under “Name and role” that you review, or hand the document to the reviewing office."),
        )
    if column in BLIND:
        return Problem(
            "review.second",
            say("The second review is entered by the second reviewer only."),
            say("It is blind: whoever gives it says so under “Name and role”."),
        )
    return Problem(
        "review.role",
        say("Your role does not enter this column."),
        say("First review, second review and third party are given by different people."),
    )


def _one_person_one_review(item: str, column: str, author: Author, authors: Authors) -> None:
    """Nobody gives both reviews of an item; people without a name cannot be told apart and are not stopped."""
    other = "review" if column in BLIND else "review_2"
    if author.name and any((one.author, one.unit) == (author.name, author.unit) for one in authors((item, other))):
        raise Problem(
            "review.second",
            say("{name} has already given the other review of {code}.", name=author.name, code=item),
            say("Two reviews are worth something only if two people give them."),
        )


def _signed(
    framework: Framework, values: Values, after: dict[Cell, Json], code: str, value: Json, author: Author, now: datetime
) -> Json:
    given = value if isinstance(value, Mapping) else {}
    step = STEPS.get(str(given.get("step", "")))
    if step is None:
        raise ValueError(f"not a step of a review: {value!r}")
    current = state(values, code)
    if current not in step.sources:
        raise Problem(
            "review.step",
            say("{code} is “{state}”: {step} is not possible now.", code=code, state=STATE_NAMES[current],
                step=STEP_NAMES[step.key]),
            say("It is possible where an item is “{states}”.", states=tuple(STATE_NAMES[one] for one in step.sources)),
        )  # fmt: skip
    if author.role not in step.roles:
        raise Problem(
            "review.role",
            say("Your role does not take this step: {step}.", step=STEP_NAMES[step.key]),
            say("Say under “Name and role” that you review, or hand the document to the reviewing office."),
        )
    if not (author.name.strip() or author.post.strip()):
        raise Problem(
            "review.unsigned",
            say("Every step of a review is signed, and there is no name yet."),
            say("Enter your name or your post under “Name and role”."),
        )
    reason = str(given.get("reason", "") or "").strip()
    deadline = str(given.get("deadline", "") or "").strip()
    _reasoned(framework, values, after, code, step, reason)
    _in_time(values, code, step, deadline, now)
    out: dict[str, Json] = {
        "step": step.key, "state": step.target, "reason": reason, "demand": str(given.get("demand", "") or "").strip(),
        "deadline": deadline, "by": author.name, "unit": author.unit, "post": author.post, "role": author.role,
        "at": now.isoformat(timespec="seconds"), "about": about(after, code),
    }  # fmt: skip
    if step.key == "withdraw":
        out["deadline"] = str(record(values, code).get("until", ""))
    if step.key == "object":
        out["until"] = str(record(values, code).get("deadline", ""))
    if step.target == "returned":
        out["material"] = material(after, code)
    return {key: one for key, one in out.items() if one != ""}


def _reasoned(framework: Framework, values: Values, after: Values, code: str, step: Step, reason: str) -> None:
    if step.target == "accepted" and step.key == "confirm":
        own, review = (after.get((code, column)) for column in ("self", "review"))
        if review is None:
            raise Problem(
                "review.no-value",
                say("{code} has no review value yet.", code=code),
                say("Give a value first, or take over the self-assessment with the key “=”."),
            )
        tier = str(after.get(("@profile", "tier")) or "市")
        if own is not None and code in framework.indicators:
            apart = gap(framework, code, Answer.from_json(own), Answer.from_json(review), tier)
            opinion = str(after.get((code, "opinion")) or "").strip()
            if apart is not None and apart.serious and not opinion:
                raise Problem(
                    "review.opinion",
                    say("Self-assessment and review of {code} lie two levels or more apart; write an opinion first.",
                        code=code),
                    say("Say what was looked at and why this value holds; the unit reads it."),
                )  # fmt: skip
    missing = step.reason == "yes" and not reason
    if step.reason == "unchanged" and not reason:
        missing = record(values, code).get("material") == material(after, code)
    if missing:
        raise Problem(
            "review.reason",
            say("{step} needs a reason ({code}).", step=STEP_NAMES[step.key], code=code)
            if step.reason == "yes"
            else say("Nothing was changed at {code} since it was returned.", code=code),
            say("Write it in a sentence; it goes into the record with name and time."),
        )


def _in_time(values: Values, code: str, step: Step, deadline: str, now: datetime) -> None:
    today = now.date()
    if step.deadline == "must" and not deadline:
        raise Problem(
            "review.deadline",
            say("There is no day until which {code} is to be corrected.", code=code),
            say("Give a date, for example {day}.", day=today.isoformat()),
        )
    if deadline and (day_of(deadline) is None or step.deadline == "no"):
        raise Problem(
            "review.deadline",
            say("“{text}” is no date.", text=deadline[:20]),
            say("Give year, month and day, for example {day}.", day=today.isoformat()),
        )
    until = day_of(deadline)
    if until is not None and until < today:
        raise Problem(
            "review.deadline",
            say("The day {day} has passed.", day=deadline),
            say("Give a day from today on."),
        )
    if step.key == "object":
        last = day_of(str(record(values, code).get("deadline", "")))
        if last is not None and last < today:
            raise Problem(
                "review.late",
                say("Objections to {code} were possible until {day}.", code=code, day=last.isoformat()),
                say("The reviewing office can reopen the item."),
            )

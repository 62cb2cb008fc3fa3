"""The course of a review as data: the states of an item, what leads from one to another, by whom, and what it locks.

A state without a step is read from what is there: nothing answered is a draft, an answer is received, a review value
makes it under review. What was settled lapses when self-assessment or review value is another one afterwards (as a
merge may bring): the item is received again. Whether something may be written is asked of `assess.rights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assess.answers import Cell, Json
from assess.language import Message, say
from assess.store.events import canonical, digest

State = Literal["draft", "received", "under_review", "returned", "accepted", "objection", "ruled"]
REVIEWERS = ("reviewer", "consultant")
PARTIES = ("filler", "reviewer", "consultant")  # an objection on paper is entered by the office that receives it
SECOND = "second_reviewer"
STEP = "step"
BLIND = ("review_2", "opinion_2")
FIRST = ("review", "opinion")
SETTLED = ("accepted", "objection", "ruled")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `reason`: never, always, where the gap is serious, or where nothing was changed since the return.

    `deadline` of a return is the day until which it is to be corrected, of an acceptance until when one may object.
    `writes` are columns that the same operation may set although the state locks them.
    """

    key: str
    sources: tuple[State, ...]
    target: State
    roles: tuple[str, ...]
    reason: Literal["no", "gap", "unchanged", "yes"] = "no"
    deadline: Literal["no", "may", "must"] = "no"
    writes: tuple[str, ...] = ()


STEPS: Mapping[str, Step] = {
    step.key: step
    for step in (
        Step("confirm", ("received", "under_review"), "accepted", REVIEWERS, "gap", "may"),
        Step("return", ("draft", "received", "under_review"), "returned", REVIEWERS, "yes", "must"),
        Step("resubmit", ("returned",), "received", PARTIES, "unchanged"),
        Step("object", ("accepted",), "objection", PARTIES, "yes"),
        Step("withdraw", ("objection",), "accepted", PARTIES),
        Step("rule", ("objection",), "ruled", REVIEWERS, "yes", writes=FIRST),
        Step("reopen", ("accepted", "ruled"), "received", REVIEWERS, "yes"),
    )
}
_CLOSED = ("self", "skip_lifted", "na_approved", "review", "opinion")
LOCKS: Mapping[State, tuple[str, ...]] = {
    "draft": (),
    "received": (),
    "under_review": (),
    "returned": (),
    "accepted": (*_CLOSED, "explanation", "evidence/"),
    "objection": _CLOSED,  # further evidence and an explanation belong to the objection
    "ruled": (*_CLOSED, "explanation", "evidence/"),
}
"""State -> columns that nobody writes; one that ends in "/" stands for all that begin so."""
STATE_NAMES: Mapping[State, Message] = {
    "draft": say("not handed in"),
    "received": say("to be reviewed"),
    "under_review": say("under review"),
    "returned": say("returned for correction"),
    "accepted": say("confirmed"),
    "objection": say("objection"),
    "ruled": say("ruled"),
}
STEP_NAMES: Mapping[str, Message] = {
    "confirm": say("confirming"),
    "return": say("returning for correction"),
    "resubmit": say("handing in the correction"),
    "object": say("objecting"),
    "withdraw": say("withdrawing the objection"),
    "rule": say("ruling"),
    "reopen": say("reopening"),
}

Values = Mapping[Cell, Json]


# ---------------------------------------------------------------- where an item stands
def record(values: Values, code: str) -> Mapping[str, Json]:
    """The last step of an item as it was written; empty where there is none."""
    found = values.get((code, STEP))
    return found if isinstance(found, Mapping) and found.get("step") in STEPS else {}


def about(values: Values, code: str) -> str:
    """Sixteen hexadecimal digits over what a settlement is about: self-assessment and review value."""
    return digest(canonical([values.get((code, "self")), values.get((code, "review"))]))[:16]


def material(values: Values, code: str) -> str:
    """Sixteen hexadecimal digits over what a unit may correct: its answer, explanation and evidence."""
    held = sorted(
        [column, value]
        for (item, column), value in values.items()
        if item == code and value is not None and (column in ("self", "explanation") or column.startswith("evidence/"))
    )
    return digest(canonical(held))[:16]


def lapsed(values: Values, code: str) -> bool:
    """Whether what was settled speaks of other values than those of now."""
    last = record(values, code)
    return last.get("state") in SETTLED and last.get("about") != about(values, code)


def state(values: Values, code: str) -> State:
    """Where an item stands in its review."""
    last = record(values, code)
    held = STEPS[str(last["step"])].target if last else None
    if held is not None and not (held == "received" and values.get((code, "self")) is None):
        if held not in SETTLED or not lapsed(values, code):
            return held
        return "received"
    if values.get((code, "self")) is None:
        return "draft"
    return "under_review" if values.get((code, "review")) is not None else "received"


def locked(values: Values, code: str, column: str) -> Message | None:
    """Why nobody writes a column of an item now, and who may change that; None where it is open."""
    now = state(values, code)
    if not any(column == one or (one.endswith("/") and column.startswith(one)) for one in LOCKS[now]):
        return None
    last = record(values, code)
    who, day = signature(last), str(last.get("at", ""))[:10]
    if now == "objection":
        return say(
            "{code} is locked while the objection of {who} ({day}) awaits its ruling; the reviewing office rules.",
            code=code, who=who, day=day,
        )  # fmt: skip
    if now == "ruled":
        return say("{code} was ruled on by {who} on {day} and is locked; only the reviewing office can reopen it.",
                   code=code, who=who, day=day)  # fmt: skip
    return say("{code} was confirmed by {who} on {day} and is locked; the reviewing office can reopen it.",
               code=code, who=who, day=day)  # fmt: skip


def signature(last: Mapping[str, Json]) -> str:
    """Who signed a step: unit, post and name as far as given."""
    return " ".join(
        str(last.get(part, "")).strip() for part in ("unit", "post", "by") if str(last.get(part, "")).strip()
    )


def possible(values: Values, code: str, role: str) -> tuple[str, ...]:
    """The steps that somebody of this role can take now, in the order of the table."""
    now = state(values, code)
    return tuple(key for key, step in STEPS.items() if now in step.sources and role in step.roles)


def day_of(text: str) -> date | None:
    """An ISO date; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""What the operations of a document are called, and which values are in force when it is marked as reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.answers import Cell, Json
from assess.language import Message, say
from assess.store.events import Event, canonical, digest

PRECEDENCE = ("third_party", "review", "self")  # R7
MATTERS = ("@redline", "@bonus", "@deduction")


def describe(events: Sequence[Event]) -> Message:
    """One operation in a few words, for the undo and redo entries of menus and for the history."""
    items = tuple(sorted({event.item for event in events if not event.item.startswith("@")}))
    kind = events[0].kind if events else ""
    if len(items) > 3:
        return say("{count} items", count=len(items))
    match kind:
        case "answer":
            return say("answer to {items}", items=items)
        case "note":
            return say("note on {items}", items=items)
        case "explanation":
            return say("explanation of {items}", items=items)
        case "na_approval":
            return say("approval of “not applicable” for {items}", items=items)
        case "skip":
            return say("lifting of the skip of {items}", items=items)
        case "target":
            return say("target of {items}", items=items)
        case "evidence":
            return say("evidence for {items}", items=items)
        case "withdrawal":
            return say("withdrawal of evidence for {items}", items=items)
        case "redline":
            return say("red line entry")
        case "bonus":
            return say("bonus entry")
        case "deduction":
            return say("deduction entry")
        case "reviewed":
            return say("review status")
        case "profile":
            return say("basic information")
        case "resolve":
            return say("settling of {items}", items=items)
        case _:
            return say("entry in {items}", items=items) if items else say("entry")


def in_force_digest(values: Mapping[Cell, Json]) -> str:
    """Sixteen hexadecimal digits over the answers in force (R7), red lines, bonus and deductions (D54)."""
    answers: dict[str, Json] = {}
    for column in reversed(PRECEDENCE):
        for (item, where), value in values.items():
            if where == column and value is not None and not item.startswith("@"):
                answers[item] = [column, value]
    matters = sorted(
        ([item, column, value] for (item, column), value in values.items() if item in MATTERS and value is not None),
        key=lambda row: row[:2],
    )
    return digest(canonical([answers, matters]))[:16]

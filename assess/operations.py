"""What the operations of a document are called, which values are in force, and what shape a value must have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assess.answers import ANSWER_COLUMNS, Cell, Evidence, Json
from assess.language import Message, say
from assess.problems import Problem
from assess.store.events import Event, canonical, digest

PRECEDENCE = ("third_party", "review", "self")  # R7
MATTERS = ("@redline", "@bonus", "@deduction", "@county")
FILLED_COLUMNS = frozenset({"self", "note", "explanation", "skip_lifted", "previous", "previous_note"})
FILLED_ITEMS = frozenset({"@profile", "@bonus"})


def describe(events: Sequence[Event]) -> Message:
    """One operation in a few words, for the undo and redo entries of menus and for the history."""
    items = tuple(sorted({event.item for event in events if not event.item.startswith("@")}))
    kind = events[0].kind if events else ""
    if kind == "previous":
        return say("answers of last period")
    if kind == "return":
        return say("return to an earlier state")
    if kind == "taken_back":
        return say("taking back of a merge")
    if len(items) > 3:
        return say("{count} items", count=len(items))
    match kind:
        case "answer":
            return say("answer to {items}", items=items)
        case "unchanged":
            return say("confirmation of {items} as unchanged", items=items)
        case "flag":
            return say("mark on {items}", items=items)
        case "assignment":
            return say("who answers {items}", items=items)
        case "note":
            return say("note on {items}", items=items)
        case "explanation" if items:
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
        case "cover":
            return say("cover page")
        case "sheet":
            numbers = tuple(event.column.rpartition(".")[2] for event in events[:3])
            return say("paper sheet {numbers}", numbers=numbers) if len(events) < 4 else say("paper sheets")
        case "intake":
            return say("taking in of documents")
        case "resolve":
            return say("settling of {items}", items=items)
        case "review":
            return say("review of {items}", items=items)
        case "review_step" | "step":
            return say("step of the review of {items}", items=items)
        case "onsite":
            return say("sample for on-site checks")
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


def named(evidence: Evidence, otherwise: str = "") -> Evidence:
    """Evidence with a name, its own or another. Problem evidence.no-name when there is none."""
    name = evidence.name.strip() or otherwise
    if not name:
        raise Problem(
            "evidence.no-name",
            say("The evidence has no name."),
            say("Enter the name of the document, meeting record or system page."),
        )
    return replace(evidence, name=name)


def filled_in(cell: Cell, role: str) -> bool:
    """Whether a cell belongs to what a unit fills in, which a closing seal keeps as it is for a person of this role.

    Reviewers may register what they saw on site as evidence (D6).
    """
    item, column = cell
    if item.startswith("@"):
        return item in FILLED_ITEMS or item.startswith(("@cover", "@check/"))
    if column.startswith("evidence/"):
        return role not in ("reviewer", "third_party")
    return column in FILLED_COLUMNS


def fits(cell: Cell, value: Json) -> bool:
    """Whether a value has the shape its cell demands (see answers.py). Unknown cells and keys of later versions fit.

    What does not fit is never written, and a file that holds it is damaged or forged: a package comes from outside.
    """
    item, column = cell
    if value is None:
        return True
    if item == "@profile":
        return _PROFILE.get(column, _anything)(value)
    if item in ("@redline", "@bonus", "@deduction", "@status"):
        return _record(value, _MATTER)
    if item == "@cover" or item.startswith("@cover/"):
        return _text(value)
    if item.startswith("@"):
        return True
    if column in ANSWER_COLUMNS or column == "previous":
        return _record(value, _ANSWER) and value.get("kind") in KINDS
    if column.startswith("evidence/"):
        return _record(value, _EVIDENCE) and "name" in value
    return _PLAIN.get(column, _anything)(value)


def _anything(_: Json) -> bool:
    return True


def _text(value: Json) -> bool:
    return isinstance(value, str)


def _flag(value: Json) -> bool:
    return isinstance(value, bool)


def _whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Json) -> bool:
    return isinstance(value, float) or _whole(value)


def _texts(value: Json) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)


def _choice(value: Json) -> bool:
    return value in ("yes", "no")


def _mapping(value: Json) -> bool:
    return isinstance(value, Mapping)


def _record(value: Json, shapes: Mapping[str, Shape]) -> bool:
    return isinstance(value, Mapping) and all(shapes.get(key, _anything)(one) for key, one in value.items())


Shape = Callable[[Json], bool]
KINDS = ("level", "yesno", "number", "multi", "na", "nd")
_ANSWER: Mapping[str, Shape] = {
    "kind": _text,
    "level": _whole,
    "choice": _choice,
    "confirm": _choice,
    "ticked": _texts,
    "conditions": _texts,
    **dict.fromkeys(("numerator", "denominator", "result", "source", "reason"), _text),
}
_EVIDENCE: Mapping[str, Shape] = {
    "options": _texts,
    "in_force": _flag,
    "size": _whole,
    **dict.fromkeys(
        ("name", "number", "date", "pages", "place", "grade", "digest", "file_name", "kind", "voucher"), _text
    ),
}
_MATTER: Mapping[str, Shape] = {
    "points": lambda value: _number(value) or _text(value),
    "confirmed": _flag,
    **dict.fromkeys(("state", "reason", "item", "matter", "document", "redline", "by", "at"), _text),
}
_PROFILE: Mapping[str, Shape] = {
    "year": _whole,
    "counties": _whole,
    "population": _number,
    "scope": _texts,
    "parameters": _mapping,
    **dict.fromkeys(("no_counties", "blend_counties", "sample"), _flag),
    **dict.fromkeys(("unit", "code", "tier", "unit_kind", "mode", "base_date", "region", "size"), _text),
    **dict.fromkeys(("compiled_by", "prepared_for", "blurb", "weights"), _text),
}
_PLAIN: Mapping[str, Shape] = {
    "note": _text,
    "explanation": _text,
    "opinion": _text,
    "opinion_2": _text,
    "step": _mapping,
    "na_approved": _flag,
    "skip_lifted": _flag,
    "target": _number,
    "flag": _flag,
    "previous_note": _text,
    "assignment": lambda value: _record(value, {"lead": _text, "assisting": _texts}),
}

"""Conflicts side by side, and the ways to settle them: take one side, combine, enter another value, send back.

Whatever is chosen, every event of every side stays in the history; the reason of the ruling is kept beside the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assess import rights
from assess.answers import Cell, Evidence, Json
from assess.assessment import Assessment
from assess.language import say
from assess.packages.records import PACKAGE, copy_mark
from assess.problems import Problem
from assess.store.changes import Changes
from assess.store.events import Event
from assess.store.merge import cells_of, common, sources

RULING = "ruling/"
SHOWN_FIRST = ("self", "review", "third_party", "note", "explanation")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values a cell has: who gave it and when, with the note and the evidence of the same hand.

    `value` is that of the cell as it is kept (None: emptied); `source` is the file it came from, "" for this document.
    """

    event: str
    author: str
    unit: str
    post: str
    role: str
    at: datetime
    value: Json
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell whose sides differ, by time; the last side is what the document shows until the conflict is settled.

    `base` is what all sides started from, None where they share only the beginning of the document. `notes` are the
    texts the sides put into the note of the item, where these differ too.
    """

    cell: Cell
    base: Side | None
    sides: tuple[Side, ...]
    notes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.cell[0]

    @property
    def column(self) -> str:
        return self.cell[1]


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a conflict was settled: which event was taken ("" for a new value), why, by whom, when, out of what."""

    taken: str
    reason: str
    author: str
    unit: str
    at: datetime
    out_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentBack:
    """An item returned for correction. `corrected`: the unit has changed it since."""

    code: str
    reason: str
    demand: str
    deadline: str
    by: str
    corrected: bool


def conflicts(document: Assessment, items: Iterable[str] | None = None) -> tuple[Conflict, ...]:
    """Every conflict of the document (or of some items): by item in the order of the framework, then by column."""
    wanted = None if items is None else set(items)
    order = {code: number for number, code in enumerate(document.whole_framework.indicators)}
    found = {cell: heads for cell, heads in conflicting(document).items() if wanted is None or cell[0] in wanted}
    if not found:
        return ()
    items = {cell[0] for cell in found}
    beside: dict[str, dict[str, Sequence[Event]]] = {item: {} for item in items}
    for (item, column), events in cells_of(document).items():
        if item in items and (column == "note" or column.startswith("evidence/")):
            beside[item][column] = events
    known = _Beside(sources(document), beside)

    def place(cell: Cell) -> tuple[int, str, int, str]:
        first = SHOWN_FIRST.index(cell[1]) if cell[1] in SHOWN_FIRST else len(SHOWN_FIRST)
        return (order.get(cell[0], len(order)), cell[0], first, cell[1])

    return tuple(_conflict(document, cell, found[cell], known) for cell in sorted(found, key=place))


def conflicting(document: Assessment) -> dict[Cell, tuple[Event, ...]]:
    """The cells in conflict that are to be settled, with their heads.

    A blind review never shows here (D17); marks to come back to an item and reasons of rulings are nobody's concern.
    """
    return {
        cell: heads
        for cell, heads in document.conflicts().items()
        if cell[1] not in (*rights.BLIND, "flag") and not cell[1].startswith(RULING) and not cell[0].startswith(PACKAGE)
    }


def of_package(found: Iterable[Cell], items: Iterable[str], key: str) -> tuple[Cell, ...]:
    """Those conflicts that concern one package: at its items, and at its cover."""
    wanted = {*items, f"@cover/{copy_mark(key)}"}
    return tuple(cell for cell in found if cell[0] in wanted)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the cells in conflict: the file of every event, and notes and evidence of every item."""

    came_from: Mapping[str, str]
    columns: Mapping[str, Mapping[str, Sequence[Event]]]

    def of(self, event: Event, column: str) -> Sequence[Event]:
        """The events of a column by the same hand: the same person, else whoever worked in the same file."""
        events = self.columns.get(event.item, {}).get(column, ())
        source = self.came_from.get(event.id, "")
        same = [one for one in events if _who(one) == _who(event) and (any(_who(event)) or self._from(one) == source)]
        return same or [one for one in events if source and self._from(one) == source]

    def _from(self, event: Event) -> str:
        return self.came_from.get(event.id, "")


def _conflict(document: Assessment, cell: Cell, heads: Sequence[Event], known: _Beside) -> Conflict:
    base = common(document, heads)
    notes = document.conflicts().get((cell[0], "note"), ()) if cell[1] != "note" else ()
    return Conflict(
        cell,
        _side(base, known, before=True) if base is not None else None,
        tuple(_side(head, known) for head in heads),
        tuple(str(head.value) for head in notes if head.value),
    )


def _side(event: Event, known: _Beside, *, before: bool = False) -> Side:
    """One side with what the same hand wrote beside it; the common start with what stood there `before`."""

    def told(column: str) -> Sequence[Event]:
        if before:
            return [one for one in known.columns.get(event.item, {}).get(column, ()) if one.at <= event.at]
        return known.of(event, column)

    notes = told("note")
    evidence = []
    for column in sorted(known.columns.get(event.item, {})):
        own = told(column) if column.startswith("evidence/") else ()
        if own and isinstance(own[-1].value, Mapping):
            evidence.append(Evidence.from_json(column.removeprefix("evidence/"), own[-1].value))
    return Side(
        event.id, event.author, event.unit, event.post, event.role, event.at, event.value,
        str(max(notes, key=lambda one: one.order).value or "") if notes else "", tuple(evidence),
        known.came_from.get(event.id, ""),
    )  # fmt: skip


def _who(event: Event) -> tuple[str, str]:
    return (event.author, event.unit)


def take(document: Assessment, cell: Cell, event_id: str, reason: str = "") -> Changes:
    """Settle a conflict in favor of one side. Problem document.no-conflict where it is settled already."""
    chosen = _head(document, cell, event_id)
    return _settled(document, cell, chosen.value, chosen.id, reason, {})


def settle(document: Assessment, cell: Cell, value: Json, reason: str = "") -> Changes:
    """Settle a conflict with a value that none of the sides gave. Problem document.no-conflict."""
    _head(document, cell, None)
    return _settled(document, cell, value, "", reason, {})


def combine(document: Assessment, cell: Cell, event_id: str, reason: str = "") -> Changes:
    """Settle a conflict with the value of one side and keep what the others wrote beside it.

    The notes of all sides stand one after the other; evidence that was changed in two ways is kept in both. A note in
    conflict itself is combined into one text. Problem document.no-conflict.
    """
    chosen = _head(document, cell, event_id)
    value, more = chosen.value, _notes_joined(document, cell[0])
    if cell[1] == "note":
        value = more.pop(cell)
    elif cell[1].startswith("evidence/"):
        more |= _evidence_kept(document, cell, chosen)
    for other, heads in document.conflicts().items():
        if other[0] == cell[0] and other[1].startswith("evidence/") and other != cell:
            more |= {other: heads[-1].value, **_evidence_kept(document, other, heads[-1])}
    return _settled(document, cell, value, chosen.id, reason, more)


def send_back(document: Assessment, codes: Iterable[str], reason: str, deadline: str, demand: str = "") -> Changes:
    """Return items for correction, with the reason; it travels in the next package to the unit.

    Problems: review.* (a reviewer's name, a reason and a day are needed).
    """
    step = {"step": "return", "reason": reason, "deadline": deadline, "demand": demand}
    return document.set_cells({(code, rights.STEP): dict(step) for code in codes}, "step")


def sent_back(document: Assessment) -> dict[str, SentBack]:
    """Items returned for correction and not yet received again."""
    values = document.sheet.cells
    out = {}
    for code in document.whole_framework.indicators:
        if rights.state(values, code) == "returned":
            last = rights.record(values, code)
            out[code] = SentBack(
                code,
                str(last.get("reason", "")),
                str(last.get("demand", "")),
                str(last.get("deadline", "")),
                rights.signature(last),
                last.get("material") != rights.material(values, code),
            )
    return out


def ruling(document: Assessment, cell: Cell) -> Ruling | None:
    """The last ruling on a cell; None where none was given."""
    value = document.sheet.cells.get((cell[0], f"{RULING}{cell[1]}"))
    events = document.history(cell[0], f"{RULING}{cell[1]}")
    if not isinstance(value, Mapping) or not events:
        return None
    last = events[-1]
    return Ruling(
        str(value.get("taken", "")),
        str(value.get("reason", "")),
        last.author,
        last.unit,
        last.at,
        tuple(str(one) for one in value.get("out_of", ())),
    )


def _head(document: Assessment, cell: Cell, event_id: str | None) -> Event:
    heads = document.conflicts().get(cell, ())
    chosen = next((head for head in heads if event_id in (None, head.id)), None)
    if chosen is None:
        raise Problem(
            "document.no-conflict",
            say("{item} is no longer in conflict.", item=cell[0]),
            say("It has been settled meanwhile; look at its history."),
        )
    return chosen


def _settled(
    document: Assessment, cell: Cell, value: Json, taken: str, reason: str, more: Mapping[Cell, Json]
) -> Changes:
    """One operation: the value, the ruling, and what is combined with it. `resolve` follows all heads."""
    out_of = sorted(head.id for head in document.conflicts().get(cell, ()))
    said = {"taken": taken, "reason": " ".join(reason.split()), "out_of": out_of}
    return document.set_cells({**more, cell: value, (cell[0], f"{RULING}{cell[1]}"): said}, "resolve")


def _notes_joined(document: Assessment, code: str) -> dict[Cell, Json]:
    """The notes of an item as one text, each under the name of who wrote it; empty where they do not differ."""
    heads = document.conflicts().get((code, "note"), ())
    texts: list[tuple[str, str]] = []
    for head in heads:
        words = str(head.value or "").strip()
        if words and not any(words in other for _, other in texts):
            texts = [(who, other) for who, other in texts if other not in words]
            texts.append((" ".join(part for part in (head.unit, head.post, head.author) if part), words))
    if not heads:
        return {}
    joined = "\n".join(f"【{who}】{words}" if who and len(texts) > 1 else words for who, words in texts)
    return {(code, "note"): joined or None}


def _evidence_kept(document: Assessment, cell: Cell, chosen: Event) -> dict[Cell, Json]:
    """The other versions of a piece of evidence, as pieces of their own."""
    out: dict[Cell, Json] = {}
    for head in document.conflicts().get(cell, ()):
        if head.id != chosen.id and head.value is not None and head.value != chosen.value:
            out[cell[0], f"{cell[1]}-{head.id[:4]}"] = head.value
    return out

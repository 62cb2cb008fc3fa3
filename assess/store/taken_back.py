"""Taking a merge back: a record that names its events, which then stand aside as if they had never come (D61).

Nothing leaves the file. The record is an event like any other, signed and dated; it travels with the document and
joins in any order. The cell is named by a digest over the events, so that two people who take the same merge back say
the same thing; a later record of the same cell takes into account again what it no longer names.

    {"events": [ids that came with the merge], "rulings": [ids of what was settled here with their values]}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from assess.answers import Cell, Json
from assess.store.changes import Changes
from assess.store.events import DOCUMENT, TAKEN_BACK, Event, digest, named_aside

if TYPE_CHECKING:
    from assess.store.document import Document
    from assess.store.ledger import Ledger

KIND = "taken_back"
RULED = "resolve"


def take_back(document: Document, ids: Iterable[str]) -> Changes:
    """Set the events of a merge aside, and what was settled with their values; one operation, which undo lifts.

    What somebody wrote since on top of them stays. Problems: those of writing.
    """
    return document.set_cells(record(document._ledger, ids), KIND)


def bring_back(document: Document, ids: Iterable[str]) -> Changes:
    """Take events into account again, and with the last of a merge what was settled with it."""
    wanted = set(ids)
    cells: dict[Cell, Json] = {}
    for cell, value in records(document._ledger).items():
        events = [id for id in value.get("events", ()) if id not in wanted]
        if len(events) < len(value.get("events", ())):
            cells[cell] = {**value, "events": events} if events else None
    return document.set_cells(cells, KIND)


def record(ledger: Ledger, ids: Iterable[str]) -> dict[Cell, Json]:
    """The record that takes these events back; empty where none of them counts now."""
    taken = {id for id in ids if id in ledger.events and ledger.events[id].item not in (DOCUMENT, TAKEN_BACK)}
    if not taken - ledger.aside:
        return {}
    named = sorted(taken)
    return {(TAKEN_BACK, digest("\n".join(named))[:16]): {"events": named, "rulings": sorted(_rulings(ledger, taken))}}


def records(ledger: Ledger) -> dict[Cell, Mapping[str, Json]]:
    """Every record of taking back that holds now."""
    found = {cell: ledger.shown(cell) for cell in ledger.cells if cell[0] == TAKEN_BACK}
    return {cell: value for cell, value in found.items() if named_aside(value)}


def set_aside(document: Document) -> AbstractSet[str]:
    """Ids of the events that stand aside."""
    return document._ledger.aside


def counted(document: Document, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those that stand aside."""
    aside = document._ledger.aside
    return tuple(event for event in events if event.id not in aside)


def beyond(mine: Ledger, theirs: Ledger) -> frozenset[str]:
    """The events of this document that new records of another copy would set aside without holding them itself."""
    named = [
        id
        for event in theirs.events.values()
        if event.item == TAKEN_BACK and event.id not in mine.events
        for id in named_aside(event.value)
    ]
    return frozenset(id for id in named if id in mine.events and id not in theirs.events)


def belonging(ledger: Ledger, events: Iterable[Event]) -> list[Event]:
    """The records that speak of some of these events: a copy that holds the events needs them to read the same."""
    ids = {event.id for event in events}
    return [
        said
        for cell, history in ledger.cells.items()
        if cell[0] == TAKEN_BACK and any(not ids.isdisjoint(named_aside(one.value)) for one in history)
        for said in history
    ]


def written_since(document: Document, ids: Collection[str]) -> tuple[Cell, ...]:
    """Cells in which somebody went on from these events with a value of their own, which stays when they go."""
    ledger, taken = document._ledger, set(ids)
    gone = taken | _rulings(ledger, taken)
    return tuple(
        sorted(
            {
                event.cell
                for event in ledger.events.values()
                if event.id not in gone and event.id not in ledger.aside and not gone.isdisjoint(event.parents)
            }
        )
    )


def _rulings(ledger: Ledger, taken: AbstractSet[str]) -> set[str]:
    """Settlements that chose among sides of which one goes, whole operations: without it there is nothing to settle.

    A settlement with a value of its own (`taken` is empty) is somebody's answer and stays.
    """
    found: set[str] = set()
    for event in ledger.events.values():
        if event.kind == RULED and event.id not in taken and not taken.isdisjoint(event.parents):
            action = ledger.actions[event.action]
            if _chosen(action):
                found |= {one.id for one in action}
    return found


def _chosen(action: Iterable[Event]) -> bool:
    rulings = [one.value for one in action if one.column.startswith("ruling/")]
    return not rulings or any(isinstance(value, Mapping) and value.get("taken") for value in rulings)

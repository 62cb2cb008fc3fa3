"""The ledger: all events of a document in memory, the heads of every cell, and their fold.

Events come in parents first; a new one is then always a head of its cell, so that adding costs no more than its own
cell. A cell whose heads differ in value is a conflict; until it is resolved, the head with the latest time (then the
greatest id) is shown, which is the same in every copy of the document.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping

from assess.answers import Cell, Json
from assess.store.events import FOUNDED, SEAL, Event


class Ledger:
    """Events by id, by cell and by action, each in the order of arrival in this file."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.cells: dict[Cell, list[Event]] = {}
        self.actions: dict[str, list[Event]] = {}
        self._heads: dict[Cell, tuple[Event, ...]] = {}
        self._founding: Event | None = None

    @property
    def founding(self) -> Event:
        assert self._founding is not None
        return self._founding

    def add(self, event: Event) -> None:
        """Take in one event. Raises ValueError when it follows an event that is not here, or founds a second time."""
        if event.cell == FOUNDED:
            if self._founding is not None or event.parents:
                raise ValueError("a second founding event")
            self._founding = event
        elif self._founding is None or self._founding.id not in event.parents:
            raise ValueError("an event that does not follow the founding event")
        for parent in event.parents:
            known = self.events.get(parent)
            if known is None or known.cell not in (event.cell, FOUNDED):
                raise ValueError("an event that follows an unknown one")
        self.events[event.id] = event
        self.cells.setdefault(event.cell, []).append(event)
        self.actions.setdefault(event.action, []).append(event)
        left = tuple(head for head in self._heads.get(event.cell, ()) if head.id not in event.parents)
        self._heads[event.cell] = tuple(sorted((*left, event), key=lambda head: head.order))

    def heads(self, cell: Cell) -> tuple[Event, ...]:
        """Events of the cell that nothing follows, by time and id; the last is the one shown."""
        return self._heads.get(cell, ())

    def all_heads(self) -> Iterator[Event]:
        for heads in self._heads.values():
            yield from heads

    def parents(self, cell: Cell) -> tuple[str, ...]:
        """What a new event of this cell follows."""
        return (self.founding.id, *(head.id for head in self.heads(cell)))

    def before(self, event: Event) -> tuple[Event, ...]:
        """The events of the same cell that this one follows directly."""
        return tuple(self.events[parent] for parent in event.parents if self.events[parent].cell == event.cell)

    def shown(self, cell: Cell) -> Json:
        heads = self._heads.get(cell)
        return heads[-1].value if heads else None

    def values(self) -> dict[Cell, Json]:
        """The fold: the shown value of every cell that has one. Records of the document itself are no cells."""
        return {
            cell: heads[-1].value
            for cell, heads in self._heads.items()
            if heads[-1].value is not None and cell != FOUNDED and cell[0] != SEAL
        }

    def conflicted(self, cell: Cell) -> bool:
        """Whether heads of the cell differ in value; the same value given twice is no conflict."""
        heads = self.heads(cell)
        return len(heads) > 1 and any(head.value != heads[0].value for head in heads[1:])

    def conflicts(self) -> dict[Cell, tuple[Event, ...]]:
        return {cell: heads for cell, heads in self._heads.items() if cell[0] != SEAL and self.conflicted(cell)}

    def in_order(self, events: Iterable[Event]) -> tuple[Event, ...]:
        """Events sorted for display: after what they follow, then by time, then by id."""
        chosen = {event.id: event for event in events}
        waiting: dict[str, int] = {}
        followers: dict[str, list[Event]] = {}
        for event in chosen.values():
            inside = [parent for parent in event.parents if parent in chosen]
            waiting[event.id] = len(inside)
            for parent in inside:
                followers.setdefault(parent, []).append(event)
        ready = [(event.order, event.id) for event in chosen.values() if not waiting[event.id]]
        heapq.heapify(ready)
        out: list[Event] = []
        while ready:
            _, id = heapq.heappop(ready)
            out.append(chosen[id])
            for follower in followers.get(id, ()):
                waiting[follower.id] -= 1
                if not waiting[follower.id]:
                    heapq.heappush(ready, (follower.order, follower.id))
        return tuple(out)

    def history(self, item: str, column: str | None = None) -> tuple[Event, ...]:
        wanted: Mapping[Cell, list[Event]] = self.cells
        return self.in_order(
            event
            for cell, events in wanted.items()
            if cell[0] == item and column in (None, cell[1])
            for event in events
        )

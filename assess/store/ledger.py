"""The ledger: all events of a document in memory, the heads of every cell, and their fold.

Events come in parents first; a new one is then always a head of its cell, so that adding costs no more than its own
cell. A cell whose heads differ in value is a conflict; until it is resolved, the head with the latest time (then the
greatest id) is shown, which is the same in every copy of the document.

Events of a merge that was taken back stand aside: they stay here and in the history, and the fold is made as if they
were not there. Which ones these are follows from the records of taking back alone (`taken_back.py`), so that every
copy with the same events folds to the same document, in whatever order they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from assess.answers import Cell, Json
from assess.store.events import FOUNDED, RECORDS, TAKEN_BACK, Event, named_aside


class Ledger:
    """Events by id, by cell and by action, each in the order of arrival in this file."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.cells: dict[Cell, list[Event]] = {}
        self.actions: dict[str, list[Event]] = {}
        self.aside: AbstractSet[str] = frozenset()
        """Ids of the events that were taken back, whether they are here already or not."""
        self._ends: dict[Cell, tuple[Event, ...]] = {}
        self._heads: dict[Cell, tuple[Event, ...]] = {}
        self._founding: Event | None = None

    @property
    def founding(self) -> Event:
        assert self._founding is not None
        return self._founding

    def add(self, event: Event) -> AbstractSet[Cell]:
        """Take in one event; returns the cells whose heads it may have changed.

        Raises ValueError when it follows an event that is not here, or founds a second time.
        """
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
        left = tuple(end for end in self._ends.get(event.cell, ()) if end.id not in event.parents)
        self._ends[event.cell] = tuple(sorted((*left, event), key=lambda end: end.order))
        self._fold(event.cell)
        return {event.cell} | (self._set_aside() if event.item == TAKEN_BACK else set())

    def _fold(self, cell: Cell) -> None:
        """The heads of a cell: what nothing follows among the events that do not stand aside."""
        events = self.cells[cell]
        if not self.aside or cell[0] in RECORDS[:2] or all(event.id not in self.aside for event in events):
            self._heads[cell] = self._ends[cell]
            return
        standing = [event for event in events if event.id not in self.aside]
        followed: set[str] = set()
        waiting = [parent for event in standing for parent in event.parents]
        while waiting:
            found = waiting.pop()
            if found not in followed and self.events[found].cell == cell:
                followed.add(found)
                waiting += self.events[found].parents
        heads = [event for event in standing if event.id not in followed]
        self._heads[cell] = tuple(sorted(heads, key=lambda head: head.order))

    def _set_aside(self) -> set[Cell]:
        """Read anew which events stand aside; returns the cells this concerns."""
        records = (heads[-1] for cell, heads in self._heads.items() if cell[0] == TAKEN_BACK)
        aside = frozenset().union(*(named_aside(record.value) for record in records))
        moved = {self.events[id].cell for id in aside ^ self.aside if id in self.events}
        self.aside = aside
        for cell in moved:
            self._fold(cell)
        return moved

    def heads(self, cell: Cell) -> tuple[Event, ...]:
        """Events of the cell that nothing follows, by time and id; the last is the one shown."""
        return self._heads.get(cell, ())

    def ends(self) -> Iterator[Event]:
        """What no event at all follows, those aside too: together they hold every event, which a seal lists."""
        for ends in self._ends.values():
            yield from ends

    def all_heads(self) -> Iterator[Event]:
        for heads in self._heads.values():
            yield from heads

    def parents(self, cell: Cell) -> tuple[str, ...]:
        """What a new event of this cell follows."""
        return (self.founding.id, *(head.id for head in self.heads(cell)))

    def before(self, event: Event) -> tuple[Event, ...]:
        """The events of the same cell that this one follows directly, seen past what stands aside."""
        found: dict[str, Event] = {}
        waiting = list(event.parents)
        while waiting:
            parent = self.events[waiting.pop(0)]
            if parent.cell == event.cell and parent.id in self.aside:
                waiting += parent.parents
            elif parent.cell == event.cell:
                found[parent.id] = parent
        return tuple(found.values())

    def shown(self, cell: Cell) -> Json:
        heads = self._heads.get(cell)
        return heads[-1].value if heads else None

    def values(self) -> dict[Cell, Json]:
        """The fold: the shown value of every cell that has one. Records of the document itself are no cells."""
        return {
            cell: heads[-1].value
            for cell, heads in self._heads.items()
            if heads and heads[-1].value is not None and cell[0] not in RECORDS
        }

    def conflicted(self, cell: Cell) -> bool:
        """Whether heads of the cell differ in value; the same value given twice is no conflict."""
        heads = self.heads(cell)
        return len(heads) > 1 and any(head.value != heads[0].value for head in heads[1:])

    def conflicts(self) -> dict[Cell, tuple[Event, ...]]:
        return {cell: heads for cell, heads in self._heads.items() if cell[0] not in RECORDS and self.conflicted(cell)}

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

"""Changing an open document: one operation, one transaction; undo and redo; and what the medium did not take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from assess.answers import Cell, Json
from assess.language import say
from assess.problems import Problem
from assess.store import failures
from assess.store.changes import Changes
from assess.store.events import RECORDS, Author, Event, action_id, make, tagged, untagged
from assess.store.reading import Reading
from assess.store.undo import Undo
from assess.store.waiting import Memory, drop_rescue, rescue_path


class Changing(Reading):
    """A document whose cells are set, and the operations that know nothing of what the cells mean.

    A `patient` document keeps what the medium does not take (`waiting`, with `trouble` the reason), shows it, and
    writes it with `save_waiting`; any other raises the Problem and stays as it was.
    """

    def act_as(self, author: Author) -> Changes:
        """From now on somebody else works on the open document; what can be undone is what that person did last."""
        undo = Undo(self._ledger, author)
        for event in self._ledger.events.values():
            undo.note(event, merged=event.id in self._merged)
        self.author, self._undo = author, undo
        return Changes({}, (), "", self._now(), "author")

    def set_cells(self, cells: Mapping[Cell, Json], kind: str = "cells") -> Changes:
        """Set cells as one operation: one transaction, one action id. None empties a cell.

        Cells that already show the value are left alone unless they are in conflict; setting a conflicting cell
        settles it. When the method returns, the change is on the medium. Problems: store.read-only and those of
        writing; after a Problem nothing has changed.
        """
        self._writable()
        wanted: dict[Cell, Json] = {}
        for (item, column), value in cells.items():
            words = untagged(tagged([item, column, value]))
            wanted[(words[0], words[1])] = words[2]
        if wrong := [cell for cell, value in wanted.items() if not self._fits(cell, value)]:
            raise ValueError(f"values that do not fit their cells: {wrong}")
        fresh = {
            cell: value
            for cell, value in wanted.items()
            if not _same(value, self._ledger.shown(cell)) or self._ledger.conflicted(cell)
        }
        if not fresh:
            return Changes({}, (), "", self._now(), kind)
        return self._write(fresh, kind)

    def _write(self, fresh: Mapping[Cell, Json], kind: str, of: str = "") -> Changes:
        if self.standing.closed and any(self._closed_to(cell) for cell in fresh):
            raise failures.closed(self.standing)
        at = self._now()
        parents = {cell: self._ledger.parents(cell) for cell in fresh}
        action = action_id(self.author, at, kind, parents)
        made = [
            make(self.author, at, cell, value, parents=parents[cell], action=action, kind=kind, of=of)
            for cell, value in fresh.items()
        ]
        rows = [(event.id, content, 0) for event, content in made]
        if self._waiting.put(self._file, rows, patient=self.patient):
            self.last_saved = self._now()
        changes = self._take_in([event for event, _ in made], action, at, kind, merged=False)
        if self._waiting:
            self._rescue()
        return changes

    def _record(self, cell: Cell, value: Json, kind: str) -> Event:
        """Write a record about the document itself; it changes no cell."""
        self.save_waiting()
        at = self._now()
        parents = self._ledger.parents(cell)
        action = action_id(self.author, at, kind, {cell: parents})
        event, content = make(self.author, at, cell, value, parents=parents, action=action, kind=kind)
        with self._file.writing():
            self._file.add_events([(event.id, content, 0)])
        self.last_saved = self._now()
        self._take_in([event], action, at, kind, merged=False)
        return event

    def _take_in(self, events: Iterable[Event], action: str, at: datetime, kind: str, *, merged: bool) -> Changes:
        """Events that are on the medium, into ledger, undo and fold; returns what now shows differently."""
        touched: set[Cell] = set()
        for event in events:
            touched |= self._ledger.add(event)
            self._undo.note(event, merged=merged)
            if merged:
                self._merged.add(event.id)
        values = dict(self._values)
        changed: dict[Cell, Json] = {}
        for cell in sorted(touched):
            value = self._ledger.shown(cell)
            if cell[0] in RECORDS or _same(value, values.get(cell)):
                continue
            changed[cell] = value
            if value is None:
                values.pop(cell, None)
            else:
                values[cell] = value
        self._values = values
        changed.update(self._folded(changed))
        return Changes(changed, tuple(sorted({item for item, _ in changed})), action, at, kind)

    def _closed_to(self, cell: Cell) -> bool:
        """Whether a closing seal keeps this cell as it is for the author of now."""
        return True

    def _folded(self, changed: Mapping[Cell, Json]) -> Mapping[Cell, Json]:
        """Called after every change of the values; returns further cells that show differently because of it."""
        return {}

    def resolve(self, cell: Cell, event_id: str) -> Changes:
        """Settle a conflict in favor of one of its heads; the event follows all of them."""
        chosen = next((head for head in self._ledger.heads(cell) if head.id == event_id), None)
        if chosen is None or not self._ledger.conflicted(cell):
            raise Problem(
                "document.no-conflict",
                say("{item} is no longer in conflict.", item=cell[0]),
                say("It has been settled meanwhile; look at its history."),
            )
        return self.set_cells({cell: chosen.value}, "resolve")

    def undo(self) -> Changes:
        """Undo one's own last operation. Problems: undo.nothing, undo.moved, undo.resolved, undo.across-merge."""
        self._writable()
        action, values = self._undo.to_undo()
        return self._write(values, "undo", action)

    def redo(self) -> Changes:
        """Redo what was undone last. Problems: undo.nothing-to-redo, undo.moved."""
        self._writable()
        action, values = self._undo.to_redo()
        return self._write(values, "redo", action)

    @property
    def waiting(self) -> int:
        """How many operations are shown and not on the medium yet."""
        return len({self._ledger.events[id].action for id, _content, _arrival in self._waiting.rows})

    @property
    def trouble(self) -> Problem | None:
        """Why they are not on the medium."""
        return self._waiting.problem

    def save_waiting(self) -> Changes:
        """Write what waits; raises the Problem that still keeps it from the medium. No cell changes by it."""
        if self._waiting:
            held = {id for id, _content, _arrival in self._waiting.rows}
            self._waiting.save(self._file, [id for id in self._ledger.events if id not in held])
            if self._ownership is not None:
                self._ownership.renew(self.path, self.author, self._now())
            self.last_saved = self._now()
            drop_rescue(self._rescue_path)
        return Changes({}, (), "", self._now(), "saved")

    @property
    def _rescue_path(self) -> Path:
        return rescue_path(self._assessment, self.path)

    @property
    def _assessment(self) -> str:
        return str(self._ledger.founding.value.get("assessment", ""))

    def _memory(self) -> Memory:
        return Memory(self._file, self._ledger, self._sources(), self._now(), frozenset(self._merged))

    def _rescue(self) -> None:
        """Keep what waits where the end of the program does not lose it, if anything can be written anywhere."""
        try:
            self._memory().rescue(self._rescue_path)
            self.kept_here = True
        except Problem:  # the window still has it and says so
            self.kept_here = False


def _same(one: Json, other: Json) -> bool:
    """Equal in value and in kind: 1, 1.0 and true differ."""
    return bool(tagged(one) == tagged(other))

"""Undo and redo, read from the events alone, so that they survive reopening (D26).

Only one's own last operation, only while its cells have not moved since, never across a merge. Undoing writes the
former values as new events; a new operation of one's own empties the list of what can be redone.
"""

from __future__ import annotations

from assess.answers import Cell, Json
from assess.language import say
from assess.problems import Problem
from assess.store.events import Author, Event
from assess.store.ledger import Ledger

RECORDS = ("create", "seal", "reopen", "issue")


class Undo:
    """What one author can undo and redo in one ledger. Feed it every action in the order of arrival."""

    def __init__(self, ledger: Ledger, author: Author) -> None:
        self._ledger = ledger
        self._who = (author.name, author.unit, author.role)
        self._done: list[str] = []
        self._undone: list[str] = []
        self._merged = False

    def note(self, event: Event, *, merged: bool) -> None:
        """Take in one event that has just been added to the ledger."""
        if merged:
            self._merged = self._merged or bool(self._done or self._undone)
            self._done.clear()
            self._undone.clear()
            return
        if event.kind in RECORDS or (event.author, event.unit, event.role) != self._who:
            return
        if event.kind == "undo":
            if self._done and self._done[-1] == event.of:
                self._undone.append(self._done.pop())
        elif event.kind == "redo":
            if self._undone and self._undone[-1] == event.of:
                self._done.append(self._undone.pop())
        elif not self._done or self._done[-1] != event.action:
            self._done.append(event.action)
            self._undone.clear()

    def to_undo(self) -> tuple[str, dict[Cell, Json]]:
        """The action to undo and the values to write. Raises Problem when there is none or it may not be."""
        if not self._done:
            raise self._nothing_to_undo()
        action = self._done[-1]
        values: dict[Cell, Json] = {}
        for event in self._ledger.actions[action]:
            if self._standing(event.cell) != event.id:
                raise self._moved(event)
            before = self._ledger.before(event)
            if len(before) > 1:
                raise Problem(
                    "undo.resolved",
                    say("The last operation settled differing values of {item}; it cannot be undone.", item=event.item),
                    say("Enter the value you want instead."),
                )
            values[event.cell] = before[0].value if before else None
        return action, values

    def to_redo(self) -> tuple[str, dict[Cell, Json]]:
        """The action to redo and the values to write. Raises Problem when there is none or it may not be."""
        if not self._undone:
            raise Problem(
                "undo.nothing-to-redo",
                say("There is nothing to redo."),
                say("Redoing is possible right after undoing, until something new is entered."),
            )
        action = self._undone[-1]
        values: dict[Cell, Json] = {}
        for event in self._ledger.actions[action]:
            before = self._ledger.before(event)
            if self._standing(event.cell) != (self._root(before[0]) if before else None):
                raise self._moved(event)
            values[event.cell] = event.value
        return action, values

    def last(self) -> tuple[Event, ...]:
        return tuple(self._ledger.actions[self._done[-1]]) if self._done else ()

    def last_undone(self) -> tuple[Event, ...]:
        return tuple(self._ledger.actions[self._undone[-1]]) if self._undone else ()

    def _standing(self, cell: Cell) -> str | None:
        """Id of the event whose value stands in the cell, seen through undo and redo; "" for several heads."""
        heads = self._ledger.heads(cell)
        if not heads:
            return None
        return self._root(heads[0]) if len(heads) == 1 else ""

    def _root(self, event: Event) -> str | None:
        current: Event | None = event
        seen: set[str] = set()
        while current is not None and current.kind in ("undo", "redo") and current.id not in seen:
            seen.add(current.id)
            cell = current.cell
            origin = next((e for e in self._ledger.actions.get(current.of, ()) if e.cell == cell), None)
            if origin is None:
                return current.id
            if current.kind == "redo":
                return origin.id
            before = self._ledger.before(origin)
            current = before[0] if before else None
        return current.id if current is not None else None

    def _nothing_to_undo(self) -> Problem:
        if self._merged:
            return Problem(
                "undo.across-merge",
                say("What was done before the last merge cannot be undone."),
                say("Enter the value you want instead; the history keeps both."),
            )
        return Problem(
            "undo.nothing",
            say("There is nothing of yours to undo."),
            say("The history of a question shows who entered what."),
        )

    @staticmethod
    def _moved(event: Event) -> Problem:
        return Problem(
            "undo.moved",
            say("{item} has been changed since; the operation cannot be undone or redone as a whole.", item=event.item),
            say("Enter the value you want instead; the history keeps both."),
        )

"""A document of answers as one person sees it: its framework, its sheet, and what the review keeps from whom.

What is blind to a person is not in the sheet, the history or the conflicts shown to that person (D17); what the review
has settled is not undone. The sheet is frozen and may be read anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from assess import rights
from assess.answers import Cell, Json, Profile, Role, Sheet
from assess.framework.model import Framework
from assess.language import Message, say
from assess.operations import describe, filled_in, fits, in_force_digest
from assess.problems import Problem
from assess.store.changes import Changes
from assess.store.document import Document
from assess.store.events import Author, Event, canonical, digest

PROFILE = "@profile"
PARAMETER = "parameters/"
REVIEWED: Cell = ("@status", "reviewed")
_read: dict[str, Framework] = {}  # frameworks read from documents, by the digest of their sources


class Seen(Document):
    """Framework, sheet and rights over a document. `Assessment` adds the operations people know by name."""

    _fits = staticmethod(fits)
    _sheet: Sheet | None = None
    _mark: str | None = None
    _framework: Framework | None = None

    @property
    def id(self) -> UUID:
        return UUID(self._ledger.founding.value["assessment"])

    @property
    def whole_framework(self) -> Framework:
        """The framework the document was made with, as the document holds it."""
        if self._framework is None:
            _, sources = self._file.framework()
            key = _key(sources)
            if key not in _read:
                from assess.framework.read import from_sources

                _read[key] = from_sources(sources)
            self._framework = _read[key]
        return self._framework

    @property
    def framework(self) -> Framework:
        """The framework as this unit sees it: the items of its administrative level and scope, county words."""
        from assess.framework.tiers import tailored

        return tailored(self.whole_framework, self.profile)

    @property
    def sheet(self) -> Sheet:
        if self._sheet is None:
            self._sheet = self._make_sheet()
        return self._sheet

    @property
    def profile(self) -> Profile:
        return self.sheet.profile

    @property
    def role(self) -> Role:
        return self.profile.role

    @property
    def package(self) -> Mapping[str, Json]:
        """What an issued copy says of itself (to whom, until when); empty in a master."""
        return MappingProxyType(json.loads(self._file.facts().get("package", "{}")))

    @property
    def copy_mark(self) -> str:
        """Empty in a master; in a package, sixteen hexadecimal digits over its key, or else over the items it holds."""
        if self._mark is None:
            scope, key = self._file.facts().get("scope"), self.package.get("key")
            self._mark = digest(canonical(key or sorted(json.loads(scope))))[:16] if scope else ""
        return self._mark

    def _closed_to(self, cell: Cell) -> bool:
        return filled_in(cell, self.author.role) and rights.state(self._values, cell[0]) != "returned"

    def _sources(self) -> tuple[str, Mapping[str, str]]:
        return self.whole_framework.digest, self.whole_framework.sources

    def _make_sheet(self) -> Sheet:
        values = self._values
        about = {column: value for (item, column), value in values.items() if item == PROFILE}
        facts = self._file.facts()
        about["parameters"] = self._parameters()
        about["role"] = facts.get("role", "master")
        if "scope" in facts:
            about["scope"] = json.loads(facts["scope"])
        reviewed = values.get(REVIEWED)
        if isinstance(reviewed, dict) and reviewed.get("state", "") not in ("", in_force_digest(values)):
            values = {cell: value for cell, value in values.items() if cell != REVIEWED}
        return Sheet(Profile.from_json(about), MappingProxyType(rights.seen(values, self.author.role)))

    def _parameters(self) -> dict[str, Json]:
        """The parameters of the profile: as they were founded, and each as it was set since."""
        held = dict(self._values.get((PROFILE, "parameters")) or {})
        for (item, column), value in self._values.items():
            if item == PROFILE and column.startswith(PARAMETER):
                held[column.removeprefix(PARAMETER)] = value
        return held

    def _folded(self, changed: Mapping[Cell, Json]) -> Mapping[Cell, Json]:
        before = self._sheet
        self._sheet = self._make_sheet()
        shown = self._sheet.cells.get(REVIEWED)
        was = before.cells.get(REVIEWED) if before is not None else shown
        return {REVIEWED: shown} if was != shown else {}

    def act_as(self, author: Author) -> Changes:
        """As in Document; what the other person may see of a blind review is seen anew (D17)."""
        changes = super().act_as(author)
        self._sheet = None
        return changes

    def history(self, code: str, column: str | None = None) -> tuple[Event, ...]:
        """As in Document, without what is blind to the person who asks (D17)."""
        return rights.seen_events(self._values, super().history(code, column), self.author.role)

    def conflicts(self) -> Mapping[Cell, tuple[Event, ...]]:
        """As in Document, without what is blind to the person who asks (D17)."""
        role = self.author.role
        return {cell: heads for cell, heads in super().conflicts().items() if rights.visible(self._values, cell, role)}

    def _take_in(self, events: Iterable[Event], action: str, at: datetime, kind: str, *, merged: bool) -> Changes:
        changes = super()._take_in(events, action, at, kind, merged=merged)
        role = self.author.role
        shown = {cell: value for cell, value in changes.cells.items() if rights.visible(self._values, cell, role)}
        return replace(changes, cells=shown)

    def undo(self) -> Changes:
        """As in Document. Problem review.locked for what the review has settled since."""
        if not self.read_only:
            self._retractable(self._undo.to_undo)
        return super().undo()

    def redo(self) -> Changes:
        """As in Document. Problem review.locked for what the review has settled since."""
        if not self.read_only:
            self._retractable(self._undo.to_redo)
        return super().redo()

    def _retractable(self, attempt: Callable[[], tuple[str, Mapping[Cell, Json]]]) -> None:
        rights.retractable(self._values, attempt()[1])

    @property
    def undoable(self) -> Message | None:
        """What `undo` would undo, in words; None when it would refuse."""
        return self._offered(lambda: self._retractable(self._undo.to_undo), self._undo.last, say("Undo: {what}"))

    @property
    def redoable(self) -> Message | None:
        """What `redo` would redo, in words; None when it would refuse."""
        return self._offered(lambda: self._retractable(self._undo.to_redo), self._undo.last_undone, say("Redo: {what}"))

    def _offered(
        self, attempt: Callable[[], object], last: Callable[[], tuple[Event, ...]], words: Message
    ) -> Message | None:
        if self.read_only:
            return None
        events = last()
        if self.standing.closed and any(self._closed_to(event.cell) for event in events):
            return None
        try:
            attempt()
        except Problem:
            return None
        return replace(words, values={"what": describe(events)})

    def set_cells(self, cells: Mapping[Cell, Json], kind: str = "cells") -> Changes:
        """As in Document; "reviewed" is always bound to the values in force at this moment (D54).

        Problems besides those of writing: review.* (see rights.py) for what is locked or belongs to somebody else.
        """
        if not self.read_only:
            held = self._ledger.cells
            cells = rights.admitted(
                self.framework, self._values, cells, self.author, self._now(), lambda cell: held.get(cell, ())
            )
        value = cells.get(REVIEWED)
        if isinstance(value, dict) and "state" not in value:
            cells = {**cells, REVIEWED: {**value, "state": in_force_digest({**self._values, **cells})}}
        return super().set_cells(cells, kind)


def remember(framework: Framework) -> None:
    """Keep a framework that is read already, so that a document made with it need not read it again."""
    _read.setdefault(_key(framework.sources), framework)


def _key(sources: Mapping[str, str]) -> str:
    return digest(json.dumps(sorted(sources.items())))

"""What an operation changed: told once, to whoever shows the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.answers import Cell, Json


@dataclass(frozen=True, slots=True)
class Changes:
    """One operation. `cells` are the cells whose shown value changed, with the new value (None: empty now).

    `items` are their items, sorted; `action` is the id shared by its events, "" when nothing had to be written.
    """

    cells: Mapping[Cell, Json]
    items: tuple[str, ...]
    action: str
    at: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge brought: new events and attachments, who made them, what is in conflict now."""

    changes: Changes
    events: int
    attachments: int
    conflicts: tuple[Cell, ...]
    authors: tuple[str, ...]

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.changes.cells

    @property
    def items(self) -> tuple[str, ...]:
        return self.changes.items

    @property
    def kind(self) -> str:
        return self.changes.kind

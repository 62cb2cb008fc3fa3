"""What became of every file of a batch of returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from assess.answers import Cell, Json
from assess.language import Message, say
from assess.packages.carry_over import CarryOver
from assess.problems import Finding, Problem
from assess.store.changes import Changes
from assess.store.verify import Digest

OutcomeState = Literal["taken", "again", "refused", "stopped", "waiting", "left_out"]
STATE_WORDS: Mapping[str, Message] = {
    "taken": say("taken in"),
    "again": say("nothing new"),
    "refused": say("not taken in"),
    "stopped": say("not looked at"),
    "waiting": say("to be taken in"),
    "left_out": say("taken back before"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file. `key` and `unit` name the recipient it came from; `digest` is that of the file,
    `seal` that of its seal. `place` is its import (see `imports`), where it brought something. `left_out`: it was
    taken in and taken back; it stays out until somebody takes it into account again.

    `unfinished`: taken in although it was not handed back. `findings` and `doubts` concern forms: cells that were not
    read, and readings that wait for a person. `missing` attachments are named by evidence but did not come along.
    """

    path: Path
    state: OutcomeState
    problem: Problem | None = None
    key: str = ""
    unit: str = ""
    form: bool = False
    unfinished: bool = False
    events: int = 0
    attachments: int = 0
    missing: int = 0
    items: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    conflicts: tuple[Cell, ...] = ()
    authors: tuple[str, ...] = ()
    answered: int = 0
    total: int = 0
    at: datetime | None = None
    returned: datetime | None = None
    digest: str = ""
    seal: Digest | None = None
    carried: CarryOver | None = None
    findings: tuple[Finding, ...] = ()
    doubts: int = 0
    place: tuple[str, int] | None = None

    @property
    def state_words(self) -> Message:
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Intake:
    """A batch: what became of each file, and what changed in the master as one operation tells it."""

    outcomes: tuple[Outcome, ...]
    changes: Changes
    events: int = 0
    attachments: int = 0

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.changes.cells

    @property
    def items(self) -> tuple[str, ...]:
        return self.changes.items

    @property
    def kind(self) -> str:
        return self.changes.kind

    @property
    def taken(self) -> tuple[Outcome, ...]:
        return tuple(one for one in self.outcomes if one.state in ("taken", "again"))

    @property
    def refused(self) -> tuple[Outcome, ...]:
        return tuple(one for one in self.outcomes if one.state == "refused")

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """The imports of the batch: what is taken back when all of it is."""
        return tuple(one.place for one in self.outcomes if one.place is not None)

    @property
    def conflicts(self) -> tuple[Cell, ...]:
        """Cells that are in conflict now because of these files."""
        return tuple(dict.fromkeys(cell for one in self.outcomes for cell in one.conflicts))

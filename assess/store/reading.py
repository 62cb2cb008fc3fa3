"""What an open document shows without being changed: ledger, history, conflicts, seals, bytes of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Self

from assess.answers import Cell, Json
from assess.language import Message
from assess.problems import Finding, Problem
from assess.store import evidence, failures, verify
from assess.store.events import SEAL, Author, Event
from assess.store.file import File
from assess.store.ownership import Ownership
from assess.store.seals import REOPENING, Standing, standing
from assess.store.undo import Undo
from assess.store.verify import Digest
from assess.store.waiting import Waiting

Clock = Callable[[], datetime]


class Reading:
    """A document file with the ledger read from it.

    Cells in conflict show the head with the latest time, then the greatest id.
    """

    _standing: tuple[tuple[int, str], Standing] | None = None

    def __init__(
        self, file: File, author: Author, now: Clock, ownership: Ownership | None, reason: Message | None
    ) -> None:
        self.path = file.path
        self.author = author
        self.read_only_reason = reason
        self.backup_trouble: Problem | None = None
        self.patient = False
        self.rescued = 0
        self.kept_here = False
        """Whether what waits also lies in a rescue copy on this computer."""
        self._waiting = Waiting()
        self._merged: set[str] = set()
        self._file = file
        self._now = now
        self._ownership = ownership
        self._ledger, arrivals = verify.load(file, self._fits)
        self._undo = Undo(self._ledger, author)
        for event, arrival in zip(self._ledger.events.values(), arrivals, strict=True):
            self._undo.note(event, merged=arrival > 0)
            if arrival > 0:
                self._merged.add(event.id)
        self._values = self._ledger.values()
        self.last_saved = event.at

    def close(self) -> None:
        """Release file and lock. Nothing is saved here: everything is saved already."""
        self._file.close()
        if self._ownership is not None:
            self._ownership.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        return self.read_only_reason is not None

    @property
    def encrypted(self) -> bool:
        return self._file.passphrase is not None

    @property
    def last_author(self) -> str:
        """Name of whoever made the last change, else the unit; empty where neither is known."""
        events = [event for event in self._ledger.events.values() if event.kind != "create"]
        last = max(events, key=lambda event: event.order, default=None)
        return last.author or last.unit if last is not None else ""

    def history(self, code: str, column: str | None = None) -> tuple[Event, ...]:
        """Every event of an item (or of one of its columns), after what it follows, then by time, then by id."""
        return self._ledger.history(code, column)

    def given(self, column: str) -> Iterator[Event]:
        """The events of one column of every item, in no order."""
        for (_item, where), events in self._ledger.cells.items():
            if where == column:
                yield from events

    def conflicts(self) -> Mapping[Cell, tuple[Event, ...]]:
        """Cells whose heads differ in value, with the heads by time and id; the last one is the value shown."""
        return self._ledger.conflicts()

    def seals(self) -> tuple[Event, ...]:
        """The seals in order, those of packages taken in too; see `standing` for what they mean."""
        return tuple(event for event in self._ledger.history(SEAL) if not event.column.startswith(REOPENING))

    @property
    def copy_mark(self) -> str:
        """Empty for a whole document; a package is told by what it holds."""
        return ""

    @property
    def standing(self) -> Standing:
        """Seals, reopenings and what changed since, as of now."""
        count = len(self._ledger.events)
        if self._standing is None or self._standing[0] != (count, self.copy_mark):
            self._standing = ((count, self.copy_mark), standing(self._ledger, self.copy_mark))
        return self._standing[1]

    def sealed(self) -> Digest | None:
        """The digest of the last seal; None where nothing was sealed, it was reopened or something changed since."""
        return self.standing.digest

    def verify(self) -> tuple[Finding, ...]:
        """What does not hold in the file as it lies on the medium: ids, parents, seals, attachments."""
        return verify.examine(self._file)

    def evidence_bytes(self, digest: str) -> Iterator[bytes]:
        """The bytes of an attachment in chunks of 1 MiB. Problems: evidence.absent, store.damaged."""
        return evidence.content(self._file, digest)

    def attachments(self) -> Mapping[str, int]:
        """Sizes in bytes of the attachments that are here, by digest."""
        return self._file.attachments()

    def check_attachment(self, digest: str) -> int:
        """Read an attachment and compare its SHA-256; returns its size. Problems: evidence.absent, evidence.altered."""
        try:
            return sum(len(data) for data in evidence.content(self._file, digest))
        except Problem as problem:
            if problem.code != "store.damaged":
                raise
            raise evidence.altered() from problem

    @staticmethod
    def _fits(cell: Cell, value: Json) -> bool:
        """Whether a value has the shape its cell demands; what does not is neither written nor read."""
        return True

    def _sources(self) -> tuple[str, Mapping[str, str]]:
        """Digest and sources of the framework of the document."""
        return self._file.framework()

    def _writable(self) -> None:
        if self.read_only_reason is not None:
            raise failures.read_only(self.read_only_reason)

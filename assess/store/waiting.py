"""What was entered while the medium did not take it: made, shown, and waiting to be written.

A window keeps such events in memory and tries again; nothing says "saved" meanwhile. So that not even the end of the
program loses them, a rescue copy without attachments is kept in the user's data folder, under the same passphrase, and
joined to the document when it is next opened for writing. A copy saved elsewhere is written from memory where the
document itself no longer answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assess.problems import Problem
from assess.store import evidence, failures, kept
from assess.store.events import Event, canonical, digest, stamp
from assess.store.file import File
from assess.store.ledger import Ledger
from assess.store.tables import TALLY, Row

RETURNING = (
    "store.medium-failed",
    "store.moved",
    "store.missing",
    "store.no-folder",
    "store.read-only-medium",
    "store.no-access",
    "store.other-file",
    "store.unreachable",
    "store.damaged",
)
"""After these the document is connected to anew: the stick may have been put back in."""

RESCUED_FROM = "rescued_from"
OF_ANOTHER = ("store.other-assessment", "store.other-framework", "store.wrong-passphrase", "store.passphrase-needed")


class Waiting:
    """Rows that are not on the medium, in order, and the failure that keeps them from it."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.problem: Problem | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def put(self, file: File, rows: list[Row], *, patient: bool) -> bool:
        """Write rows; True when they are on the medium. Patient: what fails waits, and so does all that follows."""
        if self.rows:
            self.rows += rows
            return False
        try:
            with file.writing():
                file.add_events(rows)
        except Problem as problem:
            if not patient or problem.code not in failures.HELD:
                raise
            self.rows, self.problem = list(rows), failures.held_back(problem)
            return False
        return True

    def save(self, file: File, saved: Iterable[str]) -> None:
        """Write what waits. `saved` are the events that were written before. Raises the Problem that still holds."""
        try:
            try:
                self._write(file)
            except Problem as problem:
                if problem.code not in RETURNING:
                    raise
                file.reconnect(list(saved), [row[0] for row in self.rows])
                self._write(file)
        except Problem as problem:
            if problem.code not in failures.HELD:
                raise
            self.problem = failures.held_back(problem)
            raise self.problem from problem
        self.rows, self.problem = [], None

    def _write(self, file: File) -> None:
        with file.writing():
            file.add_missing(self.rows)


def content_of(event: Event) -> str:
    """The canonical content of an event, made again from its fields. Its digest is the id of the event."""
    fields: dict[str, object] = {
        "action": event.action,
        "at": stamp(event.at),
        "author": event.author,
        "column": event.column,
        "item": event.item,
        "kind": event.kind,
        "parents": sorted(event.parents),
        "role": event.role,
        "unit": event.unit,
        "value": event.value,
    }
    if event.post:
        fields["post"] = event.post
    if event.of:
        fields["of"] = event.of
    return canonical(fields)


@dataclass(frozen=True, slots=True)
class Memory:
    """What an open document knows of itself without its medium; `file` is asked for the bytes of attachments alone.

    `framework` is its digest and sources, `merged` the ids of events that came by merging.
    """

    file: File
    ledger: Ledger
    framework: tuple[str, Mapping[str, str]]
    at: datetime
    merged: frozenset[str]

    def save(self, target: Path, passphrase: str | None) -> int:
        """Everything as a new file; returns how many attachments could not be read. Problems: those of creating."""
        wanted = self.named()
        lost: list[str] = []

        def fill(new: File) -> None:
            self._write(new)
            lost.extend(name for name in wanted if not self._take_bytes(new, name))

        File.create(target, passphrase, fill).close()
        return len(lost)

    def rescue(self, target: Path) -> None:
        """Everything but attachments, under the passphrase of the document. Problems: those of writing."""
        with failures.told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f"~$fresh-{target.name}")
            fresh.unlink(missing_ok=True)
            try:
                File.create(fresh, self.file.passphrase, self._rescued).close()
                fresh.replace(target)
            finally:
                fresh.unlink(missing_ok=True)

    def named(self) -> list[str]:
        """Digests of the attachments that events name."""
        values = (event.value for event in self.ledger.events.values() if event.column.startswith("evidence/"))
        found = (str(value.get("digest", "")) for value in values if isinstance(value, Mapping))
        return list(dict.fromkeys(name for name in found if name))

    def _rescued(self, new: File) -> None:
        self._write(new)
        new.set_fact(RESCUED_FROM, str(self.file.path))

    def _write(self, new: File) -> None:
        for key, value in self.file.facts().items():
            if key != TALLY:
                new.set_fact(key, value)
        new.set_framework(*self.framework)
        number = new.add_arrival(stamp(self.at), self.file.path.name) if self.merged else 0
        rows: list[Row] = []
        for event in self.ledger.events.values():
            content = content_of(event)
            if digest(content) != event.id:
                raise failures.damaged(self.file.path, f"event {event.id[:16]} cannot be written again")
            rows.append((event.id, content, number if event.id in self.merged else 0))
        new.add_events(rows)

    def _take_bytes(self, new: File, name: str) -> bool:
        """Copy one attachment as far as the medium gives it; what is not whole is left out again."""
        number = size = 0
        chunks = evidence.content(self.file, name)
        while True:
            try:
                data = next(chunks, None)
            except Problem:
                new.drop_chunks(name)
                return False
            if data is None:
                new.add_attachment(name, size)
                return True
            new.add_chunk(name, number, data)
            number, size = number + 1, size + len(data)


def rescue_path(assessment: str, document: Path) -> Path:
    """Where the rescue copy of a document lies."""
    name = re.sub(r"[^\w.-]", "_", document.stem)[:40]
    return kept.own_folder() / "rescue" / f"{assessment[:36]} {name}.zhd"


def other_rescues(assessment: str, document: Path) -> tuple[Path, ...]:
    """Rescue copies of this assessment that were made under another name of a document, in order."""
    own = rescue_path(assessment, document)
    return tuple(sorted(one for one in own.parent.glob(f"{assessment[:36]} *.zhd") if one.name != own.name))


def rescue_of_renamed(path: Path, file: File) -> bool | None:
    """Whether a rescue copy is of this very document, under a name it had; None where that name's medium is away.

    Its facts say of which copy it is; one of another copy, or one that does not open, is not (False).
    """
    try:
        held = File.open(path, file.passphrase, read_only=True)
    except Problem:
        return False
    try:
        before = held.facts().get(RESCUED_FROM, "")
        if not before or held.identity() != file.identity() or Path(before).exists():
            return False
        return True if kept.gone(Path(before)) else None
    except Problem:
        return False
    finally:
        held.close()


def drop_rescue(path: Path) -> None:
    """The document holds everything again."""
    try:
        path.unlink(missing_ok=True)
    except OSError:  # joined once more at the next opening, which changes nothing
        pass

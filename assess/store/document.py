"""An open document: its file, its ledger, and the operations that know nothing of what the cells mean."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from assess.answers import Cell, Json
from assess.language import Message, say
from assess.problems import Finding, Problem
from assess.store import backup, evidence, failures, verify
from assess.store.changes import Changes, MergeReport
from assess.store.events import FOUNDED, SEAL, Author, Event, action_id, make, tagged, untagged
from assess.store.file import File
from assess.store.merge import merge
from assess.store.ownership import Ownership, Taken, Unwritable
from assess.store.seals import REOPENING, Standing, standing
from assess.store.secrecy import recognize
from assess.store.undo import Undo
from assess.store.verify import Digest
from assess.store.waiting import OF_ANOTHER, Memory, Waiting, drop_rescue, rescue_path

Clock = Callable[[], datetime]


class Document:
    """A document open for writing, or for reading only with the reason in `read_only_reason`.

    `backup_trouble` holds the Problem of a backup that could not be made at opening; the document is open all the
    same. A `patient` document keeps what the medium does not take (`waiting`, with `trouble` the
    reason), shows it, and writes it with `save_waiting`; any other raises the Problem and stays as it was. Cells in
    conflict show the head with the latest time, then the greatest id.
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

    # Opening and closing

    @classmethod
    def _found(
        cls,
        path: Path,
        founding: Mapping[str, Json],
        cells: Mapping[Cell, Json],
        fill: Callable[[File], None],
        *,
        author: Author,
        at: datetime,
        passphrase: str | None,
    ) -> None:
        """Write a new document: the founding event, the first cells, and what `fill` adds."""
        action = action_id(author, at, "create", {FOUNDED: ()})
        first, content = make(author, at, FOUNDED, founding, parents=(), action=action, kind="create")
        rows = [(first.id, content, 0)]
        for cell, value in cells.items():
            event, content = make(author, at, cell, value, parents=(first.id,), action=action, kind="create")
            rows.append((event.id, content, 0))

        def whole(file: File) -> None:
            file.add_events(rows)
            fill(file)

        File.create(path.resolve(), passphrase, whole).close()

    @classmethod
    def open(
        cls, path: Path, *, author: Author, now: Clock, passphrase: str | None = None, read_only: bool = False
    ) -> Self:
        """Open a document. In use elsewhere, or where it cannot be written, it is opened for reading only.

        Problems: store.missing, store.not-ours, store.too-new, store.damaged, store.wrong-passphrase,
        store.passphrase-needed, store.in-use, store.disk-full, store.no-access, store.unfinished.
        """
        path = path.resolve()
        recognize(path, passphrase)
        ownership: Ownership | None = None
        reason = say("The document was opened for reading only.") if read_only else None
        if not read_only:
            try:
                ownership = Ownership.take(path, author, now()) if os.access(path, os.W_OK) else None
            except Taken as taken:
                reason = taken.owner.reason
            except Unwritable:
                pass
            if ownership is None and reason is None:
                reason = say("The medium or folder is read-only, so the document is open for reading only.")
        try:
            file = File.open(
                path, passphrase, read_only=reason is not None, before_migrating=lambda old: backup.back_up(old, now())
            )
            try:
                document = cls(file, author, now, ownership, reason)
                if reason is None:
                    document._tidy()
            except BaseException:
                file.close()
                raise
        except BaseException:
            if ownership is not None:
                ownership.release()
            raise
        return document

    def _tidy(self) -> None:
        """At opening for writing: remove remains of interrupted work, and make the backup."""
        try:
            self._file.settle()
            self._file.drop_loose_chunks()
            self._take_rescue()
            if any(event.kind != "create" for event in self._ledger.events.values()):
                self.back_up()
        except Problem as problem:
            if problem.code == "store.damaged":
                raise
            self.backup_trouble = problem

    def back_up(self) -> Path | None:
        """Keep the present state among the ten; None when it is there already. Problems: those of writing."""
        return backup.back_up(self._file, self._now())

    def beside(self, path: Path) -> Self:
        """Another document under the same passphrase, such as a backup, for reading only. Problems: as `open`."""
        return type(self).open(path, author=Author(), now=self._now, passphrase=self._file.passphrase, read_only=True)

    @property
    def last_author(self) -> str:
        """Name of whoever made the last change, else the unit; empty where neither is known."""
        events = [event for event in self._ledger.events.values() if event.kind != "create"]
        last = max(events, key=lambda event: event.order, default=None)
        return last.author or last.unit if last is not None else ""

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

    def act_as(self, author: Author) -> Changes:
        """From now on somebody else works on the open document; what can be undone is what that person did last."""
        undo = Undo(self._ledger, author)
        for event in self._ledger.events.values():
            undo.note(event, merged=event.id in self._merged)
        self.author, self._undo = author, undo
        return Changes({}, (), "", self._now(), "author")

    # Changing

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

    def _take_in(self, events: Iterable[Event], action: str, at: datetime, kind: str, *, merged: bool) -> Changes:
        """Events that are on the medium, into ledger, undo and fold; returns what now shows differently."""
        touched: set[Cell] = set()
        for event in events:
            self._ledger.add(event)
            self._undo.note(event, merged=merged)
            if merged:
                self._merged.add(event.id)
            touched.add(event.cell)
        values = dict(self._values)
        changed: dict[Cell, Json] = {}
        for cell in sorted(touched):
            value = self._ledger.shown(cell)
            if cell == FOUNDED or cell[0] == SEAL or _same(value, values.get(cell)):
                continue
            changed[cell] = value
            if value is None:
                values.pop(cell, None)
            else:
                values[cell] = value
        self._values = values
        changed.update(self._folded(changed))
        return Changes(changed, tuple(sorted({item for item, _ in changed})), action, at, kind)

    @staticmethod
    def _fits(cell: Cell, value: Json) -> bool:
        """Whether a value has the shape its cell demands; what does not is neither written nor read."""
        return True

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

    # What the medium did not take

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
        return rescue_path(str(self._ledger.founding.value.get("assessment", "")), self.path)

    def _memory(self) -> Memory:
        return Memory(self._file, self._ledger, self._sources(), self._now(), frozenset(self._merged))

    def _rescue(self) -> None:
        """Keep what waits where the end of the program does not lose it, if anything can be written anywhere."""
        try:
            self._memory().rescue(self._rescue_path)
            self.kept_here = True
        except Problem:  # the window still has it and says so
            self.kept_here = False

    def _take_rescue(self) -> None:
        """Join what an earlier session could not write; `rescued` says how many events it was."""
        path = self._rescue_path
        if not path.exists():
            return
        try:
            self.rescued = self.merge(path, self._file.passphrase).events
        except Problem as problem:
            if problem.code in OF_ANOTHER:
                return
            raise
        drop_rescue(path)

    def _sources(self) -> tuple[str, Mapping[str, str]]:
        """Digest and sources of the framework of the document."""
        return self._file.framework()

    # Looking back

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

    # Merging, sealing, proving

    def merge(
        self, other: Path, passphrase: str | None = None, progress: evidence.Progress | None = None
    ) -> MergeReport:
        """Take in another copy of this document: the union of events and evidence, in no case a loss.

        Problems: store.other-assessment, store.other-framework, those of opening the copy and of writing. Answers
        given on another version of the framework are not carried over here.
        """
        self._writable()
        self.save_waiting()
        at = self._now()
        theirs = File.open(other.resolve(), passphrase, read_only=True)
        try:
            ledger, _ = verify.load(theirs, self._fits)
            new, attachments = merge(self._file, self._ledger, theirs, ledger, at, progress)
        finally:
            theirs.close()
        changes = self._take_in(new, "", at, "merge", merged=True)
        if new:
            self.last_saved = self._now()
        conflicts = tuple(sorted({event.cell for event in new if self._ledger.conflicted(event.cell)}))
        authors = tuple(sorted({event.author for event in new if event.author}))
        return MergeReport(changes, len(new), attachments, conflicts, authors)

    def seal(self, *, closing: bool = False) -> Digest:
        """List the heads of all cells in an event; its digest, printed, holds everything up to now. Makes a backup.

        `closing`: what was filled in is kept as it is from now on, until `reopen`.
        """
        self._writable()
        state, heads = verify.heads_digest(self._ledger)
        value: dict[str, Json] = {"events": len(self._ledger.events), "heads": heads}
        if self.copy_mark:
            value["copy"] = self.copy_mark
        if closing:
            value |= {"closing": True, "records": sorted(event.id for event in self._ledger.history(SEAL))}
        event = self._record((SEAL, state[:16]), value, "seal")
        self._tidy()
        return Digest(event.id)

    def reopen(self, reason: str) -> Changes:
        """Reopen the seal that closes this copy; the reason stays in the history. Problem seal.none."""
        self._writable()
        closing = next((one for one in reversed(self.standing.seals) if one.closing), None)
        if closing is None or not self.standing.closed:
            raise failures.not_sealed()
        value = {"seal": closing.digest.whole, "reason": reason}
        event = self._record((SEAL, f"{REOPENING}{closing.digest.whole[:16]}"), value, "reopen")
        return Changes({}, (), event.action, event.at, "reopen")

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

    # Evidence and copies

    def evidence_bytes(self, digest: str) -> Iterator[bytes]:
        """The bytes of an attachment in chunks of 1 MiB. Problems: evidence.absent, store.damaged."""
        return evidence.content(self._file, digest)

    def begin_copy(self, source: Path) -> evidence.Copying:
        """Begin to bring a file in; `copy_on` does a batch at a time, so that answers are written in between.

        Problems: evidence.missing, evidence.unreadable, evidence.too-large, evidence.no-room, those of writing.
        """
        self._writable()
        self.save_waiting()
        return evidence.Copying(self._file, source)

    def copy_on(self, copying: evidence.Copying) -> bool:
        """One batch more; True when the file is whole in the document and can be named by its digest."""
        return copying.step()

    def drop_copy(self, copying: evidence.Copying) -> None:
        """Give up; the room is given back."""
        copying.drop()

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

    def save_copy(self, path: Path, passphrase: str | None = None) -> int:
        """The whole document as a new file, under its own passphrase or none, with everything that waits.

        Returns how many attachments could not be read because the medium of the document does not answer.
        """
        if not self._waiting:
            File.create(path.resolve(), passphrase, self._file.pour).close()
            return 0
        return self._memory().save(path.resolve(), passphrase)

    def change_passphrase(self, passphrase: str | None) -> None:
        """Rewrite the file under another passphrase (None or "": without). The old file is replaced at the end."""
        self._writable()
        self.save_waiting()
        self._file.replace_with_key(passphrase)

    def _writable(self) -> None:
        if self.read_only_reason is not None:
            raise failures.read_only(self.read_only_reason)


def _same(one: Json, other: Json) -> bool:
    """Equal in value and in kind: 1, 1.0 and true differ."""
    return bool(tagged(one) == tagged(other))

"""A document from opening to closing: the file and its backups, merging, sealing, attachments in, copies out.

What it shows is in reading.py, how its cells change in changing.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from assess.answers import Cell, Json
from assess.language import say
from assess.problems import Problem
from assess.store import backup, evidence, failures, verify
from assess.store.changes import Changes, MergeReport
from assess.store.changing import Changing
from assess.store.events import FOUNDED, SEAL, Author, action_id, make
from assess.store.file import File
from assess.store.merge import merge
from assess.store.ownership import Ownership, Taken, Unguarded, Unwritable
from assess.store.reading import Clock
from assess.store.seals import REOPENING
from assess.store.secrecy import recognize
from assess.store.verify import Digest
from assess.store.waiting import OF_ANOTHER, drop_rescue, other_rescues, rescue_of_renamed


class Document(Changing):
    """A document open for writing, or for reading only with the reason in `read_only_reason`.

    `backup_trouble` holds the Problem of a backup that could not be made at opening; the document is open all the
    same.
    """

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
            except Unguarded as unguarded:
                reason = unguarded.reason
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

    def kept_states(self) -> tuple[Path, ...]:
        """The backups of this document, newest first, whatever it was called when they were made."""
        return backup.listed(self.path, self._file.identity())

    def beside(self, path: Path) -> Self:
        """Another document under the same passphrase, such as a backup, for reading only. Problems: as `open`."""
        return type(self).open(path, author=Author(), now=self._now, passphrase=self._file.passphrase, read_only=True)

    def _take_rescue(self) -> None:
        """Join what an earlier session could not write; `rescued` says how many events it was."""
        path = self._rescue_path
        if path.exists():
            try:
                self.rescued = self.merge(path, self._file.passphrase).events
            except Problem as problem:
                if problem.code not in OF_ANOTHER:
                    raise
            else:
                drop_rescue(path)
        for other in other_rescues(self._assessment, self.path):
            renamed = rescue_of_renamed(other, self._file)
            if renamed is False:
                continue
            self.rescued += self.merge(other, self._file.passphrase).events
            if renamed:  # else its medium is away, and it may be wanted there as well
                drop_rescue(other)

    # Merging, sealing

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

    # Evidence and copies

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

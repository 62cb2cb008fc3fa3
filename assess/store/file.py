"""The document file: the one place that speaks SQL (settings: connection.py, tables: schema.py, steps: migrate.py).

Every change is one transaction with `synchronous=EXTRA` and a rollback journal that is gone after the commit, so that
a document between two changes is one file. Expected failures leave as Problems (failures.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from assess.problems import Problem
from assess.store import failures
from assess.store.connection import connect, settle_folder
from assess.store.migrate import migrate
from assess.store.schema import APPLICATION_ID, CHECKED, CHUNK, TABLES, VERSION
from assess.store.secrecy import JOURNAL, has_journal, prove, recognize

TALLY = "tally"
DROPPED = 16  # chunks removed in one transaction
UNPACKED = 64 << 20  # bytes that the sources of a framework may have
SHAPE = (*CHECKED, "chunk")
Row = tuple[str, str, int]  # id, content, arrival


class File:
    """An open document file. Make one with `create` or `open`; use it from one thread at a time."""

    def __init__(self, path: Path, connection: apsw.Connection, passphrase: str | None, read_only: bool) -> None:
        self.path = path
        self.passphrase = passphrase
        self.read_only = read_only
        self.growing: set[str] = set()
        """Digests of attachments that are being copied in; their chunks are not loose."""
        self._connection = connection
        self._facts: dict[str, str] | None = None
        self._private: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def create(cls, path: Path, passphrase: str | None = None, fill: Callable[[File], None] | None = None) -> File:
        """A new file with its tables, filled by `fill` in the same transaction, and in place only when whole.

        Problems: store.exists, store.no-folder, store.disk-full, store.read-only-medium.
        """
        passphrase = passphrase or None
        if os.path.lexists(path):
            raise failures.exists(path)
        if not path.parent.is_dir():
            raise failures.no_folder(path)
        with failures.told(path):
            path.with_name(f"{path.name}{JOURNAL}").exists()  # a name that leaves no room for its journal is too long
            # Not a temporary file of the library: the document is to have the rights that any new file has here.
            part = path.with_name(f"~$new-{secrets.token_hex(4)}.zhd")
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
            try:
                connection = connect(part, passphrase, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
                file = cls(path, connection, passphrase, False)
                try:
                    connection.pragma("auto_vacuum", "INCREMENTAL")  # what an attachment cut short took is given back
                    connection.pragma("application_id", APPLICATION_ID)
                    with file.writing():
                        connection.execute(TABLES)
                        connection.pragma("user_version", VERSION)
                        file._set_tally(0, 0)
                        if fill is not None:
                            fill(file)
                finally:
                    connection.close()
                if path.exists():
                    raise failures.exists(path)
                os.replace(part, path)
                settle_folder(path.parent)
            finally:
                part.unlink(missing_ok=True)
        return cls.open(path, passphrase)

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        read_only: bool = False,
        before_migrating: Callable[[File], object] | None = None,
        salvage: bool = False,
    ) -> File:
        """Open an existing document. An older version is migrated after `before_migrating` has had the old file.

        For reading only, an older version is migrated in a private copy. `salvage` opens a damaged file as far as it
        goes. Problems: see recognize(), and store.wrong-passphrase, store.unfinished, store.read-only-medium.
        """
        encrypted = recognize(path, passphrase)
        key = passphrase if encrypted else None
        if key is not None:
            prove(path, key)
        with failures.told(path):
            flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
            file = cls(path, connect(path, key, flags), key, read_only)
            try:
                file._greet(before_migrating)
                if not salvage:
                    file._check_shape()
                    file._check_small_tables()
            except BaseException:
                file.close()
                raise
        return file

    def _greet(self, before_migrating: Callable[[File], object] | None) -> None:
        connection = self._connection
        if connection.pragma("application_id") != APPLICATION_ID:
            raise failures.not_ours(self.path)
        version = int(connection.pragma("user_version"))
        if version > VERSION:
            raise failures.too_new(self.path, version, VERSION)
        if version < VERSION:
            if self.read_only:
                self._go_private()
            elif before_migrating is not None:
                before_migrating(self)
            migrate(self._connection)
            self._facts = None

    def _check_shape(self) -> None:
        """A view, a trigger or a virtual table in a stranger's file would run his statements, perhaps without end."""
        with self.sound():
            for kind, name, text in self._connection.execute("SELECT type, name, sql FROM sqlite_schema"):
                plain = kind == "table" and str(text).upper().startswith("CREATE TABLE") and name in SHAPE
                if not (plain or (kind == "index" and text is None)):
                    raise failures.damaged(self.path, f"shape: {kind} {name}")

    def _check_small_tables(self) -> None:
        for table in CHECKED:
            with self.sound():
                verdict = self._connection.execute(f"PRAGMA integrity_check({table})").fetchall()
            if verdict != [("ok",)]:
                raise failures.damaged(self.path, str(verdict[:3]))

    def _go_private(self) -> None:
        """Continue on a copy of the file that nobody else sees."""
        self._private = tempfile.TemporaryDirectory(prefix="zhiheng-")
        copy = Path(self._private.name) / "copy.zhd"
        self._connection.close()
        shutil.copyfile(self.path, copy)
        self._connection = connect(copy, self.passphrase, apsw.SQLITE_OPEN_READWRITE)

    def _errno(self) -> int:
        return self._connection.system_errno

    def close(self) -> None:
        """Release the file. Closing twice is harmless."""
        self._connection.close(True)
        if self._private is not None:
            self._private.cleanup()
            self._private = None

    @contextmanager
    def sound(self) -> Iterator[None]:
        """Reading in which tables that are not as we made them mean damage."""
        with failures.told(self.path):
            try:
                yield
            except (apsw.SQLError, apsw.ConstraintError, apsw.MismatchError, apsw.TooBigError) as error:
                raise failures.damaged(self.path, str(error)) from error
            except (ValueError, TypeError, zlib.error, UnicodeDecodeError) as error:
                raise failures.damaged(self.path, str(error)) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, on the medium when the block has ended; anything raised inside undoes all of it."""
        if self.read_only:
            raise failures.read_only()
        facts = None if self._facts is None else dict(self._facts)
        with failures.told(self.path, self._errno):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                self._facts = facts
                raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except apsw.Error:  # the medium is gone; the journal stays and is played back at the next opening
                pass

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """Several reads of one moment, though another process may write between them."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def facts(self) -> dict[str, str]:
        """The facts of this file; remembered, so that they can be told when the medium no longer answers."""
        if self._facts is None:
            with self.sound():
                self._facts = dict(self._connection.execute("SELECT key, value FROM document"))
        return dict(self._facts)

    def set_fact(self, key: str, value: str | None) -> None:
        """Set or remove a fact, inside `writing`."""
        if value is None:
            self._connection.execute("DELETE FROM document WHERE key = ?", (key,))
        else:
            self._connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", (key, value))
        if self._facts is not None:
            self._facts.pop(key, None)
            self._facts.update({key: value} if value is not None else {})

    def set_framework(self, digest: str, sources: Mapping[str, str]) -> None:
        """Keep the sources of a framework, inside `writing`."""
        words = json.dumps(dict(sorted(sources.items())), ensure_ascii=False, separators=(",", ":"))
        blob = zlib.compress(words.encode("utf-8", "surrogatepass"), 9)
        self._connection.execute(
            "INSERT OR REPLACE INTO framework VALUES (?, ?, ?)", (digest, hashlib.sha256(blob).hexdigest(), blob)
        )

    def framework(self) -> tuple[str, dict[str, str]]:
        """Digest and sources of the framework of the document."""
        with self.sound():
            rows: list[Any] = self._connection.execute("SELECT digest, blob_digest, sources FROM framework").fetchall()
            if len(rows) != 1 or hashlib.sha256(rows[0][2]).hexdigest() != rows[0][1]:
                raise failures.damaged(self.path, "framework")
            words = zlib.decompressobj().decompress(rows[0][2], UNPACKED)  # a stranger's file may grow without end
            sources = json.loads(words.decode("utf-8", "surrogatepass"))
            return str(rows[0][0]), dict(sources)

    def events(self, *, counted: bool = True) -> list[Row]:
        """All events in the order of arrival. `counted`: fewer or other events than were written mean damage."""
        with self.sound(), self._one_moment():
            rows: list[Any] = self._connection.execute(
                "SELECT id, content, arrival FROM event ORDER BY number"
            ).fetchall()
            if counted and _tally(0, 0, (row[0] for row in rows)) != self._tally():
                raise failures.damaged(self.path, "the number or sum of events is not what was written")
        return rows

    def add_events(self, rows: Iterable[Row]) -> None:
        """Append events, inside `writing`."""
        rows = list(rows)
        self._connection.executemany("INSERT INTO event (id, content, arrival) VALUES (?, ?, ?)", rows)
        self._set_tally(*_tally(*self._tally(), (row[0] for row in rows)))

    def add_missing(self, rows: Iterable[Row]) -> None:
        """Append those events that are not here yet, inside `writing`: a commit that failed late may have held."""
        known = {row[0] for row in self._connection.execute("SELECT id FROM event")}
        self.add_events(row for row in rows if row[0] not in known)

    def add_arrival(self, at: str, source: str) -> int:
        """Note a merge, inside `writing`; returns its number, from 1."""
        self._connection.execute("INSERT INTO arrival (at, source) VALUES (?, ?)", (at, source))
        return int(self._connection.last_insert_rowid())

    def _tally(self) -> tuple[int, int]:
        value = self._connection.execute("SELECT value FROM document WHERE key = ?", (TALLY,)).get
        count, total = str(value).split(":")
        return int(count), int(total, 16)

    def _set_tally(self, count: int, total: int) -> None:
        self.set_fact(TALLY, f"{count}:{total:064x}")

    def attachments(self) -> dict[str, int]:
        """Size in bytes of every whole attachment, by digest."""
        with self.sound():
            return dict(self._connection.execute("SELECT digest, size FROM attachment"))

    def add_attachment(self, digest: str, size: int) -> None:
        """Declare an attachment whole, inside `writing`."""
        self._connection.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?)", (digest, size))

    def add_chunk(self, digest: str, number: int, data: bytes) -> None:
        """Keep one chunk, numbered from 0, inside `writing`."""
        self._connection.execute("INSERT INTO chunk (digest, number, bytes) VALUES (?, ?, ?)", (digest, number, data))

    def chunks(self, digest: str) -> Iterator[bytes]:
        """The chunks of an attachment in order, one in memory at a time."""
        number = 0
        while True:
            with self.sound():
                row = self._connection.execute(
                    "SELECT bytes FROM chunk WHERE digest = ? AND number = ? AND length(bytes) <= ?",
                    (digest, number, CHUNK),
                ).fetchone()
            if row is None:
                return
            yield row[0]
            number += 1

    def drop_chunks(self, digest: str) -> None:
        """Remove the chunks of one attachment that did not become whole, inside `writing`."""
        self._connection.execute("DELETE FROM chunk WHERE digest = ?", (digest,))

    def arrivals(self) -> dict[int, tuple[str, str]]:
        """Time and source of every merge, by its number."""
        with self.sound():
            rows: list[Any] = self._connection.execute("SELECT number, at, source FROM arrival").fetchall()
        return {number: (at, source) for number, at, source in rows}

    def remove_attachments(self, digests: Iterable[str]) -> None:
        """Remove attachments that nothing refers to, bytes and all: those of a merge that did not come to its end."""
        with self.writing():
            self._connection.executemany("DELETE FROM attachment WHERE digest = ?", [(digest,) for digest in digests])
        self.drop_loose_chunks()

    def forget_attachments(self) -> None:
        """Remove the list of attachments, inside `writing`: they are declared anew as their bytes are found."""
        self._connection.execute("DELETE FROM attachment")

    def drop_loose_chunks(self) -> None:
        """Remove chunks of attachments that never became whole, and give their room back to the medium.

        A few at a time from the end, so that it also succeeds where hardly any room is left for a journal.
        """
        loose = "digest NOT IN (SELECT digest FROM attachment)"
        while True:
            with self.sound():
                numbers = [
                    row[0]
                    for row in self._connection.execute(
                        f"SELECT rowid, digest FROM chunk WHERE {loose} ORDER BY 1 DESC"
                    )
                    if row[1] not in self.growing
                ][:DROPPED]
            if not numbers:
                return
            try:
                self._drop(numbers)
            except Problem as problem:
                if problem.code != "store.disk-full":
                    raise
                self._connection.pragma("secure_delete", "FAST")  # overwriting needs a journal of the same size
                try:
                    self._drop(numbers[:1])
                finally:
                    self._connection.pragma("secure_delete", "ON")

    def _drop(self, numbers: list[int]) -> None:
        with self.writing():
            self._connection.executemany("DELETE FROM chunk WHERE rowid = ?", [(number,) for number in numbers])
        with failures.told(self.path, self._errno):
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()

    def reconnect(self, ids: Collection[str], perhaps: Collection[str] = ()) -> None:
        """Connect anew to the document of this path, once its medium is there again.

        `ids` are the events it must hold, `perhaps` those it may hold besides; a file that holds others is another
        one. Problems: those of opening, store.other-file.
        """
        fresh = File.open(self.path, self.passphrase)
        try:
            held = {row[0] for row in fresh.events()}
            if not set(ids) <= held <= {*ids, *perhaps}:
                raise failures.other_file(self.path)
        except BaseException:
            fresh.close()
            raise
        old, self._connection, self._facts = self._connection, fresh._connection, None
        try:
            old.close(True)
        except apsw.Error:  # its medium is gone
            pass

    def settle(self) -> None:
        """Remove the empty journal that a process killed at the very beginning of a writing leaves behind."""
        if has_journal(self.path):
            with self.writing():
                self._set_tally(*self._tally())

    def state(self) -> str:
        """Eight hexadecimal digits that change with every change of the file or its passphrase."""
        with failures.told(self.path), self.path.open("rb") as stream:
            salt = stream.read(16)
        words = json.dumps([sorted(self.facts().items()), sorted(self.attachments()), salt.hex()])
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def check(self) -> list[str]:
        """What the engine finds wrong in the whole file; empty when all is well."""
        with self.sound():
            rows = self._connection.execute("PRAGMA integrity_check").fetchall()
        return [str(row[0]) for row in rows if row[0] != "ok"]

    def copy_pages(self, target: Path) -> None:
        """The same file once more, page by page, under the same passphrase."""
        with failures.told(target):
            twin = connect(target, self.passphrase, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
            try:
                with twin.backup("main", self._connection, "main") as backup:
                    while not backup.done:
                        backup.step(256)
            finally:
                twin.close()

    def pour(self, other: File, *, bytes_too: bool = True) -> None:
        """Write everything of this file into a new, empty one, inside its `writing`."""
        other._connection.executemany("INSERT OR REPLACE INTO document VALUES (?, ?)", list(self.facts().items()))
        for table, marks in (("framework", "?,?,?"), ("arrival", "?,?,?"), ("event", "?,?,?,?"), ("attachment", "?,?")):
            with self.sound():
                rows = self._connection.execute(f"SELECT * FROM {table}").fetchall()
            other._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        if bytes_too:
            for digest in self.attachments():
                for number, data in enumerate(self.chunks(digest)):
                    other.add_chunk(digest, number, data)

    def replace_with_key(self, passphrase: str | None) -> None:
        """Rewrite the file under another passphrase (None: plain) and put it in place of this one."""
        if self.read_only:
            raise failures.read_only()
        fresh = self.path.with_name(f"~$key-{hashlib.sha256(self.path.name.encode()).hexdigest()[:8]}.zhd")
        with failures.told(self.path):
            fresh.unlink(missing_ok=True)
            try:
                File.create(fresh, passphrase, self.pour).close()
                self._connection.close()
                os.replace(fresh, self.path)
                settle_folder(self.path.parent)
            finally:
                fresh.unlink(missing_ok=True)
                self.passphrase, self._connection = self._reopen(passphrase or None)

    def _reopen(self, passphrase: str | None) -> tuple[str | None, apsw.Connection]:
        for key in (passphrase, self.passphrase):
            try:
                connection = connect(self.path, key, apsw.SQLITE_OPEN_READWRITE)
                connection.pragma("application_id")
                return key, connection
            except apsw.NotADBError:
                continue
        raise failures.damaged(self.path)


def _tally(count: int, total: int, ids: Iterable[str]) -> tuple[int, int]:
    """Number of events and sum of their ids modulo 2^256: shows events lost to a damaged page."""
    for id in ids:
        count += 1
        total = (total + int(id, 16)) % (1 << 256)
    return count, total

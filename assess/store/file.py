"""The document file as a whole: made, opened, checked, copied, put under another passphrase (rows: tables.py).

With tables.py the one place that speaks SQL (settings: connection.py, steps: migrate.py). Every change is one
transaction with `synchronous=EXTRA` and a rollback journal that is gone after the commit, so that
a document between two changes is one file. Expected failures leave as Problems (failures.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

import apsw

from assess.store import failures
from assess.store.connection import connect, settle_folder
from assess.store.migrate import migrate
from assess.store.schema import APPLICATION_ID, CHECKED, TABLES, VERSION
from assess.store.secrecy import JOURNAL, has_journal, prove, recognize
from assess.store.tables import Tables

SHAPE = (*CHECKED, "chunk")


class File(Tables):
    """An open document file. Make one with `create` or `open`; use it from one thread at a time."""

    def __init__(self, path: Path, connection: apsw.Connection, passphrase: str | None, read_only: bool) -> None:
        super().__init__(path, connection, read_only)
        self.passphrase = passphrase
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

    def close(self) -> None:
        """Release the file. Closing twice is harmless."""
        self._connection.close(True)
        if self._private is not None:
            self._private.cleanup()
            self._private = None

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

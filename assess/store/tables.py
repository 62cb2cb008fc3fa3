"""The tables of a document file: rows in and out, and the transactions they go in (tables: schema.py).

Together with file.py, which makes, opens and replaces whole files, the one place that speaks SQL. Every change is one
transaction; what is not as we made it is damage, and expected failures leave as Problems (failures.py).
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from assess.problems import Problem
from assess.store import failures
from assess.store.schema import CHUNK

TALLY = "tally"
DROPPED = 16  # chunks removed in one transaction
UNPACKED = 64 << 20  # bytes that the sources of a framework may have
Row = tuple[str, str, int]  # id, content, arrival


class Tables:
    """Facts, framework, events and attachments over one connection. Use them from one thread at a time."""

    def __init__(self, path: Path, connection: apsw.Connection, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.growing: set[str] = set()
        """Digests of attachments that are being copied in; their chunks are not loose."""
        self._connection = connection
        self._facts: dict[str, str] | None = None

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

    def _errno(self) -> int:
        return self._connection.system_errno

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

    def identity(self) -> str:
        """Sixteen hexadecimal digits of the assessment, and sixteen of the copy of it (a package is one of its own).

        They stay when the file is renamed, moved, copied or put under another passphrase, and tell nothing.
        """
        with self.sound():
            first = self._connection.execute("SELECT content FROM event ORDER BY number LIMIT 1").get
            said = found_in(str(first))
            if said is None:
                raise failures.damaged(self.path, "no founding event")
            facts = self.facts()
            copy = json.dumps([facts.get("scope", ""), facts.get("package", "")])
        return f"{mark(said)} {mark(copy)}"

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

    def arrivals(self) -> dict[int, tuple[str, str]]:
        """Time and source of every merge, by its number."""
        with self.sound():
            rows: list[Any] = self._connection.execute("SELECT number, at, source FROM arrival").fetchall()
        return {number: (at, source) for number, at, source in rows}

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

    def remove_attachments(self, digests: Iterable[str]) -> None:
        """Remove attachments that nothing refers to, bytes and all: those of a merge that did not come to its end."""
        with self.writing():
            self._connection.executemany("DELETE FROM attachment WHERE digest = ?", [(digest,) for digest in digests])
        self.drop_loose_chunks()

    def forget_attachments(self) -> None:
        """Remove the list of attachments, inside `writing`: they are declared anew as their bytes are found."""
        self._connection.execute("DELETE FROM attachment")

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


def _tally(count: int, total: int, ids: Iterable[str]) -> tuple[int, int]:
    """Number of events and sum of their ids modulo 2^256: shows events lost to a damaged page."""
    for id in ids:
        count += 1
        total = (total + int(id, 16)) % (1 << 256)
    return count, total


def found_in(text: str) -> str | None:
    """The id of the assessment as a founding event names it; None where there is none."""
    found = re.search(r'"assessment":"([0-9a-f-]{36})"', text)
    return found.group(1) if found else None


def mark(text: str) -> str:
    """Sixteen hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

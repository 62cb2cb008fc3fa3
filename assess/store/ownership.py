"""Who has a document open: an owner file `~$name.zhd` beside it, held under a lock of the operating system (D31).

SQLite holds no lock between transactions, so the lock on the owner file says "in use" for as long as the document is
open. It ends with the process, whatever ends it: an owner file without a lock is a leftover and is taken over.

On a network folder the lock is as good as the server's. Windows shares and Samba hold it between machines; NFS does
from version 4 on, and with its lock service before; a machine that is switched off is let go when the server notices,
which may take minutes, and until then the sentence names that machine. Where locks do not work (locking.py) the
document is opened for reading only, with what to do. Folders that are synchronized between machines ("cloud drives")
have locks that work here and not there, and nothing tells them apart: what two people entered then lies in two copies
of the file and is joined by merging.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assess.language import Message, say
from assess.store import locking
from assess.store.events import Author, instant, stamp, text


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has it open: name, post and unit, machine, since when (UTC; None where the file cannot be read)."""

    name: str = ""
    post: str = ""
    unit: str = ""
    machine: str = ""
    since: datetime | None = None

    @property
    def reason(self) -> Message:
        """One sentence for the person who opens the document a second time."""
        machine, place = self.machine or "?", " ".join(part for part in (self.unit, self.post) if part)
        since = self.since.astimezone().strftime("%Y-%m-%d %H:%M") if self.since else "?"
        if not self.name:
            return say(
                "The document is open elsewhere (computer {machine}, since {since}); here it can only be read.",
                machine=machine,
                since=since,
            )
        if not place:
            return say(
                "{name} has the document open on computer {machine} since {since}; here it can only be read.",
                name=self.name,
                machine=machine,
                since=since,
            )
        return say(
            "{name} ({place}) has the document open on computer {machine} since {since}; here it can only be read.",
            name=self.name,
            place=place,
            machine=machine,
            since=since,
        )


class Taken(Exception):  # noqa: N818 - says what it is
    """Somebody else holds the document."""

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner)
        self.owner = owner


class Unwritable(Exception):  # noqa: N818
    """No owner file can be made here: the medium or folder is read-only."""


class Unguarded(Exception):  # noqa: N818
    """The folder has no locks that hold, so that nobody can be told from here that the document is in use."""

    @property
    def reason(self) -> Message:
        """One sentence for the person who opens the document: why it is for reading only, and what to do."""
        return say(
            "File locks do not work in this folder, so two people could overwrite each other and the document is open "
            "for reading only: copy it to this computer's own disk, fill it in there, and hand the file back."
        )


def owner_file(document: Path) -> Path:
    """`~$name.zhd` beside the document."""
    return document.with_name(f"~${document.name}")


class Ownership:
    """The lock on one document. Made by `take`, ended by `release`."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    @classmethod
    def take(cls, document: Path, author: Author, at: datetime) -> Ownership:
        """Become the owner. Raises Taken (with the owner), Unwritable or Unguarded."""
        path = owner_file(document)
        while True:
            try:
                handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            except OSError as error:
                raise Unwritable from error
            try:
                if not locking.lock(handle):
                    os.close(handle)
                    raise Taken(read_owner(document))
                if _same(handle, path):
                    locking.prove(path, handle)
                    break
            except locking.NoLocks as error:
                os.close(handle)
                cls._sweep(path)
                raise Unguarded from error
            os.close(handle)  # released and removed by its owner between opening and locking: try again
        words = {
            "name": author.name,
            "post": author.post,
            "unit": author.unit,
            "machine": platform.node(),
            "since": stamp(at),
        }
        try:
            os.ftruncate(handle, 0)
            os.write(handle, json.dumps({k: text(v) for k, v in words.items()}, ensure_ascii=False).encode("utf-8"))
        except OSError:  # a full disk: the lock is what counts, the words are a courtesy
            pass
        return cls(path, handle)

    def renew(self, document: Path, author: Author, at: datetime) -> None:
        """Hold the document again after its medium was away; the old owner file went with it or is a leftover."""
        if self._handle is not None and _same(self._handle, self.path):
            return
        self.release()
        try:
            fresh = Ownership.take(document, author, at)
        except (
            Taken,
            Unwritable,
            Unguarded,
        ):  # who came meanwhile reads only, or nobody can be told
            return
        self._handle, fresh._handle = fresh._handle, None

    def release(self) -> None:
        """Remove the owner file and let go. Releasing twice is harmless."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(handle)
            self._remove()
        else:
            self._remove()
            os.close(handle)

    def _remove(self) -> None:
        self._sweep(self.path)

    @staticmethod
    def _sweep(path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError:  # taken by the next one already, or the medium is gone
            pass


def read_owner(document: Path) -> Owner:
    """What the owner file says; what cannot be read stays empty."""
    try:
        data = json.loads(owner_file(document).read_bytes()[:65536].decode("utf-8", "replace"))
        return Owner(
            name=str(data.get("name", "")),
            post=str(data.get("post", "")),
            unit=str(data.get("unit", "")),
            machine=str(data.get("machine", "")),
            since=instant(data["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Owner()


def _same(handle: int, path: Path) -> bool:
    """Whether the handle is still the file of that name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False

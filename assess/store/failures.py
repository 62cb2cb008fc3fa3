"""The expected failures of a document file, each with what to do. What is not listed here is a bug and stays one."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from assess.language import Message, say
from assess.problems import Problem

if TYPE_CHECKING:
    from assess.store.seals import Standing


def missing(path: Path) -> Problem:
    return Problem(
        "store.missing",
        say("The file {name} is not there.", name=path.name),
        say("It may have been moved or renamed; look for it in {folder}.", folder=str(path.parent)),
    )


def not_ours(path: Path) -> Problem:
    return Problem(
        "store.not-ours",
        say("{name} is not an assessment document.", name=path.name),
        say("Choose a file ending in .zhd. Excel sheets are brought in by importing, not by opening."),
    )


def too_new(path: Path, version: int, known: int) -> Problem:
    return Problem(
        "store.too-new",
        say(
            "{name} was made by a newer program (document version {version}; this program knows up to {known}).",
            name=path.name,
            version=version,
            known=known,
        ),
        say("Update this program, then open the document again. Nothing was changed in it."),
    )


def damaged(path: Path, detail: str = "") -> Problem:
    problem = Problem(
        "store.damaged",
        say("{name} is damaged and cannot be read as a whole.", name=path.name),
        say("Restore the latest backup, and keep the damaged file: attachments may still be taken from it."),
    )
    if detail:
        problem.add_note(detail)
    return problem


def wrong_passphrase(path: Path) -> Problem:
    return Problem(
        "store.wrong-passphrase",
        say("The passphrase does not open {name}, or the beginning of the file is damaged.", name=path.name),
        say("Check capital letters and the input method, then try again. A forgotten passphrase cannot be recovered."),
    )


def passphrase_needed(path: Path) -> Problem:
    return Problem(
        "store.passphrase-needed",
        say("{name} is protected by a passphrase.", name=path.name),
        say("Enter the passphrase to open it."),
    )


def in_use(path: Path) -> Problem:
    return Problem(
        "store.in-use",
        say("{name} is being written by another program or another computer at this moment.", name=path.name),
        say("Nothing was saved. Close the document there, then do it once more."),
    )


def disk_full(path: Path) -> Problem:
    return Problem(
        "store.disk-full",
        say("There is no room left where {name} is kept.", name=path.name),
        say("The last change was not saved; everything before it is safe. Make room there, then do it once more."),
    )


def read_only_medium(path: Path) -> Problem:
    return Problem(
        "store.read-only-medium",
        say("{name} cannot be written where it is.", name=path.name),
        say("The medium or folder is read-only. Copy the document to a folder of your own and open the copy."),
    )


def unfinished(path: Path) -> Problem:
    return Problem(
        "store.unfinished",
        say("The last writing of {name} was cut short and cannot be put right where it is.", name=path.name),
        say("Copy the document and the file ending in -journal beside it to a folder of your own; open the copy."),
    )


def no_access(path: Path) -> Problem:
    return Problem(
        "store.no-access",
        say("You are not allowed to read {name}.", name=path.name),
        say("Ask whoever keeps the file for permission to read it."),
    )


def medium_failed(path: Path) -> Problem:
    return Problem(
        "store.medium-failed",
        say("The medium that holds {name} does not answer.", name=path.name),
        say("Check that the stick or network folder is still connected, then open the document again."),
    )


def moved(path: Path) -> Problem:
    return Problem(
        "store.moved",
        say("{name} was moved, renamed or deleted while it was open.", name=path.name),
        say("The last change was not saved. Open the document where it is now."),
    )


def other_file(path: Path) -> Problem:
    return Problem(
        "store.other-file",
        say("Where {name} was, there is another file of that name now.", name=path.name),
        say("Put the right medium back in, or save a copy elsewhere and go on with the copy."),
    )


def too_large_here(path: Path) -> Problem:
    return Problem(
        "store.too-large-here",
        say("{name} would become larger than files may be where it is kept.", name=path.name),
        say("Save a copy on another medium and go on there; sticks of the old kind hold files of up to 4 GB."),
    )


def unreachable(path: Path) -> Problem:
    return Problem(
        "store.unreachable",
        say("{name} cannot be written or read at this moment.", name=path.name),
        say("Check that the stick or network folder is in place and not write-protected, then try again."),
    )


HELD = (
    "store.disk-full",
    "store.in-use",
    "store.read-only-medium",
    "store.medium-failed",
    "store.moved",
    "store.missing",
    "store.no-folder",
    "store.no-access",
    "store.unfinished",
    "store.other-file",
    "store.too-large-here",
    "store.unreachable",
    "store.damaged",
)
"""Failures of the medium: what was entered is kept in the window until it can be written."""


def held_back(problem: Problem) -> Problem:
    """The same failure where an open window keeps what was entered: the hint says how it gets onto the medium."""
    hints = {
        "store.disk-full": say("Make room there; what you entered is kept in this window and then saved by itself."),
        "store.in-use": say(
            "Close the document in the other program; what you entered is kept in this window and then saved by itself."
        ),
        "store.read-only-medium": say(
            "Take the write protection off; what you entered is kept in this window and then saved by itself."
        ),
        "store.medium-failed": say(
            "Put the stick back in or reconnect the network folder; what you entered is kept in this window and then "
            "saved by itself."
        ),
    }
    moved = say(
        "Put the file back to where it was, or save a copy elsewhere: it holds what you entered too. Until then it is "
        "kept in this window."
    )
    for code in ("store.moved", "store.missing", "store.no-folder", "store.other-file"):
        hints[code] = moved
    otherwise = say("Save a copy elsewhere: it holds what you entered too. Until then it is kept in this window.")
    return Problem(problem.code, problem.text, hints.get(problem.code, otherwise))


def exists(path: Path) -> Problem:
    return Problem(
        "store.exists",
        say("There is already a file named {name}.", name=path.name),
        say("Choose another name; an existing document is never overwritten."),
    )


def no_folder(path: Path) -> Problem:
    return Problem(
        "store.no-folder",
        say("The folder {folder} is not there.", folder=str(path.parent)),
        say("Create the folder first, or choose another one."),
    )


def long_name(path: Path) -> Problem:
    return Problem(
        "store.long-name",
        say("The file name {name} is too long.", name=path.name),
        say("Choose a name of at most {count} characters.", count=60),
    )


def read_only(reason: Message | None = None) -> Problem:
    return Problem(
        "store.read-only",
        reason or say("The document is open for reading only; nothing can be changed in it."),
        say("Nothing was changed. Close the document where else it is open, or save a copy and work in the copy."),
    )


def closed(seals: Standing) -> Problem:
    last = next(one for one in reversed(seals.seals) if one.closing)
    return Problem(
        "seal.closed",
        say(
            "The document was sealed at {when} ({digest}), so what was filled in is kept as it is.",
            when=f"{last.at.astimezone():%Y-%m-%d %H:%M}",
            digest=last.digest.printed,
        ),
        say("The unit or the reviewing office can reopen it with a written reason, on the page “Finish filling in”."),
    )


def not_sealed() -> Problem:
    return Problem(
        "seal.none",
        say("There is no seal to be reopened."),
        say("The document can be filled in as it is."),
    )


FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
GONE = tuple(
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "ETIMEDOUT", "EREMOTEIO", "ESHUTDOWN")
    if hasattr(errno, name)
)


def from_sqlite(error: apsw.Error, path: Path, number: int = 0) -> Problem | None:
    """The Problem behind an error of the engine, or None when it can only be a bug. `number`: errno of the system."""
    extended = getattr(error, "extendedresult", 0)
    if isinstance(error, apsw.FullError):
        return disk_full(path)
    if isinstance(error, (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)):
        return _not_answering(path) or damaged(path, str(error))
    if isinstance(error, (apsw.BusyError, apsw.LockedError, apsw.ProtocolError)):
        return in_use(path)
    if isinstance(error, apsw.ReadOnlyError):
        if extended == apsw.SQLITE_READONLY_DBMOVED:
            return moved(path) if path.parent.is_dir() else medium_failed(path)
        if extended in (apsw.SQLITE_READONLY_ROLLBACK, apsw.SQLITE_READONLY_RECOVERY):
            return unfinished(path)
        return read_only_medium(path)
    if isinstance(error, apsw.CantOpenError):
        if number == errno.EIO:
            return medium_failed(path)
        if number == errno.ENOSPC:
            return disk_full(path)
        if not path.exists():
            return missing(path)
        return read_only_medium(path) if os.access(path, os.R_OK) else no_access(path)
    if isinstance(error, (apsw.PermissionsError, apsw.AuthError)):
        return no_access(path)
    if isinstance(error, apsw.IOError) and number in FULL:
        return disk_full(path)
    if isinstance(error, apsw.IOError) and number == errno.EFBIG:
        return too_large_here(path)
    if isinstance(error, apsw.IOError) and number == errno.EROFS:
        return read_only_medium(path)
    if isinstance(error, apsw.IOError):
        return damaged(path, str(error)) if extended == apsw.SQLITE_IOERR_SHORT_READ else medium_failed(path)
    return None


def _not_answering(path: Path) -> Problem | None:
    """The engine takes a device that gives nothing for a damaged file: ask the medium itself."""
    try:
        with path.open("rb") as stream:
            stream.read(100)
    except OSError as error:
        return medium_failed(path) if error.errno in GONE else None
    return None


def from_system(error: OSError, path: Path) -> Problem | None:
    """The Problem behind an error of the operating system, or None when it can only be a bug."""
    if isinstance(error, FileNotFoundError):
        return missing(path) if path.parent.is_dir() else no_folder(path)
    if isinstance(error, FileExistsError):
        return exists(path)
    if error.errno in FULL:
        return disk_full(path)
    if error.errno == errno.EFBIG:
        return too_large_here(path)
    if error.errno == errno.EROFS:
        return read_only_medium(path)
    if isinstance(error, PermissionError):
        return no_access(path) if os.path.lexists(path) and not os.access(path, os.R_OK) else read_only_medium(path)
    if error.errno in GONE:
        return medium_failed(path)
    if error.errno == errno.ENAMETOOLONG:
        return long_name(path)
    if isinstance(error, (IsADirectoryError, NotADirectoryError)):
        return not_ours(path)
    return None


@contextmanager
def told(path: Path, number: Callable[[], int] | None = None) -> Iterator[None]:
    """Turn expected errors inside into Problems about `path`. `number` tells the errno behind an engine's error."""
    try:
        yield
    except apsw.Error as error:
        problem = from_sqlite(error, path, number() if number is not None else 0)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        problem = from_system(error, path)
        if problem is None:
            raise
        raise problem from error

"""Locks of the operating system on a file, and whether a folder has any that work.

Some servers and shares have no locks, or say yes to everybody; there two people can write one document at the same
time, and the engine itself warns against it. So what a lock is worth is tried out before it is relied on: while one
handle holds a lock, a second one must not get it (both kinds count: the one of the owner file, and ranges of bytes,
which the engine uses), and a file that is there must not be made a second time. Locks that work on this machine only
cannot be tried out from here; where the system says so of a mounted folder, it is believed.
"""

from __future__ import annotations

import errno
import os
import secrets
import struct
import sys
from pathlib import Path

LOCK_AT = 1 << 30  # the locked byte lies far behind the words, so that others can read them
NONE_HERE = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
LOCAL_ONLY = {"nolock", "nobrl", "local_lock=all", "local_lock=flock"}
"""Options of mounted network folders whose locks no other machine sees (Linux: nfs, cifs)."""
MOUNTS = Path("/proc/self/mounts")


class NoLocks(Exception):  # noqa: N818 - says what it is
    """The file system has no locks, or none that hold."""


def lock(handle: int) -> bool:
    """Take the lock without waiting; False when another holds it. Raises NoLocks where there are none."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, LOCK_AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in NONE_HERE:
            raise NoLocks from error
        return False
    return True


def prove(path: Path, handle: int) -> None:
    """Raise NoLocks unless the lock that `handle` holds on the file at `path` keeps a second handle out."""
    if shares_none(path.parent) or not _made_once(path.parent):
        raise NoLocks
    try:
        second = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:  # cannot be opened twice at all: that keeps everybody out as well
        return
    try:
        if lock(second) or not _ranges_hold(handle, second):
            raise NoLocks
    finally:
        os.close(second)


def _ranges_hold(one: int, other: int) -> bool:
    """Whether a range of bytes locked through one handle is closed to another; true where only flock can be asked."""
    if sys.platform == "win32":  # its only lock is one of ranges
        return True
    import fcntl

    ask = getattr(fcntl, "F_OFD_SETLK", None)
    if ask is None:
        return True
    wanted = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, LOCK_AT, 1, 0)
    freed = struct.pack("hhqqi", fcntl.F_UNLCK, os.SEEK_SET, LOCK_AT, 1, 0)
    try:
        fcntl.fcntl(one, ask, wanted)
    except OSError as error:
        return error.errno not in NONE_HERE  # a system that knows no such locks says EINVAL
    try:
        fcntl.fcntl(other, ask, wanted)
    except OSError:
        return True
    finally:
        fcntl.fcntl(one, ask, freed)
    return False


def _made_once(folder: Path) -> bool:
    """Whether a file that is there is refused when it is to be made a second time."""
    trial = folder / f"~$trial-{secrets.token_hex(4)}"
    try:
        os.close(os.open(trial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
    except OSError:  # full or without rights: whoever writes says so
        return True
    try:
        os.close(os.open(trial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
    except OSError:
        return True
    finally:
        trial.unlink(missing_ok=True)
    return False


def shares_none(folder: Path) -> bool:
    """Whether the system says that locks in this folder are not seen by other machines (Linux)."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    longest, options = "", ""
    for line in lines:
        words = line.split(" ")
        if len(words) < 4:
            continue
        place = words[1].replace("\\040", " ")
        if (folder == Path(place) or Path(place) in folder.parents) and len(place) >= len(longest):
            longest, options = place, words[3] if words[2].startswith(("nfs", "cifs", "smb")) else ""
    return not LOCAL_ONLY.isdisjoint(options.split(","))

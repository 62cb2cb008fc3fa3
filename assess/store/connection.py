"""Connections to the engine: durable, in one file, with no trust in what a stranger's file says."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from assess.store.secrecy import unlock

BUSY_MILLISECONDS = 3000
LONGEST = 64 << 20  # bytes of one value; we write none above 1 MiB but the seals of very large documents


def connect(path: Path, passphrase: str | None, flags: int) -> apsw.Connection:
    """A connection with its key and the settings that every document file is read and written under."""
    connection = apsw.Connection(str(path), flags=flags)
    try:
        connection.set_busy_timeout(BUSY_MILLISECONDS)
        if passphrase:
            unlock(connection, passphrase)
        connection.pragma("temp_store", "MEMORY")
        connection.pragma("trusted_schema", "OFF")
        connection.pragma("cell_size_check", "ON")
        # FULL leaves the removal of the journal to the system: a journal that is back after the stick was pulled out
        # would undo the last commit. EXTRA has the folder on the medium before a commit returns.
        connection.pragma("synchronous", "EXTRA")
        connection.pragma("secure_delete", "ON")
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        connection.limit(apsw.SQLITE_LIMIT_LENGTH, LONGEST)
        if not flags & apsw.SQLITE_OPEN_READONLY:
            connection.pragma("journal_mode", "DELETE")
    except BaseException:
        connection.close(True)
        raise
    return connection


def settle_folder(folder: Path) -> None:
    """Make a renaming in a folder lasting, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:  # some network folders refuse; the file itself is safe
            pass
        finally:
            os.close(handle)

"""What a file is before it is opened, and the key of an encrypted one (D33).

A plain document begins with SQLite's own words and carries our application id. An encrypted one shows neither, but
its bytes 16–23 stay readable: page size, two format versions, reserved bytes and three fixed numbers.
"""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from pathlib import Path

import apsw

from assess.store.failures import damaged, missing, not_ours, passphrase_needed, told, too_new, wrong_passphrase
from assess.store.schema import APPLICATION_ID, VERSION

MAGIC = b"SQLite format 3\x00"
HEADER = 100
JOURNAL = "-journal"


def recognize(path: Path, passphrase: str | None, *, known: int = VERSION) -> bool:
    """Whether the file is encrypted; raises the Problem that its first bytes already show.

    Codes: store.missing, store.not-ours, store.too-new, store.damaged, store.passphrase-needed, store.no-access.
    """
    with told(path):
        if not path.exists():
            raise missing(path)
        if not path.is_file():
            raise not_ours(path)
        with path.open("rb") as stream:
            head = stream.read(HEADER)
        size = path.stat().st_size
        cut_short = has_journal(path)  # the engine will first put back what the journal holds
    if head.startswith(MAGIC):
        if len(head) < HEADER:
            raise damaged(path, "shorter than its own header")
        if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise not_ours(path)
        version = int.from_bytes(head[60:64], "big")
        if version > known:
            raise too_new(path, version, known)
        if not cut_short:
            _whole(path, head, size)
        return False
    if len(head) < HEADER or not page_description(head):
        raise not_ours(path)
    if not passphrase:
        raise passphrase_needed(path)
    if size % page_size(head) and not cut_short:
        raise damaged(path, "not a whole number of pages")
    return True


def page_size(head: bytes) -> int:
    size = int.from_bytes(head[16:18], "big")
    return 65536 if size == 1 else size


def page_description(head: bytes) -> bool:
    """Bytes 16–23 as SQLite writes them: the one part of an encrypted file that stays readable."""
    size = page_size(head)
    return (
        512 <= size <= 65536
        and size & (size - 1) == 0
        and head[18] in (1, 2)
        and head[19] in (1, 2)
        and tuple(head[21:24]) == (64, 32, 32)
    )


def _whole(path: Path, head: bytes, size: int) -> None:
    if not page_description(head):
        raise damaged(path, "no valid page description")
    # The page count holds only where the change counter equals the version-valid-for number.
    if head[24:28] == head[92:96] and size < int.from_bytes(head[28:32], "big") * page_size(head):
        raise damaged(path, "shorter than its header says")


def unlock(connection: apsw.Connection, passphrase: str) -> None:
    """Give the connection its key. NFC, so that the same words typed on another system open the file."""
    connection.pragma("hexkey", unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass").hex())


def has_journal(path: Path) -> bool:
    """Whether a journal lies beside the file: a writing was cut short, or is under way."""
    return path.with_name(f"{path.name}{JOURNAL}").exists()


def prove(path: Path, passphrase: str) -> None:
    """Raise store.wrong-passphrase unless the passphrase opens the file, without letting the engine touch anything.

    A journal left by a writing that was cut short would be played back at the first reading, also under a wrong key,
    and ruin the file. So the first page is read with the journal left out of account; where that page itself was cut
    short, a private copy is tried.
    """
    address = f"{path.as_uri()}?immutable=1"
    if _opens(address, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, passphrase):
        return
    if has_journal(path):
        with told(path), tempfile.TemporaryDirectory(prefix="zhiheng-") as folder:
            copy = Path(folder) / "copy.zhd"
            shutil.copyfile(path, copy)
            shutil.copyfile(f"{path}{JOURNAL}", f"{copy}{JOURNAL}")
            if _opens(str(copy), apsw.SQLITE_OPEN_READWRITE, passphrase):
                return
    raise wrong_passphrase(path)


def _opens(address: str, flags: int, passphrase: str) -> bool:
    connection: apsw.Connection | None = None
    try:
        connection = apsw.Connection(address, flags=flags)
        unlock(connection, passphrase)
        connection.pragma("application_id")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except (apsw.NotADBError, apsw.CorruptError):
        return False
    finally:
        if connection is not None:
            connection.close(True)
    return True

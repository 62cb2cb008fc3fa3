"""What a file is, from its first bytes, its size and its directories, before anything opens it.

Returns come from sticks, mail and chat programs, under any name. The contents decide, never the extension. Nothing
here unpacks more than a few KB, follows a link or runs anything; a file that is neither a document of this program nor
a workbook leaves with its own sentence (refusals.py).
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assess.packages.containers import look_into_ole, look_into_zip
from assess.packages.refusals import refused
from assess.store.failures import missing, no_access, told, too_new
from assess.store.schema import APPLICATION_ID, VERSION
from assess.store.secrecy import MAGIC, has_journal, page_description, page_size

HEAD = 4096
SAMPLES = 8  # places looked at in a file of zeros
RECEIPT = b'"zhiheng-receipt"'


@dataclass(frozen=True, slots=True)
class Look:
    """A file that may be opened: a `document` of this program or a `form` (XLSX, ODS, XLS). `size` in bytes."""

    kind: Literal["document", "form"]
    encrypted: bool
    size: int


def look(path: Path) -> Look:
    """What may be opened as a return. Raises Problem `file.*`, store.missing, store.no-access, store.too-new."""
    with told(path):
        try:
            about = path.stat()
        except FileNotFoundError:
            raise missing(path) from None
        if stat.S_ISDIR(about.st_mode):
            raise refused("file.folder", path)
        if not stat.S_ISREG(about.st_mode):
            raise refused("file.device", path)
        try:
            with path.open("rb") as stream:
                head = stream.read(HEAD)
        except PermissionError:
            raise no_access(path) from None
    size = about.st_size
    if size == 0:
        raise refused("file.empty", path)
    if head.startswith(MAGIC):
        return _document(path, head, size)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        look_into_zip(path)
        return Look("form", False, size)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if (problem := look_into_ole(path)) is not None:
            raise problem
        return Look("form", False, size)
    code = _by_first_bytes(path, head, size)
    if code is not None:
        raise refused(code, path)
    if len(head) >= 100 and page_description(head):
        if size % page_size(head) and not has_journal(path):
            whole = (size // page_size(head) + 1) * page_size(head)
            raise refused("file.cut-short", path, size=size, whole=whole)
        return Look("document", True, size)
    raise refused(_of_text(head) if _is_text(head) else "file.unknown", path)


def _document(path: Path, head: bytes, size: int) -> Look:
    if len(head) < 100:
        raise refused("file.cut-short", path, size=size, whole=max(512, page_size(head.ljust(100, b"\0"))))
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise refused("file.other-database", path)
    version = int.from_bytes(head[60:64], "big")
    if version > VERSION:
        raise too_new(path, version, VERSION)
    if not page_description(head):
        raise refused("file.pages-damaged", path)
    whole = int.from_bytes(head[28:32], "big") * page_size(head)
    if head[24:28] == head[92:96] and size < whole and not has_journal(path):
        raise refused("file.cut-short", path, size=size, whole=whole)
    return Look("document", False, size)


_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "file.pdf"),
    (b"\x89PNG", "file.picture"),
    (b"\xff\xd8\xff", "file.picture"),
    (b"GIF8", "file.picture"),
    (b"BM", "file.picture"),
    (b"II*\x00", "file.picture"),
    (b"MM\x00*", "file.picture"),
    (b"MZ", "file.program"),
    (b"\x7fELF", "file.program"),
    (b"\xcf\xfa\xed\xfe", "file.program"),
    (b"#!", "file.script"),
    (b"Rar!", "file.rar"),
    (b"7z\xbc\xaf\x27\x1c", "file.7z"),
    (b"\x1f\x8b", "file.packed"),
    (b"BZh", "file.packed"),
    (b"\xfd7zXZ", "file.packed"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "file.shortcut"),
    (b"[InternetShortcut]", "file.shortcut"),
    (b"\x00\x05\x16\x07", "file.mac-companion"),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "file.journal"),
)


def _by_first_bytes(path: Path, head: bytes, size: int) -> str | None:
    if path.name.startswith(("~$", ".~")) and size < HEAD:
        return "file.owner"
    for beginning, code in _FIRST_BYTES:
        if head.startswith(beginning):
            return code
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "file.picture"
    if head[257:262] == b"ustar":
        return "file.packed"
    if not head.strip(b"\0") and _zeros(path, size):
        return "file.zeros"
    return None


def _zeros(path: Path, size: int) -> bool:
    """Whether the file is zeros, looked at in a few places only: it may be very large."""
    with told(path), path.open("rb") as stream:
        for step in range(1, SAMPLES + 1):
            stream.seek(max(0, size * step // SAMPLES - HEAD))
            if stream.read(HEAD).strip(b"\0"):
                return False
    return True


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the sample may end inside a character
            try:
                words = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return sum(sign < " " and sign not in "\t\r\n\f" for sign in words) <= len(words) // 50
    return False


def _of_text(head: bytes) -> str:
    words = head.lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").lower()
    if words.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")) or b"<html" in words[:1024]:
        return "file.web-page"
    if words.startswith((b"@echo", b"rem ", b"<script", b"on error resume", b"set ws", b"powershell")):
        return "file.script"
    if words.startswith((b"return-path:", b"received:", b"mime-version:", b"from:", b"x-mailer:", b"subject:")):
        return "file.mail"
    if RECEIPT in head:
        return "file.receipt"
    return "file.text"

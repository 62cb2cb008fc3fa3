"""Names under which attachments are written out: what every file system takes, whatever the file was called."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]')
RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
LONGEST = 120  # characters; and BYTES in UTF-8
BYTES = 200
ENDING = 16


def safe_name(name: str, otherwise: str = "附件") -> str:
    """A file name without folders, control and direction characters, reserved names, dots or spaces at the ends.

    The ending stays; what is too long is cut before it.
    """
    words = unicodedata.normalize("NFC", name.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    words = " ".join(FORBIDDEN.sub(" ", words).split()).strip(". ")
    stem, dot, ending = words.rpartition(".")
    if not dot or not stem.strip(". ") or len(ending) > ENDING:
        stem, ending = words, ""
    stem = stem.rstrip(". ")
    if not stem:
        stem = otherwise
    if RESERVED.match(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    tail = f".{ending}" if ending else ""
    while len(stem) + len(tail) > LONGEST or len(f"{stem}{tail}".encode()) > BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip('. ') or '_'}{tail}"

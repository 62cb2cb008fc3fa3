"""File names from the names of units: accepted by every system, by mail and by sticks, and never twice in a folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from datetime import datetime

FORBIDDEN = '<>:"/\\|?*'
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
LONGEST = 180  # bytes in UTF-8; most systems end at 255, and a journal needs room beside
WHOLE = 40  # characters of a unit's name in a file name


def safe(text: str, otherwise: str = "unit") -> str:
    """A part of a file name: no control or format characters, nothing a system forbids, never empty."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join("_" if sign in FORBIDDEN else sign for sign in plain if unicodedata.category(sign)[0] != "C")
    words = "_".join(" ".join(kept.split()).split(" ")).strip("._ ~$")[:WHOLE].rstrip("._ ")
    return f"{words}_" if words.upper() in RESERVED else words or otherwise


def joined(parts: tuple[str, ...], suffix: str, taken: Container[str] = ()) -> str:
    """A file name of several parts, `suffix` with its dot; numbered where the name is taken. Names compare folded."""
    stem = _cut("_".join(safe(part) for part in parts if part), LONGEST - len(suffix.encode()) - 6)
    name, number = f"{stem}{suffix}", 2
    while name.casefold() in taken:
        name, number = f"{stem}（{number}）{suffix}", number + 1
    return name


def day(at: datetime) -> str:
    """The date of a moment where the person is, as file names carry it: 20260725."""
    return at.astimezone().strftime("%Y%m%d")


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8")[:size].decode("utf-8", "ignore").rstrip("._ ")

"""Names of document files: what every file system takes, and one that is not taken."""

from __future__ import annotations

import re
from pathlib import Path

SUFFIX = ".zhd"


def file_name(unit: str) -> str:
    """A name every file system takes: no separators or control characters, no dot or space at the ends, 60 at most."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]', " ", unit)
    plain = " ".join(plain.split()).strip(". ")
    while len(plain.encode()) > 180:
        plain = plain[:-1]
    return plain[:60].strip(". ") or "assessment"


def free_path(folder: Path, unit: str) -> Path:
    """A path in the folder that is not taken: name.zhd, then name (2).zhd and so on."""
    stem = file_name(unit)
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem} ({number}){SUFFIX}"
        number += 1
    return path

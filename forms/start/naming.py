"""Names and places of document files: what every file system takes, one that is not taken, the folder used last."""

from __future__ import annotations

import re
from pathlib import Path

from forms.settings import RecentList, documents

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


def last_folder(recent: RecentList) -> Path:
    """The folder of the document opened last that is still there, else that for documents."""
    folders = (Path(entry.path).parent for entry in recent.entries)
    return next((folder for folder in folders if folder.is_dir()), documents())


def same(one: Path, other: Path) -> bool:
    """Whether two paths are one file; a file that is not there is none."""
    try:
        return one.samefile(other)
    except OSError:
        return False

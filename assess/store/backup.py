"""Backups: the last ten states of a document, in the folder `name.备份` beside it (D32).

A state that is already there is not copied again. Where the folder cannot be written, the user's data folder takes
them. Above 200 MB the copy leaves out the bytes of attachments; a return takes them from the damaged file as far as
their digests hold.
"""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

import platformdirs

from assess.problems import Problem
from assess.store import evidence
from assess.store.failures import told
from assess.store.file import File

KEPT = 10
LARGE = 200 * 1000 * 1000
WITHOUT_BYTES = "without_attachments"


def folders(document: Path) -> tuple[Path, Path]:
    """Where backups of a document may lie: beside it, and in the user's data folder."""
    mark = hashlib.sha256(str(document).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return document.with_name(f"{document.stem}.备份"), own_folder() / "backups" / f"{document.stem[:40]}-{mark}"


def own_folder() -> Path:
    """The user's data folder; the folder for temporary files where there is no user with a home."""
    try:
        return Path(platformdirs.user_data_dir("zhiheng", appauthor=False))
    except RuntimeError:
        return Path(tempfile.gettempdir()) / "zhiheng"


def listed(document: Path) -> tuple[Path, ...]:
    """The backups of a document, newest first."""
    found = [path for folder in folders(document) if folder.is_dir() for path in folder.glob("*.zhd")]
    return tuple(sorted((path for path in found if not path.name.startswith("~$")), key=lambda p: p.name, reverse=True))


def back_up(file: File, at: datetime) -> Path | None:
    """Copy the present state; returns the backup, or None when this state is already there.

    Problems: those of writing, when neither folder can be written.
    """
    state = file.state()
    if any(path.stem.endswith(state) for path in listed(file.path)):
        return None
    name = f"{at.astimezone().strftime('%Y-%m-%d %H%M%S')} {state}.zhd"
    beside, own = folders(file.path)
    try:
        made = _copy(file, beside, name)
    except Problem as problem:
        if problem.code == "store.damaged":
            raise
        made = _copy(file, own, name)
    for old in listed(file.path)[KEPT:]:
        try:
            old.unlink()
        except OSError:  # kept once more; the next backup tries again
            pass
    return made


def restore(backup: Path, target: Path, passphrase: str | None = None, damaged: Path | None = None) -> int:
    """Write a backup to a new file; returns how many attachments could be taken from the damaged file.

    Problems: those of opening the backup and of creating the file. The damaged file is only read.
    """
    source = File.open(backup, passphrase, read_only=True)
    try:
        lacking = source.facts().get(WITHOUT_BYTES) == "1"
        fresh = File.create(target, source.passphrase, lambda new: source.pour(new, bytes_too=not lacking))
    finally:
        source.close()
    try:
        return _take_back(fresh, damaged, passphrase) if lacking and damaged is not None else 0
    finally:
        fresh.close()


def _take_back(fresh: File, damaged: Path, passphrase: str | None) -> int:
    """Copy attachments from a damaged file, each only when its digest holds."""
    wanted = fresh.attachments()
    with fresh.writing():
        fresh.forget_attachments()
    taken = 0
    try:
        old = File.open(damaged, passphrase, read_only=True, salvage=True)
    except Problem:
        old = None
    for digest, size in wanted.items():
        try:
            if old is not None:
                evidence.keep(fresh, digest, size, old.chunks(digest))
                taken += 1
        except Problem:  # this one is lost; the event still names it
            continue
    if old is not None:
        old.close()
    with fresh.writing():
        fresh.set_fact(WITHOUT_BYTES, None)
    return taken


def _copy(file: File, folder: Path, name: str) -> Path:
    part, made = folder / f"~${name}", folder / name
    with told(made):
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            if file.path.stat().st_size <= LARGE:
                file.copy_pages(part)
            else:
                File.create(part, file.passphrase, lambda new: _pour_without_bytes(file, new)).close()
            part.replace(made)
        finally:
            part.unlink(missing_ok=True)
    return made


def _pour_without_bytes(file: File, new: File) -> None:
    file.pour(new, bytes_too=False)
    new.set_fact(WITHOUT_BYTES, "1")

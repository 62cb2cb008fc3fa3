"""Backups: the last ten states of a document, in the folder `name.备份` beside it (D32).

They belong to the document and not to its name: the folder says in a small file which document it is of (kept.py), so
that they are found, and the folder takes the new name, after the document was renamed.

A state that is already there is not copied again. Where the folder cannot be written, the user's data folder takes
them. Above 200 MB the copy leaves out the bytes of attachments; a return takes them from the damaged file as far as
their digests hold.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from assess.problems import Problem
from assess.store import evidence, kept
from assess.store.failures import told
from assess.store.file import File

KEPT = 10
LARGE = 200 * 1000 * 1000
WITHOUT_BYTES = "without_attachments"


def listed(document: Path, identity: str = "") -> tuple[Path, ...]:
    """The backups of a document, newest first; with its identity also those under a name that it had before."""
    places = [*kept.folders(document), *(kept.left_behind(document, identity) if identity else ())]
    found = [path for folder in places if folder.is_dir() for path in folder.glob("*.zhd")]
    return tuple(sorted((path for path in found if not path.name.startswith("~$")), key=lambda p: p.name, reverse=True))


def of_damaged(document: Path, passphrase: str | None = None) -> tuple[Path, ...]:
    """The backups of a document that cannot be opened, newest first: by its name, and by what it still says of itself.

    Where it says nothing any more, a single folder beside it whose document is gone is taken for its own.
    """
    return listed(document) or listed(document, kept.said_by(document, passphrase) or kept.UNKNOWN)


def back_up(file: File, at: datetime) -> Path | None:
    """Copy the present state; returns the backup, or None when this state is already there.

    Problems: those of writing, when neither folder can be written.
    """
    identity = file.identity()
    kept.adopt(file.path, identity)
    state = file.state()
    if any(path.stem.endswith(state) for path in listed(file.path, identity)):
        return None
    name = f"{at.astimezone().strftime('%Y-%m-%d %H%M%S')} {state}.zhd"
    beside, own = kept.folders(file.path)
    try:
        made = _copy(file, beside, name)
    except Problem as problem:
        if problem.code == "store.damaged":
            raise
        made = _copy(file, own, name)
    kept.note(made.parent, identity, file.path)
    for old in listed(file.path, identity)[KEPT:]:
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

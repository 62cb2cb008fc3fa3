"""What exactly is wrong with a document file that cannot be read as a whole: changed, cut, forged or damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assess.answers import Cell, Json
from assess.operations import fits
from assess.packages.refusals import refused
from assess.problems import Problem
from assess.store.events import SEAL, digest, read
from assess.store.file import File
from assess.store.ledger import Ledger
from assess.store.verify import missing_from_seal

DAMAGED = ("store.damaged", "evidence.changed")


def told_apart(path: Path, passphrase: str | None, problem: Problem) -> Problem:
    """A sharper Problem for a file that is damaged; any other Problem comes back as it is."""
    if problem.code not in DAMAGED:
        return problem
    notes = " ".join(getattr(problem, "__notes__", ()))
    sharper = _sharper(path, passphrase, notes)
    sharper.__cause__ = problem
    return sharper


def _sharper(path: Path, passphrase: str | None, notes: str) -> Problem:
    if notes.startswith("shape: "):
        return refused("file.forged", path, inside=notes.removeprefix("shape: ")[:60])
    if notes.startswith("attachment "):
        return refused("file.attachment-changed", path)
    try:
        file = File.open(path.resolve(), passphrase, read_only=True, salvage=True)
    except Problem:
        return refused("file.pages-damaged", path)
    try:
        return _in_events(path, file)
    except Problem:
        return refused("file.pages-damaged", path)
    finally:
        file.close()


def _in_events(path: Path, file: File, admits: Callable[[Cell, Json], bool] = fits) -> Problem:
    changed = gaps = 0
    strange = ""
    ledger = Ledger()
    with file.sound():
        rows = file.events(counted=False)
    if not all(isinstance(id, str) and isinstance(content, str) for id, content, _ in rows):
        return refused("file.pages-damaged", path)
    for id, content, _ in rows:
        try:
            if digest(content) != id:
                changed += 1
                continue
            event = read(id, content)
        except (ValueError, AttributeError, UnicodeEncodeError):
            strange = strange or id[:16]
            continue
        if not admits(event.cell, event.value):
            strange = strange or f"{event.item} {event.column}"[:60]
            continue
        try:
            ledger.add(event)
        except ValueError:
            gaps += 1
    if changed:
        return refused("file.changed", path, count=changed)
    if strange:
        return refused("file.forged", path, inside=strange)
    if gaps:
        return refused("file.records-missing", path, count=gaps)
    broken = broken_seal(ledger)
    if broken:
        return refused("file.seal-broken", path, count=broken)
    try:
        file.events()
    except Problem:
        return refused("file.records-count", path)
    return refused("file.pages-damaged", path)


def broken_seal(ledger: Ledger) -> int:
    """How many records that seals list are not here."""
    return sum(
        missing_from_seal(ledger, event.value)
        for (item, _), events in ledger.cells.items()
        if item == SEAL
        for event in events
    )

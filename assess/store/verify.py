"""Proving a document: ids recomputed, every parent present, seals held, attachments whole.

A changed event breaks its id; the removal of the newest event of a cell does not. A seal lists all heads, so that
tampering shows back to the last seal and no further (D27).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assess.answers import Cell, Json
from assess.language import Message, say
from assess.problems import Finding, Problem
from assess.store import evidence
from assess.store.events import FOUNDED, SEAL, digest, read
from assess.store.failures import damaged
from assess.store.file import File
from assess.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it is printed: the first 16 hexadecimal digits in groups of four, and the whole (D34)."""

    whole: str

    @property
    def printed(self) -> str:
        return " ".join(self.whole[at : at + 4].upper() for at in range(0, 16, 4))

    def __str__(self) -> str:
        return self.printed


def load(file: File, fits: Callable[[Cell, Json], bool]) -> tuple[Ledger, list[int]]:
    """The ledger of a file, every id recomputed, and the arrival number of each event in order.

    Raises store.damaged at the first event that is not what its id says, or whose value does not fit its cell.
    """
    ledger = Ledger()
    arrivals: list[int] = []
    with file.sound():
        for id, content, arrival in file.events():
            if digest(content) != id:
                raise damaged(file.path, f"event {id[:16]} is not what its id says")
            event = read(id, content)
            if not fits(event.cell, event.value):
                raise damaged(file.path, f"event {id[:16]} has a value that does not fit its cell")
            ledger.add(event)
            arrivals.append(arrival)
        if FOUNDED not in ledger.cells or not isinstance(ledger.founding.value, dict):
            raise damaged(file.path, "no founding event")
    return ledger, arrivals


def heads_digest(ledger: Ledger) -> tuple[str, list[str]]:
    """Digest over the sorted ids of all that nothing follows (seals themselves left out), and the ids.

    What stands aside is among it: a seal holds the whole history.
    """
    heads = sorted(end.id for end in ledger.ends() if end.item != SEAL)
    return digest("\n".join(heads)), heads


def examine(file: File) -> tuple[Finding, ...]:
    """Everything that does not hold in a file, also in one that cannot be opened; empty when all holds."""
    findings: list[Finding] = []

    def fault(code: str, subject: str, text: Message) -> None:
        findings.append(Finding("error", code, file.path.name, subject, text))

    for line in file.check():
        fault("verify.file", line, say("The file itself is damaged: {detail}", detail=line))
    ledger = Ledger()
    for id, content, _ in file.events(counted=False):
        if digest(content) != id:
            fault("verify.changed", id, say("The record {id} was changed after it was made.", id=Digest(id).printed))
            continue
        try:
            ledger.add(read(id, content))
        except ValueError:
            text = say("The record {id} follows one that is missing or was changed.", id=Digest(id).printed)
            fault("verify.gap", id, text)
    try:
        file.events()
    except Problem:
        fault("verify.count", "", say("Records are missing or were added outside the program."))
    for (item, _), events in ledger.cells.items():
        if item == SEAL:
            for seal in events:
                lost = missing_from_seal(ledger, seal.value)
                if lost:
                    printed = Digest(seal.id).printed
                    fault(
                        "verify.seal",
                        seal.id,
                        say("The seal {id} does not hold: {count} records are missing.", id=printed, count=lost),
                    )
    for attachment in file.attachments():
        try:
            for _ in evidence.content(file, attachment):
                pass
        except Problem as problem:
            if problem.code != "evidence.absent":
                text = say("The attachment {id} is not what was attached.", id=Digest(attachment).printed)
                fault("verify.attachment", attachment, text)
    return tuple(findings)


def missing_from_seal(ledger: Ledger, value: Json) -> int:
    """How many of the records a seal lists are not here: heads of cells, and earlier seals and reopenings."""
    listed = [*value.get("heads", []), *value.get("records", [])] if isinstance(value, dict) else []
    return sum(1 for id in listed if id not in ledger.events)

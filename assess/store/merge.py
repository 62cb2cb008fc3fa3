"""Merging: the union of the events and the evidence of two copies of one document.

Nothing is written beyond the union, so that merging is idempotent, commutative and associative; what differs shows as
a conflict. Both copies must be of the same assessment and hold the same framework. Carrying answers over to another
version of a framework (D28) is a step of its own and not part of this module.
"""

from __future__ import annotations

from datetime import datetime

from assess.language import say
from assess.problems import Problem
from assess.store import evidence
from assess.store.events import Event, stamp
from assess.store.file import File
from assess.store.ledger import Ledger


def check_same(mine: Ledger, theirs: Ledger, name: str) -> None:
    """Raise store.other-assessment or store.other-framework unless both grew from the same founding event."""
    ours, other = mine.founding.value, theirs.founding.value
    if ours.get("assessment") == other.get("assessment") and ours.get("framework") != other.get("framework"):
        raise Problem(
            "store.other-framework",
            say("{name} was made with another version of the indicator framework.", name=name),
            say("Carry its answers over to this version first; they cannot simply be joined."),
        )
    if mine.founding.id != theirs.founding.id:
        raise Problem(
            "store.other-assessment",
            say("{name} belongs to another assessment.", name=name),
            say("Choose the file that came back from this assessment: a copy or an issued package of it."),
        )


def merge(
    file: File, mine: Ledger, other: File, theirs: Ledger, at: datetime, progress: evidence.Progress | None = None
) -> tuple[list[Event], int]:
    """Take what `other` has and this document lacks; returns the new events in order and the number of attachments.

    Attachments come first, each whole; events follow in one transaction. The caller adds the events to the ledger.
    """
    check_same(mine, theirs, other.path.name)
    own = file.attachments()
    wanted = {digest: size for digest, size in other.attachments().items() if digest not in own}
    total = sum(wanted.values())
    before = brought = 0
    for digest, size in sorted(wanted.items()):
        try:
            evidence.keep(file, digest, size, evidence.content(other, digest), _within(progress, before, total))
            brought += 1
        except Problem as problem:
            if problem.code != "evidence.absent":  # a copy without attachments: its events are welcome all the same
                raise
        before += size
    contents = {id: content for id, content, _ in other.events()}
    new = [event for event in theirs.events.values() if event.id not in mine.events]
    if new:
        with file.writing():
            number = file.add_arrival(stamp(at), other.path.name)
            file.add_events((event.id, contents[event.id], number) for event in new)
    return new, brought


def _within(progress: evidence.Progress | None, before: int, total: int) -> evidence.Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)

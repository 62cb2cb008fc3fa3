"""Merging: the union of the events and the evidence of two copies of one document, and what is rewritten to join it.

Nothing is written beyond the union, so that merging is idempotent, commutative and associative; what differs shows as
a conflict. A union needs the same founding event. What grew elsewhere is rewritten first, and always to the same
events, so that joining it stays a union too: answers given on another version of the framework (`carried`, D28), and
what was read from a form (`from_form`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assess.answers import Cell, Json
from assess.language import say
from assess.problems import Problem
from assess.store import evidence
from assess.store.changes import Changes, MergeReport
from assess.store.events import Author, Event, canonical, digest, make, stamp, tagged
from assess.store.file import File
from assess.store.ledger import Ledger

if TYPE_CHECKING:
    from assess.store.document import Document

CARRIED = "carried"
FORM = "form"
Written = tuple[Event, str]  # an event and its canonical content


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

    Attachments come first, each whole; events follow in one transaction, and without them no attachment stays. The
    caller adds the events to the ledger.
    """
    check_same(mine, theirs, other.path.name)
    contents = {id: content for id, content, _ in other.events()}
    new = [(event, contents[event.id]) for event in theirs.events.values() if event.id not in mine.events]
    return _join(file, other, theirs.events.values(), new, other.path.name, at, progress)


def carried(source: Ledger, founding: str, wanted: Callable[[Cell], bool]) -> list[Written]:
    """The events of some cells of another document as events of the document with this founding event (D28).

    Author, time, action and value stay; `of` names the event it was first. What was carried once already keeps that
    first name, so that the same answer arrives as the same event on whatever way it came.
    """
    renamed: dict[str, tuple[str, ...]] = {source.founding.id: (founding,)}
    out: list[Written] = []
    for event in source.events.values():
        if not event.parents or not wanted(event.cell):
            continue
        parents = dict.fromkeys(name for parent in event.parents for name in renamed[parent])
        if event.id in source.aside:  # was taken back there: what follows it follows what it followed
            renamed[event.id] = tuple(parents)
            continue
        first = event.of if event.kind == CARRIED else event.id
        made = make(
            Author(event.author, event.unit, event.post, event.role),
            event.at,
            event.cell,
            event.value,
            parents=tuple(parents),
            action=event.action,
            kind=CARRIED,
            of=first,
        )
        renamed[event.id] = (made[0].id,)
        out.append(made)
    return out


def from_form(
    mine: Ledger, cells: Mapping[Cell, Json], base: Iterable[str], author: Author, at: datetime, form: str = ""
) -> list[Written]:
    """What a form says, as events that follow what it was issued with; the same form always gives the same events.

    `base` are the events that were heads when the form was issued, under the names they had then. A cell that only
    repeats its base gives none. `form` is the digest of the form; without it the operation is named by its cells.
    """
    known = {event.of: event for event in mine.events.values() if event.kind == CARRIED} | dict(mine.events)
    before: dict[Cell, list[Event]] = {}
    for id in base:
        if id in known:
            before.setdefault(known[id].cell, []).append(known[id])
    said = sorted(cells.items())
    about = form or [[*cell, value] for cell, value in said]
    mark = digest(canonical([stamp(at), author.name, author.unit, about]))[:32]
    out: list[Written] = []
    for cell, value in said:
        heads = before.get(cell, [])
        if (len(heads) == 1 and tagged(heads[0].value) == tagged(value)) or (not heads and value is None):
            continue
        parents = (mine.founding.id, *(head.id for head in heads))
        out.append(make(author, at, cell, value, parents=parents, action=mark, kind=FORM))
    return out


def union(document: Document, theirs: Document, progress: evidence.Progress | None = None) -> MergeReport:
    """Take in another open copy of the same document. Problems: those of `check_same` and of writing."""
    document._writable()
    at = document._now()
    new, brought = merge(document._file, document._ledger, theirs._file, theirs._ledger, at, progress)
    return _told(document, new, brought, at)


def take(
    document: Document,
    written: Sequence[Written],
    source: str,
    theirs: Document | None = None,
    progress: evidence.Progress | None = None,
) -> MergeReport:
    """Take in events made by `carried` or `from_form`, with the attachments they name out of `theirs`."""
    document._writable()
    at = document._now()
    new = [(event, content) for event, content in written if event.id not in document._ledger.events]
    file = theirs._file if theirs is not None else None
    naming = [event for event, _ in written]
    events, brought = _join(document._file, file, naming, new, source, at, progress)
    return _told(document, events, brought, at)


def sources(document: Document) -> dict[str, str]:
    """The file each event came from, by event; events made in this document have none."""
    arrivals = document._file.arrivals()
    if not arrivals:
        return {}
    return {id: arrivals[arrival][1] for id, _, arrival in document._file.events() if arrival in arrivals}


def arrived(document: Document) -> dict[int, tuple[str, str, tuple[str, ...]]]:
    """Every merge by its number: when, from which file, and the events it brought."""
    brought: dict[int, list[str]] = {}
    for id, _, arrival in document._file.events():
        brought.setdefault(arrival, []).append(id)
    return {
        number: (at, source, tuple(id for id in brought.get(number, ()) if id in document._ledger.events))
        for number, (at, source) in sorted(document._file.arrivals().items())
    }


def rescued_from(document: Document, source: str) -> bool:
    """Whether a merge joined what an earlier session of one's own could not write."""
    return source.startswith(f"{document._ledger.founding.value.get('assessment', '')} ")


def base_of(document: Document, cells: Callable[[Cell], bool]) -> tuple[str, ...]:
    """The heads of some cells, sorted: what an issued form is filled in on top of."""
    return tuple(sorted(head.id for head in document._ledger.all_heads() if cells(head.cell)))


def cells_of(document: Document) -> Mapping[Cell, Sequence[Event]]:
    """Every cell with all its events in the order of arrival."""
    return document._ledger.cells


def common(document: Document, heads: Sequence[Event]) -> Event | None:
    """The latest event of the cell that all heads follow; None where they have only the beginning in common."""
    ledger = document._ledger
    shared: set[str] | None = None
    for head in heads:
        seen: set[str] = set()
        waiting = [head]
        while waiting:
            for event in ledger.before(waiting.pop()):
                if event.id not in seen:
                    seen.add(event.id)
                    waiting.append(event)
        shared = seen if shared is None else shared & seen
    if not shared:
        return None
    return ledger.in_order(ledger.events[id] for id in shared)[-1]


def passphrase_of(document: Document) -> str | None:
    """The passphrase the document was opened with, so that what lies beside it is kept as secret as it is."""
    return document._file.passphrase


def _join(
    file: File,
    other: File | None,
    naming: Iterable[Event],
    new: Sequence[Written],
    source: str,
    at: datetime,
    progress: evidence.Progress | None,
) -> tuple[list[Event], int]:
    brought = _bring(file, other, naming, progress) if other is not None else []
    try:
        if new:
            with file.writing():
                number = file.add_arrival(stamp(at), source)
                file.add_events((event.id, content, number) for event, content in new)
    except BaseException:
        _leave(file, brought)
        raise
    return [event for event, _ in new], len(brought)


def _bring(file: File, other: File, naming: Iterable[Event], progress: evidence.Progress | None) -> list[str]:
    """Copy the attachments that these events name and this file lacks; nothing stays unless all are whole."""
    own, there = file.attachments(), other.attachments()
    named = {found for event in naming if (found := _named(event))}
    wanted = {found: there[found] for found in sorted(named) if found in there and found not in own}
    total = sum(wanted.values())
    done = 0
    brought: list[str] = []
    try:
        for found, size in wanted.items():
            brought.append(found)
            try:
                evidence.keep(file, found, size, evidence.content(other, found), _within(progress, done, total))
            except Problem as problem:
                if problem.code != "evidence.absent":  # a copy without attachments: its events are welcome all the same
                    raise
                brought.remove(found)
            done += size
    except BaseException:
        _leave(file, brought)
        raise
    return brought


def _named(event: Event) -> str:
    if event.column.startswith("evidence/") and isinstance(event.value, Mapping):
        return str(event.value.get("digest", ""))
    return ""


def _leave(file: File, brought: Sequence[str]) -> None:
    if brought:
        try:
            file.remove_attachments(brought)
        except Problem:  # a full or vanished medium; unnamed attachments do no harm
            pass


def _told(document: Document, new: Sequence[Event], brought: int, at: datetime) -> MergeReport:
    if not new:
        return MergeReport(Changes({}, (), "", at, "merge"), 0, brought, (), ())
    changes = document._take_in(new, "", at, "merge", merged=True)
    document.last_saved = document._now()
    conflicts = tuple(sorted({event.cell for event in new if document._ledger.conflicted(event.cell)}))
    authors = tuple(sorted({event.author for event in new if event.author}))
    return MergeReport(changes, len(new), brought, conflicts, authors)


def _within(progress: evidence.Progress | None, before: int, total: int) -> evidence.Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(before + done, total)

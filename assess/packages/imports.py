"""What was taken in, file by file, and taking it back: the whole of a merge, whenever, without losing anything (D61).

Every file that brought something is one import of the document it went into: this one, or that of a lower unit. Taken
back, its events stand aside, and with them what was settled with its values; what somebody has written since stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assess.answers import Cell, Json
from assess.assessment import Assessment
from assess.language import say
from assess.packages import members
from assess.packages.records import FORM, PACKAGE, copy_mark
from assess.packages.rounds import everybody
from assess.problems import Problem
from assess.store import taken_back
from assess.store.changes import Changes
from assess.store.events import SEAL, TAKEN_BACK, Event, instant
from assess.store.merge import arrived, rescued_from

Place = tuple[str, int]
"""The lower unit whose document holds an import ("" for this document), and its number there."""


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was taken in; `taken_back` tells when it was taken back, `by` by whom; None while it counts.

    `kept`, told by taking back: cells in which somebody went on from it, which stay when it goes.
    """

    key: str
    number: int
    file: str
    at: datetime
    unit: str
    ids: tuple[str, ...]
    items: tuple[str, ...]
    kept: tuple[Cell, ...] = ()
    taken_back: datetime | None = None
    by: str = ""

    @property
    def place(self) -> Place:
        return self.key, self.number


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back, or taking into account again, did: the imports it concerned, and what shows differently."""

    imports: tuple[Import, ...]
    changes: Changes

    @property
    def cells(self) -> Mapping[Cell, Json]:
        return self.changes.cells

    @property
    def items(self) -> tuple[str, ...]:
        return self.changes.items

    @property
    def kind(self) -> str:
        return self.changes.kind

    @property
    def kept(self) -> tuple[Cell, ...]:
        return tuple(sorted({cell for one in self.imports for cell in one.kept}))


def imports(document: Assessment) -> tuple[Import, ...]:
    """Every import of this document and of those of its lower units, the latest first.

    What an issued copy was made of, and what was rescued of one's own work, are no imports.
    """
    units = {copy_mark(one.key): one.name for one in everybody(document)}
    own = {one.key for one in everybody(document) if one.own}
    found = [one for one in _imports(document, "", units) if not _only_notes(document, one, own)]
    for recipient in everybody(document):
        if recipient.own and members.exists(document, recipient):
            try:
                with members.opened(document, recipient, read_only=True) as member:
                    found += [replace(one, unit=recipient.name) for one in _imports(member, recipient.key, {})]
            except Problem:  # the overview says what is wrong with it
                continue
    return tuple(sorted(found, key=lambda one: (one.at, one.number), reverse=True))


def take_back(document: Assessment, places: Iterable[Place]) -> TakenBack:
    """Take imports back; in each document it is one operation. What is taken back already stays so.

    Problems: import.unknown, those of opening and writing.
    """
    return _each(document, _chosen(document, places), back=True)


def bring_back(document: Assessment, places: Iterable[Place]) -> TakenBack:
    """Take imports into account again. Problems: import.unknown, those of opening and writing."""
    return _each(document, _chosen(document, places), back=False)


def _each(document: Assessment, chosen: Sequence[Import], *, back: bool) -> TakenBack:
    document._writable()
    done: list[Import] = []
    notes: set[Cell] = set()
    for key in dict.fromkeys(one.key for one in chosen if one.key):
        with _home(document, key) as member:
            now = [one for one in chosen if one.key == key]
            now = _weighed(member, now) if back else now
            notes |= {cell for one in now for cell in _notes(member, one)}
            _set(member, [one.ids for one in now], back=back)
            done += _anew(member, now)
    here = [one for one in chosen if not one.key]
    here = _weighed(document, here) if back else here
    told = [event.id for cell in notes for event in document._ledger.cells.get(cell, ())]
    changes = _set(document, [*(one.ids for one in here), *([tuple(told)] if told else [])], back=back)
    return TakenBack((*_anew(document, here), *done), changes)


def _set(document: Assessment, groups: Sequence[tuple[str, ...]], *, back: bool) -> Changes:
    if not back:
        return taken_back.bring_back(document, (id for ids in groups for id in ids))
    cells: dict[Cell, Json] = {}
    for ids in groups:
        cells |= taken_back.record(document._ledger, ids)
    return document.set_cells(cells, taken_back.KIND)


def _weighed(document: Assessment, chosen: Sequence[Import]) -> list[Import]:
    """What somebody wrote on top of each of them."""
    return [replace(one, kept=taken_back.written_since(document, one.ids)) for one in chosen]


def _anew(document: Assessment, before: Sequence[Import]) -> list[Import]:
    """The same imports as they stand now; what somebody wrote since is told as it was before."""
    now = {one.number: one for one in _imports(document, before[0].key, {})} if before else {}
    return [replace(now[one.number], unit=one.unit, kept=one.kept) for one in before]


@contextmanager
def _home(document: Assessment, key: str) -> Iterator[Assessment]:
    recipient = next(one for one in everybody(document) if one.key == key)
    with members.opened(document, recipient) as member:
        member.act_as(document.author)
        yield member


def _chosen(document: Assessment, places: Iterable[Place]) -> list[Import]:
    known = {one.place: one for one in imports(document)}
    wanted = list(dict.fromkeys(places))
    if any(place not in known for place in wanted):
        raise Problem(
            "import.unknown",
            say("This file is not among those that were taken in."),
            say("Look at the list of what was taken in; it names every file with its day and unit."),
        )
    return [known[place] for place in wanted]


def _imports(document: Assessment, key: str, units: Mapping[str, str]) -> Iterator[Import]:
    ledger, aside = document._ledger, document._ledger.aside
    records = taken_back.records(ledger)
    issued = "scope" in document._file.facts()  # the first arrival of an issued copy is what it was issued with
    for number, (at, source, ids) in arrived(document).items():
        if rescued_from(document, source) or (issued and number == 1):
            continue
        events = [ledger.events[id] for id in ids if ledger.events[id].item != TAKEN_BACK]
        if not events:
            continue
        whole = all(event.id in aside for event in events)
        record = next((cell for cell, value in records.items() if events[0].id in value["events"]), None)
        said = ledger.heads(record)[-1] if whole and record is not None else None
        taken = tuple(event.id for event in events)
        yield Import(
            key, number, Path(source).name, instant(at), _unit(events, units), taken,
            tuple(sorted({event.item for event in events if event.item in document.whole_framework.indicators})),
            taken_back=said.at if said is not None else None,
            by=" ".join(part for part in (said.unit, said.post, said.author) if part) if said is not None else "",
        )  # fmt: skip


def _unit(events: Sequence[Event], units: Mapping[str, str]) -> str:
    """Whose return it was: by its seal, by the record of its form, else whoever wrote in it."""
    for event in events:
        if event.item == SEAL and isinstance(event.value, Mapping) and event.value.get("copy") in units:
            return units[str(event.value["copy"])]
    for event in events:
        if event.item.startswith(PACKAGE) and event.column.startswith(FORM):
            return units.get(copy_mark(event.item.removeprefix(PACKAGE)), event.unit)
    return next((event.unit for event in events if event.unit), "")


def _notes(document: Assessment, one: Import) -> set[Cell]:
    """The records of forms in an import; those of lower units stand in the master, too."""
    cells = {document._ledger.events[id].cell for id in one.ids}
    return {cell for cell in cells if cell[0].startswith(PACKAGE) and cell[1].startswith(FORM)}


def _only_notes(document: Assessment, one: Import, own: set[str]) -> bool:
    notes = _notes(document, one)
    cells = {document._ledger.events[id].cell for id in one.ids}
    return cells == notes and all(item.removeprefix(PACKAGE) in own for item, _ in notes)

"""What would leave the house, before anything is written: a value per package, to be read and agreed to.

Of an item, a package takes along the answer, its evidence, explanation and consents, and the step of a review that
concerns the unit (a return for correction with its reason). Values of review and third party stay behind until the
review has spoken, notes stay behind unless they are the unit's own or are asked for, and a blind review never leaves.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assess import rights
from assess.answers import Cell, Json
from assess.assessment import Assessment
from assess.framework.model import Framework
from assess.packages import members
from assess.packages.file_names import day, joined
from assess.packages.recipients import Recipient
from assess.packages.records import PACKAGE, copy_mark, issued
from assess.store.events import Event
from assess.store.merge import base_of, cells_of, sources

ISSUE_WORD = "填报包"
PREVIOUS = ("previous", "previous_note")
REVIEW = ("review", "opinion", "step")
STAYS = ("third_party", "target", "flag", "assignment", *rights.BLIND)
ABOUT_PREVIOUS = "@previous"
EMPTY_FILE = 40_000  # bytes of a package without framework, events and attachments


@dataclass(frozen=True, slots=True)
class Options:
    """How packages are made. `deadline` is an ISO date; without `answers` the questions go without what is answered.

    `forms` also writes every package as a workbook to be filled in, `documents` False writes those alone.
    """

    deadline: str = ""
    previous: bool = False
    answers: bool = True
    notes: bool = False
    attachments: bool = False
    encrypt: bool = False
    forms: bool = False
    documents: bool = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """One package as it would leave. `new_items` were not in the last one; counts of what goes and what stays.

    `size` is the size of the file in bytes, estimated; `base` the events the unit will build on.
    """

    recipient: Recipient
    file: str
    deadline: str
    items: tuple[str, ...]
    new_items: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    evidence: int = 0
    attachments: int = 0
    bytes: int = 0
    notes: int = 0
    notes_left: int = 0
    reviews_left: int = 0
    sent_back: tuple[str, ...] = ()
    times_issued: int = 0
    encrypted: bool = False
    size: int = 0
    base: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Everything that would leave in one step."""

    parcels: tuple[Parcel, ...]
    options: Options

    @property
    def size(self) -> int:
        return sum(parcel.size for parcel in self.parcels)


def preview(
    document: Assessment,
    recipients: Sequence[Recipient],
    options: Options = Options(),
    taken: Collection[str] = (),
) -> Dispatch:
    """What issuing to these recipients would send. Changes nothing. `taken` are file names already in the folder."""
    names = {name.casefold() for name in taken}
    before = issued(document.sheet.cells)
    came_from = sources(document)
    parcels = []
    for recipient in recipients:
        file = joined((ISSUE_WORD, recipient.name, day(document._now())), ".zhd", names)
        names.add(file.casefold())
        earlier = before.get(recipient.key, ())
        known = {code for record in earlier for code in record.items}
        sent = tuple(code for code in recipient.items if code not in known) if earlier else ()
        parcel = Parcel(
            recipient,
            file,
            options.deadline,
            recipient.items,
            new_items=sent,
            times_issued=len(earlier),
            encrypted=options.encrypt,
        )
        if recipient.own:
            if members.exists(document, recipient):
                with members.opened(document, recipient, read_only=True) as own:
                    parcel = _filled(own, parcel, options, sources(own))
            else:
                parcel = _weighed(document.whole_framework, parcel, 0)
        else:
            parcel = _filled(document, parcel, options, came_from)
        parcels.append(parcel)
    return Dispatch(tuple(parcels), options)


def travels(
    document: Assessment, recipient: Recipient, options: Options, came_from: Mapping[str, str] | None = None
) -> frozenset[Cell]:
    """The cells of the document that go along in a package. `came_from`: store.merge.sources, where at hand."""
    held = cells_of(document)
    values = document.sheet.cells
    items = set(recipient.items)
    cover = f"@cover/{copy_mark(recipient.key)}"
    came_from = sources(document) if came_from is None else came_from

    def goes(cell: Cell, events: Sequence[Event]) -> bool:
        item, column = cell
        if item in ("@profile", cover):
            return True
        if item == ABOUT_PREVIOUS:
            return options.previous
        if item not in items or column in STAYS or column.startswith("ruling/"):
            return False
        if column in PREVIOUS:
            return options.previous
        if column in REVIEW:
            return bool(rights.record(values, item))
        if column == "note":
            return options.notes or any(_of(event, recipient, came_from) for event in events)
        return options.answers

    return frozenset(cell for cell, events in held.items() if goes(cell, events))


def _of(event: Event, recipient: Recipient, came_from: Mapping[str, str]) -> bool:
    """Whether a note came back from this very unit."""
    return event.id in came_from and event.unit.strip() == recipient.name


def _filled(document: Assessment, parcel: Parcel, options: Options, came_from: Mapping[str, str]) -> Parcel:
    """The parcel with what of this document goes along and what stays."""
    values, items = document.sheet.cells, set(parcel.items)
    going = travels(document, parcel.recipient, options, came_from)
    there = document._file.attachments()
    held = cells_of(document)
    named = {
        str(event.value["digest"])
        for cell in going
        if cell[1].startswith("evidence/")
        for event in held[cell]
        if isinstance(event.value, Mapping) and event.value.get("digest")
    }
    sizes = [there[digest] for digest in named if digest in there] if options.attachments else []

    def count(columns: tuple[str, ...], *, along: bool) -> int:
        return sum(
            value is not None and cell[0] in items and cell[1] in columns and (cell in going) is along
            for cell, value in values.items()
        )

    words = sum(len(json.dumps(event.value, ensure_ascii=False)) + 420 for cell in going for event in held[cell])
    filled = replace(
        parcel,
        answers=tuple(code for code in parcel.items if _stands(values, going, (code, "self"))),
        previous=tuple(code for code in parcel.items if _stands(values, going, (code, "previous"))),
        evidence=sum(value is not None and cell in going and "evidence/" in cell[1] for cell, value in values.items()),
        attachments=len(sizes),
        bytes=sum(sizes),
        notes=count(("note",), along=True),
        notes_left=count(("note",), along=False),
        reviews_left=count((*REVIEW[:2], "third_party"), along=False),
        sent_back=tuple(code for code in parcel.items if rights.state(values, code) == "returned"),
        base=base_of(document, lambda cell: cell in going and not cell[0].startswith((PACKAGE, "@profile"))),
    )
    return _weighed(document.whole_framework, filled, words)


def _stands(values: Mapping[Cell, Json], going: frozenset[Cell], cell: Cell) -> bool:
    return cell in going and values.get(cell) is not None


def _weighed(framework: Framework, parcel: Parcel, words: int) -> Parcel:
    return replace(parcel, size=EMPTY_FILE + _packed(framework) + words + parcel.bytes)


_known: dict[str, int] = {}


def _packed(framework: Framework) -> int:
    """Bytes the framework takes in a file."""
    if framework.digest not in _known:
        sources = json.dumps(dict(framework.sources), ensure_ascii=False).encode("utf-8", "surrogatepass")
        _known[framework.digest] = len(zlib.compress(sources, 6))
    return _known[framework.digest]

"""What a document remembers of its packages: cells of the item `@package/<key>`, with the history of any other cell.

    issued/<n>        one record for every time a package was issued: to whom, what, when, until when, which file
    form/<digest>     a form that came back: who filled it in, when, how much

A package that came back as a document is known by its seal, which lies among the events it brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.answers import Cell, Json
from assess.store.events import canonical, digest, instant, stamp

PACKAGE = "@package/"
ISSUED = "issued/"
FORM = "form/"


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """One issue of a package. `base` are the events the unit fills in on top of; `digest` is that of the file."""

    key: str
    kind: str
    name: str
    items: tuple[str, ...]
    at: datetime
    deadline: str = ""
    file: str = ""
    digest: str = ""
    size: int = 0
    encrypted: bool = False
    previous: bool = False
    base: tuple[str, ...] = ()
    code: str = ""

    def to_json(self) -> dict[str, Json]:
        return {
            "kind": self.kind,
            "name": self.name,
            "code": self.code,
            "items": list(self.items),
            "at": stamp(self.at),
            "deadline": self.deadline,
            "file": self.file,
            "digest": self.digest,
            "size": self.size,
            "encrypted": self.encrypted,
            "previous": self.previous,
            "base": list(self.base),
        }

    @property
    def cell(self) -> Cell:
        return (f"{PACKAGE}{self.key}", f"{ISSUED}{stamp(self.at)}-{self.digest[:8]}")


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A form that came back. `digest` is over what it says, not over its bytes, which every saving changes."""

    key: str
    unit: str
    author: str
    at: datetime
    answered: int
    total: int
    file: str = ""


def issued(cells: Mapping[Cell, Json]) -> dict[str, tuple[IssueRecord, ...]]:
    """Every issue, oldest first, by the key of its recipient."""
    found: dict[str, list[IssueRecord]] = {}
    for (item, column), value in sorted(cells.items(), key=lambda pair: pair[0]):
        if item.startswith(PACKAGE) and column.startswith(ISSUED) and isinstance(value, Mapping):
            key = item.removeprefix(PACKAGE)
            try:
                record = _issue(key, value)
            except (KeyError, TypeError, ValueError):
                continue  # of a later version
            found.setdefault(key, []).append(record)
    return {key: tuple(sorted(records, key=lambda one: (one.at, one.digest))) for key, records in found.items()}


def forms(cells: Mapping[Cell, Json]) -> dict[str, tuple[FormRecord, ...]]:
    """Every form that came back, oldest first, by the key of its recipient."""
    found: dict[str, list[FormRecord]] = {}
    for (item, column), value in sorted(cells.items(), key=lambda pair: pair[0]):
        if item.startswith(PACKAGE) and column.startswith(FORM) and isinstance(value, Mapping):
            key = item.removeprefix(PACKAGE)
            try:
                record = FormRecord(
                    key, str(value["unit"]), str(value["author"]), instant(str(value["at"])), int(value["answered"]),
                    int(value["total"]), str(value.get("file", "")),
                )  # fmt: skip
            except (KeyError, TypeError, ValueError):
                continue
            found.setdefault(key, []).append(record)
    return {key: tuple(sorted(records, key=lambda one: one.at)) for key, records in found.items()}


def form_cell(record: FormRecord, said: Json) -> tuple[Cell, Json]:
    """The cell and value of a form; the same answers of the same unit are the same record."""
    mark = digest(canonical([record.key, stamp(record.at), record.author, said]))[:16]
    value = {
        "unit": record.unit,
        "author": record.author,
        "at": stamp(record.at),
        "answered": record.answered,
        "total": record.total,
    }
    return (f"{PACKAGE}{record.key}", f"{FORM}{mark}"), value


def copy_mark(key: str) -> str:
    """What the seals of a package carry, so that they are known among those of the master."""
    return digest(canonical(key))[:16]


def _issue(key: str, value: Mapping[str, Json]) -> IssueRecord:
    return IssueRecord(
        key=key,
        kind=str(value["kind"]),
        name=str(value["name"]),
        items=tuple(str(code) for code in value["items"]),
        at=instant(str(value["at"])),
        deadline=str(value.get("deadline", "")),
        file=str(value.get("file", "")),
        digest=str(value.get("digest", "")),
        size=int(value.get("size", 0)),
        encrypted=bool(value.get("encrypted", False)),
        previous=bool(value.get("previous", False)),
        base=tuple(str(one) for one in value.get("base", ())),
        code=str(value.get("code", "")),
    )

"""Events: what was done to a document, named by the SHA-256 of their canonical content (D25).

Canonical JSON: keys in the order of RFC 8785 (UTF-16 code units), no spaces, text in NFC, a number as the object
{"$": "85.3"} with its decimal string, so that neither platform nor library decides how it is written. Times are UTC
with six digits of a second. An event never names itself; its id is the digest of all the rest.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from assess.answers import Cell, Json

NUMBER = "$"
DOCUMENT = "@document"
SEAL = "@seal"
TAKEN_BACK = "@taken-back"
RECORDS = (DOCUMENT, TAKEN_BACK, SEAL)
"""Items that are records of the document about itself: no cell of the sheet, never in conflict."""
FOUNDED: Cell = (DOCUMENT, "founded")


@dataclass(frozen=True, slots=True)
class Author:
    """Who works on the document. `role` is filler, reviewer, third_party or consultant."""

    name: str = ""
    unit: str = ""
    post: str = ""
    role: str = "filler"


@dataclass(frozen=True, slots=True)
class Event:
    """At this time this person set this cell to this value, following these earlier events.

    `parents` are the heads of the same cell at that moment and the founding event, sorted. `action` is shared by the
    events of one operation; `of` names the action that an undo or a redo speaks of. `value` None clears the cell.
    """

    id: str
    action: str
    at: datetime
    author: str
    unit: str
    role: str
    item: str
    column: str
    value: Json
    parents: tuple[str, ...]
    kind: str
    post: str = ""
    of: str = ""

    @property
    def cell(self) -> Cell:
        return (self.item, self.column)

    @property
    def order(self) -> tuple[datetime, str]:
        """Time, then id: settles what the graph leaves open."""
        return (self.at, self.id)


def named_aside(value: Json) -> frozenset[str]:
    """The events that a record of taking back names (`taken_back.py`); none where it was lifted."""
    if not isinstance(value, Mapping) or not isinstance(value.get("events"), (list, tuple)) or not value["events"]:
        return frozenset()
    rulings = value.get("rulings")
    named = (*value["events"], *(rulings if isinstance(rulings, (list, tuple)) else ()))
    return frozenset(id for id in named if isinstance(id, str))


def text(value: str) -> str:
    """NFC, with halves of surrogate pairs (which no file can hold) replaced by U+FFFD."""
    return unicodedata.normalize("NFC", value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def tagged(value: Json) -> Json:
    """A JSON value in canonical form: ordered keys, NFC text, numbers as strings. Raises ValueError for others."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, int):
        return {NUMBER: str(value)}
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a value of a document must be finite")
        digits = format(Decimal(repr(value)), "f")
        return {NUMBER: digits if "." in digits else f"{digits}.0"}
    if isinstance(value, (list, tuple)):
        return [tagged(item) for item in value]
    if isinstance(value, Mapping):
        if NUMBER in value:
            raise ValueError(f"the key {NUMBER} is kept for numbers")
        pairs = [(text(str(key)), tagged(item)) for key, item in value.items()]
        return dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be")))
    raise ValueError(f"not a value of a document: {type(value).__name__}")


def untagged(value: Json) -> Json:
    """The inverse of `tagged`."""
    if isinstance(value, dict):
        if value.keys() == {NUMBER}:
            digits = value[NUMBER]
            return float(digits) if "." in digits else int(digits)
        return {key: untagged(item) for key, item in value.items()}
    if isinstance(value, list):
        return [untagged(item) for item in value]
    return value


def written(value: Json) -> str:
    """Canonical text of a value already tagged."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Json) -> str:
    return written(tagged(value))


def digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def stamp(at: datetime) -> str:
    """`2026-11-23T06:05:04.000123Z`. A time without a zone is a bug."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(stamped: str) -> datetime:
    """The time of a stamp; ValueError for any other form."""
    if len(stamped) != 27 or stamped[10] != "T" or stamped[19] != "." or stamped[-1] != "Z":
        raise ValueError(f"not a time: {stamped}")
    return datetime.fromisoformat(stamped)


def make(
    author: Author,
    at: datetime,
    cell: Cell,
    value: Json,
    *,
    parents: tuple[str, ...],
    action: str,
    kind: str,
    of: str = "",
) -> tuple[Event, str]:
    """A new event and its canonical content."""
    fields: dict[str, Any] = {
        "action": action,
        "at": stamp(at),
        "author": author.name,
        "column": cell[1],
        "item": cell[0],
        "kind": kind,
        "parents": sorted(parents),
        "role": author.role,
        "unit": author.unit,
        "value": value,
    }
    if author.post:
        fields["post"] = author.post
    if of:
        fields["of"] = of
    content = canonical(fields)
    return read(digest(content), content), content


def action_id(author: Author, at: datetime, kind: str, cells: Mapping[Cell, tuple[str, ...]]) -> str:
    """Id of one operation: 32 hexadecimal digits from who, when, what and the heads it follows.

    The heads change with every operation, so that even a clock that stands still gives different ids.
    """
    following = [[item, column, sorted(parents)] for (item, column), parents in cells.items()]
    return digest(canonical([author.name, author.unit, author.role, stamp(at), kind, following]))[:32]


def read(id: str, content: str) -> Event:  # noqa: A002
    """The event of a canonical content. Raises ValueError where it is none (a damaged or forged file)."""
    try:
        data = json.loads(content)
        event = Event(
            id=id,
            action=data["action"],
            at=instant(data["at"]),
            author=data["author"],
            unit=data["unit"],
            role=data["role"],
            item=data["item"],
            column=data["column"],
            value=untagged(data["value"]),
            parents=tuple(data["parents"]),
            kind=data["kind"],
            post=data.get("post", ""),
            of=data.get("of", ""),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an event: {error}") from error
    words = (event.action, event.author, event.unit, event.role, event.item, event.column, event.kind, event.of)
    if not all(isinstance(word, str) for word in (*words, event.post, *event.parents)):
        raise ValueError("not an event: a field that should be text is not")
    return event

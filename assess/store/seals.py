"""Seals and reopenings as they stand in a ledger: which seal holds, who made it, what changed since (D27, D56).

A seal is an event of the item `@seal` that lists the heads of all cells. One that is closing keeps what was filled in
as it is until it is reopened with a written reason, an event of its own. A seal belongs to the copy it was made in:
that of a package comes along in a merge without closing the master.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assess.store.events import SEAL, Event
from assess.store.ledger import Ledger
from assess.store.verify import Digest, heads_digest

REOPENING = "reopen-"


@dataclass(frozen=True, slots=True)
class Reopening:
    """Who reopened a seal, when and why."""

    at: datetime
    author: str
    unit: str
    post: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class SealRecord:
    """One seal: its digest, when and by whom. `copy` is "" in the master, else the mark of the package."""

    digest: Digest
    at: datetime
    author: str
    unit: str
    post: str
    role: str
    copy: str = ""
    closing: bool = False
    reopened: Reopening | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Seals of this copy, oldest first; `others` are those of packages taken in. `changed` counts the cells that
    have changed since the last seal; `digest` is that of the last seal where it holds and nothing changed since."""

    seals: tuple[SealRecord, ...] = ()
    others: tuple[SealRecord, ...] = ()
    changed: int = 0
    digest: Digest | None = None

    @property
    def last(self) -> SealRecord | None:
        return self.seals[-1] if self.seals else None

    @property
    def whole(self) -> str:
        """The digest for papers: of the last seal, while the file says what it said then; else empty."""
        return self.digest.whole if self.digest is not None else ""

    @property
    def since(self) -> str:
        """The digest of the last closing seal where it is not reopened and something changed since; else empty."""
        return self.seals[-1].digest.whole if self.closed and self.digest is None else ""

    @property
    def closed(self) -> bool:
        """Whether what was filled in is kept as it is: the last closing seal has not been reopened."""
        closing = [one for one in self.seals if one.closing]
        return bool(closing) and closing[-1].reopened is None


def standing(ledger: Ledger, copy: str) -> Standing:
    """The seals of a ledger as the copy of this mark sees them."""
    sealed: list[SealRecord] = []
    events: dict[str, Event] = {}
    reopened: dict[str, Event] = {}
    for event in ledger.history(SEAL):
        if event.id in ledger.aside:
            continue
        value = event.value if isinstance(event.value, Mapping) else {}
        if event.column.startswith(REOPENING):
            reopened.setdefault(str(value.get("seal", "")), event)
        else:
            events[event.id] = event
    for event in sorted(events.values(), key=lambda one: one.order):
        value = event.value if isinstance(event.value, Mapping) else {}
        opening = reopened.get(event.id)
        sealed.append(
            SealRecord(
                Digest(event.id), event.at, event.author, event.unit, event.post, event.role,
                str(value.get("copy", "")), value.get("closing") is True, _reopening(opening) if opening else None,
            )
        )  # fmt: skip
    own = tuple(one for one in sealed if one.copy == copy)
    others = tuple(one for one in sealed if one.copy != copy)
    if not own:
        return Standing((), others)
    _state, heads = heads_digest(ledger)
    value = events[own[-1].digest.whole].value
    listed = set(value.get("heads", ())) if isinstance(value, Mapping) else set()
    changed = sum(head not in listed for head in heads)
    holds = own[-1].reopened is None and len(heads) == len(listed) and not changed
    return Standing(own, others, changed, own[-1].digest if holds else None)


def _reopening(event: Event) -> Reopening:
    reason = event.value.get("reason", "") if isinstance(event.value, Mapping) else ""
    return Reopening(event.at, event.author, event.unit, event.post, event.role, str(reason))

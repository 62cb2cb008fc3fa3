"""The open assessment: the one object with a past. It changes by named operations, each one transaction on the medium.

Used from one thread at a time; the sheet it shows is frozen and may be read anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from uuid import UUID, uuid4

from assess import rights
from assess.answers import ANSWER_COLUMNS, Answer, Cell, Evidence, Json, Profile, Role, Sheet
from assess.framework.model import Framework
from assess.language import Message, say
from assess.operations import describe, filled_in, fits, in_force_digest, named
from assess.problems import Problem
from assess.register import pieces as register
from assess.store import evidence as bytes_of_evidence
from assess.store.changes import Changes, MergeReport
from assess.store.document import Document
from assess.store.events import Author, Event, canonical, digest, stamp
from assess.store.file import File
from assess.store.verify import Digest

__all__ = ["Assessment", "Author", "Changes", "Digest", "Event", "MergeReport"]

PROFILE = "@profile"
PARAMETER = "parameters/"
REVIEWED: Cell = ("@status", "reviewed")
COVER = ("unit", "filler", "approver", "leader", "phone", "date")
_read: dict[str, Framework] = {}  # frameworks read from documents, by the digest of their sources


class Assessment(Document):
    """A document of answers. `create` or `open` it; every operation returns Changes or raises a Problem."""

    _fits = staticmethod(fits)
    _sheet: Sheet | None = None
    _mark: str | None = None
    _framework: Framework | None = None

    @classmethod
    def create(
        cls,
        path: Path,
        framework: Framework,
        profile: Profile,
        *,
        author: Author,
        now: Callable[[], datetime],
        passphrase: str | None = None,
        identity: UUID | None = None,
    ) -> Assessment:
        """A new document, open for writing. Problems: store.exists, store.no-folder, those of writing."""
        founding = {
            "assessment": str(identity or uuid4()),
            "framework": framework.digest,
            "code": framework.code,
            "version": framework.version,
        }
        about = profile.to_json()
        role = about.pop("role", "master")

        def fill(file: File) -> None:
            file.set_framework(framework.digest, framework.sources)
            file.set_fact("role", role)

        cells = {(PROFILE, name): value for name, value in about.items()}
        if wrong := [name for name, value in about.items() if not fits((PROFILE, name), value)]:
            raise ValueError(f"fields of a profile that do not fit: {wrong}")
        _read.setdefault(_key(framework.sources), framework)
        cls._found(path, founding, cells, fill, author=author, at=now(), passphrase=passphrase)
        return cls.open(path, author=author, now=now, passphrase=passphrase)

    # What it holds

    @property
    def id(self) -> UUID:
        return UUID(self._ledger.founding.value["assessment"])

    @property
    def whole_framework(self) -> Framework:
        """The framework the document was made with, as the document holds it."""
        if self._framework is None:
            _, sources = self._file.framework()
            key = _key(sources)
            if key not in _read:
                from assess.framework.read import from_sources

                _read[key] = from_sources(sources)
            self._framework = _read[key]
        return self._framework

    @property
    def framework(self) -> Framework:
        """The framework as this unit sees it: the items of its administrative level and scope, county words."""
        from assess.framework.tiers import tailored

        return tailored(self.whole_framework, self.profile)

    @property
    def sheet(self) -> Sheet:
        if self._sheet is None:
            self._sheet = self._make_sheet()
        return self._sheet

    @property
    def profile(self) -> Profile:
        return self.sheet.profile

    @property
    def role(self) -> Role:
        return self.profile.role

    @property
    def package(self) -> Mapping[str, Json]:
        """What an issued copy says of itself (to whom, until when); empty in a master."""
        return MappingProxyType(json.loads(self._file.facts().get("package", "{}")))

    @property
    def copy_mark(self) -> str:
        """Empty in a master; in a package, sixteen hexadecimal digits over its key, or else over the items it holds."""
        if self._mark is None:
            scope, key = self._file.facts().get("scope"), self.package.get("key")
            self._mark = digest(canonical(key or sorted(json.loads(scope))))[:16] if scope else ""
        return self._mark

    def _closed_to(self, cell: Cell) -> bool:
        return filled_in(cell, self.author.role) and rights.state(self._values, cell[0]) != "returned"

    def _sources(self) -> tuple[str, Mapping[str, str]]:
        return self.whole_framework.digest, self.whole_framework.sources

    def _make_sheet(self) -> Sheet:
        values = self._values
        about = {column: value for (item, column), value in values.items() if item == PROFILE}
        facts = self._file.facts()
        about["parameters"] = self._parameters()
        about["role"] = facts.get("role", "master")
        if "scope" in facts:
            about["scope"] = json.loads(facts["scope"])
        reviewed = values.get(REVIEWED)
        if isinstance(reviewed, dict) and reviewed.get("state", "") not in ("", in_force_digest(values)):
            values = {cell: value for cell, value in values.items() if cell != REVIEWED}
        return Sheet(Profile.from_json(about), MappingProxyType(rights.seen(values, self.author.role)))

    def _folded(self, changed: Mapping[Cell, Json]) -> Mapping[Cell, Json]:
        before = self._sheet
        self._sheet = self._make_sheet()
        shown = self._sheet.cells.get(REVIEWED)
        was = before.cells.get(REVIEWED) if before is not None else shown
        return {REVIEWED: shown} if was != shown else {}

    def act_as(self, author: Author) -> Changes:
        """As in Document; what the other person may see of a blind review is seen anew (D17)."""
        changes = super().act_as(author)
        self._sheet = None
        return changes

    def history(self, code: str, column: str | None = None) -> tuple[Event, ...]:
        """As in Document, without what is blind to the person who asks (D17)."""
        return rights.seen_events(self._values, super().history(code, column), self.author.role)

    def conflicts(self) -> Mapping[Cell, tuple[Event, ...]]:
        """As in Document, without what is blind to the person who asks (D17)."""
        role = self.author.role
        return {cell: heads for cell, heads in super().conflicts().items() if rights.visible(self._values, cell, role)}

    def _take_in(self, events: Iterable[Event], action: str, at: datetime, kind: str, *, merged: bool) -> Changes:
        changes = super()._take_in(events, action, at, kind, merged=merged)
        role = self.author.role
        shown = {cell: value for cell, value in changes.cells.items() if rights.visible(self._values, cell, role)}
        return replace(changes, cells=shown)

    def undo(self) -> Changes:
        """As in Document. Problem review.locked for what the review has settled since."""
        if not self.read_only:
            self._retractable(self._undo.to_undo)
        return super().undo()

    def redo(self) -> Changes:
        """As in Document. Problem review.locked for what the review has settled since."""
        if not self.read_only:
            self._retractable(self._undo.to_redo)
        return super().redo()

    def _retractable(self, attempt: Callable[[], tuple[str, Mapping[Cell, Json]]]) -> None:
        rights.retractable(self._values, attempt()[1])

    def set_cells(self, cells: Mapping[Cell, Json], kind: str = "cells") -> Changes:
        """As in Document; "reviewed" is always bound to the values in force at this moment (D54).

        Problems besides those of writing: review.* (see rights.py) for what is locked or belongs to somebody else.
        """
        if not self.read_only:
            held = self._ledger.cells
            cells = rights.admitted(
                self.framework, self._values, cells, self.author, self._now(), lambda cell: held.get(cell, ())
            )
        value = cells.get(REVIEWED)
        if isinstance(value, dict) and "state" not in value:
            cells = {**cells, REVIEWED: {**value, "state": in_force_digest({**self._values, **cells})}}
        return super().set_cells(cells, kind)

    # Answers and what belongs to an item

    def answer(self, code: str, answer: Answer | None, column: str = "self") -> Changes:
        """Give, change or (None) clear the answer to one item in one column."""
        return self.answer_many({code: answer}, column)

    def answer_many(self, answers: Mapping[str, Answer | None], column: str = "self") -> Changes:
        """Several answers as one operation. Problem document.unknown-item for a code the framework has not."""
        if column not in ANSWER_COLUMNS:
            raise ValueError(f"not a column of answers: {column}")
        known = self.whole_framework.indicators
        for code in answers:
            if code not in known:
                raise Problem(
                    "document.unknown-item",
                    say("{code} is no item of the framework of this document.", code=code),
                    say("Compare the codes in the first column with those of the questionnaire."),
                )
        cells = {(code, column): answer.to_json() if answer is not None else None for code, answer in answers.items()}
        return self.set_cells(cells, "answer")

    def note(self, code: str, text: str) -> Changes:
        return self.set_cells({(code, "note"): text or None}, "note")

    def explain(self, code: str, text: str) -> Changes:
        """The explanation of a warning."""
        return self.set_cells({(code, "explanation"): text or None}, "explanation")

    def approve_na(self, code: str, on: bool = True) -> Changes:
        return self.set_cells({(code, "na_approved"): True if on else None}, "na_approval")

    def lift_skip(self, code: str, on: bool = True) -> Changes:
        return self.set_cells({(code, "skip_lifted"): True if on else None}, "skip")

    def target(self, code: str, value: float | None) -> Changes:
        """The improvement target of an item, 0–100; None removes it."""
        if value is not None and not 0 <= value <= 100:
            raise ValueError("a target lies between 0 and 100")
        return self.set_cells({(code, "target"): value}, "target")

    # Evidence

    def add_evidence(
        self,
        code: str,
        evidence: Evidence,
        file: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Changes:
        """Register evidence, with or without its file; it gets an id where it has none.

        `progress` hears bytes done and bytes in all, and cancels by raising. The evidence appears only after the last
        byte is on the medium. A file that was brought in with `begin_copy` is named by its digest. Problems:
        evidence.missing, evidence.unreadable, evidence.changed, evidence.too-large, evidence.no-room, those of writing.
        """
        self._writable()
        evidence = named(evidence, file.name if file is not None else "")
        if file is not None:
            found, size = bytes_of_evidence.attach(self._file, file, progress)
            evidence = replace(evidence, digest=found, size=size, file_name=evidence.file_name or file.name)
        taken = {column for item, column in self._ledger.cells if item == code}
        name = evidence.id or self._new_id(code, evidence.to_json(), len(taken))
        if f"evidence/{name}" in taken:
            raise ValueError(f"evidence {name} is registered already")
        return self.set_cells({(code, f"evidence/{name}"): evidence.to_json()}, "evidence")

    def change_evidence(self, code: str, evidence: Evidence) -> Changes:
        """Change a piece in every item it serves; pages and options are those of this item alone."""
        return self.set_cells(register.changed(self.sheet, code, named(evidence)), "evidence")

    def use_evidence(self, evidence: Evidence, codes: Sequence[str]) -> Changes:
        """Let a registered piece serve further items, under its id. Items it serves already are left alone."""
        served = register.serving(self.sheet, evidence.id)
        return self.set_cells(register.used_for(evidence, [code for code in codes if code not in served]), "evidence")

    def withdraw_evidence(self, code: str, evidence_id: str, *, everywhere: bool = False) -> Changes:
        """Take evidence back from one item, or from all it serves; its record and bytes stay in the history."""
        cells = register.withdrawn(self.sheet, evidence_id) if everywhere else {(code, f"evidence/{evidence_id}"): None}
        return self.set_cells(cells, "withdrawal")

    def withdrawn_evidence(self) -> tuple[tuple[str, Evidence], ...]:
        """Pieces that serve no item any more, each with the last item it served; the latest withdrawn first."""
        live = {column for (item, column), value in self._values.items() if column.startswith("evidence/") and value}
        last: dict[str, Event] = {}
        for event in self._ledger.events.values():
            if event.column.startswith("evidence/") and event.column not in live and isinstance(event.value, dict):
                last[event.column] = event
        newest = sorted(last.values(), key=lambda event: event.order, reverse=True)
        return tuple((event.item, Evidence.from_json(event.column[9:], event.value)) for event in newest)

    def extract_evidence(self, digest: str, target: Path) -> None:
        """Write an attachment to a file. Problems: evidence.absent, store.damaged, those of writing there."""
        bytes_of_evidence.extract(self._file, digest, target)

    # What belongs to the document

    def red_line(self, id: str, state: str | None, reason: str = "") -> Changes:
        """`state` raised, confirmed or cleared; None removes the entry."""
        if state not in (None, "raised", "confirmed", "cleared"):
            raise ValueError(f"not a state of a red line: {state}")
        return self.set_cells({("@redline", id): {"state": state, "reason": reason} if state else None}, "redline")

    def claim_bonus(self, item: str, matter: str, document: str = "", *, claim: str | None = None) -> Changes:
        """Claim a bonus, or change the claim named by its column."""
        value = {"item": item, "matter": matter, "document": document}
        return self.set_cells({("@bonus", claim or self._new_claim("@bonus", value)): value}, "bonus")

    def claim_deduction(
        self,
        item: str,
        matter: str,
        points: float,
        *,
        confirmed: bool = False,
        redline: str = "",
        claim: str | None = None,
    ) -> Changes:
        """Enter a deduction (points as a positive number), or change the one named by its column."""
        value = {"item": item, "matter": matter, "points": points, "confirmed": confirmed, "redline": redline}
        return self.set_cells({("@deduction", claim or self._new_claim("@deduction", value)): value}, "deduction")

    def drop_claim(self, kind: str, claim: str) -> Changes:
        """Remove a bonus ("@bonus") or a deduction ("@deduction") by its column."""
        return self.set_cells({(kind, claim): None}, kind.removeprefix("@"))

    def mark_reviewed(self, on: bool = True) -> Changes:
        """Set or drop "reviewed". It holds for the values in force at this moment and lapses when one changes (D54)."""
        if on and self.author.role in ("filler", rights.SECOND, "third_party"):
            raise Problem(
                "document.not-a-reviewer",
                say("Only a reviewer can mark the document as reviewed."),
                say("Change your role in the settings, or hand the document to the reviewing office."),
            )
        value = {"by": self.author.name, "at": self._now().date().isoformat()}
        return self.set_cells({REVIEWED: value if on else None}, "reviewed")

    def set_profile(self, **changes: Json) -> Changes:
        """Change fields of the profile. Role and scope of an issued copy belong to the copy: see `set_role`."""
        known = {spec.name for spec in fields(Profile)} - {"role"}
        if unknown := set(changes) - known:
            raise TypeError(f"not fields of a profile: {sorted(unknown)}")
        wanted = replace(self.profile, **changes).to_json()
        cells: dict[Cell, Json] = {(PROFILE, name): wanted.get(name) for name in changes}
        if "parameters" in changes:  # each in a cell of its own, so that two packages may each set one
            held: Mapping[str, Json] = cells.get((PROFILE, "parameters")) or {}
            cells[PROFILE, "parameters"] = None
            for key in {**self._parameters(), **held}:
                cells[PROFILE, f"{PARAMETER}{key}"] = held.get(key)
        return self.set_cells(cells, "profile")

    def _parameters(self) -> dict[str, Json]:
        """The parameters of the profile: as they were founded, and each as it was set since."""
        held = dict(self._values.get((PROFILE, "parameters")) or {})
        for (item, column), value in self._values.items():
            if item == PROFILE and column.startswith(PARAMETER):
                held[column.removeprefix(PARAMETER)] = value
        return held

    def set_cover(self, **texts: str) -> Changes:
        """Fill in the cover page: filler, approver, leader, phone, date and unit as texts; an empty one clears it.

        A package has a cover of its own, so that those of departments do not meet in the master.
        """
        if unknown := set(texts) - set(COVER):
            raise TypeError(f"not fields of a cover: {sorted(unknown)}")
        item = f"@cover/{self.copy_mark}" if self.copy_mark else "@cover"
        return self.set_cells({(item, name): text.strip() or None for name, text in texts.items()}, "cover")

    def set_role(self, role: Role) -> None:
        """Say what this copy is: master, issued or returned. Not an event, so that merging leaves it alone."""
        self._writable()
        with self._file.writing():
            self._file.set_fact("role", role)
        self._sheet = None

    # Undo in words, merging, copies

    @property
    def undoable(self) -> Message | None:
        """What `undo` would undo, in words; None when it would refuse."""
        return self._offered(lambda: self._retractable(self._undo.to_undo), self._undo.last, say("Undo: {what}"))

    @property
    def redoable(self) -> Message | None:
        """What `redo` would redo, in words; None when it would refuse."""
        return self._offered(lambda: self._retractable(self._undo.to_redo), self._undo.last_undone, say("Redo: {what}"))

    def _offered(
        self, attempt: Callable[[], object], last: Callable[[], tuple[Event, ...]], words: Message
    ) -> Message | None:
        if self.read_only:
            return None
        events = last()
        if self.standing.closed and any(self._closed_to(event.cell) for event in events):
            return None
        try:
            attempt()
        except Problem:
            return None
        return replace(words, values={"what": describe(events)})

    def issue_copy(
        self,
        path: Path,
        items: tuple[str, ...],
        *,
        package: Mapping[str, Json] | None = None,
        passphrase: str | None = None,
        attachments: bool = False,
        leaves: Callable[[Cell], bool] | None = None,
    ) -> None:
        """Write an issued copy limited to some items: the same assessment, their events (no blind review), the profile.

        When it comes back, `merge` joins it. `package` is what the copy says of itself (recipient, deadline); its
        `key` marks the seals of the copy. `leaves` says of every cell whether it goes along; without it, all of the
        items do.
        """
        self.save_waiting()
        wanted = {*items, PROFILE}

        def goes(cell: Cell) -> bool:
            return cell[1] not in rights.BLIND and (leaves(cell) if leaves is not None else cell[0] in wanted)

        events = [event for event in self._ledger.events.values() if not event.parents or goes(event.cell)]
        contents = {id: content for id, content, _ in self._file.events()}
        digests = {
            event.value["digest"]
            for event in events
            if event.column.startswith("evidence/") and isinstance(event.value, dict) and event.value.get("digest")
        }

        def fill(file: File) -> None:
            file.set_framework(*self._file.framework())
            arrival = file.add_arrival(stamp(self._now()), self.path.name)
            file.add_events((event.id, contents[event.id], 0 if not event.parents else arrival) for event in events)
            file.set_fact("role", "issued")
            file.set_fact("scope", json.dumps(list(items)))
            file.set_fact("package", json.dumps(dict(package or {}), ensure_ascii=False))
            for found, size in self._file.attachments().items() if attachments else ():
                if found in digests:
                    for number, data in enumerate(self._file.chunks(found)):
                        file.add_chunk(found, number, data)
                    file.add_attachment(found, size)

        File.create(path.resolve(), passphrase, fill).close()

    def _new_id(self, *about: Json) -> str:
        """Eight hexadecimal digits that no other copy of the document gives to something else."""
        who = (self.author.name, self.author.unit, self._now().isoformat())
        return digest(canonical([str(self.id), *who, *about]))[:8]

    def _new_claim(self, kind: str, value: Json) -> str:
        """Column of a new entry: its number for the order, and digits that keep two copies apart."""
        count = sum(1 for item, _ in self._ledger.cells if item == kind)
        return f"{count + 1:03d}-{self._new_id(kind, value, count)[:4]}"


def _key(sources: Mapping[str, str]) -> str:
    return digest(json.dumps(sorted(sources.items())))

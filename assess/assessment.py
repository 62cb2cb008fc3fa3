"""The open assessment: the one object with a past. It changes by named operations, each one transaction on the medium.

Used from one thread at a time. What it shows, and to whom, is in seen.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from assess import rights
from assess.answers import ANSWER_COLUMNS, Answer, Cell, Evidence, Json, Profile, Role
from assess.framework.model import Framework
from assess.language import say
from assess.operations import fits, named
from assess.problems import Problem
from assess.register import pieces as register
from assess.seen import PARAMETER, PROFILE, REVIEWED, Seen, remember
from assess.store import evidence as bytes_of_evidence
from assess.store.changes import Changes, MergeReport
from assess.store.events import Author, Event, canonical, digest, stamp
from assess.store.file import File
from assess.store.taken_back import belonging
from assess.store.verify import Digest

__all__ = ["Assessment", "Author", "Changes", "Digest", "Event", "MergeReport"]

COVER = ("unit", "filler", "approver", "leader", "phone", "date")


class Assessment(Seen):
    """A document of answers. `create` or `open` it; every operation returns Changes or raises a Problem."""

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
        remember(framework)
        cls._found(path, founding, cells, fill, author=author, at=now(), passphrase=passphrase)
        return cls.open(path, author=author, now=now, passphrase=passphrase)

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

    # Copies

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
        events += belonging(self._ledger, events)
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

"""What the page writes: answers, texts, parameters, evidence. Each goes to the session at once, as one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from assess.answers import Answer, Evidence
from forms.session import Session


class Saving(QObject):
    """Counts what is under way per item, so that a card is not set back while someone is still choosing."""

    copied = Signal(int, int)
    """Bytes of an attachment done and in all; told by the writer thread."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.waiting: Counter[str] = Counter()

    def busy(self, code: str) -> bool:
        return self.waiting[code] > 0

    def forget(self) -> None:
        """Something failed: nothing is under way any more."""
        self.waiting.clear()

    def answer(self, code: str, answer: Answer | None, done: Callable[[str], None]) -> None:
        """Save an answer; `done(code)` once nothing of this item is under way."""
        if self.session.locked is not None:
            return
        if self.session.sheet.answer(code) == answer and not self.busy(code):
            return
        self.waiting[code] += 1

        def committed(_changes: object) -> None:
            self.waiting[code] = max(0, self.waiting[code] - 1)
            if not self.busy(code):
                done(code)

        self.session.submit("answer", code, answer, then=committed)

    def parameter(self, key: str, value: object) -> None:
        """A parameter of the profile, such as the days allowed for a reply; None takes it out."""
        held = {name: one for name, one in self.session.profile.parameters.items() if name != key}
        if value is not None:
            held[key] = value
        self.session.submit("set_profile", parameters=held)

    def lift(self, code: str, on: bool) -> None:
        self.session.submit("lift_skip", code, on)

    def note(self, code: str, text: str) -> None:
        self.session.submit("note", code, text)

    def explain(self, code: str, text: str) -> None:
        self.session.submit("explain", code, text)

    def add_evidence(self, code: str, record: Evidence, file: Path | None, done: Callable[[str], None]) -> None:
        """Register a piece; a changed one with a new file is registered anew and the old one withdrawn."""
        old = record.id

        def committed(_changes: object) -> None:
            if old:
                self.withdraw_evidence(code, old)
            done(code)

        progress = self.copied.emit if file is not None else None
        self.session.submit("add_evidence", code, replace(record, id=""), file, progress, then=committed)

    def change_evidence(self, code: str, record: Evidence, done: Callable[[str], None]) -> None:
        self.session.submit("change_evidence", code, record, then=lambda _changes: done(code))

    def withdraw_evidence(self, code: str, evidence_id: str) -> None:
        self.session.submit("withdraw_evidence", code, evidence_id)

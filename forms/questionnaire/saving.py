"""What the page writes: answers, texts, parameters, evidence. Each goes to the session at once, as one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject

from assess.answers import Answer
from forms.session import Session


class Saving(QObject):
    """Counts what is under way per item, so that a card is not set back while someone is still choosing."""

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

    def confirm(self, code: str, answer: Answer, done: Callable[[str], None]) -> None:
        """The answer of last period holds again, said by the person at work; the history tells it from an answer."""
        if self.session.locked is None:
            cells = {(code, "self"): answer.to_json()}
            self.session.submit("set_cells", cells, "unchanged", then=lambda _changes: done(code))

    def mark(self, code: str, on: bool) -> None:
        """The mark to come back to an item."""
        if self.session.locked is None:
            self.session.submit("set_cells", {(code, "flag"): True if on else None}, "flag")

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

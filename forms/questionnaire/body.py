"""What every kind of question is to its card: it shows an answer, and says when another is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.answers import Answer, Evidence, Profile
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Message, Words
from assess.measure.result import ItemScore
from assess.walk import Responsible
from forms.questionnaire import terms
from forms.questionnaire.terms import Spot
from forms.theme import theme
from forms.words import language, show


@dataclass(slots=True)
class Asked:
    """One question as it is put: the item and what stands around it. `seen` collects terms dotted on this card."""

    framework: Framework
    indicator: Indicator
    profile: Profile
    previous: Answer | None = None
    evidence: tuple[Evidence, ...] = ()
    score: ItemScore | None = None
    explanation: str = ""
    note: str = ""
    note_before: str = ""
    about_before: Mapping[str, object] = field(default_factory=dict)
    not_brought: Message | None = None
    who: Responsible | None = None
    seen: set[str] = field(default_factory=set)

    @property
    def shows_score(self) -> bool:
        """Whether the effect on the score may be seen while filling: never in a formal assessment."""
        return self.profile.mode in ("self", "training")

    def text(self, words: Words) -> tuple[str, tuple[Spot, ...]]:
        """A text in the language of now, with the terms in it that this card has not dotted yet."""
        text = show(words)
        return text, terms.find(self.framework, text, language(), self.seen)


class Body(QWidget):
    """A kind of question. Subclasses fill `column` and override what they need."""

    answered = Signal(object)
    """Answer: given now, to be saved at once."""
    registering = Signal(str)
    """Evidence is to be registered: for an option, or for the item ("")."""
    term = Signal(str, QWidget)
    explained = Signal(str)
    parameter = Signal(str, object)
    same = Signal()
    """`=` was pressed where a field would have taken it."""
    grown = Signal(QWidget)
    """A part has been unfolded and should come into sight."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.locked = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(6))

    def show_answer(self, answer: Answer | None) -> None:
        """Show what holds: the answer given, or nothing."""
        raise NotImplementedError

    def refresh(self, asked: Asked) -> None:
        """Something around the question has changed: evidence, score, last period, explanation."""
        self.asked = asked

    def set_locked(self, locked: bool) -> None:
        """Read-only, or open again."""
        self.locked = locked

    def press(self, event: QKeyEvent) -> bool:
        """A key that no field took: True when it meant something here."""
        return False

    def keys(self) -> Sequence[tuple[str, str]]:
        """Keys of this kind, for the status bar."""
        return ()

    def entry(self) -> QWidget:
        """The control that takes the focus when the question comes."""
        return self

    def stack(self, stacked: bool) -> None:
        """Set things below each other where it is narrow."""

    def flush(self) -> None:
        """Give out what is still being typed."""

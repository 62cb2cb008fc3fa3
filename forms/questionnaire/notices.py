"""Notices of the card: a mark, a sentence, what to do, and a button. They push down what follows and cover nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.theme import look, theme
from forms.widgets.buttons import Button

Tone = Literal["info", "success", "warning", "danger"]
MARKS: dict[Tone, str] = {"info": "info", "success": "done", "warning": "triangle", "danger": "octagon"}


class Line(QFrame):
    """One notice. `room` is where more can stand: a field for an explanation, a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], object] | None = None

    @cached_property
    def icon(self) -> Icon:
        return Icon("info")

    @cached_property
    def bold(self) -> Prose:
        made = Prose("label")
        made.embolden(True)
        return made

    @cached_property
    def more(self) -> Prose:
        return Prose("label")

    @cached_property
    def button(self) -> Button:
        return Button(small=True, run=self._run)

    @cached_property
    def room(self) -> QVBoxLayout:
        """The inside, made when something is first said: most notices of a card never speak."""
        style = theme()
        texts = QVBoxLayout()
        texts.setSpacing(style.px(2))
        texts.addWidget(self.bold)
        texts.addWidget(self.more)
        top = QHBoxLayout()
        top.setSpacing(style.px(10))
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        top.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        room = QVBoxLayout(self)
        room.setContentsMargins(style.px(12), style.px(8), style.px(12), style.px(8))
        room.setSpacing(style.px(6))
        room.addLayout(top)
        return room

    def tell(
        self,
        tone: Tone,
        sentence: str,
        more: str = "",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        """Say something: the first sentence bold, then what to do."""
        self.room.setEnabled(True)
        look(self, notice=tone)
        self.icon.show_mark(MARKS[tone])
        self.bold.say(sentence)
        self.bold.setVisible(bool(sentence))
        self.more.say(more)
        self.more.setVisible(bool(more))
        self.button.say(action)
        self.button.setVisible(bool(action))
        self._action = run
        self.setAccessibleName(f"{sentence} {more}".strip())

    def lock(self, locked: bool) -> None:
        if self.layout() is not None:
            self.button.setEnabled(not locked)

    def _run(self) -> None:
        if self._action is not None:
            self._action()

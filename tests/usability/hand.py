"""A hand on the keyboard that counts: each press is one key, whatever is held with it; each character typed is one
character and is counted apart; a screen is a change of what is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from forms.window import Window

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class Hand:
    """Works one window. `part` names the part of the work that keys are counted under."""

    window: Window
    part: str = "questions"
    keys: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)
    screens: Counter[str] = field(default_factory=Counter)
    seen: object = None

    @property
    def focus(self) -> QWidget:
        now = QApplication.focusWidget()
        assert now is not None, "nothing has the focus"
        return now

    def settle(self) -> None:
        """Let what follows happen, then see whether something else is asked."""
        self.window.session.wait()
        QCoreApplication.processEvents()
        self.window.session.wait()
        now = self.asked()
        if now != self.seen:
            self.seen = now
            self.screens[self.part] += 1

    def asked(self) -> object:
        """What is asked now: page, question, and whether a form stands open beside it."""
        page: Any = self.window.page
        desk = getattr(page, "desk", None)
        form = desk is not None and desk.side.evidence.form is not None
        return (page.key, desk.place() if desk is not None else "", form)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        """Press a key, as often as said."""
        for _press in range(times):
            QTest.keyClick(self.focus, key, held)
            self.keys[self.part] += 1
            self.settle()

    def digit(self, number: int) -> None:
        self.press(Qt.Key(Qt.Key.Key_0 + number))

    def letter(self, letter: str) -> None:
        self.press(Qt.Key(Qt.Key.Key_A + ord(letter.upper()) - ord("A")))

    def type(self, text: str) -> None:
        """Type into what has the focus, as an input method hands it on."""
        before = self.focus
        QApplication.sendEvent(before, _committed(text))
        assert QApplication.focusWidget() is before
        self.typed[self.part] += len(text)

    def tab_to(self, wanted: QWidget, most: int = 40) -> None:
        """Tab until this has the focus."""
        for _press in range(most):
            if self.focus is wanted:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted.accessibleName()}")


def _committed(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event

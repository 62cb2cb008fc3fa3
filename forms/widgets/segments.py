"""A segmented filter: a few choices side by side, one of them chosen. Arrows move, digits do not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from forms.theme import look, theme

ROOM, LITTLE = 12, 4
"""Pixels at either side of the words, and where the window is too small for that."""


class Segments(QWidget):
    """Choices are (key, words). Tab reaches the chosen one only; arrows, Home and End choose."""

    chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self.key = ""
        self._tight = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def offer(self, choices: Sequence[tuple[str, str]], key: str = "") -> None:
        """Set the choices; with the same keys only the words change. `key` is chosen without a signal."""
        if [one for one, _words in choices] != list(self._buttons):
            self._build(choices)
        for one, words in choices:
            button = self._buttons[one]
            button.setText(words.replace("&", "&&"))
            button.setAccessibleName(words)
        self.choose(key or self.key or choices[0][0])

    def _build(self, choices: Sequence[tuple[str, str]]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._buttons = {}
        for place, (one, _words) in enumerate(choices):
            button = _Segment(self)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            look(button, end=_end(place, len(choices)), tight=self._tight)
            button.clicked.connect(lambda _checked=False, one=one: self._pick(one))
            self._group.addButton(button)
            self._row.addWidget(button)
            self._buttons[one] = button

    # ---------------------------------------------------------------- geometry
    def sizeHint(self) -> QSize:
        """With room around the words."""
        hint = super().sizeHint()
        return hint + QSize(self._given() if self._tight else 0, 0)

    def minimumSizeHint(self) -> QSize:
        """With the words nearly side by side."""
        hint = super().sizeHint()
        return hint - QSize(0 if self._tight else self._given(), 0)

    def _given(self) -> int:
        """What tight segments give up; see `forms/style.py`."""
        return 2 * len(self._buttons) * (theme().px(ROOM) - theme().px(LITTLE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight = self.width() < self.sizeHint().width()
        if tight != self._tight:
            self._tight = tight
            for button in self._buttons.values():
                look(button, tight=tight)
                button.updateGeometry()

    def buttons(self) -> tuple[QPushButton, ...]:
        """Its buttons from left to right, for the order of Tab."""
        return tuple(self._buttons.values())

    def choose(self, key: str) -> None:
        """Show a choice as chosen, without a signal."""
        if key not in self._buttons:
            key = next(iter(self._buttons))
        self.key = key
        for one, button in self._buttons.items():
            button.setChecked(one == key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == key else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._buttons[key])

    def step(self, by: int) -> None:
        """Choose the next or the one before, and take the focus there."""
        keys = list(self._buttons)
        place = min(max(keys.index(self.key) + by, 0), len(keys) - 1)
        self._pick(keys[place])
        self._buttons[self.key].setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, key: str) -> None:
        moved = key != self.key
        self.choose(key)
        if moved:
            self.chosen.emit(key)


class _Segment(QPushButton):
    def sizeHint(self) -> QSize:
        """As wide as its words are in bold, so that choosing moves nothing."""
        hint = super().sizeHint()
        font = self.font()
        now = QFontMetrics(font).horizontalAdvance(self.text())
        font.setBold(True)
        return QSize(hint.width() + max(QFontMetrics(font).horizontalAdvance(self.text()) - now, 0), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Home: -99,
            Qt.Key.Key_End: 99,
        }
        holder = self.parent()
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() and isinstance(holder, Segments):
            holder.step(step)
        else:
            super().keyPressEvent(event)


def _end(place: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if place == 0 else "last" if place == count - 1 else "middle"

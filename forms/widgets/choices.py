"""A few choices below each other, one of them chosen: a ring, a bold name, a sentence that says what it means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from forms.theme import theme

FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Choice(QAbstractButton):
    """One choice; chosen it is a card in the color of selection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.more = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, words: str, more: str = "") -> None:
        self.setText(words)
        self.more = more
        self.setAccessibleName(words)
        self.setAccessibleDescription(more)
        self.updateGeometry()

    def _left(self) -> int:
        return theme().px(44)

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(width - self._left() - theme().px(12), 40), 4000)
        name = QFontMetrics(theme().font("strong")).boundingRect(room, FLAGS, self.text()).height()
        more = QFontMetrics(theme().font("label")).boundingRect(room, FLAGS, self.more).height() if self.more else 0
        return name, more

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(sum(self._heights(width)) + theme().px(18), theme().px(44))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(360), self.heightForWidth(theme().px(520)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the row of choices answers it
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(look.color("primary" if on else "border_strong"), 2 if on else look.edge))
        painter.setBrush(look.color("primary_soft" if on else "hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(area, 6, 6)
        dot = QRectF(look.px(14), look.px(12), look.px(20), look.px(20))
        painter.setPen(QPen(look.color("primary" if on else "border_strong"), 2))
        painter.setBrush(look.color("panel"))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("primary"))
            inset = look.px(5.5)
            painter.drawEllipse(dot.adjusted(inset, inset, -inset, -inset))
        name, _more = self._heights(self.width())
        room = QRect(self._left(), look.px(10), self.width() - self._left() - look.px(12), self.height())
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text"))
        painter.drawText(room, FLAGS, self.text())
        painter.setFont(look.font("label"))
        painter.setPen(look.color("text_2"))
        painter.drawText(room.translated(0, name), FLAGS, self.more)


class Choices(QWidget):
    """Choices are (key, words, explanation). Tab reaches the chosen one, arrows choose."""

    chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(6))
        self._rows: dict[str, Choice] = {}
        self.key = ""

    def offer(self, choices: Sequence[tuple[str, str, str]], key: str = "") -> None:
        """Set the choices; with the same keys only the words change."""
        if [one for one, _words, _more in choices] != list(self._rows):
            for row in self._rows.values():
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = {}
            for one, _words, _more in choices:
                row = Choice(self)
                row.clicked.connect(lambda _checked=False, one=one: self._pick(one))
                self._column.addWidget(row)
                self._rows[one] = row
        for one, words, more in choices:
            self._rows[one].say(words, more)
        self.choose(key or self.key or choices[0][0])

    def choose(self, key: str) -> None:
        """Show a choice as chosen, without a signal."""
        if key not in self._rows:
            key = next(iter(self._rows))
        self.key = key
        for one, row in self._rows.items():
            row.setChecked(one == key)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == key else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._rows[key])

    def _pick(self, key: str) -> None:
        moved = key != self.key
        self.choose(key)
        if moved:
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = list(self._rows)
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        self._pick(keys[min(max(keys.index(self.key) + step, 0), len(keys) - 1)])
        self._rows[self.key].setFocus(Qt.FocusReason.TabFocusReason)

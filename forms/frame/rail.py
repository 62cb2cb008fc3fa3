"""The rail at the left: the menu on top, then the pages in the order of the work, each with icon, word and badge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from forms import icon
from forms.pages import Place
from forms.theme import theme
from forms.widgets.panel import Rule
from forms.words import _


class RailButton(QAbstractButton):
    """64×62: an icon of 24 over a word; chosen it is a white card. A red badge counts what must be dealt with."""

    def __init__(self, drawing: str, high: int = 62, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing, self._high = drawing, high
        self.badge = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def say(self, words: str, accessible: str = "", tip: str = "") -> None:
        self.setText(words)
        self.setAccessibleName(accessible or words)
        self.setToolTip(tip)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(64), theme().px(self._high))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the rail answers it
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ink = "primary_text" if self.isChecked() else "text_2"
        if self.isChecked():
            painter.setPen(QPen(look.color("primary_line"), look.edge))
            painter.setBrush(look.color("panel"))
            painter.drawRoundedRect(area, 8, 8)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(area, 8, 8)
        side = look.px(24)
        top = look.px(8) if self.text() else (self.height() - side) / 2
        icon.paint(painter, self._drawing, ink, QRectF((self.width() - side) / 2, top, side, side))
        if self.text():
            font = look.font("label")
            font.setBold(self.isChecked())
            painter.setFont(font)
            if painter.fontMetrics().horizontalAdvance(self.text()) > self.width() - look.px(8):
                font.setPixelSize(look.face("caption")[0])
                painter.setFont(font)
            painter.setPen(look.color(ink))
            words = QRectF(0, top + side + look.px(2), self.width(), look.px(24))
            line = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), line)
        if self.badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        look = theme()
        words = str(self.badge) if self.badge < 100 else "99+"
        font = look.font("caption")
        font.setBold(True)
        painter.setFont(font)
        high = look.px(18)
        width = max(high, painter.fontMetrics().horizontalAdvance(words) + look.px(9))
        where = QRectF(self.width() - width - look.px(4), look.px(3), width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("danger"))
        painter.drawRoundedRect(where, high / 2, high / 2)
        painter.setPen(look.color("panel"))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), words)


class Rail(QFrame):
    """Pages that exist, in order. Arrows move within, Enter and Space choose."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "sunken")
        self.setProperty("edge", "right")
        self.setFixedWidth(theme().size("rail"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 7, 8)
        column.setSpacing(4)
        self.menu = RailButton("menu", 46)
        column.addWidget(self.menu)
        column.addWidget(Rule())
        column.addSpacing(2)
        self.places = tuple(places)
        self.buttons: dict[str, RailButton] = {}
        for place in self.places:
            button = RailButton(place.icon)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _checked=False, key=place.key: self.chosen.emit(key))
            self.buttons[place.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self.retranslate()

    def show_chosen(self, key: str) -> None:
        """Mark a page as the one that is shown."""
        for one, button in self.buttons.items():
            button.setChecked(one == key)

    def count(self, key: str, badge: int) -> None:
        """Set the badge of a page."""
        if key in self.buttons:
            self.buttons[key].badge = badge
            self.retranslate()

    def retranslate(self) -> None:
        self.setFixedWidth(theme().size("rail"))
        self.setAccessibleName(_("Rail of pages"))
        self.menu.say("", _("Menu"), _("File and help"))
        for number, place in enumerate(self.places, 1):
            button = self.buttons[place.key]
            words = _(place.title)
            full = words
            if button.badge:
                full = _("{page}, {count} to be dealt with", page=words, count=button.badge)
            button.say(words, full, f"{words}  Ctrl+{number}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row: list[RailButton] = [self.menu, *self.buttons.values()]
        place = next((index for index, button in enumerate(row) if button.hasFocus()), 0)
        row[min(max(place + step, 0), len(row) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

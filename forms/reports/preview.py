"""The preview: one page of the report as it prints, white in every theme. PgUp and PgDn turn the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from forms.theme import theme
from forms.words import _

NARROWEST, WIDEST = 240, 640
ALPHA = re.compile(rb'(fill|stroke)="#([0-9a-fA-F]{6})([0-9a-fA-F]{2})"')
PAPER = QColor(255, 255, 255)


def readable(page: bytes) -> bytes:
    """The drawing with #rrggbbaa written as color and opacity, which is what Qt reads."""

    def parted(match: re.Match[bytes]) -> bytes:
        name, color, alpha = match.groups()
        share = f"{int(alpha, 16) / 255:.3f}".encode()
        return name + b'="#' + color + b'" ' + name + b'-opacity="' + share + b'"'

    return ALPHA.sub(parted, page)


class Sheet(QWidget):
    """One page at one width."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._renderer: QSvgRenderer | None = None
        self._drawn: QPixmap | None = None

    def put(self, page: bytes | None, width: int) -> None:
        """Show a page at a width in pixels; None shows nothing."""
        self._drawn = None
        self._renderer = QSvgRenderer(QByteArray(readable(page)), self) if page is not None else None
        if self._renderer is None:
            self.setFixedSize(0, 0)
            return
        natural = self._renderer.defaultSize()
        high = round(width * natural.height() / max(1, natural.width()))
        self.setFixedSize(width, high)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._renderer is None:
            return
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatioF() != ratio:
            drawn = QPixmap(self.size() * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(PAPER)
            painter = QPainter(drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._renderer.render(painter, QRectF(0, 0, self.width(), self.height()))
            painter.end()
            self._drawn = drawn
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.setPen(QPen(theme().color("border_strong"), theme().edge))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Preview(QScrollArea):
    """Pages of a report. `turned` carries the number of the page shown, from 1."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pages: tuple[bytes, ...] = ()
        self.at = 0
        self.setProperty("box", "sunken")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.holder = QWidget()
        self.holder.setObjectName("body")
        self.sheet = Sheet()
        self.sheet.setParent(self.holder)
        self.setWidget(self.holder)

    def put(self, pages: Sequence[bytes]) -> None:
        """Show other pages, staying near the page that was shown."""
        self.pages = tuple(pages)
        self.at = min(self.at, max(0, len(self.pages) - 1))
        self.lay()
        self.turned.emit(self.number)

    @property
    def number(self) -> int:
        """The number of the page shown, from 1; 0 while there is none."""
        return self.at + 1 if self.pages else 0

    def turn(self, by: int) -> None:
        """Go on or back by pages."""
        self.go(self.at + 1 + by)

    def go(self, number: int) -> None:
        """Show a page by its number from 1, the nearest there is."""
        if not self.pages:
            return
        at = min(max(number - 1, 0), len(self.pages) - 1)
        if at != self.at:
            self.at = at
            self.lay()
            self.verticalScrollBar().setValue(0)
            self.turned.emit(self.number)

    def lay(self) -> None:
        """Set the page at the width there is."""
        room = self.viewport().width()
        wide = min(max(room - theme().px(40), theme().px(NARROWEST)), theme().px(WIDEST))
        self.sheet.put(self.pages[self.at] if self.pages else None, min(wide, max(60, room - 8)))
        top = theme().px(12)
        self.holder.setFixedSize(max(room, 1), self.sheet.height() + 2 * top)
        self.sheet.move(max(0, (room - self.sheet.width()) // 2), top)
        words = _("Page {number} of {count}", number=self.number, count=len(self.pages)) if self.pages else ""
        self.setAccessibleName(_("Preview of the report"))
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(520), theme().px(600))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        turn = turns.get(Qt.Key(event.key()))
        if turn is not None:
            self.turn(turn)
        elif event.key() == Qt.Key.Key_Home:
            self.go(1)
        elif event.key() == Qt.Key.Key_End:
            self.go(len(self.pages))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        down = event.angleDelta().y() < 0
        if (down and bar.value() >= bar.maximum()) or (not down and bar.value() <= bar.minimum()):
            before = self.at
            self.turn(1 if down else -1)
            if not down and self.at != before:
                bar.setValue(bar.maximum())
            event.accept()
            return
        super().wheelEvent(event)

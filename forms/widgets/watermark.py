"""The watermark of practice documents: 练习 across every page, so that no picture of it passes for a result."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from forms.theme import theme


class Watermark(QWidget):
    """Lies over a widget, lets everything through, and shows a word at a slant. Empty words hide it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = ""
        over.installEventFilter(self)
        self.hide()

    def say(self, words: str) -> None:
        """Show these words, or nothing."""
        self.words = words
        self.setVisible(bool(words))
        self._cover()
        self.update()

    def _cover(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(over.rect())
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.LayoutRequest) and self.words:
            self._cover()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = theme().color("text")
        color.setAlphaF(0.07 if theme().name != "contrast" else 0.2)
        painter.setPen(color)
        font = QFont(theme().families("serif"))
        font.setPixelSize(theme().px(96))
        font.setBold(True)
        painter.setFont(font)
        step = theme().px(420)
        for x in range(step // 2, self.width() + step, step):
            for y in range(step // 3, self.height() + step, step * 2 // 3):
                painter.save()
                painter.translate(x, y)
                painter.rotate(-24)
                painter.drawText(-font.pixelSize(), font.pixelSize() // 2, self.words)
                painter.restore()

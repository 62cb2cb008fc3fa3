"""A thin progress bar: 6 high, an edge, a fill. It says its words to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from forms.theme import theme


class Bar(QWidget):
    """`set(done, total, words)`; a total of 0 shows an empty bar."""

    def __init__(self, width: int = 0, high: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width, self._high = width, high
        self.done = self.total = 0
        across = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def set(self, done: int, total: int, words: str = "") -> None:
        """Show done of total; `words` is the accessible name."""
        self.done, self.total = done, total
        self.setAccessibleName(words or f"{done}/{total}")
        self.update()

    def share(self) -> float:
        """What is filled, 0–1."""
        return min(max(self.done / self.total, 0.0), 1.0) if self.total > 0 else 0.0

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._width or 96), theme().px(self._high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        round_by = min(3.0, area.height() / 2)
        painter.setPen(QPen(look.color("border"), 1))
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(area, round_by, round_by)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("primary"))
        area.setWidth(area.width() * self.share())
        painter.drawRoundedRect(area, round_by, round_by)

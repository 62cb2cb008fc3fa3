"""A level as a chip: 28×28, bold number, pattern-free fill, an outline for levels 0 to 3. A word stands nearby."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from forms.theme import theme
from forms.words import _


def paint_chip(painter: QPainter, where: QRectF, level: int) -> None:
    """Draw the chip of a level 0–5 into a square; for widgets and delegates that paint themselves."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.level_ink(level), 1)
    if level == 0:
        pen.setDashPattern([3, 3])
    painter.setPen(pen if level <= 3 or look.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(look.level_fill(level))
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
    font = look.font("strong")
    font.setPixelSize(max(round(where.height() * 0.54), 9))
    painter.setFont(font)
    painter.setPen(look.level_on(level))
    painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), str(level))
    painter.restore()


class Chip(QWidget):
    """The chip of one level; None shows nothing."""

    def __init__(self, level: int | None = None, side: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.level = level
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(level)
        theme().changed.connect(self.updateGeometry)

    def set(self, level: int | None) -> None:
        """Show another level."""
        self.level = level
        self.setAccessibleName("" if level is None else _("Level {level}", level=level))
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.level is not None:
            side = theme().px(self._side)
            paint_chip(QPainter(self), QRectF(0, (self.height() - side) / 2, side, side), self.level)

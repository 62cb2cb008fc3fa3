"""Marks of states and notices, drawn from the icons: tick, dash, circle, circle with a stroke, skip, triangle, octagon.

A mark never stands alone: the word is in the row, its tool tip and its accessible name.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from assess.measure.result import State
from forms import icon
from forms.theme import theme

STATE_MARKS: dict[State, str] = {
    "answered": "tick",
    "na": "dash",
    "nd": "nodata",
    "skipped": "skip",
    "unanswered": "open",
    "out": "dash",
}
TONES = {
    "tick": "success",
    "dash": "text_2",
    "nodata": "text_2",
    "open": "border_strong",
    "skip": "text_3",
    "triangle": "warning",
    "octagon": "danger",
    "info": "primary_text",
    "done": "success",
}
OWN = ("open", "nodata", "skip")


def draw(painter: QPainter, mark: str, box: QRectF, tone: str = "") -> None:
    """Paint a mark into a square: an icon by name, or one of the three that are drawn here."""
    tone = tone or TONES.get(mark, "text")
    if mark not in OWN:
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        side = round(box.width() / theme().scale)
        painter.drawPixmap(box.topLeft(), icon.pixmap(mark, tone, side, ratio))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme().color(tone), max(1.5, box.width() * 0.09))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edge = box.width() * 0.2
    ring = box.adjusted(edge, edge, -edge, -edge)
    if mark == "skip":
        for left in (0.26, 0.54):
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(box.x() + (left + dx) * box.width(), box.y() + dy * box.height())
                        for dx, dy in ((0.0, 0.28), (0.22, 0.5), (0.0, 0.72))
                    ]
                )
            )
    else:
        painter.drawEllipse(ring)
    if mark == "nodata":
        inner = ring.width() * 0.26
        painter.drawLine(
            QPointF(ring.left() + inner, ring.bottom() - inner), QPointF(ring.right() - inner, ring.top() + inner)
        )
    painter.restore()


def draw_box(painter: QPainter, box: QRectF, *, checked: bool, enabled: bool = True, hover: bool = False) -> None:
    """A check box of 20: filled with a tick, or an empty frame."""
    style = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = "disabled" if not enabled else "primary" if checked else "border_strong"
    fill = ("primary" if enabled else "disabled") if checked else "hover" if hover else "panel"
    painter.setPen(QPen(style.color(edge), max(style.edge, 1.5)))
    painter.setBrush(style.color(fill))
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), style.px(4), style.px(4))
    if checked:
        inset = style.px(2)
        icon.paint(painter, "tick", "on_primary", box.adjusted(inset, inset, -inset, -inset))
    painter.restore()


class Icon(QWidget):
    """A mark on its own, for notices and rows; decoration to a screen reader, since the words say it."""

    def __init__(self, mark: str, side: int = 20, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.tone, self._side = mark, tone, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_mark(self, mark: str, tone: str = "") -> None:
        self.mark, self.tone = mark, tone
        self.update()

    def sizeHint(self) -> QSize:
        return icon.square(self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme().px(self._side)
        draw(painter, self.mark, QRectF(0, (self.height() - side) / 2, side, side), self.tone)
        painter.end()


def draw_row(
    painter: QPainter,
    row: QAbstractButton,
    *,
    locked: bool,
    edge: str = "border",
    hovered: str = "border_strong",
    chosen: str = "primary",
    bold: int = 2,
    radius: int = 6,
) -> None:
    """The ground of an answer that is a whole row: filled and edged as chosen, locked, under the pointer or at rest.

    `edge`, `hovered` and `chosen` are colors of the edge, `bold` its width in pixels where chosen.
    """
    style = theme()
    on, hover = row.isChecked(), row.underMouse() and not locked
    fill = "primary_soft" if on else "sunken" if locked else "hover" if hover else "panel"
    width = max(bold, style.edge) if on else style.edge
    inset = width / 2
    painter.setPen(QPen(style.color(chosen if on else hovered if hover else edge), width))
    painter.setBrush(style.color(fill))
    corner = style.px(radius)
    painter.drawRoundedRect(QRectF(row.rect()).adjusted(inset, inset, -inset, -inset), corner, corner)

"""A legend of one line in the head of a panel: the mark of a series, then its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from forms.theme import Theme, theme
from forms.widgets.chart import dashed, write
from forms.words import _

WIDE, GAP, NEXT = 26, 4, 12


class Legend(QWidget):
    """Marks: "line" this city as a line, "city" as a diamond, "median" line, "tick" median, "peer", "band", "gate"."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def put(self, parts: Sequence[tuple[str, str]]) -> None:
        """Set marks and words."""
        self._parts = tuple(parts)
        self.setAccessibleName(_(", ").join(words for _mark, words in self._parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font("caption"))
        wide = sum(self._wide(mark) + GAP + metrics.horizontalAdvance(text) + NEXT for mark, text in self._parts)
        return QSize(max(0, wide - NEXT + 2), theme().line("caption"))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def _wide(self, mark: str) -> int:
        return theme().px(WIDE if mark in ("line", "median", "gate", "band") else 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("caption"))
        metrics = painter.fontMetrics()
        x = max(0, self.width() - self.sizeHint().width())
        for mark, text in self._parts:
            wide = self._wide(mark)
            draw_mark(painter, look, mark, QRectF(x, 0, wide, self.height()))
            room = metrics.horizontalAdvance(text) + 1
            write(painter, QRect(round(x + wide + GAP), 0, room, self.height()), text, look.color("text_2"))
            x += wide + GAP + room + NEXT - 1
        painter.end()


def diamond(middle: QPointF, reach: float) -> QPolygonF:
    """The mark of this city among others."""
    x, y = middle.x(), middle.y()
    return QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])


def draw_mark(painter: QPainter, look: Theme, mark: str, box: QRectF) -> None:
    """Draw the mark of a series into a box."""
    middle = box.center()
    left, right = QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark == "line":
        painter.setPen(dashed(look.chart_color("self"), 2.5))
        painter.drawLine(left, right)
        painter.setBrush(look.chart_color("self"))
        painter.drawEllipse(middle, 3, 3)
    elif mark == "median":
        painter.setPen(dashed(look.chart_color("median"), 1.75, (6, 4)))
        painter.drawLine(left, right)
        painter.setPen(dashed(look.chart_color("median"), 1.5))
        painter.setBrush(look.color("panel"))
        painter.drawRect(QRectF(middle.x() - 3.5, middle.y() - 3.5, 7, 7))
    elif mark == "gate":
        painter.setPen(dashed(look.chart_color("gate"), 1.5, (2, 2)))
        painter.drawLine(left, right)
    elif mark == "city":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.chart_color("self"))
        painter.drawPolygon(diamond(middle, 6))
    elif mark == "peer":
        painter.setPen(dashed(look.chart_color("peers"), 1.5))
        painter.drawEllipse(middle, 4.5, 4.5)
    elif mark == "tick":
        painter.setPen(dashed(look.chart_color("median"), 2, (4, 2)))
        painter.drawLine(QPointF(middle.x(), middle.y() - 8), QPointF(middle.x(), middle.y() + 8))
    elif mark == "band":
        painter.setPen(dashed(look.color("border"), 1))
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(box.adjusted(2, 4, -2, -4), 3, 3)

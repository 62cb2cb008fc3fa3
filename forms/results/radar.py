"""The radar of the dimensions: this city, the median of its peers, the gate. Needs three to twelve axes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from forms.figures import figure, one_line
from forms.results.rows import BarRow
from forms.theme import Theme, theme
from forms.widgets.chart import Chart, Rows, dashed, write
from forms.words import _, show

FEWEST, MOST = 3, 12


class Radar(Chart):
    """Axes from 0 in the middle to the full score at the rim. A dimension without a score leaves a gap in the line."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[BarRow, ...] = ()
        self._medians: Mapping[str, float] = {}
        self._gate: float | None = None
        self._name = ""

    def put(self, name: str, rows: Sequence[BarRow], medians: Mapping[str, float], gate: float | None) -> None:
        """Show other values."""
        self._name, self._rows, self._medians, self._gate = name, tuple(rows), medians, gate
        self.told()

    @staticmethod
    def fits(rows: Sequence[BarRow]) -> bool:
        """Whether a radar says anything about these rows."""
        return FEWEST <= len(rows) <= MOST

    def title(self) -> str:
        return self._name

    def describe(self) -> str:
        known = [row for row in self._rows if row.score is not None]
        if not known:
            return _("No dimension has a score yet.")
        best = max(known, key=lambda row: row.score or 0)
        least = min(known, key=lambda row: row.score or 0)
        return _(
            "Radar of {count} dimensions: highest {best} with {high}, lowest {least} with {low}.",
            count=len(self._rows),
            best=one_line(show(best.name)),
            high=figure(best.score),
            least=one_line(show(least.name)),
            low=figure(least.score),
        )

    def table(self) -> tuple[Sequence[str], Rows]:
        heads = [_("Dimension"), _("Score"), *([_("Peer median")] if self._medians else [])]
        rows = [
            [show(row.name), figure(row.score), *([figure(self._medians.get(row.code))] if self._medians else [])]
            for row in self._rows
        ]
        return heads, rows

    def sizeHint(self) -> QSize:
        return QSize(theme().px(224), theme().px(196))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(180))

    def draw(self, painter: QPainter, look: Theme) -> None:
        if not self.fits(self._rows):
            return
        painter.setFont(look.font("label"))
        line = painter.fontMetrics().height()
        below = len(self._rows) % 2 == 0  # a corner straight below has its name under it
        middle = QPointF(self.width() / 2, self.height() / 2 + (0 if below else line * 0.2))
        names = [one_line(show(row.name)) for row in self._rows]
        widest = max(painter.fontMetrics().horizontalAdvance(name) for name in names)
        side = max(30.0, self.width() / 2 - min(widest, self.width() * 0.18) - 8)
        radius = min(side / 0.95, self.height() / 2 - line - (10 if below else 6))
        grid = dashed(look.chart_color("grid"), 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(grid)
        for ring in (0.2, 0.4, 0.6, 0.8, 1.0):
            painter.drawPolygon(QPolygonF([self._at(middle, radius * ring, i) for i in range(len(names))]))
        for i in range(len(names)):
            painter.drawLine(middle, self._at(middle, radius, i))
        self._names(painter, look, middle, radius, names)
        if self._gate is not None:
            painter.setPen(dashed(look.chart_color("gate"), 1.5, (2, 2)))
            reach = [radius * min(1.0, self._gate / row.full) for row in self._rows]
            painter.drawPolygon(QPolygonF([self._at(middle, reach[i], i) for i in range(len(names))]))
        medians = [self._medians.get(row.code) for row in self._rows]
        self._series(painter, middle, radius, medians, look.chart_color("median"), (6, 4), 1.75)
        panel = look.color("panel")
        for i, value in enumerate(medians):
            if value is not None:
                at = self._at(middle, radius * self._part(i, value), i)
                painter.setPen(dashed(look.chart_color("median"), 1.5))
                painter.setBrush(panel)
                painter.drawRect(QRectF(at.x() - 3.5, at.y() - 3.5, 7, 7))
        own = look.chart_color("self")
        scores = [row.score for row in self._rows]
        wash = QColor(own)
        wash.setAlpha(22)
        self._series(painter, middle, radius, scores, own, (), 2.5, wash if None not in scores else None)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(own)
        for i, value in enumerate(scores):
            if value is not None:
                painter.drawEllipse(self._at(middle, radius * self._part(i, value), i), 4, 4)

    def _part(self, i: int, value: float) -> float:
        return min(1.0, max(0.0, value / self._rows[i].full))

    def _at(self, middle: QPointF, reach: float, i: int) -> QPointF:
        angle = -math.pi / 2 + 2 * math.pi * i / len(self._rows)
        return QPointF(middle.x() + reach * math.cos(angle), middle.y() + reach * math.sin(angle))

    def _series(
        self,
        painter: QPainter,
        middle: QPointF,
        radius: float,
        values: Sequence[float | None],
        color: QColor,
        dash: Sequence[float],
        width: float,
        wash: QColor | None = None,
    ) -> None:
        count = len(values)
        points = [None if v is None else self._at(middle, radius * self._part(i, v), i) for i, v in enumerate(values)]
        painter.setPen(dashed(color, width, dash))
        if wash is not None:
            painter.setBrush(wash)
            painter.drawPolygon(QPolygonF([point for point in points if point is not None]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i in range(count):
            start, end = points[i], points[(i + 1) % count]
            if start is not None and end is not None:
                painter.drawLine(start, end)

    def _names(self, painter: QPainter, look: Theme, middle: QPointF, radius: float, names: Sequence[str]) -> None:
        ink = look.color("text")
        line = painter.fontMetrics().height()
        for i, name in enumerate(names):
            at = self._at(middle, radius + 8, i)
            wide = painter.fontMetrics().horizontalAdvance(name)
            lean = (at.x() - middle.x()) / max(1.0, radius)
            if lean > 0.2:
                left = at.x() - (wide / 2 if lean < 0.75 else 0)
            elif lean < -0.2:
                left = at.x() - (wide / 2 if lean > -0.75 else wide)
            else:
                left = at.x() - wide / 2
            top = at.y() - line if at.y() < middle.y() - radius * 0.5 else at.y() - line * 0.5
            if at.y() > middle.y() + radius * 0.5:
                top = at.y()
            room = min(wide + 2, self.width() - 2)
            if left < 0 or left + room > self.width():  # no room beside the corner: above it
                top = min(top, at.y() - line)
            left = min(max(0.0, left), self.width() - room)
            write(painter, QRect(round(left), round(top), math.ceil(room), line), name, ink)

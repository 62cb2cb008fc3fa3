"""The scale strip of a number: zero point, full point, last period and now, on one line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from assess.framework.indicator import Number
from forms.questionnaire.wording import figure
from forms.theme import theme
from forms.words import _, show

EDGE = 46


class Strip(QWidget):
    """Where the number stands between the zero and the full point; said in words as its accessible name."""

    def __init__(self, number: Number, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.now: float | None = None
        self.before: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme().px(84))
        self.describe()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(84))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(220), theme().px(84))

    def show_values(self, now: float | None, before: float | None) -> None:
        self.now, self.before = now, before
        self.describe()
        self.update()

    def short(self, value: float, *, measured: bool = False) -> str:
        unit = show(self.number.unit)
        decimals = self.number.decimals if measured or value != int(value) else 0
        return f"{figure(value, decimals)}{unit if unit == '%' else ''}"

    def describe(self) -> None:
        """The strip in one sentence."""
        number = self.number
        ends = {"zero": self.short(number.zero), "full": self.short(number.full), "unit": show(number.unit)}
        if self.now is None:
            text = _("Zero point {zero}, full point {full} ({unit}); no value yet.", **ends)
        else:
            text = _(
                "Zero point {zero}, full point {full} ({unit}); now {now}.",
                **ends,
                now=self.short(self.now, measured=True),
            )
        self.setAccessibleName(text)
        self.setToolTip(text)

    def span(self) -> tuple[float, float]:
        """Left and right end in values: a little beyond both points, so that values outside can be told."""
        low, high = sorted((self.number.zero, self.number.full))
        margin = (high - low) * 0.25 or 1.0
        least, most = self.number.plausible
        return max(least, low - margin) if least <= low else low - margin, min(max(most, high), high + margin)

    def at(self, value: float) -> float:
        low, high = self.span()
        if self.number.direction == "down":
            low, high = high, low
        share = 0.0 if high == low else (value - low) / (high - low)
        return theme().px(EDGE) + min(1.0, max(0.0, share)) * (self.width() - 2 * theme().px(EDGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        style = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, high = style.px(32), style.px(8)
        zero, full = self.at(self.number.zero), self.at(self.number.full)
        left, right = style.px(EDGE), self.width() - style.px(EDGE)
        painter.setPen(QPen(style.color("border"), style.edge))
        painter.setBrush(style.color("sunken"))
        painter.drawRect(QRectF(left, top, right - left, high))
        painter.setPen(QPen(style.color("primary_line"), 1))
        painter.setBrush(style.color("primary_soft"))
        painter.drawRect(QRectF(min(zero, full), top, abs(full - zero), high))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("primary"))
        painter.drawRect(QRectF(full, top, max(0.0, right - full), high))
        self.tick(painter, zero, self.short(self.number.zero), _("0 points"), "axis")
        self.tick(painter, full, self.short(self.number.full), _("full marks"), "axis")
        if self.before is not None:
            at = self.at(self.before)
            painter.setPen(QPen(style.chart_color("previous"), 2))
            painter.drawLine(QPointF(at, top - 5), QPointF(at, top + high + 5))
            if all(abs(at - other) > style.px(70) for other in (zero, full)):
                self.label(painter, at, top + high + 4, _("last {value}", value=self.short(self.before, measured=True)))
        if self.now is not None:
            self.pointer(painter, self.at(self.now), top)
        painter.end()

    def tick(self, painter: QPainter, at: float, value: str, word: str, _ink: str) -> None:
        style = theme()
        painter.setPen(QPen(style.chart_color("axis"), 1))
        painter.drawLine(QPointF(at, style.px(32)), QPointF(at, style.px(44)))
        self.label(painter, at, style.px(44), value)
        self.label(painter, at, style.px(63), word)

    def label(self, painter: QPainter, at: float, top: float, text: str) -> None:
        style = theme()
        painter.setFont(style.font("caption"))
        painter.setPen(style.color("text_2"))
        wide = painter.fontMetrics().horizontalAdvance(text) + 4
        left = min(max(0.0, at - wide / 2), max(0.0, self.width() - wide))
        painter.drawText(QRectF(left, top, wide, style.px(20)), Qt.AlignmentFlag.AlignCenter, text)

    def pointer(self, painter: QPainter, at: float, top: float) -> None:
        style = theme()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("primary"))
        side = style.px(6)
        painter.drawPolygon(
            QPolygonF(
                [QPointF(at - side, top - side * 1.6), QPointF(at + side, top - side * 1.6), QPointF(at, top - 1)]
            )
        )
        painter.setFont(style.font("strong"))
        painter.setPen(style.color("primary_text"))
        text = self.short(self.now or 0.0, measured=True)
        wide = painter.fontMetrics().horizontalAdvance(text) + 4
        left = min(max(0.0, at - wide / 2), max(0.0, self.width() - wide))
        painter.drawText(QRectF(left, 0, wide, style.px(22)), Qt.AlignmentFlag.AlignCenter, text)

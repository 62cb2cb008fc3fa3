"""The range of the total on the scale of the stages: bands with their patterns, a bracket from 5 to 95 %."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from assess.benchmark.firmness import Firmness
from assess.framework.stage_rules import Stage
from forms.benchmark.firmness_words import name_of, share
from forms.figures import figure
from forms.theme import Theme, theme
from forms.widgets.chart import Chart, Rows, dashed, write
from forms.widgets.legend import diamond
from forms.words import _, language

CENTER = Qt.AlignmentFlag.AlignHCenter
BRACKET, BAND, HIGH, NAMES, ALL = 32, 46, 14, 66, 88


class RangeStrip(Chart):
    """The total of now as a diamond, its range as a bracket above the bands, the names of the stages below."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Firmness | None = None
        self.stages: tuple[Stage, ...] = ()
        self._maximum, self._decimals = 100.0, 1

    def put(self, found: Firmness, stages: Sequence[Stage], maximum: float, decimals: int) -> None:
        """Show another result; without stages there is a bare scale."""
        self.found, self.stages = found, tuple(sorted(stages, key=lambda stage: stage.min))
        self._maximum, self._decimals = maximum, decimals
        self.told()

    def title(self) -> str:
        return _("Range of the total")

    def describe(self) -> str:
        if self.found is None:
            return ""
        return _(
            "Total {total}, in 90% of the trials between {low} and {high}.",
            total=self._figure(self.found.total),
            low=self._figure(self.found.weights.low),
            high=self._figure(self.found.weights.high),
        )

    def table(self) -> tuple[Sequence[str], Rows]:
        if self.found is None:
            return (), ()
        shares = {stage.level if stage else 0: part for stage, part in self.found.weights.stages}
        rows = [
            [_("Total"), self._figure(self.found.total), ""],
            [_("5% of the trials are below"), self._figure(self.found.weights.low), ""],
            [_("5% of the trials are above"), self._figure(self.found.weights.high), ""],
        ]
        for stage in self.stages:
            bounds = f"{stage.min:g}–{min(stage.max, self._maximum):g}"
            rows.append([name_of(stage), bounds, share(shares.get(stage.level, 0.0)) if shares else ""])
        return [_("What"), _("Points"), _("Share of the trials")], rows

    def _figure(self, value: float) -> str:
        return figure(value, self._decimals)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(ALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(ALL))

    def _x(self, value: float) -> float:
        edge = theme().px(8)
        return edge + (self.width() - 2 * edge) * min(max(value / self._maximum, 0.0), 1.0)

    def draw(self, painter: QPainter, look: Theme) -> None:
        if self.found is None:
            return
        self._bands(painter, look)
        self._bracket(painter, look, self.found)

    def _bands(self, painter: QPainter, look: Theme) -> None:
        top, high = look.px(BAND), look.px(HIGH)
        painter.setFont(look.font("caption"))
        metrics = QFontMetrics(look.font("caption"))
        if not self.stages:
            painter.setPen(QPen(look.color("border_strong"), 1))
            painter.setBrush(look.color("sunken"))
            painter.drawRect(QRectF(self._x(0), top, self._x(self._maximum) - self._x(0), high))
            for value in (0.0, self._maximum / 2, self._maximum):
                self._write_at(painter, look, self._x(value), f"{value:g}", metrics)
            return
        for stage in self.stages:
            left, right = self._x(stage.min), self._x(min(stage.max, self._maximum))
            painter.setPen(QPen(look.color("border_strong"), 1))
            painter.setBrushOrigin(QPointF(left, top))
            painter.setBrush(look.level_brush(stage.level, self.devicePixelRatioF()))
            painter.drawRect(QRectF(left, top, right - left, high))
            words = _("{stage} from {score:g}", stage=name_of(stage), score=stage.min)
            if metrics.horizontalAdvance(words) > right - left - 4:
                words = name_of(stage)
            if metrics.horizontalAdvance(words) > right - left - 4:
                words = str(stage.level) if language() != "zh" else name_of(stage)[:2]
            box = QRect(round(left), look.px(NAMES), round(right - left), look.px(ALL - NAMES))
            write(painter, box, words, look.color("text_2"), CENTER)

    def _write_at(self, painter: QPainter, look: Theme, x: float, words: str, metrics: QFontMetrics) -> None:
        wide = metrics.horizontalAdvance(words) + 4
        left = min(max(0, round(x - wide / 2)), self.width() - wide)
        write(painter, QRect(left, look.px(NAMES), wide, look.px(20)), words, look.color("text_2"), CENTER)

    def _bracket(self, painter: QPainter, look: Theme, found: Firmness) -> None:
        middle, cap = look.px(BRACKET), look.px(8)
        low, high = self._x(found.weights.low), self._x(found.weights.high)
        painter.setPen(dashed(look.chart_color("self"), 2.5))
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        for x in (low, high):
            painter.drawLine(QPointF(x, middle - cap), QPointF(x, middle + cap))
        painter.setPen(dashed(look.color("text_2"), 1, (2, 2)))
        for x in (low, high):
            painter.drawLine(QPointF(x, middle + cap), QPointF(x, look.px(BAND + HIGH)))
        painter.setPen(dashed(look.color("panel"), 1))
        painter.setBrush(look.chart_color("self"))
        painter.drawPolygon(diamond(QPointF(self._x(found.total), middle), look.px(5)))
        words = f"{self._figure(found.weights.low)}–{self._figure(found.weights.high)}"
        font = look.font("strong")
        painter.setFont(font)
        wide = QFontMetrics(font).horizontalAdvance(words) + 6
        left = min(max(0, round((low + high - wide) / 2)), self.width() - wide)
        write(painter, QRect(left, 0, wide, look.px(22)), words, look.color("primary_text"), CENTER)

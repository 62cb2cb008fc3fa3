"""The steelyard: the total on a graduated beam; the weight hangs under the stage that holds, the stage the score
reached stands in a dashed frame. Used for the total and the stage only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assess.framework.stage_rules import Stage
from forms.theme import theme
from forms.words import _, language, show

HEIGHT = 102
BAND_TOP, BAND = 44, 14
LABEL_TOP, LABEL = 68, 26


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing the arrows step to: its place on the beam (0–maximum) and its words."""

    at: float
    words: str


class Steelyard(QWidget):
    """`weigh(score, stages, held, reached)`; the stages and the maximum come from the framework."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score: float | None = None
        self.stages: tuple[Stage, ...] = ()
        self.held: int | None = None
        self.reached: int | None = None
        self.maximum = 100.0
        self._mark = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def weigh(
        self,
        score: float | None,
        stages: Sequence[Stage],
        held: int | None = None,
        reached: int | None = None,
        maximum: float = 100.0,
    ) -> None:
        """Show a total. `held` is the level of the stage that holds, `reached` that of the score; None shows none."""
        self.score, self.stages, self.held, self.reached = score, tuple(stages), held, reached
        self.maximum = maximum
        self._mark = -1
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Say it in words, for a screen reader."""
        parts = [_("No total score yet") if self.score is None else _("Total {score:.1f}", score=self.score)]
        if self.held is not None:
            parts.append(_("stage held: {stage}", stage=self._name(self.held)))
        if self.reached is not None and self.reached != self.held:
            parts.append(_("stage of the score: {stage}", stage=self._name(self.reached)))
        joined = ("，" if language() == "zh" else ", ").join(parts)
        self.setAccessibleName(_("Steelyard"))
        self.setAccessibleDescription(joined)
        self.update()

    def marks(self) -> tuple[Mark, ...]:
        """What the arrows step over: the thresholds and the score, from low to high."""
        found = [
            Mark(stage.min, _("{stage} from {score:g}", stage=show(stage.name), score=stage.min))
            for stage in self.stages
        ]
        if self.score is not None:
            found.append(Mark(self.score, _("Total {score:.1f}", score=self.score)))
        return tuple(sorted(found, key=lambda mark: mark.at))

    def _name(self, level: int) -> str:
        return next((show(stage.name) for stage in self.stages if stage.level == level), str(level))

    # ---------------------------------------------------------------- geometry
    def sizeHint(self) -> QSize:
        return QSize(theme().px(326), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(HEIGHT))

    def _x(self, value: float) -> float:
        edge = theme().px(8)
        return edge + (self.width() - 2 * edge) * min(max(value / self.maximum, 0.0), 1.0)

    def ring_rect(self) -> QRect:
        return self.rect()

    # ---------------------------------------------------------------- keys and pointer
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}
        step = steps.get(Qt.Key(event.key()))
        marks = self.marks()
        if step is None or not marks:
            super().keyPressEvent(event)
            return
        self._mark = min(max(self._mark + step, 0), len(marks) - 1)
        self._tell(marks[self._mark])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = [mark for mark in self.marks() if abs(self._x(mark.at) - event.position().x()) < 8]
        if near:
            self._tell(near[0])
        else:
            QToolTip.hideText()

    def _tell(self, mark: Mark) -> None:
        self.setAccessibleDescription(mark.words)
        where = QPointF(self._x(mark.at), theme().px(BAND_TOP + BAND)).toPoint()
        QToolTip.showText(self.mapToGlobal(where), mark.words, self)

    # ---------------------------------------------------------------- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_beam(painter)
        self._paint_scale(painter)
        self._paint_labels(painter)
        self._paint_score(painter)

    def _band(self) -> tuple[float, float]:
        return theme().px(BAND_TOP), theme().px(BAND)

    def _paint_beam(self, painter: QPainter) -> None:
        look = theme()
        top, high = self._band()
        for stage in self.stages:
            left, right = self._x(stage.min), self._x(min(stage.max, self.maximum))
            painter.setPen(QPen(look.color("border_strong"), 1))
            painter.setBrushOrigin(QPointF(left, top))
            painter.setBrush(look.level_brush(stage.level, self.devicePixelRatioF()))
            painter.drawRect(QRectF(left, top, right - left, high))
        painter.setPen(QPen(look.color("text_2"), 1.2))
        for stage in self.stages[1:]:
            x = self._x(stage.min)
            painter.drawLine(QPointF(x, top - look.px(4)), QPointF(x, top + high + look.px(4)))

    def _paint_scale(self, painter: QPainter) -> None:
        look = theme()
        font = look.font("caption")
        painter.setFont(font)
        painter.setPen(look.color("text_2"))
        metrics = QFontMetricsF(font)
        top, _high = self._band()
        for stage in self.stages[1:]:
            words = f"{stage.min:g}"
            width = metrics.horizontalAdvance(words) + 2
            middle = self._x(stage.min)
            if self.score is not None:
                away = middle - self._x(self.score)
                need = width / 2 + 4
                if abs(away) < need:
                    middle = self._x(self.score) + (need if away >= 0 else -need)
            area = QRectF(middle - width / 2, top - look.px(24), width, look.px(20))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_score(self, painter: QPainter) -> None:
        if self.score is None:
            return
        look = theme()
        top, high = self._band()
        x = self._x(self.score)
        painter.setPen(QPen(look.color("primary"), 2))
        painter.drawLine(QPointF(x, look.px(20)), QPointF(x, top + high / 2))
        painter.setBrush(look.color("panel"))
        painter.setPen(QPen(look.color("primary"), 3))
        painter.drawEllipse(QPointF(x, top + high / 2), look.px(5), look.px(5))
        words = f"{self.score:.1f}"
        font = look.font("strong")
        painter.setFont(font)
        painter.setPen(look.color("primary_text"))
        width = QFontMetricsF(font).horizontalAdvance(words) + 4
        left = min(max(x - width / 2, 0), self.width() - width)
        painter.drawText(QRectF(left, 0, width, look.px(20)), int(Qt.AlignmentFlag.AlignCenter), words)

    def _labels(self) -> list[tuple[Stage, str, QFont, float]]:
        """Stage, words, font and width of each label; numbers with "held" and "score" where names are long."""
        look = theme()
        out = []
        for stage in self.stages:
            words = show(stage.name)
            if language() != "zh":
                words = str(stage.level)
                if stage.level == self.held:
                    words = _("{level} held", level=stage.level)
                elif stage.level == self.reached:
                    words = _("{level} score", level=stage.level)
            font = look.font("label")
            font.setBold(stage.level == self.held)
            framed = stage.level in (self.held, self.reached)
            width = QFontMetricsF(font).horizontalAdvance(words) + (look.px(18) if framed else look.px(2))
            out.append((stage, words, font, width))
        return out

    def _paint_labels(self, painter: QPainter) -> None:
        look = theme()
        labels = self._labels()
        middles = [self._x((stage.min + min(stage.max, self.maximum)) / 2) for stage, *_rest in labels]
        lefts = _spread(middles, [width for *_rest, width in labels], float(self.width()), float(look.px(6)))
        for (stage, words, font, width), middle, left in zip(labels, middles, lefts, strict=True):
            area = QRectF(left, look.px(LABEL_TOP), width, look.px(LABEL))
            ink = look.color("text_2")
            if stage.level == self.held:
                self._paint_weight(painter, middle, area)
                ink = look.color("window")
            elif stage.level == self.reached:
                pen = QPen(look.color("text"), 1.2)
                pen.setDashPattern([3, 3])
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area, 4, 4)
                ink = look.color("text")
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_weight(self, painter: QPainter, middle: float, area: QRectF) -> None:
        look = theme()
        top, high = self._band()
        painter.setPen(QPen(look.color("text"), 2))
        painter.drawLine(QPointF(middle, top + high), QPointF(middle, area.top()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("text"))
        slope = look.px(5)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(area.left() + slope - 2, area.top()),
                    QPointF(area.right() - slope + 2, area.top()),
                    QPointF(area.right() + 2, area.bottom()),
                    QPointF(area.left() - 2, area.bottom()),
                ]
            )
        )


def _spread(middles: Sequence[float], widths: Sequence[float], room: float, gap: float) -> list[float]:
    """Left edges of labels near their middles, none over another: pushed right, then back from the right edge."""
    lefts = [middle - width / 2 for middle, width in zip(middles, widths, strict=True)]
    edge = 0.0
    for place, width in enumerate(widths):
        lefts[place] = max(lefts[place], edge)
        edge = lefts[place] + width + gap
    edge = room
    for place in range(len(widths) - 1, -1, -1):
        lefts[place] = min(lefts[place], edge - widths[place])
        edge = lefts[place] - gap
    return lefts

"""The bars: score with the pattern of its stage, gate line, median tick; score, weight and contribution as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent

from forms.figures import figure, one_line, percent
from forms.results.number import Number
from forms.results.rows import BarRow, Bars
from forms.theme import Theme, theme
from forms.widgets.chart import Chart, Rows, dashed, write
from forms.words import _, show

PITCH, HEAD, FOOT, BAR = 36, 30, 24, 20
COLUMNS = (56, 56, 60)
RIGHT = Qt.AlignmentFlag.AlignRight


class BarChart(Chart):
    """One row for each child of the total. The scores are buttons; the other columns belong to the same row."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._bars = Bars((), 0, None, False)
        self._medians: Mapping[str, float] = {}
        self._decimals = 1
        self._numbers: list[Number] = []

    def put(self, bars: Bars, medians: Mapping[str, float], decimals: int = 1) -> None:
        """Show other values."""
        self._bars, self._medians, self._decimals = bars, medians, decimals
        while len(self._numbers) > len(bars.rows):
            self._numbers.pop().deleteLater()
        while len(self._numbers) < len(bars.rows):
            number = Number("", parent=self)
            number.asked.connect(self.asked)
            number.show()
            self._numbers.append(number)
        for number, row in zip(self._numbers, bars.rows, strict=True):
            ink = "danger" if row.below else "text"
            about = _("Score of {name}", name=one_line(show(row.name)))
            number.put(figure(row.score, decimals), code=row.code, ink=ink, about=about)
        self._place()
        self.told()

    def title(self) -> str:
        return _("Points and contribution") if self._bars.points else _("Score and contribution")

    def describe(self) -> str:
        parts = [f"{one_line(show(row.name))} {figure(row.score, self._decimals)}" for row in self._bars.rows[:12]]
        text = _("Scores: {list}.", list=_(", ").join(parts))
        low = [one_line(show(row.name)) for row in self._bars.rows if row.below]
        if low and self._bars.gate is not None:
            text += " " + _(
                "Below the gate of {gate}: {list}.", gate=figure(self._bars.gate, 0), list=_(", ").join(low)
            )
        return text

    def table(self) -> tuple[Sequence[str], Rows]:
        peers = bool(self._medians)
        heads = [_("Name"), _("Score"), _("Weight"), _("Adds"), *([_("Peer median")] if peers else []), _("Coverage")]
        rows = [
            [
                show(row.name),
                figure(row.score, self._decimals),
                self._weight(row),
                figure(row.contribution, self._decimals),
                *([figure(self._medians.get(row.code), self._decimals)] if peers else []),
                percent(row.coverage),
            ]
            for row in self._bars.rows
        ]
        return heads, rows

    def sizeHint(self) -> QSize:
        tall = HEAD + FOOT + PITCH * max(1, len(self._bars.rows))
        return QSize(theme().px(420), theme().px(tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(260), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _weight(self, row: BarRow) -> str:
        return f"{row.points:g}" if self._bars.points else percent(row.weight, 0 if len(self._bars.rows) <= 12 else 1)

    # ---------------------------------------------------------------- measures
    def _edges(self) -> tuple[int, int, int]:
        """Where the names end, the bars end and each column is wide."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(one_line(show(row.name))) for row in self._bars.rows), default=0)
        column = theme().px(max(COLUMNS)) if self.width() > theme().px(380) else theme().px(46)
        names = min(longest + 12, round(self.width() * 0.34))
        return names, self.width() - 3 * column - 12, column

    def _row_top(self, i: int) -> int:
        return theme().px(HEAD) + i * theme().px(PITCH)

    def _place(self) -> None:
        _names, end, column = self._edges()
        for i, number in enumerate(self._numbers):
            number.setGeometry(end + 12, self._row_top(i) + 2, column, theme().px(PITCH) - 4)

    def draw(self, painter: QPainter, look: Theme) -> None:
        names, end, column = self._edges()
        rows = self._bars.rows
        font = look.font("label")
        painter.setFont(font)
        head = look.px(HEAD)
        bottom = self._row_top(len(rows))
        third = look.color("text_2")
        for i, heading in enumerate((_("Score"), _("Weight"), _("Adds"))):
            write(painter, QRect(end + 12 + i * column, 0, column - 2, head - 4), heading, third, RIGHT)
        painter.setPen(dashed(look.chart_color("grid"), 1))
        for part in (0, 0.2, 0.4, 0.6, 0.8, 1.0):
            x = round(names + (end - names) * part) + 0.5
            painter.drawLine(QPointF(x, head), QPointF(x, bottom))
        for i, row in enumerate(rows):
            self._bar(painter, look, row, self._row_top(i), names, end)
            box = QRect(0, self._row_top(i), names - 8, look.px(PITCH))
            write(painter, box, one_line(show(row.name)), look.color("text"))
            for place, text in ((1, self._weight(row)), (2, figure(row.contribution, self._decimals))):
                ink = third if place == 1 else look.color("text")
                box = QRect(end + 12 + place * column, self._row_top(i), column - 2, look.px(PITCH))
                write(painter, box, text, ink, RIGHT)
        if self._bars.gate is not None and rows:
            self._gate(painter, look, names, end, bottom)
        painter.setFont(look.font("caption"))
        foot = QRect(names - 20, bottom, 40, look.px(FOOT))
        write(painter, foot, "0", third, Qt.AlignmentFlag.AlignHCenter)
        full = {row.full for row in rows}
        text = figure(full.pop(), 0) if len(full) == 1 else _("full marks")
        write(painter, QRect(end - 60, bottom, 84, look.px(FOOT)), text, third, Qt.AlignmentFlag.AlignHCenter)

    def _bar(self, painter: QPainter, look: Theme, row: BarRow, top: int, names: int, end: int) -> None:
        high = look.px(BAR)
        upper = top + (look.px(PITCH) - high) / 2
        if row.score is not None:
            long = (end - names) * min(1.0, max(0.0, row.score / row.full))
            box = QRectF(names, round(upper), round(long), high)
            if row.stage is None:
                painter.fillRect(box, look.color("primary"))
                painter.setPen(dashed(look.color("primary"), 1))
            else:
                painter.setBrushOrigin(box.topLeft())
                painter.fillRect(box, look.level_brush(row.stage, self.devicePixelRatioF()))
                painter.setPen(dashed(look.level_ink(row.stage), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            room = QRect(names + 6, top, end - names - 6, look.px(PITCH))
            write(painter, room, _("no score yet"), look.color("text_3"))
        median = self._medians.get(row.code)
        if median is not None:
            x = names + (end - names) * min(1.0, max(0.0, median / row.full))
            painter.setPen(dashed(look.color("panel"), 4))
            painter.drawLine(QPointF(x, upper - 4), QPointF(x, upper + high + 4))
            painter.setPen(dashed(look.chart_color("median"), 2, (4, 2)))
            painter.drawLine(QPointF(x, upper - 4), QPointF(x, upper + high + 4))

    def _gate(self, painter: QPainter, look: Theme, names: int, end: int, bottom: int) -> None:
        gate = self._bars.gate or 0.0
        full = self._bars.rows[0].full
        x = names + (end - names) * min(1.0, gate / full)
        head = look.px(HEAD)
        painter.setPen(dashed(look.chart_color("gate"), 1.5, (2, 2)))
        painter.drawLine(QPointF(x, head - 6), QPointF(x, bottom))
        text = _("Gate {value}", value=figure(gate, 0))
        wide = painter.fontMetrics().horizontalAdvance(text) + 4
        left = min(max(0, round(x - wide / 2)), max(0, end + 8 - wide))
        write(painter, QRect(left, 0, wide, head - 6), text, look.chart_color("gate"), Qt.AlignmentFlag.AlignHCenter)

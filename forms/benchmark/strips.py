"""The strips: the middle half of the group as a band, its median, every other city as a circle, this city a diamond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip

from forms.benchmark.standing_rows import StripRow, distance, place_words, short_names
from forms.figures import DASH, figure, one_line, signed
from forms.theme import Theme, theme
from forms.widgets.chart import Chart, Rows, dashed, write
from forms.widgets.legend import diamond
from forms.words import _, show

TALL, LOW, FOOT = 44, 34, 26
RIGHT = Qt.AlignmentFlag.AlignRight


class Strips(Chart):
    """Up and down choose a row, Enter opens its parts. `chosen` and `opening` carry the code of the row."""

    chosen = Signal(str)
    opening = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.rows: tuple[StripRow, ...] = ()
        self.at = 0
        self._names: tuple[str, ...] = ()
        self._extra: Mapping[str, str] = {}
        self._full = 100.0
        self._decimals = 1

    def put(
        self,
        rows: Sequence[StripRow],
        names: Sequence[str],
        full: float,
        decimals: int = 1,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        """Show other rows. `names` are those of the peers, `extra` ranks by code where they have been asked for."""
        current = self.rows[self.at].code if self.rows and self.at < len(self.rows) else ""
        self.rows, self._names, self._full, self._decimals = tuple(rows), tuple(names), full, decimals
        self._extra = extra or {}
        codes = [row.code for row in self.rows]
        self.at = codes.index(current) if current in codes else 0
        self.told()

    def title(self) -> str:
        return _("Place in the group")

    def describe(self) -> str:
        if not self.rows:
            return _("There is nothing to compare yet.")
        row = self.rows[self.at]
        name = one_line(show(row.name))
        return f"{show(distance(name, row.row, self._decimals, short_names(self._names)))} {place_words(row.row)}"

    def table(self) -> tuple[Sequence[str], Rows]:
        heads = [_("Name"), _("This city"), _("Place"), _("Median"), _("To median"), _("Best"), _("To best")]
        if self._extra:
            heads.append(_("Rank"))
        rows = []
        for row in self.rows:
            line = [
                "　" * row.depth + one_line(show(row.name)),
                figure(row.row.value, self._decimals),
                place_words(row.row),
                figure(row.row.median, self._decimals),
                signed(row.row.to_median, self._decimals),
                figure(row.row.best, self._decimals),
                DASH if row.row.to_best is None else figure(row.row.to_best, self._decimals),
            ]
            rows.append([*line, self._extra.get(row.code, "")] if self._extra else line)
        return heads, rows

    # ---------------------------------------------------------------- measures
    def _high(self, row: StripRow) -> int:
        return theme().px(TALL if row.depth == 0 else LOW)

    def _tops(self) -> list[int]:
        tops, y = [], 0
        for row in self.rows:
            tops.append(y)
            y += self._high(row)
        return [*tops, y]

    def row_box(self, place: int) -> QRect:
        """Where a row stands, for the focus and for scrolling to it."""
        tops = self._tops()
        if not 0 <= place < len(self.rows):
            return QRect()
        return QRect(0, tops[place], self.width(), tops[place + 1] - tops[place])

    def ring_rect(self) -> QRect:
        """The focus ring goes round the row, not round the whole."""
        return self.row_box(self.at).adjusted(2, 3, -2, -3) if self.rows else self.rect()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(520), self._tops()[-1] + theme().px(FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(280), self._tops()[-1] + theme().px(FOOT))

    def _edges(self) -> tuple[int, int, int]:
        """Right edge of the names, left and right of the axis."""
        metrics = self.fontMetrics()
        px = theme().px
        wide = self.width()
        longest = 0
        for row in self.rows:
            longest = max(longest, metrics.horizontalAdvance(one_line(show(row.name))) + row.depth * px(14) + px(18))
        names = min(longest, round(wide * (0.26 if wide > px(420) else 0.3)))
        words = max([metrics.horizontalAdvance(self._words(row)) for row in self.rows] or [0]) + px(12)
        words = min(words, round(wide * 0.24))
        return names, names + px(56), wide - words - px(14)

    def _words(self, row: StripRow) -> str:
        return self._extra.get(row.code, "") or place_words(row.row)

    def _x(self, value: float, full: float) -> float:
        _names, left, right = self._edges()
        return left + (right - left) * min(1.0, max(0.0, value / full if full else 0.0))

    def _full_of(self, row: StripRow) -> float:
        return (
            self._full if row.code == "total" else max(100.0, row.row.best or 0.0) if self._full >= 100 else self._full
        )

    # ---------------------------------------------------------------- painting
    def draw(self, painter: QPainter, look: Theme) -> None:
        names, left, right = self._edges()
        tops = self._tops()
        painter.setFont(look.font("caption"))
        painter.setPen(dashed(look.chart_color("grid"), 1))
        for part in range(5):
            x = round(left + (right - left) * part / 4) + 0.5
            painter.setPen(dashed(look.chart_color("grid"), 1))
            painter.drawLine(QPointF(x, 4), QPointF(x, tops[-1]))
            text = figure(self._full * part / 4, 0 if self._full >= 100 else 1)
            box = QRect(round(x) - 24, tops[-1] + 2, 48, look.px(FOOT) - 4)
            write(painter, box, text, look.color("text_2"), Qt.AlignmentFlag.AlignHCenter)
        for place, row in enumerate(self.rows):
            box = self.row_box(place)
            if place == self.at and self.hasFocus():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("hover"))
                painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 4, 4)
            self._row(painter, look, row, box, names, left, right)

    def _row(
        self, painter: QPainter, look: Theme, row: StripRow, box: QRect, names: int, left: int, right: int
    ) -> None:
        middle = box.center().y() + 0.5
        font = look.font("label")
        if row.code == "total":
            font.setBold(True)
        painter.setFont(font)
        indent = look.px(14) * row.depth
        if row.opens:
            self._arrow(painter, look, row.open, QPointF(indent + look.px(6), middle))
        start = indent + (look.px(16) if len(self.rows) > 1 and any(one.opens for one in self.rows) else 0)
        name = QRect(start, box.top(), names - start, box.height())
        write(painter, name, one_line(show(row.name)), look.color("text"))
        bold = QFont(look.font("label"))
        bold.setBold(True)
        painter.setFont(bold)
        value = QRect(names, box.top(), left - names - look.px(12), box.height())
        write(painter, value, figure(row.row.value, self._decimals), look.color("text"), RIGHT)
        painter.setFont(look.font("label"))
        words = QRect(right + look.px(14), box.top(), self.width() - right - look.px(14), box.height())
        write(painter, words, self._words(row), look.color("text_2"))
        self._marks(painter, look, row, box, middle)

    def _marks(self, painter: QPainter, look: Theme, row: StripRow, box: QRect, middle: float) -> None:
        full = self._full_of(row)
        data = row.row
        half = min(look.px(11), box.height() / 2 - 4)
        if data.q1 is not None and data.q3 is not None:
            painter.setPen(dashed(look.color("border"), look.edge))
            painter.setBrush(look.color("sunken"))
            lower, upper = self._x(data.q1, full), self._x(data.q3, full)
            painter.drawRoundedRect(QRectF(lower, middle - half, max(2.0, upper - lower), 2 * half), 4, 4)
        painter.setBrush(look.color("panel"))
        painter.setPen(dashed(look.chart_color("peers"), 1.5))
        for other in data.values:
            if other is not None:
                painter.drawEllipse(QPointF(self._x(other, full), middle), 4.5, 4.5)
        if data.median is not None:
            x = self._x(data.median, full)
            painter.setPen(dashed(look.chart_color("median"), 2, (4, 2)))
            painter.drawLine(QPointF(x, middle - half - 4), QPointF(x, middle + half + 4))
        if data.value is not None:
            painter.setPen(dashed(look.color("panel"), 1))
            painter.setBrush(look.chart_color("self"))
            painter.drawPolygon(diamond(QPointF(self._x(data.value, full), middle), 8))

    def _arrow(self, painter: QPainter, look: Theme, is_open: bool, at: QPointF) -> None:
        painter.setPen(dashed(look.color("text_2"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_open:
            points = [QPointF(at.x() - 4, at.y() - 2), QPointF(at.x(), at.y() + 2), QPointF(at.x() + 4, at.y() - 2)]
        else:
            points = [QPointF(at.x() - 2, at.y() - 4), QPointF(at.x() + 2, at.y()), QPointF(at.x() - 2, at.y() + 4)]
        painter.drawPolyline(points)

    # ---------------------------------------------------------------- keys and pointer
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999}
        step = steps.get(Qt.Key(event.key()))
        if not self.rows or event.modifiers():
            super().keyPressEvent(event)
        elif step is not None:
            self.choose(min(max(self.at + step, 0), len(self.rows) - 1))
        elif self._opens(event.key()):
            self.opening.emit(self.rows[self.at].code)
        else:
            super().keyPressEvent(event)

    def _opens(self, key: int) -> bool:
        row = self.rows[self.at]
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return True
        return row.opens and key == (Qt.Key.Key_Left if row.open else Qt.Key.Key_Right)

    def choose(self, place: int) -> None:
        """Take another row as the current one."""
        self.at = place
        self.told()
        self.chosen.emit(self.rows[place].code)

    def _place_at(self, y: float) -> int | None:
        tops = self._tops()
        return next((place for place in range(len(self.rows)) if tops[place] <= y < tops[place + 1]), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().y())
        if place is None:
            return
        self.choose(place)
        names, _left, _right = self._edges()
        if event.position().x() <= names and self.rows[place].opens:
            self.opening.emit(self.rows[place].code)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().y())
        near: list[str] = []
        if place is not None:
            row = self.rows[place]
            for name, value in zip(self._names, row.row.values, strict=True):
                if value is not None and abs(self._x(value, self._full_of(row)) - event.position().x()) < 6:
                    near.append(f"{one_line(name)} {figure(value, self._decimals)}")
        if near:
            QToolTip.showText(event.globalPosition().toPoint(), "\n".join(near[:8]), self)
        else:
            QToolTip.hideText()

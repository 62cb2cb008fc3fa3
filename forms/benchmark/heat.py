"""The heat map: cities in the order of the library, a number in every cell, marks for the upper and lower quartile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPolygonF

from forms.benchmark.standing_rows import PLACES
from forms.figures import figure
from forms.theme import Theme, theme
from forms.widgets.chart import Chart, Rows, dashed, write
from forms.words import _, show

HIGH, HEAD = 31, 36


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its place in the group; `place` None says nothing."""

    value: float | None
    place: str | None


@dataclass(frozen=True, slots=True)
class City:
    name: str
    own: bool
    cells: tuple[Cell, ...]


class Heat(Chart):
    """Arrows move from cell to cell; what the cell says is read aloud and shown as a tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.heads: tuple[str, ...] = ()
        self.cities: tuple[City, ...] = ()
        self._quartiles = True
        self._decimals = 0
        self.at = (0, 0)

    def put(self, heads: Sequence[str], cities: Sequence[City], *, quartiles: bool, decimals: int = 0) -> None:
        """Show other cities; without `quartiles` there are two shades and no marks."""
        self.heads, self.cities, self._quartiles = tuple(heads), tuple(cities), quartiles
        self._decimals = decimals
        row = min(self.at[0], max(0, len(self.cities) - 1))
        self.at = (row, min(self.at[1], max(0, len(self.heads) - 1)))
        self.told()

    def title(self) -> str:
        return _("Cities by dimension")

    def describe(self) -> str:
        if not self.cities or not self.heads:
            return _("There is nothing to compare yet.")
        return self._cell_words(*self.at)

    def _cell_words(self, r: int, c: int) -> str:
        cell = self.cities[r].cells[c]
        words = show(PLACES[cell.place]) if cell.place in PLACES else _("no comparison")
        return f"{self.cities[r].name} · {self.heads[c]} {figure(cell.value, 1)} · {words}"

    def table(self) -> tuple[Sequence[str], Rows]:
        rows = []
        for city in self.cities:
            marks = [self._mark_text(cell) for cell in city.cells]
            values = [f"{figure(cell.value, 1)}{mark}" for cell, mark in zip(city.cells, marks, strict=True)]
            rows.append([_("{city} (this city)", city=city.name) if city.own else city.name, *values])
        return [_("City"), *self.heads], rows

    def _mark_text(self, cell: Cell) -> str:
        if not self._quartiles:
            return ""
        return {"upper_quartile": " ▲", "lower_quartile": " ▼"}.get(cell.place or "", "")

    # ---------------------------------------------------------------- measures
    def sizeHint(self) -> QSize:
        tall = theme().px(HEAD) + theme().px(HIGH) * max(1, len(self.cities))
        return QSize(theme().px(480), tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(260), self.sizeHint().height())

    def _columns(self) -> tuple[int, float]:
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(self._label(city)) for city in self.cities), default=0)
        first = min(round(longest * 1.08) + 22, round(self.width() * 0.36))
        return first, (self.width() - first) / max(1, len(self.heads))

    def _label(self, city: City) -> str:
        return _("{city} (this city)", city=city.name) if city.own else city.name

    def _head_face(self, look: Theme, wide: int) -> QFont:
        """The strongest face in which every head is whole; the narrowest one where none is."""
        faces = [look.font("label"), look.font("label"), look.font("caption")]
        faces[0].setBold(True)
        need = [max((QFontMetrics(face).horizontalAdvance(head) for head in self.heads), default=0) for face in faces]
        return next((face for face, least in zip(faces, need, strict=True) if least <= wide), faces[-1])

    def cell_box(self, r: int, c: int) -> QRect:
        """Where a cell stands."""
        first, wide = self._columns()
        left = first + round(wide * c)
        top = theme().px(HEAD) + theme().px(HIGH) * r
        return QRect(left, top, first + round(wide * (c + 1)) - left - 1, theme().px(HIGH) - 1)

    def ring_rect(self) -> QRect:
        """The focus ring goes round the cell."""
        return self.cell_box(*self.at) if self.cities and self.heads else self.rect()

    # ---------------------------------------------------------------- painting
    def draw(self, painter: QPainter, look: Theme) -> None:
        painter.setFont(look.font("label"))
        first, wide = self._columns()
        high = look.px(HIGH)
        painter.fillRect(QRect(0, 0, self.width(), look.px(HEAD) - 1), look.color("sunken"))
        write(painter, QRect(10, 0, first - 12, look.px(HEAD)), _("City"), look.color("text_2"))
        bold = look.font("label")
        bold.setBold(True)
        face = self._head_face(look, round(wide) - 8)
        fits = QFontMetrics(face)
        seen = [fits.elidedText(head, Qt.TextElideMode.ElideRight, round(wide) - 8) for head in self.heads]
        start = _alike(self.heads) if len(set(seen)) < len(set(self.heads)) else 0
        for c, head in enumerate(self.heads):
            box = self.cell_box(0, c)
            box.setTop(0)
            box.setHeight(look.px(HEAD))
            painter.setFont(face)
            write(
                painter,
                box.adjusted(2, 0, -2, 0),
                head[start:] or head,
                look.color("text_2"),
                Qt.AlignmentFlag.AlignHCenter,
            )
        for r, city in enumerate(self.cities):
            top = look.px(HEAD) + high * r
            painter.setFont(bold if city.own else look.font("label"))
            ink = look.color("primary_text" if city.own else "text")
            write(painter, QRect(8, top, first - 10, high), self._label(city), ink)
            painter.setFont(look.font("label"))
            for c, cell in enumerate(city.cells):
                self._cell(painter, look, cell, self.cell_box(r, c))

    def _shade(self, look: Theme, cell: Cell) -> QColor:
        below, above = look.chart("below"), look.chart("above")
        shades = {
            "lower_quartile": below[1],
            "below_median": below[0],
            "at_median": look.chart("middle"),
            "above_median": above[0],
            "upper_quartile": above[1],
        }
        return QColor(shades.get(cell.place or "", look.hex("panel")))

    def _cell(self, painter: QPainter, look: Theme, cell: Cell, box: QRect) -> None:
        painter.fillRect(box, self._shade(look, cell))
        if look.name == "contrast":
            painter.setPen(dashed(look.color("border"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        text = figure(cell.value, self._decimals)
        mark = cell.place if self._quartiles and cell.place in ("upper_quartile", "lower_quartile") else None
        wide = painter.fontMetrics().horizontalAdvance(text)
        left = box.center().x() - wide // 2 - (look.px(6) if mark else 0)
        ink = QColor(look.chart("heat_text"))
        write(painter, QRect(left, box.top(), wide + 2, box.height()), text, ink)
        if mark:
            x, y = left + wide + look.px(9), box.center().y() + 0.5
            turn = -1 if mark == "upper_quartile" else 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            points = [QPointF(x - 4.5, y - 3 * turn), QPointF(x + 4.5, y - 3 * turn), QPointF(x, y + 3.5 * turn)]
            painter.drawPolygon(QPolygonF(points))

    # ---------------------------------------------------------------- keys and pointer
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or event.modifiers() or not self.cities or not self.heads:
            super().keyPressEvent(event)
            return
        r = min(max(self.at[0] + move[0], 0), len(self.cities) - 1)
        c = min(max(self.at[1] + move[1], 0), len(self.heads) - 1)
        self.at = (r, c)
        self.told()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        for c, head in enumerate(self.heads):
            box = self.cell_box(0, c)
            if box.left() <= spot.x() <= box.right() and spot.y() < box.top():
                self.setToolTip(head)
                return
        for r in range(len(self.cities)):
            row = self.cell_box(r, 0)
            if row.top() <= spot.y() <= row.bottom() and spot.x() < row.left():
                self.setToolTip(self._label(self.cities[r]))
                return
            for c in range(len(self.heads)):
                if self.cell_box(r, c).contains(spot):
                    self.setToolTip(self._cell_words(r, c))
                    return
        self.setToolTip("")


def _alike(heads: Sequence[str]) -> int:
    """How many characters all heads begin with: left out where the heads cut short could not be told apart."""
    places = zip(*heads, strict=False)
    return next((at for at, found in enumerate(places) if len(set(found)) > 1), min(map(len, heads), default=0))

"""The table: a model of rows, a painter of cells, and a view whose keys review. Fluid with thousands of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.review.table import Row
from forms import icon
from forms.figures import DASH, one_line
from forms.review import wording
from forms.theme import theme
from forms.widgets.chip import paint_chip
from forms.widgets.row_table import RowTable
from forms.words import _, show

HIGH, HEAD = 42, 38
WIDTHS = {"code": 74, "own": 66, "review": 66, "second": 66, "third": 72, "apart": 84, "taken": 66, "state": 104}
ANSWERS = ("own", "review", "second", "third", "taken")
Index = QModelIndex | QPersistentModelIndex
CENTER = int(Qt.AlignmentFlag.AlignCenter)
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Rows(QAbstractTableModel):
    """The rows of the filter in force. `columns` are names of `wording.COLUMNS`."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self.items: Mapping[str, Indicator] = {}
        self.columns: tuple[str, ...] = ("code", "name", "own", "review", "third", "apart", "taken", "state")

    def put(self, rows: Sequence[Row], items: Mapping[str, Indicator], columns: Sequence[str]) -> None:
        """Show rows. The same items in the same columns keep their places, so that nothing jumps."""
        same = [row.code for row in rows] == [row.code for row in self.rows] and tuple(columns) == self.columns
        if same:
            before, self.rows, self.items = self.rows, tuple(rows), items
            moved = [place for place, row in enumerate(self.rows) if row != before[place]]
            for place in moved:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows, self.items, self.columns = tuple(rows), items, tuple(columns)
        self.endResetModel()

    def place(self, code: str) -> int:
        """The place of an item; −1 where the filter leaves it out."""
        return next((place for place, row in enumerate(self.rows) if row.code == code), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        name = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(wording.COLUMNS[name])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if name in ("code", "name", "state") else CENTER
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, name = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return wording.aloud(self.items[row.code], row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self.words(row, name)
            if role == Qt.ItemDataRole.DisplayRole:
                return words
            return self.tip(row, name) or None
        return None

    def words(self, row: Row, name: str) -> str:
        """What a cell says, for painting, reading aloud and copying."""
        item = self.items[row.code]
        match name:
            case "code":
                return row.code
            case "name":
                return one_line(show(row.name))
            case "apart":
                return wording.apart(row.apart)
            case "state":
                return wording.tag(row)[0]
        answer = self.answer(row, name)
        if name == "review" and row.hidden:
            return _("blind")
        found = wording.level(answer)
        return str(found) if found is not None else wording.cell(item, answer)

    def tip(self, row: Row, name: str) -> str:
        """What a cell means, for the pointer resting on it."""
        item = self.items[row.code]
        if name == "review" and row.hidden:
            return _("Covered until the second review is given.")
        if name in ANSWERS:
            answer = self.answer(row, name)
            words = wording.full(item, answer)
            return f"{wording.short(item, answer)}\n{words}" if words else wording.short(item, answer)
        if name == "apart":
            return wording.apart_aloud(row.apart)
        if name == "name" and row.sampled:
            return _("Drawn for an on-site check")
        return ""

    @staticmethod
    def answer(row: Row, name: str) -> Answer | None:
        found: Answer | None = getattr(row, name)
        return found


class Painter(QStyledItemDelegate):
    """Paints a cell: chips for levels, words for the rest, danger ground under pairs two levels or more apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(60), theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(model, Rows) or not isinstance(row, Row):
            return
        look, name = theme(), model.columns[index.column()]
        area: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "primary_soft" if chosen else "hover" if state & QStyle.StateFlag.State_MouseOver else "panel"
        pair = ("own", "second" if "second" in model.columns and row.hidden else "review", "apart")
        if row.serious and name in pair:
            ground = "danger_soft"
        painter.save()
        painter.fillRect(area, look.color(ground))
        painter.fillRect(
            QRect(area.left(), area.bottom() - look.edge + 1, area.width(), look.edge), look.color("border")
        )
        if ground == "danger_soft" and look.name == "contrast":  # grounds are black there; an edge tells
            painter.setPen(QPen(look.color("danger"), look.edge))
            painter.drawRect(area.adjusted(2, 2, -3, -4))
        if name == "state":
            self._tag(painter, area, *wording.tag(row))
        elif name in ANSWERS:
            self._answer(painter, area, model, row, name)
        else:
            self._words(painter, area, model.words(row, name), row, name, chosen=chosen)
        painter.restore()

    def _answer(self, painter: QPainter, area: QRect, model: Rows, row: Row, name: str) -> None:
        look = theme()
        found = wording.level(model.answer(row, name)) if not (name == "review" and row.hidden) else None
        if found is not None:
            side = look.px(26)
            paint_chip(painter, QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side), found)
            return
        words = model.words(row, name)
        painter.setFont(look.font("label"))
        painter.setPen(look.color("text_2" if words == DASH else "text"))
        painter.drawText(area.adjusted(2, 0, -2, 0), CENTER, _fit(look.font("label"), words, area.width() - 4))

    def _words(self, painter: QPainter, area: QRect, words: str, row: Row, name: str, *, chosen: bool) -> None:
        look = theme()
        font, ink = QFont(look.font("label")), look.color("text")
        if name == "apart":
            font.setBold(row.serious)
            ink = look.color("danger" if row.serious else "text_2")
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(area, CENTER, _fit(font, words, area.width() - 2))
            return
        if name == "code":
            ink = look.color("text_2")
        font.setBold(name == "name" and chosen)
        inner = area.adjusted(look.px(8), 0, -look.px(6), 0)
        if name == "name" and row.sampled:
            side = look.px(16)
            mark = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
            icon.paint(painter, "flag", "danger", mark)
            inner.setRight(inner.right() - side - look.px(4))
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(inner, LEFT, _fit(font, words, inner.width()))

    def _tag(self, painter: QPainter, area: QRect, words: str, tone: str) -> None:
        look = theme()
        font = look.font("caption")
        metrics = QFontMetrics(font)
        wide = min(metrics.horizontalAdvance(words) + look.px(14), area.width() - look.px(10))
        high = look.px(22)
        box = QRectF(area.left() + look.px(8), area.center().y() - high / 2 + 0.5, wide, high)
        ground, ink, line = tones(tone)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line, look.edge))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, CENTER, _fit(font, words, int(wide) - look.px(8)))


def tones(tone: str) -> tuple[QColor, QColor, QColor]:
    """Ground, ink and edge of a tag."""
    look = theme()
    if tone == "neutral":
        return look.color("sunken"), look.color("text_2"), look.color("border")
    ink = "primary_text" if tone == "primary" else tone
    return look.color(f"{tone}_soft"), look.color(ink), look.color(f"{tone}_line")


def _fit(font: QFont, words: str, width: int) -> str:
    return QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, max(width, 0))


class Grid(RowTable):
    """The view. `pressed` carries a digit, a letter, "=", "Enter", "down" or "up" (to the next difference), "in"."""

    pressed = Signal(str)
    came = Signal(str)
    """The current row is another item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(40, parent)
        self.rows = Rows()
        self.furnish(self.rows, Painter(self))
        self.selectionModel().currentRowChanged.connect(self._moved)

    def put(self, rows: Sequence[Row], items: Mapping[str, Indicator], columns: Sequence[str], code: str) -> None:
        """Show rows with an item current; where the filter leaves it out, the row at its place."""
        place = max(self.currentIndex().row(), 0)
        self.blockSignals(True)
        self.rows.put(rows, items, columns)
        at = self.rows.place(code)
        at = at if at >= 0 else min(place, len(rows) - 1)
        if at >= 0 and (self.currentIndex().row() != at or not self.selectionModel().hasSelection()):
            self.setCurrentIndex(self.rows.index(at, 0))
        self.blockSignals(False)
        self.measure()
        if self.code != code:
            self.came.emit(self.code)

    @property
    def row(self) -> Row | None:
        """The current row."""
        at = self.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    @property
    def code(self) -> str:
        return self.row.code if self.row is not None else ""

    def choose(self, code: str) -> bool:
        """Make an item current; False where the filter leaves it out."""
        at = self.rows.place(code)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 0))
            self.scrollTo(self.rows.index(at, 0))
        return at >= 0

    def next_difference(self, by: int) -> str:
        """The next item (or the one before) two levels or more apart, going round; "" where there is none."""
        rows, here = self.rows.rows, self.currentIndex().row()
        for step in range(1, len(rows) + 1):
            row = rows[(here + by * step) % len(rows)]
            if row.serious:
                return row.code
        return ""

    def measure(self, *, narrow: bool | None = None) -> None:
        """Widths of the columns; the name takes what is left, or enough to be read where the table scrolls sideways."""
        px = theme().px
        self.verticalHeader().setDefaultSectionSize(px(HIGH))
        self.horizontalHeader().setFixedHeight(px(HEAD))
        used = 0
        for place, name in enumerate(self.rows.columns):
            if name != "name":
                room = QFontMetrics(theme().font("label")).horizontalAdvance(_(wording.COLUMNS[name])) + px(22)
                wide = max(px(WIDTHS[name]), room)
                if name == "state":
                    small = QFontMetrics(theme().font("caption"))
                    words = (small.horizontalAdvance(_(words)) for words, _tone in wording.TONES.values())
                    wide = max(wide, max(words) + px(34))
                self.setColumnWidth(place, wide)
                used += wide
        if "name" in self.rows.columns:
            left = self.viewport().width() - used
            self.setColumnWidth(self.rows.columns.index("name"), max(left, px(150)))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.measure()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.came.emit(self.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.pressed.emit("down" if key == Qt.Key.Key_Down else "up")
            return
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit("Enter")
        elif plain and key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
            self.pressed.emit("in")
        elif plain and len(event.text()) == 1 and event.text().upper() in "0123456789=BSWRO":
            self.pressed.emit(event.text().upper())
        elif plain and key == Qt.Key.Key_Left:
            event.ignore()
        else:
            super().keyPressEvent(event)

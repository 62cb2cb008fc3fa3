"""A table of this page: a model of cells, a painter, and a view that is worked by keys alone.

A cell is words, a tag, a bar with its count, a link or a box to tick. The first link of a row is what Enter follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from forms import icon
from forms.theme import theme

HIGH, HEAD = 39, 37
Index = QModelIndex | QPersistentModelIndex
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
CENTER = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `tone` is that of a tag or the ink of words; a bar shows `done` of `total` before its words."""

    words: str = ""
    kind: Literal["text", "tag", "bar", "link", "check"] = "text"
    tone: str = ""
    strong: bool = False
    right: bool = False
    done: int = 0
    total: int = 0
    on: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key, its cells in the order of the columns, and how it is read aloud."""

    key: str
    cells: tuple[Cell, ...]
    aloud: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its narrowest width; those that stretch share what is left."""

    head: str
    width: int
    stretch: bool = False
    right: bool = False


class Rows(QAbstractTableModel):
    """What the table shows."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows: tuple[Row, ...] = ()

    def put(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show rows; the same keys in the same columns keep their places, so that nothing jumps."""
        same = tuple(columns) == self.columns and [one.key for one in rows] == [one.key for one in self.rows]
        if same:
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def place(self, key: str) -> int:
        """Where a row is; −1 for none."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].right else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.words
            case Qt.ItemDataRole.UserRole:
                return cell
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.aloud or " ".join(one.words for one in row.cells if one.words)
            case Qt.ItemDataRole.CheckStateRole if cell.kind == "check":
                return Qt.CheckState.Checked if cell.on else Qt.CheckState.Unchecked
        return None


class Painter(QStyledItemDelegate):
    """Paints a cell."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(60), theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(cell, Cell):
            return
        look = theme()
        area: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(area, look.color("primary_soft" if chosen else "hover" if hover else "panel"))
        line = QRect(area.left(), area.bottom() - look.edge + 1, area.width(), look.edge)
        painter.fillRect(line, look.color("border"))
        inner = area.adjusted(look.px(12 if index.column() == 0 else 8), 0, -look.px(8), 0)
        match cell.kind:
            case "tag":
                _tag(painter, inner, cell)
            case "bar":
                _bar(painter, inner, cell)
            case "check":
                _check(painter, inner, cell)
            case _:
                _words(painter, inner, cell, strong=cell.strong or (chosen and index.column() == 0))
        painter.restore()


def _words(painter: QPainter, area: QRect, cell: Cell, *, strong: bool) -> None:
    look = theme()
    font = QFont(look.font("label"))
    font.setBold(strong)
    painter.setFont(font)
    painter.setPen(look.color("primary_text" if cell.kind == "link" else cell.tone or "text"))
    painter.drawText(area, RIGHT if cell.right else LEFT, _fit(font, cell.words, area.width()))


def _tag(painter: QPainter, area: QRect, cell: Cell) -> None:
    look = theme()
    if not cell.words:
        return
    font = look.font("caption")
    wide = min(QFontMetrics(font).horizontalAdvance(cell.words) + look.px(14), area.width())
    high = look.px(22)
    box = QRectF(area.left() + 0.5, area.center().y() - high / 2 + 0.5, wide, high)
    ground, ink, line = tones(cell.tone or "neutral")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, look.edge))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, look.px(4), look.px(4))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, CENTER, _fit(font, cell.words, int(wide) - look.px(8)))


def _bar(painter: QPainter, area: QRect, cell: Cell) -> None:
    look = theme()
    font = look.font("label")
    words = max(QFontMetrics(font).horizontalAdvance(cell.words), look.px(44))
    painter.setFont(font)
    painter.setPen(look.color("text_2"))
    painter.drawText(area, RIGHT, cell.words)
    box = QRectF(
        area.left() + 0.5, area.center().y() - look.px(3) + 0.5, area.width() - words - look.px(12), look.px(6)
    )
    if box.width() < look.px(16):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("border"), 1))
    painter.setBrush(look.color("sunken"))
    painter.drawRoundedRect(box, 3, 3)
    if cell.total > 0 and cell.done > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("primary"))
        box.setWidth(box.width() * min(cell.done / cell.total, 1.0))
        painter.drawRoundedRect(box, 3, 3)


def _check(painter: QPainter, area: QRect, cell: Cell) -> None:
    look = theme()
    side = look.px(20)
    box = QRectF(area.left(), area.center().y() - side / 2 + 0.5, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("primary" if cell.on else "border_strong"), max(look.edge, 1.5)))
    painter.setBrush(look.color("primary" if cell.on else "panel"))
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), look.px(4), look.px(4))
    if cell.on:
        inset = look.px(2)
        icon.paint(painter, "tick", "on_primary", box.adjusted(inset, inset, -inset, -inset))
    if cell.words:
        rest = area.adjusted(side + look.px(10), 0, 0, 0)
        painter.setFont(look.font("label"))
        painter.setPen(look.color(cell.tone or "text"))
        painter.drawText(rest, LEFT, _fit(look.font("label"), cell.words, rest.width()))


def tones(tone: str) -> tuple[QColor, QColor, QColor]:
    """Ground, ink and edge of a tag."""
    look = theme()
    if tone == "neutral":
        return look.color("sunken"), look.color("text_2"), look.color("border")
    ink = "primary_text" if tone == "primary" else tone
    return look.color(f"{tone}_soft"), look.color(ink), look.color(f"{tone}_line")


def _fit(font: QFont, words: str, width: int) -> str:
    return QFontMetrics(font).elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, max(width, 0))


class Grid(QTableView):
    """The view. `opened`: Enter, a double click or a click on a link; `ticked`: Space or a click on a box;
    `removed`: Delete; `came`: the current row is another one. All carry the key of the row.
    """

    opened = Signal(str)
    ticked = Signal(str)
    removed = Signal(str)
    came = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows()
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(30)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def put(self, columns: Sequence[Column], rows: Sequence[Row], key: str = "") -> None:
        """Show rows with one of them current: `key`, else the one before, else the one at its place."""
        wanted, place = key or self.key, max(self.currentIndex().row(), 0)
        self.rows.put(columns, rows)
        at = self.rows.place(wanted)
        at = at if at >= 0 else min(place, len(rows) - 1)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 0))
        self.measure()

    @property
    def key(self) -> str:
        """The key of the current row; "" for none."""
        at = self.currentIndex().row()
        return self.rows.rows[at].key if 0 <= at < len(self.rows.rows) else ""

    def choose(self, key: str) -> bool:
        """Make a row current; False where there is none of this key."""
        at = self.rows.place(key)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 0))
            self.scrollTo(self.rows.index(at, 0))
        return at >= 0

    def measure(self) -> None:
        """Give every column its width; columns that stretch share what is left."""
        px = theme().px
        self.verticalHeader().setDefaultSectionSize(px(HIGH))
        self.horizontalHeader().setFixedHeight(px(HEAD))
        metrics = QFontMetrics(theme().font("strong"))
        widths = [max(px(one.width), metrics.horizontalAdvance(one.head) + px(22)) for one in self.rows.columns]
        stretching = [at for at, one in enumerate(self.rows.columns) if one.stretch]
        left = self.viewport().width() - sum(widths)
        for at in stretching:
            widths[at] += max(left, 0) // max(1, len(stretching))
        for at, wide in enumerate(widths):
            self.setColumnWidth(at, wide)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.measure()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.came.emit(self.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        cell = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if not isinstance(cell, Cell) or event.button() != Qt.MouseButton.LeftButton:
            return
        if cell.kind == "check":
            self.ticked.emit(self.key)
        elif cell.kind == "link" and cell.words:
            self.opened.emit(self.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        cell = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if isinstance(cell, Cell) and cell.kind == "check":
            self.ticked.emit(self.key)
        elif isinstance(cell, Cell) and cell.kind != "link":
            self.opened.emit(self.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.indexAt(event.position().toPoint()).data(Qt.ItemDataRole.UserRole)
        hand = isinstance(cell, Cell) and cell.kind in ("link", "check") and (cell.words or cell.kind == "check")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().unsetCursor()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            event.ignore()
        elif held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit(self.key)
        elif key == Qt.Key.Key_Space and self.key:
            self.ticked.emit(self.key)
        elif key == Qt.Key.Key_Delete and self.key:
            self.removed.emit(self.key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (theme().px(60) if key == Qt.Key.Key_Right else -theme().px(60)))
        else:
            super().keyPressEvent(event)

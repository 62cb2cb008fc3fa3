"""A table of this page, worked by keys alone. The link of a row is what Enter follows, its box what Space ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from forms.exchange.painter import HIGH, Painter
from forms.exchange.table import Cell, Column, Row, Rows
from forms.theme import theme
from forms.widgets.row_table import RowTable

HEAD = 37


class Grid(RowTable):
    """The view. `opened`: Enter, a double click or a click on a link; `ticked`: Space or a click on a box;
    `removed`: Delete; `came`: the current row is another one. All carry the key of the row.
    """

    opened = Signal(str)
    ticked = Signal(str)
    removed = Signal(str)
    came = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(30, parent)
        self.rows = Rows()
        self.setAccessibleName(name)
        self.furnish(self.rows, Painter(self))
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

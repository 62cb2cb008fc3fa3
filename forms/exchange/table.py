"""What a table of this page holds: cells of a few kinds, rows that are read aloud as a whole, and their model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


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

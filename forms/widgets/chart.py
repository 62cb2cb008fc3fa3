"""What every chart shares: a one-sentence description, `T` opens its content as a table, drawing follows the theme.

A chart is painted by hand in `draw`; buttons for its numbers may lie on it as children. Those who cannot see it hear
`describe()` and read `table()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from forms.theme import Theme, theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.words import _

Rows = Sequence[Sequence[str]]


class Chart(QWidget):
    """Base of the small painted charts. Takes the focus by Tab; `T` opens the table, in children too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def title(self) -> str:
        """The name of the chart, as its panel says it."""
        return ""

    def describe(self) -> str:
        """One sentence that says what the chart shows."""
        return ""

    def table(self) -> tuple[Sequence[str], Rows]:
        """Headings and rows of the same content."""
        return (), ()

    def draw(self, painter: QPainter, look: Theme) -> None:
        """Paint the chart."""

    def told(self) -> None:
        """Tell assistive programs and the screen that the content has changed."""
        self.setAccessibleName(self.title())
        self.setAccessibleDescription(self.describe())
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, theme())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.open_table()
            return
        super().keyPressEvent(event)

    def open_table(self) -> QDialog:
        """Open the content as a table in a window of its own; Esc closes it and the focus comes back."""
        headings, rows = self.table()
        dialog = TableDialog(self.title(), self.describe(), headings, rows, self)
        dialog.open()
        return dialog


class TableDialog(QDialog):
    """The content of a chart as a table one can walk through and copy from (Ctrl+C)."""

    def __init__(self, title: str, about: str, headings: Sequence[str], rows: Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title or _("Table"))
        self.grid = QTableWidget(len(rows), len(headings), self)
        self.grid.setHorizontalHeaderLabels([str(heading) for heading in headings])
        self.grid.setAccessibleName(title)
        self.grid.setAccessibleDescription(about)
        self.grid.verticalHeader().hide()
        self.grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.grid.setTabKeyNavigation(False)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                item = QTableWidgetItem(" ".join(str(text).split()))
                if c:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.grid.setItem(r, c, item)
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(Label(title, "heading"))
        layout.addWidget(Text(about, "label", "text_2"))
        layout.addWidget(self.grid, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(_("Copy"), run=self.copy))
        buttons.addWidget(Button(_("Close"), run=self.close))
        layout.addLayout(buttons)
        room = parent.window().size()
        wide = self.grid.horizontalHeader().length() + 64
        high = self.grid.verticalHeader().length() + self.grid.horizontalHeader().sizeHint().height() + 170
        self.resize(min(max(420, wide), max(320, room.width() - 80)), min(max(260, high), max(240, room.height() - 60)))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        self.grid.setFocus()

    def copy(self) -> None:
        """Put the selected rows, or all, on the clipboard, parted by tabs."""
        from PySide6.QtGui import QGuiApplication

        grid = self.grid
        chosen = sorted({index.row() for index in grid.selectedIndexes()}) or list(range(grid.rowCount()))
        lines = []
        for row in chosen:
            cells = [grid.item(row, column) for column in range(grid.columnCount())]
            lines.append("\t".join(cell.text() if cell else "" for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))


def dashed(color: QColor, width: float, dash: Sequence[float] = ()) -> QPen:
    """A pen with dash lengths in pixels (Qt counts them in pen widths)."""
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def write(
    painter: QPainter, box: QRect, text: str, color: QColor, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """One line of text in a box, vertically centered, cut with an ellipsis where it does not fit."""
    painter.setPen(color)
    line = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter), line)

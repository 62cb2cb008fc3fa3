"""Where the outline and the side panel are: columns beside the card, or sheets over it where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.page import Size
from forms.questionnaire.outline import Outline
from forms.questionnaire.side import Side
from forms.theme import theme

CARD = 640  # the question beside both panels, logical pixels: its bottom bar holds its buttons in both languages


class Sheets(QObject):
    """Moves the two panels. Below 1000 px only one of them is open at a time, over the card; a little above, or with
    larger text, the outline stays and the side panel is a sheet."""

    moved = Signal()
    """The side panel has become a sheet or a column."""

    def __init__(self, desk: QWidget, row: QHBoxLayout, outline: Outline, side: Side) -> None:
        super().__init__(desk)
        self.desk, self.row, self.outline, self.side = desk, row, outline, side
        self.size_class: Size = "wide"
        self.beside = True
        self.roomy = True
        desk.installEventFilter(self)

    @property
    def wide(self) -> bool:
        return self.size_class == "wide"

    def has_room(self) -> bool:
        """Whether the card keeps its width with both panels beside it."""
        return self.wide and self.desk.width() >= self.outline.width() + theme().size("side") + theme().px(CARD)

    def floats(self, panel: QWidget) -> bool:
        """Whether a panel is a sheet now."""
        return not (self.roomy if panel is self.side else self.wide)

    def fit(self, size: Size) -> None:
        self.size_class = size
        self.roomy = self.has_room()
        for widget in (self.outline, self.side):
            self.row.removeWidget(widget)
            widget.setParent(self.desk)
        if self.wide:
            self.row.insertWidget(0, self.outline)
        if self.roomy:
            self.row.addWidget(self.side)
        self.outline.setVisible(self.wide)
        self.side.setVisible(self.roomy and self.beside)
        edge = theme().hex("border" if self.roomy else "border_strong")
        ground = theme().hex("panel")
        self.side.setStyleSheet(
            f"QScrollArea#side {{ background: {ground}; border-left: {theme().edge}px solid {edge}; }}"
        )

    def with_side(self, beside: bool) -> None:
        """Whether there is an item whose side panel can be shown."""
        self.beside = beside
        if self.roomy or not beside:
            self.side.setVisible(self.roomy and beside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.desk and event.type() == QEvent.Type.Resize:
            if self.has_room() != self.roomy:
                QTimer.singleShot(0, self, self.moved.emit)
            QTimer.singleShot(0, self, self.place)
        return False

    def place(self) -> None:
        """Sheets lie at the left and the right edge, over the whole height."""
        wide, high = self.desk.width(), self.desk.height()
        if self.floats(self.outline):
            self.outline.setGeometry(0, 0, min(self.outline.width(), wide), high)
        if self.floats(self.side):
            across = min(self.side.width(), wide)
            self.side.setGeometry(wide - across, 0, across, high)

    def open(self, panel: Outline | Side) -> None:
        if self.floats(panel):
            self.close()
            panel.show()
            panel.raise_()
            self.place()

    def toggle(self, panel: Outline | Side) -> bool:
        """Open it, or close it where it lies open over the card; True when it is there now."""
        if self.floats(panel) and panel.isVisible():
            self.close()
            return False
        self.open(panel)
        return True

    def close(self) -> None:
        for panel in (self.outline, self.side):
            if self.floats(panel):
                panel.hide()

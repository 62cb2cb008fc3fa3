"""Where the outline and the side panel are: columns beside the card, or sheets over it where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.page import Size
from forms.questionnaire.outline import Outline
from forms.questionnaire.side import Side
from forms.theme import theme


class Sheets(QObject):
    """Moves the two panels. Below 1000 px only one of them is open at a time, over the card."""

    def __init__(self, desk: QWidget, row: QHBoxLayout, outline: Outline, side: Side) -> None:
        super().__init__(desk)
        self.desk, self.row, self.outline, self.side = desk, row, outline, side
        self.size_class: Size = "wide"
        self.beside = True
        desk.installEventFilter(self)

    @property
    def wide(self) -> bool:
        return self.size_class == "wide"

    def fit(self, size: Size) -> None:
        self.size_class = size
        for widget in (self.outline, self.side):
            self.row.removeWidget(widget)
            widget.setParent(self.desk)
        if self.wide:
            self.row.insertWidget(0, self.outline)
            self.row.addWidget(self.side)
        self.outline.setVisible(self.wide)
        self.side.setVisible(self.wide and self.beside)
        edge = theme().hex("border" if self.wide else "border_strong")
        ground = theme().hex("panel")
        self.side.setStyleSheet(
            f"QScrollArea#side {{ background: {ground}; border-left: {theme().edge}px solid {edge}; }}"
        )

    def with_side(self, beside: bool) -> None:
        """Whether there is an item whose side panel can be shown."""
        self.beside = beside
        self.side.setVisible(self.wide and beside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.desk and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.place)
        return False

    def place(self) -> None:
        """Sheets lie at the left and the right edge, over the whole height."""
        if self.wide:
            return
        wide, high = self.desk.width(), self.desk.height()
        self.outline.setGeometry(0, 0, min(self.outline.width(), wide), high)
        across = min(self.side.width(), wide)
        self.side.setGeometry(wide - across, 0, across, high)

    def open(self, panel: Outline | Side) -> None:
        if not self.wide:
            self.close()
            panel.show()
            panel.raise_()
            self.place()

    def toggle(self, panel: Outline | Side) -> bool:
        """Open it, or close it where it lies open over the card; True when it is there now."""
        if not self.wide and panel.isVisible():
            self.close()
            return False
        self.open(panel)
        return True

    def close(self) -> None:
        if not self.wide:
            self.outline.hide()
            self.side.hide()

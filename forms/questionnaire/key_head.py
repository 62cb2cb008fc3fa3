"""The head of keying: which form, number and place of the sheet, whether it is the second time, how many there are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.page import Size
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.check import Check
from forms.widgets.labels import Label
from forms.widgets.panel import PageHead
from forms.widgets.segments import Segments
from forms.words import _


class NumberLine(QLineEdit):
    """The number of the sheet. Undo and redo pass through it: they belong to the sheets, not to the digits in it."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and passes(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if passes(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def passes(event: QKeyEvent) -> bool:
    """Whether a key is undo or redo."""
    return any(event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))


class KeyHead(QWidget):
    """Two rows: title and what else one can do; then the fields of the sheet."""

    leaving = Signal()
    printing = Signal()
    reading = Signal()
    emptying = Signal()

    def __init__(self) -> None:
        super().__init__()
        space = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(10))
        self.title = PageHead(_("Key in paper sheets"))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(space(8))
        self.paper = Button(_("Print sheets…"), icon="print", run=self.printing.emit)
        self.table = Button(_("Read a table…"), icon="import", run=self.reading.emit)
        self.end = Button(_("Stop keying"), run=self.leaving.emit)
        self.empty = Button(_("Empty table…"), icon="table", run=self.emptying.emit)
        for button in (self.paper, self.empty, self.table, self.end):
            self.title.add(button)
        column.addWidget(self.title)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        self.tiers = Segments(_("Form"))
        self.number = NumberLine()
        self.number.setAccessibleName(_("Sheet number"))
        self.number.setMaxLength(9)
        self.number.setFixedWidth(space(130))
        self.number.setStyleSheet(f"font-size: {space(22)}px;")
        self.place = QLineEdit()
        self.place.setMaxLength(60)
        self.place.setMinimumWidth(space(160))
        self.check = Check(_("Second keying, to check"))
        self.number_words, self.place_words = Label(_("Sheet no."), "label", "text_2"), Label("", "label", "text_2")
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(space(16))
        self.row.addWidget(self.tiers)
        for words, field in ((self.number_words, self.number), (self.place_words, self.place)):
            words.setBuddy(field)
            pair = QHBoxLayout()
            pair.setSpacing(space(8))
            pair.addWidget(words)
            pair.addWidget(field, 1 if field is self.place else 0)
            if field is self.number:
                pair.addSpacing(space(16))
                pair.addWidget(self.check)
                pair.addStretch(1)
            self.row.addLayout(pair, 1 if field is self.place else 0)
        column.addLayout(self.row)

    def dress(self, *, village: bool) -> None:
        """A village is never named: its sheet takes the township it belongs to, and keeps nothing of it."""
        self.place_words.setText(_("Place, kept for the next sheet"))
        self.place.setAccessibleName(self.place_words.text())
        self.place_words.setVisible(not village)
        self.place.setVisible(not village)

    def count(self, sheets: int, checked: int) -> None:
        """How many sheets of this form there are."""
        words = _("{count} sheets", count=sheets)
        self.title.say(
            _("Key in paper sheets"),
            _("{sheets}, {checked} checked by a second keying", sheets=words, checked=checked) if checked else words,
        )

    def fit(self, size: Size) -> None:
        """Short words and no count where the window is tiny."""
        self.paper.say(_("Print sheets…") if size != "tiny" else _("Print"))
        self.table.say(_("Read a table…") if size != "tiny" else _("Table"))
        self.title.context.setVisible(size != "tiny")
        self.arrange()

    def arrange(self) -> None:
        """The fields in one row where they have room, else below each other."""
        space = theme().px
        parts = (self.tiers, self.number_words, self.number, self.check, self.place_words, self.place)
        need = sum(part.sizeHint().width() for part in parts if not part.isHidden()) + space(120)
        roomy = need <= self.width()
        self._place_buttons()
        self.row.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
        self.empty.setVisible(self.width() >= space(1100))

    def _place_buttons(self) -> None:
        """Beside the title where that stays whole, else below it."""
        shown = [part for part in (self.title.title, self.paper, self.table, self.end) if not part.isHidden()]
        beside = sum(part.sizeHint().width() + theme().px(12) for part in shown) <= self.width()
        row = self.title.row
        if beside == (row.indexOf(self.end) >= 0):
            return
        for button in (self.paper, self.empty, self.table, self.end):
            if beside:
                self.buttons.removeWidget(button)
                row.addWidget(button)
            else:
                row.removeWidget(button)
                self.buttons.insertWidget(self.buttons.count() - 1, button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

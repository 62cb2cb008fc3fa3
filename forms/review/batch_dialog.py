"""Accepting in one step: how many, which are left and why, and until when one may object. Undone as one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assess.review import steps
from assess.review.batch import REASONS, Batch
from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.check import Check
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Scroll
from forms.words import _, capital, show

MOST = 12  # codes named in a line


class BatchDialog(QDialog):
    """`preview(take_over)` gives the batch; read `batch` and `until` after it was accepted."""

    def __init__(self, preview: Callable[[bool], Batch], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.preview, self.batch = preview, preview(False)
        self.setWindowTitle(_("Accept in one step"))
        self.setMinimumWidth(px(420))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(18), px(20), px(16))
        whole.setSpacing(px(10))
        whole.addWidget(Label(_("Accept in one step"), "heading"))
        area = Scroll(gap=8)
        area.column.setContentsMargins(px(4), px(2), px(8), px(2))
        self.told = Text("", "body")
        self.taking = Check(_("Also take over the self-assessment where no review value is given"))
        self.taking.toggled.connect(self._look)
        self.limited = Check(_("Objections are possible until"))
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        first = QDate(today.year, today.month, today.day)
        self.day.setMinimumDate(first)
        self.day.setDate(first.addDays(steps.OBJECTING))
        self.day.setAccessibleName(_("Objections are possible until"))
        self.limited.toggled.connect(self.day.setEnabled)
        self.limited.setChecked(True)
        self.left_title = Label(_("Left for you to look at"), "label", "text_2")
        self.left = QWidget()
        self.grid = QGridLayout(self.left)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setColumnStretch(1, 1)
        days = QHBoxLayout()
        days.addWidget(self.limited, 1)
        days.addWidget(self.day)
        area.column.addWidget(self.told)
        area.column.addWidget(self.taking)
        area.column.addLayout(days)
        area.column.addWidget(self.left_title)
        area.column.addWidget(self.left)
        area.column.addStretch(1)
        whole.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Cancel"), run=self.reject))
        self.go = primary("", self.accept)
        self.go.setDefault(True)
        row.addWidget(self.go)
        whole.addLayout(row)
        room = self.screen().availableGeometry().height() - px(40)
        self.resize(px(560), min(px(480), room))
        self._look()
        self.taking.setFocus()

    @property
    def until(self) -> date | None:
        """The last day to object; None without one."""
        if not self.limited.isChecked():
            return None
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _look(self, _on: bool = False) -> None:
        """Count again, and say what would happen."""
        self.batch = self.preview(self.taking.isChecked())
        count = len(self.batch.codes)
        self.told.say(
            _("Items without a difference and with evidence: {count}. They are confirmed in one step, which can be "
              "undone.", count=count)
            if count
            else _("No item can be accepted without looking at it.")
        )  # fmt: skip
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (reason, codes) in enumerate(self.batch.left.items()):
            named = _(", ").join(codes[:MOST])
            more = _("{codes} and {count} others", codes=named, count=len(codes) - MOST) if len(codes) > MOST else named
            self.grid.addWidget(Label(str(len(codes)), "strong"), place, 0)
            self.grid.addWidget(_reason(show(REASONS[reason]), more), place, 1)
        self.left_title.setVisible(bool(self.batch.left))
        self.go.say(_("Confirm {count} items", count=count))
        self.go.refuse("" if count else _("No item can be accepted without looking at it."))


def _reason(words: str, codes: str) -> Text:
    text = Text("", "label", "text_2")
    text.say(codes, capital(words))
    return text

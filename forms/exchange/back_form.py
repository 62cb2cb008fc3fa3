"""Returning an item for correction: the reason, until when, what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from assess import rights
from assess.problems import Problem
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.field import Field
from forms.widgets.labels import Label
from forms.widgets.notice import Notice
from forms.widgets.panel import Panel
from forms.words import _, show

DAYS = 10  # offered for a correction


class BackForm(Panel):
    """`sent` carries reason, ISO day and what is asked for."""

    sent = Signal(str, str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=10, gap=6, parent=parent)
        px = theme().px
        self.notice = Notice("warning")
        self.notice.hide()
        self.reason = Field()
        self.demand = Field()
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.until = Label("", "label")
        self.until.setBuddy(self.day)
        self.send = Button("", "primary", run=self._send)
        self.cancel = Button("", run=self.closed.emit)
        self.column.addWidget(self.notice)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.reason, 3)
        first.addWidget(self.demand, 2)
        first.setSpacing(px(12))
        second.setSpacing(px(12))
        second.addWidget(self.until)
        second.addWidget(self.day)
        second.addStretch(1)
        second.addWidget(self.cancel)
        second.addWidget(self.send)
        self.column.addLayout(first)
        self.column.addLayout(second)
        self.hide()
        self.retranslate()

    def ask(self, today: date, reason: str, role: str, introduce: Callable[[], object]) -> None:
        """Open it with what was written as the reason so far."""
        due = today + timedelta(days=DAYS)
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.day.setDate(QDate(due.year, due.month, due.day))
        self.reason.put(reason)
        self.reason.complain("")
        reviewer = role in rights.REVIEWERS
        self.notice.setVisible(not reviewer)
        if not reviewer:
            self.notice.say("info", _("Only a reviewer returns items for correction."),
                            action=_("Name and role…"), run=introduce)  # fmt: skip

    def _send(self) -> None:
        if not self.reason.text().strip():
            self.reason.complain(_("Say why it goes back."))
            self.reason.setFocus()
            return
        self.reason.complain("")
        self.sent.emit(self.reason.text(), self.day.date().toString("yyyy-MM-dd"), self.demand.text())

    def refused(self, problem: Problem) -> None:
        """Why it cannot be sent back."""
        self.notice.problem(problem)
        self.notice.show()
        self.notice.setAccessibleName(show(problem))

    def retranslate(self) -> None:
        self.reason.say(_("Reason for the return"))
        self.demand.say(_("What is to be corrected"))
        self.until.setText(_("Correct until"))
        self.day.setAccessibleName(_("Correct until"))
        self.send.say(_("Return it"))
        self.cancel.say(_("Cancel"))

"""What unfolds where a step asks for something: why, what is to be done, until when, and with which value it ends."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.problems import Problem
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.words import N_, _

DAYS = 7  # the deadline offered for a correction
TITLES = {
    "return": N_("Return for correction"),
    "object": N_("Objection"),
    "rule": N_("Ruling"),
    "reopen": N_("Reopen"),
    "resubmit": N_("Hand in the correction"),
}
EFFECTS = {
    "return": N_("Return it"),
    "object": N_("Object"),
    "rule": N_("Rule so"),
    "reopen": N_("Reopen it"),
    "resubmit": N_("Hand it in"),
}
ASKS = {
    "return": N_("Problem: what does not hold, and what is missing"),
    "object": N_("Why the review value does not hold"),
    "rule": N_("Why it is ruled so"),
    "reopen": N_("Why the item is reopened"),
    "resubmit": N_("What was corrected, or why nothing was"),
}


class Lines(QPlainTextEdit):
    """A few lines; Tab goes on, Ctrl+Enter is `kept`, Esc is `left`."""

    kept = Signal()
    left = Signal()

    def __init__(self, rows: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + theme().px(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class StepForm(QFrame):
    """`kept` with the step; read `reason`, `demand`, `deadline` and `value` then. `left` when it is given up."""

    kept = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setProperty("box", "sunken")
        self.step = ""
        self._values: dict[str, Answer | None] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(12))
        column.setSpacing(px(6))
        self.title = Label("", "heading")
        self.ending = Label("", "label", "text_2")
        self.choice = QComboBox()
        self.asked = Label("", "label", "text_2")
        self.reason_field = Lines()
        self.wanted = Label("", "label", "text_2")
        self.demand_field = Lines(2)
        self.until = QHBoxLayout()
        self.until_name = Label("", "label", "text_2")
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.until.addWidget(self.until_name)
        self.until.addWidget(self.day, 1)
        self.problem = Notice("danger")
        self.problem.hide()
        self.hint = Text("", "caption", "text_2")
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        self.cancel = Button("", small=True, run=self.left.emit)
        self.keep = Button("", small=True, run=self._keep)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        for part in (
            self.title,
            self.ending,
            self.choice,
            self.asked,
            self.reason_field,
            self.wanted,
            self.demand_field,
        ):
            column.addWidget(part)
        column.addLayout(self.until)
        column.addWidget(self.problem)
        column.addLayout(foot)
        for field in (self.reason_field, self.demand_field):
            field.kept.connect(self._keep)
            field.left.connect(self.left)
        self.hide()

    def open(
        self,
        step: str,
        today: date,
        *,
        values: list[tuple[str, str, Answer | None]] | None = None,
        reason: str = "",
        demand: str = "",
    ) -> None:
        """Unfold for a step. `values` are what a ruling may end with: (key, words, answer), the first is offered."""
        self.step = step
        self.title.setText(_(TITLES[step]))
        self.asked.setText(_(ASKS[step]))
        self.reason_field.setPlainText(reason)
        self.reason_field.setAccessibleName(_(ASKS[step]))
        returning, ruling = step == "return", bool(values)
        self.wanted.setText(_("Correction required (left blank: as the item demands)"))
        self.demand_field.setPlainText(demand)
        self.demand_field.setAccessibleName(self.wanted.text())
        for part in (self.wanted, self.demand_field, self.until_name, self.day):
            part.setVisible(returning)
        self.until_name.setText(_("To be corrected by"))
        self.day.setAccessibleName(self.until_name.text())
        first = QDate(today.year, today.month, today.day)
        later = today + timedelta(days=DAYS)
        self.day.setMinimumDate(first)
        self.day.setDate(QDate(later.year, later.month, later.day))
        self.ending.setText(_("The item ends with"))
        self.ending.setVisible(ruling)
        self.choice.setVisible(ruling)
        if values:
            self._values = {key: answer for key, _words, answer in values}
            self.choice.setAccessibleName(self.ending.text())
            self.choice.clear()
            for key, words, _answer in values:
                self.choice.addItem(words, key)
        self.hint.say(_("Ctrl+Enter"))
        self.cancel.say(_("Cancel"))
        self.keep.say(_(EFFECTS[step]))
        self.problem.hide()
        self.setAccessibleName(_(TITLES[step]))
        self.show()
        self.reason_field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def reason(self) -> str:
        return self.reason_field.toPlainText().strip()

    @property
    def demand(self) -> str:
        return self.demand_field.toPlainText().strip()

    @property
    def deadline(self) -> date | None:
        """The day given; None where the step has none."""
        if self.step != "return":
            return None
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def value(self) -> Answer | None:
        """The value a ruling ends with; None leaves the review value."""
        return self._values.get(str(self.choice.currentData())) if self.step == "rule" else None

    def caution(self, words: str) -> None:
        """Say what is worth a thought before the step is taken; it may be taken all the same."""
        self.problem.say("warning", words)
        self.problem.show()

    def complain(self, problem: Problem) -> None:
        """Why it could not be done, in place."""
        self.problem.problem(problem)
        self.problem.show()
        self.reason_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self.kept.emit(self.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

"""The end of the questions: everything answered, or what remains, and the way to the results."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assess.measure.result import State
from forms.questionnaire.flow import Flow
from forms.questionnaire.marks import Icon
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Panel, Scroll
from forms.words import _

SHOWN = 12


class Closing(Scroll):
    """Shown after the last question. Goes to the first open question, or to the results."""

    go = Signal(str)
    leave = Signal(str)
    """The key of another page: findings, results, finishing."""
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=24, parent=parent)
        self.panel = Panel(padding=24, gap=12)
        self.column.addWidget(self.panel)
        self.column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        self.icon = Icon("done", 24)
        self.title = Label("", "title")
        row.addWidget(self.icon)
        row.addWidget(self.title)
        row.addStretch(1)
        self.panel.column.addLayout(row)
        self.text = Text("", "body")
        self.gaps = Text("", "body", "text_2")
        self.panel.column.addWidget(self.text)
        self.panel.column.addWidget(self.gaps)
        box = QWidget()
        ways = Flow(theme().px(12), theme().px(8), box)
        self.first = Button("", run=self.go_first)
        self.check = Button("", run=lambda: self.leave.emit("findings"))
        self.results = Button("", run=lambda: self.leave.emit("results"))
        self.finish = Button("", "primary", large=True, run=lambda: self.leave.emit("finishing"))
        self.again = Button("", "text", run=self.back.emit)
        for button in (self.first, self.check, self.results, self.again):
            ways.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(box, 1)
        row.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignBottom)
        self.panel.column.addLayout(row)
        self.open: list[str] = []

    def show_states(self, states: dict[str, State], *, check: bool, results: bool, finish: bool) -> None:
        """What remains; `check`, `results` and `finish` say whether there are such pages."""
        asked = {code: state for code, state in states.items() if state != "out"}
        self.open = [code for code, state in asked.items() if state == "unanswered"]
        lacking = [code for code, state in asked.items() if state == "nd"]
        self.icon.show_mark("done" if not self.open else "open")
        if not asked:
            self.title.setText(_("This document asks no questions."))
        elif self.open:
            self.title.setText(_("{count} questions are still open", count=len(self.open)))
        else:
            self.title.setText(_("Every question is answered"))
        listed = _("Open: {codes}.", codes=tuple(self.open[:SHOWN]))
        if len(self.open) > SHOWN:
            listed = _("Open: {codes} and {more} more.", codes=tuple(self.open[:SHOWN]), more=len(self.open) - SHOWN)
        self.text.say(listed if self.open else _("Everything is saved. Answers can be changed at any time."))
        self.gaps.say(
            _("No data: {codes}. They are listed as data gaps.", codes=tuple(lacking[:SHOWN])) if lacking else ""
        )
        self.gaps.setVisible(bool(lacking))
        self.first.say(_("To the first open question"))
        self.first.setVisible(bool(self.open))
        self.check.say(_("To the checks"))
        self.check.setVisible(check)
        self.results.say(_("To the results"))
        self.results.setVisible(results)
        self.finish.say(_("Finish and seal"))
        self.finish.setVisible(finish)
        self.again.say(_("Back to the last question"))

    def go_first(self) -> None:
        if self.open:
            self.go.emit(self.open[0])

    def entry(self) -> QWidget:
        rest = self.finish if self.finish.isVisibleTo(self) else self.results
        return self.first if self.first.isVisibleTo(self) else rest

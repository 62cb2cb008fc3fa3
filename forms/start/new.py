"""A new assessment, in three steps on one page: unit, manner, file. Back and next, faults in place, no dialogs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.framework.model import Framework
from assess.problems import Problem
from forms.page import Size
from forms.settings import documents
from forms.start.draft import Draft, half_year_before, tidy
from forms.start.naming import free_path
from forms.start.steps import MannerStep, PlaceStep, Step, UnitStep
from forms.theme import look, theme
from forms.widgets.buttons import Button, primary, text_button
from forms.widgets.labels import Label
from forms.widgets.notice import Notice
from forms.widgets.panel import Scroll
from forms.words import _

if TYPE_CHECKING:
    from assess.earlier.last_period import LastPeriod
    from forms.start.desk import Desk


class NewAssessment(QWidget):
    """`begin` starts over with sensible defaults; the last step creates the file and opens the questionnaire."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("box", "window")
        self.desk = desk
        self.draft = Draft()
        self.framework: Framework | None = None
        self.steps: list[Step] = []
        self.at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.area = Scroll(gap=14)
        middle = QHBoxLayout()
        middle.addStretch(1)
        self.inner = QWidget()
        self.inner.setMaximumWidth(theme().px(640))
        middle.addWidget(self.inner, 20)
        middle.addStretch(1)
        self.area.column.addLayout(middle)
        body = QVBoxLayout(self.inner)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(14))
        self.title = Label("", "title")
        self.marks = [Label() for _number in range(3)]
        marks = QHBoxLayout()
        marks.setSpacing(theme().px(20))
        for mark in self.marks:
            marks.addWidget(mark)
        marks.addStretch(1)
        self.notice = Notice("danger")
        self.notice.hide()
        self.stack = QVBoxLayout()
        body.addWidget(self.title)
        body.addLayout(marks)
        body.addWidget(self.notice)
        body.addLayout(self.stack, 1)
        column.addWidget(self.area, 1)
        self.bar = self._bottom()
        column.addWidget(self.bar)
        self.fit("wide")

    def _bottom(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("box", "plain")
        bar.setProperty("edge", "top")
        row = QHBoxLayout(bar)
        px = theme().px
        row.setContentsMargins(px(24), px(6), px(24), px(6))
        self.cancel = text_button("", self.desk.back)
        self.back = Button("", icon="left", large=True, run=lambda: self.show_step(self.at - 1))
        self.next = primary("", self.go_on, icon="right", large=True, after=True)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        return bar

    # ---------------------------------------------------------------- steps
    def begin(self) -> None:
        """Start over: the usual reference date, the documents folder, the framework of the library."""
        from assess.framework.read import builtin

        base = half_year_before(datetime.now().astimezone().date())
        self.draft = Draft(base_date=base.isoformat(), year=str(base.year), folder=documents())
        self.framework = builtin()
        for step in self.steps:
            self.stack.removeWidget(step)
            step.hide()
            step.deleteLater()
        manner = MannerStep(self.draft, self.framework)
        manner.other.clicked.connect(self._other_framework)
        unit = UnitStep(self.draft, self.framework)
        unit.last.clicked.connect(self._choose_last)
        self.steps = [unit, manner, PlaceStep(self.draft)]
        for step in self.steps:
            self.stack.addWidget(step)
            step.hide()
        self.notice.hide()
        self.retranslate()
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Go to a step, its first field has the focus."""
        self.at = min(max(number, 0), len(self.steps) - 1)
        step = self.steps[self.at]
        if isinstance(step, PlaceStep) and not self.draft.name:
            unit = tidy(self.draft.unit)
            name = _("{unit} {year}", unit=unit, year=self.draft.year)
            self.draft.name = free_path(self.draft.folder, name).stem
        step.fill()
        if isinstance(step, PlaceStep):
            step.folder.put(str(self.draft.folder))
        for one in self.steps:
            one.setVisible(one is step)
        self._marks()
        self.area.verticalScrollBar().setValue(0)
        first = next(iter(step.fields.values()))
        (step.frameworks if isinstance(step, MannerStep) else first.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """To the next step if this one is in order; from the last, create the file."""
        step = self.steps[self.at]
        problems = self.draft.problems(self.at)
        step.complain(problems)
        if problems:
            return
        if self.at < len(self.steps) - 1:
            self.show_step(self.at + 1)
        else:
            self._create()

    def _choose_last(self) -> None:
        """Begin with the document of last period."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("File of last period"), str(self.draft.folder), _("Assessment documents (*.zhd)")
        )
        if chosen:
            self.desk.read_last(Path(chosen), self.begin_with)

    def begin_with(self, last: LastPeriod) -> None:
        """Fill the steps from the document of last period."""
        self.notice.hide()
        self.draft.begin_with(last)
        self.draft.name = ""
        for step in self.steps:
            step.fill()
        self.show_step(0)

    def _create(self) -> None:
        assert self.framework is not None
        problem = self.draft.refused(self.framework)
        if problem is not None:
            self.complain(problem)
            return
        self.next.setEnabled(False)
        self.desk.create(
            self.draft.path,
            self.framework,
            self.draft.profile(),
            passphrase=self.draft.passphrase if self.draft.protected else None,
            last=self.draft.last,
            failed=self.complain,
        )

    def complain(self, problem: Problem) -> None:
        """Say what kept the file from being created, above the steps."""
        self.next.setEnabled(True)
        self.notice.problem(problem)
        self.notice.show()
        self.area.verticalScrollBar().setValue(0)

    def _other_framework(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder of a framework"))
        if not folder:
            return
        from assess.framework.read import read

        try:
            self.framework = read(Path(folder))
        except Problem as problem:
            self.complain(problem)
            return
        self.notice.hide()
        for step in self.steps:
            if isinstance(step, (MannerStep, UnitStep)):
                step.framework = self.framework
                step.retranslate()

    # ---------------------------------------------------------------- looks
    def _marks(self) -> None:
        last = self.at == len(self.steps) - 1
        for number, (mark, words) in enumerate(zip(self.marks, (_("Unit"), _("Manner"), _("File")), strict=True)):
            mark.setText(f"{number + 1}  {words}")
            look(mark, type="strong" if number == self.at else "body")
            look(mark, ink="primary_text" if number == self.at else "text_2" if number < self.at else "text_3")
        self.setAccessibleName(_("New assessment, step {step} of {count}", step=self.at + 1, count=len(self.marks)))
        self.back.setVisible(self.at > 0)
        self.next.say(_("Create and start") if last else _("Next step"))
        self.next.setEnabled(True)

    def retranslate(self) -> None:
        self.title.setText(_("New assessment"))
        self.cancel.say(_("Cancel"))
        self.back.say(_("Back"))
        for step in self.steps:
            step.retranslate()
        if self.steps:
            self._marks()

    def fit(self, size: Size) -> None:
        edge = theme().px(16 if size == "tiny" else 32)
        self.area.column.setContentsMargins(edge, edge, edge, edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

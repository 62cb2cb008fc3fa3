"""Before a document is left: what its medium did not take is tried once more, then asked about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from assess.problems import Problem
from forms.dialogs import ask
from forms.session import Session
from forms.widgets.buttons import Button, primary
from forms.widgets.dialog import Dialog
from forms.widgets.labels import Label, Text
from forms.words import _, show

STAY, COPY, LEAVE = range(3)
WIDTH = 520


def may_leave(session: Session, parent: QWidget, copy: Callable[[], object]) -> bool:
    """Whether the open document may be closed now. `copy` asks where a copy is to be saved."""
    if session.waiting:
        session.retry()
        session.wait()
    problem = session.problem
    if problem is None or (session.waiting and session.kept_elsewhere == session.waiting):
        return True
    if not session.waiting:
        return ask.leave_unsaved(problem, parent)
    kept_here = session.state is not None and session.state.kept_here
    chosen = choose(problem, session.waiting, parent, kept_here)
    if chosen == COPY:
        copy()
    return chosen == LEAVE


def choose(problem: Problem, count: int, parent: QWidget, kept_here: bool) -> int:
    """STAY, COPY or LEAVE, as the person decides."""
    return Unsaved(problem, count, parent, kept_here=kept_here).exec()


class Unsaved(Dialog):
    """Three ways: stay, save a copy elsewhere, leave. Esc stays. `kept_here`: a rescue copy could be written."""

    def __init__(self, problem: Problem, count: int, parent: QWidget | None = None, *, kept_here: bool = True) -> None:
        title = _("Not everything is saved")
        super().__init__(title, parent)
        self.body.addWidget(Label(title, "heading"))
        self.body.addWidget(Text(_("{reason} Changes not saved yet: {count}.", reason=show(problem.text), count=count)))
        kept = _(
            "Save a copy elsewhere and nothing is missing. If you close now, this computer keeps them and puts them in "
            "when the document is next opened here."
        )
        lost = _("Save a copy elsewhere and nothing is missing. If you close now, these changes are lost.")
        self.body.addWidget(Text(kept if kept_here else lost))
        row = self.foot
        self.leave = Button(_("Close now"), run=lambda: self.done(LEAVE))
        self.stay = Button(_("Stay"), run=lambda: self.done(STAY))
        self.copy = primary(_("Save a copy elsewhere…"), lambda: self.done(COPY))
        self.copy.setDefault(True)
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.stay)
        row.addWidget(self.copy)
        self.fit(WIDTH)
        self.copy.setFocus()

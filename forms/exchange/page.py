"""Exchange: what a leading office does with many departments and counties, and what one of them does with its package.

One view at a time: the round, issuing, a form that came back, conflicts. Whoever has a package open sees only that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from assess.packages.read_form import ReadForm
from forms.exchange.conflict_view import ConflictView
from forms.exchange.data_export import DataExport
from forms.exchange.form_view import FormView
from forms.exchange.imports_view import ImportsView
from forms.exchange.issue_view import IssueView
from forms.exchange.own_view import OwnView
from forms.exchange.round_view import OTHER, RoundView
from forms.page import Page, Shell, Size

if TYPE_CHECKING:
    from forms.session import Session

View = RoundView | IssueView | FormView | ConflictView | ImportsView | OwnView
PAUSE = 200  # milliseconds after a change


class ExchangePage(Page):
    """The page; `round`, `issuing`, `form`, `conflicts`, `imports` and `own` are its views."""

    key = "exchange"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self._size: Size = "wide"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack)
        self.round = RoundView(session, shell)
        self.issuing = IssueView(session, shell)
        self.form = FormView(session, shell)
        self.conflicts = ConflictView(session, shell)
        self.imports = ImportsView(session, shell)
        self.own = OwnView(session, shell)
        self.data = DataExport(session, shell, self)
        self.views: tuple[View, ...] = (
            self.round, self.issuing, self.form, self.conflicts, self.imports, self.own,
        )  # fmt: skip
        self.frames = {view: framed(view) for view in self.views}
        for frame in self.frames.values():
            self.stack.addWidget(frame)
        self.round.wants_issue.connect(self.issue)
        self.round.wants_conflicts.connect(self.settle)
        self.round.wants_imports.connect(self.show_imports)
        self.round.wants_back.connect(self.imports.undo_merge)
        self.imports.moved.connect(self.round.imports_moved)
        self.imports.left.connect(self.back)
        self.round.wants_form.connect(self.compare)
        self.round.wants_data.connect(self.data.ask)
        self.own.wants_form.connect(self.compare)
        self.own.wants_data.connect(self.data.ask)
        self.issuing.left.connect(self.back)
        self.issuing.issued.connect(self.round.known.extend)
        self.form.left.connect(self.back)
        self.form.looked_at.connect(self.round.form_done)
        self.conflicts.left.connect(self.back)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._look)
        session.changed.connect(self._follow)
        session.opened.connect(self._reopen)
        session.leaving.connect(self._stop)
        session.closed.connect(self._forget)

    @property
    def home(self) -> View:
        """The view one comes back to."""
        return self.own if self.session.is_open and self.session.role != "master" else self.round

    @property
    def view(self) -> View:
        """The view that is shown."""
        return next(view for view, frame in self.frames.items() if frame is self.stack.currentWidget())

    # ---------------------------------------------------------------- following the document
    def _follow(self, _changes: object = None) -> None:
        if self.isVisible():
            self._soon.start()

    def _look(self) -> None:
        if not self.session.is_open or not self.isVisible():
            return
        if self.home is self.own:
            self.own.look()
            return
        if self.view is self.conflicts:
            self.conflicts.look()
        elif self.view is self.imports:
            self.imports.look()
        self.round.look()

    def _reopen(self) -> None:
        self._forget()
        self.stack.setCurrentWidget(self.frames[self.home])
        if self.isVisible():
            self._look()

    def _forget(self) -> None:
        self._soon.stop()
        for view in self.views:
            view.forget()

    def _stop(self) -> None:
        """The document is about to be closed: what is under way ends with the file at hand."""
        for strip in (self.round.meter, self.issuing.meter):
            if strip.meter is not None:
                strip.meter.stop()

    # ---------------------------------------------------------------- from view to view
    def _show(self, view: View) -> None:
        self.stack.setCurrentWidget(self.frames[view])
        self.shell.refresh_keys()

    def issue(self, keys: Sequence[str]) -> None:
        """Issue packages, first of all to these units."""
        self._show(self.issuing)
        self.issuing.start(tuple(keys))

    def settle(self, unit: str = "") -> None:
        """The conflicts of a unit, or all of them."""
        row = self.round.row(unit)
        self._show(self.conflicts)
        self.conflicts.start(row.recipient if row is not None else None)

    def show_imports(self) -> None:
        """What was taken in, to take some of it back."""
        self._show(self.imports)
        self.imports.start()

    def compare(self, forms: Sequence[ReadForm]) -> None:
        """What forms would change."""
        self._show(self.form)
        self.form.start(tuple(forms))

    def back(self) -> None:
        """To the round, or to the package that is open."""
        self._show(self.home)
        self._look()
        self._focus()

    def _focus(self) -> None:
        if self.home is self.own:
            self.own.to_first()
        elif self.round.grid.rows.rows:
            self.round.grid.setFocus(OTHER)
        else:
            self.round.issue.setFocus(OTHER)

    # ---------------------------------------------------------------- what the frame calls
    def keys(self) -> Sequence[tuple[str, str]]:
        return self.view.keys()

    def areas(self) -> Sequence[QWidget]:
        return self.view.areas()

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        view = self.view
        rows = (view.head, getattr(view, "foot", None), getattr(view, "reason_row", None))
        return tuple((area, area in rows) for area in view.areas())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or event.modifiers() or not self.view.escape():
            super().keyPressEvent(event)

    def enter(self, target: str | None = None) -> None:
        if not self.session.is_open:
            return
        current = self.view
        if self.home is self.own and current is not self.form:
            self._show(self.own)
        elif current is self.own:
            self._show(self.round)
        self._look()
        if target == "conflicts" and self.home is self.round:
            self.settle()
        elif target == "issue" and self.home is self.round:
            self.issue(())
        elif self.view is self.home:
            self._focus()

    def leave(self) -> None:
        self._soon.stop()

    def retranslate(self) -> None:
        for view in self.views:
            view.retranslate()

    def retheme(self) -> None:
        self.round.grid.viewport().update()

    def fit(self, size: Size) -> None:
        self._size = size
        for view in self.views:
            view.fit(size)
        if self.session.is_open:
            self.round.retranslate()

    def badge(self) -> int:
        state = self.session.state
        return state.conflicts if state is not None and self.session.role == "master" else 0


def framed(view: QWidget) -> QScrollArea:
    """A view that scrolls where the window is lower than it can be."""
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFrameShape(QScrollArea.Shape.NoFrame)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setObjectName("body")
    frame.setWidget(view)
    frame.viewport().setAutoFillBackground(False)
    view.setAutoFillBackground(False)
    return frame


def make(session: Session, shell: Shell) -> ExchangePage:
    return ExchangePage(session, shell)

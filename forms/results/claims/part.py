"""A part of the sheet: a heading, the rule in the framework's words, entries, and one form that unfolds in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.measure.matters import Matters
from assess.problems import Problem
from forms.results.claims.entry import Entry, EntryRow
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from forms.widgets.notice import Notice
from forms.widgets.panel import Heading, Rule
from forms.words import _, language


class Form(QFrame):
    """What unfolds to be filled in: fields in `column`, then cancel and one button that names the effect."""

    kept = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("box", "sunken")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(12), px(10), px(12), px(12))
        self.column.setSpacing(px(8))
        self.fields = QVBoxLayout()
        self.fields.setSpacing(px(8))
        self.column.addLayout(self.fields)
        self.problem = Notice("danger")
        self.problem.hide()
        self.column.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        self.cancel = Button("", small=True, run=self.left.emit)
        self.keep = Button("", small=True, run=self.kept.emit)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        self.column.addLayout(foot)
        self.hide()

    def open(self, effect: str, name: str, *, danger: bool = False) -> None:
        """Unfold; `effect` names what the second button does, `name` what the form is about."""
        self.cancel.say(_("Cancel"))
        self.keep.say(effect)
        self.keep.kind("danger" if danger else "plain")
        self.problem.hide()
        self.setAccessibleName(name)
        self.show()

    def trouble(self, problem: Problem) -> None:
        """Why it could not be done, in place."""
        self.problem.problem(problem)
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class Part(QWidget):
    """A part; `shown` tells the sheet to bring a widget into view."""

    shown = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        px = theme().px
        self.session = session
        self.matters: Matters | None = None
        self.refusal = ""  # why nothing may be changed
        self.reserved = ""  # why what only reviewers do may not be done
        self._entries: tuple[object, ...] = ()
        self._rows: dict[str, EntryRow] = {}
        self._came: tuple[str, str] | None = None
        self._open_at = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(12))
        column.setSpacing(px(6))
        column.addWidget(Rule())
        self.heading = Heading()
        column.addWidget(self.heading)
        self.rule = Text("", "label", "text_2")
        column.addWidget(self.rule)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        column.addLayout(self.rows)
        self.form = Form()
        self.form.kept.connect(self.keep)
        self.form.left.connect(self.fold)
        self.rows.addWidget(self.form)
        self.add = Button("", small=True, icon="plus", run=self._unfold_new)
        self.add.hide()
        column.addWidget(self.add)

    # ---------------------------------------------------------------- what each part says for itself
    def put(self, found: Matters, refusal: str, reserved: str) -> None:
        """Show what there is now; `refusal` and `reserved` are reasons, empty where everything is allowed."""
        self.matters, self.refusal, self.reserved = found, refusal, reserved
        if refusal and self.form.isVisible():
            self.fold()

    def do(self, key: str, act: str) -> None:
        """What a button of an entry does."""

    def unfold_new(self) -> None:
        """Prepare the form for a new entry."""

    def keep(self) -> None:
        """Enter what the form holds."""

    # ---------------------------------------------------------------- entries
    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show entries; the same entries in the same language and theme are left alone, with the focus in them."""
        wanted = (*entries, language(), theme().name, theme().scale)
        if wanted == self._entries:
            return
        self._entries = wanted
        inside = any(row.isAncestorOf(self.focusWidget()) for row in self._rows.values() if self.focusWidget())
        self.rows.removeWidget(self.form)
        for row in self._rows.values():
            self.rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for entry in entries:
            self._rows[entry.key] = EntryRow(entry, self._do)
            self.rows.addWidget(self._rows[entry.key])
        place = list_index(self._rows, self._open_at)
        self.rows.insertWidget(place, self.form)
        if inside or (self._came is not None and self.form.isHidden()):
            self.give_back()

    def _do(self, key: str, act: str) -> None:
        self._came = (key, act)
        self.do(key, act)
        if self.form.isHidden() and not self.session.busy:
            self._came = None

    def _unfold_new(self) -> None:
        self._came = ("", "add")
        self.unfold_new()

    def unfold(self, at: str, effect: str, name: str, first: QWidget, *, danger: bool = False) -> None:
        """Open the form under the entry `at`, or below all of them."""
        self._open_at = at
        self.rows.removeWidget(self.form)
        self.rows.insertWidget(list_index(self._rows, at), self.form)
        self.form.open(effect, name, danger=danger)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit(self.form)

    def fold(self) -> None:
        """Close the form; the focus goes back to where it was opened from."""
        self.form.hide()
        self._open_at = ""
        self.give_back()

    def give_back(self) -> None:
        """Focus the button something was done with, else another of its entry, else the one that adds."""
        key, act = self._came or ("", "")
        self._came = None
        row = self._rows.get(key)
        choices = [row.buttons[act]] if row and act in row.buttons else []
        choices += [*row.buttons.values()] if row else []
        choices.append(self.add)
        target = next((one for one in choices if one.isEnabled() and not one.isHidden()), None)
        if target is None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self, name: str, *args: object, then: Callable[[], None] | None = None, **named: object) -> None:
        """Do an operation of the document; a Problem is shown in the form or, without one, in the frame."""
        failed = self.form.trouble if self.form.isVisible() else None

        def done(_changes: object) -> None:
            if then is not None:
                then()

        self.session.submit(name, *args, then=done, failed=failed, **named)

    def row(self, key: str) -> EntryRow | None:
        """The row of an entry."""
        return self._rows.get(key)


def list_index(rows: dict[str, EntryRow], key: str) -> int:
    """Where the form stands: under an entry, or after all of them."""
    keys = [*rows]
    return keys.index(key) + 1 if key in rows else len(keys)

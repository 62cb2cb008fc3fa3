"""Earlier states of the open document: the ten that are kept, how each differs from now, and the return to one."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from assess.earlier import states
from assess.earlier.states import Earlier
from assess.problems import Problem
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.words import _, show

STATE = Qt.ItemDataRole.UserRole
SHOWN = 12


def when(at: datetime | None) -> str:
    """A time as it stands in the list: the hour for today, else with its day."""
    if at is None:
        return _("time not known")
    local = at.astimezone()
    today = datetime.now().astimezone().date()
    if local.date() == today:
        return _("Today {time}", time=f"{local:%H:%M}")
    return f"{local:%Y-%m-%d %H:%M}" if local.date() != date.min else ""


def codes(found: tuple[str, ...]) -> str:
    """Codes in one line, the rest as a number."""
    shown = tuple(_("basic information") if code == "@profile" else code.lstrip("@") for code in found[:SHOWN])
    if len(found) > SHOWN:
        return _("{codes} and {more} more", codes=shown, more=len(found) - SHOWN)
    return _("{codes}", codes=shown)


def told(state: Earlier) -> tuple[str, ...]:
    """What the return would do, a sentence for each kind of change."""
    if state.trouble is not None:
        return (show(state.trouble.text), show(state.trouble.hint))
    found = state.differences
    if not found.count:
        return (_("Nothing differs from now."),)
    lines = []
    if found.given:
        lines.append(_("Answers that would be taken away: {codes}.", codes=codes(found.given)))
    if found.missing:
        lines.append(_("Answers that would come back: {codes}.", codes=codes(found.missing)))
    if found.other:
        lines.append(_("Answers that would be as they were: {codes}.", codes=codes(found.other)))
    if found.around:
        lines.append(_("Only notes, evidence or other entries would change: {codes}.", codes=codes(found.around)))
    return tuple(lines)


class EarlierDialog(QDialog):
    """`returned` carries the state that was returned to."""

    returned = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        px = theme().px
        self.setWindowTitle(_("Earlier states"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(10))
        column.addWidget(Label(_("Earlier states"), "heading"))
        self.intro = Text(
            _(
                "A state is kept whenever the file is opened or sealed; ten at most. A return first keeps the state of "
                "now as well, and can be undone."
            ),
            "label",
            "text_2",
        )
        column.addWidget(self.intro)
        self.trouble = Notice("danger")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Earlier states"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(px(1))
        self.list.setMinimumHeight(px(84))
        self.list.setStyleSheet(f"QListWidget::item {{ padding: {px(8)}px {px(6)}px; }}")
        self.list.currentItemChanged.connect(lambda _now, _before: self.describe())
        self.list.itemActivated.connect(lambda _item: self.give())
        column.addWidget(self.list, 1)
        self.changes = Text("", "label")
        for text in (self.intro, self.changes):
            text.setMinimumWidth(px(440))  # narrow, it would ask for a height that small screens lack
        column.addWidget(self.changes)
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = Button(_("Close"), run=self.reject)
        self.go = Button(_("Return to this state"), "primary", run=self.give)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        column.addLayout(row)
        room = self.screen().availableGeometry().size()
        self.resize(min(px(600), room.width() - 40), min(px(520), room.height() - 60))
        self.changes.say(_("Looking through the copies…"))
        self.go.refuse(_("Choose a state first."))
        session.ask(states.listed, then=self.fill, failed=self.complain)

    def fill(self, found: tuple[Earlier, ...]) -> None:
        """Show the states; the newest that differs from now is chosen. The dialog may be closed by now."""
        if not isValid(self.list):
            return
        self.list.clear()
        for state in found:
            item = QListWidgetItem(self.line(state))
            item.setData(STATE, state)
            item.setToolTip(str(state.path))
            self.list.addItem(item)
        differing = next((at for at, state in enumerate(found) if state.differences.count), 0)
        self.list.setVisible(bool(found))
        if found:
            self.list.setCurrentRow(differing)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.describe()

    def line(self, state: Earlier) -> str:
        if state.trouble is not None:
            return _("{time}, cannot be read", time=when(state.at))
        values = {"time": when(state.at), "answered": state.answered, "total": state.total}
        count = state.differences.count
        if not state.author:
            return _("{time}, {answered} of {total} answered; differs from now: {count}", **values, count=count)
        return _(
            "{time}, {answered} of {total} answered, last entry by {author}; differs from now: {count}",
            **values,
            author=state.author,
            count=count,
        )

    def chosen(self) -> Earlier | None:
        item = self.list.currentItem()
        found = item.data(STATE) if item is not None else None
        return found if isinstance(found, Earlier) else None

    def describe(self) -> None:
        """What the return to the chosen state would change, and whether it is possible."""
        state = self.chosen()
        locked = self.session.locked
        if state is None:
            self.changes.say(_("No state is kept yet. The first one is kept when the file is next opened."))
            self.go.refuse(_("Choose a state first."))
            return
        self.changes.say("\n".join(told(state)))
        reason = show(locked) if locked is not None else ""
        if not reason and (state.trouble is not None or not state.differences.count):
            reason = _("There is nothing to return to here.")
        self.go.refuse(reason)

    def give(self) -> None:
        """Return to the chosen state."""
        state = self.chosen()
        if state is None:
            return
        self.go.refuse(_("The return is under way."))
        self.session.submit(
            states.return_to, state.path, then=lambda _changes: self.done_with(state), failed=self.complain
        )

    def done_with(self, state: Earlier) -> None:
        self.returned.emit(state)
        self.accept()

    def complain(self, problem: Problem) -> None:
        self.describe()
        self.trouble.problem(problem)
        self.trouble.show()

"""The sheet at the right of the results: bonus, deductions, red lines, consent and the mark of the review."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.measure.matters import Matters, matters, reviewers_only
from forms.results.claims.consent import ConsentPart, ReviewPart
from forms.results.claims.lines import LinesPart
from forms.results.claims.part import Part
from forms.results.claims.points import BonusPart, DeductionPart
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import Scroll
from forms.words import _, show

INFO, DANGER = "info", "danger"


class ClaimsSheet(QFrame):
    """`closed` when it is to close. `put` follows the document; what is being typed stays."""

    closed = Signal()

    def __init__(self, session: Session, question: Callable[[str], object]) -> None:
        super().__init__()
        px = theme().px
        self.session = session
        self.setProperty("box", "plain")
        self.setProperty("edge", "left")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(12), px(0))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        self.heading = Label("", "heading")
        self.cross = icon_button("close", "", self.closed.emit)
        head.addWidget(self.heading, 1)
        head.addWidget(self.cross)
        column.addLayout(head)
        self.area = Scroll(gap=0)
        self.area.column.setContentsMargins(px(4), px(2), px(8), px(12))
        column.addWidget(self.area, 1)
        self.locked = Notice("info")
        self.area.column.addWidget(self.locked)
        self.role_row = QWidget()
        row = QHBoxLayout(self.role_row)
        row.setContentsMargins(0, 0, 0, px(8))
        row.setSpacing(px(8))
        self.role = Text("", "label", "text_2")
        self.switch = Button("", "link", run=self.session.author_wanted.emit)
        row.addWidget(self.role, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        self.area.column.addWidget(self.role_row)
        self.suspended = Notice("danger")
        self.area.column.addWidget(self.suspended)
        self.bonus = BonusPart(session)
        self.deductions = DeductionPart(session)
        self.lines = LinesPart(session, question)
        self.consent = ConsentPart(session, question)
        self.review = ReviewPart(session)
        for part in self.parts():
            part.shown.connect(self._bring)
            self.area.column.addWidget(part)
        self.area.column.addStretch(1)

    def parts(self) -> tuple[Part, ...]:
        """Its parts from top to bottom."""
        return (self.bonus, self.deductions, self.lines, self.consent, self.review)

    # ---------------------------------------------------------------- showing
    def found(self) -> Matters | None:
        """What there is in the open document; None without one."""
        session = self.session
        if not session.is_open or session.scores is None:
            return None
        return matters(session.framework, session.sheet, session.scores)

    def put(self, found: Matters) -> None:
        """Show what there is now, for the person of now."""
        locked = show(self.session.read_only_reason)
        problem = reviewers_only(self.session.author_role)
        reserved = show(problem) if problem else ""
        self.heading.setText(_("Bonus, deductions, red lines"))
        self.setAccessibleName(_("Bonus, deductions, red lines"))
        self.cross.setAccessibleName(_("Close the sheet"))
        self.cross.setToolTip(_("Close the sheet"))
        self.locked.setVisible(bool(locked))
        self.locked.say(INFO, _("Nothing can be changed here."), locked)
        self.role_row.setVisible(not locked)
        who = _("You are filling in; confirming and agreeing is for reviewers.") if problem else _("You are reviewing.")
        self.role.say(who)
        self.switch.say(_("Change…"), _("Change your name and role"))
        self.suspended.setVisible(found.suspended)
        self.suspended.say(DANGER, _("The assessment is suspended by a red line: no total, no stage, no export."))
        for part in self.parts():
            part.put(found, locked, reserved)

    def take_focus(self) -> None:
        """Put the focus on the way out; Tab leads through the parts."""
        self.cross.setFocus(Qt.FocusReason.OtherFocusReason)

    def raise_line(self, key: str) -> None:
        """Go to a red line and open the form that raises it."""
        self.lines.begin(key)

    def _bring(self, widget: object) -> None:
        """Scroll to a widget once its place is known: all of it, or its top where it is higher than the area."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(widget))

    def _scroll_to(self, widget: object) -> None:
        if not isinstance(widget, QWidget) or not self.area.body.isAncestorOf(widget) or not widget.isVisible():
            return
        for layout in (widget.layout(), self.area.body.layout()):
            if layout is not None:
                layout.activate()
        top = widget.mapTo(self.area.body, widget.rect().topLeft()).y()
        bar, room = self.area.verticalScrollBar(), self.area.viewport().height()
        if widget.height() >= room or top < bar.value():
            bar.setValue(top - theme().px(4))
        elif top + widget.height() > bar.value() + room:
            bar.setValue(top + widget.height() - room + theme().px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

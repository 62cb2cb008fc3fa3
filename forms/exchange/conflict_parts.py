"""What the view of conflicts is made of, from top to bottom: its widgets, their words, and the room they have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from assess.packages.conflicts import Side
from forms.exchange.back_form import BackForm
from forms.exchange.side_panel import SidePanel
from forms.figures import one_line
from forms.page import Size
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button, text_button
from forms.widgets.check import Check
from forms.widgets.field import Field
from forms.widgets.labels import Elided, Label, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead
from forms.widgets.segments import Segments
from forms.words import _, language


class ConflictParts(QWidget):
    """The widgets. `stepped` by one, `asked_other` for another value, `asked_back` to return the item, `asked_apply` to
    settle: what these do is the view's.
    """

    left = Signal()
    stepped = Signal(int)
    asked_other = Signal()
    asked_back = Signal()
    asked_apply = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setSpacing(px(8))
        self.head = PageHead()
        self.home = text_button("", self.left.emit, icon="left")
        self.count = Label("", "label", "text_2")
        self.before = icon_button("left", "", lambda: self.stepped.emit(-1))
        self.after = icon_button("right", "", lambda: self.stepped.emit(1))
        for widget in (self.home, self.count, self.before, self.after):
            self.head.add(widget)
        self.question = Text("", "heading")
        self.hint = Elided("", "label", "text_2")
        self.empty = Notice("success")
        self.refusal = Notice("warning")
        self.base_line = Elided("", "label", "text_2")
        self.tabs = Segments()
        self.holder = QScrollArea()
        self.holder.setMinimumHeight(px(170))
        self.holder.setWidgetResizable(True)
        self.holder.setFrameShape(QScrollArea.Shape.NoFrame)
        self.holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.holder.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("body")
        self.row = QHBoxLayout(body)
        self.row.setContentsMargins(px(4), px(4), px(4), px(4))  # room for the focus ring
        self.row.setSpacing(px(12))
        self.holder.setWidget(body)
        self.base = SidePanel(base=True)
        self.row.addWidget(self.base, 1)
        self.reason = Field()
        self.reason_name = Label("", "label")
        self.both = Check()
        self.both.setChecked(True)
        self.reason_row = QWidget()
        line = QHBoxLayout(self.reason_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        line.addWidget(self.reason_name)
        line.addWidget(self.reason, 1)
        line.addWidget(self.both)
        self.back = BackForm()
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(px(12))
        self.neither = Button("", run=self.asked_other.emit)
        self.send = Button("", run=self.asked_back.emit)
        self.skip = text_button("", lambda: self.stepped.emit(1))
        self.go = Button("", "primary", icon="right", large=True, after=True, run=self.asked_apply.emit)
        foot.addWidget(self.neither)
        foot.addWidget(self.send)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.go)
        for part in (self.head, self.question, self.hint, self.empty, self.refusal, self.base_line, self.tabs):
            self.column.addWidget(part)
        self.column.addWidget(self.holder, 1)
        for bottom in (self.reason_row, self.back, self.foot):
            self.column.addWidget(bottom)
        self.nothing = QWidget()
        self.column.addWidget(self.nothing, 1)

    def say(self) -> None:
        """The words of what does not change with the conflict."""
        self.home.say(_("Back to the round"))
        for button, words in ((self.before, _("Conflict before")), (self.after, _("Next conflict"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.reason_name.setText(_("Reason for the ruling"))
        self.reason.line.setAccessibleName(_("Reason for the ruling"))
        self.reason.line.setPlaceholderText(_("It is kept with the item."))
        self.both.say(_("Keep the notes and evidence of all"))
        self.neither.say(_("None of them, another value…"))
        self.send.say(_("Return for correction…"))
        self.skip.say(_("Skip for now"))
        self.tabs.setAccessibleName(_("Sides"))
        self.back.retranslate()

    def room(self, size: Size) -> None:
        """What the size of the window leaves room for."""
        px = theme().px
        edge = px(24 if size == "wide" else 16 if size == "narrow" else 8)
        self.column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(12 if size != "tiny" else 4))
        self.column.setSpacing(px(8 if size != "tiny" else 4))
        self.reason_name.setVisible(size == "wide")
        self.skip.setVisible(size != "narrow" or language() == "zh")  # the arrows above do the same
        self.head.title.setVisible(size != "tiny")
        self.head.setMinimumHeight(px(44 if size != "tiny" else 36))
        self.question.dress(type="heading" if size != "tiny" else "strong")
        self.both.setVisible(size != "tiny")


def in_order(sides: Sequence[Side]) -> tuple[Side, ...]:
    """This file first, then what came back, by time."""
    return tuple(sorted(sides, key=lambda side: (bool(side.source), side.at)))


def titles(sides: Sequence[Side]) -> tuple[str, ...]:
    """What stands above each side: this file, or the package it came back in."""
    out = []
    for side in sides:
        if not side.source:
            out.append(_("Main file"))
        else:
            out.append(_("Package returned by {unit}", unit=one_line(side.unit)) if side.unit and len(sides) > 2
                       else _("Returned package"))  # fmt: skip
    return tuple(out)

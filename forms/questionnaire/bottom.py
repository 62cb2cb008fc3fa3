"""The bar under the question: previous, not applicable, no data, next open, next. It folds where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from forms.page import Size
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.words import _


class Bottom(QFrame):
    """It only says what was asked for."""

    previous = Signal()
    next = Signal()
    next_open = Signal()
    not_applicable = Signal()
    no_data = Signal()
    note = Signal()
    evidence = Signal()
    mark = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style = theme()
        self.setProperty("box", "plain")
        self.setProperty("edge", "top")
        self.setFixedHeight(style.px(56))
        self.back = Button("", icon="left", run=self.previous.emit)
        self.proof = Button("", "text", run=self.evidence.emit)
        self.na = Button("", "text", run=self.not_applicable.emit)
        self.nd = Button("", "text", run=self.no_data.emit)
        self.jump = Button("", "text", run=self.next_open.emit)
        self.more = Button("", "text")
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.forward = Button("", "primary", icon="right", large=True, run=self.next.emit)
        self.forward.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(24), 0, style.px(24), 0)
        row.setSpacing(style.px(12))
        row.addWidget(self.back)
        row.addWidget(self.proof)
        row.addStretch(1)
        for button in (self.na, self.nd, self.jump, self.more):
            row.addWidget(button)
        row.addWidget(self.forward)
        self.size_class: Size = "wide"

    def retranslate(self) -> None:
        self.back.say(_("Previous"))
        self.forward.say(_("Next"))
        self.na.say(_("Not applicable…"))
        self.nd.say(_("No data…"))
        self.jump.say(_("Next open"), _("Next open question"))
        self.jump.setToolTip(_("Next open question (Ctrl+Enter)"))
        self.more.say(_("More"))
        self.menu.clear()
        for words, signal in (
            (_("Not applicable…"), self.not_applicable),
            (_("No data…"), self.no_data),
            (_("Note"), self.note),
            (_("Last period"), self.evidence),
            (_("Come back to this"), self.mark),
            (_("Next open question"), self.next_open),
        ):
            self.menu.addAction(words).triggered.connect(signal)

    def show_evidence(self, registered: int, suggested: int) -> None:
        self.proof.say(_("Evidence {registered}/{suggested}", registered=registered, suggested=suggested))
        self.arrange()

    def fit(self, size: Size, *, sheet: bool) -> None:
        """Wide shows everything; where the side panel is a sheet its button is added; tiny keeps four buttons."""
        self.size_class = size
        self.proof.setVisible(sheet)
        self.arrange()

    def arrange(self) -> None:
        """Words that do not fit beside each other go into one menu; none is ever cut."""
        shown = [self.back, self.na, self.nd, self.jump, self.forward, *([] if self.proof.isHidden() else [self.proof])]
        style = theme()
        need = sum(button.sizeHint().width() for button in shown) + style.px(48) + len(shown) * style.px(12)
        folded = self.size_class == "tiny" or need > self.width()
        for button in (self.na, self.nd, self.jump):
            button.setVisible(not folded)
        self.more.setVisible(folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def lock(self, reason: str, *, first: bool, skipped: bool) -> None:
        """What cannot be done now, with the reason as tool tip."""
        why = reason or (_("This question is skipped.") if skipped else "")
        self.na.refuse(why)
        self.nd.refuse(why)
        self.back.refuse(_("This is the first question.") if first else "")

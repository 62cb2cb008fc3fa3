"""The two bars of the large version: where one is and larger letters; previous, saved, next."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from forms.page import Size
from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.words import _


class TopBar(QWidget):
    """How far one is, and larger letters. It stands in the header of the window, beside the name, so that the question
    keeps the height; the page owns it, whatever desk is built."""

    larger = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), 0, 0, 0)
        self.bar = Bar(240, 12)
        self.count = Prose("township.body")
        self.button = Button("", large=True, run=self.larger.emit)
        for widget in (self.bar, self.count, self.button):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._size: Size = "wide"
        self._asleep = False
        self.retranslate()
        self.fit("wide")

    def retranslate(self) -> None:
        self.button.say(_("Larger letters"))

    def sleep(self, on: bool) -> None:
        """Show nothing while no question is asked."""
        self._asleep = on
        self.fit(self._size)

    def fit(self, size: Size) -> None:
        """Without the bar where the window is narrow, lower where it is tiny."""
        space = theme().px
        tiny, self._size = size == "tiny", size
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(space(10 if tiny else 20))
        self.bar.setVisible(size == "wide" and not self._asleep)
        for widget in (self.count, self.button):
            widget.setVisible(not self._asleep)
        self.count.enlarge(0.7 if tiny else 0.9)
        self.count.setMinimumWidth(self.count.natural_width())
        letters, high = (15, 28) if tiny else (18, 36)
        self.button.setStyleSheet(
            f"font-size: {space(letters)}px; min-height: {space(high)}px; padding: 0 {space(12)}px;"
        )

    def show_count(self, at: int, total: int) -> None:
        words = _("Question {at} of {total}", at=at, total=total)
        self.bar.set(at, total, words)
        self.count.say(words)
        self.count.setMinimumWidth(self.count.natural_width())


class BottomBar(QFrame):
    """Previous and next, 64 high, and whether what was chosen is saved."""

    previous = Signal()
    next = Signal()

    def __init__(self) -> None:
        super().__init__()
        style = theme()
        self.setProperty("box", "plain")
        self.setProperty("edge", "top")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(24), style.px(12), style.px(24), style.px(12))
        self.back = Button(_("Previous"), icon="left", run=self.previous.emit)
        self.forward = Button("", "primary", icon="right", run=self.next.emit)
        self.forward.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.mark = Icon("tick", 24)
        self.mark.hide()
        self.saved = Label("", "body", "success")
        self.saved.setStyleSheet(f"font-size: {style.px(20)}px;")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.mark)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self.forward)
        self.row = row
        self.fit("wide")

    def fit(self, size: Size) -> None:
        """Buttons are 64 high; 44 where the window is tiny."""
        style = theme()
        high, letters, edge = (44, 20, 6) if size == "tiny" else (64, 24, 12)
        self.row.setContentsMargins(style.px(24), style.px(edge), style.px(24), style.px(edge))
        for button in (self.back, self.forward):
            button.setStyleSheet(
                f"font-size: {style.px(letters)}px; min-height: {style.px(high - 2)}px; padding: 0 {style.px(32)}px;"
            )

    def tell(self, state: Literal["saved", "saving", "failed"], why: str = "") -> None:
        """Saved once it is committed; saving when it takes long; failed with the reason as tool tip."""
        texts = {"saved": _("Saved"), "saving": _("Saving…"), "failed": _("Could not be saved")}
        inks = {"saved": "success", "saving": "text_2", "failed": "danger"}
        self.mark.setVisible(state == "saved")
        self.saved.dress(ink=inks[state])
        self.saved.setText(texts[state])
        self.saved.setToolTip(why)

    def show_place(self, *, first: bool, last: bool) -> None:
        self.back.refuse(_("This is the first question.") if first else "")
        self.forward.say(_("Finish") if last else _("Next"))


def roomy(button: Button) -> Button:
    """A plain button of this page: 20 px letters."""
    button.setStyleSheet(f"font-size: {theme().px(20)}px;")
    return button

"""The offer of the tour on the start page: made until it is taken or waved away, never forced."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.buttons import Button, text_button
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _


class TourOffer(Panel):
    """One sentence and two buttons."""

    def __init__(self, take: Callable[[], object], refuse: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(padding=12, gap=6, parent=parent)
        self.text = Text("", "label")
        self.column.addWidget(self.text)
        self.take = Button("", small=True, icon="help", run=take)
        self.refuse = text_button("", refuse)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.take)
        row.addWidget(self.refuse)
        row.addStretch(1)
        self.column.addLayout(row)
        self.retranslate()

    def retranslate(self) -> None:
        self.text.say(
            _("It shows each step on a practice copy, and leaves nothing behind."),
            _("New here? A tour of three minutes."),
        )
        self.take.say(_("Start the tour"))
        self.refuse.say(_("Do not offer again"))

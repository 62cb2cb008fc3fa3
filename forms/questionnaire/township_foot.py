"""Below the answers of the large version: the reassuring line, a plain explanation, the way to leave it open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.language import Words
from forms.questionnaire.prose import Prose
from forms.questionnaire.township_bars import roomy
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.words import _, show


def foot(desk: QWidget, explanation: Words, large: Callable[[str], Prose], skip: Callable[[], object]) -> QVBoxLayout:
    """`large` makes a text of the size chosen; `skip` goes on without an answer."""
    outer = QVBoxLayout()
    row = QHBoxLayout()
    row.setSpacing(theme().px(12))
    row.addWidget(large(_("Choose what is true. Nothing is uploaded, no village is named.")), 1)
    help_text = large(show(explanation))
    help_text.hide()
    if explanation:
        ask = Button(_("What does it mean?"), large=True)
        ask.clicked.connect(lambda: help_text.setVisible(not help_text.isVisibleTo(desk)))
        row.addWidget(roomy(ask))
    row.addWidget(roomy(Button(_("Cannot tell, skip for now"), large=True, run=skip)))
    outer.addLayout(row)
    outer.addWidget(help_text)
    return outer

"""What stands under a number: the scale strip with its sentence, and the counting rule with real dates."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from assess.framework.indicator import Number
from assess.language import Message, Words, say
from forms.questionnaire import periods
from forms.questionnaire.body import Asked
from forms.questionnaire.prose import Prose
from forms.questionnaire.strip import Strip
from forms.theme import theme
from forms.widgets.labels import Tag
from forms.widgets.panel import Panel
from forms.words import _, show


class ScalePanel(Panel):
    """The strip, and beside it how it is read."""

    def __init__(self, number: Number, strip: Strip) -> None:
        super().__init__(padding=12)
        text = Prose("label", "text_2")
        ends = {"zero": strip.short(number.zero), "full": strip.short(number.full)}
        if number.direction == "down":
            text.say(
                _(
                    "Lower is better. {zero} and above 0 points, {full} and below full marks, in proportion between.",
                    **ends,
                )
            )
        else:
            text.say(
                _(
                    "Higher is better. {zero} and below 0 points, {full} and above full marks, in proportion between.",
                    **ends,
                )
            )
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(theme().px(12))
        self.row.addWidget(strip, 3)
        self.row.addWidget(text, 2, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(self.row)


def plausible(number: Number) -> Message:
    """Between which values the figure usually lies."""
    least, most = (f"{end:,.10g}" for end in number.plausible)
    return say("Usually between {least} and {most} {unit}.", least=least, most=most, unit=number.unit)


class Counting(QWidget):
    """The counting rule, its period from the base date, and what a denominator of 0 means."""

    term = Signal(str, QWidget)

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        number = asked.indicator.number
        assert number is not None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        row.addWidget(Tag(_("Counting rule")), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme().px(2))
        dates = periods.sentence(number.period, asked.profile.base_date)
        for words in (number.calculation or number.rule, dates, plausible(number), number.zero_denominator_words):
            if words:
                text, spots = asked.text(words) if isinstance(words, Words) else (show(words), ())
                line = Prose("label", "text_2" if words is not dates else "text")
                line.say(text, spots)
                line.term.connect(self.term)
                column.addWidget(line)
        row.addLayout(column, 1)

"""What a report is made with: language, date, who compiled it, the marking 内部, ranks. All of it is a choice."""

from __future__ import annotations

from datetime import date
from typing import Literal

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.check import Check
from forms.widgets.labels import Label, Text
from forms.widgets.segments import Segments
from forms.words import _


class SettingsPanel(QWidget):
    """`changed` whenever one of the choices moves."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(4), px(8), px(8))
        column.setSpacing(px(6))
        self.language_label, self.date_label, self.by_label = Label(), Label(), Label()
        self.tongue = Segments()
        self.tongue.chosen.connect(lambda _key: self.changed.emit())
        self.date = QDateEdit()
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.date.dateChanged.connect(lambda _day: self.changed.emit())
        self.by = QLineEdit()
        self.by.setMaxLength(80)
        self.by.editingFinished.connect(self.changed)
        self.marking = Check()
        self.rank = Check()
        self.marking.toggled.connect(lambda _on: self.changed.emit())
        self.rank.toggled.connect(lambda _on: self.changed.emit())
        self.note = Text("", "caption", "text_2")
        for part in (self.language_label, self.tongue, self.date_label, self.date, self.by_label, self.by):
            column.addWidget(part)
        column.addSpacing(px(6))
        for check in (self.marking, self.rank):
            column.addWidget(check)
        column.addWidget(self.note)
        column.addStretch(1)

    def retranslate(self) -> None:
        """Set the texts."""
        for label, widget, words in (
            (self.language_label, self.tongue, _("Language of the report")),
            (self.date_label, self.date, _("Date of the report")),
            (self.by_label, self.by, _("Compiled by")),
        ):
            label.setText(words)
            widget.setAccessibleName(words)
        self.tongue.offer((("zh", "中文"), ("en", "English")))
        self.marking.say(_("Mark the cover as internal"))
        self.rank.say(_("Write ranks into the report"))
        self.note.say(_("Ranks stay out unless they are asked for."))

    def start(self, tongue: str, day: date, by: str) -> None:
        """Begin with these values, without telling."""
        self.blockSignals(True)
        self.tongue.choose(tongue)
        self.date.setDate(QDate(day.year, day.month, day.day))
        self.by.setText(by)
        self.marking.setChecked(False)
        self.rank.setChecked(False)
        self.blockSignals(False)

    def chosen_language(self) -> Literal["zh", "en"]:
        return "en" if self.tongue.key == "en" else "zh"

    def day(self) -> str:
        """The date as ISO text."""
        return self.date.date().toString("yyyy-MM-dd")

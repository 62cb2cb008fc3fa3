"""How packages are issued: until when, what goes along, as what, under which passphrases, with which papers."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from assess.packages.preview import Options
from forms.theme import theme
from forms.widgets.check import Check
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Panel
from forms.words import N_, _

DAYS = 21  # offered until packages are to come back
SHAPES = (
    ("documents", N_("Packages of this program (.zhd)")),
    ("both", N_("Packages and Excel forms")),
    ("forms", N_("Excel forms only")),
)


class IssueOptions(Panel):
    """`options` is what was chosen; `changed` after every choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, gap=2, parent=parent)
        px = theme().px
        self.limited = Check()
        self.limited.setChecked(True)
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.limited.toggled.connect(self.day.setEnabled)
        days = QHBoxLayout()
        days.addWidget(self.limited)
        days.addWidget(self.day)
        days.addStretch(1)
        self.shape_name = Label("", "label", "text_2")
        self.shape = QComboBox()
        self.shape_name.setBuddy(self.shape)
        self.answers, self.previous, self.attachments, self.notes = Check(), Check(), Check(), Check()
        self.answers.setChecked(True)
        self.secret = Check()
        self.secret_hint = Text("", "label", "text_2")
        self.papers = Check()
        self.papers.setChecked(True)
        self.contact = Field()
        self.contact_name = Label("", "label", "text_2")
        self.along = Label("", "label", "text_2")
        self.column.addLayout(days)
        for widget in (self.shape_name, self.shape, self.along, self.answers, self.previous, self.attachments,
                       self.notes, self.secret, self.secret_hint, self.papers, self.contact_name,
                       self.contact):  # fmt: skip
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.shape.setMinimumWidth(px(160))
        self.papers.toggled.connect(self.contact.setEnabled)
        self.shape.currentIndexChanged.connect(self._look)
        for check in (self.limited, self.answers, self.previous, self.attachments, self.notes, self.secret):
            check.toggled.connect(self._look)
        self.retranslate()

    def start(self, today: date) -> None:
        """A day to begin with."""
        first, due = today, today + timedelta(days=DAYS)
        self.day.setMinimumDate(QDate(first.year, first.month, first.day))
        self.day.setDate(QDate(due.year, due.month, due.day))

    @property
    def options(self) -> Options:
        """What was chosen."""
        shape = str(self.shape.currentData())
        return Options(
            deadline=self.day.date().toString("yyyy-MM-dd") if self.limited.isChecked() else "",
            previous=self.previous.isChecked(),
            answers=self.answers.isChecked(),
            notes=self.notes.isChecked(),
            attachments=self.attachments.isChecked() and shape != "forms",
            encrypt=self.secret.isChecked() and self.secret.isEnabled(),
            forms=shape == "both",
            documents=shape != "forms",
        )

    def _look(self) -> None:
        forms = str(self.shape.currentData()) != "documents"
        self.secret.setEnabled(not forms)
        self.attachments.setEnabled(str(self.shape.currentData()) != "forms")
        self.secret_hint.say(
            _("An Excel form cannot carry a passphrase of this program.")
            if forms
            else _("Each package gets its own. The list of passphrases is a file apart; hand it over another way.")
        )
        self.secret_hint.setVisible(forms or self.secret.isChecked())
        self.changed.emit()

    def retranslate(self) -> None:
        self.say(_("How"))
        self.limited.say(_("To be returned by"))
        self.day.setAccessibleName(_("To be returned by"))
        self.shape_name.setText(_("As"))
        chosen = max(self.shape.currentIndex(), 0)
        self.shape.blockSignals(True)
        self.shape.clear()
        for key, words in SHAPES:
            self.shape.addItem(_(words), key)
        self.shape.setCurrentIndex(chosen)
        self.shape.blockSignals(False)
        self.shape.setAccessibleName(_("As what packages are issued"))
        self.along.setText(_("What goes along"))
        self.answers.say(_("Answers already given"))
        self.previous.say(_("Answers of last period"))
        self.attachments.say(_("Files of the evidence"))
        self.notes.say(_("Notes of this document"))
        self.secret.say(_("A passphrase for every package"))
        self.papers.say(_("A letter and a guide beside every package"))
        self.contact_name.setText(_("Whom to ask (stands in the letter)"))
        self.contact.line.setAccessibleName(_("Whom to ask (stands in the letter)"))
        self.contact.line.setPlaceholderText(_("Post and office telephone"))
        self._look()

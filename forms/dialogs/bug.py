"""The window of a bug: what happened, what is safe, and a text to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.labels import Label, Text
from forms.words import _


class BugDialog(QDialog):
    """Shows a report of `forms/trouble.py`."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something in the program went wrong"))
        room = self.screen().availableGeometry().size()
        self.resize(min(theme().px(620), room.width() - 8), min(theme().px(420), room.height() - 36))
        column = QVBoxLayout(self)
        edge = theme().px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(Label(_("Something in the program went wrong"), "title"))
        column.addWidget(
            Text(
                _(
                    "This is a fault of the program, not of yours. Answers saved so far are safe. Please copy the text "
                    "below and give it to your support; it holds no answers and no names."
                )
            )
        )
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(theme().px(60))
        self.text.setAccessibleName(_("Report of the fault"))
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        self.copied = Label("", "label", "success")
        row.addWidget(self.copied, 1)
        row.addWidget(Button(_("Close"), run=self.accept))
        copy = primary(_("Copy the text"), self._copy, icon="copy")
        copy.setDefault(True)
        row.addWidget(copy)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.setText(_("Copied"))

"""Who works here: name, unit, post and role, kept on this machine and written beside every answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.segments import Segments
from forms.words import _


class AuthorDialog(QDialog):
    """`chosen` carries name, unit and post, which may all be empty, and the role, "filler" or "reviewer"."""

    chosen = Signal(str, str, str, str)

    def __init__(self, name: str, unit: str, post: str, role: str = "filler", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(_("Name and role"))
        self.setMinimumWidth(px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(20), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(Label(_("Name and role"), "heading"))
        column.addWidget(Text(_("Stands in the record of every change from now on."), "label", "text_2"))
        self.fields = (Field(_("Name (optional)")), Field(_("Unit (optional)")), Field(_("Post (optional)")))
        for field, value in zip(self.fields, (name, unit, post), strict=True):
            field.put(value)
            column.addWidget(field)
        column.addWidget(Label(_("Your role"), "label", "text_2"))
        self.role = Segments(_("Your role"))
        self.role.offer([("filler", _("Filling in")), ("reviewer", _("Reviewing"))], role)
        column.addWidget(self.role)
        column.addWidget(
            Text(
                _("Reviewers confirm deductions and red lines, agree to “not applicable” and mark as reviewed."),
                "label",
                "text_2",
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Cancel"), run=self.reject))
        keep = primary(_("Keep"), self._keep)
        keep.setDefault(True)
        row.addWidget(keep)
        column.addLayout(row)
        self.fields[0].line.setFocus()

    def _keep(self) -> None:
        self.accept()
        name, unit, post = (" ".join(field.text().split())[:60] for field in self.fields)
        self.chosen.emit(name, unit, post, self.role.key)

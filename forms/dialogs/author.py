"""Who works here: name, unit, post and role, kept on this machine and written beside every answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Scroll
from forms.widgets.segments import Segments
from forms.words import N_, _

ROLES = {
    "filler": N_("Filling in"),
    "reviewer": N_("Reviewing"),
    "second_reviewer": N_("Second review"),
    "third_party": N_("Third party"),
}


class AuthorDialog(QDialog):
    """`chosen` carries name, unit and post, which may all be empty, and the role, one of `ROLES`."""

    chosen = Signal(str, str, str, str)

    def __init__(self, name: str, unit: str, post: str, role: str = "filler", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(_("Name and role"))
        self.setMinimumWidth(px(490))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(16), px(14), px(14))
        whole.setSpacing(px(10))
        whole.addWidget(Label(_("Name and role"), "heading"))
        area = Scroll(gap=8)
        area.column.setContentsMargins(px(4), px(4), px(6), px(4))
        area.column.addWidget(Text(_("Stands in the record of every change from now on."), "label", "text_2"))
        self.fields = (Field(_("Name (optional)")), Field(_("Unit (optional)")), Field(_("Post (optional)")))
        for field, value in zip(self.fields, (name, unit, post), strict=True):
            field.put(value)
            area.column.addWidget(field)
        area.column.addWidget(Label(_("Your role"), "label", "text_2"))
        self.role = Segments(_("Your role"))
        self.role.offer([(key, _(words)) for key, words in ROLES.items()], role)
        area.column.addWidget(self.role)
        area.column.addWidget(
            Text(
                _("Reviewers confirm deductions and red lines, agree to “not applicable” and mark as reviewed."),
                "label",
                "text_2",
            )
        )
        area.column.addWidget(
            Text(_("A second review is blind: neither reviewer sees the other’s value first."), "label", "text_2")
        )
        area.column.addStretch(1)
        whole.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Cancel"), run=self.reject))
        keep = primary(_("Keep"), self._keep)
        keep.setDefault(True)
        row.addWidget(keep)
        whole.addLayout(row)
        room = self.screen().availableGeometry().height() - px(40)
        needed = area.column.totalHeightForWidth(px(490 - 34)) + px(110)
        self.resize(px(490), min(needed, room))
        self.fields[0].line.setFocus()

    def _keep(self) -> None:
        self.accept()
        name, unit, post = (" ".join(field.text().split())[:60] for field in self.fields)
        self.chosen.emit(name, unit, post, self.role.key)

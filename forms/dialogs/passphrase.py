"""Asking for a passphrase: one for opening, or a new one, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.widgets.buttons import Button, primary
from forms.widgets.check import Check
from forms.widgets.dialog import Dialog
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.words import _


class PassphraseDialog(Dialog):
    """`given` carries the passphrase. `new` asks for it twice and says that it cannot be recovered."""

    given = Signal(str)

    def __init__(self, name: str, wrong: str = "", parent: QWidget | None = None, *, new: bool = False) -> None:
        title = _("Passphrase of the copy") if new else _("This file is protected by a passphrase")
        super().__init__(title, parent)
        self._new = new
        column = self.body
        column.addWidget(Label(title, "heading"))
        column.addWidget(Text(name, "label", "text_2"))
        self.field = Field(_("Passphrase"), secret=True)
        self.again = Field(_("Passphrase once more"), secret=True)
        self.again.setVisible(new)
        column.addWidget(self.field)
        column.addWidget(self.again)
        self.seen = Check(_("Show what is typed"))
        self.seen.toggled.connect(self._show)
        column.addWidget(self.seen)
        if new:
            column.addWidget(Text(_("A forgotten passphrase cannot be recovered by anyone."), "label", "warning"))
        row = self.foot
        row.addStretch(1)
        row.addWidget(Button(_("Cancel"), run=self.reject))
        self.ok = primary(_("Save the copy") if new else _("Open"), self._give)
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        self.field.complain(wrong)
        self.field.edited.connect(lambda _text: self.field.complain(""))
        self.fit(440)
        self.field.setFocus()

    def _show(self, on: bool) -> None:
        mode = self.field.line.EchoMode.Normal if on else self.field.line.EchoMode.Password
        self.field.line.setEchoMode(mode)
        self.again.line.setEchoMode(mode)

    def _give(self) -> None:
        text = self.field.text()
        if not text:
            self.field.complain(_("Type the passphrase."))
            return
        if self._new and text != self.again.text():
            self.again.complain(_("The two passphrases differ."))
            return
        self.accept()
        self.given.emit(text)

"""A decision that cannot wait: one sentence, what follows from it, and two buttons that say what they do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from assess.problems import Problem
from forms.widgets.buttons import Button, primary
from forms.widgets.dialog import Dialog
from forms.widgets.labels import Label, Text
from forms.words import _, show


class Ask(Dialog):
    """Accepted when the second button, which names the effect, is pressed; Esc and the first button stay."""

    def __init__(self, title: str, text: str, stay: str, go: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.body.addWidget(Label(title, "heading"))
        self.body.addWidget(Text(text))
        self.foot.addStretch(1)
        self.go = Button(go, run=self.accept)
        self.stay = primary(stay, self.reject)
        self.stay.setDefault(True)
        self.foot.addWidget(self.go)
        self.foot.addWidget(self.stay)
        self.fit(480)
        self.stay.setFocus()


def leave_unsaved(problem: Problem, parent: QWidget | None = None) -> bool:
    """Whether to close although the last change could not be written."""
    dialog = Ask(
        _("The last change is not saved"),
        _("{reason} If you close now, that change is lost; everything before it is safe.", reason=show(problem)),
        _("Stay"),
        _("Close without it"),
        parent,
    )
    return bool(dialog.exec())

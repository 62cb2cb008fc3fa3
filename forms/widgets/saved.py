"""The saved mark: 已保存 14:32. It speaks of saving when that takes long, and is a red button after a failure."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.widgets.notice import Glyph
from forms.words import _


class SavedMark(QWidget):
    """States: nothing, saved, saving, failed. `asked` when the red button is pressed."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(4))
        self.glyph = Glyph("tick", "success", 18)
        self.words = Label("", "label", "success")
        self.button = Button("", "danger", icon="octagon", small=True, run=self.asked.emit)
        for part in (self.glyph, self.words, self.button):
            row.addWidget(part)
        self.state = "none"
        self.at: datetime | None = None
        self.short = False
        self.sealed: tuple[str, str, str] | None = None
        self.set("none")

    def set(self, state: str, at: datetime | None = None) -> None:
        """Show a state; a failure stays until something is saved again."""
        if state == "saving" and self.state == "failed":
            return
        self.state, self.at = state, at or self.at
        self.write()

    def seal(self, words: str, short: str = "", tip: str = "") -> None:
        """Say that the document is sealed, where nothing is being saved; empty words say no more of it."""
        self.sealed = (words, short, tip) if words else None
        self.write()

    def write(self) -> None:
        """Set the words in the language of now."""
        words = {
            "none": "",
            "saving": _("Saving…"),
            "failed": "",
            "saved": _("Saved {time}", time=f"{self.at:%H:%M}") if self.at and not self.short else _("Saved"),
        }[self.state]
        sealed = self.sealed if self.state in ("none", "saved") else None
        if sealed is not None:
            words = sealed[1] if self.short else sealed[0]
        self.setToolTip(sealed[2] if sealed is not None else "")
        self.words.setText(words)
        self.words.dress(ink="success" if self.state == "saved" and sealed is None else "text_2")
        self.glyph.set("lock" if sealed is not None else "tick", "text_2" if sealed is not None else "success")
        self.glyph.setVisible(self.state == "saved" or sealed is not None)
        self.words.setVisible(bool(words))
        self.button.say(_("Not saved, see why"))
        self.button.setVisible(self.state == "failed")
        self.setAccessibleName((sealed[2] if sealed is not None else "") or words or self.button.text())

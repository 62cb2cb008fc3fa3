"""The opinion of a reviewer: a text that is saved when it is left and with the confirmation, and never lost."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent

from forms.review.step_form import Lines


class Opinion(Lines):
    """The opinion: saved when it is left, and with the confirmation."""

    written = Signal(str)

    def __init__(self) -> None:
        super().__init__(3)
        self.known = ""

    def show_text(self, text: str) -> None:
        """Show what is saved, unless somebody is writing something else just now."""
        if text == self.known or (self.hasFocus() and self.toPlainText().strip() != self.known.strip()):
            self.known = text if text != self.known else self.known
            return
        self.known = text
        self.setPlainText(text)

    def start(self, text: str) -> None:
        """Show the opinion of another item."""
        self.known = text
        self.setPlainText(text)

    @property
    def unsaved(self) -> bool:
        return self.toPlainText().strip() != self.known.strip() and not self.isReadOnly()

    def flush(self) -> None:
        if self.unsaved:
            self.known = self.toPlainText().strip()
            self.written.emit(self.known)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

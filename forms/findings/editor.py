"""Writing an explanation in place, under the finding it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from forms.theme import look, theme
from forms.widgets.buttons import Button
from forms.widgets.check import Check
from forms.widgets.labels import Text
from forms.words import _


def length(text: str) -> int:
    """Characters that count: all but blanks."""
    return len("".join(text.split()))


class Writing(QPlainTextEdit):
    """A few lines of text. Ctrl+Enter keeps it, Esc gives it up, Tab goes on."""

    kept = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setProperty("type", "body")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class Editor(QWidget):
    """`written` with a text that is long enough, and whether it serves all `alike` findings; `closed` when it is given
    up. Too short a text is told in place."""

    written = Signal(str, bool)
    closed = Signal()

    def __init__(self, least: int, text: str, alike: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.least = least
        self.before = text
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, px(4))
        column.setSpacing(px(6))
        self.text = Writing()
        self.text.setPlainText(text)
        self.text.setFixedHeight(px(76))
        self.text.setAccessibleName(_("Explanation"))
        self.text.kept.connect(self.keep)
        self.text.given_up.connect(self.closed)
        self.text.textChanged.connect(self._count)
        self.below = Text("", "label", "text_2")
        self.save = Button(_("Save explanation"), small=True, run=self.keep)
        self.cancel = Button(_("Cancel"), "text", run=self.closed.emit)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.below, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        self.all = Check(_("Use it for the other {count} items with the same finding, too", count=alike))
        self.all.setVisible(bool(alike))
        column.addWidget(self.text)
        column.addWidget(self.all)
        column.addLayout(row)
        self.setFocusProxy(self.text)
        self._count()

    def missing(self) -> int:
        """How many characters are still to be written."""
        return max(self.least - length(self.text.toPlainText()), 0)

    def _count(self) -> None:
        look(self.text, state="")
        missing = self.missing()
        if missing:
            words = _(
                "Say why it is so, in {least} characters or more; {missing} to go.", least=self.least, missing=missing
            )
        else:
            words = _("Long enough. It goes to the review with the answer.")
        self.below.dress(ink="text_2")
        self.below.say(words)
        self.text.setAccessibleDescription(words)

    def keep(self) -> None:
        """Hand the text on, or say that it is too short. An empty text takes the explanation back."""
        text = self.text.toPlainText().strip()
        if self.missing() and text:
            look(self.text, state="error")
            self.below.dress(ink="danger")
            self.below.say(
                _("Characters still to be written before it counts as explained: {missing}.", missing=self.missing())
            )
            self.text.setAccessibleDescription(self.below.plain())
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif text == self.before.strip() and not self.serves_all():
            self.closed.emit()
        else:
            self.written.emit(text, self.serves_all())

    def serves_all(self) -> bool:
        """Whether the text is meant for all findings of its kind; an empty one never is."""
        return self.all.isChecked() and bool(self.text.toPlainText().strip())

    def changed(self) -> str | None:
        """What has been typed and not been handed on yet; None if nothing."""
        text = self.text.toPlainText().strip()
        return text if text != self.before.strip() else None

"""A field: its name above, the frame with text and unit, a sentence below when something is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.theme import look, theme
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Glyph


class Line(QLineEdit):
    """One line of text that tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Field(QWidget):
    """A field for one line. `edited` while typing, `settled` on leaving it or on Enter.

    `ring_target()` is what the focus ring goes round: the frame, with the unit in it.
    """

    edited = Signal(str)
    settled = Signal(str)

    def __init__(
        self,
        name: str = "",
        *,
        unit: str = "",
        hint: str = "",
        large: bool = False,
        number: bool = False,
        secret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        space = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        self.label = Label(name, "label", "text_2")
        self.frame = QFrame()
        self.frame.setProperty("field", True)
        self.frame.setProperty("state", "")
        self.frame.setFixedHeight(theme().size("control_large" if large else "control"))
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(space(2), 0, space(10), 0)
        row.setSpacing(space(6))
        self.line = Line()
        self.line.setProperty("type", "heading" if large else "body")
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.unit = Label(unit, "label", "text_3")
        self.fault = Glyph("octagon", "danger")
        row.addWidget(self.line, 1)
        row.addWidget(self.unit)
        row.addWidget(self.fault)
        self.below = Text("", "label", "text_2")
        column.addWidget(self.label)
        column.addWidget(self.frame)
        column.addWidget(self.below)
        self.label.setBuddy(self.line)
        self.setFocusProxy(self.line)
        self.line.setProperty("ring", "parent")
        self.line.textEdited.connect(self.edited)
        self.line.left.connect(lambda: self.settled.emit(self.line.text()))
        self.line.returnPressed.connect(lambda: self.settled.emit(self.line.text()))
        self._hint = ""
        self.say(name, unit, hint)
        self.complain("")

    def say(self, name: str, unit: str = "", hint: str = "") -> None:
        """Set name, unit and the grey hint below."""
        self.label.setText(name)
        self.label.setVisible(bool(name))
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))
        self._hint = hint
        self.line.setAccessibleName(f"{name} {unit}".strip())
        self.complain(self._sentence)

    _sentence = ""

    def complain(self, sentence: str) -> None:
        """Show what is wrong, or nothing with an empty sentence; the hint comes back then."""
        self._sentence = sentence
        wrong = bool(sentence)
        look(self.frame, state="error" if wrong else "readonly" if self.line.isReadOnly() else "")
        self.fault.setVisible(wrong)
        self.below.dress(ink="danger" if wrong else "text_2")
        self.below.say(sentence or self._hint)
        self.below.setVisible(bool(sentence or self._hint))
        self.line.setAccessibleDescription(sentence or self._hint)

    def text(self) -> str:
        return self.line.text()

    def put(self, text: str) -> None:
        """Set the text, without `edited`."""
        if self.line.text() != text:
            self.line.setText(text)

    def lock(self, on: bool) -> None:
        """Make it read-only, or editable again."""
        self.line.setReadOnly(on)
        self.complain(self._sentence)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

"""Fields whose text is saved by itself: after a pause of 600 ms, and when the field, the page or the window is left."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from forms.theme import theme

PAUSE = 600


class Pause(QObject):
    """Waits for a pause in typing; `flush` ends the wait at once."""

    paused = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.paused)

    def typed(self) -> None:
        self._timer.start()

    def flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.paused.emit()


class Writing(QPlainTextEdit):
    """A text of several lines. `written` carries the text whenever it differs from what was last known."""

    written = Signal(str)

    def __init__(self, name: str, hint: str = "", rows: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self._rows = rows
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self._pause = Pause(self)
        self._pause.paused.connect(self._give)
        self.textChanged.connect(self._pause.typed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def show_text(self, text: str) -> None:
        """Show what is saved, unless the reader is typing something else just now."""
        if text == self._known and self.toPlainText() == text:
            return
        if self.hasFocus() and self.toPlainText() != self._known:
            self._known = text
            return
        self._known = text
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self.updateGeometry()

    def flush(self) -> None:
        self._pause.flush()
        self._give()

    def _give(self) -> None:
        text = self.toPlainText().strip()
        if text != self._known.strip() and not self.isReadOnly():
            self._known = text
            self.written.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def sizeHint(self) -> QSize:
        style = theme()
        lines = max(self._rows, min(6, round(self.document().size().height())))
        return QSize(style.px(240), lines * self.fontMetrics().lineSpacing() + style.px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self._rows * self.fontMetrics().lineSpacing() + theme().px(18))


class Entry(QLineEdit):
    """A text of one line, saved like `Writing`."""

    written = Signal(str)

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._pause = Pause(self)
        self._pause.paused.connect(self._give)
        self.textEdited.connect(lambda _text: self._pause.typed())
        self.editingFinished.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show what is saved, unless the reader is typing something else just now."""
        if self.hasFocus() and self.text().strip() != self._known.strip():
            self._known = text
            return
        self._known = text
        if self.text() != text:
            self.setText(text)

    def flush(self) -> None:
        self._pause.flush()
        self._give()

    def _give(self) -> None:
        text = self.text().strip()
        if text != self._known.strip() and not self.isReadOnly():
            self._known = text
            self.written.emit(text)


def takes_text(widget: QWidget | None) -> bool:
    """Whether digits and letters belong to the widget that has the focus."""
    if isinstance(widget, QLineEdit):
        return not widget.isReadOnly()
    if isinstance(widget, QPlainTextEdit):
        return not widget.isReadOnly()
    return False


def is_plain(event: QKeyEvent) -> bool:
    """A key with no Ctrl, Alt or Meta."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return held == Qt.KeyboardModifier.NoModifier

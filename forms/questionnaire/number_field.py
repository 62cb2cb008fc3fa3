"""A field for a number: 220 × 44, right aligned, unit inside the frame; cleans what was typed when it is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assess.measure import scales
from assess.problems import Problem
from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.questionnaire.typed import Pause
from forms.questionnaire.wording import grouped
from forms.theme import look, theme
from forms.widgets.labels import Label
from forms.words import show


class NumberField(QWidget):
    """`entered` carries the cleaned text, or the text as typed where it is no number (D7 keeps it)."""

    entered = Signal()
    same = Signal()
    """`=` was pressed: no number holds that sign (D36)."""

    def __init__(self, name: str, unit: str = "", width: int = 200, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style = theme()
        self.value = ""
        self.fault: Problem | None = None
        self.frame = QFrame()
        self.frame.setProperty("field", True)
        self.frame.setFixedHeight(style.px(44))
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setProperty("ring", "parent")
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        size = style.face("question")[0]
        self.edit.setStyleSheet(f"font-size: {size}px; font-weight: 400; padding: 0;")
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.unit = Label(unit, "body", "text_3")
        self.octagon = Icon("octagon")
        self.octagon.hide()
        inner = QHBoxLayout(self.frame)
        inner.setContentsMargins(style.px(10), 0, style.px(12), 0)
        inner.setSpacing(style.px(8))
        inner.addWidget(self.edit, 1)
        inner.addWidget(self.unit)
        row = QHBoxLayout()
        row.setSpacing(style.px(6))
        inner.addWidget(self.octagon)
        row.addWidget(self.frame)
        row.addStretch(1)
        self.sentence = Prose("label", "danger")
        self.sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(4))
        column.addLayout(row)
        column.addWidget(self.sentence)
        self.frame.setFixedWidth(style.px(width))
        self.setFocusProxy(self.edit)
        self._pause = Pause(self)
        self._pause.paused.connect(lambda: self.read(leaving=False))
        self.edit.textEdited.connect(lambda _text: self._pause.typed())
        self.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self.flush()
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.text() in ("=", "＝"):
                self.same.emit()
                return True
        return super().eventFilter(watched, event)

    def show_value(self, text: str | None) -> None:
        """Show a kept value, unless another is being typed."""
        text = text or ""
        if text == self.value:
            if not self.edit.hasFocus():
                self.tidy()
            return
        if self.edit.hasFocus() and self._pause_text() != self.value:
            return
        self.value = text
        self.judge()
        self.tidy()

    def read(self, *, leaving: bool) -> None:
        """Take over what was typed; tell if it is something new."""
        if self.edit.isReadOnly():
            return
        text = self._pause_text()
        if text != self.value:
            self.value = text
            self.judge()
            self.entered.emit()
        if leaving:
            self.tidy()

    def flush(self) -> None:
        self._pause.flush()
        self.read(leaving=True)

    def judge(self) -> None:
        """Whether the value is a number at all."""
        self.fault = None
        if self.value:
            try:
                scales.clean(self.value)
            except Problem as problem:
                self.fault = problem
        self.say_fault(show(self.fault) if self.fault else "")

    def say_fault(self, sentence: str) -> None:
        """A red edge, an octagon, and the sentence under the field; nothing for an empty sentence."""
        look(self.frame, state="error" if sentence else "readonly" if self.edit.isReadOnly() else "")
        self.octagon.setVisible(bool(sentence))
        self.sentence.say(sentence)
        self.sentence.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)

    def say_edge(self, wrong: bool) -> None:
        """A red edge where the fault is one of both fields together; its sentence stands below them."""
        look(self.frame, state="error" if wrong else "readonly" if self.edit.isReadOnly() else "")
        self.octagon.setVisible(wrong)

    def tidy(self) -> None:
        """Show the number with thousands separators."""
        shown = self.value if self.fault else grouped(self.value)
        if self.edit.text() != shown:
            self.edit.setText(shown)

    def lock(self, locked: bool) -> None:
        self.edit.setReadOnly(locked)
        self.say_fault(self.sentence.text)

    def _pause_text(self) -> str:
        text = self.edit.text().strip()
        if not text:
            return ""
        try:
            return scales.clean(text)
        except Problem:
            return text

"""The sentences of a section as cards: on or off, the text, what it rests on, other words for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from forms.reports.edits import Edits
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.check import Check
from forms.widgets.labels import Text
from forms.widgets.panel import Scroll
from forms.words import _, language
from reports.model import Sentence

MOST_CODES = 4


class Sentences(Scroll):
    """`changed` carries the new Edits. Up and down move between cards, Space switches, F2 changes the words."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=10)
        self.column.setContentsMargins(theme().px(4), theme().px(4), theme().px(8), theme().px(8))
        self.cards: list[Card] = []
        self.edits = Edits()
        self.note = Text("", "label", "text_2")
        self.column.addWidget(self.note)
        self.column.addStretch(1)
        self.installEventFilter(self)

    def put(self, sentences: Sequence[Sentence], edits: Edits) -> None:
        """Show other sentences; the one in focus keeps it."""
        self.edits = edits
        focused = next((card.sentence.id for card in self.cards if card.isAncestorOf(self.focusWidget() or self)), "")
        if any(card.editing for card in self.cards) and [c.sentence.id for c in self.cards] == [
            s.id for s in sentences
        ]:
            return
        for card in self.cards:
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self.cards = []
        for sentence in sentences:
            card = Card(sentence, edits)
            card.switched.connect(self._switch)
            card.written.connect(self._write)
            card.restored.connect(self._restore)
            self.column.insertWidget(len(self.cards), card)
            self.cards.append(card)
            if sentence.id == focused:
                card.check.setFocus(Qt.FocusReason.OtherFocusReason)
        text = _("Numbers follow the assessment. Changed sentences are never overwritten; they only ask for a look.")
        self.note.say(text if sentences else _("This section has no sentences to choose from."))

    def _switch(self, id: str) -> None:  # noqa: A002 - the model's word
        self.edits = self.edits.toggled(id)
        self.changed.emit(self.edits)

    def _write(self, id: str, text: str) -> None:  # noqa: A002
        card = next(card for card in self.cards if card.sentence.id == id)
        self.edits = self.edits.written(card.sentence, text)
        card.show_state(self.edits)
        self.changed.emit(self.edits)

    def _restore(self, id: str) -> None:  # noqa: A002
        self.edits = self.edits.restored(id)
        next(card for card in self.cards if card.sentence.id == id).show_state(self.edits)
        self.changed.emit(self.edits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        place = next((i for i, card in enumerate(self.cards) if card.check.hasFocus()), None)
        if place is None or event.modifiers():
            return False
        if event.key() == Qt.Key.Key_F2:
            self.cards[place].edit()
            return True
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        card = self.cards[min(max(place + step, 0), len(self.cards) - 1)]
        card.check.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(card, 0, 20)
        return True


class Card(QFrame):
    """One sentence."""

    switched = Signal(str)
    written = Signal(str, str)
    restored = Signal(str)

    def __init__(self, sentence: Sentence, edits: Edits) -> None:
        super().__init__()
        self.sentence = sentence
        self.editing = False
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(6), px(6), px(12), px(8))
        row.setSpacing(px(4))
        self.check = SentenceCheck("")
        self.check.toggled.connect(lambda _on: self.switched.emit(sentence.id))
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        self.text = Text("", "label")
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(px(112))
        self.field.installEventFilter(self)
        self.field.hide()
        column.addSpacing(px(4))
        column.addWidget(self.text)
        column.addWidget(self.field)
        foot = QHBoxLayout()
        self.basis = Text("", "caption", "text_2")
        self.change = Button("", "link", run=self._press_change)
        self.back = Button("", "link", run=self._press_back)
        foot.addWidget(self.basis, 1)
        foot.addWidget(self.change)
        foot.addWidget(self.back)
        column.addLayout(foot)
        row.addLayout(column, 1)
        self.show_state(edits)

    def show_state(self, edits: Edits) -> None:
        """Show whether it is on, and its words."""
        sentence = self.sentence
        edit = edits.edited.get(sentence.id)
        words = edit.text if edit else sentence.text
        on = sentence.id not in edits.off
        self.check.blockSignals(True)
        self.check.setChecked(on)
        self.check.blockSignals(False)
        self.check.setAccessibleName(words)
        self.text.say(words)
        self.text.dress(ink="text" if on else "text_3")
        parts = [] if on else [_("switched off")]
        if edit:
            parts.append(_("changed"))
        if edits.stale(sentence):
            parts.append(_("the numbers have moved, please check"))
        if sentence.basis:
            parts.append(_("rests on {codes}", codes=basis_words(sentence.basis)))
        self.basis.say(" • ".join(parts))
        self.basis.dress(ink="warning" if edits.stale(sentence) else "text_2")
        self.field.setVisible(self.editing)
        self.text.setVisible(not self.editing)
        self.change.say(_("Done") if self.editing else _("Change"), _("Change the words of this sentence"))
        self.change.setVisible(on or self.editing)
        self.back.say(_("Cancel") if self.editing else _("Restore"), _("Restore the sentence as it was written"))
        self.back.setVisible(self.editing or edit is not None)
        self._edits = edits
        self.update()

    def edit(self) -> None:
        """Open the words for changing."""
        self.editing = True
        self.field.setPlainText(self.text.plain())
        self.show_state(self._edits)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, keep: bool) -> None:
        """End the changing, with or without what was typed."""
        self.editing = False
        self.show_state(self._edits)
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)
        if keep:
            self.written.emit(self.sentence.id, self.field.toPlainText())

    def _press_change(self) -> None:
        if self.editing:
            self.finish(keep=True)
        else:
            self.edit()

    def _press_back(self) -> None:
        if self.editing:
            self.finish(keep=False)
        else:
            self.restored.emit(self.sentence.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.finish(keep=False)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.finish(keep=True)
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        skin = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(skin.color("border"), skin.edge))
        painter.setBrush(skin.color("panel" if self.check.isChecked() else "sunken"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), skin.px(6), skin.px(6))
        painter.end()


class SentenceCheck(Check):
    """The tick of a card; arrows move between cards, not between boxes."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F2):
            event.ignore()
            return
        super().keyPressEvent(event)


def basis_words(codes: Sequence[str]) -> str:
    """The first codes a sentence rests on, and how many more."""
    mark = "、" if language() == "zh" else ", "
    shown = mark.join(codes[:MOST_CODES])
    if len(codes) > MOST_CODES:
        return _("{codes} and {count} more", codes=shown, count=len(codes) - MOST_CODES, all=len(codes))
    return shown

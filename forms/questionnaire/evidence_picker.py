"""Choosing in two keys: a registered piece for this item, or items that a piece is to serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from assess.answers import Evidence
from assess.framework.model import Framework
from assess.register.pieces import Piece
from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.labels import Label, Text
from forms.words import _, language, show

MOST = 200  # rows shown at once; typing narrows them down


class _Choice(QDialog):
    """A line to narrow down, a list, and what is done with what is chosen. Arrows work while one types."""

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(title)
        self.resize(min(px(560), self.screen().availableGeometry().width() - px(40)), px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(10))
        column.addWidget(Label(title, "heading"))
        column.addWidget(Text(hint, "label", "text_2"))
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Search"))
        self.line.setPlaceholderText(_("Name, number, item or word"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _text: self.fill())
        column.addWidget(self.line)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(px(2))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Cancel"), run=self.reject))
        self.go = primary(_("Choose"), self.give)
        self.go.setDefault(True)
        row.addWidget(self.go)
        column.addLayout(row)

    def fill(self) -> None:
        raise NotImplementedError

    def give(self) -> None:
        raise NotImplementedError

    def matches(self, words: Iterable[str]) -> bool:
        """Whether every word typed is somewhere in it."""
        whole = " ".join(words).casefold()
        return all(part in whole for part in self.line.text().casefold().split())

    def add(self, text: str, key: str, tip: str = "") -> QListWidgetItem:
        item = QListWidgetItem(" ".join(text.split()))
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setToolTip(tip)
        self.list.addItem(item)
        return item

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return False


class PiecePicker(_Choice):
    """A registered piece for an item: the one used last stands first and is chosen, so that Enter takes it."""

    chosen = Signal(object)

    def __init__(self, pieces: Sequence[Piece], code: str, last: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            _("Choose registered evidence"),
            _("One piece may serve several items; a change holds for all of them."),
            parent,
        )
        near = code.rpartition(".")[0] or code  # pieces of neighboring items come before the others
        self.pieces = sorted(
            (one for one in pieces if code not in one.uses),
            key=lambda one: (one.id != last, not any(item.startswith(near) for item in one.items)),
        )
        self.list.itemActivated.connect(lambda _item: self.give())
        self.fill()

    def fill(self) -> None:
        self.list.clear()
        for piece in self.pieces:
            one = piece.record
            words = [one.name, one.number, one.date, one.place, one.kind, *piece.items]
            if self.matches(words) and self.list.count() < MOST:
                told = [one.name, one.number, one.date, _("serves {items}", items=piece.items)]
                text = " · ".join(part for part in told if part)
                self.add(text, one.id, text)
        self.list.setCurrentRow(0)
        self.go.refuse("" if self.list.count() else _("Nothing matches."))

    def give(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            id = str(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
            self.chosen.emit(next(piece.record for piece in self.pieces if piece.id == id))


class ItemPicker(_Choice):
    """Items that a piece is to serve; those it serves already are ticked and stay so."""

    chosen = Signal(object, object)

    def __init__(
        self, framework: Framework, record: Evidence, serving: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Use for other items"), _("“{name}” will serve the ticked items.", name=record.name), parent)
        self.framework, self.record, self.serving = framework, record, tuple(serving)
        self.ticked: set[str] = set()
        self.list.itemChanged.connect(self._changed)
        self.go.say(_("Use there"))
        self.fill()

    def fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        gap = "　" if language() == "zh" else "\u2002"
        for code, item in self.framework.indicators.items():
            if not self.matches((code, show(item.name))):
                continue
            row = self.add(f"{code}{gap}{show(item.name)}", code)
            held = code in self.serving
            ticked = held or code in self.ticked
            row.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            row.setFlags(flags if held else flags | Qt.ItemFlag.ItemIsEnabled)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.check()

    def _changed(self, item: QListWidgetItem) -> None:
        code = str(item.data(Qt.ItemDataRole.UserRole))
        if item.checkState() == Qt.CheckState.Checked:
            self.ticked.add(code)
        else:
            self.ticked.discard(code)
        self.check()

    def check(self) -> None:
        self.go.refuse("" if self.ticked else _("Tick an item first (Space)."))

    def give(self) -> None:
        if self.ticked:
            self.accept()
            self.chosen.emit(self.record, sorted(self.ticked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and not self.line.text()
        ):
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def toggle(self) -> None:
        """Space ticks the item that stands chosen in the list."""
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

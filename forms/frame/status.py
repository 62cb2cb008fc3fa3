"""The status bar: the keys of the page at the left, the standing reminder of secrecy at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.labels import Keys, Label
from forms.widgets.notice import Glyph
from forms.words import _


class Status(QFrame):
    """28 high. Keys that do not fit are left out from the right; that of the guide and the reminder never."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "plain")
        self.setProperty("edge", "top")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(6)
        self.keys = QWidget()
        self._row = QHBoxLayout(self.keys)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._parts: list[Keys] = []
        row.addWidget(self.keys, 1)
        self.help = QWidget()
        self._help = QHBoxLayout(self.help)
        self._guide: QWidget = self.help
        self._help.setContentsMargins(0, 0, 12, 0)
        row.addWidget(self.help)
        row.addWidget(Glyph("lock", "text_2", 15))
        self.reminder = Label("", "caption", "text_2")
        row.addWidget(self.reminder)
        self.retranslate()

    def tell(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show the keys of a page."""
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._parts = [Keys(which, meaning) for which, meaning in keys]
        for part in self._parts:
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._tell_help("Shift+F1" if any(which == "F1" for which, _meaning in keys) else "F1")
        self._fold()

    def _tell_help(self, keys: str) -> None:
        """The key of the guide, which is always there."""
        while self._help.count():
            item = self._help.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._guide = Keys(keys, _("guide"))
        self._help.addWidget(self._guide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() - self.reminder.sizeHint().width() - self._guide.sizeHint().width() - 124
        for part in self._parts:
            room -= part.sizeHint().width() + 12
            part.setVisible(room >= 0)

    def retranslate(self) -> None:
        self.setFixedHeight(theme().size("status"))
        self.setAccessibleName(_("Status bar"))
        self.reminder.setText(_("Do not enter classified or internal work secrets"))

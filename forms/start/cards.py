"""The two cards at the foot of the start page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Glyph


class Card(QFrame):
    """An icon, a heading, a sentence and a link; a click anywhere follows the link."""

    def __init__(self, icon: str, run: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("box", "panel")
        self._run = run
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(20), px(14))
        row.setSpacing(px(16))
        row.addWidget(Glyph(icon, "primary_text", 28), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self.title = Label("", "heading")
        self.text = Text("", "label", "text_2")
        self.link = Button("", "link", run=run)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        self.setFocusProxy(self.link)
        self.setMinimumHeight(px(108))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def say(self, title: str, text: str, link: str) -> None:
        self.title.setText(title)
        self.text.say(text)
        self.link.say(link, f"{title}: {link}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._run()

"""One entry of a list: its title with a tag, lines of text, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Tag, Text


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with an entry; `refusal` says why it cannot be done now."""

    key: str
    words: str
    refusal: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `lines` are (text, ink); `tone` is that of a tag."""

    key: str
    title: str
    tag: str = ""
    tone: str = "neutral"
    lines: tuple[tuple[str, str], ...] = ()
    acts: tuple[Act, ...] = ()


class EntryRow(QFrame):
    """An entry as shown; `buttons` by the key of what they do."""

    def __init__(self, entry: Entry, run: Callable[[str, str], None]) -> None:
        super().__init__()
        px = theme().px
        self.entry = entry
        self.buttons: dict[str, Button] = {}
        self.setProperty("edge", "top")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, px(8))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Text(entry.title, "strong"), 1, Qt.AlignmentFlag.AlignTop)
        if entry.tag:
            head.addWidget(Tag(entry.tag, entry.tone), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for text, ink in entry.lines:
            column.addWidget(Text(text, "label", ink))
        if entry.acts:
            foot = QHBoxLayout()
            foot.setContentsMargins(0, px(4), 0, 0)
            foot.setSpacing(px(8))
            for act in entry.acts:
                foot.addWidget(self._button(act, run))
            foot.addStretch(1)
            column.addLayout(foot)
        self.setAccessibleName(f"{entry.title} {entry.tag}".strip())

    def _button(self, act: Act, run: Callable[[str, str], None]) -> Button:
        def go() -> None:
            run(self.entry.key, act.key)

        made = Button("", "danger" if act.danger else "plain", small=True, run=go)
        made.say(act.words, f"{act.words} {self.entry.title}")
        made.refuse(act.refusal)
        self.buttons[act.key] = made
        return made

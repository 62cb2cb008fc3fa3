"""Short lists of items with a number at the right: strongest and weakest, what holds the total back, gaps, points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.figures import one_line
from forms.results.clear import clear
from forms.results.number import Number
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Elided, Label, Text
from forms.words import _, language


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an item's code (asked about through its number), its name, the number as shown, how it is told."""

    code: str
    name: str
    value: str
    about: str = ""
    ink: str = "text"


class Lines(QWidget):
    """A titled list of lines; with nothing in it, one sentence. Beyond `most` lines a button shows the rest."""

    asked = Signal(str)

    def __init__(self, most: int = 10) -> None:
        super().__init__()
        self._most = most
        self._all: tuple[Line, ...] = ()
        self._open = False
        self._shown: tuple[str, tuple[Line, ...], str, str] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.title = Label("", "strong")
        self.note = Text("", "label", "text_2")
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        layout.addLayout(self.rows)

    def put(self, title: str, lines: Sequence[Line], note: str = "") -> None:
        """Show other lines; `note` stands under the title."""
        shown = (title, tuple(lines), note, language())
        if shown == self._shown:
            return
        self._shown = shown
        self._all = tuple(lines)
        self._open = False
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.note.say(note)
        self.note.setVisible(bool(note))
        self._fill()

    def _fill(self) -> None:
        clear(self.rows)
        shown = self._all if self._open else self._all[: self._most]
        for line in shown:
            self.rows.addWidget(self._row(line))
        if len(shown) < len(self._all):
            self.rows.addWidget(Button(_("Show all {count}", count=len(self._all)), "link", run=self._unfold))

    def _unfold(self) -> None:
        self._open = True
        self._fill()

    def _row(self, line: Line) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(8))
        if line.code:
            code = Label(one_line(line.code), "caption", "text_2")
            code.setMinimumWidth(theme().px(44))
            layout.addWidget(code)
        layout.addWidget(Elided(one_line(line.name), "label"), 1)
        number = Number(line.code, line.value, about=line.about or one_line(line.name), ink=line.ink)
        number.asked.connect(self.asked)
        layout.addWidget(number, 0, Qt.AlignmentFlag.AlignRight)
        row.setFixedHeight(max(theme().px(26), theme().line("label") + 4))
        row.setAccessibleName(f"{line.code} {one_line(line.name)} {line.value}".strip())
        return row

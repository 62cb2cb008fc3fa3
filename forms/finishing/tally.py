"""Counts by dimension or department: a row each, every count that is not zero a way to its first question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from assess.finishing.completeness import Part
from assess.language import plain
from forms.finishing import wording
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Panel, Rule
from forms.words import _, language, show

HIGH = 34
NAMED = 12  # codes named in a tool tip
END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Tally(Panel):
    """`went` with the column and the code of the first item behind a count."""

    went = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.holder = QWidget()
        self.column.addWidget(self.holder)
        self.grid: QGridLayout | None = None
        self.counts: dict[tuple[int, str], Button] = {}
        self.tiny = False
        self._parts: Sequence[Part] = ()
        self._title = ""

    def put(self, title: str, parts: Sequence[Part]) -> None:
        """Show the parts, each in a row."""
        self._title, self._parts = title, tuple(parts)
        self.lay()

    def fit(self, *, tiny: bool) -> None:
        if tiny != self.tiny:
            self.tiny = tiny
            self.lay()

    def columns(self) -> tuple[tuple[str, str], ...]:
        """All columns; in a tiny window those with anything in them."""
        if not self.tiny:
            return wording.COLUMNS
        return tuple(
            column for column in wording.COLUMNS if any(wording.codes(part, column[0]) for part in self._parts)
        )

    def lay(self) -> None:
        """Build the rows anew."""
        px = theme().px
        self.say(self._title)
        self.counts.clear()
        self.column.removeWidget(self.holder)
        self.holder.hide()
        self.holder.deleteLater()
        self.holder = QWidget()
        self.column.addWidget(self.holder)
        grid = QGridLayout(self.holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        columns = self.columns()
        first = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        grid.addWidget(Label(_("Dealt with"), "caption", "text_2"), 0, 1, first)
        for place, (_key, title) in enumerate(columns, 2):
            head = Text(_(title), "caption", "text_2")
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            head.setMinimumWidth(px(58))
            head.setMaximumWidth(px(84))
            grid.addWidget(head, 0, place)
        for row, part in enumerate(self._parts):
            line = 2 * row + 1
            grid.addWidget(Rule(), line, 0, 1, len(columns) + 2)
            name = Text(show(part.name) or _("Items"), "label")
            name.setMinimumHeight(px(HIGH))
            name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            grid.addWidget(name, line + 1, 0, Qt.AlignmentFlag.AlignVCenter)
            done = Label(f"{part.done}/{len(part.asked)}", "label", "text" if part.open else "success")
            grid.addWidget(done, line + 1, 1, END)
            for place, (key, title) in enumerate(columns, 2):
                grid.addWidget(self._count(row, part, key, _(title)), line + 1, place, END)
        grid.setColumnStretch(0, 1)

    def _count(self, row: int, part: Part, key: str, title: str) -> QWidget:
        found = wording.codes(part, key)
        if not found:
            return Label("–", "label", "text_3")
        button = Button(str(len(found)), "link")
        button.setProperty("ink", wording.INKS.get(key, ""))
        name = _("{part}, {column}: {count}", part=show(part.name), column=title, count=len(found))
        button.setAccessibleName(name)
        listed = _("{codes} and {more} more", codes=found[:NAMED], more=len(found) - NAMED)
        button.setToolTip(listed if len(found) > NAMED else str(plain(found, language())))
        button.clicked.connect(lambda: self.went.emit(key, found[0]))
        self.counts[row, key] = button
        return button

"""The sheets keyed last, newest first, each with a way to correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.grassroots.form import printed
from assess.grassroots.sheets import Filled
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Elided
from forms.widgets.panel import Panel
from forms.words import _, show

SHOWN = 6


class KeyRecent(Panel):
    """`correct` carries the column of a sheet."""

    correct = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=16, gap=4)
        self.order: list[str] = []
        self.last: Filled | None = None
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme().px(2))
        self.column.addLayout(self.rows)
        self.buttons: list[Button] = []

    def saved(self, one: Filled) -> None:
        """This sheet was saved just now."""
        self.order = [one.column, *(column for column in self.order if column != one.column)]
        self.last = one

    def put(self, held: Sequence[Filled], totals: Mapping[str, int]) -> None:
        """Show the newest of the sheets that are there: those of this sitting first, then by number from the end."""
        known = {one.column: one for one in held}
        self.order = [column for column in self.order if column in known]
        newest = [known[column] for column in self.order]
        rest = [one for one in reversed(held) if one.column not in self.order]
        shown = [*newest, *rest][:SHOWN]
        self.last = shown[0] if shown else None
        while (taken := self.rows.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.deleteLater()
        self.buttons = []
        self.say(_("Keyed last"))
        self.setVisible(bool(shown))
        for one in shown:
            self.rows.addWidget(self._row(one, totals.get(one.tier, 0)))

    def _row(self, one: Filled, total: int) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(12))
        number = show(printed(one.tier, one.number))
        words = _("{number}: {answered} of {total} answered", number=number, answered=len(one.answers), total=total)
        parts = [words, one.place, _("checked") if one.checked else ""]
        line.addWidget(Elided("　".join(" ".join(part.split()) for part in parts if part), "body"), 1)
        button = Button(_("Correct"), "text", small=True, run=lambda column=one.column: self.correct.emit(column))  # type: ignore[misc]
        button.setAccessibleName(_("Correct sheet {number}", number=number))
        self.buttons.append(button)
        line.addWidget(button)
        return row

"""The five counts of the round in one strip; where there is little room, in one line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.packages.overview import Overview
from forms.page import Size
from forms.theme import theme
from forms.widgets.labels import Elided, Label
from forms.widgets.panel import Panel, Rule
from forms.words import N_, _

COUNTS = (
    ("issued", N_("Units issued to")),
    ("returned", N_("Returned to us")),
    ("outstanding", N_("Not back")),
    ("conflicts", N_("Conflicts to settle")),
    ("sent_back", N_("Sent back")),
)


class Counts(QWidget):
    """`put` shows an overview."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        px = theme().px
        self.panel = Panel(padding=0)
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        row.setSpacing(px(20))
        self.names: dict[str, Label] = {}
        self.numbers: dict[str, Label] = {}
        for place, (key, _words) in enumerate(COUNTS):
            if place:
                row.addWidget(Rule("v"))
            column = QVBoxLayout()
            column.setSpacing(0)
            self.names[key] = Label("", "label", "text_2")
            self.numbers[key] = Label("", "number")
            column.addWidget(self.names[key])
            column.addWidget(self.numbers[key])
            row.addLayout(column, 1)
        self.panel.column.addLayout(row)
        self.line = Elided("", "label", "text_2")
        outer.addWidget(self.panel)
        outer.addWidget(self.line)
        self.line.hide()

    def put(self, overview: Overview) -> None:
        """Show the counts of a round."""
        told = []
        for key, words in COUNTS:
            count = int(getattr(overview, key))
            self.names[key].setText(_(words))
            self.numbers[key].setText(str(count))
            urgent = bool(count) and key in ("conflicts", "sent_back")
            self.numbers[key].dress(ink=("warning" if key == "conflicts" else "danger") if urgent else "text")
            self.numbers[key].setAccessibleName(f"{_(words)} {count}")
            told.append(f"{_(words)} {count}")
        self.line.setText(" · ".join(told))

    def fit(self, size: Size) -> None:
        """One line where the window is tiny."""
        self.panel.setVisible(size != "tiny")
        self.line.setVisible(size == "tiny")

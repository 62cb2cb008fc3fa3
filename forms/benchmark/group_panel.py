"""The cities whose order other weights turn: the panel below strips and heat map, and the ranges of their ranks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from assess.benchmark.groups import Grouping, tell_apart
from assess.benchmark.position import Position
from assess.framework.model import ROOT, Framework
from forms import peers
from forms.benchmark.standing_rows import place_words
from forms.benchmark.tied_groups import TiedGroups
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Panel
from forms.words import _, show

MOST_GROUPED = 150


class GroupPanel(Panel):
    """The panel; `grouping` belongs to the position it was made for, None above 150 cities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self.grouping: Grouping | None = None
        self._grouped_for: Position | None = None
        self.note = Text("", "caption", "text_2")
        self.rank_note = Label("", "caption", "text_2")
        self.heading.row.addWidget(self.rank_note)
        self.groups = TiedGroups()
        self.column.addWidget(self.note)
        self.column.addWidget(self.groups)

    def regroup(self, framework: Framework, standing: peers.Standing, position: Position) -> None:
        """Form the groups of a position, once."""
        if self._grouped_for is not position:
            self._grouped_for = position
            units = standing.units()
            self.grouping = tell_apart(framework, units) if len(units) <= MOST_GROUPED else None

    def put(self, standing: peers.Standing, names: Mapping[str, str], rank_note: str) -> None:
        """Show the groups under the short names of the page."""
        grouping = self.grouping
        self.setVisible(grouping is None or bool(grouping.groups))
        self.groups.setVisible(grouping is not None)
        self.say(_("Cities that cannot be told apart"))
        if grouping is None:
            self.note.say(_("Above {most} cities no groups are formed on this page.", most=MOST_GROUPED))
        if grouping is None or not grouping.groups:
            return
        words = _("Inside a group the order means nothing.")
        self.note.say(f"{show(grouping.text)} {words}")
        self.groups.put(grouping, standing.me.name, names)
        self.rank_note.setText(rank_note)

    def rank_words(self, position: Position) -> dict[str, str]:
        """The rank of the city in every row, with its range where the total moves."""
        found: dict[str, str] = {}
        for code, row in position.rows.items():
            rank = position.rank(code)
            if rank is None:
                continue
            words = _("{rank} of {of}", rank=rank.rank, of=rank.of)
            if rank.tied:
                words = _("{rank} of {of}, tied", rank=rank.rank, of=rank.of)
            kept = self.grouping.ranges.get(position.me.name) if self.grouping and code == ROOT else None
            if kept is not None and kept[0] != kept[1]:
                words = _("{words} (range {low}–{high})", words=words, low=kept[0], high=kept[1])
            found[code] = words if row.value is not None else place_words(row)
        return found

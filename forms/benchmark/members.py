"""Why these cities: the rule of matching, who is in the group, who was not let in and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.benchmark.peers import REGIONS, Group, Peer, region_of
from assess.benchmark.position import Position
from assess.language import Words
from forms.figures import one_line
from forms.theme import theme
from forms.widgets.buttons import icon_button
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _, show

MOST = 60


class Members(Panel):
    """Opened in place by 为什么是这些城市; closed by its cross or Esc."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=4)
        self.cross = icon_button("close", "", self.closed.emit)
        self.heading.row.addWidget(self.cross)
        self.rule = Text("", "label")
        self.column.addWidget(self.rule)
        self.inner = QVBoxLayout()
        self.inner.setSpacing(theme().px(2))
        self.column.addLayout(self.inner)

    def put(self, position: Position) -> None:
        """Show another group."""
        self.say(_("Why these cities"))
        self.cross.setAccessibleName(_("Close this list"))
        self.cross.setToolTip(_("Close this list"))
        group: Group = position.group
        self.rule.say(show(group.rule), _("Rule of matching:"))
        while (item := self.inner.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for member in group.members[:MOST]:
            self.inner.addWidget(_line(one_line(member.name), traits(member)))
        if len(group.members) > MOST:
            self.inner.addWidget(Text(_("and {count} more", count=len(group.members) - MOST), "label", "text_2"))
        if group.refused:
            self.inner.addWidget(Text("", "label"))
            self.inner.addWidget(Text(_("Not in the group:"), "strong"))
            for name, why in group.refused[:MOST]:
                self.inner.addWidget(_line(one_line(name), show(why)))


def traits(member: Peer) -> str:
    """Region, size and year of a city in words."""
    region = REGIONS.get(region_of(member.region), Words(member.region, member.region))
    parts = [show(region), show(SIZE_WORDS.get(member.size, Words(member.size))), str(member.year or "")]
    return " · ".join(part for part in parts if part)


SIZE_WORDS = {
    "超大": Words("超大城市", "megacity"),
    "特大": Words("特大城市", "very large city"),
    "Ⅰ型大": Words("Ⅰ型大城市", "large city I"),
    "Ⅱ型大": Words("Ⅱ型大城市", "large city II"),
    "中等": Words("中等城市", "medium city"),
    "Ⅰ型小": Words("Ⅰ型小城市", "small city I"),
    "Ⅱ型小": Words("Ⅱ型小城市", "small city II"),
}


def _line(name: str, words: str) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(Text(name, "label"), 2)
    layout.addWidget(Text(words, "label", "text_2"), 3)
    return row

"""Cities that cannot be told apart share a group 甲乙丙…; inside a group the order means nothing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from assess.benchmark.groups import Grouping, Tied
from forms.figures import rich
from forms.theme import theme
from forms.widgets.labels import Label, Text
from forms.words import _, language, show


class TiedGroups(QWidget):
    """The groups as boxes, this city's marked by edge, words and bold name."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(theme().px(8))
        self._boxes: list[TiedBox] = []
        self._across = 5

    def put(self, grouping: Grouping, own: str, names: Mapping[str, str]) -> None:
        """Show other groups; `own` is this city's name, `names` the names as shown."""
        for box in self._boxes:
            box.setParent(None)
            box.deleteLater()
        self._boxes = [TiedBox(group, own, names) for group in grouping.groups]
        self._fill()

    def across(self, count: int) -> None:
        """How many boxes stand side by side."""
        if count != self._across:
            self._across = count
            self._fill()

    def _fill(self) -> None:
        for column in range(self.grid.columnCount()):
            self.grid.setColumnStretch(column, 0)
        count = len(self._boxes)
        across = count if 0 < count <= self._across + 1 and self._across > 1 else self._across
        for place, box in enumerate(self._boxes):
            self.grid.addWidget(box, place // across, place % across)
            if count <= across and self._across > 1:
                self.grid.setColumnStretch(place, 2 + min(8, box.count))
            else:
                self.grid.setColumnStretch(place % across, 1)
            box.show()


class TiedBox(QFrame):
    """One group: its mark, the words that this city is in it, its names."""

    def __init__(self, group: Tied, own: str, names: Mapping[str, str]) -> None:
        super().__init__()
        self.count = len(group.names)
        self.own = own in group.names
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(12), px(8))
        column.setSpacing(px(2))
        # Side by side where the words are short; below each other in English, where a box has no room for both.
        way = QBoxLayout.Direction.LeftToRight if language() == "zh" else QBoxLayout.Direction.TopToBottom
        head = QBoxLayout(way)
        head.setSpacing(px(2) if language() == "en" else px(6))
        head.addWidget(Label(show(group.mark), "strong"))
        if self.own:
            head.addWidget(Label(_("this city is here"), "caption", "text_2"))
        head.addStretch(1)
        column.addLayout(head)
        marked = [f"\x02{names[name]}\x03" if name == own else names[name] for name in group.names]
        joined = ("、" if language() == "zh" else ", ").join(marked)
        line = Names(joined)
        column.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"{show(group.mark)}: {line.accessibleName()}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 2 if self.own else look.edge
        painter.setPen(QPen(look.color("primary" if self.own else "border"), edge))
        painter.setBrush(look.color("primary_soft" if self.own else "sunken"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), look.px(6), look.px(6))
        painter.end()


class Names(Text):
    """Names of cities, this city's in bold; wraps."""

    def __init__(self, marked: str) -> None:
        self._marked = marked
        super().__init__("", "label")

    def _write(self) -> None:
        height = theme().line("label")
        self.setText(f'<p style="line-height:{height}px;margin:0">{rich(self._marked)}</p>')
        self.setAccessibleName(self._marked.replace("\x02", "").replace("\x03", ""))

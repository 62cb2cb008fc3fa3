"""The right part of the results page: radar, bars, strongest and weakest items, what holds the total back, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.language import Words
from assess.measure.result import ItemScore, Scores
from forms.figures import figure, one_line, percent
from forms.results.bar_chart import BarChart
from forms.results.lists import Line, Lines
from forms.results.portraits import PortraitPanel
from forms.results.radar import Radar
from forms.results.rows import BarRow, portraits
from forms.results.view import View
from forms.theme import theme
from forms.widgets.labels import Text
from forms.widgets.legend import Legend
from forms.widgets.panel import Panel
from forms.words import _, show

Room = Literal["side", "wide", "narrow", "one"]
TOP_OBSTACLES = 5


class Middle(QWidget):
    """`asked` carries the code of a number. `arrange` places the parts by the room there is."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))
        self._room: Room = "wide"
        self._radar_fits = True
        self._has_obstacles = self._has_gaps = False
        self._build_shapes(px(16))
        self._build_bars(px(24))
        self.extremes = QWidget()
        inner = QVBoxLayout(self.extremes)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(10))
        self.strong, self.weak = Lines(), Lines()
        inner.addWidget(self.strong)
        inner.addWidget(self.weak)
        inner.addStretch(1)
        self.obstacles, self.gaps = Lines(TOP_OBSTACLES), Lines(8)
        self.lists_panel, self.obstacle_panel, self.gap_panel = Panel(), Panel(), Panel()
        self.gap_panel.column.addWidget(self.gaps)
        for lines in (self.strong, self.weak, self.obstacles, self.gaps, self.chart):
            lines.asked.connect(self.asked)
        self.portraits = PortraitPanel()
        for panel in (
            self.shapes,
            self.bars,
            self.lists_panel,
            self.portraits,
            self.obstacle_panel,
            self.gap_panel,
        ):
            self.column.addWidget(panel)
        self.column.addStretch(1)

    def _build_shapes(self, gap: int) -> None:
        self.shapes = Panel()
        self.legend = Legend()
        self.shapes.heading.row.addWidget(self.legend)
        row = QHBoxLayout()
        row.setSpacing(gap)
        self.radar = Radar()
        row.addWidget(self.radar, 4)
        self.shapes_side = Side()
        row.addWidget(self.shapes_side, 5)
        self.shapes.column.addLayout(row)

    def _build_bars(self, gap: int) -> None:
        self.bars = Panel(gap=2)
        row = QHBoxLayout()
        row.setSpacing(gap)
        self.chart = BarChart()
        row.addWidget(self.chart, 3, Qt.AlignmentFlag.AlignTop)
        self.bars_side = Side()
        row.addWidget(self.bars_side, 2)
        self.bars.column.addLayout(row)
        self.hidden = Text("", "caption", "text_2")
        self.bars.column.addWidget(self.hidden)
        self.bars.column.addStretch(1)

    def put(self, framework: Framework, sheet: Sheet, scores: Scores, page: View, medians: Mapping[str, float]) -> None:
        """Show another result."""
        decimals = framework.show_decimals
        rows = page.bars.rows
        self._radar_fits = bool(framework.dimensions) and Radar.fits(rows)
        title = dimensions_title(framework, rows)
        self.shapes.say(title)
        near = {code: value for code, value in medians.items() if any(row.code == code for row in rows)}
        self.radar.put(title, rows, near, page.bars.gate)
        parts = [("line", _("This city") if sheet.profile.tier == "市" else _("This unit"))]
        if near:
            parts.append(("median", _("Peer median")))
        if page.bars.gate is not None:
            parts.append(("gate", _("Gate {value}", value=figure(page.bars.gate, 0))))
        self.legend.put(parts)
        self.chart.put(page.bars, near, decimals)
        self.bars.say(self.chart.title())
        self.hidden.setVisible(page.bars.hidden > 0)
        self.hidden.say(
            _("The {count} heaviest are shown; {hidden} more are not.", count=len(rows), hidden=page.bars.hidden)
        )
        self.strong.put(_("Strongest"), [_line(framework, item, decimals) for item in page.extremes.strong])
        self.weak.put(_("Weakest"), [_line(framework, item, decimals) for item in page.extremes.weak])
        self.strong.setVisible(bool(page.extremes.strong))
        self.weak.setVisible(bool(page.extremes.weak))
        self.portraits.put(portraits(framework, scores))
        self._put_obstacles(framework, scores)
        self._put_gaps(framework, page)
        self.arrange(self._room)

    def _put_obstacles(self, framework: Framework, scores: Scores) -> None:
        from assess.measure.diagnose import obstacles

        found = [obstacle for obstacle in obstacles(framework, scores) if obstacle.share > 0]
        top = framework.improvement.obstacle_top if framework.improvement else 10
        lines = [
            Line(o.code, show(framework.name(o.code)), percent(o.share, 1), _("Share of the distance"))
            for o in found[:top]
        ]
        note = _("Share of each item in the distance to full marks (obstacle degree).")
        self.obstacle_panel.say(_("What holds the total back"))
        self.obstacles.put("", lines, note if lines else _("Nothing: every item counted has full marks."))
        self._has_obstacles = bool(found) or scores.graded is not None

    def _put_gaps(self, framework: Framework, page: View) -> None:
        lines = [Line(code, show(framework.name(code)), _("no data")) for code in page.gaps]
        note = _("{count} items are still open.", count=page.unanswered) if page.unanswered else ""
        self.gap_panel.say(_("Gaps in the data"))
        self.gaps.put("", lines, note)
        self._has_gaps = bool(lines) or bool(note)

    def arrange(self, room: Room) -> None:
        """Place the parts: beside the why panel, over the full width, narrower, or one column."""
        self._room = room
        obstacles_beside = room == "wide" and self._radar_fits
        if room == "one":
            move(self.extremes, self.lists_panel.column)
        else:
            move(self.extremes, (self.bars_side if room == "wide" else self.shapes_side).column)
        move(self.obstacles, (self.shapes_side if obstacles_beside else self.obstacle_panel).column)
        self.shapes_side.setVisible(room != "one")
        self.bars_side.setVisible(room == "wide")
        self.obstacles.title.setText(_("What holds the total back"))
        self.obstacles.title.setVisible(obstacles_beside)
        self.radar.setVisible(self._radar_fits)
        self.shapes.setVisible(self._radar_fits or room in ("side", "narrow"))
        self.lists_panel.setVisible(room == "one")
        self.obstacle_panel.setVisible(not obstacles_beside and self._has_obstacles)
        self.gap_panel.setVisible(self._has_gaps)
        first, second = (self.bars, self.shapes) if room == "one" else (self.shapes, self.bars)
        if self.column.indexOf(first) != 0:
            self.column.removeWidget(self.shapes)
            self.column.removeWidget(self.bars)
            self.column.insertWidget(0, first)
            self.column.insertWidget(1, second)


class Side(QWidget):
    """A place beside a chart that holds one of the lists; empty it takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)


def move(widget: QWidget, column: QVBoxLayout) -> None:
    """Put a widget into another column, unless it is there."""
    if column.indexOf(widget) < 0:
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)


def dimensions_title(framework: Framework, rows: tuple[BarRow, ...]) -> str:
    """The heading over the radar: how many dimensions there are."""
    if not framework.dimensions:
        return _("Items")
    return _("{count} dimensions", count=len(framework.dimensions))


def column_words(key: str, name: Words) -> str:
    """The short name of an answer column on the switch."""
    known = {"self": _("Self"), "review": _("Review"), "third_party": _("Third party")}
    return known.get(key) or one_line(show(name))


def _line(framework: Framework, item: ItemScore, decimals: int) -> Line:
    return Line(item.code, show(framework.name(item.code)), figure(item.score, decimals))

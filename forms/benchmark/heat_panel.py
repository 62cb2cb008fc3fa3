"""Every city in every dimension: the panel around the heat map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from assess.framework.model import Framework
from forms import peers
from forms.benchmark.heat import Cell, City, Heat
from forms.figures import one_line
from forms.widgets.panel import Panel
from forms.words import _, show


class HeatPanel(Panel):
    """The panel; empty and hidden where no dimension is compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self.heat = Heat()
        self.column.addWidget(self.heat)
        self.column.addStretch(1)

    def put(
        self,
        framework: Framework,
        standing: peers.Standing,
        codes: Sequence[str],
        names: Mapping[str, str],
        maximum: float,
    ) -> None:
        """Show these dimensions of this city and its group, under the short names of the page."""
        position = standing.position
        assert position is not None
        quartiles = position.allowed == "quartiles"
        cities = []
        for unit in standing.units():
            cells = [Cell(unit.scores.get(code), position.rows[code].place_of(unit.scores.get(code))) for code in codes]
            cities.append(City(names[unit.name], unit is standing.me, tuple(cells)))
        heads = [one_line(show(framework.name(code))) for code in codes]
        self.heat.put(heads, cities, quartiles=quartiles, decimals=0 if maximum >= 50 else 2)
        self.say(self.heat.title(), _("▼ lower quartile  ▲ upper quartile") if quartiles else "")
        self.setVisible(bool(codes))

"""The ten sample cities: choose one, and a copy of it opens. The same list serves practice documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from forms.start.draft import REGIONS
from forms.theme import theme
from forms.widgets.buttons import Button, text_button
from forms.widgets.labels import Label, Tag, Text
from forms.widgets.panel import PageHead, Panel, Scroll
from forms.words import _, show

if TYPE_CHECKING:
    from assess.samples.cities import SampleCity
    from forms.start.desk import Desk


class Samples(QWidget):
    """A head, a sentence, and one row for each city. `practice` opens training documents instead of copies."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("box", "window")
        self.desk = desk
        self.practice = False
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(40), px(24), px(40), px(24))
        column.setSpacing(px(12))
        self.head = PageHead()
        self.back = text_button("", desk.back, icon="left")
        self.head.add(self.back)
        self.text = Text("", "label", "text_2")
        self.area = Scroll(gap=8)
        column.addWidget(self.head)
        column.addWidget(self.text)
        column.addWidget(self.area, 1)
        self.buttons: list[Button] = []

    def begin(self, *, practice: bool = False) -> None:
        """Show the list, the focus on its first button."""
        self.practice = practice
        self.retranslate()
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Write the rows again."""
        self.back.say(_("Back"))
        if self.practice:
            self.head.say(_("Practice"))
            self.text.say(
                _("A practice document is a copy to try things on. It carries a watermark and awards no stage.")
            )
        else:
            self.head.say(_("Sample cities"))
            self.text.say(
                _("All cities and figures are fictional. A copy goes to your documents folder; change it as you like.")
            )
        while self.area.column.count():
            item = self.area.column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        if self.practice:
            self.area.column.addWidget(self._row(None))
        from assess.samples.cities import cities

        for city in cities():
            self.area.column.addWidget(self._row(city))
        self.area.column.addStretch(1)

    def _row(self, city: SampleCity | None) -> QFrame:
        panel = Panel(padding=12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        panel.column.addLayout(grid)
        name = city.profile.unit if city is not None else _("Blank practice document")
        blurb = show(city.blurb) if city is not None else _("Every question is open; answer them for a case.")
        grid.addWidget(Label(name, "strong"), 0, 0)
        if city is not None:
            region = city.profile.region
            where = _(dict(REGIONS).get(region, region))
            grid.addWidget(Tag(where), 0, 1)
        grid.addWidget(Text(blurb, "label", "text_2"), 1, 0, 1, 3)
        words = _("Practice on it") if self.practice else _("Open a copy")
        button = Button(words, run=lambda: self._choose(city))
        button.setAccessibleName(f"{words}: {name}")
        self.buttons.append(button)
        grid.addWidget(button, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        return panel

    def _choose(self, city: SampleCity | None) -> None:
        if self.practice or city is None:
            self.desk.open_practice(city)
        else:
            self.desk.open_sample(city)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.desk.back()
        elif step is not None and self.buttons:
            here = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)
            target = self.buttons[min(max(here + step, 0), len(self.buttons) - 1)]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(target)
        else:
            super().keyPressEvent(event)

"""The steps somebody can take with an item, on buttons: the one that is due first, and words where there is none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assess import rights
from assess.review.table import Row
from forms.review import wording
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from forms.words import _

BY_THE_UNIT = ("object", "withdraw", "resubmit")  # the reviewing office enters them for what came on paper


class StepButtons(QWidget):
    """`stepped` with a step to take. `offered` are the buttons by step."""

    stepped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offered: dict[str, Button] = {}
        self._role = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.said = Text("", "label", "text_2")
        self.grid = QGridLayout()
        self.grid.setSpacing(theme().px(8))
        column.addWidget(self.said)
        column.addLayout(self.grid)

    def put(self, row: Row, role: str, locked: str) -> None:
        """Offer the steps of a row to somebody of this role; `locked` is why nothing may be written at all."""
        for button in self.offered.values():
            self.grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.offered, self._role = {}, role
        steps = [key for key, step in rights.STEPS.items() if row.state in step.sources and role in step.roles]
        others = () if role == "filler" else BY_THE_UNIT
        for key in sorted(steps, key=lambda key: (not self.leads(key), key in others)):
            kind = "primary" if self.leads(key) else "plain"
            button = Button(_(wording.OFFERS[key].words), kind, run=partial(self.stepped.emit, key))
            button.refuse(locked)
            button.setMinimumWidth(max(theme().px(96), button.sizeHint().width()))
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            self.offered[key] = button
        self._lay()
        self.said.say("" if steps else _nothing(row, role))
        self.said.setVisible(not steps)

    def _lay(self) -> None:
        """Two buttons beside each other where their words have room, else below each other."""
        made = list(self.offered.values())
        room = self.width() - theme().px(8)
        abreast = 2 if all(sum(one.sizeHint().width() for one in made[at : at + 2]) < room for at in (0, 2)) else 1
        for button in made:
            self.grid.removeWidget(button)
        for place, button in enumerate(made):
            self.grid.addWidget(button, place // abreast, place % abreast)
        self.grid.setColumnStretch(0, 2)
        self.grid.setColumnStretch(1, 1 if abreast == 2 and len(made) > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def leads(self, key: str) -> bool:
        """Whether a step is the one that somebody of this role is here for."""
        if key == "resubmit":
            return self._role == "filler"
        return wording.OFFERS[key].primary

    def press(self, key: str) -> bool:
        """A key of the table or of the opinion: the step that carries it. False where none does."""
        for step, button in self.offered.items():
            if wording.OFFERS[step].key == key and (key != "Enter" or self.leads(step)):
                if button.isEnabled():
                    self.stepped.emit(step)
                return True
        return False


def _nothing(row: Row, role: str) -> str:
    """Why there is no step to take."""
    if role == rights.SECOND:
        return _("The second review is kept as soon as it is given. It never scores.")
    if role == "third_party":
        return _("The value of the third party is kept as soon as it is given; it counts before the others.")
    return {
        "draft": _("The item has not been answered yet."),
        "returned": _("It waits for the correction of the unit."),
    }.get(row.state, _("It waits for the review."))

"""The top card: the total in large serif, the stage that holds, the steelyard, one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assess.framework.stage_rules import Stage
from forms.figures import DASH, figure, one_line
from forms.results.clear import clear
from forms.results.number import Number
from forms.results.sentence import Sentence
from forms.results.view import Headline
from forms.theme import theme
from forms.widgets.chip import Chip
from forms.widgets.labels import Label, Tag
from forms.widgets.panel import Panel
from forms.widgets.steelyard import Steelyard
from forms.words import _, show


class TotalPanel(Panel):
    """`asked` carries the code of the total."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=4)
        top = QHBoxLayout()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(0)
        right.setSpacing(theme().px(2))
        label = QHBoxLayout()
        self.label = Label("", "label", "text_2")
        self.tag = Tag("", "warning")
        label.addWidget(self.label)
        label.addWidget(self.tag)
        label.addStretch(1)
        left.addLayout(label)
        left.addSpacing(theme().px(6))  # room for the focus ring of the number under its name
        self.total = Number("total", DASH, face="display", align=Qt.AlignmentFlag.AlignLeft)
        self.total.asked.connect(self.asked)
        left.addWidget(self.total)
        left.addSpacing(theme().px(6))
        left.addStretch(1)
        top.addLayout(left)
        top.addStretch(1)
        self.held_label = Label("", "label", "text_2")
        self.held_label.setAlignment(Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        right.addWidget(self.held_label)
        stage = QHBoxLayout()
        stage.setSpacing(theme().px(8))
        stage.addStretch(1)
        self.stage = Label("", "number", "text")
        self.chip = Chip()
        stage.addWidget(self.stage)
        stage.addWidget(self.chip)
        right.addLayout(stage)
        right.addStretch(1)
        top.addLayout(right)
        self.column.addLayout(top)
        self.yard = Steelyard()
        self.column.addWidget(self.yard)
        self.sentence = Sentence()
        self.column.addWidget(self.sentence)
        self.more = QVBoxLayout()
        self.more.setSpacing(theme().px(4))
        self.column.addLayout(self.more)

    def put(self, line: Headline, stages: Sequence[Stage], decimals: int = 1) -> None:
        """Show another result."""
        self.label.setText(_("Total"))
        self.tag.setVisible(line.provisional)
        self.tag.set(_("provisional"), "warning")
        self.total.put(figure(line.total, decimals), about=_("Total"))
        shown = line.held is not None or line.reached is not None
        self.held_label.setVisible(shown)
        self.stage.setVisible(shown)
        self.chip.setVisible(line.held is not None)
        self.held_label.setText(_("Stage, for reference") if line.reference_only else _("Stage held"))
        name = one_line(show(line.held.name)) if line.held else _("no stage held")
        self.stage.setText(name)
        self.stage.dress(type="number" if len(name) <= 8 else "title" if len(name) <= 10 else "heading")
        self.chip.set(line.held.level if line.held else None)
        self.yard.setVisible(bool(stages) and shown)
        held = line.held.level if line.held else None
        self.yard.weigh(line.graded, stages, held, line.reached.level if line.reached else None, line.maximum)
        self.sentence.tell(line.sentence)
        clear(self.more)
        for message in line.more:
            text = Sentence("label", "text_2")
            text.tell(message)
            self.more.addWidget(text)

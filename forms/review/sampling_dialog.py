"""Drawing a sample for on-site checks: how many, how, from which seed; the list as it would be, before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from assess.framework.model import Framework
from assess.problems import Problem
from assess.review.sampling import FACTORS, Candidate, Sample, Strata, Way, draw
from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Scroll
from forms.widgets.segments import Segments
from forms.words import _, show

SHARE = 0.2  # of the items, offered to begin with


class SamplingDialog(QDialog):
    """`listed(strata)` gives the list to draw from. Read `sample` after it was accepted; `kept` are earlier samples."""

    def __init__(
        self,
        framework: Framework,
        listed: Callable[[Strata], tuple[Candidate, ...]],
        kept: Sequence[Sample],
        *,
        export: Callable[[Sample], None],
        refusal: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme().px
        self.framework, self.listed, self.sample = framework, listed, None if not kept else kept[-1]
        self.kept, self._export, self._refusal = tuple(kept), export, refusal
        self.setWindowTitle(_("Sample for on-site checks"))
        self.setMinimumWidth(px(440))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(18), px(20), px(16))
        whole.setSpacing(px(10))
        whole.addWidget(Label(_("Sample for on-site checks"), "heading"))
        self.area = area = Scroll(gap=8)
        area.column.setContentsMargins(px(4), px(2), px(8), px(2))
        self.seed = Field(
            _("Seed"), hint=_("A number nobody could choose, such as a date or a number drawn before witnesses.")
        )
        self.seed.edited.connect(self._look)
        self.size_field = QSpinBox()
        self.size_field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.size_field.setMinimumWidth(px(80))
        self.size_field.setAccessibleName(_("How many items"))
        self.size_field.setRange(1, max(len(listed("none")), 1))
        self.size_field.setValue(max(round(len(listed("none")) * SHARE), 1))
        self.size_field.valueChanged.connect(self._look)
        many = QHBoxLayout()
        many.addWidget(Label(_("How many items"), "label", "text_2"))
        many.addWidget(self.size_field)
        many.addStretch(1)
        self.way = Segments(_("How they are drawn"))
        self.way.offer([("risk", _("Weighted by risk")), ("random", _("At random")), ("highest", _("Highest risk"))])
        self.way.chosen.connect(self._look)
        self.strata = Segments(_("From where"))
        self.strata.offer([("dimension", _("Every dimension")), ("unit", _("Every unit")), ("none", _("All together"))])
        self.strata.chosen.connect(self._look)
        self.factors = Text("", "caption", "text_2")
        factors = _("; ").join(
            _("{words} +{points}", words=show(one.words), points=one.points) for one in FACTORS.values()
        )
        self.factors.say(_("Weight 1, and for each risk factor: {factors}.", factors=factors))
        self.title, self.found = Label("", "strong"), Text("", "label")
        self.before = Text("", "caption", "text_2")
        self.before.say(
            _("Drawn before: {count}. All samples stay on record, with seed and list.", count=len(kept)) if kept else ""
        )
        self.before.setVisible(bool(kept))
        for part in (self.seed, None, self.way, self.strata, self.factors, self.title, self.found, self.before):
            if part is None:
                area.column.addLayout(many)
            else:
                area.column.addWidget(part)
        area.column.addStretch(1)
        whole.addWidget(area, 1)
        row = QHBoxLayout()
        self.print = Button(_("List as a workbook…"), run=self._print)
        row.addWidget(self.print)
        row.addStretch(1)
        row.addWidget(Button(_("Cancel"), run=self.reject))
        self.go = primary("", self.accept)
        self.go.setDefault(True)
        row.addWidget(self.go)
        whole.addLayout(row)
        room = self.screen().availableGeometry().height() - px(40)
        self.resize(px(600), min(px(560), room))
        self._look()
        self.seed.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, _moved: object = None) -> None:
        """Draw as it would be drawn, and say which items that gives."""
        strata: Strata = (
            "dimension" if self.strata.key == "dimension" else "unit" if self.strata.key == "unit" else "none"
        )
        way: Way = "risk" if self.way.key == "risk" else "random" if self.way.key == "random" else "highest"
        seed = self.seed.text().strip()
        self.new: Sample | None = None
        if not seed:
            self.found.say(_("Enter a seed; the items drawn stand here then."))
        else:
            try:
                self.new = draw(self.listed(strata), seed=seed, size=self.size_field.value(), way=way, strata=strata)
            except Problem as problem:
                self.found.say(show(problem))
            else:
                names = [f"{code} {show(self.framework.name(code))}" for code in self.new.codes]
                self.found.say("\n".join(names))
                self.title.setText(_("Drawn: {count}", count=len(names)))
        self.title.setVisible(self.new is not None)
        self.go.say(_("Keep this sample"))
        self.go.refuse(self._refusal or ("" if self.new is not None else _("Enter a seed first.")))
        self.print.refuse("" if self.new is not None or self.kept else _("There is no sample yet."))

    def accept(self) -> None:
        self.sample = self.new
        super().accept()

    def _print(self) -> None:
        shown = self.new or (self.kept[-1] if self.kept else None)
        if shown is not None:
            self._export(shown)

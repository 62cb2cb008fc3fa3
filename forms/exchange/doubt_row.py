"""A doubtful cell of a form, or one the document has changed since: what was typed, and a choice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.answers import Cell, Sheet
from assess.framework.model import Framework
from assess.sheets.difference import Difference
from assess.sheets.form import LEAVE, Doubt
from forms.exchange import wording
from forms.figures import one_line
from forms.theme import theme
from forms.widgets.labels import Elided, Text
from forms.words import _, capital, show


class DoubtRow(QFrame):
    """`decided` carries the cell and the index of an option, LEAVE, or None while nothing is chosen."""

    decided = Signal(object, object)

    def __init__(
        self,
        framework: Framework,
        sheet: Sheet,
        cell: Cell,
        doubt: Doubt | None,
        moved: Difference | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.framework, self.sheet, self.cell, self.doubt, self.moved = framework, sheet, cell, doubt, moved
        self.setProperty("edge", "top")
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(16))
        left = QVBoxLayout()
        left.setSpacing(px(2))
        self.name = Elided("", "strong")
        self.told = Text("", "label", "text_2")
        left.addWidget(self.name)
        left.addWidget(self.told)
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(16)
        self.choice.currentIndexChanged.connect(self._chosen)
        row.addLayout(left, 3)
        row.addWidget(self.choice, 2)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again; the choice stays."""
        doubt = self.doubt
        what = "" if self.cell[1] == "self" else f" ({wording.column(self.cell[1])})"
        self.name.setText(f"{wording.title(self.framework, self.cell)}{what}")
        before = wording.value(self.framework, self.cell, self.sheet.cells.get(self.cell), brief=True)
        chosen = self.choice.currentData() if self.choice.count() else None
        offered: list[tuple[str, object]] = [(_("Choose…"), None)]
        if doubt is not None:
            self.told.say(
                _("{place}: typed “{typed}”. {reason}", place=doubt.place, typed=one_line(doubt.typed),
                  reason=show(doubt.reason))
            )  # fmt: skip
            for at, option in enumerate(doubt.options):
                words = capital(show(option.words))
                offered.append((_("{words} (our reading)", words=words) if at == 0 and doubt.read else words, at))
        elif self.moved is not None:
            self.told.say(_("{place}: the document was changed after the form was issued.", place=self.moved.place))
            after = wording.value(self.framework, self.cell, self.moved.after, brief=True)
            offered.append((_("The form: {value}", value=one_line(after)), 0))
        offered.append((_("Leave it as it is: {value}", value=one_line(before)), LEAVE))
        self.choice.blockSignals(True)
        self.choice.clear()
        for words, data in offered:
            self.choice.addItem(words, data)
        self.choice.setCurrentIndex(next((at for at, (_w, data) in enumerate(offered) if data == chosen), 0))
        self.choice.blockSignals(False)
        self.choice.setAccessibleName(_("Choice for {item}", item=self.name.text()))
        self.choice.setAccessibleDescription(self.told.plain())
        self.choice.setToolTip(self.choice.currentText())

    def pick(self, choice: int) -> None:
        """Choose an option by its index, or LEAVE."""
        self.choice.setCurrentIndex(self.choice.findData(choice))

    def _chosen(self, _at: int) -> None:
        self.choice.setToolTip(self.choice.currentText())
        self.decided.emit(self.cell, self.choice.currentData())

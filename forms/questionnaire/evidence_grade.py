"""Choosing the kind of a piece and its grade of trust, each explained where it is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from assess.answers import Evidence
from assess.language import Words
from assess.register.kinds import Kind, kind_of, proposal
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.labels import Label
from forms.words import _, show

GRADES = ("", "A", "B", "C", "D")
LINE = 60  # characters of a grade's explanation in the list; the whole stands below


def combo(name: str) -> QComboBox:
    """A list that gives way before the panel does."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumWidth(theme().px(80))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


class KindChoice(QWidget):
    """The kinds of the item, those there already ticked, and "another kind"."""

    chosen = Signal()

    def __init__(self, kinds: Sequence[Kind], evidence: Evidence) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self.list = combo(_("Kind of evidence"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        for kind in self.kinds:
            others = [record for record in kind.records if record.id != evidence.id]
            words = show(kind.name)
            self.list.addItem(_("✓ {kind}", kind=words) if others else words, kind.key)
        self.list.addItem(_("Another kind"), "")
        held = kind_of(self.kinds, evidence)
        self.list.setCurrentIndex(self.kinds.index(held) if held is not None else len(self.kinds))
        self.list.activated.connect(lambda _index: self.chosen.emit())
        self.setFocusProxy(self.list)

    def key(self) -> str:
        return str(self.list.currentData() or "")

    def kind(self) -> Kind | None:
        return next((kind for kind in self.kinds if kind.key == self.key()), None)


class GradeChoice(QWidget):
    """A to D, each in the framework's words; proposed until somebody chooses."""

    def __init__(self, grade: str, words: Mapping[str, Words], *, settled: bool = False) -> None:
        super().__init__()
        self.words = dict(words)
        self.settled = settled or bool(grade)
        self.list = combo(_("Trust grade"))
        for one in GRADES:
            told = show(self.words.get(one, Words())) if one else ""
            self.list.addItem(f"{one} {told}".strip()[:LINE] if one else _("not graded"), one)
        self.list.setCurrentIndex(GRADES.index(grade) if grade in GRADES else 0)
        self.list.activated.connect(self._choose)
        self.why = Prose("caption", "text_2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        label = Label(_("Trust grade"), "label", "text_2")
        label.setBuddy(self.list)
        column.addWidget(label)
        column.addWidget(self.list)
        column.addWidget(self.why)
        self.setFocusProxy(self.list)
        self._tell("")

    def grade(self) -> str:
        return str(self.list.currentData() or "")

    def propose(self, record: Evidence, kind: Kind | None) -> None:
        """Set what is usual for such a piece, unless a grade was chosen."""
        if self.settled:
            return
        grade, why = proposal(record, kind)
        self.list.setCurrentIndex(GRADES.index(grade))
        self._tell(_("Proposed: {why}.", why=show(why)) if why is not None else "")

    def _choose(self, _index: int) -> None:
        self.settled = True
        self._tell("")

    def _tell(self, proposed: str) -> None:
        meaning = show(self.words.get(self.grade(), Words()))
        text = "\n".join(part for part in (meaning, proposed) if part)
        self.why.say(text)
        self.why.setVisible(bool(text))

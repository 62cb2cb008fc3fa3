"""Giving a review value: a level, yes or no, a number by its parts, options ticked. It never saves by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.framework.indicator import Indicator
from assess.measure import scales
from assess.problems import Problem
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.check import Check
from forms.widgets.field import Field
from forms.widgets.segments import Segments
from forms.words import _, show


class Value(QWidget):
    """The editor of one item. `given` carries an Answer; `same` asks for the self-assessment to be taken over."""

    given = Signal(object)
    same = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item: Indicator | None = None
        self.answer: Answer | None = None
        self.own: Answer | None = None
        self.levels = True
        self._shown: object = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(6))
        self.parts: list[QWidget] = []
        self.segments: Segments | None = None
        self.fields: list[Field] = []
        self.boxes: dict[str, Check] = {}
        self.takes = Button("", "link", run=self.same.emit)

    def put(self, item: Indicator, answer: Answer | None, own: Answer | None, *, levels: bool, locked: str) -> None:
        """Show the editor of an item; `levels`: it is answered by level; `own` is the self-assessment, whose source
        and confirmation a number keeps; `locked` is why nothing may be given."""
        self.own = own
        wanted = (item.code, levels, theme().name, theme().scale, _("Yes"))
        if wanted != self._shown:
            self._shown = wanted
            self.item, self.levels = item, levels
            self._build()
        self.answer = answer
        self._show()
        for part in self.parts:
            part.setEnabled(not locked)
            part.setToolTip(locked)
        self.takes.say(_("As self (=)"))
        self.takes.refuse(locked or ("" if own is not None else _("There is no self-assessment to take over.")))

    def _build(self) -> None:
        for part in self.parts:
            self.column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts, self.fields, self.boxes, self.segments = [], [], {}, None
        assert self.item is not None
        if self.levels:
            steps = [one.level for one in self.item.levels] or list(range(6))
            self._choices([(str(level), str(level)) for level in sorted(steps)])
        elif self.item.kind == "yesno":
            self._choices([("yes", _("Yes")), ("no", _("No"))])
        elif self.item.kind == "multi":
            self._options()
        else:
            self._numbers()

    def _choices(self, choices: list[tuple[str, str]]) -> None:
        self.segments = Segments(_("Review value"))
        self.segments.offer([("", _("—")), *choices])
        self.segments.chosen.connect(self._chosen)
        self._add(self.segments)

    def _options(self) -> None:
        assert self.item is not None
        for option in self.item.options:
            box = Check(f"{option.key} {show(option.words)}")
            policy = box.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)  # as high as its words are when they wrap
            box.setSizePolicy(policy)
            box.clicked.connect(self._ticked)
            self.boxes[option.key] = box
            self._add(box)

    def _numbers(self) -> None:
        assert self.item is not None
        number = self.item.number
        if number is not None and number.denominator is not None:
            names = [show(number.numerator), show(number.denominator)]
        else:
            names = [_("Review value")]
        unit = show(number.unit) if number is not None else ""
        for place, name in enumerate(names):
            field = Field(name, unit=unit if len(names) == 1 and place == 0 else "", number=True)
            field.settled.connect(self._typed)
            self.fields.append(field)
            self._add(field)

    def _add(self, part: QWidget) -> None:
        self.parts.append(part)
        self.column.addWidget(part)

    def _show(self) -> None:
        answer = self.answer
        if self.segments is not None:
            key = ""
            if answer is not None and answer.kind == "level":
                key = str(answer.level)
            elif answer is not None and answer.kind == "yesno":
                key = str(answer.choice)
            self.segments.choose(key)
        for key, box in self.boxes.items():
            box.setChecked(answer is not None and key in answer.ticked)
        if self.fields and not any(field.line.hasFocus() for field in self.fields):
            texts = (
                [answer.numerator or answer.result or "", answer.denominator or ""] if answer is not None else ["", ""]
            )
            for field, text in zip(self.fields, texts, strict=False):
                field.put(text)
                field.complain("")

    # ---------------------------------------------------------------- what is given
    def _chosen(self, key: str) -> None:
        if not key:
            self.given.emit(None)
        elif key in ("yes", "no"):
            self.given.emit(Answer.of_choice("yes" if key == "yes" else "no"))
        else:
            self.given.emit(Answer.of_level(int(key)))

    def _ticked(self) -> None:
        self.given.emit(Answer.of_ticks(key for key, box in self.boxes.items() if box.isChecked()))

    def _typed(self) -> None:
        texts: list[str | None] = []
        for field in self.fields:
            typed = field.text().strip()
            try:
                texts.append(scales.clean(typed) if typed else None)
            except Problem as problem:
                field.complain(show(problem.text))
                return
            field.complain("")
        if len(texts) == 2:
            if texts[0] is None or texts[1] is None:
                return
            answer = self._number(texts[0], texts[1], None)
        elif texts[0] is None:
            return
        else:
            answer = self._number(None, None, texts[0])
        assert self.item is not None
        worth = scales.value(self.item, answer)
        if worth.fault is not None:
            self.fields[-1].complain(show(worth.fault.text))
            return
        if self.answer is None or self._parts(self.answer) != self._parts(answer):
            self.given.emit(answer)

    def _number(self, upper: str | None, lower: str | None, result: str | None) -> Answer:
        base = self.answer or self.own
        if base is None or base.kind != "number":
            return Answer.of_number(upper, lower, result, source=_("Review"))
        return replace(base, numerator=upper, denominator=lower, result=result, source=base.source or _("Review"))

    @staticmethod
    def _parts(answer: Answer) -> tuple[str | None, ...]:
        return (answer.numerator or answer.result, answer.denominator)

    def press(self, key: str) -> Answer | None:
        """The answer a digit stands for; None where it stands for none."""
        if self.item is None:
            return None
        if self.levels:
            steps = {one.level for one in self.item.levels} or set(range(6))
            return Answer.of_level(int(key)) if int(key) in steps else None
        if self.item.kind == "yesno" and key in "01":
            return Answer.of_choice("yes" if key == "1" else "no")
        return None

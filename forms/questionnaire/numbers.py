"""A number: the fraction, its result, the scale strip, the counting rule with real dates, checks and explanations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.language import Words
from assess.measure import scales
from forms.questionnaire.body import Asked, Body
from forms.questionnaire.counting import Counting, ScalePanel
from forms.questionnaire.notices import Line
from forms.questionnaire.number_field import NumberField
from forms.questionnaire.prose import Prose
from forms.questionnaire.strip import Strip
from forms.questionnaire.typed import Entry
from forms.questionnaire.wording import figure
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.widgets.panel import Panel, Rule
from forms.widgets.segments import Segments
from forms.words import _, show


class Numbers(Body):
    """One measured item. What is typed is given out cleaned, at a pause and when a field is left."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(asked, parent)
        spec = asked.indicator.number
        assert spec is not None
        self.spec = spec
        self.answer: Answer | None = None
        self.direct = False
        self.parts: tuple[str | None, str | None, str | None] = (None, None, None)
        style = theme()
        self.column.setSpacing(style.px(10))
        self.numerator = NumberField(show(spec.numerator), "" if spec.denominator else show(spec.unit))
        self.denominator = NumberField(show(spec.denominator) if spec.denominator else "")
        self.outcome = NumberField(_("Result, {unit}", unit=show(spec.unit)), show(spec.unit))
        for field in (self.numerator, self.denominator, self.outcome):
            field.entered.connect(self.give)
            field.same.connect(self.same)
        self.column.addLayout(self.top())
        self.fault = Prose("label", "danger")
        self.fault.hide()
        self.column.addWidget(self.fault)
        self.zero = Line()
        self.zero.hide()
        self.column.addWidget(self.zero)
        if spec.confirmation is not None:
            self.column.addWidget(self.confirmation(spec.confirmation.ask))
        self.source = Entry(_("Source of the figure"), show(spec.source))
        self.source.written.connect(lambda _text: self.give())
        self.column.addLayout(self.sources())
        self.strip = Strip(spec)
        self.scale = ScalePanel(spec, self.strip)
        self.column.addWidget(self.scale)
        self.scale.setVisible(asked.shows_score)
        counting = Counting(asked)
        counting.term.connect(self.term)
        self.column.addWidget(counting)
        self.parameters: dict[str, NumberField] = {}
        for parameter in spec.parameters:
            self.column.addLayout(self.parameter_row(parameter.key, parameter.words, parameter.note, parameter.value))
        self.arrange()
        self.judge()

    # ---------------------------------------------------------------- making
    def top(self) -> QBoxLayout:
        """The fraction at the left, the result at the right; below each other where it is narrow."""
        style = theme()
        self.fraction = Panel(padding=16, gap=10)
        self.rows: dict[str, QWidget] = {}
        rule = Rule()
        for key, words, field in (
            ("upper", self.spec.numerator, self.numerator),
            ("lower", self.spec.denominator or Words(), self.denominator),
            ("only", self.result_name(), self.outcome),
        ):
            if key == "lower":
                self.fraction.column.addWidget(rule)
            self.rows[key] = self.field_row(words, field)
            self.fraction.column.addWidget(self.rows[key])
        self.rule = rule
        self.equals = Label("=", "number")
        self.value = Label("—", "display")
        font = style.px(40)
        self.value.setStyleSheet(f"font-size: {font}px;")
        self.unit = Prose("body", "text_2")
        self.unit.say(show(self.spec.unit))
        self.score = Prose("label", "text_2")
        self.before = Prose("label", "text_2")
        self.swap = Button("", "link", run=self.toggle_direct)
        self.swap.setProperty("tabAfter", self.denominator.edit)
        first = QHBoxLayout()
        first.setSpacing(style.px(8))
        first.addWidget(self.equals, 0, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self.value, 0, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignBottom)
        self.result = QFrame()
        column = QVBoxLayout(self.result)
        column.setContentsMargins(style.px(8), 0, 0, 0)
        column.setSpacing(style.px(2))
        column.addStretch(1)
        column.addLayout(first)
        column.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.score)
        column.addWidget(self.before)
        column.addStretch(1)
        self.pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.pair.setSpacing(style.px(12))
        self.pair.addWidget(self.fraction, 3)
        self.pair.addWidget(self.result, 2)
        return self.pair

    def result_name(self) -> Words:
        return Words("结果", "Result")

    def field_row(self, words: Words, field: NumberField) -> QWidget:
        text, spots = self.asked.text(words)
        name = Prose("strong")
        name.say(text, spots)
        name.term.connect(self.term)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        row.addWidget(name, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(field)
        return box

    def confirmation(self, ask: Words) -> QWidget:
        """The yes/no directly under the fraction."""
        panel = Panel(padding=12, gap=6)
        text, spots = self.asked.text(ask)
        name = Prose("body")
        name.say(text, spots)
        name.term.connect(self.term)
        self.confirm = Segments(text)
        self.confirm.offer((("", _("not said")), ("yes", _("Yes")), ("no", _("No"))), "")
        self.confirm.chosen.connect(lambda _key: self.give())
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(name, 1)
        row.addWidget(self.confirm)
        panel.column.addLayout(row)
        return panel

    def sources(self) -> QVBoxLayout:
        """Where the figure comes from, in one line; and what follows from leaving it empty."""
        column = QVBoxLayout()
        column.setSpacing(theme().px(2))
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(Label(_("Source of the figure"), "label", "text_2"))
        row.addWidget(self.source, 1)
        column.addLayout(row)
        self.no_source = Prose("label", "warning")
        self.no_source.say(_("Without a source the formal assessment counts the number as no data."))
        self.no_source.hide()
        column.addWidget(self.no_source)
        return column

    def parameter_row(self, key: str, words: Words, note: Words, given: float | None) -> QHBoxLayout:
        field = NumberField(show(words), width=140)
        held = self.asked.profile.parameters.get(key, given)
        field.show_value("" if held is None else f"{float(held):.10g}" if isinstance(held, (int, float)) else str(held))
        field.entered.connect(lambda k=key, f=field: self.give_parameter(k, f))
        self.parameters[key] = field
        name = Prose("label")
        name.say(show(words))
        hint = Prose("label", "text_2")
        hint.say(show(note))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(name)
        if note:
            texts.addWidget(hint)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addLayout(texts, 1)
        row.addWidget(field)
        return row

    # ---------------------------------------------------------------- giving
    def typed_answer(self) -> Answer | None:
        """The answer in the fields now; None where nothing is in them."""
        confirm = self.confirm.key or None if self.spec.confirmation is not None else None
        source = self.source.text().strip()
        fraction = (self.numerator.value or None, self.denominator.value or None if self.spec.denominator else None)
        result = self.outcome.value or None
        parts: tuple[str | None, str | None, str | None] = (*fraction, None)
        if result is not None and (self.direct or not any(fraction)):
            parts = (None, None, result)
        if not any(parts) and not source and confirm is None:
            return None
        return Answer.of_number(*parts, confirm=confirm, source=source)  # type: ignore[arg-type]

    def give(self) -> None:
        given = self.typed_answer()
        if given != self.answer and not self.locked:
            self.answer = given
            self.judge()
            self.answered.emit(given)

    def give_parameter(self, key: str, field: NumberField) -> None:
        if field.fault is None and not self.locked:
            self.parameter.emit(key, float(field.value) if field.value else None)

    def toggle_direct(self) -> None:
        """The two fields for one, or back; what stood there is given up only when something else is typed."""
        self.direct = not self.direct
        self.arrange()
        self.judge()
        (self.outcome if self.direct else self.numerator).setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        for field in (self.numerator, self.denominator, self.outcome, *self.parameters.values()):
            field.flush()
        self.source.flush()

    # ---------------------------------------------------------------- showing
    def show_answer(self, answer: Answer | None) -> None:
        given = answer if answer is not None and answer.kind == "number" else None
        self.answer = given
        parts = (given.numerator, given.denominator, given.result) if given is not None else (None, None, None)
        if parts != self.parts:
            self.parts = parts
            self.direct = given is not None and given.result is not None
        self.numerator.show_value(given.numerator if given else None)
        self.denominator.show_value(given.denominator if given else None)
        self.outcome.show_value(given.result if given else None)
        if self.spec.confirmation is not None:
            self.confirm.choose((given.confirm if given else None) or "")
        self.source.show_text(given.source if given else "")
        self.arrange()
        self.judge()

    def refresh(self, asked: Asked) -> None:
        super().refresh(asked)
        self.judge()

    def arrange(self) -> None:
        """Which fields are there: two and a rule, one value, or the result alone."""
        both = self.spec.denominator is not None
        self.rows["upper"].setVisible(not self.direct)
        self.rows["lower"].setVisible(both and not self.direct)
        self.rule.setVisible(both and not self.direct)
        self.rows["only"].setVisible(self.direct)
        self.swap.setVisible(both)
        self.swap.say(
            _("Enter numerator and denominator instead")
            if self.direct
            else _("No figures? Enter the percentage itself")
            if self.spec.kind == "ratio"
            else _("No figures? Enter the result itself")
        )
        self.equals.setVisible(both and not self.direct)

    def judge(self) -> None:
        """Check what is in the fields against the counting rule, and show result, fault or doubt."""
        answer = self.typed_answer()
        worth = None
        if answer is not None and (answer.numerator or answer.denominator or answer.result):
            worth = scales.value(self.asked.indicator, answer)
        fault = worth.fault if worth is not None else None
        unfinished = fault is not None and fault.code == "number.incomplete"
        typing = any(field.fault for field in (self.numerator, self.denominator, self.outcome))
        shown = fault is not None and not unfinished and not typing
        self.fault.say(show(fault if shown else None))
        self.fault.setVisible(shown)
        for field in (self.numerator, self.denominator, self.outcome):
            if field.fault is None:
                field.say_edge(shown and bool(field.value))
        x = worth.x if worth is not None else None
        self.value.setText("—" if x is None else figure(x, self.spec.decimals))
        self.value.setAccessibleName(_("Result: {value} {unit}", value=self.value.text(), unit=show(self.spec.unit)))
        nothing = worth is not None and worth.state in ("na", "nd")
        if nothing:
            self.zero.tell("info", show(self.spec.zero_denominator_words))
        self.zero.setVisible(nothing)
        self.say_score(worth)
        before = scales.value(self.asked.indicator, self.asked.previous).x if self.asked.previous else None
        self.strip.show_values(x, before)
        self.say_before(x, before)
        missing = self.asked.profile.mode == "formal" and worth is not None and not self.source.text().strip()
        self.no_source.setVisible(missing and not self.asked.evidence)

    def say_score(self, worth: scales.Value | None) -> None:
        """Score and level, only where they may be seen while filling."""
        scored = self.asked.shows_score and worth is not None and worth.score is not None
        if scored and worth is not None:
            text = _("Item score {score}, level {level}", score=figure(worth.score or 0.0, 1), level=worth.level)
            if worth.lowered is not None:
                text = f"{text}\n{show(worth.lowered)}"
            self.score.say(text)
        self.score.setVisible(scored)

    def say_before(self, now: float | None, before: float | None) -> None:
        """The figure of last period under the result, and how far this one lies from it."""
        self.before.setVisible(before is not None)
        if before is None:
            return
        unit, decimals = show(self.spec.unit), self.spec.decimals
        told = _("Last period: {value} {unit}.", value=figure(before, decimals), unit=unit)
        if now is not None:
            moved = round(now - before, decimals)
            sign = "+" if moved > 0 else "−" if moved < 0 else "±"
            points = _("percentage points") if unit == "%" else unit
            change = _("Change: {change} {unit}.", change=f"{sign}{figure(abs(moved), decimals)}", unit=points)
            told = f"{told}\n{change}"
        self.before.say(told)

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        for field in (self.numerator, self.denominator, self.outcome, *self.parameters.values()):
            field.lock(locked)
        self.source.setReadOnly(locked)
        self.swap.setEnabled(not locked)
        if self.spec.confirmation is not None:
            self.confirm.setEnabled(not locked)
        self.judge()

    def stack(self, stacked: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.pair.setDirection(down if stacked else across)
        self.scale.row.setDirection(down if stacked else across)

    def entry(self) -> QWidget:
        return self.outcome if self.direct else self.numerator

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Tab", _("next field")),)

"""Why a number is what it is: the path, the weighted sum line by line, what is below a line, the answer at the end.

Enter descends into the line in focus, Backspace goes back up, Ctrl+C copies the whole trace as text (R8). Screen and
report show the same trace, `assess.measure.trace`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.answers import Sheet
from assess.framework.model import ROOT, Framework
from assess.measure.lines import Line, Term, Trace
from assess.measure.result import Scores
from forms.figures import DASH, figure, one_line, percent
from forms.results.answer_box import AnswerBox, shown_level
from forms.results.clear import clear
from forms.results.number import Number
from forms.results.why_row import Share, WhyRow
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Rule, Scroll
from forms.words import _, language, show

MANY = 60


class Why(QFrame):
    """`closed` when it is to close, `question` with the code of an item to go to."""

    closed = Signal()
    question = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("box", "plain")
        self.setProperty("edge", "left")
        self.code = ROOT
        self.trace: Trace | None = None
        self._framework: Framework | None = None
        self._sheet: Sheet | None = None
        self._scores: Scores | None = None
        self._rows: list[WhyRow] = []
        self._below = ""
        self._build()

    def _build(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(12), px(12))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        self.heading = Label("", "heading")
        self.cross = icon_button("close", "", self.closed.emit)
        head.addWidget(self.heading, 1)
        head.addWidget(self.cross)
        column.addLayout(head)
        self.path_row = QHBoxLayout()
        self.path_row.setSpacing(px(4))
        column.addLayout(self.path_row)
        self.area = Scroll(gap=2)
        self.area.column.setContentsMargins(px(4), px(5), px(4), px(5))
        column.addWidget(self.area, 1)
        self.sums = QVBoxLayout()
        self.sums.setSpacing(0)
        self.area.column.addLayout(self.sums)
        self.beneath = QVBoxLayout()
        self.beneath.setSpacing(px(4))
        self.area.column.addLayout(self.beneath)
        self.rules = Text("", "caption", "text_2")
        self.area.column.addWidget(self.rules)
        self.area.column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.go = Button("", "plain", small=True, run=self._go)
        self.copy_button = Button("", "plain", small=True, run=self.copy)
        foot.addWidget(self.go)
        foot.addWidget(self.copy_button)
        column.addLayout(foot)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts that do not depend on a number."""
        self.setAccessibleName(_("Why this number"))
        self.cross.setAccessibleName(_("Close the explanation"))
        self.cross.setToolTip(_("Close the explanation"))
        self.go.say(_("Open question"))
        self.copy_button.say(_("Copy"))

    # ---------------------------------------------------------------- showing
    def show_code(self, framework: Framework, sheet: Sheet, scores: Scores, code: str) -> None:
        """Explain the number of a node or an item; a code the document no longer has leads to the total."""
        from assess.measure.trace import trace

        if code not in scores.items and code not in scores.nodes:
            code = ROOT
        kept = self._focused()
        self._framework, self._sheet, self._scores, self.code = framework, sheet, scores, code
        self.trace = trace(framework, sheet, scores, code)
        self.heading.setText(_("Why {value}", value=self._shown(self._value(code))))
        self._show_path(self.trace)
        self._show_sum(self.trace.root)
        used = tuple(rule.removeprefix("rule:") for rule in self.trace.rules)
        self.rules.say(_("Scoring rules used: {rules}", rules=" • ".join(used)))
        self.rules.setVisible(bool(used))
        if kept is not None:
            self._focus_row(kept)

    def _value(self, code: str) -> float | None:
        assert self._scores is not None
        return self._scores.shown if code == ROOT else self._scores.score_of(code)

    def _shown(self, value: float | None) -> str:
        return figure(value, self._framework.show_decimals if self._framework else 1)

    def _show_path(self, trace: Trace) -> None:
        clear(self.path_row)
        last = len(trace.path) - 1
        for place, (code, name, _value) in enumerate(trace.path):
            words = one_line(show(name)) if place < 2 else code
            text = f"{words} {self._shown(self._value(code))}"
            if place == last:
                self.path_row.addWidget(Label(text, "label", "text"))
            else:
                step = Number(code, text, face="label", ink="primary_text", align=Qt.AlignmentFlag.AlignLeft)
                step.asked.connect(self._descend)
                self.path_row.addWidget(step)
                self.path_row.addWidget(Label("›", "label", "text_3"))
        self.path_row.addStretch(1)

    def _show_sum(self, root: Line) -> None:
        assert self._scores is not None
        clear(self.sums)
        clear(self.beneath)
        self._rows = []
        self._below = ""
        if root.kind == "item":
            self._show_answer(root)
            self.go.show()
            return
        base, points = unwrap(root)
        for share in self._shares(base)[:MANY]:
            row = WhyRow(share)
            row.asked.connect(self._descend)
            row.looked.connect(self._look)
            self._rows.append(row)
            self.sums.addWidget(row)
        hidden = len(base.children) - len(self._rows)
        if hidden > 0:
            self.sums.addWidget(Text(_("{count} more lines; copy to see all.", count=hidden), "caption", "text_2"))
        self.sums.addWidget(Rule())
        self._sum_line(self._how(base), base.value)
        for line in points:
            if line.value is not None and line.kind in ("points", "total"):
                self._sum_line(show(line.label), line.value, small=line.kind == "points")
            else:
                self.sums.addWidget(Text(line.text(language()), "label", "text_2"))
        self.go.hide()
        if self._rows:
            self._look(self._rows[0].code)

    def _sum_line(self, words: str, value: float | None, *, small: bool = False) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(theme().px(6), theme().px(4), theme().px(6), theme().px(4))
        row.addWidget(Text(words, "label", "text_2"), 1)
        row.addWidget(Label(self._shown(value), "label" if small else "number"))
        self.sums.addLayout(row)

    def _how(self, line: Line) -> str:
        if line.value is None:
            return _("No score yet")
        if line.how == "geometric":
            return _("Weighted geometric mean, weights {share}", share=percent(sum(t.share for t in line.terms)))
        if line.how == "sum":
            return _("Sum of points")
        return _("Weighted mean, weights {share}", share=percent(sum(t.share for t in line.terms)))

    def _shares(self, line: Line) -> list[Share]:
        terms = {term.code: term for term in line.terms}
        return [self._share(line, child.code, terms.get(child.code)) for child in line.children]

    def _share(self, line: Line, code: str, term: Term | None) -> Share:
        assert self._scores is not None
        assert self._framework is not None
        name = show(self._framework.name(code))
        item = self._scores.items.get(code)
        level = shown_level(item) if item is not None else None
        given = _("L{level}", level=level) if level is not None else ""
        if term is None:
            return Share(code, name, given, DASH, "", "", out=True)
        score = self._shown(term.score)
        if line.how == "sum":
            adds = self._shown(term.weight * term.score / term.top)
            return Share(code, name, given, percent(term.score / term.top), self._shown(term.weight), adds)
        weight = percent(term.share, 0 if abs(term.share * 100 - round(term.share * 100)) < 1e-6 else 1)
        adds = "" if line.how == "geometric" else self._shown(term.share * term.score)
        return Share(code, name, given, score, weight, adds)

    # ---------------------------------------------------------------- what is below a line
    def _look(self, code: str) -> None:
        """Show under the sum what is below one of its lines."""
        if self.trace is None or code == self._below:
            return
        base, _points = unwrap(self.trace.root)
        line = next((child for child in base.children if child.code == code), None)
        if line is None:
            return
        self._below = code
        for row in self._rows:
            row.choose(row.code == code)
        clear(self.beneath)
        if line.kind == "item":
            self._show_answer(line)
            return
        assert self._framework is not None
        self.beneath.addWidget(Rule())
        name = one_line(show(self._framework.name(code)))
        self.beneath.addWidget(Label(f"{code} {name} {self._shown(line.value)}", "strong"))
        inner = QVBoxLayout()
        inner.setSpacing(0)
        for share in self._shares(line)[:MANY]:
            row = WhyRow(share, small=True)
            row.asked.connect(self._descend)
            inner.addWidget(row)
        self.beneath.addLayout(inner)

    def _show_answer(self, line: Line) -> None:
        assert self._framework is not None
        assert self._scores is not None
        self.beneath.addWidget(AnswerBox(self._framework, self._scores.items[line.code], line))

    # ---------------------------------------------------------------- moving
    def _descend(self, code: str) -> None:
        if self._framework is None or self._sheet is None or self._scores is None:
            return
        self.show_code(self._framework, self._sheet, self._scores, code)
        self.take_focus()

    def ascend(self) -> None:
        """Explain the number above; at the total nothing happens."""
        if self.trace is not None and len(self.trace.path) > 1:
            came_from = self.code
            self._descend(self.trace.path[-2][0])
            self._focus_row(came_from)

    def take_focus(self) -> None:
        """Put the focus on the first line, or on the way to the question."""
        target: QWidget = self._rows[0] if self._rows else self.go
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _focused(self) -> str | None:
        return next((row.code for row in self._rows if row.hasFocus()), None)

    def _focus_row(self, code: str) -> None:
        for row in self._rows:
            if row.code == code:
                row.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self) -> None:
        self.question.emit(self.code)

    def text(self) -> str:
        """The trace as text: the path, then the lines."""
        if self.trace is None:
            return ""
        path = " > ".join(
            f"{one_line(show(name))} {self._shown(self._value(code))}" for code, name, _v in self.trace.path
        )
        return "\n".join((path, *self.trace.lines(language())))

    def copy(self) -> None:
        """Put the trace on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.ascend()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def unwrap(root: Line) -> tuple[Line, tuple[Line, ...]]:
    """The weighted sum of a trace, and the lines of bonus, deductions and red lines that stand around the total."""
    if root.code not in ("shown", "graded"):
        return root, ()
    inner = next(line for line in root.children if line.code in ("graded", "total"))
    base, around = unwrap(inner)
    rest = tuple(line for line in root.children if line is not inner)
    moved = bool(rest) or bool(around)
    return base, (*around, *rest, root) if moved else ()

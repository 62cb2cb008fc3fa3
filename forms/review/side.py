"""The panel of one item: both answers in full, evidence, explanation, opinion, record of exchange, and the steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assess import rights
from assess.answers import Answer, Evidence
from assess.framework.indicator import Indicator
from assess.problems import Problem
from assess.review.steps import exchange
from assess.review.table import Row
from forms.review import wording
from forms.review.exchange import Exchange
from forms.review.opinion import Opinion
from forms.review.standing import standing
from forms.review.step_buttons import StepButtons
from forms.review.step_form import StepForm
from forms.review.value import Value
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import Heading, Scroll
from forms.words import _, show

WIDE = 372
LONGEST_LIST = 6
COLUMN_OF = {"second_reviewer": "review_2", "third_party": "third_party"}


class Side(QFrame):
    """`stepped` with a step to take, `kept` when the form of a step is filled in, `given` with a review value,
    `opined` with the opinion, `same` to take over the self-assessment, `back` to the table, `question` to the item."""

    stepped = Signal(str)
    kept = Signal(str)
    given = Signal(object)
    opined = Signal(str, str)
    same = Signal()
    back = Signal()
    question = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.row: Row | None = None
        self.role = ""
        self.confirmed_by = ""
        self.drafts: dict[tuple[str, str], tuple[str, str]] = {}  # (item, step) -> what was begun in its form
        self.setProperty("box", "plain")
        self.setProperty("edge", "left")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme().edge, 0, 0, 0)
        outer.setSpacing(0)
        self.area = Scroll(gap=6)
        self.area.column.setContentsMargins(px(20), px(14), px(20), px(10))
        self.code = Label("", "label", "text_2")
        self.name = Text("", "strong")
        self.notice, self.standing = Notice("danger", icon="flag"), Notice("info")
        self.own_head, self.own = Text("", "label"), Text("", "label", "text_2")
        self.review_head, self.review = Text("", "label"), Text("", "label", "text_2")
        self.second_head, self.second = Text("", "label"), Text("", "label", "text_2")
        self.third_head, self.third = Text("", "label"), Text("", "label", "text_2")
        self.value_head = Heading()
        self.value = Value()
        self.value_head.row.addWidget(self.value.takes)
        self.evidence_head, self.evidence = Heading(), Text("", "label", "text_2")
        self.open_item = Button("", "link", run=lambda: self.question.emit(self.row.code if self.row else ""))
        self.evidence_head.row.addWidget(self.open_item)
        self.explained_head, self.explained = Heading(), Text("", "label", "text_2")
        self.opinion_head, self.opinion = Heading(), Opinion()
        self.form = StepForm()
        self.past_head, self.past = Heading(), Exchange()
        for part in (
            self.code, self.name, self.notice, self.standing, self.own_head, self.own,
            self.review_head, self.review, self.second_head,
            self.second, self.third_head, self.third, self.value_head, self.value, self.opinion_head, self.opinion,
            self.form, self.explained_head, self.explained, self.evidence_head, self.evidence, self.past_head,
            self.past,
        ):  # fmt: skip
            self.area.column.addWidget(part)
        self.area.column.addStretch(1)
        self.foot = QWidget()
        self.foot_column = QVBoxLayout(self.foot)
        self.foot_column.setContentsMargins(px(20), px(8), px(20), px(14))
        self.foot_column.setSpacing(px(8))
        self.problem = Notice("danger")
        self.problem.hide()
        self.buttons = StepButtons()
        self.buttons.stepped.connect(self.stepped)
        self.foot_column.addWidget(self.problem)
        self.foot_column.addWidget(self.buttons)
        self.back_button = Button("", "text", icon="left", run=self.back.emit)
        self.back_button.hide()
        outer.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.foot)
        self.value.given.connect(self.given)
        self.value.same.connect(self.same)
        self.opinion.written.connect(self._opined)
        self.opinion.kept.connect(lambda: self.buttons.press("Enter"))
        self.opinion.left.connect(self.back)
        self.form.left.connect(self.fold)
        self.form.kept.connect(self.kept)

    # ---------------------------------------------------------------- showing
    def put(
        self, row: Row, item: Indicator, role: str, evidence: Sequence[Evidence], *, levels: bool, locked: str
    ) -> None:
        """Show an item as somebody of this role sees it; `locked` is why nothing may be written here at all."""
        new = self.row is None or self.row.code != row.code
        if new:
            self.opinion.flush()
            self.close_form()
            self.problem.hide()
        turned = self.role != role  # another person: what the one before was told is not for everybody (D17)
        self.row, self.role = row, role
        self.code.setText(row.code)
        self.name.say(show(row.name))
        tone, first, more = standing(row, item)
        self.notice.setVisible(tone == "flag")
        self.standing.setVisible(tone not in ("", "flag"))
        if tone:
            (self.notice if tone == "flag" else self.standing).say("danger" if tone == "flag" else tone, first, more)
        self._answers(item)
        self._editing(item, levels=levels, locked=locked)
        if new:
            self.opinion.start(row.opinion)
            self.area.verticalScrollBar().setValue(0)
        else:
            self.opinion.show_text(row.opinion)
        if new or turned:
            self.past.put(item, ())
            self.confirmed_by = ""
        self.explained_head.say(_("Explanation of the unit"))
        self.explained.say(row.explanation)
        for part in (self.explained_head, self.explained):
            part.setVisible(bool(row.explanation))
        self._evidence(evidence, bare=row.bare)
        self.open_item.say(_("Open question"))
        self.past_head.say(_("Record of exchange"))
        self.buttons.put(row, role, locked)
        self.setAccessibleName(wording.aloud(item, row))

    def _answers(self, item: Indicator) -> None:
        row = self.row
        assert row is not None
        unit = show(row.unit)
        own, review, second, third = (wording.short(item, one) for one in (row.own, row.review, row.second, row.third))
        self._pair(self.own_head, self.own, item, row.own, _("Self-assessment {value}", value=own), unit)
        by = row.last.signature if row.last is not None and row.last.step in ("confirm", "rule") else ""
        self._pair(self.review_head, self.review, item, row.review, _("Review {value}", value=review), by)
        if row.hidden:
            self.review_head.say("", _("Review: covered until the second review is given"))
        self._pair(self.second_head, self.second, item, row.second, _("Second review {value}", value=second), "")
        self._pair(self.third_head, self.third, item, row.third, _("Third party {value}", value=third), "")
        for head, body, answer in (
            (self.second_head, self.second, row.second),
            (self.third_head, self.third, row.third),
        ):
            head.setVisible(answer is not None)
            body.setVisible(answer is not None and bool(body.plain()))

    def _pair(self, head: Text, body: Text, item: Indicator, answer: Answer | None, words: str, who: str) -> None:
        head.say("", _("{words} · {who}", words=words, who=who) if who else words)
        body.say(wording.full(item, answer))
        body.setVisible(bool(body.plain()))

    def _editing(self, item: Indicator, *, levels: bool, locked: str) -> None:
        row, role = self.row, self.role
        assert row is not None
        column = COLUMN_OF.get(role, "review")
        own = {"review": row.review, "review_2": row.second, "third_party": row.third}[column]
        writes = role in (*rights.REVIEWERS, *COLUMN_OF)
        closed = locked or (
            _("It is settled and locked; it can be reopened.")
            if column == "review" and row.state in rights.SETTLED
            else ""
        )
        self.value_head.say(
            {
                "review": _("Review value"),
                "review_2": _("Second review (blind)"),
                "third_party": _("Third-party value"),
            }[column]
        )
        self.value.put(item, own, row.own, levels=levels, locked=closed)
        for part in (self.value_head, self.value):
            part.setVisible(writes)
        opines = role in (*rights.REVIEWERS, rights.SECOND)
        self.opinion_head.say(_("Opinion of the review"))
        if self.opinion.isReadOnly() != (bool(closed) or not opines):
            self.opinion.setReadOnly(bool(closed) or not opines)
            self.opinion.style().unpolish(self.opinion)
            self.opinion.style().polish(self.opinion)
        self.opinion.setAccessibleName(_("Opinion of the review"))
        self.opinion.setPlaceholderText(
            _("What was looked at, and why this value holds") if opines and not closed else ""
        )
        for shown in (self.opinion_head, self.opinion):
            shown.setVisible(opines or bool(row.opinion))

    def _evidence(self, evidence: Sequence[Evidence], *, bare: bool) -> None:
        self.evidence_head.say(_("Evidence {count}", count=len(evidence)))
        lines = []
        for one in evidence[:LONGEST_LIST]:
            parts = [one.name, one.number, one.date, one.place]
            tail = _("grade {grade}", grade=one.grade) if one.grade else ""
            lines.append("　".join(" ".join(part.split()) for part in (*parts, tail) if part.strip()))
        if len(evidence) > LONGEST_LIST:
            lines.append(_("and {count} more", count=len(evidence) - LONGEST_LIST))
        if not evidence:
            lines.append(_("None is registered, though the answer needs some.") if bare else _("None is registered."))
        self.evidence.say("\n".join(lines))
        self.evidence.dress(ink="warning" if bare else "text_2")

    def show_past(self, item: Indicator, code: str, events: Sequence[Any]) -> None:
        """The record of exchange, when it has come."""
        if self.row is not None and self.row.code == code:
            entries = exchange(events)
            self.past.put(item, entries)
            self.confirmed_by = next((entry.who for entry in entries if entry.step == "confirm"), "")

    # ---------------------------------------------------------------- steps
    def unfold(
        self,
        step: str,
        today: date,
        values: list[tuple[str, str, Answer | None]] | None = None,
        who: tuple[str, str, str, str] = ("", "", "", ""),
    ) -> None:
        """Open the form of a step; the opinion written so far is the reason of a return to begin with.

        `who` is the name, unit, post and role at work: whoever confirmed a value is told so before ruling on it.
        """
        name, unit, post, _role = who
        me = " ".join(part for part in (unit, post, name) if part)
        own = step == "rule" and bool(me) and me == self.confirmed_by
        self.problem.hide()
        begun = self.opinion.toPlainText().strip() if step == "return" else ""
        reason, demand = self.drafts.get((self.row.code if self.row else "", step), (begun, ""))
        self.foot.hide()
        self.form.open(step, today, values=values, reason=reason, demand=demand)
        if own:
            self.form.caution(_("You confirmed this value yourself; where you can, let somebody else rule."))
        self.area.settle()
        self.area.ensureWidgetVisible(self.form, 0, theme().px(12))

    def fold(self) -> None:
        """Close the form; the focus goes back to the table."""
        self.close_form()
        self.back.emit()

    def close_form(self, *, done: bool = False) -> None:
        """Close the form, if it is open. What was written in it is kept for the next time, unless it is `done`."""
        if self.row is not None and not self.form.isHidden():
            self.drafts.pop((self.row.code, self.form.step), None)
            if not done and (self.form.reason or self.form.demand):
                self.drafts[self.row.code, self.form.step] = (self.form.reason, self.form.demand)
        self.form.hide()
        self.foot.show()

    def turn_away(self) -> None:
        """Show the item anew as if another had been there before: what is being written is written first."""
        self.opinion.flush()
        self.close_form()
        self.row = None

    def complain(self, problem: Problem, *, action: str = "", run: Any = None) -> None:
        """Why a step could not be taken, in place; an opinion that is missing gets the focus."""
        if self.form.isVisible():
            self.form.complain(problem)
            return
        self.problem.problem(problem, action=action, run=run)
        self.problem.show()
        if problem.code == "review.opinion":
            self.opinion.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._show_opinion)

    def _show_opinion(self) -> None:
        """Once the notice has taken its room: the whole field of the opinion."""
        self.area.settle()
        self.area.ensureWidgetVisible(self.opinion, 0, theme().px(12))

    def _opined(self, text: str) -> None:
        if self.row is not None:
            self.opined.emit(self.row.code, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

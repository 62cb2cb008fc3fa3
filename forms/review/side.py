"""The panel of one item: both answers in full, evidence, explanation, opinion, record of exchange, and the steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from assess import rights
from assess.answers import Answer, Evidence
from assess.framework.model import Indicator
from assess.problems import Problem
from assess.review.steps import exchange
from assess.review.table import Row
from forms.review import wording
from forms.review.exchange import Exchange
from forms.review.step_form import Lines, StepForm
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


class Opinion(Lines):
    """The opinion: saved when it is left, and with the confirmation."""

    written = Signal(str)

    def __init__(self) -> None:
        super().__init__(3)
        self.known = ""

    def show_text(self, text: str) -> None:
        """Show what is saved, unless somebody is writing something else just now."""
        if text == self.known or (self.hasFocus() and self.toPlainText().strip() != self.known.strip()):
            self.known = text if text != self.known else self.known
            return
        self.known = text
        self.setPlainText(text)

    def start(self, text: str) -> None:
        """Show the opinion of another item."""
        self.known = text
        self.setPlainText(text)

    @property
    def unsaved(self) -> bool:
        return self.toPlainText().strip() != self.known.strip() and not self.isReadOnly()

    def flush(self) -> None:
        if self.unsaved:
            self.known = self.toPlainText().strip()
            self.written.emit(self.known)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()


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
        self.said = Text("", "label", "text_2")
        self.buttons = QGridLayout()
        self.buttons.setSpacing(px(8))
        self.foot_column.addWidget(self.problem)
        self.foot_column.addWidget(self.said)
        self.foot_column.addLayout(self.buttons)
        self.offered: dict[str, Button] = {}
        self.back_button = Button("", "text", icon="left", run=self.back.emit)
        self.back_button.hide()
        outer.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.foot)
        self.value.given.connect(self.given)
        self.value.same.connect(self.same)
        self.opinion.written.connect(self._opined)
        self.opinion.kept.connect(lambda: self.press("Enter"))
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
        self.row, self.role = row, role
        self.code.setText(row.code)
        self.name.say(show(row.name))
        self._notice(item)
        self._answers(item)
        self._editing(item, levels=levels, locked=locked)
        if new:
            self.opinion.start(row.opinion)
            self.past.put(item, ())
            self.confirmed_by = ""
            self.area.verticalScrollBar().setValue(0)
        else:
            self.opinion.show_text(row.opinion)
        self.explained_head.say(_("Explanation of the unit"))
        self.explained.say(row.explanation)
        for part in (self.explained_head, self.explained):
            part.setVisible(bool(row.explanation))
        self._evidence(evidence, bare=row.bare)
        self.open_item.say(_("Open question"))
        self.past_head.say(_("Record of exchange"))
        self._offers(locked)
        self.setAccessibleName(wording.aloud(item, row))

    def _notice(self, item: Indicator) -> None:
        row = self.row
        assert row is not None
        tone, first, more = "", "", ""
        if row.state == "returned" and row.last is not None:
            tone, first = "danger", _("Returned for correction: {reason}", reason=row.last.reason)
            if row.last.deadline is not None:
                more = (
                    _("It was due on {day}.", day=row.last.deadline.isoformat())
                    if row.overdue
                    else _("To be corrected by {day}.", day=row.last.deadline.isoformat())
                )
        elif row.state == "objection" and row.last is not None:
            tone, first = "warning", _("Objection: {reason}", reason=row.last.reason)
        elif row.state == "ruled" and row.last is not None:
            tone, first = "success", _("Ruled: {reason}", reason=row.last.reason)
        elif row.state == "accepted" and row.last is not None and row.last.deadline is not None and not row.serious:
            tone = "info"
            first = _("Confirmed by {who}.", who=row.last.signature)
            more = _("Objections are possible until {day}.", day=row.last.deadline.isoformat())
        elif row.last is not None and row.last.lapsed:
            tone, first = "warning", _("Self-assessment or review value was changed after it was settled.")
            more = _("Look at it again.")
        elif row.serious and row.apart is not None:
            tone = "danger"
            other = row.second if row.hidden else row.review
            first = (
                _("Self-assessment {own}, review {review}: one is answered, the other is not.",
                  own=wording.short(item, row.own), review=wording.short(item, other))
                if row.apart.states
                else _("Self-assessment {own}, review {review}: {levels} levels apart.",
                       own=wording.short(item, row.own), review=wording.short(item, other),
                       levels=abs(row.apart.levels))
            )  # fmt: skip
            more = _("To be checked first.") if row.flagged else ""
        elif row.second_apart is not None and row.second_apart.serious:
            tone, first = "warning", _("First and second review differ; settle it by a new review value.")
        flagged = tone == "danger" and row.state != "returned"
        self.notice.setVisible(flagged)
        self.standing.setVisible(bool(tone) and not flagged)
        if tone:
            (self.notice if flagged else self.standing).say(tone, first, more)

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
    def steps(self) -> tuple[str, ...]:
        """What can be done now, in the order of the table of steps."""
        if self.row is None:
            return ()
        found = [
            key for key, step in rights.STEPS.items() if self.row.state in step.sources and self.role in step.roles
        ]
        if self.role in rights.REVIEWERS and self.row.state == "draft":
            found = [key for key in found if key != "confirm"]
        return tuple(found)

    def _offers(self, locked: str) -> None:
        for button in self.offered.values():
            self.buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.offered = {}
        steps = self.steps()
        ordered = sorted(steps, key=lambda key: not self._leads(key))
        for key in ordered:
            offer = wording.OFFERS[key]
            leads = self._leads(key)
            button = Button(_(offer.words), "primary" if leads else "plain", run=partial(self.stepped.emit, key))
            button.refuse(locked)
            button.setMinimumWidth(max(theme().px(96), button.sizeHint().width()))
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            self.offered[key] = button
        self._lay()
        self.said.say("" if steps else self._nothing())
        self.said.setVisible(not steps)

    def _lay(self) -> None:
        """Two buttons beside each other where their words have room, else below each other."""
        made = list(self.offered.values())
        room = self.width() - theme().px(48)
        abreast = 2 if all(sum(one.sizeHint().width() for one in made[at : at + 2]) < room for at in (0, 2)) else 1
        for button in made:
            self.buttons.removeWidget(button)
        for place, button in enumerate(made):
            self.buttons.addWidget(button, place // abreast, place % abreast)
        self.buttons.setColumnStretch(0, 2)
        self.buttons.setColumnStretch(1, 1 if abreast == 2 and len(made) > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _leads(self, key: str) -> bool:
        """Whether a step is the one that somebody of this role is here for."""
        if key == "resubmit":
            return self.role == "filler"
        return wording.OFFERS[key].primary

    def _nothing(self) -> str:
        """Why there is no step to take."""
        assert self.row is not None
        if self.role == rights.SECOND:
            return _("The second review is kept as soon as it is given. It never scores.")
        if self.role == "third_party":
            return _("The value of the third party is kept as soon as it is given; it counts before the others.")
        return {
            "draft": _("The item has not been answered yet."),
            "returned": _("It waits for the correction of the unit."),
        }.get(self.row.state, _("It waits for the review."))

    def press(self, key: str) -> bool:
        """A key of the table or of the opinion: the step that carries it."""
        for step, button in self.offered.items():
            if wording.OFFERS[step].key == key and (key != "Enter" or self._leads(step)):
                if button.isEnabled():
                    self.stepped.emit(step)
                return True
        return False

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

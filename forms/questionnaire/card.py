"""The card of one question: head, question, notices, and the answer: rows, a number, a checklist, or a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.checks.result import Found
from assess.framework.scoring_rules import SkipRule
from assess.language import Message
from assess.measure.result import State
from forms.questionnaire import wording
from forms.questionnaire.body import Asked, Body
from forms.questionnaire.card_head import Head
from forms.questionnaire.checking import Checks
from forms.questionnaire.choices import Choices
from forms.questionnaire.examples import Because, Examples
from forms.questionnaire.levels import Levels
from forms.questionnaire.notices import Line
from forms.questionnaire.numbers import Numbers
from forms.questionnaire.options import Options
from forms.questionnaire.prose import Prose
from forms.questionnaire.reasons import Reasons
from forms.questionnaire.typed import is_plain, takes_text
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.words import _, show

WIDEST = 860
BODIES: dict[str, type[Body]] = {"level": Levels, "number": Numbers, "multi": Options, "yesno": Choices}


@dataclass(slots=True)
class Standing:
    """How the item stands now: its answer and everything that speaks about it."""

    answer: Answer | None = None
    state: State = "unanswered"
    skip: SkipRule | None = None
    lifted: bool = False
    approved: bool = False
    marked: bool = False
    locked: Message | None = None
    barred: Message | None = None
    """Why this item cannot be answered, where the window does not say it already of the whole document."""
    remark: Message | None = None
    fault: Message | None = None
    flags: Sequence[Message] = field(default_factory=tuple)


class Card(QWidget):
    """One question. It never saves by itself: it says what was answered."""

    answered = Signal(object)
    """Answer, or None to clear."""
    lifting = Signal(bool)
    registering = Signal(str)
    explained = Signal(str)
    marking = Signal(bool)
    same = Signal()
    go = Signal(str)
    parameter = Signal(str, object)
    term = Signal(str, QWidget)
    grown = Signal(QWidget)
    moved = Signal()
    """What is shown in place of the rows has changed."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.standing = Standing()
        self.asking: Literal["", "na", "nd", "rows"] = ""
        self.because: Because | None = None
        self.reasoned: Answer | None = None
        self.examples: Examples | None = None
        self.refused = ""
        self.checked = False
        style = theme()
        self.setMaximumWidth(style.px(WIDEST))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(style.px(24), style.px(14), style.px(24), style.px(14))
        self.column.setSpacing(style.px(8))
        self.head = Head(asked.indicator)
        self.head.marking.connect(self.marking)
        self.column.addWidget(self.head)
        self.question = self.prose(asked.indicator.question, "question")
        self.question.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if asked.indicator.note:
            self.prose(asked.indicator.note, "label", "text_2")
        self.lock_line, self.skip_line, self.remark_line, self.fault_line = Line(), Line(), Line(), Line()
        for line in (self.lock_line, self.skip_line, self.remark_line):
            line.hide()
            self.column.addWidget(line)
        self.body = BODIES[asked.indicator.kind](asked)
        self.column.addSpacing(style.px(4))
        self.column.addWidget(self.body)
        self.fault_line.hide()
        self.column.addWidget(self.fault_line)
        self.checks = Checks(asked.indicator.code)
        self.checks.explained.connect(self.explained)
        self.checks.go.connect(self.go)
        self.column.addWidget(self.checks)
        self.column.addLayout(self.foot())
        self.column.addStretch(1)
        self.body.answered.connect(self.answered)
        self.body.registering.connect(self.registering)
        self.body.explained.connect(self.explained)
        self.body.same.connect(self.same)
        self.body.parameter.connect(self.parameter)
        self.body.term.connect(self.term)
        self.body.grown.connect(self.grown)
        self.setAccessibleName(f"{asked.indicator.code} {show(asked.indicator.name)}")

    # ---------------------------------------------------------------- making
    @cached_property
    def reasons(self) -> Reasons:
        """The panel that asks for a reason; made when one is first asked for."""
        made = Reasons(self.asked)
        made.given.connect(self.give_reason)
        made.back.connect(self.answer_instead)
        made.set_locked(self.standing.locked is not None)
        made.hide()
        self.column.insertWidget(self.column.indexOf(self.body) + 1, made)
        return made

    @property
    def reasoning(self) -> bool:
        """Whether the panel of reasons has been made and is what is shown."""
        return "reasons" in self.__dict__ and self.reasons.isVisibleTo(self)

    def prose(self, words: object, face: str, ink: str = "text") -> Prose:
        text, spots = self.asked.text(words)  # type: ignore[arg-type]
        made = Prose(face, ink)
        made.say(text, spots)
        made.term.connect(self.term)
        self.column.addWidget(made)
        return made

    def foot(self) -> QHBoxLayout:
        """Examples, and taking the answer back."""
        row = QHBoxLayout()
        row.setSpacing(theme().px(16))
        worked = self.asked.framework.examples.get(self.asked.indicator.code)
        self.see = Button(_("See examples"), "link", run=self.toggle_examples)
        self.see.setCheckable(True)
        if worked is None:
            self.see.hide()
        self.clear = Button(_("Clear the answer"), "link", run=self.clear_answer)
        row.addWidget(self.see)
        row.addWidget(self.clear)
        row.addStretch(1)
        return row

    # ---------------------------------------------------------------- showing
    def show_standing(self, asked: Asked, standing: Standing) -> None:
        """Show how the item stands; what is being typed stays."""
        if standing.answer != self.standing.answer:
            self.refused = ""
        kind = standing.answer.kind if standing.answer else ""
        before = self.standing.answer.kind if self.standing.answer else ""
        if kind != before:
            self.asking = ""
        self.asked, self.standing = asked, standing
        self.body.show_answer(standing.answer)
        self.body.refresh(asked)
        self.say_lines()
        self.set_locked(standing.locked is not None)
        self.head.show_mark(standing.marked, show(standing.locked))
        self.arrange()
        self.show_because()

    def tell_refused(self, reason: str) -> None:
        """Why the answer of last period cannot be confirmed here."""
        self.refused = reason
        self.say_lines()

    def say_lines(self) -> None:
        """Read-only, skipped, remarks, and faults that are not shown in the fields themselves."""
        now = self.standing
        if now.barred is not None:
            self.lock_line.tell("info", show(now.barred))
        elif self.refused:
            self.lock_line.tell("warning", self.refused)
        self.lock_line.setVisible(now.barred is not None or bool(self.refused))
        if now.skip is not None:
            self.skip_line.tell(
                "info",
                _("Skipped because of {code}.", code=now.skip.indicator),
                self.skip_words(now.skip),
                action=_("Undo the skip"),
                run=lambda: self.lifting.emit(True),
            )
        elif now.lifted:
            self.skip_line.tell(
                "info",
                _("The skip was undone; this item is asked and scored like any other."),
                action=_("Skip again"),
                run=lambda: self.lifting.emit(False),
            )
        self.skip_line.lock(now.locked is not None)
        self.skip_line.setVisible(now.skip is not None or now.lifted)
        if now.remark is not None:
            self.remark_line.tell("info", show(now.remark))
        self.remark_line.setVisible(now.remark is not None)
        fault = now.fault if self.asked.indicator.kind != "number" else None
        if fault is not None:
            self.fault_line.tell("danger", show(fault))
        self.fault_line.setVisible(fault is not None)

    def skip_words(self, rule: SkipRule) -> str:
        words = show(rule.reason)
        if self.standing.answer is None:
            return words
        given = wording.answer(self.asked.indicator, self.standing.answer)
        return _("{reason} The answer given before ({answer}) is kept and set aside.", reason=words, answer=given)

    def arrange(self) -> None:
        """Rows, or the panel that asks for a reason."""
        kind = self.standing.answer.kind if self.standing.answer else ""
        told = kind if kind in ("na", "nd") else ""
        panel = self.asking if self.asking in ("na", "nd") else "" if self.asking == "rows" else told
        if panel in ("na", "nd"):
            self.reasons.asked = self.asked
            now = self.standing
            self.reasons.open("na" if panel == "na" else "nd", now.answer, now.approved, self.asked.note)
        if panel or "reasons" in self.__dict__:
            self.reasons.setVisible(bool(panel))
        self.body.setVisible(not panel and self.standing.skip is None)
        self.clear.setVisible(bool(kind) and self.standing.locked is None and self.standing.skip is None)

    def show_checks(self, found: Sequence[Found]) -> None:
        """What the rules say of the answer; new findings come into sight."""
        item = self.asked.score
        doubt = item.doubt if item is not None and self.standing.answer is not None else None
        fresh = self.checks.show_found(found, self.asked.explanation, doubt)
        if fresh and self.checked:
            self.grown.emit(self.checks)
        self.checked = True

    def show_because(self) -> None:
        """Training only: the explanation at once."""
        if self.because is not None and self.standing.answer == self.reasoned:
            return
        if self.because is not None:
            self.column.removeWidget(self.because)
            self.because.hide()
            self.because.deleteLater()
            self.because = None
        answer = self.standing.answer
        fresh, self.reasoned = self.body.isVisible() and answer != self.reasoned, answer
        if self.asked.profile.mode != "training" or answer is None or answer.kind != "level" or answer.level is None:
            return
        worked = self.asked.framework.examples.get(self.asked.indicator.code)
        self.because = Because(self.asked, answer.level, worked)
        self.column.insertWidget(self.column.indexOf(self.fault_line) + 1, self.because)
        if fresh:
            self.grown.emit(self.because)

    def set_locked(self, locked: bool) -> None:
        self.body.set_locked(locked)
        if "reasons" in self.__dict__:
            self.reasons.set_locked(locked)
        self.checks.set_locked(locked)

    # ---------------------------------------------------------------- doing
    def ask_reason(self, kind: Literal["na", "nd"]) -> None:
        """Open the panel of “not applicable” or “no data” in place of the rows."""
        if self.standing.locked is not None or self.standing.skip is not None:
            return
        self.asking = kind
        self.arrange()
        self.reasons.entry().setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def give_reason(self, answer: Answer) -> None:
        self.asking = ""
        self.answered.emit(answer)

    def answer_instead(self) -> None:
        """Back to the rows; what was chosen holds until something else is."""
        self.asking = "rows"
        self.arrange()
        self.body.entry().setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def clear_answer(self) -> None:
        self.asking = ""
        self.answered.emit(None)

    def toggle_examples(self) -> None:
        """Show or hide the examples under the answer."""
        worked = self.asked.framework.examples.get(self.asked.indicator.code)
        if self.examples is None and worked is not None:
            self.examples = Examples(self.asked, worked)
            self.column.insertWidget(self.column.count() - 1, self.examples)
            self.examples.hide()
        if self.examples is not None:
            self.examples.setVisible(not self.examples.isVisibleTo(self))
            shown = self.examples.isVisibleTo(self)
            self.see.say(_("Hide examples") if shown else _("See examples"))
            self.see.setChecked(shown)
        self.moved.emit()

    def press(self, event: QKeyEvent) -> bool:
        """A key for the answer, when the answer is what is shown."""
        return self.body.isVisibleTo(self) and self.body.press(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field took: arrows, digits and letters of the answer, before anything scrolls."""
        if not (is_plain(event) and not takes_text(QApplication.focusWidget()) and self.press(event)):
            super().keyPressEvent(event)

    def entry(self) -> QWidget:
        """Where the focus goes when the question comes."""
        if self.reasoning:
            return self.reasons.entry()
        return self.body.entry() if self.body.isVisibleTo(self) else self.skip_line.button

    def landing(self) -> QWidget:
        """Where the focus goes when what had it is gone: the answer, but never into a reason already given."""
        entry = self.entry()
        return self.reasons.leave if self.reasoning and entry is self.reasons.reason else entry

    def keys(self) -> Sequence[tuple[str, str]]:
        return self.body.keys() if self.body.isVisibleTo(self) else ()

    def stack(self, stacked: bool) -> None:
        """Narrow: fields and their evidence stand below each other."""
        edge = theme().px(16 if stacked else 24)
        self.column.setContentsMargins(edge, theme().px(14), edge, theme().px(14))
        self.body.stack(stacked)

    def flush(self) -> None:
        self.body.flush()
        if "reasons" in self.__dict__:
            self.reasons.flush()
        self.checks.flush()

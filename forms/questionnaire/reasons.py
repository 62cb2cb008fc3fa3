"""“Not applicable” and “no data”: a small panel in place of the rows that asks for a reason and says what follows."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.checks import texts
from assess.checks.one import least_reason
from assess.language import Message, say
from assess.measure.states import not_applicable_choice
from forms.questionnaire.body import Asked
from forms.questionnaire.marks import Icon
from forms.questionnaire.notices import Line
from forms.questionnaire.prose import Prose
from forms.questionnaire.typed import Writing
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.widgets.panel import Panel
from forms.words import _, show

Kind = Literal["na", "nd"]


def refusal(asked: Asked) -> Message | None:
    """Why “not applicable” may not be chosen at all, or None where it may."""
    if not_applicable_choice(asked.framework, asked.indicator, asked.profile.tier) != "never":
        return None
    if asked.indicator.key:
        return say("This is a key item: it must be answered, “not applicable” may not be chosen.")
    if asked.indicator.not_applicable is not None:
        return say(
            "At this level “not applicable” may not be chosen: {when}.", when=asked.indicator.not_applicable.when
        )
    return say("The framework does not allow “not applicable” for this item.")


def consequence(asked: Asked, approved: bool) -> Message:
    """What choosing “not applicable” does in this mode."""
    choice = not_applicable_choice(asked.framework, asked.indicator, asked.profile.tier)
    if asked.profile.mode == "formal":
        if approved:
            return say("The review has agreed. The item is left out, and its weight goes to the others of its group.")
        return say("The review must agree; until then the item counts as no data.")
    if choice == "listed":
        return say("The item is left out, and its weight goes to the others of its group.")
    return say("This item does not list “not applicable”, so it counts as no data.")


class Reasons(QWidget):
    """One panel for both. `given` carries the answer; `back` returns to the rows."""

    given = Signal(object)
    back = Signal()

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.note = ""
        self.least = least_reason(asked.framework, asked.profile.tier)
        self.kind: Kind = "na"
        self.answer: Answer | None = None
        self.locked = False
        style = theme()
        panel = Panel(padding=20, gap=10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        outer.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(style.px(8))
        self.icon = Icon("dash")
        self.title = Label("", "heading")
        head.addWidget(self.icon)
        head.addWidget(self.title)
        head.addStretch(1)
        panel.column.addLayout(head)
        self.what = Prose("body", "text_2")
        panel.column.addWidget(self.what)
        self.when = Prose("body")
        panel.column.addWidget(self.when)
        self.refused = Line()
        panel.column.addWidget(self.refused)
        self.name = Label("", "label", "text_2")
        panel.column.addWidget(self.name)
        self.reason = Writing(_("Why it is so"))
        self.reason.textChanged.connect(self.check)
        self.reason.written.connect(self.rewrite)
        self.name.setBuddy(self.reason)
        panel.column.addWidget(self.reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(style.px(12))
        self.confirm = Button("", run=self.give)
        self.leave = Button("", "text", run=self.back.emit)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        panel.column.addLayout(buttons)
        self.hint = Prose("label", "text_2")
        panel.column.addWidget(self.hint)

    def open(self, kind: Kind, answer: Answer | None, approved: bool = False, note: str = "") -> None:
        """Ask for a reason, or show the one given."""
        self.kind = kind
        self.note = note
        self.answer = answer if answer is not None and answer.kind == kind else None
        told = self.answer is not None
        refused = refusal(self.asked) if kind == "na" else None
        self.icon.show_mark("dash" if kind == "na" else "nodata")
        state = self.asked.framework.states.get(kind.upper())
        name = show(state.name) if state else ""
        self.title.setText(_("Chosen: {state}", state=name) if told else name)
        self.title.setAccessibleName(self.title.text())
        self.what.say(self.meaning(approved))
        listed = self.asked.indicator.not_applicable
        self.when.say(_("May be chosen when: {when}.", when=listed.when) if kind == "na" and listed else "")
        self.when.setVisible(bool(self.when.text) and refused is None)
        self.refused.tell("danger", show(refused) if refused else "", _("Answer it, or choose no data."))
        self.refused.setVisible(refused is not None)
        self.name.setText(_("Reason (required)") if kind == "na" else _("Reason (may be left empty)"))
        self.reason.show_text(self.answer.reason if self.answer else "")
        self.reason.setReadOnly(self.locked)
        for widget in (self.name, self.reason):
            widget.setVisible(refused is None)
        self.what.setVisible(refused is None)
        self.confirm.say(_("Count as not applicable") if kind == "na" else _("Count as no data"))
        self.confirm.setVisible(not told and refused is None and not self.locked)
        self.leave.say(_("Answer instead") if told else _("Back to the answers"))
        self.leave.setVisible(not self.locked)
        self.check()

    def meaning(self, approved: bool) -> str:
        if self.kind == "na":
            return show(consequence(self.asked, approved))
        if self.asked.profile.mode == "formal":
            return _("It ought to exist but cannot be shown. It is listed as a data gap and looked into by the review.")
        return _("It ought to exist but cannot be shown. It is left out of the score and listed as a data gap.")

    def check(self) -> None:
        """A reason is required for “not applicable”; the button says so while there is none."""
        lacking = self.kind == "na" and not self.reason.toPlainText().strip()
        sentence = _("Write the reason first.") if lacking else ""
        self.confirm.refuse(sentence)
        more = self.short() if self.kind == "na" else 0
        if more:
            sentence = _("At least {least} characters; {more} more.", least=self.least, more=more)
        self.hint.set_ink("text_2" if lacking else "warning")
        self.hint.say(sentence)
        self.hint.setVisible(bool(sentence) and not self.refused.isVisibleTo(self))

    def short(self) -> int:
        """How many characters the reason lacks of what the checks ask; blanks do not count, the note does."""
        written = self.reason.toPlainText() + self.note
        return max(0, self.least - len(texts.bare(written)))

    def give(self) -> None:
        reason = self.reason.toPlainText().strip()
        if self.kind == "na" and not reason:
            return
        self.given.emit(Answer.not_applicable(reason) if self.kind == "na" else Answer.no_data(reason))

    def rewrite(self, text: str) -> None:
        """A reason already given is saved again as it is typed; an empty one is not taken for “not applicable”."""
        if self.answer is not None and text != self.answer.reason and (text or self.kind == "nd"):
            self.answer = Answer.not_applicable(text) if self.kind == "na" else Answer.no_data(text)
            self.given.emit(self.answer)

    def entry(self) -> QWidget:
        return self.reason if self.reason.isVisibleTo(self) else self.leave

    def flush(self) -> None:
        """Write what is being typed: a reason given is chosen, also when the question is left without the button."""
        if self.answer is not None:
            self.reason.flush()
        elif not (self.isHidden() or self.locked or self.reason.isHidden()) and self.reason.toPlainText().strip():
            self.give()

    def set_locked(self, locked: bool) -> None:
        self.locked = locked
        self.reason.setReadOnly(locked)
        self.confirm.setVisible(self.confirm.isVisibleTo(self) and not locked)
        self.leave.setVisible(not locked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

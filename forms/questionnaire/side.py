"""Beside the question: last period, evidence, note, who answers, why it is asked, and its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess import rights
from assess.answers import Answer
from assess.earlier import last_period
from assess.language import Message, Words, say
from assess.walk import Responsible
from forms.questionnaire import wording
from forms.questionnaire.body import Asked
from forms.questionnaire.evidence_panel import EvidencePanel, clear
from forms.questionnaire.prose import Prose
from forms.questionnaire.typed import Writing
from forms.theme import theme
from forms.widgets.buttons import Button, KeyButton
from forms.widgets.chip import Chip
from forms.widgets.labels import Tag
from forms.widgets.panel import Heading, Scroll
from forms.words import _, show

TONES = {"verified": "success", "name_verified": "primary", "to_verify": "warning"}
COLUMNS: dict[str, Message] = {
    "self": say("Self-assessment"),
    "review": say("Review"),
    "review_2": say("Second review"),
    "third_party": say("Third party"),
    "note": say("Note"),
    "explanation": say("Explanation"),
    "na_approved": say("Approval of “not applicable”"),
    "skip_lifted": say("Skip undone"),
    "target": say("Target"),
    "previous": say("Answer of last period"),
    "previous_note": say("Note of last period"),
    "flag": say("Mark to come back"),
    "assignment": say("Who answers"),
}


class Fold(QWidget):
    """A heading that opens and closes what is under it. It is filled when it is first opened."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.button = Button("", "link", icon="chevron-right", run=self.toggle)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(theme().px(4), 0, 0, theme().px(4))
        self.column.setSpacing(theme().px(4))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(4))
        outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.inside)
        self.inside.hide()

    def say(self, title: str) -> None:
        self.title = title
        self.button.say(title)

    @property
    def is_open(self) -> bool:
        return self.inside.isVisibleTo(self)

    def toggle(self) -> None:
        self.inside.setVisible(not self.is_open)
        self.button.draw("chevron-down" if self.is_open else "chevron-right")
        if self.is_open:
            self.opened.emit()

    def line(self, text: str, ink: str = "text", face: str = "label", tag: str = "", tone: str = "neutral") -> None:
        prose = Prose(face, ink)
        prose.say(text)
        if not tag:
            self.column.addWidget(prose)
            return
        box = QWidget()
        row = QVBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(2))
        row.addWidget(prose)
        row.addWidget(Tag(tag, tone), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(box)


class Side(Scroll):
    """The side panel. `noted` carries the note; `history` asks for the past of the item."""

    noted = Signal(str)
    same = Signal()
    history = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=20, gap=14, parent=parent)
        self.asked: Asked | None = None
        self.locked = False
        self.given: Answer | None = None
        self.when: Callable[[datetime], str] = lambda moment: moment.strftime("%Y-%m-%d %H:%M")
        self.before = QWidget()
        self.before_column = QVBoxLayout(self.before)
        self.before_column.setContentsMargins(0, 0, 0, 0)
        self.before_column.setSpacing(theme().px(6))
        self.evidence = EvidencePanel()
        self.note_head = Heading()
        self.note = Writing(_("Note"), rows=2)
        self.note.written.connect(self.noted)
        self.last = Prose("caption", "text_2")
        self.who, self.why, self.past = Fold(), Fold(), Fold()
        self.past.opened.connect(self.history)
        for widget in (self.before, self.evidence, self.note_head, self.note, self.last):
            self.column.addWidget(widget)
        for fold in (self.who, self.why, self.past):
            self.column.addWidget(fold)
        self.column.addStretch(1)
        self.setAccessibleName(_("Evidence and notes"))

    def retranslate(self) -> None:
        self.note_head.say(_("Note"), _("Ctrl+M"))
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("For colleagues and the review; saved as you type."))
        self.who.say(_("Who answers"))
        self.why.say(_("Why it is asked"))
        self.past.say(_("History"))

    def show_item(self, asked: Asked, note: str, *, locked: bool, given: Answer | None = None) -> None:
        """Show everything that stands beside one question; `given` is the answer of now."""
        self.locked, self.given = locked, given
        new = self.asked is None or self.asked.indicator.code != asked.indicator.code
        self.asked = asked
        self.evidence.show_item(asked, locked=locked)
        self.note.show_text(note)
        self.note.setReadOnly(locked)
        self.show_before(asked)
        self.show_who(asked)
        self.show_why(asked)
        if new or not self.past.is_open:
            clear(self.past.column)
            self.last.blank()
        if new:
            self.history.emit()

    def show_before(self, asked: Asked) -> None:
        """What was answered last period, when it is known."""
        clear(self.before_column)
        self.before.setVisible(asked.previous is not None or asked.not_brought is not None)
        year = asked.about_before.get("year")
        head = Heading(_("Last period"), str(year) if isinstance(year, int) else "")
        self.before_column.addWidget(head)
        if asked.previous is None:
            if asked.not_brought is not None:
                why = Prose("label", "text_2")
                why.say(_("Nothing to compare with: {reason}.", reason=asked.not_brought))
                self.before_column.addWidget(why)
            return
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        if asked.previous.kind == "level" and asked.previous.level is not None:
            row.addWidget(Chip(asked.previous.level, 24), 0, Qt.AlignmentFlag.AlignTop)
        prose = Prose("label")
        prose.say(show(wording.answer(asked.indicator, asked.previous)))
        row.addWidget(prose, 1)
        self.before_column.addWidget(box)
        if asked.note_before:
            note = Prose("label", "text_2")
            note.say(_("Note then: {note}", note=asked.note_before))
            self.before_column.addWidget(note)
        if self.offers_same(asked):
            button = KeyButton(_("Unchanged, confirmed"), "=", small=True, run=self.same.emit)
            self.before_column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def offers_same(self, asked: Asked) -> bool:
        """Whether confirming the answer of last period would change anything and is possible."""
        if self.locked or asked.previous is None:
            return False
        if last_period.refused(asked.indicator, asked.profile.base_date, asked.previous) is not None:
            return False
        return self.given is None or self.given != last_period.unchanged(asked.previous)

    def show_who(self, asked: Asked) -> None:
        clear(self.who.column)
        who = asked.who or Responsible(asked.indicator.lead, asked.indicator.assisting)
        if who.lead:
            self.who.line(_("Lead: {unit}", unit=who.lead))
        if who.assisting:
            self.who.line(_("Assisting: {units}", units=who.assisting))
        if not who.units:
            self.who.line(_("The framework names no unit for this item."), "text_2")
        if who.own:
            self.who.line(_("Assigned in this document, not by the framework."), "text_2", "caption")

    def show_why(self, asked: Asked) -> None:
        """Clauses the item traces to, and the standards it bears on with how far they were verified."""
        clear(self.why.column)
        framework, item = asked.framework, asked.indicator
        for code in item.clauses:
            clause = framework.clauses.get(code)
            told = show(clause.words) if clause else ""
            self.why.line(_("Clause {code}: {words}", code=code, words=told) if told else _("Clause {code}", code=code))
        states = {show(entry.ref): entry for entry in framework.crosswalk if item.code in entry.indicators}
        named: set[str] = set()
        for words in item.standards:
            text = show(words)
            entry = states.get(text) or next((one for ref, one in states.items() if ref in text or text in ref), None)
            named.add(show(entry.ref) if entry else "")
            tag = show(entry.state_words) if entry else ""
            self.why.line(text, "text_2", tag=tag, tone=TONES[entry.state] if entry else "neutral")
        for ref, entry in states.items():
            if ref not in named:
                self.why.line(ref, "text_2", tag=show(entry.state_words), tone=TONES[entry.state])
        if not item.clauses and not item.standards:
            self.why.line(_("The framework names no clause for this item."), "text_2")

    def show_history(self, code: str, events: Sequence[Any]) -> None:
        """The past of the item: who set what when, the newest first; and the last answer under the note."""
        if self.asked is None or self.asked.indicator.code != code:
            return
        answers = [event for event in events if event.column == "self" and event.value is not None]
        if answers:
            self.last.say(self.signed(answers[-1], _("Filled in")))
        clear(self.past.column)
        if not self.past.is_open:
            return  # opening it asks anew
        for event in reversed(events[-40:]):
            self.past.line(self.told(event), "text", "label")
            self.past.line(self.signed(event, ""), "text_2", "caption")
        if not events:
            self.past.line(_("Nothing has been entered here yet."), "text_2")

    def told(self, event: Any) -> str:
        """One event in words: column and value."""
        column = str(event.column)
        if column.startswith("evidence/"):
            if event.value is None:
                return _("Evidence withdrawn")
            return _("Evidence: {name}", name=str(event.value.get("name", "")))
        name = show(COLUMNS.get(column, Words(column, column)))
        if event.value is None:
            return _("{column}: cleared", column=name)
        if column == rights.STEP and isinstance(event.value, dict) and event.value.get("step") in rights.STEP_NAMES:
            return _("{column}: {value}", column=_("Review"), value=show(rights.STEP_NAMES[event.value["step"]]))
        if column == "assignment" and isinstance(event.value, dict):
            units = tuple(part for part in (event.value.get("lead"), *(event.value.get("assisting") or ())) if part)
            return _("{column}: {value}", column=name, value=units)
        if isinstance(event.value, dict) and "kind" in event.value and self.asked is not None:
            answer = Answer.from_json(event.value)
            if getattr(event, "kind", "") == "unchanged":
                given = show(wording.answer(self.asked.indicator, answer))
                return _("{column}: {value} (as last period, confirmed)", column=name, value=given)
            return _("{column}: {value}", column=name, value=show(wording.answer(self.asked.indicator, answer)))
        return (
            name
            if event.value is True or isinstance(event.value, dict)
            else _("{column}: {value}", column=name, value=str(event.value))
        )

    def signed(self, event: Any, verb: str) -> str:
        """Who and when, as far as it is known: unit, post or name, time."""
        moment = event.at.astimezone() if event.at.tzinfo else event.at
        parts = [event.unit, getattr(event, "post", ""), event.author, self.when(moment)]
        return f"{verb} {' · '.join(part for part in parts if part)}".strip()

    def flush(self) -> None:
        self.note.flush()
        self.evidence.flush()

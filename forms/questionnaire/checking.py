"""What the rules say of this answer, at once and softly: a line for each finding, and one explanation for them all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.checks import texts
from assess.checks.result import Found
from assess.problems import Problem
from forms.questionnaire.notices import Line, Tone
from forms.questionnaire.prose import Prose
from forms.questionnaire.typed import Writing
from forms.theme import theme
from forms.words import _, show

TONES: dict[str, Tone] = {"error": "danger", "warning": "warning", "hint": "info"}
MOST = 4


class Checks(QWidget):
    """`explained` carries the explanation as it is written. Nothing is demanded here (D37)."""

    explained = Signal(str)
    go = Signal(str)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self.found: tuple[Found, ...] = ()
        self.least = 0
        style = theme()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.px(6))
        self.lines: list[Line] = []
        self.locked = False
        self.hide()

    @cached_property
    def field(self) -> QWidget:
        """The field of the explanation, made when there is something to explain."""
        style = theme()
        made = QWidget()
        inner = QVBoxLayout(made)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(style.px(4))
        self.explanation = Writing(_("Explanation"), _("Say why it is so; the check then counts as explained."))
        self.explanation.textChanged.connect(self.count)
        self.explanation.written.connect(self.explained)
        self.length = Prose("caption", "text_2")
        self.explanation.setReadOnly(self.locked)
        inner.addWidget(self.explanation)
        inner.addWidget(self.length)
        self.column.addWidget(made)
        return made

    def show_found(self, found: Sequence[Found], explanation: str, doubt: Problem | None = None) -> bool:
        """Show findings; `doubt` stands in where no rule speaks of it. True when something is new."""
        before = {one.key for one in self.found}
        self.found = tuple(found)
        told = [self.told(one) for one in self.found[:MOST]]
        if doubt is not None and not any(one.group == "numbers" for one in self.found):
            told.append(("warning", show(doubt.text), show(doubt.hint), ""))
        while len(self.lines) < len(told):
            line = Line()
            self.lines.append(line)
            self.column.insertWidget(len(self.lines) - 1, line)
        for line, (tone, sentence, more, other) in zip(self.lines, told, strict=False):
            action = _("To {code}", code=other) if other else ""
            line.tell(tone, sentence, more, action=action, run=partial(self.go.emit, other))
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(told))
        liftable = [one.least for one in self.found if one.liftable]
        self.least = max(liftable, default=0)
        wanted = bool(liftable) or doubt is not None or bool(explanation)
        if wanted or self.made:
            self.field.setVisible(wanted)
            self.explanation.show_text(explanation)
            self.count()
        self.setVisible(bool(told) or bool(explanation))
        return any(one.key not in before for one in self.found)

    def told(self, found: Found) -> tuple[Tone, str, str, str]:
        """Tone, sentence, what to do with the figures behind it, and another item it rests on."""
        action = show(found.action)
        more = _("Figures: {detail}. {action}", detail=show(found.detail), action=action) if found.detail else action
        other = next((code for code in found.codes if code != self.code), "")
        if found.explained:
            return "success", show(found.message), _("Explained."), other
        return TONES[found.severity], show(found.message), more, other

    def count(self) -> None:
        """How many characters an explanation lacks."""
        written = len(texts.bare(self.explanation.toPlainText()))
        lacking = self.least - written
        if self.least and lacking > 0:
            self.length.say(
                _("An explanation of {least} characters or more counts; {more} more.", least=self.least, more=lacking)
            )
        else:
            self.length.blank()
        self.length.setVisible(bool(self.length.text))

    @property
    def made(self) -> bool:
        return "field" in self.__dict__

    def set_locked(self, locked: bool) -> None:
        self.locked = locked
        if self.made:
            self.explanation.setReadOnly(locked)

    def flush(self) -> None:
        if self.made:
            self.explanation.flush()

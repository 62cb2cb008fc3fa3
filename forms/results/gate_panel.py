"""The gates of a stage: red line first, failed ones bold with the value found, circled tick or octagon and words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms.figures import figure, one_line, percent
from forms.results.clear import clear
from forms.results.gates import Found, GateCard, GateLine
from forms.results.number import Number
from forms.results.sentence import Sentence
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Tag, Text
from forms.widgets.notice import Glyph
from forms.widgets.panel import Panel, Rule
from forms.words import _, language, show

ICONS = {"held": ("done", "success"), "failed": ("octagon", "danger"), "not_judged": ("dash", "text_2")}


class GatePanel(Panel):
    """`asked` carries the code whose number decides a gate; `go` leads to planning where that page exists."""

    asked = Signal(str)

    def __init__(self, go: Callable[[], object], planning: Callable[[], bool]) -> None:
        super().__init__(gap=0)
        self._go, self._planning = go, planning
        self._shown: tuple[GateCard, str] | None = None
        self.tag = Tag("", "danger")
        self.heading.row.addWidget(self.tag)
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, theme().px(6), 0, 0)
        self.rows.setSpacing(0)
        self.column.addLayout(self.rows)
        self.column.addStretch(1)

    def put(self, card: GateCard) -> None:
        """Show the gates of another result; a card without stage hides the panel."""
        if self._shown == (card, language()):
            return
        self._shown = (card, language())
        clear(self.rows)
        self.setVisible(card.stage is not None)
        if card.stage is None:
            return
        self.say(_("Gates: {stage}", stage=one_line(show(card.stage.name))))
        if not card.total:
            self.tag.set(_("No gates"), "neutral")
        elif card.failed:
            self.tag.set(_("{failed} of {total} not met", failed=card.failed, total=card.total), "danger")
        else:
            self.tag.set(_("All {total} met", total=card.total), "success")
        for line in card.lines:
            self.rows.addWidget(Rule())
            self.rows.addWidget(self._row(line))
        if card.next_step is not None:
            self.rows.addWidget(Rule())
            self.rows.addWidget(self._next(card))

    def _row(self, line: GateLine) -> QWidget:
        row = QFrame()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, theme().px(5), 0, theme().px(5))
        layout.setSpacing(theme().px(8))
        name, ink = ICONS[line.outcome]
        if line.kind == "awaiting":
            name, ink = "triangle", "warning"
        glyph = Glyph(name, ink)
        layout.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        failed = line.outcome == "failed"
        words = one_line(show(line.words))
        if line.kind != "gate":
            words = _("Red line: {words}", words=words)
        text = Text("" if failed else words, "label")
        if failed:
            text.say("", words)
        layout.addWidget(text, 1)
        value = found_words(line.found)
        about = f"{outcome_words(line)}: {words}"
        number = Number(
            line.where or "",
            value,
            face="strong" if failed else "label",
            ink="danger" if failed else "text_2",
            about=about,
        )
        number.asked.connect(self.asked)
        layout.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.setAccessibleName(f"{about} {value}")
        row.setMinimumHeight(theme().px(34))
        return row

    def _next(self, card: GateCard) -> QWidget:
        row = QFrame()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, theme().px(4), 0, 0)
        text = Sentence("label", "text_2")
        text.tell(card.next_step)
        layout.addWidget(text, 1)
        if self._planning():
            layout.addWidget(Button(_("Plan →"), "link", run=self._go))
        return row


def outcome_words(line: GateLine) -> str:
    """Whether a gate holds, in words."""
    if line.kind == "awaiting":
        return _("awaiting confirmation")
    return {"held": _("gate holds"), "failed": _("not met"), "not_judged": _("not judged")}[line.outcome]


def found_words(found: Found) -> str:
    """The value a gate found, as shown at the right of its row."""
    if found.kind == "points":
        return figure(found.value)
    if found.kind == "share":
        return percent(found.value, 1)
    if found.kind == "count":
        return f"{figure(found.value, 0)}/{found.of}"
    if found.kind == "node":
        name = one_line(found.code or show(found.name))
        if found.level is not None:
            words = _("{name}: level {level}", name=name, level=found.level)
        else:
            words = f"{name} {figure(found.value)}"
        return (
            _("{first} and {count} more", first=words, count=found.others, all=found.others + 1)
            if found.others
            else words
        )
    return show(found.words)

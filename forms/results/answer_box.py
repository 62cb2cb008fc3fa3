"""The end of a trace: the answer with its level text, the column used, what lowered it, evidence and clauses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from assess.framework.model import Framework
from assess.measure.lines import Line
from assess.measure.result import ItemScore
from forms.figures import one_line
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.chip import Chip
from forms.widgets.labels import Text
from forms.words import _, language, show

INKS = {"answer": "text", "other_column": "text_2", "rule": "warning", "evidence": "text_2"}


class AnswerBox(QFrame):
    """One item, from its trace line. Clause texts are folded until asked for."""

    def __init__(self, framework: Framework, item: ItemScore, line: Line) -> None:
        super().__init__()
        self._clauses: list[Text] = []
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        level = shown_level(item)
        if level is not None:
            head.addWidget(Chip(level), 0, Qt.AlignmentFlag.AlignTop)
        title = Text("", "strong")
        title.say(f"{item.code} {one_line(show(framework.name(item.code)))}")
        head.addWidget(title, 1)
        column.addLayout(head)
        for child in line.children:
            if child.kind in INKS:
                column.addWidget(Text(_words(child), "label", INKS[child.kind]))
        if line.formula is not None:
            column.addWidget(Text(show(line.formula), "label", "text"))
        if item.needs_evidence and item.evidence_count == 0:
            column.addWidget(Text(_("No evidence is registered."), "label", "warning"))
        self._add_clauses(column, line.clauses, [child for child in line.children if child.kind == "clause"])

    def _add_clauses(self, column: QVBoxLayout, ids: Sequence[str], lines: Sequence[Line]) -> None:
        if not ids:
            return
        row = QHBoxLayout()
        mark = "、" if language() == "zh" else ", "
        row.addWidget(Text(_("Clauses {ids}", ids=mark.join(ids)), "label", "text_2"), 1)
        self.unfold = Button(_("Texts"), "link", run=self._toggle)
        self.unfold.setAccessibleName(_("Show the texts of the clauses"))
        row.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        for line in lines:
            text = Text(show(line.label), "label", "text_2")
            text.hide()
            self._clauses.append(text)
            column.addWidget(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("border"), look.edge))
        painter.setBrush(look.color("sunken"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), look.px(8), look.px(8))
        painter.end()

    def _toggle(self) -> None:
        for text in self._clauses:
            text.setVisible(text.isHidden())


def _words(line: Line) -> str:
    words = show(line.label)
    if line.formula is None:
        return words
    return f"{words}  {show(line.formula)}" if line.kind != "answer" else f"{words}\n{show(line.formula)}"


def shown_level(item: ItemScore) -> int | None:
    """The level an item stands on, where it was answered by level; None for other kinds and states."""
    if item.answer is None or item.answer.kind != "level" or item.state != "answered":
        return None
    return item.level if item.level is not None else item.answer.level

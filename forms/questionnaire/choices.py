"""A yes/no question: two whole rows with what each answer means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.framework.indicator import YesNo
from assess.measure import scales
from forms.questionnaire.body import Asked, Body
from forms.questionnaire.marks import draw_row
from forms.questionnaire.notices import Line
from forms.questionnaire.prose import Prose
from forms.questionnaire.terms import Spot
from forms.questionnaire.wording import figure
from forms.theme import theme
from forms.widgets.labels import Label
from forms.words import _

Choice = Literal["yes", "no"]


class ChoiceRow(QRadioButton):
    """Yes or no, with its description. Read as a radio button."""

    term = Signal(str, QWidget)

    def __init__(self, choice: Choice, text: str, spots: Sequence[Spot] = ()) -> None:
        super().__init__()
        style = theme()
        self.choice: Choice = choice
        self.locked = False
        self.name = Label(_("Yes") if choice == "yes" else _("No"), "strong")
        self.name.setMinimumWidth(style.px(36))
        self.words = Prose("body")
        told = text != self.name.text()  # frameworks without words of their own say yes and no alone
        self.words.say(text if told else "", spots if told else ())
        self.words.term.connect(self.term)
        self.chosen = Label(_("Chosen"), "label", "primary_text")
        self.chosen.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(48), style.px(13), style.px(12), style.px(13))
        row.setSpacing(style.px(12))
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addWidget(self.words)
        row.addLayout(column, 1)
        row.addWidget(self.chosen, 0, Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAutoExclusive(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{self.name.text()} {text}".strip())

    def show_chosen(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self.chosen.setVisible(chosen)
        self.words.embolden(chosen)
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return not self.locked and self.rect().contains(pos)

    def nextCheckState(self) -> None:
        """A click tells the body, which says which row is chosen."""

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint().expandedTo(QSize(0, theme().px(52))) if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(52))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(theme().px(52), layout.heightForWidth(width) if layout else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.locked:
            self.click()
            return
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        style = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        draw_row(painter, self, locked=self.locked)
        side = style.px(20)
        ring = QRectF(style.px(16), style.px(15), side, side).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(style.color("primary" if on else "border_strong"), 1.5))
        painter.setBrush(style.color("panel"))
        painter.drawEllipse(ring)
        if on:
            inner = side * 0.27
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("primary"))
            painter.drawEllipse(ring.adjusted(inner, inner, -inner, -inner))
        painter.end()


class Choices(Body):
    """Yes or no. `Y` and `N` choose, and so do 1 and 0."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(asked, parent)
        spec = asked.indicator.yesno
        assert isinstance(spec, YesNo)
        self.rows: dict[Choice, ChoiceRow] = {}
        self.chosen: Choice | None = None
        both: tuple[Choice, ...] = ("yes", "no")
        for choice in both:
            text, spots = asked.text(spec.yes if choice == "yes" else spec.no)
            row = ChoiceRow(choice, text, spots)
            row.clicked.connect(lambda _on=False, c=choice: self.choose(c))
            row.term.connect(self.term)
            self.rows[choice] = row
            self.column.addWidget(row)
        self.line = Line()
        self.line.hide()
        self.column.addWidget(self.line)

    def choose(self, choice: Choice) -> None:
        if self.locked:
            return
        self.rows[choice].setFocus(Qt.FocusReason.OtherFocusReason)
        if choice != self.chosen:
            answer = Answer.of_choice(choice)
            self.show_answer(answer)
            self.answered.emit(answer)

    def show_answer(self, answer: Answer | None) -> None:
        self.chosen = answer.choice if answer is not None and answer.kind == "yesno" else None
        for choice, row in self.rows.items():
            row.show_chosen(choice == self.chosen)
            row.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if choice == (self.chosen or "yes") else Qt.FocusPolicy.ClickFocus
            )
        self.line.hide()
        if self.chosen is not None and self.asked.shows_score:
            worth = scales.value(self.asked.indicator, Answer.of_choice(self.chosen))
            self.line.tell("info", _("As answered: {score} points.", score=figure(worth.score or 0.0, 1)))
            self.line.show()

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        for row in self.rows.values():
            row.locked = locked
            row.update()

    def entry(self) -> QWidget:
        return self.rows[self.chosen or "yes"]

    def press(self, event: QKeyEvent) -> bool:
        keys: dict[str, Choice] = {"y": "yes", "1": "yes", "n": "no", "0": "no"}
        choice = keys.get(event.text().lower())
        if choice is not None:
            self.choose(choice)
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and any(row.hasFocus() for row in self.rows.values()):
            self.choose("no" if event.key() == Qt.Key.Key_Down else "yes")
            return True
        return False

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Y / N", _("choose")), ("↑ ↓", _("change")))

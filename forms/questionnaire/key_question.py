"""The question whose turn it is while a sheet is keyed, with the answers its digits stand for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.grassroots.form import Form, Question
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.words import _, show


class KeyQuestion(QWidget):
    """Two paragraphs: the question, and what may be typed."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.words = Prose("question")
        self.answers = Prose("body", "text_2")
        column.addWidget(self.words)
        column.addWidget(self.answers)

    def put(self, question: Question | None, form: Form) -> None:
        """Show a question; without one, how to begin."""
        if question is None:
            self.words.say(_("Type the number of the sheet, then Enter."))
            self.answers.say(
                _("Then the answers of its {count} questions, as they stand on the paper.", count=len(form.questions))
            )
            return
        self.words.say(_("{number}. {question}", number=question.number, question=question.words))
        choices = "　".join(f"{choice.digit}\u00a0{show(choice.words)}" for choice in question.choices)
        match question.kind:
            case "felt":
                text = _("{choices}　9 left open", choices=choices)
            case "tick":
                text = _("{choices}　0 none of these. Type what is ticked, then Enter.", choices=choices)
            case _:
                text = _("Type the number ({unit}), then Enter. Enter alone leaves it open.", unit=question.unit)
        self.answers.say(text)

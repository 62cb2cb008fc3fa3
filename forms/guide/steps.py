"""The stations of the tour: which page, what on it the bubble points at, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from forms.words import N_

QUESTION = "ST2.1"


@dataclass(frozen=True, slots=True)
class Step:
    """`page` and `target` are gone to; `anchor` finds what is pointed at, None where it is not there at this size."""

    page: str
    target: str | None
    title: str
    text: str
    anchor: Callable[[Any], QWidget | None]


def _rail(window: Any) -> QWidget:
    rail: QWidget = window.rail
    return rail


def _answers(window: Any) -> QWidget:
    body: QWidget = window.page.desk.card.body
    return body


def _bottom(window: Any) -> QWidget:
    bar: QWidget = window.page.desk.bottom
    return bar


def _evidence(window: Any) -> QWidget:
    panel: QWidget = window.page.desk.side.evidence
    return panel


def _outline(window: Any) -> QWidget:
    outline: QWidget = window.page.desk.outline
    return outline


def _findings(window: Any) -> QWidget:
    first: QWidget = window.page.first
    return first


def _seal(window: Any) -> QWidget:
    main: QWidget = window.page.main
    return main


def _total(window: Any) -> QWidget:
    found = window.rail.buttons.get("results")
    return found if isinstance(found, QWidget) else _rail(window)


STEPS = (
    Step(
        "questionnaire",
        QUESTION,
        N_("The work runs from top to bottom"),
        N_("At the left stand the steps: fill in, check, review, results, report. Ctrl and a digit goes to one."),
        _rail,
    ),
    Step(
        "questionnaire",
        QUESTION,
        N_("Choose the level that is true"),
        N_("Read from low to high and press the digit of the level, or click it. It is saved at once."),
        _answers,
    ),
    Step(
        "questionnaire",
        QUESTION,
        N_("Not applicable, no data, next"),
        N_("If it does not concern you or there are no figures, say so here. Alt+→ goes to the next question."),
        _bottom,
    ),
    Step(
        "questionnaire",
        QUESTION,
        N_("Write down the evidence"),
        N_("Name, number and place of a document are enough; the file need not be attached. Ctrl+E opens the form."),
        _evidence,
    ),
    Step(
        "questionnaire",
        QUESTION,
        N_("See what is still open"),
        N_("The list shows every question and its state. Ctrl+Enter jumps to the next open one, Ctrl+F searches."),
        _outline,
    ),
    Step(
        "findings",
        None,
        N_("Check before you hand in"),
        N_("What does not fit together is listed here. Go to the place, correct it, or write one line why it is so."),
        _findings,
    ),
    Step(
        "finishing",
        None,
        N_("Finish: cover, seal, sign"),
        N_("Fill in the cover, seal the document, print the signature sheet. Then it can be handed back."),
        _seal,
    ),
    Step(
        "results",
        None,
        N_("Where every number comes from"),
        N_("Press any number to see how it came about. F1 explains on every screen. That was the tour."),
        _total,
    ),
)

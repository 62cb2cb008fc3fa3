"""The pages of the rail, in the order of the work. Pages whose module does not exist are not shown.

A module is imported when its page is first gone to: the first window needs none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from forms.words import N_

if TYPE_CHECKING:
    from forms.page import Page, Shell
    from forms.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail: key, module with `make`, title (an id), icon (a name of `forms/icons`).

    `counts`: the page has a badge, and is made soon after a document is opened. `rail` False: the page is reached from
    another one and from the menu; on the rail, the page `under` stays marked.
    """

    key: str
    module: str
    title: str
    icon: str
    counts: bool = False
    rail: bool = True
    under: str = ""

    def exists(self) -> bool:
        try:
            return find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def make(self, session: Session, shell: Shell) -> Page:
        page: Page = import_module(self.module).make(session, shell)
        return page


PLACES = (
    Place("questionnaire", "forms.questionnaire.page", N_("Fill in"), "answer"),
    Place("findings", "forms.findings.page", N_("Check"), "check", counts=True),
    Place("finishing", "forms.finishing.page", N_("Finish filling in"), "lock", rail=False, under="findings"),
    Place("exchange", "forms.exchange.page", N_("Packages"), "exchange", counts=True),
    Place("review", "forms.review.page", N_("Review"), "review", counts=True),
    Place("results", "forms.results.page", N_("Results"), "results"),
    Place("benchmark", "forms.benchmark.page", N_("Compare"), "compare"),
    Place("planning", "forms.planning.page", N_("Plan"), "plan"),
    Place("reports", "forms.reports.page", N_("Report"), "report"),
)


def places() -> tuple[Place, ...]:
    """The pages that exist, in the order of the rail; see `rail` for those that stand on it."""
    return tuple(place for place in PLACES if place.exists())

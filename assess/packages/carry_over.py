"""Answers given on another version of the framework: what still asks the same is carried over, the rest told (D28)."""

from __future__ import annotations

from dataclasses import dataclass

from assess.answers import Answer, Cell
from assess.assessment import Assessment
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.packages.records import PACKAGE
from assess.store.merge import Written, carried

ASKED = ("kind", "question", "levels", "number", "options", "yesno", "tiers")
"""What an answer depends on. A new weight, lead or list of evidence leaves it as good as it was."""


@dataclass(frozen=True, slots=True)
class CarryOver:
    """How a return of another version fits. Codes in the order of the frameworks.

    `kept` were carried over as far as they were answered. `changed` ask something else now: `answers` holds what was
    given, to be looked at and entered anew. `gone` are no longer asked, `new` were not asked then.
    """

    version: str
    kept: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    answers: tuple[tuple[str, Answer], ...] = ()


def same_question(one: Indicator, other: Indicator) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ASKED)


def compared(mine: Framework, theirs: Framework, scope: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Kept, changed and gone items of a package, and the items that are new beside it."""
    kept = tuple(
        code
        for code in scope
        if code in mine.indicators and same_question(mine.indicators[code], theirs.indicators[code])
    )
    changed = tuple(code for code in scope if code in mine.indicators and code not in kept)
    gone = tuple(code for code in scope if code not in mine.indicators)
    new = tuple(code for code in mine.indicators if code not in theirs.indicators)
    return kept, changed, gone, new


def carry_over(document: Assessment, theirs: Assessment) -> tuple[CarryOver, list[Written]]:
    """What to take from a copy that was made with another version, as events of this document; writes nothing."""
    mine, other = document.whole_framework, theirs.whole_framework
    scope = tuple(theirs.framework.indicators)
    kept, changed, gone, new = compared(mine, other, scope)
    wanted = set(kept)

    def goes(cell: Cell) -> bool:
        return cell[0] in wanted or cell[0].startswith((PACKAGE, "@cover/"))

    answers = theirs.sheet.answers()
    listed = tuple((code, answers[code]) for code in (*changed, *gone) if code in answers)
    told = CarryOver(other.version, kept, changed, gone, new, listed)
    return told, carried(theirs._ledger, document._ledger.founding.id, goes)


def moved(document: Assessment, theirs: Assessment) -> list[Written]:
    """Every answer of a copy of the same framework that has another beginning, as events of this document."""
    items = set(document.whole_framework.indicators)
    return carried(
        theirs._ledger,
        document._ledger.founding.id,
        lambda cell: cell[0] in items or cell[0].startswith((PACKAGE, "@cover/", "@check/")),
    )

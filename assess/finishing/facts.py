"""Facts the check rules want and a sheet does not hold (guide 4.4): how long filling in took, what is left to mend."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assess.answers import Sheet
from assess.assessment import Assessment
from assess.checks.facts import unmended

BY_HAND = frozenset({"answer", "unchanged"})
BY_MACHINE = frozenset({"command line", "sample"})


def facts(document: Assessment) -> dict[str, float]:
    """What is known of an open document. Answers read from tables and samples say nothing about a pace."""
    out: dict[str, float] = {}
    by_hand = (one for one in document.given("self") if one.kind in BY_HAND and one.role not in BY_MACHINE)
    pace = minutes(event.at for event in by_hand)
    if pace is not None:
        out["minutes_from_first_to_last_answer"] = pace
    left = rectification(document.sheet)
    if left is not None:
        out["open_rectification_items"] = left
    return out


def minutes(given: Iterable[datetime]) -> float | None:
    """Minutes between the first and the last of some times; None with fewer than two."""
    times = list(given)
    return (max(times) - min(times)).total_seconds() / 60 if len(times) > 1 else None


def rectification(sheet: Sheet) -> float | None:
    """Matters of last period's rectification list that are not done; None where the document carries no such list."""
    left = unmended(sheet)
    return float(len(left)) if left is not None else None

"""A file that was taken back and comes again: it stays out until somebody wants it or a later return holds it (D61)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assess.assessment import Assessment
from assess.packages.outcomes import OutcomeState
from assess.store.changes import MergeReport
from assess.store.merge import arrived
from assess.store.taken_back import bring_back, set_aside


def taken_back_before(target: Assessment, ids: Iterable[str]) -> bool:
    """Whether some of these events were taken back in the document they belong to."""
    return not set_aside(target).isdisjoint(ids)


def settled(
    target: Assessment, report: MergeReport, ids: Iterable[str], again: bool
) -> tuple[MergeReport, OutcomeState]:
    """What a file did once its events are in, and what became of it.

    With something new in it, it is a later return: what of it was taken back counts again.
    """
    ids = tuple(ids)
    if not taken_back_before(target, ids):
        return report, "taken" if report.events or report.attachments else "again"
    if not (again or report.events):
        return report, "left_out"
    changes = bring_back(target, ids)
    cells = {**report.cells, **changes.cells}
    items = tuple(sorted({item for item, _ in cells}))
    return replace(report, changes=replace(report.changes, cells=cells, items=items)), "taken"


def import_of(target: Assessment, report: MergeReport, key: str) -> tuple[str, int] | None:
    """The import a file has just become; None where it brought no event."""
    return (key, max(arrived(target))) if report.events else None

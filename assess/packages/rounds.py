"""Everybody who takes part in the round: who has items now, and who was issued some before."""

from __future__ import annotations

from assess.assessment import Assessment
from assess.packages.recipients import TIERS, Recipient, recipients
from assess.packages.records import IssueRecord, issued


def everybody(document: Assessment) -> tuple[Recipient, ...]:
    """Recipients in their order, then units that no longer have an item or were served by hand."""
    found = list(recipients(document, "all"))
    known = {one.key for one in found}
    return (
        *found,
        *(_before(records[-1]) for key, records in issued(document.sheet.cells).items() if key not in known),
    )


def known_as(document: Assessment, key: str) -> Recipient | None:
    """The recipient of this key; None where nothing was ever issued to it and it has no item."""
    return next((one for one in everybody(document) if one.key == key), None)


def _before(record: IssueRecord) -> Recipient:
    tier = TIERS.get(record.kind, "")
    return Recipient(record.key, record.kind, record.name, record.items, tier=tier, code=record.code)  # type: ignore[arg-type]

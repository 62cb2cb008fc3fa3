"""What the page says of counts, seals and people."""

from __future__ import annotations

from datetime import datetime

from assess.finishing.completeness import Part
from assess.store.seals import SealRecord
from forms.words import N_, _

COLUMNS: tuple[tuple[str, str], ...] = (
    ("open", N_("Not answered")),
    ("na_waiting", N_("N/A awaiting consent")),
    ("nd", N_("No data")),
    ("evidence_missing", N_("Evidence missing")),
    ("errors", N_("To be dealt with")),
    ("warnings", N_("To be checked")),
    ("explained", N_("Explained")),
)
INKS = {"open": "warning", "errors": "danger", "warnings": "warning", "evidence_missing": "warning"}
GOES_TO = {"errors": "findings", "warnings": "findings", "explained": "findings"}


def codes(part: Part, column: str) -> tuple[str, ...]:
    """The items behind a count."""
    found: tuple[str, ...] = getattr(part, column)
    return found


def when(at: datetime) -> str:
    """A moment in the time of this machine, as 2026-07-31 14:32."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def who(name: str, post: str, unit: str) -> str:
    """A person as he signed: name, post and unit, as far as they were given."""
    return " · ".join(part for part in (name, post, unit) if part) or _("without a name")


def seal_line(seal: SealRecord) -> str:
    """When and by whom a seal was made."""
    return _("{when}, {who}", when=when(seal.at), who=who(seal.author, seal.post, seal.unit))


def reopening_line(seal: SealRecord) -> str:
    """When, by whom and why it was reopened; empty while it holds."""
    opened = seal.reopened
    if opened is None:
        return ""
    person = who(opened.author, opened.post, opened.unit)
    return _("Reopened {when} by {who}: {reason}", when=when(opened.at), who=person, reason=opened.reason)

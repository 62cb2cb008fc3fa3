"""Where an item stands, in the words of the notice above its answers."""

from __future__ import annotations

from assess.framework.indicator import Indicator
from assess.review.table import Row
from forms.review import wording
from forms.words import _


def standing(row: Row, item: Indicator) -> tuple[str, str, str]:
    """What is to be said about where a row stands: tone, first sentence, what to do; empty where there is nothing.

    The tone "flag" is a pair that differs so much that it is looked at first.
    """
    tone, first, more = "", "", ""
    if row.state == "returned" and row.last is not None:
        tone, first = "danger", _("Returned for correction: {reason}", reason=row.last.reason)
        if row.last.deadline is not None:
            more = (
                _("It was due on {day}.", day=row.last.deadline.isoformat())
                if row.overdue
                else _("To be corrected by {day}.", day=row.last.deadline.isoformat())
            )
    elif row.state == "objection" and row.last is not None:
        tone, first = "warning", _("Objection: {reason}", reason=row.last.reason)
    elif row.state == "ruled" and row.last is not None:
        tone, first = "success", _("Ruled: {reason}", reason=row.last.reason)
    elif row.state == "accepted" and row.last is not None and row.last.deadline is not None and not row.serious:
        tone = "info"
        first = _("Confirmed by {who}.", who=row.last.signature)
        more = _("Objections are possible until {day}.", day=row.last.deadline.isoformat())
    elif row.last is not None and row.last.lapsed:
        tone, first = "warning", _("Self-assessment or review value was changed after it was settled.")
        more = _("Look at it again.")
    elif row.serious and row.apart is not None:
        tone = "flag"
        other = row.second if row.hidden else row.review
        first = (
            _("Self-assessment {own}, review {review}: one is answered, the other is not.",
              own=wording.short(item, row.own), review=wording.short(item, other))
            if row.apart.states
            else _("Self-assessment {own}, review {review}: {levels} levels apart.",
                   own=wording.short(item, row.own), review=wording.short(item, other),
                   levels=abs(row.apart.levels))
        )  # fmt: skip
        more = _("To be checked first.") if row.flagged else ""
    elif row.second_apart is not None and row.second_apart.serious:
        tone, first = "warning", _("First and second review differ; settle it by a new review value.")
    return tone, first, more

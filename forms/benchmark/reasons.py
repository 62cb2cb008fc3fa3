"""Why a place is not shown, or only for reference: the notice at the head of the comparison page."""

from __future__ import annotations

from collections.abc import Callable

from assess.benchmark.position import Position
from forms import peers
from forms.widgets.notice import Notice
from forms.words import _, show

INFO, WARNING = "info", "warning"


def say_reason(notice: Notice, standing: peers.Standing, pick: Callable[[], None]) -> None:
    """Say why, with what to do about it; hidden where there is nothing to say."""
    position = standing.position
    notice.show()
    if standing.problem is not None:
        notice.problem(standing.problem)
    elif not standing.library:
        notice.say(
            INFO,
            _("There are no comparable cities in the library yet."),
            _("Add documents of other cities, or look at the sample cities."),
            action=_("Add documents…"),
            run=pick,
        )
    elif position is not None and position.allowed == "none":
        notice.say(INFO, show(position.reason), "", action=_("Add documents…"), run=pick)
    elif position is not None and position.reference_only:
        notice.say(WARNING, _("This is a self-assessment: its place is for reference."), show(position.reason))
    elif position is not None and position.me.total is None:
        notice.say(WARNING, _("This city has no total yet, so only its parts are compared."), "")
    elif position is not None and position.allowed == "median":
        notice.say(INFO, show(position.reason), "")
    else:
        notice.hide()


def size_of_group(position: Position | None) -> str:
    """How many cities are compared; nothing where they may not be."""
    if position is None or position.allowed == "none":
        return ""
    if position.me.sample:
        return _("{n} sample cities in the group", n=position.n)
    return _("{n} cities in the group", n=position.n)

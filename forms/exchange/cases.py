"""Conflicts of the master and of the documents of counties and townships, and the ways to settle one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assess.answers import Cell
from assess.assessment import Assessment
from assess.framework.model import Framework
from assess.packages import conflicts as settling
from assess.packages import members
from assess.packages.conflicts import Conflict
from assess.packages.recipients import Recipient
from assess.packages.records import copy_mark, issued
from assess.packages.rounds import everybody
from assess.store.changes import Changes


@dataclass(frozen=True, slots=True)
class Case:
    """One conflict. `home` is the county or township whose own document it lies in; None: the document that is open."""

    conflict: Conflict
    framework: Framework
    home: Recipient | None = None

    @property
    def key(self) -> tuple[str, Cell]:
        return (self.home.key if self.home is not None else "", self.conflict.cell)


def gather(document: Assessment, recipient: Recipient | None) -> tuple[Case, ...]:
    """The conflicts of one unit, or all there are, in the order of the framework."""
    found: list[Case] = []
    if recipient is None or not recipient.own:
        items = None
        if recipient is not None:
            before = issued(document.sheet.cells).get(recipient.key, ())
            items = {*recipient.items, *(code for one in before for code in one.items)}
            items.add(f"@cover/{copy_mark(recipient.key)}")
        found += [Case(one, document.whole_framework) for one in settling.conflicts(document, items)]
    homes = [recipient] if recipient is not None else [one for one in everybody(document) if one.own]
    for home in homes:
        if home.own and members.exists(document, home):
            with members.opened(document, home, read_only=True) as own:
                found += [Case(one, own.whole_framework, home) for one in settling.conflicts(own)]
    return tuple(found)


def settle(document: Assessment, home: Recipient | None, way: Callable[..., Changes], *args: Any) -> Changes:
    """One of the ways of `assess.packages.conflicts`, in the document the conflict lies in."""
    if home is None:
        return way(document, *args)
    with members.opened(document, home) as own:
        done = way(own, *args)
    return Changes({}, (), "", done.at, done.kind)

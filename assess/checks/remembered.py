"""What the rules found on the sheet before, kept for what has not changed since: after one answer one item is judged
anew and not fifteen hundred.

A sheet shares the contents of its cells with the one before it, so that a change is seen by identity. Kept is only what
rests on one item alone; rules about groups, other items, facts or other units are judged anew every time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assess.answers import Profile, Sheet
from assess.checks import across
from assess.checks.material import Item, Material
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.framework.supplement import CheckRule

MOST = 4
_BEYOND = frozenset({"indicator", "items", "fact", "each", *across.ITEM, *across.GROUP})


@dataclass(slots=True)
class Kept:
    """Findings of the rules about single items: rule -> item -> finding, and the items they were found on."""

    framework: Framework
    profile: Profile
    previous: Material | None
    items: Mapping[str, Item]
    skipped: frozenset[str]
    selected: dict[object, tuple[Item, ...]]
    found: dict[str, dict[str, Found]] = field(default_factory=dict)


_last: dict[tuple[int, str], Kept] = {}


def begun(framework: Framework, tier: str) -> bool:
    """Whether a sheet of this framework and level has been judged before, so that the next is judged quickly."""
    known = _last.get((id(framework), tier))
    return known is not None and known.framework is framework


def alone(rule: CheckRule) -> bool:
    """Whether a rule judges each item by that item alone."""
    return "each" in rule.condition and not _reaches(rule.condition.get("when"))


def _reaches(condition: object) -> bool:
    if isinstance(condition, Mapping):
        return any(key in _BEYOND or _reaches(value) for key, value in condition.items())
    return isinstance(condition, (list, tuple)) and any(map(_reaches, condition))


def take_up(sheet: Material) -> tuple[Kept, frozenset[str]]:
    """What is kept of the sheet before, and the items that have changed since; an empty one with all of them where
    there was none. Unchanged items are taken over with everything already worked out about them."""
    key = (id(sheet.framework), sheet.tier)
    old = _last.get(key)
    new = Kept(sheet.framework, sheet.sheet.profile, sheet.previous, sheet.items, sheet.skipped, sheet.selected)
    every = frozenset(sheet.items)
    if (
        old is None
        or old.framework is not new.framework
        or old.previous is not new.previous
        or old.profile != new.profile
        or tuple(old.items) != tuple(new.items)
    ):
        return new, every
    changed = {code for code, item in new.items.items() if not _same(old.items[code].cells, item.cells)}
    changed |= old.skipped ^ new.skipped
    for code in every - changed:
        item = old.items[code]
        item.sheet = sheet
        sheet.items[code] = item
    for selector, chosen in list(old.selected.items()):
        sheet.selected[selector] = tuple(sheet.items[item.code] for item in chosen)
    new.found = {
        rule: {code: one for code, one in found.items() if code not in changed} for rule, found in old.found.items()
    }
    return new, frozenset(changed)


def keep(kept: Kept) -> None:
    """Keep what was found, for the next sheet."""
    key = (id(kept.framework), kept.profile.tier)
    for other in [one for one in list(_last) if one != key][: max(0, len(_last) - MOST + 1)]:
        _last.pop(other, None)
    _last[key] = kept


def _same(before: Mapping[Any, object], now: Mapping[Any, object]) -> bool:
    if before is now:
        return True
    return len(before) == len(now) and all(before.get(column) is content for column, content in now.items())


_before: dict[int, Material] = {}


def last_period(framework: Framework, sheet: Sheet) -> Material:
    """The sheet of last period laid open and scored, once for as long as its cells stay what they are."""
    known = _before.get(id(framework))
    if (
        known is not None
        and known.framework is framework
        and known.sheet.profile == sheet.profile
        and _same(known.sheet.cells, sheet.cells)
    ):
        return known
    from assess.measure.score import score

    made = Material(framework, sheet, score(framework, sheet))
    if len(_before) >= MOST:
        _before.clear()
    _before[id(framework)] = made
    return made

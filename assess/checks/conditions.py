"""Conditions as data (guide 4.2): all, any, not, one item, each of a selection, a group, a fact."""

from __future__ import annotations

from collections.abc import Mapping

from assess.checks import facts, groups, items
from assess.checks.material import Item, Material
from assess.checks.select import select
from assess.framework.operators import QUALIFIERS

Condition = Mapping[str, object]
_WORDS = {"all", "any", "not", "each", "when", "items", "fact", "indicator", *QUALIFIERS}


def holds(sheet: Material, condition: object, item: Item | None = None, fields: tuple[str, ...] = ()) -> bool:
    """Does a condition hold, for `item` where it names none itself? What is not a condition does not hold."""
    if not isinstance(condition, Mapping):
        return False
    found = [*_combined(sheet, condition, item, fields), *_plain(sheet, condition, item, fields)]
    return bool(found) and all(found)


def hits(sheet: Material, condition: Condition, fields: tuple[str, ...] = ()) -> tuple[Item, ...]:
    """The items of an `each` condition for which its `when` holds."""
    when = condition.get("when")
    return tuple(item for item in select(sheet, condition.get("each")) if holds(sheet, when, item, fields))


def concerned(sheet: Material, condition: object) -> tuple[str, ...]:
    """Codes of the items whose part of a condition that holds does hold, in the order of the condition."""
    if not isinstance(condition, Mapping):
        return ()
    if "each" in condition:
        return tuple(item.code for item in hits(sheet, condition))
    if "indicator" in condition:
        return (str(condition["indicator"]),) if holds(sheet, condition) else ()
    found: list[str] = []
    for key in ("all", "any"):
        for part in _parts(condition.get(key)):
            found += concerned(sheet, part)
    return tuple(dict.fromkeys(found))


def _combined(sheet: Material, condition: Condition, item: Item | None, fields: tuple[str, ...]) -> list[bool]:
    found: list[bool] = []
    if "all" in condition:
        parts = _parts(condition["all"])
        found.append(bool(parts) and all(holds(sheet, part, item, fields) for part in parts))
    if "any" in condition:
        found.append(any(holds(sheet, part, item, fields) for part in _parts(condition["any"])))
    if "not" in condition:
        found.append(not holds(sheet, condition["not"], item, fields))
    if "each" in condition:
        found.append(bool(hits(sheet, condition, fields)))
    return found


def _plain(sheet: Material, condition: Condition, item: Item | None, fields: tuple[str, ...]) -> list[bool]:
    operators = [(name, wanted) for name, wanted in condition.items() if name not in _WORDS]
    if "items" in condition:
        group = select(sheet, condition["items"])
        return [groups.holds(group, name, wanted, condition) for name, wanted in operators]
    if "fact" in condition:
        return [facts.holds(sheet, str(condition["fact"]), name, wanted) for name, wanted in operators]
    named = condition.get("indicator")
    subject = item if named is None else sheet.items.get(str(named))
    if subject is None:
        return [False] if operators else []
    qualifiers = {**condition, "fields": fields} if fields else condition
    return [items.holds(subject, name, wanted, qualifiers) for name, wanted in operators]


def _parts(found: object) -> tuple[object, ...]:
    return tuple(found) if isinstance(found, (list, tuple)) else ()

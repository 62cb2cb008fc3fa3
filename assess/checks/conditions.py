"""Conditions as data (guide 4.2): all, any, not, one item, each of a selection, a group, a fact."""

from __future__ import annotations

from collections.abc import Mapping

from assess.checks import facts, groups, items
from assess.checks.material import Item, Material
from assess.checks.select import select, selected
from assess.framework.operators import QUALIFIERS

Condition = Mapping[str, object]
_COMBINED = frozenset({"all", "any", "not", "each"})
_SUBJECTS = frozenset({"when", "items", "fact", "indicator", "as_level", *QUALIFIERS})
KINDS = ("type:", "unit:")


def holds(sheet: Material, condition: object, item: Item | None = None, fields: tuple[str, ...] = ()) -> bool:
    """Does a condition hold, for `item` where it names none itself? What is not a condition does not hold."""
    if not isinstance(condition, Mapping):
        return False
    said = False
    for name, wanted in condition.items():
        if name in _SUBJECTS:
            continue
        said = True
        if name in _COMBINED:
            if not _combined(sheet, name, condition, item, fields):
                return False
        elif not _plain(sheet, name, wanted, condition, item, fields):
            return False
    return said


def hits(sheet: Material, condition: Condition, fields: tuple[str, ...] = ()) -> tuple[Item, ...]:
    """The items of an `each` condition for which its `when` holds."""
    when = _when(condition)
    return tuple(item for item in select(sheet, condition.get("each")) if holds(sheet, when, item, fields))


def _when(condition: Condition) -> object:
    """What has to hold of an item; of items of several kinds thresholds speak of levels (D57)."""
    when = condition.get("when")
    if mixed(condition.get("each")) and isinstance(when, Mapping):
        return {"all": [{**part, "as_level": True} for part in _comparisons(when)]}
    return when


def mixed(selector: object) -> bool:
    """Does a selector take items of several kinds? Then a threshold speaks of levels: “at least 3” of a percentage is
    the level it comes to, never three per cent (D57)."""
    return isinstance(selector, str) and not any(part.strip().startswith(KINDS) for part in selector.split("&"))


def _comparisons(when: Condition) -> tuple[Condition, ...]:
    """The parts of a condition that all have to hold."""
    if set(when) == {"all"}:
        return tuple(part for part in _parts(when["all"]) if isinstance(part, Mapping))
    return (when,)


def hit(sheet: Material, condition: Condition, item: Item, fields: tuple[str, ...] = ()) -> bool:
    """Whether one item is among the hits of an `each` condition."""
    return selected(sheet, condition.get("each"), item) and holds(sheet, _when(condition), item, fields)


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


def place_of(sheet: Material, condition: object) -> str:
    """Where to go for a condition that names no item: an item of its group, or the part of the document it is about."""
    if not isinstance(condition, Mapping):
        return ""
    if "items" in condition:
        operator = next((name for name in condition if name in groups.OPERATORS), "")
        return groups.where(select(sheet, condition["items"]), operator)
    if "fact" in condition:
        return facts.place(sheet, str(condition["fact"]))
    for key in ("all", "any"):
        for part in _parts(condition.get(key)):
            if (key == "all" or holds(sheet, part)) and (found := place_of(sheet, part)):
                return found
    return ""


def _combined(sheet: Material, name: str, condition: Condition, item: Item | None, fields: tuple[str, ...]) -> bool:
    parts = condition[name]
    match name:
        case "all":
            listed = _parts(parts)
            return bool(listed) and all(holds(sheet, part, item, fields) for part in listed)
        case "any":
            return any(holds(sheet, part, item, fields) for part in _parts(parts))
        case "not":
            return not holds(sheet, parts, item, fields)
        case _:
            return bool(hits(sheet, condition, fields))


def _plain(
    sheet: Material, name: str, wanted: object, condition: Condition, item: Item | None, fields: tuple[str, ...]
) -> bool:
    if "items" in condition:
        return groups.holds(select(sheet, condition["items"]), name, wanted, condition)
    if "fact" in condition:
        return facts.holds(sheet, str(condition["fact"]), name, wanted)
    named = condition.get("indicator")
    subject = item if named is None else sheet.items.get(str(named))
    if subject is None:
        return False
    return items.holds(subject, name, wanted, {**condition, "fields": fields} if fields else condition)


def _parts(found: object) -> tuple[object, ...]:
    return tuple(found) if isinstance(found, (list, tuple)) else ()

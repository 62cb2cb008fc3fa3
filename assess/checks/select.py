"""Which items a rule speaks of: all, key, core, by kind, unit, dimension or sub-dimension, lists, and intersections."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assess.checks.material import Item, Material

WHOLE_DOCUMENT = "all_text"


def select(sheet: Material, selector: object) -> tuple[Item, ...]:
    """The items of a selector among those the document asks, in order; none for a selector that is not known."""
    known = selector if isinstance(selector, str) else tuple(map(str, _listed(selector)))
    if known not in sheet.selected:
        sheet.selected[known] = tuple(item for item in sheet.items.values() if _chosen(sheet, known, item))
    return sheet.selected[known]


def selected(sheet: Material, selector: object, item: Item) -> bool:
    """Whether one item is among those of a selector."""
    return _chosen(sheet, selector if isinstance(selector, str) else tuple(map(str, _listed(selector))), item)


def _listed(selector: object) -> Iterable[object]:
    return selector if isinstance(selector, (list, tuple)) else ()


def _chosen(sheet: Material, selector: str | tuple[str, ...], item: Item) -> bool:
    if isinstance(selector, tuple):
        return item.code in selector
    return all(_one(sheet, part.strip(), item) for part in selector.split("&"))


def _one(sheet: Material, part: str, item: Item) -> bool:
    if part in ("all", WHOLE_DOCUMENT):
        return True
    if part == "key":
        return item.indicator.key
    if part == "core":
        return item.indicator.core
    kind, _, name = part.partition(":")
    test = _BY.get(kind)
    return test(sheet, item, name) if test is not None else item.code == part


def _unit(_sheet: Material, item: Item, name: str) -> bool:
    number = item.indicator.number
    return number is not None and name in (number.unit.zh.strip(), number.unit.en.strip())


def _under(sheet: Material, item: Item, name: str) -> bool:
    return item.code in sheet.under(name)


def _never(sheet: Material, item: Item, name: str) -> bool:
    words = sheet.framework.states.get("NA")
    return name == "never" and words is not None and item.code in words.never


_BY: dict[str, Callable[[Material, Item, str], bool]] = {
    "type": lambda _sheet, item, name: item.indicator.kind == name,
    "unit": _unit,
    "dim": _under,
    "sub": _under,
    "na": _never,
}

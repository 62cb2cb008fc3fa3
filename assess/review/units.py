"""Which unit answers for an item, as the review speaks of it: the assigned one, else the lead of the framework."""

from __future__ import annotations

from collections.abc import Mapping

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.language import Words


def unit_of(framework: Framework, sheet: Sheet, code: str) -> Words:
    """The unit that answers for an item; empty words where neither the document nor the framework names one."""
    given = sheet.cells.get((code, "assignment"))
    if isinstance(given, Mapping) and str(given.get("lead", "")).strip():
        return Words(str(given["lead"]).strip())
    return framework.indicators[code].lead


def units(framework: Framework, sheet: Sheet, codes: tuple[str, ...]) -> dict[str, tuple[Words, tuple[str, ...]]]:
    """Unit (its Chinese, or only, name) -> its words and its items, in the order of their first item."""
    found: dict[str, tuple[Words, list[str]]] = {}
    for code in codes:
        words = unit_of(framework, sheet, code)
        found.setdefault(words.to("zh"), (words, []))[1].append(code)
    return {key: (words, tuple(items)) for key, (words, items) in found.items()}

"""Operators against last period (guide 4.3). Without a last period they are false."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assess.checks import texts
from assess.checks.material import Item, parts
from assess.measure.scales import TOLERANCE


def change(item: Item) -> float | None:
    """This period's figure less last period's, in levels or units."""
    if item.figure is None or item.figure_before is None:
        return None
    return item.figure - item.figure_before


def _more(found: float | None, wanted: object) -> bool:
    if found is None or not isinstance(wanted, (int, float)) or isinstance(wanted, bool):
        return False
    return found > wanted + TOLERANCE


def _changed(item: Item, wanted: object, _q: Mapping[str, object]) -> bool:
    moved = change(item)
    return _more(abs(moved) if moved is not None else None, wanted)


def _rose(item: Item, wanted: object, _q: Mapping[str, object]) -> bool:
    return _more(change(item), wanted)


def _fell(item: Item, wanted: object, _q: Mapping[str, object]) -> bool:
    moved = change(item)
    return _more(-moved if moved is not None else None, wanted)


def _changed_percent(item: Item, wanted: object, _q: Mapping[str, object]) -> bool:
    moved, before = change(item), item.figure_before
    return moved is not None and bool(before) and _more(abs(moved) / abs(before or 1.0) * 100, wanted)


def _denominator_fell(item: Item, wanted: object, _q: Mapping[str, object]) -> bool:
    now, before = item.parts[1], parts(item.before)[1]
    return now is not None and bool(before) and _more((before - now) / abs(before) * 100 if before else None, wanted)


def _last_state(item: Item, wanted: object, _q: Mapping[str, object]) -> bool:
    before = item.before
    if before is None:
        return False  # no last period: what was blank then cannot be told
    return (before.kind if before.kind in ("na", "nd") else "answered") == wanted


def _same_note(item: Item, _wanted: object, q: Mapping[str, object]) -> bool:
    note = texts.bare(str(item.cells.get("note") or ""))
    cells = item.cells_before
    if cells is None or not note:
        return False
    least = q.get("min_length")
    if isinstance(least, (int, float)) and len(note) < least:
        return False
    return note == texts.bare(str(cells.get("note") or ""))


OPERATORS: dict[str, Callable[[Item, object, Mapping[str, object]], bool]] = {
    "changed_by_more_than": _changed,
    "rose_by_more_than": _rose,
    "fell_by_more_than": _fell,
    "changed_by_more_than_percent": _changed_percent,
    "denominator_fell_by_more_than_percent": _denominator_fell,
    "last_state_is": _last_state,
    "note_same_as_last_period": _same_note,
}

"""Operators against other units and other levels (guide 4.3, 4.4). Without their material they are false."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum

from assess.checks import texts
from assess.checks.around import ALIKE, alike, digests, fences, near, own_words
from assess.checks.material import Item, Material

Qualifiers = Mapping[str, object]


def _number(wanted: object) -> float | None:
    return float(wanted) if isinstance(wanted, (int, float)) and not isinstance(wanted, bool) else None


def _least(q: Qualifiers, which: str) -> float:
    return _number(q.get(which)) or 0.0


def _others(item: Item) -> list[Item]:
    """The same item of the other units."""
    found = (other.items.get(item.code) for other in item.sheet.others)
    return [one for one in found if one is not None]


def _words(item: Item, least: float) -> str:
    """What a unit wrote about an item in its own words; empty where that is too short to compare."""
    note = str(item.cells.get("note") or "")
    left = own_words(item.indicator, note) if note else ""
    return left if len(texts.bare(note)) >= least and len(left) >= 3 else ""


def _same_text(item: Item, wanted: object, q: Qualifiers) -> bool:
    limit, least = _number(wanted), _least(q, "min_length")
    own = _words(item, least)
    return bool(own) and limit is not None and any(
        alike(own, _words(other, least)) >= limit for other in _others(item)
    )  # fmt: skip


def _outside_fences(item: Item, wanted: object, q: Qualifiers) -> bool:
    k = _number(wanted)
    values = [other.figure for other in _others(item) if other.state == "answered" and other.figure is not None]
    if k is None or item.figure is None or len(values) < max(_least(q, "min_peers"), 1):
        return False
    low, high = fences(values, k)
    return not (low <= item.figure <= high or near(item.figure, low) or near(item.figure, high))


def _few_at_four(item: Item, wanted: object, q: Qualifiers) -> bool:
    limit = _number(wanted)
    levels = [other.level for other in _others(item) if other.state == "answered" and other.level is not None]
    if limit is None or len(levels) < max(_least(q, "min_peers"), 1):
        return False
    return sum(level >= 4 for level in levels) * 100 / len(levels) < limit


def _felt(item: Item, q: Qualifiers) -> float | None:
    """The mean of what townships and villages answered, 0–5; None with too few sheets."""
    around = item.sheet.around
    given = around.felt.get(item.code, ()) if around is not None else ()
    return fsum(given) / len(given) if given and len(given) >= _least(q, "min_township_sheets") else None


def _claim(item: Item) -> float | None:
    """What the unit says of itself on 0–5."""
    if item.state != "answered" or item.worth is None or item.worth.score is None:
        return None
    return item.figure if item.indicator.kind == "level" else item.worth.score / 20


def _gap(item: Item, q: Qualifiers) -> float | None:
    claim, mean = _claim(item), _felt(item, q)
    return claim - mean if claim is not None and mean is not None else None


def _compared(found: float | None, wanted: object, *, least: bool) -> bool:
    limit = _number(wanted)
    if found is None or limit is None:
        return False
    return near(found, limit) or (found > limit if least else found < limit)


def _tier_mean(item: Item, q: Qualifiers) -> float | None:
    """The mean figure of a level below less the own figure."""
    around = item.sheet.around
    given = around.figures.get(str(q.get("tier") or ""), {}).get(item.code, ()) if around is not None else ()
    if not given or len(given) < _least(q, "min_sheets") or item.figure is None or item.state != "answered":
        return None
    return fsum(given) / len(given) - item.figure


def _county_gap(item: Item, wanted: object, q: Qualifiers) -> bool:
    around = item.sheet.around
    given = around.counties.get(item.code, ()) if around is not None else ()
    if not given or len(given) < _least(q, "min_sheets") or item.level is None:
        return False
    return _compared(item.level - fsum(given) / len(given), wanted, least=True)


def _more(found: float | None, wanted: object) -> bool:
    limit = _number(wanted)
    return found is not None and limit is not None and found > limit and not near(found, limit)


ITEM: dict[str, Callable[[Item, object, Qualifiers], bool]] = {
    "same_text_as_other_city": _same_text,
    "outside_peer_fences": _outside_fences,
    "peer_share_at_least_4_below": _few_at_four,
    "perception_gap_at_least": lambda item, wanted, q: _compared(_gap(item, q), wanted, least=True),
    "perception_gap_at_most": lambda item, wanted, q: _compared(_gap(item, q), wanted, least=False),
    "perception_mean_at_most": lambda item, wanted, q: _compared(_felt(item, q), wanted, least=False),
    "tier_mean_above_by": lambda item, wanted, q: _more(_tier_mean(item, q), wanted),
    "tier_mean_below_by": lambda item, wanted, q: _more(
        -mean if (mean := _tier_mean(item, q)) is not None else None, wanted
    ),
    "county_mean_below_by": _county_gap,
}


def _against_each(items: Sequence[Item], test: Callable[[Sequence[Item], Material], bool]) -> bool:
    """Does a test hold against any one other unit?"""
    return bool(items) and any(test(items, other) for other in items[0].sheet.others)


def _text_share(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    least, limit = _least(q, "min_length"), _number(wanted)

    def test(items: Sequence[Item], other: Material) -> bool:
        own = {item.code: words for item in items if (words := _words(item, least))}
        if limit is None or not own or len(own) < _least(q, "min_texts"):
            return False
        same = sum(
            code in other.items and alike(words, _words(other.items[code], least)) >= ALIKE
            for code, words in own.items()
        )
        return same * 100 / len(own) > limit

    return _against_each(items, test)


def _value_share(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    limit = _number(wanted)

    def test(items: Sequence[Item], other: Material) -> bool:
        pairs = [
            (item.figure, there.figure)
            for item in items
            if (there := other.items.get(item.code)) is not None and item.state == there.state == "answered"
        ]
        both = [(one, two) for one, two in pairs if one is not None and two is not None]
        if limit is None or not both or len(both) < _least(q, "min_answered"):
            return False
        return sum(near(one, two) for one, two in both) * 100 / len(both) > limit

    return _against_each(items, test)


def _same_evidence(items: Sequence[Item], wanted: object, _q: Qualifiers) -> bool:
    limit = _number(wanted)
    own = {piece.digest for item in items for piece in item.evidence if piece.digest}
    return limit is not None and _against_each(
        items, lambda _items, other: len(own & digests(other.framework, other.sheet)) > limit
    )


GROUP: dict[str, Callable[[Sequence[Item], object, Qualifiers], bool]] = {
    "share_same_text_as_other_city_above": _text_share,
    "share_same_values_as_other_city_above": _value_share,
    "evidence_same_as_other_city_above": _same_evidence,
}

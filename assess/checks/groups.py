"""Operators on a group of items as a whole (guide 4.4): one finding for the sheet. Too few answers judge nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assess.checks import across, texts
from assess.checks.items import compare, number
from assess.checks.material import Item
from assess.measure.scales import TOLERANCE

Qualifiers = Mapping[str, object]
Operator = Callable[[Sequence[Item], object, Qualifiers], bool]


def holds(items: Sequence[Item], operator: str, wanted: object, qualifiers: Qualifiers) -> bool:
    """Does an operator hold for a group? Those whose material is not there, and unknown ones, do not."""
    test = OPERATORS.get(operator)
    return test is not None and test(items, wanted, qualifiers)


def _enough(count: int, q: Qualifiers, which: str = "min_answered") -> bool:
    return count >= (number(q.get(which)) or 0)


def _levels(items: Sequence[Item]) -> list[int]:
    """Levels of the items answered without fault."""
    return [item.level for item in items if item.state == "answered" and item.level is not None]


def _top_count(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    levels = _levels(items)
    return _enough(len(levels), q) and compare("above", float(levels.count(5)), wanted)


def _share(part: int, whole: int, wanted: object, q: Qualifiers) -> bool:
    return whole > 0 and _enough(whole, q) and compare("above", part * 100 / whole, wanted)


def _top_share(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    levels = _levels(items)
    return _share(levels.count(5), len(levels), wanted, q)


def _same_share(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    levels = _levels(items)
    return _share(max(Counter(levels).values(), default=0), len(levels), wanted, q)


def _run(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    """The longest run of one level in the order of the items; an item without a level ends a run."""
    longest, length = 0, 0
    last: int | None = None
    for item in items:
        level = item.level if item.state == "answered" else None
        length = 0 if level is None else length + 1 if level == last else 1
        last = level
        longest = max(longest, length)
    return _enough(len(_levels(items)), q) and compare("at_least", float(longest), wanted)


def _spread(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    levels = _levels(items)
    enough = len(levels) > 1 and _enough(len(levels), q)
    return enough and compare("at_most", float(max(levels) - min(levels)), wanted)


def _state_share(state: str) -> Operator:
    """The share of a state among the items that are to be answered (skipped ones are not)."""

    def test(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
        asked = [item for item in items if item.state != "skip"]
        return _share(sum(item.state == state for item in asked), len(asked), wanted, q)

    return test


def _round(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    """Multiples of ten among the figures; 0 and 100 count on neither side."""
    figures = [item.figure for item in items if item.state == "answered" and item.indicator.kind == "number"]
    told = [one for one in figures if one is not None and abs(one) > TOLERANCE and abs(one - 100) > TOLERANCE]
    tens = sum(abs(one / 10 - round(one / 10)) < TOLERANCE for one in told)
    return _share(tens, len(told), wanted, q)


def _one_evidence(items: Sequence[Item], wanted: object, _q: Qualifiers) -> bool:
    used = Counter(digest for item in items for digest in {piece.digest for piece in item.evidence if piece.digest})
    return compare("above", float(max(used.values(), default=0)), wanted)


def _same_text(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    notes = [texts.bare(str(item.cells.get("note") or "")) for item in items]
    used = Counter(note for note in notes if note and _enough(len(note), q, "min_length"))
    return compare("above", float(max(used.values(), default=0)), wanted)


def _unchanged(items: Sequence[Item], wanted: object, q: Qualifiers) -> bool:
    both = [(item.answer, item.before) for item in items if item.answer is not None and item.before is not None]
    same = sum(
        (now.kind, now.level, now.choice, now.ticked, now.numerator, now.denominator, now.result)
        == (then.kind, then.level, then.choice, then.ticked, then.numerator, then.denominator, then.result)
        for now, then in both
    )
    return _share(same, len(both), wanted, q)


def where(items: Sequence[Item], operator: str) -> str:
    """The first item a finding about a group rests on; empty where none can be named."""
    test = _RESTS_ON.get(operator)
    return next((item.code for item in items if (test(item, items) if test else item.state == "answered")), "")


def _most_used(of: Callable[[Item], Sequence[str]]) -> Callable[[Item, Sequence[Item]], bool]:
    """Does an item hold what most of them hold?"""

    def test(item: Item, items: Sequence[Item]) -> bool:
        used = Counter(one for each in items for one in of(each) if one)
        return bool(used) and used.most_common(1)[0][0] in of(item)

    return test


def _tens(item: Item, _items: Sequence[Item]) -> bool:
    figure = item.figure
    return item.indicator.kind == "number" and bool(figure) and abs((figure or 0) / 10 % 1) < TOLERANCE


_RESTS_ON: dict[str, Callable[[Item, Sequence[Item]], bool]] = {
    "count_of_top_level_above": lambda item, _items: item.level == 5,
    "share_of_top_level_above": lambda item, _items: item.level == 5,
    "share_na_above": lambda item, _items: item.state == "na",
    "share_nd_above": lambda item, _items: item.state == "nd",
    "share_round_numbers_above": _tens,
    "one_evidence_used_by_more_than": _most_used(lambda item: [piece.digest for piece in item.evidence]),
    "same_text_across_items_above": _most_used(lambda item: [texts.bare(str(item.cells.get("note") or ""))]),
}

OPERATORS: dict[str, Operator] = {
    "count_of_top_level_above": _top_count,
    "share_of_top_level_above": _top_share,
    "share_same_level_above": _same_share,
    "same_answer_run_at_least": _run,
    "spread_of_levels_at_most": _spread,
    "share_na_above": _state_share("na"),
    "share_nd_above": _state_share("nd"),
    "share_round_numbers_above": _round,
    "one_evidence_used_by_more_than": _one_evidence,
    "same_text_across_items_above": _same_text,
    "share_unchanged_above": _unchanged,
    **across.GROUP,
}

"""Operators on one item: values, states, evidence, notes and figures (guide 4.3). A missing value makes them false."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assess.answers import Answer, Evidence
from assess.checks import across, periods, texts
from assess.checks.material import Item, score_of
from assess.framework.periods import parse
from assess.framework.supplement import Pattern
from assess.measure.scales import TOLERANCE
from assess.measure.states import not_applicable_choice

Qualifiers = Mapping[str, object]
Operator = Callable[[Item, object, Qualifiers], bool]
GRADES = "ABCD"


def number(wanted: object) -> float | None:
    """A threshold as a number; None where the rule gives none."""
    return float(wanted) if isinstance(wanted, (int, float)) and not isinstance(wanted, bool) else None


def compare(operator: str, found: float | None, wanted: object) -> bool:
    """at_least, at_most, above, below; false where either side is missing."""
    limit = number(wanted)
    if found is None or limit is None:
        return False
    match operator:
        case "at_least":
            return found >= limit - TOLERANCE
        case "at_most":
            return found <= limit + TOLERANCE
        case "above":
            return found > limit + TOLERANCE
        case _:
            return found < limit - TOLERANCE


def holds(item: Item, operator: str, wanted: object, qualifiers: Qualifiers) -> bool:
    """Does one operator hold for an item? Those whose material is not there, and unknown ones, do not."""
    test = OPERATORS.get(operator)
    return test is not None and test(item, wanted, qualifiers)


def _is(item: Item, wanted: object, _q: Qualifiers) -> bool:
    if isinstance(wanted, str):
        return item.answer is not None and item.answer.kind == "yesno" and item.answer.choice == wanted
    return item.figure is not None and item.figure == number(wanted)


def _is_not(item: Item, wanted: object, q: Qualifiers) -> bool:
    has = (
        item.answer is not None and item.answer.choice is not None
        if isinstance(wanted, str)
        else item.figure is not None
    )
    return has and not _is(item, wanted, q)


def _ticks(item: Item) -> tuple[str, ...] | None:
    return item.answer.ticked if item.answer is not None and item.answer.kind == "multi" else None


def _ticked(item: Item, wanted: object, _q: Qualifiers) -> bool:
    ticks = _ticks(item)
    return ticks is not None and wanted in ticks


def _not_ticked(item: Item, wanted: object, _q: Qualifiers) -> bool:
    ticks = _ticks(item)
    return ticks is not None and wanted not in ticks


def _bare_tick(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    return any(not item.pieces.covers(key) for key in _ticks(item) or ())


def _confirm(item: Item, wanted: object, _q: Qualifiers) -> bool:
    asked = item.indicator.number is not None and item.indicator.number.confirmation is not None
    if not asked or item.answer is None or item.answer.kind != "number":
        return False
    return (item.answer.confirm or "blank") == wanted


def _unlisted(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    return not_applicable_choice(item.sheet.framework, item.indicator, item.sheet.tier) != "listed"


def _best_grade(item: Item, wanted: object, _q: Qualifiers) -> bool:
    grades = [piece.grade.strip().upper() for piece in item.evidence]
    if not grades or not isinstance(wanted, str) or any(grade not in tuple(GRADES) for grade in (*grades, wanted)):
        return False
    return min(grades) >= wanted


def _outside_period(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    window = item.window
    if window is None:
        return False
    days = [parse(piece.date) for piece in item.evidence if not piece.in_force]
    return any(day is not None and not window.start <= day <= window.end for day in days)


def _after_base(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    base = item.sheet.base
    days = [parse(piece.date) for piece in item.evidence]
    return base is not None and any(day is not None and day > base for day in days)


def _undated(piece: Evidence) -> bool:
    return not piece.date.strip() and not piece.number.strip()


def _no_source(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    given = item.answer is not None and item.answer.kind == "number"
    return given and not (item.answer and item.answer.source.strip()) and item.pieces.count == 0


def _short_note(item: Item, wanted: object, _q: Qualifiers) -> bool:
    return compare("below", float(len(item.note)), wanted)


def _upper_above_lower(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    upper, lower, _result = item.parts
    return upper is not None and lower is not None and upper > lower + TOLERANCE


def _parts_missing(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    spec, answer = item.indicator.number, item.answer
    if spec is None or spec.denominator is None or answer is None or answer.kind != "number":
        return False
    return answer.numerator is None or answer.denominator is None


def _ratio_differs(item: Item, wanted: object, _q: Qualifiers) -> bool:
    spec = item.indicator.number
    upper, lower, result = item.parts
    if spec is None or upper is None or not lower or result is None:
        return False
    factor = spec.factor if spec.factor is not None else 100.0
    return compare("above", abs(result - upper / lower * factor), wanted)


def _implausible(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    spec = item.indicator.number
    if spec is None or item.figure is None:
        return False
    low, high = spec.plausible
    return not low - TOLERANCE <= item.figure <= high + TOLERANCE


def _text_matches(item: Item, wanted: object, q: Qualifiers) -> bool:
    return bool(text_fields(item.sheet.framework.patterns, item.texts, wanted, q))


def text_fields(patterns: Mapping[str, Pattern], found: texts.Texts, wanted: object, q: Qualifiers) -> tuple[str, ...]:
    """The fields a pattern of the framework is found in, within the rule's own fields (qualifier `fields`)."""
    pattern = patterns.get(str(wanted))
    fields = q.get("fields")
    own = tuple(map(str, fields)) if isinstance(fields, tuple) else ()
    return texts.fields_with(pattern, found, own) if pattern is not None else ()


def _score(item: Item, column: str) -> float | None:
    content = item.cells.get(column)
    return score_of(item.indicator, Answer.from_json(content)) if isinstance(content, Mapping) else None


def _review_gap(item: Item, wanted: object, _q: Qualifiers) -> bool:
    own, review = _score(item, "self"), _score(item, "review")
    return own is not None and review is not None and compare("at_least", abs(own - review) / 20, wanted)


def _columns_differ(item: Item, _wanted: object, _q: Qualifiers) -> bool:
    kinds = [
        str(item.cells[column].get("kind"))
        for column in ("self", "review")
        if isinstance(item.cells.get(column), Mapping)
    ]
    return len(kinds) == 2 and (kinds[0] in ("na", "nd")) != (kinds[1] in ("na", "nd"))


def _comparison(operator: str) -> Operator:
    def test(item: Item, wanted: object, q: Qualifiers) -> bool:
        found = float(item.level) if item.level is not None else None
        return compare(operator, found if q.get("as_level") is True else item.figure, wanted)

    return test


def _lower(operator: str) -> Operator:
    return lambda item, wanted, _q: compare(operator, item.parts[1], wanted)


def _flag(test: Callable[[Item], bool]) -> Operator:
    return lambda item, wanted, _q: test(item) is (wanted is not False)


OPERATORS: dict[str, Operator] = {
    "is": _is,
    "is_not": _is_not,
    **{name: _comparison(name) for name in ("at_least", "at_most", "above", "below")},
    "ticked": _ticked,
    "not_ticked": _not_ticked,
    "ticked_without_evidence": _bare_tick,
    "confirm_is": _confirm,
    "answered": _flag(lambda item: item.state == "answered"),
    "not_answered": _flag(lambda item: item.state != "answered"),
    "state_is": lambda item, wanted, _q: item.state == wanted,
    "na_not_listed": _unlisted,
    "has_evidence": _flag(lambda item: item.pieces.count > 0),
    "no_evidence": _flag(lambda item: item.pieces.count == 0),
    "evidence_count_below": lambda item, wanted, _q: compare("below", float(item.pieces.count), wanted),
    "evidence_best_grade_at_most": _best_grade,
    "evidence_outside_period": _outside_period,
    "evidence_after_base_date": _after_base,
    "evidence_without_date": _flag(lambda item: any(map(_undated, item.evidence))),
    "source_missing": _no_source,
    "note_shorter_than": _short_note,
    "numerator_above_denominator": _upper_above_lower,
    "denominator_missing": _parts_missing,
    "denominator_at_most": _lower("at_most"),
    "denominator_at_least": _lower("at_least"),
    "ratio_differs_by_more_than": _ratio_differs,
    "outside_plausible_range": _implausible,
    "text_matches": _text_matches,
    "review_gap_at_least": _review_gap,
    "state_differs_between_columns": _columns_differ,
    **periods.OPERATORS,
    **across.ITEM,
}

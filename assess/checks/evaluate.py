"""Every finding of a sheet: the rules of its level, then hard faults that no rule speaks of (D7).

Rules between units and between levels (scopes across_cities, across_tiers) run for whoever organizes a round and has
the sheets of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assess.answers import Sheet
from assess.checks import periods, remembered
from assess.checks.around import Around
from assess.checks.conditions import concerned, hit, hits, holds, place_of
from assess.checks.facts import unmended
from assess.checks.items import text_fields
from assess.checks.material import Item, Material
from assess.checks.result import ORDER, Found
from assess.checks.select import WHOLE_DOCUMENT
from assess.checks.texts import FIELDS
from assess.framework.model import Framework
from assess.framework.supplement import CheckRule
from assess.language import Message, Words, say
from assess.measure.result import Scores
from assess.problems import Problem

SCOPES = ("sheet", "last_period")
ACROSS = ("across_cities", "across_tiers")


def findings(
    framework: Framework,
    sheet: Sheet,
    scores: Scores | None = None,
    *,
    previous: Sheet | None = None,
    facts: Mapping[str, float] | None = None,
    around: Around | None = None,
) -> tuple[Found, ...]:
    """All findings of a sheet, errors first, each severity in the order of the items, the document as a whole last.

    `previous` is the sheet of last period; without it the answers of the column `previous` are compared. `facts` are
    facts of the guide that a sheet does not hold (minutes_from_first_to_last_answer, open_rectification_items).
    `around` is what other units and levels answered; with it the rules between them run too.
    """
    old = remembered.last_period(framework, previous) if previous is not None else None
    laid = Material(framework, sheet, scores, previous=old, extra=facts, around=around)
    kept, changed = remembered.take_up(laid)
    scopes = SCOPES if around is None else (*SCOPES, *ACROSS)
    found = [
        one
        for rule in framework.checks.values()
        if rule.scope in scopes and (not rule.tiers or laid.tier in rule.tiers)
        for one in _of_rule(laid, rule, kept, changed)
    ]
    remembered.keep(kept)
    found = _said_once(framework, found)
    found += _faults(
        laid, {code for one in found if one.severity == "error" and one.group == "numbers" for code in one.codes}
    )
    last = len(laid.order)
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.severity), laid.order.get(one.code, last))))


def _of_rule(sheet: Material, rule: CheckRule, kept: remembered.Kept, changed: frozenset[str]) -> Iterator[Found]:
    condition = rule.condition
    if "each" not in condition:
        if holds(sheet, condition):
            codes = tuple(code for code in concerned(sheet, condition) if code in sheet.items)
            yield made(sheet, rule, codes, place="" if codes else place_of(sheet, condition))
        return
    pattern = _pattern(condition)
    yield from _about_items(sheet, rule, kept, changed)
    if pattern and condition.get("each") == WHOLE_DOCUMENT:
        own = {"fields": rule.pattern_fields}
        hit = {
            part: fields
            for part, texts in sheet.document_texts.items()
            if (fields := text_fields(sheet.framework.patterns, texts, pattern, own))
        }
        if hit:
            fields = tuple(field for field in FIELDS if any(field in one for one in hit.values()))
            yield made(sheet, rule, (), fields, place=next(iter(hit)))


def _about_items(sheet: Material, rule: CheckRule, kept: remembered.Kept, changed: frozenset[str]) -> Iterator[Found]:
    """The findings of an `each` rule; what rests on one item alone is judged anew only where the item has changed."""
    known = kept.found.get(rule.id)
    if known is None or not remembered.alone(rule):
        found = {item.code: about_item(sheet, rule, item) for item in hits(sheet, rule.condition, rule.pattern_fields)}
    else:
        found = {**known}
        for code in changed:
            item = sheet.items[code]
            if hit(sheet, rule.condition, item, rule.pattern_fields):
                found[code] = about_item(sheet, rule, item)
    kept.found[rule.id] = found
    yield from (found[code] for code in sorted(found, key=sheet.order.__getitem__))


def about_item(sheet: Material, rule: CheckRule, item: Item) -> Found:
    """The finding of an `each` rule about one of its items."""
    return made(sheet, rule, (item.code,), _fields(sheet, item, _pattern(rule.condition), rule))


def _said_once(framework: Framework, found: list[Found]) -> list[Found]:
    """A share above 100 because its numerator exceeds its denominator is one fault: the one that names the cause. Two
    rules that ask the same of an item (E02 of all, E01 of key items) say it once, as the more serious one (D58)."""

    def when(one: Found) -> Mapping[str, object]:
        said = framework.checks[one.rule].condition.get("when")
        return said if isinstance(said, Mapping) else {}

    caused = {one.code for one in found if when(one).get("numerator_above_denominator") is True}
    kept: list[Found] = []
    said: dict[str, list[Mapping[str, object]]] = {}
    for one in sorted(found, key=lambda each: ORDER.index(each.severity)):
        condition = when(one)
        if condition and ((one.code in caused and condition == {"above": 100}) or condition in said.get(one.code, ())):
            continue
        said.setdefault(one.code, []).append(condition)
        kept.append(one)
    return kept


def _pattern(condition: Mapping[str, object]) -> str:
    when = condition.get("when")
    return str(when.get("text_matches") or "") if isinstance(when, Mapping) else ""


def _fields(sheet: Material, item: Item, pattern: str, rule: CheckRule) -> tuple[str, ...]:
    if not pattern:
        return ()
    return text_fields(sheet.framework.patterns, item.texts, pattern, {"fields": rule.pattern_fields})


def made(
    sheet: Material, rule: CheckRule, codes: tuple[str, ...], fields: tuple[str, ...] = (), place: str = ""
) -> Found:
    """A finding of a rule. Of several items the last is gone to: a rule names what it rests on first."""
    code = codes[-1] if codes else ""
    liftable = rule.lifted_by_explanation
    least = rule.explanation_at_least
    if not liftable:
        explained = False
    elif codes:
        explained = any(len(sheet.items[one].explanation) >= max(least, 1) for one in codes)
    else:
        explained = len(sheet.explanation(rule.id)) >= max(least, 1)
    return Found(
        rule=rule.id,
        group=rule.group,
        severity=rule.severity,
        message=rule.message,
        action=rule.action,
        code=code,
        codes=codes,
        fields=fields,
        detail=_detail(sheet, rule, code),
        liftable=liftable,
        least=least,
        explained=explained,
        place=place,
    )


def _facts(condition: object) -> frozenset[str]:
    """Facts that a condition names, at any depth."""
    if isinstance(condition, Mapping):
        own = {str(condition["fact"])} if "fact" in condition else set()
        return frozenset(own.union(*map(_facts, condition.values())))
    return frozenset().union(*map(_facts, condition)) if isinstance(condition, (list, tuple)) else frozenset()


def _detail(sheet: Material, rule: CheckRule, code: str) -> Message | None:
    """The figures behind a finding about one number or one level."""
    if "open_rectification_items" in _facts(rule.condition) and (left := unmended(sheet.sheet)):
        return say("returned last period, and not answered again with evidence: {codes}", codes=left)
    item = sheet.items.get(code)
    if item is None or item.figure is None:
        return None
    if rule.group == "period" and periods.change(item) is not None:
        assert item.figure_before is not None
        return say("last period {before}, now {now}", before=_g(item.figure_before), now=_g(item.figure))
    if rule.group == "numbers" and item.indicator.number is not None:
        upper, lower, _result = item.parts
        if upper is not None and lower is not None:
            return say("{upper} of {lower}", upper=_g(upper), lower=_g(lower))
        unit = item.indicator.number.unit
        return say("{value} {unit} entered", value=_g(item.figure), unit=unit or Words())
    return None


def _faults(sheet: Material, spoken_of: set[str]) -> Iterator[Found]:
    for item in sheet.items.values():
        fault = item.worth.fault if item.worth is not None else None
        if fault is None or item.state == "skip" or item.code in spoken_of:
            continue
        yield Found(
            rule=fault.code,
            group="fault",
            severity="error",
            message=_quiet(fault),
            action=fault.hint or say("Answer the question again."),
            code=item.code,
            codes=(item.code,),
        )


def _quiet(fault: Problem) -> Message:
    """The text of a fault, never what was typed."""
    if fault.code == "number.unreadable":
        return say("What was entered cannot be read as a number.")
    return fault.text


def _g(number: float) -> str:
    return f"{round(number, 2):,.10g}"

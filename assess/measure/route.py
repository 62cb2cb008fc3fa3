"""Which answer of which column counts, and which items are skipped: what walk and score both stand on.

Columns by precedence (R7): third party, else review, else self. A faulty answer stays in force and counts as
unanswered, so that a slip of the reviewer never silently gives way to the figure that was under review (D7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.answers import Answer, Json, Sheet
from assess.framework.model import Framework
from assess.framework.scoring_rules import SkipRule
from assess.framework.tiers import whole
from assess.measure.kernel import plan
from assess.measure.result import State
from assess.measure.scales import Value, nothing_to_divide_by, value
from assess.measure.states import not_applicable_choice

Cells = Mapping[str, Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer in force of one item: its column and its worth; all None where nothing is answered."""

    column: str | None = None
    answer: Answer | None = None
    value: Value | None = None

    @property
    def state(self) -> State:
        return self.value.state if self.value else "unanswered"


NOTHING = Reading()


def cells_by_item(sheet: Sheet) -> dict[str, dict[str, Json]]:
    """The cells of a sheet grouped by item, withdrawn ones left out."""
    out: dict[str, dict[str, Json]] = {}
    for (item, column), content in sheet.cells.items():
        if content is not None:
            out.setdefault(item, {})[column] = content
    return out


def is_grassroots(framework: Framework, tier: str) -> bool:
    """Townships and villages: felt levels, no evidence, no total (D19)."""
    return framework.perception is not None and tier in framework.perception.tiers


def in_scope(framework: Framework, sheet: Sheet) -> tuple[str, ...]:
    """Codes of the items the document asks, in order: those of its level within its scope (D52).

    A scope may name nodes for all they hold.
    """
    layout = plan(framework, sheet.profile.tier)
    scope = sheet.profile.scope
    if scope is None:
        return layout.leaves
    kept = {leaf for code in scope if code in layout.index for leaf in layout.under[layout.index[code]]}
    return tuple(code for position, code in enumerate(layout.leaves) if position in kept)


def holds_every_item(framework: Framework, sheet: Sheet) -> bool:
    """Does the document ask every item of its level, so that it can have a total (D52)?"""
    if sheet.profile.scope is None:
        return True
    return len(in_scope(framework, sheet)) == len(plan(whole(framework), sheet.profile.tier).leaves)


def readings(
    framework: Framework, sheet: Sheet, cells: Cells | None = None, columns: Sequence[str] | None = None
) -> dict[str, Reading]:
    """The answer in force of every item in scope. `columns` replaces the framework's precedence."""
    cells = cells_by_item(sheet) if cells is None else cells
    order = tuple(columns) if columns is not None else framework.precedence
    tier = sheet.profile.tier
    grassroots = is_grassroots(framework, tier)
    before, now = _remembered(framework, tier), dict[str, tuple[Json, Reading]]()
    out: dict[str, Reading] = {}
    for code in in_scope(framework, sheet):
        given = cells.get(code)
        out[code] = NOTHING
        for column in order if given is not None else ():
            content = given.get(column)  # type: ignore[union-attr]
            if content is None:
                continue
            known = before.get(code)
            if known is not None and known[0] is content and known[1].column == column:
                out[code] = known[1]
            else:
                out[code] = read_one(framework, code, column, Answer.from_json(content), tier, grassroots)
            now[code] = (content, out[code])
            break
    _read[id(framework), tier] = (framework, now)
    return out


_read: dict[tuple[int, str], tuple[Framework, dict[str, tuple[Json, Reading]]]] = {}
_KEPT = 8


def _remembered(framework: Framework, tier: str) -> dict[str, tuple[Json, Reading]]:
    """What the answers of the sheet read last were worth: a sheet shares the contents of its cells with the one before
    it, so that after an answer one item is read and not all."""
    known = _read.get((id(framework), tier))
    if known is not None and known[0] is framework:
        return known[1]
    for key in list(_read)[: max(0, len(_read) - _KEPT + 1)]:
        _read.pop(key, None)
    return {}


def read_one(framework: Framework, code: str, column: str, answer: Answer, tier: str, grassroots: bool) -> Reading:
    """The worth of one answer in its column. A denominator of 0 that would mean "not applicable" at a level that may
    not choose it is a hard fault (D8)."""
    indicator = framework.indicators[code]
    worth = value(indicator, answer, grassroots=grassroots, checklist_cap=framework.checklist_cap)
    if worth.state == "na" and answer.kind == "number":
        if not_applicable_choice(framework, indicator, tier) == "never":
            worth = nothing_to_divide_by(indicator)
    return Reading(column, answer, worth)


def skips_in(framework: Framework, sheet: Sheet, found: Mapping[str, Reading], cells: Cells) -> dict[str, SkipRule]:
    """Skipped item -> the rule in force. Triggers are raw answers of the column in force, before any cap.

    A trigger must be answered, and must not be skipped itself. The first rule that skips an item holds. Lifted skips
    (D53) are left out.
    """
    out: dict[str, SkipRule] = {}
    for rule in framework.skip_rules:
        if (rule.tiers and sheet.profile.tier not in rule.tiers) or rule.indicator in out:
            continue
        reading = found.get(rule.indicator, NOTHING)
        if not _triggers(rule, reading):
            continue
        for code in rule.then:
            if code in found and code not in out and not cells.get(code, {}).get("skip_lifted"):
                out[code] = rule
    return out


def _triggers(rule: SkipRule, reading: Reading) -> bool:
    if reading.value is None or reading.answer is None or reading.value.state != "answered":
        return False
    if rule.op == "level<=":
        return reading.value.level is not None and reading.value.level <= int(rule.value)
    return reading.answer.choice == rule.value

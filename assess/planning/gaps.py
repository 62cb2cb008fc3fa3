"""What to improve first: advice per item, its target, priority, quadrant and phase (section 6 of the framework).

No data counts as 0 in every mode, so that a gap is never silent (D10). Items not applicable, left out by a skip, not
asked or unanswered give no advice. A yes/no item answered favorably gives a reminder that stays out of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from assess.answers import Sheet
from assess.framework.indicator import Improvement, Indicator
from assess.framework.model import Framework
from assess.framework.supplement import ImprovementRules, Phase
from assess.framework.tiers import whole
from assess.language import Message, Words, say
from assess.measure.kernel import plan
from assess.measure.result import ItemScore, Scores
from assess.measure.scales import TOLERANCE

TARGETS = {"市": "city", "县": "county"}
DEMONSTRATION = "demo_city"


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice for one item. `score` is what it has now (no data is 0), `target` what is aimed at, both 0–100; `gap`
    0–1. `priority` = weight in % × gap × key factor ÷ effort factor. `step` says which of the item's two actions it
    is. `reminder`: outside the plan."""

    code: str
    improvement: Improvement
    step: Literal["low", "high"]
    score: float
    target: float
    gap: float
    priority: float
    effort: float
    quadrant: str
    quadrant_words: Words
    phase: Phase | None
    lead: Words
    reminder: bool = False
    no_data: bool = False

    @property
    def planned(self) -> bool:
        """Part of the plan: there is a gap to close."""
        return self.gap > TOLERANCE and not self.reminder


@dataclass(frozen=True, slots=True)
class Overload:
    """One leading department with too much in one phase; `defer` are the codes of the lowest priorities above the
    ceiling."""

    lead: Words
    phase: Phase
    count: int
    defer: tuple[str, ...]
    text: Message


def advice(framework: Framework, sheet: Sheet, scores: Scores) -> tuple[Advice, ...]:
    """Advice for every item that has any, highest priority first; ties in the order of the items. Empty for a
    framework without improvement rules. Weights are those of the whole level, also where a document holds a part."""
    rules = framework.improvement
    if rules is None:
        return ()
    level = plan(framework if sheet.profile.scope is None else whole(framework), sheet.profile.tier)
    found: list[Advice] = []
    for code in plan(framework, sheet.profile.tier).leaves:
        weight = 100.0 * level.shares[level.index[code]]
        one = _advise(rules, framework.indicators[code], sheet, scores.items[code], weight)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.reminder, -round(one.priority, 9))))


def target(rules: ImprovementRules, indicator: Indicator, sheet: Sheet) -> float:
    """The score aimed at: the item's own target cell, else 100 for yes/no, else that of the level of government.

    The profile may ask for the targets of a demonstration city (parameter "target": "demo_city") or set one of its
    own ("target": 70).
    """
    own = sheet.cells.get((indicator.code, "target"))
    if _is_score(own):
        return float(own)
    if indicator.kind == "yesno" and "yesno" in rules.targets:
        return rules.targets["yesno"]
    chosen = sheet.profile.parameters.get("target")
    if _is_score(chosen):
        return float(chosen)
    key = chosen if isinstance(chosen, str) else TARGETS.get(sheet.profile.tier, sheet.profile.tier)
    return rules.targets.get(key, rules.targets.get("city", 100.0))


def by_phase(found: Sequence[Advice], phases: Sequence[Phase]) -> dict[int, tuple[Advice, ...]]:
    """Phase id -> planned advice in the order given, every phase present."""
    return {
        phase.id: tuple(one for one in found if one.planned and one.phase is not None and one.phase.id == phase.id)
        for phase in phases
    }


def overload(framework: Framework, found: Sequence[Advice]) -> tuple[Overload, ...]:
    """Departments that lead more in one phase than the framework's ceiling, in the order of phases and items."""
    rules = framework.improvement
    if rules is None:
        return ()
    groups: dict[tuple[int, Words], list[Advice]] = {}
    for one in found:
        if one.planned and one.phase is not None:
            groups.setdefault((one.phase.id, one.lead), []).append(one)
    out: list[Overload] = []
    for (_, lead), members in sorted(groups.items(), key=lambda pair: pair[0][0]):
        phase = members[0].phase
        if len(members) <= rules.overload_max or phase is None:
            continue
        members.sort(key=lambda one: -round(one.priority, 9))
        late = tuple(one.code for one in members[rules.overload_max :])
        text = say(
            "{lead} leads {count} items in the phase {phase}; put off those of lower priority: {codes}",
            lead=lead,
            count=len(members),
            phase=phase.name,
            codes=late,
        )
        out.append(Overload(lead, phase, len(members), late, text))
    return tuple(out)


def by_quadrant(rules: ImprovementRules, found: Sequence[Advice]) -> dict[str, tuple[Advice, ...]]:
    """Quadrant key -> planned advice, every quadrant present."""
    return {key: tuple(one for one in found if one.planned and one.quadrant == key) for key in rules.quadrants}


def _advise(
    rules: ImprovementRules, indicator: Indicator, sheet: Sheet, item: ItemScore, weight: float
) -> Advice | None:
    score = _standing(item)
    if score is None:
        return None
    full = score >= 100.0 - TOLERANCE
    if full and indicator.kind != "yesno":
        return None
    step: Literal["low", "high"] = "low" if score < rules.low_below - TOLERANCE else "high"
    improvement = indicator.improve_low if step == "low" else indicator.improve_high
    if improvement is None:
        return None
    goal = target(rules, indicator, sheet)
    gap = 0.0 if full else max(0.0, goal - score) / 100.0
    effort = rules.effort.get(improvement.effort, 1.0)
    factor = rules.key_factor if indicator.key else rules.other_factor
    large = "high_gap" if gap >= rules.gap_high - TOLERANCE else "low_gap"
    hard = "high_effort" if effort > rules.effort_high_above + TOLERANCE else "low_effort"
    quadrant = f"{large}_{hard}"
    return Advice(
        code=indicator.code,
        improvement=improvement,
        step=step,
        score=score,
        target=goal,
        gap=gap,
        priority=weight * gap * factor / effort,
        effort=effort,
        quadrant=quadrant,
        quadrant_words=rules.quadrants.get(quadrant, Words()),
        phase=None if full else phase_of(rules, improvement.months[1]),
        lead=indicator.lead,
        reminder=full,
        no_data=item.state == "nd",
    )


def _standing(item: ItemScore) -> float | None:
    """The score an item is advised on; None where it gives no advice."""
    if item.state == "nd":
        return 0.0
    if item.state == "answered" or (item.state == "skipped" and item.counting == "zero"):
        return item.score
    return None


def phase_of(rules: ImprovementRules, months: float) -> Phase | None:
    """The first phase that is long enough for the upper end of a duration; the last one for anything longer."""
    ordered = sorted(rules.phases, key=lambda phase: phase.months_max)
    return next(
        (phase for phase in ordered if months <= phase.months_max + TOLERANCE), ordered[-1] if ordered else None
    )


def _is_score(content: object) -> TypeGuard[float]:
    return isinstance(content, int | float) and not isinstance(content, bool) and 0.0 <= content <= 100.0


def leads(found: Sequence[Advice]) -> Mapping[str, tuple[Advice, ...]]:
    """Name of the leading department (Chinese) -> its planned advice, in the order given."""
    out: dict[str, tuple[Advice, ...]] = {}
    for one in found:
        if one.planned:
            out[one.lead.zh] = (*out.get(one.lead.zh, ()), one)
    return out

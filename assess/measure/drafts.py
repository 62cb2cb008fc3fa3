"""Each item of a sheet on its way to its score: its state, what its evidence lets stand, what it counts for, what the
counties make of it (R2, R3, R7, D19). What comes of it in the tree is in `tally.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.answers import Answer, Json, Sheet
from assess.framework.model import Framework
from assess.framework.scoring_rules import Mode, SkipRule
from assess.language import Message, say
from assess.measure import counties as blending
from assess.measure import evidence, states
from assess.measure.result import Counting, State
from assess.measure.route import Reading
from assess.measure.scales import Value


@dataclass(slots=True)
class Draft:
    """An item on its way to an ItemScore."""

    code: str
    reading: Reading
    state: State
    counting: Counting
    value: Value | None
    held: evidence.Pieces
    needs: bool = False
    proved: bool = False
    cap: Message | None = None
    skip: SkipRule | None = None
    reasons: tuple[Message, ...] = ()
    score: float | None = None
    own: float | None = None
    blend: blending.Blend | None = None


def drafts_of(
    framework: Framework,
    sheet: Sheet,
    mode: Mode,
    cells: Mapping[str, Mapping[str, Json]],
    found: Mapping[str, Reading],
    skipped: Mapping[str, SkipRule],
    grassroots: bool,
) -> dict[str, Draft]:
    """Every item asked, in order: its state settled, its evidence weighed, no county blended in yet (R2, R3, R7)."""
    caps = evidence.caps_apply(framework, mode, grassroots=grassroots)
    rules = None if grassroots else framework.evidence
    drafts: dict[str, Draft] = {}
    for code, reading in found.items():
        own = cells.get(code, {})
        held = evidence.pieces(own) if own else evidence.NO_PIECES
        draft = drafts[code] = Draft(code, reading, reading.state, "exclude", reading.value, held)
        indicator = framework.indicators[code]
        rule = skipped.get(code)
        if rule is not None:
            draft.state, draft.skip = "skipped", rule
            draft.reasons = (say("Skipped: {reason}", reason=rule.reason),)
        elif draft.state == "na":
            answer = reading.answer
            reason = (answer.reason if answer else "") or str(own.get("explanation") or "")
            approved = own.get("na_approved") is True
            draft.state, why = states.settle_not_applicable(
                framework, mode, indicator, sheet.profile.tier, reason, approved
            )
            draft.reasons = (why,) if why else ()
        elif draft.state == "answered" and reading.answer is not None and reading.value is not None:
            _weigh_evidence(framework, draft, reading.answer, reading.value, caps=caps, rules_apply=rules is not None)
        draft.counting = states.counting(mode, draft.state, rule)
        draft.score = _counted(draft)
    return drafts


def _weigh_evidence(
    framework: Framework, draft: Draft, answer: Answer, value: Value, *, caps: bool, rules_apply: bool
) -> None:
    indicator = framework.indicators[draft.code]
    if not rules_apply:
        return
    draft.needs = evidence.needed(framework.evidence, indicator, answer, value)
    draft.proved = draft.needs and draft.held.count > 0
    if caps:
        draft.state, draft.value, draft.cap = evidence.capped(framework, indicator, answer, value, draft.held)


def _counted(draft: Draft) -> float | None:
    match draft.counting:
        case "value":
            return draft.value.score if draft.value else None
        case "zero":
            return 0.0
        case _:
            return None


def blend_in(
    framework: Framework, sheet: Sheet, drafts: Mapping[str, Draft], counties: Sequence[blending.County]
) -> None:
    """Mix the mean of the counties into the scores of a city, item by item; the city's own is kept beside (D19)."""
    rule = framework.county_blend
    assert rule is not None
    for code, draft in drafts.items():
        if draft.state != "answered" or draft.score is None:
            continue
        found = blending.blend(rule, sheet.profile, code, counties)
        if found.applies and found.mean is not None:
            draft.blend, draft.own = found, draft.score
            draft.score = rule.city_weight * draft.score + rule.county_weight * found.mean

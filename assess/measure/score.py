"""The score of a sheet: items, nodes, totals, red lines, stages (R1–R7). Pure: same inputs, same numbers (R10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assess.answers import Answer, Json, Sheet
from assess.framework.model import ROOT, Framework
from assess.framework.scoring_rules import Mode, SkipRule
from assess.framework.settled import settled
from assess.framework.tiers import whole
from assess.language import Message, say
from assess.measure import counties as blending
from assess.measure import evidence, points, redlines, stages, states
from assess.measure.flags import check_first
from assess.measure.kernel import Aggregated, Plan, aggregate, geometric, plan
from assess.measure.result import Counting, GateResult, ItemScore, NodeScore, Scores, State
from assess.measure.route import Reading, cells_by_item, holds_every_item, is_grassroots, readings, skips_in
from assess.measure.scales import Value


@dataclass(slots=True)
class _Item:
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


def score(
    framework: Framework,
    sheet: Sheet,
    *,
    counties: Sequence[blending.County] = (),
    determining: bool = True,
    columns: Sequence[str] | None = None,
) -> Scores:
    """Score one sheet.

    `framework` may be whole or tailored to the profile. `counties` are the scores of the counties of a city, used
    where the profile asks for blending; without them those the sheet has taken in count. `determining` False while
    filling in: then a missing answer sets off no red line. `columns` replaces the precedence of the answer columns,
    to show one column's view. Unknown codes in the sheet are ignored. KeyError for a mode the framework has not.
    """
    framework = settled(framework, sheet.profile)
    mode = framework.modes[sheet.profile.mode]
    cells = cells_by_item(sheet)
    found = readings(framework, sheet, cells, columns)
    skipped = skips_in(framework, sheet, found, cells)
    grassroots = is_grassroots(framework, sheet.profile.tier)
    drafts = _drafts(framework, sheet, mode, cells, found, skipped, grassroots)
    if blending.active(framework, sheet.profile):
        counties = blending.usable(framework, counties or blending.counting(sheet))
        _blend(framework, sheet, drafts, counties)
    layout = plan(framework, sheet.profile.tier)
    sums = _aggregate(layout, drafts)
    items = _items(layout, drafts, sums)
    profile = sheet.profile
    level = layout if profile.scope is None else plan(settled(whole(framework), profile), profile.tier)
    nodes = _nodes(layout, items, sums, level)
    return _conclude(framework, sheet, mode, cells, items, nodes, found, determining)


def _drafts(
    framework: Framework,
    sheet: Sheet,
    mode: Mode,
    cells: Mapping[str, Mapping[str, Json]],
    found: Mapping[str, Reading],
    skipped: Mapping[str, SkipRule],
    grassroots: bool,
) -> dict[str, _Item]:
    caps = evidence.caps_apply(framework, mode, grassroots=grassroots)
    rules = None if grassroots else framework.evidence
    drafts: dict[str, _Item] = {}
    for code, reading in found.items():
        own = cells.get(code, {})
        held = evidence.pieces(own) if own else evidence.NO_PIECES
        draft = drafts[code] = _Item(code, reading, reading.state, "exclude", reading.value, held)
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
    framework: Framework, draft: _Item, answer: Answer, value: Value, *, caps: bool, rules_apply: bool
) -> None:
    indicator = framework.indicators[draft.code]
    if not rules_apply:
        return
    draft.needs = evidence.needed(framework.evidence, indicator, answer, value)
    draft.proved = draft.needs and draft.held.count > 0
    if caps:
        draft.state, draft.value, draft.cap = evidence.capped(framework, indicator, answer, value, draft.held)


def _counted(draft: _Item) -> float | None:
    match draft.counting:
        case "value":
            return draft.value.score if draft.value else None
        case "zero":
            return 0.0
        case _:
            return None


def _blend(
    framework: Framework, sheet: Sheet, drafts: Mapping[str, _Item], counties: Sequence[blending.County]
) -> None:
    rule = framework.county_blend
    assert rule is not None
    for code, draft in drafts.items():
        if draft.state != "answered" or draft.score is None:
            continue
        found = blending.blend(rule, sheet.profile, code, counties)
        if found.applies and found.mean is not None:
            draft.blend, draft.own = found, draft.score
            draft.score = rule.city_weight * draft.score + rule.county_weight * found.mean


def _aggregate(layout: Plan, drafts: Mapping[str, _Item]) -> Aggregated:
    import numpy as np

    scores = np.full((1, len(layout.leaves)), np.nan)
    void = np.zeros((1, len(layout.leaves)), dtype=bool)
    for position, code in enumerate(layout.leaves):
        draft = drafts.get(code)
        if draft is None:
            continue
        if draft.score is not None:
            scores[0, position] = draft.score
        void[0, position] = draft.counting == "void"
    return aggregate(layout, scores, void=void if void.any() else None)


def _items(layout: Plan, drafts: Mapping[str, _Item], sums: Aggregated) -> dict[str, ItemScore]:
    shares = sums.shares[0].tolist()
    top = layout.maxima[-1] / 100.0
    out: dict[str, ItemScore] = {}
    for position, code in enumerate(layout.leaves):
        draft = drafts.get(code)
        weight = layout.weights[position]
        if draft is None:
            out[code] = _outside(code, weight)
            continue
        raw, share, counted = draft.reading.value, shares[position], draft.score
        out[code] = ItemScore(
            code=code,
            state=draft.state,
            given=_given(draft.reading),
            counting=draft.counting,
            column=draft.reading.column,
            answer=draft.reading.answer,
            value=raw.x if raw else None,
            raw=raw.score if raw else None,
            score=counted,
            level=draft.value.level if draft.value and draft.state == "answered" else None,
            weight=weight,
            share=share,
            contribution=share * counted * top if counted is not None else 0.0,
            needs_evidence=draft.needs,
            evidence_count=draft.held.count,
            cap=draft.cap,
            skip=draft.skip.id if draft.skip else None,
            fault=raw.fault if raw else None,
            doubt=raw.doubt if raw else None,
            lowered=raw.lowered if raw else None,
            counties=draft.blend.counties if draft.blend else 0,
            county_mean=draft.blend.mean if draft.blend else None,
            own_score=draft.own,
            evidenced=draft.proved,
            reasons=draft.reasons,
        )
    return out


def _given(reading: Reading) -> State:
    """What was chosen, faulty or not; the state of the score may differ."""
    if reading.answer is None:
        return "unanswered"
    if reading.answer.kind in ("na", "nd"):
        return reading.state
    return "answered" if reading.state in ("answered", "unanswered") else reading.state


def _outside(code: str, weight: float) -> ItemScore:
    return ItemScore(code, "out", "out", "exclude", None, None, None, None, None, None, weight, 0.0, 0.0, False, 0)


def _nodes(layout: Plan, items: Mapping[str, ItemScore], sums: Aggregated, level: Plan) -> dict[str, NodeScore]:
    """`level` is the plan of the whole framework at this administrative level: the weights of coverage (D16), so that
    a document that holds a part counts them as the whole does."""
    values, effective, shares = (array[0].tolist() for array in (sums.values, sums.effective, sums.shares))
    first = len(layout.leaves)
    applicable = [items[code].state in ("answered", "nd", "unanswered") for code in layout.leaves]
    answered = [items[code].state == "answered" for code in layout.leaves]
    top = layout.maxima[-1]
    given = [level.shares[level.index[code]] for code in layout.leaves]
    out: dict[str, NodeScore] = {}
    for position in range(first, len(layout.codes)):
        code, under = layout.codes[position], layout.under[position]
        every = sum(given[leaf] for leaf in under if applicable[leaf])
        known = sum(given[leaf] for leaf in under if answered[leaf])
        found = values[position]
        own = found if found == found else None
        out[code] = NodeScore(
            code=code,
            score=own,
            weight=layout.weights[position],
            effective=effective[position],
            share=shares[position],
            contribution=shares[position] * own * top / layout.maxima[position] if own is not None else 0.0,
            coverage=known / every if every > 0 else None,
            answered=sum(answered[leaf] for leaf in under),
            applicable=sum(applicable[leaf] for leaf in under),
        )
    return out


def _conclude(
    framework: Framework,
    sheet: Sheet,
    mode: Mode,
    cells: Mapping[str, Mapping[str, Json]],
    items: dict[str, ItemScore],
    nodes: dict[str, NodeScore],
    found: Mapping[str, Reading],
    determining: bool,
) -> Scores:
    flags = cells.get("@redline", {})
    by_hand = redlines.in_force(redlines.raised(framework, mode, items, flags, determining=False))
    suspended = any(line.effect == "suspend" for line in by_hand)
    complete = holds_every_item(framework, sheet)
    base, why = _base(framework, sheet, items, nodes, complete=complete, suspended=suspended)
    judged = mode.stage != "none"
    determining = determining and judged and base is not None
    lines = redlines.raised(framework, mode, items, flags, determining=determining)
    in_force = redlines.in_force(lines)
    if suspended:
        nodes = {code: replace(node, score=None, contribution=0.0) for code, node in nodes.items()}
    if base is None:
        nodes = {**nodes, ROOT: replace(nodes[ROOT], score=None, contribution=0.0)}
    off, deductions = points.deductions(framework.deductions, cells.get("@deduction", {}), [x.id for x in in_force])
    graded = None if base is None else _clamp(base - off, framework.maximum)
    on, bonuses = points.bonus(framework.bonus, cells.get("@bonus", {}), graded)
    shown = None if graded is None else points.lifted(framework.bonus, graded, on, framework.maximum)
    evidence_due = [item for item in items.values() if item.needs_evidence and item.state == "answered"]
    needed, present = len(evidence_due), sum(item.evidenced for item in evidence_due)
    rate = present / needed if needed else None
    root = nodes[ROOT]
    standing = stages.Standing(graded, items, nodes, root.coverage, rate, mode.key, sheet.status == "reviewed")
    gates = stages.judge(framework, standing) if judged else ()
    score_stage = stages.band(framework, graded) if judged else None
    gated = redlines.held_down(framework, stages.gated(framework, score_stage, gates), in_force)
    gated = stages.at_most(framework, gated, mode.max_stage)
    unanswered = tuple(code for code, item in items.items() if item.state == "unanswered")
    return Scores(
        framework_code=framework.code,
        framework_digest=framework.digest,
        mode=mode.key,
        items=items,
        nodes=nodes,
        base=base,
        deductions=off,
        bonus=on,
        graded=graded,
        shown=shown,
        alternative=None if base is None else _alternative(framework, nodes),
        maximum=framework.maximum,
        coverage=root.coverage,
        answered=root.answered,
        applicable=root.applicable,
        unanswered=unanswered,
        data_gaps=tuple(code for code, item in items.items() if item.state == "nd"),
        evidence_rate=rate,
        evidence_needed=needed,
        evidence_present=present,
        score_stage=score_stage,
        gated_stage=gated,
        gates=gates,
        red_lines=lines,
        check_first=check_first(framework, sheet, cells, found),
        provisional=bool(unanswered),
        reference_only=mode.stage == "capped",
        suspended=suspended,
        complete_scope=complete,
        adjustments=(*deductions, *bonuses),
        notes=(*why, *_notes(mode, items, unanswered, gates, judged=judged)),
    )


def _base(
    framework: Framework,
    sheet: Sheet,
    items: Mapping[str, ItemScore],
    nodes: Mapping[str, NodeScore],
    *,
    complete: bool,
    suspended: bool,
) -> tuple[float | None, tuple[Message, ...]]:
    """The base total, or why there is none (R2, D15, D19, D52)."""
    if suspended:
        return None, (say("The assessment is suspended by a red line: nothing is scored or exported."),)
    if not complete:
        return None, (say("This document holds a part of the items, so it has no total and no stage."),)
    if is_grassroots(framework, sheet.profile.tier):
        return None, (say("A township or village sheet has no total and no stage."),)
    void = tuple(code for code, item in items.items() if item.counting == "void")
    if void:
        return None, (say("No total, because an answer is missing: {codes}.", codes=void),)
    empty = tuple(
        framework.name(node.code)
        for node in framework.dimensions
        if node.code in nodes and nodes[node.code].score is None
    )
    if empty:
        return None, (say("No total, because a whole dimension has no score: {names}.", names=empty),)
    return nodes[ROOT].score, ()


def _alternative(framework: Framework, nodes: Mapping[str, NodeScore]) -> float | None:
    """The total as a weighted geometric mean of the dimensions, shown beside and never used for the stage (R4)."""
    parts = [nodes[node.code] for node in framework.dimensions if node.code in nodes]
    scores = [part.score for part in parts if part.score is not None]
    if framework.alternative_floor is None or not parts or len(scores) != len(parts):
        return None
    return geometric(scores, [part.weight for part in parts], framework.alternative_floor)


def _notes(
    mode: Mode,
    items: Mapping[str, ItemScore],
    unanswered: tuple[str, ...],
    gates: Sequence[GateResult],
    *,
    judged: bool,
) -> Iterator[Message]:
    faulty = tuple(code for code, item in items.items() if item.fault is not None and item.state == "unanswered")
    if faulty:
        yield say("Answers that cannot be right count as unanswered until mended: {codes}.", codes=faulty)
    if unanswered:
        yield say("{count} items are unanswered; the score is provisional.", count=len(unanswered))
    blended = sum(item.counties > 0 for item in items.values())
    if blended:
        yield say("County scores are blended into {count} items.", count=blended)
    if not judged:
        yield say("In this mode no stage is determined.")
    elif mode.stage == "capped":
        yield say("Self-assessment for reference: the stage has not been reviewed.")
    if any(
        gate.outcome == "not_judged" and gate.gate.type == "evidence_rate" and gate.found is not None for gate in gates
    ):
        yield say("Evidence gates are judged in formal assessments only.")


def _clamp(number: float, top: float) -> float:
    return min(top, max(0.0, number))

"""The score of a sheet: items, nodes, totals, red lines, stages (R1–R7). Pure: same inputs, same numbers (R10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assess.answers import Json, Sheet
from assess.framework.model import ROOT, Framework
from assess.framework.scoring_rules import Mode
from assess.framework.settled import settled
from assess.framework.tiers import whole
from assess.language import Message, say
from assess.measure import counties as blending
from assess.measure import points, redlines, stages
from assess.measure.drafts import blend_in, drafts_of
from assess.measure.flags import check_first
from assess.measure.kernel import geometric, plan
from assess.measure.result import GateResult, ItemScore, NodeScore, Scores
from assess.measure.route import Reading, cells_by_item, holds_every_item, is_grassroots, readings, skips_in
from assess.measure.tally import item_scores, node_scores, summed


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
    drafts = drafts_of(framework, sheet, mode, cells, found, skipped, grassroots)
    if blending.active(framework, sheet.profile):
        counties = blending.usable(framework, counties or blending.counting(sheet))
        blend_in(framework, sheet, drafts, counties)
    layout = plan(framework, sheet.profile.tier)
    sums = summed(layout, drafts)
    items = item_scores(layout, drafts, sums)
    profile = sheet.profile
    level = layout if profile.scope is None else plan(settled(whole(framework), profile), profile.tier)
    nodes = node_scores(layout, items, sums, level)
    return _conclude(framework, sheet, mode, cells, items, nodes, found, determining)


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

"""What the results page says, worked out from a framework, a sheet and its scores. No widget, no rounding.

Sentences come as ids with values, so that the page can set names in bold and speak either language.
"""

from __future__ import annotations

from dataclasses import dataclass

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.framework.stage_rules import Stage
from assess.language import Message, Words, say
from assess.measure.extremes import Extremes, extremes
from assess.measure.result import RedLineResult, Scores
from forms.results.gates import GateCard, gate_card, has_stages
from forms.results.rows import Bars, PointLine, bars, point_lines

IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Headline:
    """The top card: `held` and `reached` are None where there is none; `sentence` says why the stage is what it is."""

    total: float | None
    graded: float | None
    maximum: float
    provisional: bool
    reference_only: bool
    held: Stage | None
    reached: Stage | None
    sentence: Message
    more: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the page but the why panel."""

    empty: Message | None
    headline: Headline
    gates: GateCard
    bars: Bars
    extremes: Extremes
    gaps: tuple[str, ...] = ()
    unanswered: int = 0
    bonus: tuple[PointLine, ...] = ()
    deductions: tuple[PointLine, ...] = ()
    awaiting: tuple[RedLineResult, ...] = ()
    notes: tuple[Message, ...] = ()


def columns(framework: Framework, sheet: Sheet) -> tuple[tuple[str, Words], ...]:
    """The columns one may switch to: those of the framework that score, third party only once it holds something."""
    used = {where for _item, where in sheet.cells}
    return tuple(
        (column.key, column.name)
        for column in framework.columns
        if column.key in ("self", "review") or (column.key == "third_party" and column.key in used)
    )


def view(framework: Framework, sheet: Sheet, scores: Scores, column: str = IN_FORCE) -> View:
    """The whole page of one document in one column."""
    bonus, deductions = point_lines(framework, sheet, scores)
    return View(
        empty=_empty(framework, scores, column),
        headline=headline(framework, sheet, scores),
        gates=gate_card(framework, scores),
        bars=bars(framework, scores),
        extremes=extremes(framework, scores),
        gaps=scores.data_gaps,
        unanswered=len(scores.unanswered),
        bonus=bonus,
        deductions=deductions,
        awaiting=tuple(line for line in scores.red_lines if line.status == "awaiting"),
        notes=scores.notes,
    )


def _empty(framework: Framework, scores: Scores, column: str) -> Message | None:
    if any(item.given != "unanswered" and item.state != "out" for item in scores.items.values()):
        return None
    if column == "review":
        return say("Nothing has been reviewed yet. The review column fills while reviewers settle their scores.")
    if column == "third_party":
        return say("The third-party column is empty.")
    if framework.dimensions:
        return say("Nothing has been answered yet. As soon as one dimension is answered, its score is shown here.")
    return say("Nothing has been answered yet. The score is shown as soon as there are answers.")


# ------------------------------------------------------------------ the total and its stage
def headline(framework: Framework, sheet: Sheet, scores: Scores) -> Headline:
    """Total, stages and the sentence that explains them; with no total or no stage the sentence says why."""
    sentence, more = _sentence(framework, sheet, scores)
    staged = has_stages(framework, scores)
    return Headline(
        total=scores.shown,
        graded=scores.graded,
        maximum=scores.maximum,
        provisional=scores.provisional and scores.shown is not None,
        reference_only=scores.reference_only,
        held=scores.gated_stage if staged else None,
        reached=scores.score_stage if staged else None,
        sentence=sentence,
        more=more,
    )


def _sentence(framework: Framework, sheet: Sheet, scores: Scores) -> tuple[Message, tuple[Message, ...]]:
    more: list[Message] = []
    if scores.suspended:
        return say("The assessment is suspended by a red line: no total, no stage, no export."), ()
    if scores.graded is None:
        return _no_total(framework, sheet, scores), ()
    if scores.provisional:
        more.append(
            say("{count} items are still open, so total and stage are provisional.", count=len(scores.unanswered))
        )
    elif scores.data_gaps:
        more.append(say("Data are missing for {count} items.", count=len(scores.data_gaps)))
    if not framework.stages:
        return say(
            "This framework has no stages. The highest possible total is {maximum}.", maximum=_plain(scores.maximum)
        ), tuple(more)
    if not has_stages(framework, scores):
        return say("Practice gives no stage, only scores and the portrait."), tuple(more)
    if scores.reference_only:
        more.append(
            say("A self-assessment is for reference; its stage is {stage} at most.", stage=_cap_name(framework, scores))
        )
    return _stage_sentence(scores), tuple(more)


def _plain(number: float) -> str:
    return f"{number:g}"


def _cap_name(framework: Framework, scores: Scores) -> Words:
    cap = framework.modes[scores.mode].max_stage if scores.mode in framework.modes else None
    known = [stage for stage in framework.stages if cap is None or stage.level <= cap]
    return known[-1].name if known else Words()


def _no_total(framework: Framework, sheet: Sheet, scores: Scores) -> Message:
    tier = sheet.profile.tier
    if tier in ("乡", "村"):
        return say("The sheet of a township or village gives scores of items, no total and no stage.")
    if not scores.complete_scope:
        return say("This file holds only part of the items, so it gives no total and no stage, only scores of items.")
    gone = [node.name for node in framework.dimensions if scores.nodes[node.code].applicable == 0]
    if gone:
        return say("The whole of {dimensions} is not applicable, so there is no total.", dimensions=tuple(gone))
    if scores.applicable == 0:
        return say("No item is applicable, so there is no total.")
    if scores.unanswered:
        return say("There is no total yet: {count} items are still open.", count=len(scores.unanswered))
    return say("There is no total: some dimension has no score.")


def _stage_sentence(scores: Scores) -> Message:
    reached, held = scores.score_stage, scores.gated_stage
    capped = [line for line in scores.red_lines if line.status == "in_force"]
    if reached is None:
        return say("The total lies in no stage of the framework.")
    if held is None:
        if capped:
            return say("The score reaches {reached}; because of a red line no stage is awarded.", reached=reached.name)
        return say("The score reaches {reached}; no stage is awarded.", reached=reached.name)
    if held.level >= reached.level:
        if any(gate.stage == reached.level for gate in scores.gates):
            return say(
                "The score reaches {reached} and every gate holds, so the stage is {held}.",
                reached=reached.name,
                held=held.name,
            )
        return say(
            "The score lies in {reached}, which has no gates, so the stage is {held}.",
            reached=reached.name,
            held=held.name,
        )
    failed = len(scores.failed_gates())
    if capped and not failed:
        return say(
            "The score reaches {reached}; a red line caps the stage at {held}.", reached=reached.name, held=held.name
        )
    if capped:
        return say(
            "The score reaches {reached}; {count} gates do not hold and a red line caps it, so the stage is {held}.",
            reached=reached.name,
            count=failed,
            held=held.name,
        )
    if failed == 1:
        return say(
            "The score reaches {reached}; one gate does not hold, so the stage is {held}.",
            reached=reached.name,
            held=held.name,
        )
    if failed:
        return say(
            "The score reaches {reached}; {count} gates do not hold, so the stage is {held}.",
            reached=reached.name,
            count=failed,
            held=held.name,
        )
    return say(
        "The score reaches {reached}; in this kind of assessment the stage is {held} at most.",
        reached=reached.name,
        held=held.name,
    )

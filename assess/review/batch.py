"""Batch acceptance: everything without a difference and with evidence is confirmed in one step, which can be undone.

The preview says how many and which, and why each of the others is left; nothing is taken that a person should look at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assess import rights, walk
from assess.answers import Answer, Cell, Json, Sheet
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.language import Message, say
from assess.measure import evidence
from assess.measure.gap import gap
from assess.measure.result import Scores
from assess.measure.route import cells_by_item
from assess.review import steps

Reason = Literal[
    "draft", "returned", "settled", "fault", "difference", "no_evidence", "finding", "not_applicable", "sampled",
    "untouched", "apart",
]  # fmt: skip
REASONS: Mapping[Reason, Message] = {
    "draft": say("not answered"),
    "returned": say("returned for correction"),
    "settled": say("confirmed, ruled or under objection already"),
    "fault": say("the answer has a fault"),
    "difference": say("self-assessment and review differ"),
    "apart": say("first and second review differ"),
    "no_evidence": say("no evidence registered"),
    "finding": say("a finding of the checks is open"),
    "not_applicable": say("“not applicable” or “no data”: to be looked at one by one"),
    "sampled": say("drawn for an on-site check"),
    "untouched": say("no review value given yet"),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step would confirm. `taken_over` are those of `codes` whose review value becomes the self-assessment.

    `left`: reason -> items that stay, in the order of REASONS; reasons without an item are not in it.
    """

    codes: tuple[str, ...]
    taken_over: tuple[str, ...]
    left: Mapping[Reason, tuple[str, ...]]


def preview(
    framework: Framework,
    sheet: Sheet,
    scores: Scores,
    *,
    found: Iterable[Found] = (),
    sampled: Collection[str] = (),
    take_over: bool = False,
    only: Collection[str] | None = None,
) -> Batch:
    """What would be confirmed now. Pure.

    `found` are the findings of the checks: items with an open error or warning stay. `sampled` are items drawn for
    on-site checks that nobody has reviewed yet. `take_over` also takes items without a review value, whose value
    becomes the self-assessment. `only` limits it to some items (one unit's, one dimension's).
    """
    given = cells_by_item(sheet)
    open_findings = {code for one in found if one.open and one.severity != "hint" for code in one.codes}
    codes: list[str] = []
    taken: list[str] = []
    left: dict[Reason, list[str]] = {}
    for code in walk.items(framework, sheet):
        if only is not None and code not in only:
            continue
        why = _why_not(framework, sheet, scores, code, given.get(code, {}), open_findings, sampled, take_over)
        if why is not None:
            left.setdefault(why, []).append(code)
            continue
        codes.append(code)
        if sheet.answer(code, "review") is None:
            taken.append(code)
    ordered = {reason: tuple(left[reason]) for reason in REASONS if reason in left}
    return Batch(tuple(codes), tuple(taken), ordered)


def _why_not(
    framework: Framework,
    sheet: Sheet,
    scores: Scores,
    code: str,
    held: Mapping[str, Json],
    open_findings: Collection[str],
    sampled: Collection[str],
    take_over: bool,
) -> Reason | None:
    now = rights.state(sheet.cells, code)
    if now == "draft":
        return "draft"
    if now == "returned":
        return "returned"
    if now in rights.SETTLED:
        return "settled"
    own, review = sheet.answer(code), sheet.answer(code, "review")
    item = framework.indicators[code]
    score = scores.items.get(code)
    assert own is not None
    if score is not None and score.fault is not None:
        return "fault"
    if own.kind in ("na", "nd") or (review is not None and review.kind in ("na", "nd")):
        return "not_applicable"
    if review is not None:
        apart = gap(framework, code, own, review, sheet.profile.tier)
        if apart is None or not apart.none:
            return "difference"
    second = gap(framework, code, review or own, sheet.answer(code, "review_2"), sheet.profile.tier)
    if second is not None and not second.none:
        return "apart"
    if score is not None and score.needs_evidence and not _evidenced(held, item.kind, own):
        return "no_evidence"
    if code in open_findings:
        return "finding"
    if review is None and code in sampled:
        return "sampled"
    return "untouched" if review is None and not take_over else None


def _evidenced(held: Mapping[str, Json], kind: str, own: Answer) -> bool:
    """One registered piece at least; every option ticked is covered where evidence is per option (D6)."""
    pieces = evidence.pieces(held)
    if kind == "multi":
        return all(pieces.covers(option) for option in own.ticked)
    return pieces.count > 0 or (kind == "number" and bool(own.source.strip()))


def cells(sheet: Sheet, batch: Batch, *, until: date | None = None) -> dict[Cell, Json]:
    """The cells of the one step: `session.submit("set_cells", cells, steps.KIND)`. `until`: objections are possible."""
    out = steps.cells(batch.codes, "confirm", deadline=until)
    for code in batch.taken_over:
        own = sheet.answer(code)
        assert own is not None
        out[code, "review"] = own.to_json()
    return out

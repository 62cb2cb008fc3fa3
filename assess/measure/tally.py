"""The scores of items and nodes out of the items on their way: sums over the tree, shares, coverage (R3, R4, D16)."""

from __future__ import annotations

from collections.abc import Mapping

from assess.measure.drafts import Draft
from assess.measure.kernel import Aggregated, Plan, aggregate
from assess.measure.result import ItemScore, NodeScore, State
from assess.measure.route import Reading


def summed(layout: Plan, drafts: Mapping[str, Draft]) -> Aggregated:
    """The tree over one row of item scores (R4); an item that voids leaves every node above it without one (D15)."""
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


def item_scores(layout: Plan, drafts: Mapping[str, Draft], sums: Aggregated) -> dict[str, ItemScore]:
    """What is told of each item: state, value, score, and its part of the total in points."""
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


def node_scores(layout: Plan, items: Mapping[str, ItemScore], sums: Aggregated, level: Plan) -> dict[str, NodeScore]:
    """What is told of each node. `level` is the plan of the whole framework at this administrative level: the weights
    of coverage (D16), so that a document that holds a part counts them as the whole does."""
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

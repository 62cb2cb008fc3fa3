"""The chain from a table to an index: denominators, gaps, outliers, scores, nodes, places (R1–R4, R6, R9).

All units go through at once. A cell that is not applicable is never filled and never 0; what is unanswered or without
data is filled if the framework says so, else treated as its mode says (R3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assess.framework.index_rules import Imputation
from assess.framework.model import Framework
from assess.index.data import ANSWERED, NO_DATA, NOT_APPLICABLE, STATES, UNANSWERED, Changed, Data
from assess.index.filling import denominate, impute
from assess.index.outliers import Treated, treat
from assess.index.ranks import TOLERANCE, places
from assess.index.result import Index, Variant, recipe
from assess.language import say
from assess.measure.columns import constant, normalise
from assess.measure.kernel import Plan, node_values, plan
from assess.problems import Finding, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

PLAIN = Variant()


@dataclass(frozen=True, slots=True)
class Stages:
    """The columns after each step, items × rows; `scores` are 0–100 with NaN left out, `void` marks void items."""

    denominated: Floats
    imputed: Floats
    treated: Floats
    scores: Floats
    void: Booleans | None
    changed: tuple[Changed, ...]
    treatments: dict[str, Treated]
    findings: tuple[Finding, ...]


def index(framework: Framework, data: Data, *, mode: str = "", variant: Variant = PLAIN, threads: int = 1) -> Index:
    """The index of all units. Raises Problem `index.single` where a scale needs units to compare and there is one,
    `index.empty` without any unit."""
    import numpy as np

    mode = mode_of(framework, mode)
    layout = layout_of(framework, variant)
    steps = stages(framework, data, mode=mode, variant=variant)
    nodes = node_values(layout, steps.scores.T, void=None if steps.void is None else steps.void.T, threads=threads)
    scores = np.concatenate((steps.scores, nodes.T)).T
    coverage = covered(layout, data)
    ranks = np.zeros(scores.shape, dtype=np.int64)
    shared = np.zeros(scores.shape, dtype=np.int64)
    for place in range(len(layout.leaves), len(layout.codes)):
        ranks[:, place], shared[:, place] = places(scores[:, place], framework.rank_decimals)
    return Index(
        data=data,
        codes=layout.codes,
        scores=scores,
        coverage=coverage,
        ranks=ranks,
        shared=shared,
        stages=banded(framework, scores[:, -1]),
        changed=steps.changed,
        findings=(*data.findings, *steps.findings),
        recipe=recipe(framework, data, mode, variant),
    )


def mode_of(framework: Framework, mode: str) -> str:
    """The mode asked for, else formal, else the first. Problem `index.mode` for an unknown one."""
    if mode and mode not in framework.modes:
        raise Problem(
            "index.mode",
            say("The framework has no mode {mode}.", mode=mode),
            say("Known: {names}.", names=tuple(framework.modes)),
        )
    return mode or ("formal" if "formal" in framework.modes else next(iter(framework.modes)))


def layout_of(framework: Framework, variant: Variant = PLAIN) -> Plan:
    """The tree laid out, with the weights and aggregations of the variant."""
    layout = plan(framework)
    if variant.aggregation is not None:
        layout = replace(layout, kinds=(variant.aggregation,) * len(layout.kinds))
    if variant.weights is not None:
        given = variant.weights
        weights = tuple(given.get(code, weight) for code, weight in zip(layout.codes, layout.weights, strict=True))
        layout = replace(layout, weights=weights)
    return layout


def stages(framework: Framework, data: Data, *, mode: str = "", variant: Variant = PLAIN) -> Stages:
    """Every step before aggregation, in the order of the plan's items."""
    import numpy as np

    mode = mode_of(framework, mode)
    leaves = plan(framework).leaves
    if not data.rows:
        raise Problem("index.empty", say("The table names no unit."), say("Put one unit on each row."))
    where = {code: place for place, code in enumerate(data.items)}
    shape = (len(leaves), data.rows)
    denominated, imputed, treated, scores = (np.full(shape, np.nan) for _ in range(4))
    changed: list[Changed] = []
    findings: list[Finding] = []
    treatments: dict[str, Treated] = {}
    void: Booleans | None = None
    rules = framework.index
    outliers = rules.outliers
    if outliers is not None and variant.most is not None:
        outliers = replace(outliers, most=variant.most)
    alone(framework, data, leaves, variant)
    for place, code in enumerate(leaves):
        if code in where:
            raw, state = data.values[where[code]], data.states[where[code]]
        else:
            raw, state = np.full(data.rows, np.nan), np.full(data.rows, UNANSWERED, dtype=np.int8)
        number = framework.indicators[code].number
        if number is None:
            denominated[place] = imputed[place] = treated[place] = scores[place] = raw
        else:
            column = raw
            if number.divide_by and number.divide_by in data.columns:
                column = denominate(raw, data.columns[number.divide_by], number.factor or 1.0)
            denominated[place] = column
            how: Imputation = variant.impute or number.impute or rules.impute
            gaps = np.isnan(column) & (state != NOT_APPLICABLE)
            column = impute(column, how, gaps, data.groups)
            imputed[place] = column
            changed += filled(code, column, gaps)
            if outliers is not None and number.treat:
                found = treatments[code] = treat(column, outliers)
                changed += moved(code, column, found)
                column = found.values
            treated[place] = column
            scale = variant.scale or number.scaling
            scores[place] = normalise(number, column, scale)
            if not scale.alone and constant(column[~np.isnan(column)]):
                findings.append(_constant(code))
        void = settle(framework, mode, scores, place, state, void)
    return Stages(denominated, imputed, treated, scores, void, tuple(changed), treatments, tuple(findings))


def settle(
    framework: Framework, mode: str, scores: Floats, place: int, state: NDArray[np.int8], void: Booleans | None
) -> Booleans | None:
    """What a cell without a score counts as: left out, 0, or void, as the mode treats its state (R3)."""
    import numpy as np

    lacking = np.isnan(scores[place])
    if not lacking.any():
        return void
    for key in (UNANSWERED, NO_DATA, NOT_APPLICABLE):
        rule = framework.modes[mode].states.get(STATES[key])
        treatment = rule.treatment if rule is not None else "exclude"
        if treatment not in ("zero", "void"):
            continue
        here = lacking & (state == key)
        if not here.any():
            continue
        if treatment == "zero" and key != NOT_APPLICABLE:
            scores[place][here] = 0.0
        elif treatment == "void":
            if void is None:
                void = np.zeros(scores.shape, dtype=bool)
            void[place] |= here
    return void


def alone(framework: Framework, data: Data, leaves: Sequence[str], variant: Variant) -> None:
    """One unit cannot be placed among others."""
    if data.rows > 1:
        return
    for code in leaves:
        number = framework.indicators[code].number
        if number is not None and not (variant.scale or number.scaling).alone:
            raise Problem(
                "index.single",
                say("There is one unit only, and {code} is scored by comparing units.", code=code),
                say("Add the other units to the table, or give the items goalposts."),
            )


def filled(code: str, column: Floats, gaps: Booleans) -> Iterator[Changed]:
    import numpy as np

    for row in np.flatnonzero(gaps & ~np.isnan(column)).tolist():
        yield Changed(row, code, "imputed", None, float(column[row]))


def moved(code: str, before: Floats, found: Treated) -> Iterator[Changed]:
    import numpy as np

    if found.change == "none":
        return
    for row in np.flatnonzero((before != found.values) & ~np.isnan(before)).tolist():
        yield Changed(row, code, found.change, float(before[row]), float(found.values[row]))


def covered(layout: Plan, data: Data) -> Floats:
    """Coverage by weight, rows × codes: what is answered as a part of what applies. Filled gaps are not answers."""
    import numpy as np

    items = len(layout.leaves)
    where = {code: place for place, code in enumerate(data.items)}
    out = np.ones((len(layout.codes), data.rows))
    answered = np.zeros((items, data.rows), dtype=bool)
    applies = np.ones((items, data.rows), dtype=bool)
    for place, code in enumerate(layout.leaves):
        if code in where:
            answered[place] = data.states[where[code]] == ANSWERED
            applies[place] = data.states[where[code]] != NOT_APPLICABLE
    for place, under in enumerate(layout.under):
        leaves = list(under)
        if answered[leaves].all():
            continue
        known, whole = np.zeros(data.rows), np.zeros(data.rows)
        for leaf in leaves:
            known += layout.shares[leaf] * answered[leaf]
            whole += layout.shares[leaf] * applies[leaf]
        out[place] = np.divide(known, whole, out=np.full(data.rows, np.nan), where=whole > 0)
    return out.T


def banded(framework: Framework, totals: Floats) -> NDArray[np.int64]:
    """The level of the band of each unrounded total (R6); bands include their lower bound. 0 without a band."""
    import numpy as np

    levels = np.zeros(totals.size, dtype=np.int64)
    for stage in framework.stages:
        levels[totals >= stage.min - TOLERANCE] = stage.level
    return levels


def _constant(code: str) -> Finding:
    return Finding(
        "warning",
        "index.constant",
        "",
        code,
        say("{code} is the same in every unit, so it cannot tell units apart; it is left out.", code=code),
        say("Leave the item out of the framework, or give it goalposts."),
    )

"""The chain from a table to an index: denominators, gaps, outliers, scores, nodes, places (R1–R4, R6, R9).

All units go through at once. A cell that is not applicable is never filled and never 0; what is unanswered or without
data is filled if the framework says so, else treated as its mode says (R3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assess.framework.index_rules import Imputation
from assess.framework.model import ROOT, Framework, Number
from assess.index.data import ANSWERED, NO_DATA, NOT_APPLICABLE, STATES, UNANSWERED, Changed, Data
from assess.index.filling import denominate, impute
from assess.index.neighbors import nearest
from assess.index.outliers import Treated, treat
from assess.index.ranks import TOLERANCE
from assess.index.result import Index, Variant, recipe
from assess.language import say
from assess.measure.blocks import BLOCK, block_values, covered
from assess.measure.columns import constant, normalise
from assess.measure.kernel import Plan, plan
from assess.problems import Finding, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

PLAIN = Variant()


@dataclass(frozen=True, slots=True)
class Stages:
    """The columns after each step, one per item of the plan; a step that changes nothing shares its column with the
    one before. `scores` are 0–100 with NaN left out; `void` marks the rows whose item leaves all above it unscored.
    """

    denominated: list[Floats]
    imputed: list[Floats]
    treated: list[Floats]
    scores: list[Floats]
    void: list[Booleans] | None
    changed: tuple[Changed, ...]
    treatments: dict[str, Treated]
    findings: tuple[Finding, ...]


def index(
    framework: Framework,
    data: Data,
    *,
    mode: str = "",
    variant: Variant = PLAIN,
    threads: int = 1,
    block: int = BLOCK,
) -> Index:
    """The index of all units; as in a document, a unit without a score for a whole dimension has no total.

    Raises Problem `index.single` where a scale needs units to compare and there is one, `index.empty` without any unit.
    """
    import numpy as np

    mode = mode_of(framework, mode)
    layout = layout_of(framework, variant)
    steps = stages(framework, data, mode=mode, variant=variant)
    nodes = np.empty((len(layout.nodes), data.rows))
    coverage = np.empty((len(layout.nodes), data.rows))
    where = {code: place for place, code in enumerate(data.items)}
    states = [data.states[where[code]] if code in where else None for code in layout.leaves]
    some_na = bool((data.states == NOT_APPLICABLE).any())

    def one(start: int) -> None:
        end = min(start + block, data.rows)
        part = [column[start:end] for column in steps.scores]
        void = None if steps.void is None else [column[start:end] for column in steps.void]
        for place, value in enumerate(block_values(layout, part, layout.weights, void)):
            nodes[place, start:end] = value
        none = np.zeros(end - start, dtype=bool)
        answered = [none if state is None else state[start:end] == ANSWERED for state in states]
        applies = (
            [~none if state is None else state[start:end] != NOT_APPLICABLE for state in states] if some_na else None
        )
        for place, value in enumerate(covered(layout, answered, applies)):
            coverage[place, start:end] = value

    starts = range(0, data.rows, block)
    if threads > 1 and len(starts) > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, starts))
    else:
        for start in starts:
            one(start)
    scores = dict(zip(layout.codes, (*steps.scores, *nodes), strict=True))
    for node in framework.dimensions:
        if node.code in scores:
            scores[ROOT][np.isnan(scores[node.code])] = np.nan
    return Index(
        data=data,
        scores=scores,
        coverage=dict(zip(layout.nodes, coverage, strict=True)),
        stages=banded(framework, scores[ROOT]),
        framework=framework,
        mode=mode,
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

    mode = mode_of(framework, mode)
    leaves = plan(framework).leaves
    if not data.rows:
        raise Problem("index.empty", say("The table names no unit."), say("Put one unit on each row."))
    alone(framework, data, leaves, variant)
    rules = framework.index
    outliers = rules.outliers
    if outliers is not None and variant.most is not None:
        outliers = replace(outliers, most=variant.most)
    found = Stages([], [], [], [], None, (), {}, ())
    states: list[NDArray[np.int8]] = []
    for code in leaves:
        column, state = _given(data, code)
        number = framework.indicators[code].number
        if number is not None and number.divide_by and number.divide_by in data.columns:
            column = denominate(column, data.columns[number.divide_by], number.factor or 1.0)
        found.denominated.append(column)
        states.append(state)
    columns, changed = _filled(framework, data, leaves, found.denominated, states, variant)
    for code, column in zip(leaves, columns, strict=True):
        number = framework.indicators[code].number
        found.imputed.append(column)
        if number is not None and outliers is not None and number.treat:
            treated = found.treatments[code] = treat(column, outliers)
            changed += moved(code, column, treated)
            column = treated.values
        found.treated.append(column)
    return scored(framework, data, replace(found, changed=tuple(changed)), mode=mode, variant=variant)


def scored(framework: Framework, data: Data, steps: Stages, *, mode: str, variant: Variant) -> Stages:
    """The last step anew: the treated columns on the scales of the variant, and what has no value as the mode says."""
    import numpy as np

    scores: list[Floats] = []
    void: list[Booleans | None] = []
    findings: list[Finding] = []
    for code, column in zip(plan(framework).leaves, steps.treated, strict=True):
        number = framework.indicators[code].number
        if number is not None:
            scale = variant.scale or number.scaling
            if not scale.alone and constant(column[~np.isnan(column)]):
                findings.append(_constant(code))
            column = normalise(stretched(number, variant.goalposts), column, scale)
        column, spoiled = settle(framework, mode, column, _given(data, code)[1])
        scores.append(column)
        void.append(spoiled)
    return replace(steps, scores=scores, findings=tuple(findings), void=_void(void, data.rows))


def _given(data: Data, code: str) -> tuple[Floats, NDArray[np.int8]]:
    """Values and states of one item; unanswered throughout where the table lacks it."""
    import numpy as np

    if code in data.items:
        place = data.items.index(code)
        return data.values[place], data.states[place]
    return np.full(data.rows, np.nan), np.full(data.rows, UNANSWERED, dtype=np.int8)


def _filled(
    framework: Framework,
    data: Data,
    leaves: Sequence[str],
    columns: Sequence[Floats],
    states: Sequence[NDArray[np.int8]],
    variant: Variant,
) -> tuple[list[Floats], list[Changed]]:
    """The columns with their gaps filled as the framework says, and the cells that were."""
    import numpy as np

    out = list(columns)
    changed: list[Changed] = []
    rules = framework.index
    wanted: list[int] = []
    lacking: dict[int, Booleans] = {}
    for place, code in enumerate(leaves):
        number = framework.indicators[code].number
        how: Imputation = "none" if number is None else variant.impute or number.impute or rules.impute
        if how == "none":
            continue
        gaps = lacking[place] = np.isnan(columns[place]) & (states[place] != NOT_APPLICABLE)
        if how == "nearest":
            wanted.append(place)
        else:
            out[place] = impute(columns[place], how, gaps, data.groups)
    if any(lacking[place].any() for place in wanted):
        found = nearest(columns, wanted, [lacking[place] for place in wanted], rules.neighbors)
        for place, column in zip(wanted, found, strict=True):
            out[place] = column
    for place, gaps in lacking.items():
        changed += list(filled(leaves[place], out[place], gaps))
    return out, changed


def _void(columns: list[Booleans | None], rows: int) -> list[Booleans] | None:
    """The void cells of every item, if there are any."""
    import numpy as np

    if not any(column is not None and column.any() for column in columns):
        return None
    return [np.zeros(rows, dtype=bool) if column is None else column for column in columns]


def stretched(number: Number, factor: float | None) -> Number:
    """The item with its full marks moved away from zero (or nearer) by a factor."""
    if factor is None or factor == 1.0:
        return number
    return replace(number, full=number.zero + factor * (number.full - number.zero))


def settle(framework: Framework, mode: str, scores: Floats, state: NDArray[np.int8]) -> tuple[Floats, Booleans | None]:
    """What a cell without a score counts as: left out, 0, or void, as the mode treats its state (R3)."""
    import numpy as np

    void: Booleans | None = None
    for key in (UNANSWERED, NO_DATA, NOT_APPLICABLE):
        rule = framework.modes[mode].states.get(STATES[key])
        treatment = rule.treatment if rule is not None else "exclude"
        if treatment == "zero" and key != NOT_APPLICABLE:
            scores = np.where(np.isnan(scores) & (state == key), 0.0, scores)
        elif treatment == "void":
            here = np.isnan(scores) & (state == key)
            void = here if void is None else void | here
    return scores, void


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

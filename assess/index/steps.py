"""The columns of an index, step by step, before they are put together: divided, filled, treated, scaled (R1–R3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assess.framework.index_rules import Imputation
from assess.framework.indicator import Number
from assess.framework.model import Framework
from assess.index import proofs
from assess.index.data import NO_DATA, NOT_APPLICABLE, SKIPPED_ZERO, STATES, UNANSWERED, Changed, Data
from assess.index.filling import denominate, impute
from assess.index.holding import Holding, held
from assess.index.neighbors import nearest
from assess.index.outliers import Treated, treat
from assess.index.result import Variant
from assess.index.skips import skipped
from assess.language import say
from assess.measure.columns import constant, normalise
from assess.measure.kernel import plan
from assess.problems import Finding, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Marks = NDArray[np.int8]
    Wholes = NDArray[np.int64]

PLAIN = Variant()


@dataclass(frozen=True, slots=True)
class Stages:
    """The columns after each step, one per item of the plan; a step that changes nothing shares its column with the
    one before. `scores` are 0–100 with NaN left out; `void` marks the rows whose item leaves all above it unscored.
    `given` are the states after skip rules, `states` those after caps for want of evidence; `holding` says what holds
    for which rows, `skipped` which items any row skips.
    """

    denominated: list[Floats]
    imputed: list[Floats]
    treated: list[Floats]
    scores: list[Floats]
    void: list[Booleans] | None
    given: list[Marks]
    states: list[Marks]
    holding: Holding
    skipped: frozenset[str]
    changed: tuple[Changed, ...]
    treatments: dict[str, Treated]
    findings: tuple[Finding, ...]


def mode_of(framework: Framework, mode: str) -> str:
    """The mode asked for, else formal, else the first. Problem `index.mode` for an unknown one."""
    if mode and mode not in framework.modes:
        raise Problem(
            "index.mode",
            say("The framework has no mode {mode}.", mode=mode),
            say("Known: {names}.", names=tuple(framework.modes)),
        )
    return mode or ("formal" if "formal" in framework.modes else next(iter(framework.modes)))


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
    away = skipped(framework, data, mode) if framework.skip_rules else {}
    found = Stages([], [], [], [], None, [], [], held(framework, data), frozenset(away), (), {}, ())
    states = found.given
    for code in leaves:
        column, state = away[code] if code in away else _given(data, code)
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
    final: list[Marks] = []
    for code, treated, state in zip(plan(framework).leaves, steps.treated, steps.given, strict=True):
        item, column = framework.indicators[code], treated
        if item.number is not None:
            scale = variant.scale or item.number.scaling
            if not scale.alone and constant(column[~np.isnan(column)]):
                findings.append(_constant(code))
            column = _normalised(steps.holding, code, column, variant)
        column, state = proofs.capped(framework, mode, data, item, column, state)
        column, spoiled = settle(framework, mode, column, state)
        if code in steps.skipped:
            column = np.where(state == SKIPPED_ZERO, 0.0, column)
        scores.append(column)
        void.append(spoiled)
        final.append(state)
    return replace(steps, scores=scores, states=final, findings=tuple(findings), void=_void(void, data.rows))


def _normalised(holding: Holding, code: str, column: Floats, variant: Variant) -> Floats:
    """A column on its scale; where targets depend on the year, each row on that of its year."""
    import numpy as np

    number = holding.frameworks[0].indicators[code].number
    assert number is not None
    if holding.which is None or not number.years:
        return normalise(stretched(number, variant.goalposts), column, variant.scale or number.scaling)
    out = np.full(column.shape, np.nan)
    for place, framework in enumerate(holding.frameworks):
        number = framework.indicators[code].number
        assert number is not None
        rows = holding.rows(place)
        out[rows] = normalise(stretched(number, variant.goalposts), column[rows], variant.scale or number.scaling)
    return out


def _given(data: Data, code: str) -> tuple[Floats, Marks]:
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
    states: Sequence[Marks],
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
        gaps = lacking[place] = np.isnan(columns[place]) & (states[place] < NOT_APPLICABLE)
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


def settle(framework: Framework, mode: str, scores: Floats, state: Marks) -> tuple[Floats, Booleans | None]:
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


def _constant(code: str) -> Finding:
    return Finding(
        "warning",
        "index.constant",
        "",
        code,
        say("{code} is the same in every unit, so it cannot tell units apart; it is left out.", code=code),
        say("Leave the item out of the framework, or give it goalposts."),
    )

"""The chain from a table to an index: denominators, gaps, outliers, scores, nodes, places (R1–R4, R6, R9).

All units go through at once. A cell that is not applicable is never filled and never 0; what is unanswered or without
data is filled if the framework says so, else treated as its mode says (R3).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.framework.model import ROOT, Framework
from assess.index import matters
from assess.index.data import ANSWERED, NOT_APPLICABLE, Data
from assess.index.holding import told
from assess.index.ranks import TOLERANCE
from assess.index.result import GRADED, SHOWN, Index, Variant, recipe
from assess.index.steps import PLAIN, mode_of, stages
from assess.index.unstated import unstated
from assess.measure.blocks import BLOCK, block_values, covered
from assess.measure.kernel import Plan, plan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]


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
    steps = stages(framework, data, mode=mode, variant=variant)
    layouts = [layout_of(one, variant) for one in steps.holding.frameworks]
    layout = layouts[0]
    nodes = np.empty((len(layout.nodes), data.rows))
    coverage = np.empty((len(layout.nodes), data.rows))
    some = bool((data.states == NOT_APPLICABLE).any())
    apart = [code in steps.skipped or (some and bool((mark >= NOT_APPLICABLE).any()))
             for code, mark in zip(layout.leaves, steps.states, strict=True)]  # fmt: skip

    def one(start: int) -> None:
        end = min(start + block, data.rows)
        for place, tree in enumerate(layouts):
            here: slice | Wholes = slice(start, end)
            if steps.holding.which is not None:
                here = start + np.flatnonzero(steps.holding.which[start:end] == place)
                if not here.size:
                    continue
            part = [column[here] for column in steps.scores]
            void = None if steps.void is None else [column[here] for column in steps.void]
            for row, value in enumerate(block_values(tree, part, tree.weights, void)):
                nodes[row, here] = value
            marks = [states[here] for states in steps.states]
            answered = [mark == ANSWERED for mark in marks]
            applies = [mark < NOT_APPLICABLE if out else None for mark, out in zip(marks, apart, strict=True)]
            for row, value in enumerate(covered(tree, answered, applies)):
                coverage[row, here] = value

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
    marks = dict(zip(layout.leaves, steps.states, strict=True))
    lines = matters.lines(framework, data, mode, dict(zip(layout.leaves, steps.given, strict=True)), marks)
    gone = lines.of(framework, "suspend")
    if gone is not None:
        for code in layout.nodes:
            scores[code][gone] = np.nan
    points = matters.adjustments(framework, data)
    graded = points.graded(scores[ROOT])
    if points.any:
        scores |= {GRADED: graded, SHOWN: points.shown(graded)}
    return Index(
        data=data,
        scores=scores,
        coverage=dict(zip(layout.nodes, coverage, strict=True)),
        stages=banded(framework, graded),
        framework=framework,
        mode=mode,
        changed=steps.changed,
        findings=(
            *data.findings,
            *steps.findings,
            *told(steps.holding, framework, data),
            *unstated(framework, data, mode, lines),
        ),
        recipe=recipe(framework, data, mode, variant, steps.holding),
        marks=marks,
        lines=lines,
    )


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


def banded(framework: Framework, totals: Floats) -> NDArray[np.int64]:
    """The level of the band of each unrounded total (R6); bands include their lower bound. 0 without a band."""
    import numpy as np

    levels = np.zeros(totals.size, dtype=np.int64)
    for stage in framework.stages:
        levels[totals >= stage.min - TOLERANCE] = stage.level
    return levels

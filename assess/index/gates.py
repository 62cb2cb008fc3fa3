"""The stage whose gates hold, for all units at once (R6); the rules are those of documents.

A table holds no evidence and no mark of a review, so that gates on them are not judged. What is unanswered, without
data or filled does not meet a floor; what is not applicable stays out, for key items no oftener than the framework
allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assess.framework.model import ROOT, Framework, Gate
from assess.index.data import ANSWERED, NOT_APPLICABLE, UNANSWERED, Data
from assess.measure.scales import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Wholes = NDArray[np.int64]

JUDGED = ("total_floor", "coverage", "dimension_floor", "key_floor", "indicator_floor")


def held(
    framework: Framework,
    data: Data,
    mode: str,
    scores: Mapping[str, Floats],
    coverage: Mapping[str, Floats],
    bands: Wholes,
) -> Wholes:
    """The level of the highest stage up to the band of which no gate fails, under the ceiling of the mode; 0 without
    a band, and in a mode that determines no stage."""
    import numpy as np

    found = np.zeros(data.rows, dtype=np.int64)
    if framework.modes[mode].stage == "none":
        return found
    for stage in sorted(framework.stages, key=lambda one: one.level):
        open_to = bands >= stage.level
        for gate in stage.gates:
            if gate.type in JUDGED and open_to.any():
                open_to = open_to & _holds(framework, data, gate, scores, coverage)
        found[open_to] = stage.level
    ceiling = framework.modes[mode].max_stage
    return found if ceiling is None else np.minimum(found, ceiling)


def _holds(
    framework: Framework, data: Data, gate: Gate, scores: Mapping[str, Floats], coverage: Mapping[str, Floats]
) -> Booleans:
    import numpy as np

    with np.errstate(invalid="ignore"):
        match gate.type:
            case "total_floor":
                return scores[ROOT] >= gate.min - TOLERANCE
            case "coverage":
                return coverage[ROOT] >= gate.min - TOLERANCE
            case "dimension_floor":
                parts = [scores[node.code] for node in framework.dimensions if node.code in scores]
                reached = np.zeros(data.rows, dtype=np.int64)
                for part in parts:
                    reached += part >= gate.min - TOLERANCE
                enough: Booleans = reached >= (len(parts) if gate.count is None else gate.count)
                return enough
            case "key_floor":
                return _keys(framework, data, gate, scores)
            case _:
                fails = np.zeros(data.rows, dtype=bool)
                for code in gate.indicators:
                    met, away = _met(data, scores, code, gate.min_score)
                    fails |= ~met & ~away
                return ~fails


def _keys(framework: Framework, data: Data, gate: Gate, scores: Mapping[str, Floats]) -> Booleans:
    """The share of key items that reach the floor; the first ones not applicable stay out, as many as are allowed."""
    import numpy as np

    allowance = np.full(data.rows, framework.key_max_not_applicable)
    reached = np.zeros(data.rows, dtype=np.int64)
    base = np.zeros(data.rows, dtype=np.int64)
    for code in _keys_of(framework, scores):
        met, away = _met(data, scores, code, gate.min_score)
        out = away & (allowance > 0)
        allowance -= out
        base += ~out
        reached += met
    share = np.divide(reached, base, out=np.ones(data.rows), where=base > 0)
    enough: Booleans = share >= gate.min_share - TOLERANCE
    return enough


def _keys_of(framework: Framework, scores: Mapping[str, Floats]) -> Sequence[str]:
    return [code for code, item in framework.indicators.items() if item.key and code in scores]


def _met(data: Data, scores: Mapping[str, Floats], code: str, floor: float) -> tuple[Booleans, Booleans]:
    """Where an item is answered and reaches a floor, and where it is not applicable."""
    import numpy as np

    if code not in data.items or code not in scores:
        states = np.full(data.rows, UNANSWERED, dtype=np.int8)
    else:
        states = data.states[data.items.index(code)]
    met: Booleans = (states == ANSWERED) & (scores[code] >= floor - TOLERANCE)
    return met, states == NOT_APPLICABLE

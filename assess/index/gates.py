"""The stage whose gates hold, for all units at once (R6); the rules are those of documents.

Gates on evidence and on the review are judged where the table states them. What is unanswered, without data or filled
does not meet a floor; what is not applicable stays out, for key items no oftener than the framework allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.framework.model import ROOT, Framework
from assess.framework.stage_rules import Gate
from assess.index.data import ANSWERED, NOT_APPLICABLE, SKIPPED_OUT, SKIPPED_ZERO, Data
from assess.measure.scales import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Wholes = NDArray[np.int64]
    Marks = NDArray[np.int8]

JUDGED = ("total_floor", "coverage", "dimension_floor", "node_floor", "key_floor", "indicator_floor")


@dataclass(frozen=True, slots=True)
class Standing:
    """What gates are judged on, for all units: scores and coverage by code, the graded total, states of the items,
    the rate of evidence and who was reviewed (None where the table does not state them)."""

    scores: Mapping[str, Floats]
    coverage: Mapping[str, Floats]
    graded: Floats
    marks: Mapping[str, Marks]
    evidence_rate: Floats | None = None
    reviewed: Booleans | None = None

    def judges(self, framework: Framework, mode: str, gate: Gate) -> bool:
        """Whether a gate can be judged at all."""
        if gate.type == "evidence_rate":
            return self.evidence_rate is not None and framework.evidence is not None and framework.evidence.mode == mode
        if gate.type == "reviewed":
            return self.reviewed is not None
        return gate.type in JUDGED


def held(framework: Framework, data: Data, mode: str, found: Standing, bands: Wholes) -> Wholes:
    """The level of the highest stage up to the band of which no gate fails, under the ceiling of the mode; 0 without
    a band, and in a mode that determines no stage."""
    import numpy as np

    out = np.zeros(data.rows, dtype=np.int64)
    if framework.modes[mode].stage == "none":
        return out
    for stage in sorted(framework.stages, key=lambda one: one.level):
        open_to = bands >= stage.level
        for gate in stage.gates:
            if found.judges(framework, mode, gate) and open_to.any():
                open_to = open_to & _holds(framework, data, gate, found)
        out[open_to] = stage.level
    ceiling = framework.modes[mode].max_stage
    return out if ceiling is None else np.minimum(out, ceiling)


def _holds(framework: Framework, data: Data, gate: Gate, found: Standing) -> Booleans:
    import numpy as np

    scores = found.scores
    with np.errstate(invalid="ignore"):
        match gate.type:
            case "total_floor":
                return found.graded >= gate.min - TOLERANCE
            case "coverage":
                return found.coverage[ROOT] >= gate.min - TOLERANCE
            case "evidence_rate":
                return np.asarray(found.evidence_rate) >= gate.min - TOLERANCE
            case "reviewed":
                return np.asarray(found.reviewed)
            case "dimension_floor":
                return _reach(data, [node.code for node in framework.dimensions], gate, scores, gate.count)
            case "node_floor":
                return _reach(data, gate.nodes, gate, scores, None)
            case "key_floor":
                return _keys(framework, data, gate, found)
            case _:
                fails = np.zeros(data.rows, dtype=bool)
                for code in gate.indicators:
                    if code not in scores:
                        continue
                    met = (found.marks[code] == ANSWERED) & (scores[code] >= gate.min_score - TOLERANCE)
                    fails |= ~met & (found.marks[code] != NOT_APPLICABLE)
                return ~fails


def _reach(data: Data, codes: Sequence[str], gate: Gate, scores: Mapping[str, Floats], count: int | None) -> Booleans:
    """Where as many of the nodes as asked for (None: all) reach a floor."""
    import numpy as np

    parts = [scores[code] for code in codes if code in scores]
    reached = np.zeros(data.rows, dtype=np.int64)
    for part in parts:
        reached += part >= gate.min - TOLERANCE
    enough: Booleans = reached >= (len(parts) if count is None else count)
    return enough


def _keys(framework: Framework, data: Data, gate: Gate, found: Standing) -> Booleans:
    """The share of key items that reach the floor; what a skip rule leaves out stays out, and of those not applicable
    the first ones, as many as are allowed."""
    import numpy as np

    allowance = np.full(data.rows, framework.key_max_not_applicable)
    reached = np.zeros(data.rows, dtype=np.int64)
    base = np.zeros(data.rows, dtype=np.int64)
    for code in (code for code, item in framework.indicators.items() if item.key and code in found.scores):
        marks, score = found.marks[code], found.scores[code]
        away = (marks == NOT_APPLICABLE) & (allowance > 0)
        allowance -= away
        base += ~away & (marks != SKIPPED_OUT)
        counts = (marks == ANSWERED) | (marks == SKIPPED_ZERO)
        reached += counts & (score >= gate.min_score - TOLERANCE)
    share = np.divide(reached, base, out=np.ones(data.rows), where=base > 0)
    enough: Booleans = share >= gate.min_share - TOLERANCE
    return enough

"""Evidence that a table states (columns `evidence.CODE`): caps where it is missing, and the rate of evidence (R7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.scoring_rules import EvidenceCap, EvidenceRules
from assess.index.data import ANSWERED, NO_DATA, UNANSWERED, Data

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Marks = NDArray[np.int8]
    Booleans = NDArray[np.bool_]


def stated(data: Data, code: str) -> Booleans | None:
    """The rows with evidence for an item; None where the table has no such column."""
    column = data.columns.get(f"evidence.{code}")
    return None if column is None else column > 0


def capped(
    framework: Framework, mode: str, data: Data, item: Indicator, scores: Floats, states: Marks
) -> tuple[Floats, Marks]:
    """Scores and states of an item after the cap that falls where an answer needs evidence and has none."""
    import numpy as np

    rules, proved = framework.evidence, stated(data, item.code)
    if rules is None or proved is None or not framework.modes[mode].evidence_caps:
        return scores, states
    cap = next((one for one in rules.caps if one.kind == item.kind), None)
    if cap is None or item.code in cap.except_:
        return scores, states
    bare = needs(rules, item, scores, states) & ~proved
    if item.kind == "yesno":
        bare &= scores != 0
    if not bare.any():
        return scores, states
    if cap.effect == "treat_as":
        lost = UNANSWERED if cap.state == "UNANSWERED" else NO_DATA
        return np.where(bare, np.nan, scores), np.where(bare, np.int8(lost), states)
    return np.where(bare, np.minimum(scores, _most(cap)), scores), states


def _most(cap: EvidenceCap) -> float:
    """The most that an answer without evidence is worth; options without evidence are worth nothing."""
    return cap.score if cap.effect == "cap" and cap.score is not None else 0.0


def needs(rules: EvidenceRules, item: Indicator, scores: Floats, states: Marks) -> Booleans:
    """The rows whose answer needs evidence; the rules are those of documents."""
    import numpy as np

    answered: Booleans = (states == ANSWERED) & ~np.isnan(scores)
    if item.kind == "yesno":
        start = f"{item.code}="
        exempt = {entry.removeprefix(start) for entry in rules.not_required if entry.startswith(start)}
        if not exempt:
            favorable: Booleans = answered & (scores != 0)
            return favorable
        good = item.yesno.good if item.yesno else "yes"
        bad = "no" if good == "yes" else "yes"
        due: Booleans = answered & ~np.where(scores == 0, bad in exempt, good in exempt)
        return due
    if item.kind == "multi" or {"level": "level 0", "number": "number scoring 0"}[item.kind] in rules.not_required:
        answered = answered & (scores != 0)
    return answered


def rate(framework: Framework, data: Data, codes: Sequence[str], scores: Mapping[str, Floats],
         states: Mapping[str, Marks]) -> Floats | None:  # fmt: skip
    """Share of the answers that need evidence and have some, per row; NaN where none needs any, None where the table
    does not state the evidence of every item."""
    import numpy as np

    if framework.evidence is None or not codes or any(stated(data, code) is None for code in codes):
        return None
    needed, present = np.zeros(data.rows), np.zeros(data.rows)
    for code in codes:
        due = needs(framework.evidence, framework.indicators[code], scores[code], states[code])
        proved = stated(data, code)
        needed += due
        present += due & (proved if proved is not None else False)
    found: Floats = np.divide(present, needed, out=np.full(data.rows, np.nan), where=needed > 0)
    return found

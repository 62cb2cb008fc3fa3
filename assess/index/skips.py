"""Skip rules on a table (R3): what is skipped is not asked, as in a document; triggers are the answers of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.scoring_rules import SkipRule
from assess.index.data import ANSWERED, SKIPPED_OUT, SKIPPED_ZERO, Data
from assess.measure.columns import normalise
from assess.measure.scales import TOLERANCE, rubric_score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Marks = NDArray[np.int8]
    Booleans = NDArray[np.bool_]

Given = dict[str, "tuple[Floats, Marks]"]


def skipped(framework: Framework, data: Data, mode: str) -> Given:
    """Values and states of the items of which any is skipped: NaN, and a state that says how it counts."""
    import numpy as np

    where = {code: place for place, code in enumerate(data.items)}
    treatment = framework.modes[mode].states["SKIP"].treatment if "SKIP" in framework.modes[mode].states else "by_rule"
    tiers = np.array(data.about["tier"]) if "tier" in data.about else None
    found: Given = {}
    for rule in framework.skip_rules:
        if rule.indicator not in where or rule.indicator not in framework.indicators:
            continue
        here = triggered(framework.indicators[rule.indicator], rule, *_of(data, where, found, rule.indicator))
        if tiers is not None and rule.tiers:
            here &= np.isin(tiers, ("", *rule.tiers))
        if not here.any():
            continue
        counts_zero = (rule.treatment if treatment == "by_rule" else treatment) == "zero"
        for code in rule.then:
            if code not in where or code not in framework.indicators:
                continue
            values, states = _of(data, where, found, code)
            now = here & (states < SKIPPED_OUT)
            found[code] = (
                np.where(now, np.nan, values),
                np.where(now, np.int8(SKIPPED_ZERO if counts_zero else SKIPPED_OUT), states),
            )
    return found


def _of(data: Data, where: Mapping[str, int], found: Given, code: str) -> tuple[Floats, Marks]:
    return found[code] if code in found else (data.values[where[code]], data.states[where[code]])


def triggered(item: Indicator, rule: SkipRule, values: Floats, states: Marks) -> Booleans:
    """The rows in which the answer sets off a rule; what is not answered, or skipped itself, does not."""
    import numpy as np

    with np.errstate(invalid="ignore"):
        if rule.op == "answer==":
            good = item.yesno.good if item.yesno else "yes"
            wanted = 100.0 if rule.value == good else 0.0
            hit: Booleans = values == wanted
        else:
            hit = levels(item, values) <= float(rule.value)
    set_off: Booleans = hit & (states == ANSWERED)
    return set_off


def levels(item: Indicator, values: Floats) -> Floats:
    """The level of every answer; NaN where a number has none alone."""
    import numpy as np

    if item.kind == "level":
        if all(step.score is None for step in item.levels):
            return np.round(values * (max((step.level for step in item.levels), default=5) / 100.0))
        known = sorted((rubric_score(item, step.level) or 0.0, step.level) for step in item.levels)
        worth = np.array([score for score, _ in known])
        near = np.searchsorted((worth[1:] + worth[:-1]) / 2.0, values)
        return np.where(np.isnan(values), np.nan, np.array([float(level) for _, level in known])[near])
    if item.number is not None:
        if not item.number.scaling.alone or item.number.divide_by:
            return np.full(values.shape, np.nan)
        values = normalise(item.number, values)
    return np.minimum(5.0, np.floor(values / 20.0 + TOLERANCE))

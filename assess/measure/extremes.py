"""The strongest and the weakest items, said alike on the screen and in the report."""

from __future__ import annotations

from dataclasses import dataclass

from assess.framework.model import Framework
from assess.measure.result import ItemScore, Scores
from assess.measure.scales import TOLERANCE


@dataclass(frozen=True, slots=True)
class Extremes:
    """Items best first and items worst first; none stands in both."""

    strong: tuple[ItemScore, ...] = ()
    weak: tuple[ItemScore, ...] = ()


def extremes(framework: Framework, scores: Scores, count: int = 3, good: float = 0.0) -> Extremes:
    """At most `count` of each. Strong are answered items of `good` points or more; yes/no items, which know only all or
    nothing, come last among them. Weak are items below full marks, no data that counts 0 included. Ties by share of the
    total, then in the order of the framework."""
    items = framework.indicators
    order = {code: place for place, code in enumerate(items)}
    counted = [item for code, item in scores.items.items() if item.score is not None and code in items]
    able = [item for item in counted if item.counting == "value" and (item.score or 0.0) >= good - TOLERANCE]
    able.sort(key=lambda item: (items[item.code].kind == "yesno", -(item.score or 0.0), -item.share, order[item.code]))
    strong = tuple(able[: min(count, (len(counted) + 1) // 2)])
    taken = {item.code for item in strong}
    rest = [item for item in counted if item.code not in taken and (item.score or 0.0) < 100.0 - TOLERANCE]
    rest.sort(key=lambda item: (item.score or 0.0, -item.share, order[item.code]))
    return Extremes(strong, tuple(rest[:count]))

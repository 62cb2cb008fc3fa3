"""How far two answers to one item lie apart, in levels: what the review lists and asks an opinion about (R7).

A level is 20 points of the item's score, for every kind of item: `gap = ⌊|Δ score| ÷ 20 + 1e-9⌋`. For a rubric of
levels 0–5 that is the difference of the levels themselves; a number, a checklist or a yes/no has its equivalent in
the same bands (40 points, two levels, is what a framework usually flags). Scores are those before evidence caps.
"""

from __future__ import annotations

from dataclasses import dataclass

from assess.answers import Answer
from assess.framework.model import Framework
from assess.measure.route import is_grassroots, read_one
from assess.measure.scales import TOLERANCE

POINTS = 20.0
"""Points of score to a level."""
SERIOUS = 2
"""Levels from which on a pair is listed and an opinion is demanded."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The second answer against the first. `levels` is signed (−3: three levels lower); `points` is Δ score, unrounded.

    `states`: one is answered, the other "not applicable" or "no data"; then levels and points are 0.
    """

    levels: int
    points: float
    states: bool = False

    @property
    def serious(self) -> bool:
        """Two levels or more, or answered against not answered."""
        return self.states or abs(self.levels) >= SERIOUS

    @property
    def none(self) -> bool:
        """No difference at all, not even within a level."""
        return not self.states and abs(self.points) <= TOLERANCE


def gap(framework: Framework, code: str, first: Answer | None, second: Answer | None, tier: str) -> Gap | None:
    """The gap of two answers; None where one of them is missing or faulty (D7), so that there is nothing to compare."""
    if first is None or second is None:
        return None
    grassroots = is_grassroots(framework, tier)
    one, other = (read_one(framework, code, "", answer, tier, grassroots).value for answer in (first, second))
    assert one is not None
    assert other is not None
    if one.fault is not None or other.fault is not None:
        return None
    if (one.score is None) != (other.score is None) or one.state != other.state:
        return Gap(0, 0.0, states=True)
    if one.score is None or other.score is None:
        return Gap(0, 0.0)
    points = other.score - one.score
    levels = int(abs(points) / POINTS + TOLERANCE)
    return Gap(levels if points > 0 else -levels, points)

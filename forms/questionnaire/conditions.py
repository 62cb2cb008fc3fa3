"""Conditions of a rubric level: what choosing a level claims, what is missing, and which level then holds.

From level 3 the levels are cumulative: 4 claims the conditions of 3 and 4, 5 those of 3, 4 and 5. Levels 1 and 2
stand alone. One unmet condition stops at the level below it.
"""

from __future__ import annotations

from collections.abc import Iterable

from assess.framework.indicator import Indicator, Level

CUMULATIVE_FROM = 3


def levels(indicator: Indicator) -> dict[int, Level]:
    return {level.level: level for level in indicator.levels}


def reach(level: int) -> tuple[int, ...]:
    """Levels whose conditions a claim of `level` must meet, highest first."""
    if level < CUMULATIVE_FROM:
        return (level,) if level > 0 else ()
    return tuple(range(level, CUMULATIVE_FROM - 1, -1))


def keys(indicator: Indicator, level: int) -> tuple[str, ...]:
    """Keys ("4.1", "4.2") of the conditions added at one level."""
    found = levels(indicator).get(level)
    return tuple(f"{level}.{index}" for index in range(1, len(found.conditions) + 1)) if found else ()


def claimed(indicator: Indicator, level: int) -> tuple[str, ...]:
    """Every condition that a claim of `level` states, sorted as answers keep them."""
    return tuple(sorted(key for step in reach(level) for key in keys(indicator, step)))


def missing(indicator: Indicator, level: int, ticked: Iterable[str]) -> tuple[str, ...]:
    """Conditions of the claim that are not ticked."""
    held = set(ticked)
    return tuple(key for key in claimed(indicator, level) if key not in held)


def holding(indicator: Indicator, level: int, ticked: Iterable[str]) -> int:
    """The level that the ticked conditions support, at most `level`."""
    unmet = missing(indicator, level, ticked)
    return min((int(key.split(".")[0]) for key in unmet), default=level + 1) - 1

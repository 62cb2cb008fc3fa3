"""Making one believable answer that scores about what is wanted.

All randomness comes from a generator seeded by the caller, so that the same archetype always gives the same city.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Literal

from assess.answers import Answer
from assess.framework.model import Indicator

DENOMINATORS = {"ratio": (40, 400), "rate": (40, 900), "average": (20, 160)}


def answer_for(item: Indicator, score: float, rng: random.Random) -> Answer:
    """An answer of the item's kind whose own score is as near to `score` (0–100) as its scale allows."""
    wanted = min(100.0, max(0.0, score))
    match item.kind:
        case "level":
            return of_level(item, round(wanted / 20))
        case "yesno":
            assert item.yesno is not None
            good = item.yesno.good
            return Answer.of_choice(good if wanted >= 50 else ("no" if good == "yes" else "yes"))
        case "multi":
            return _ticks(item, wanted, rng)
        case "number":
            return of_number(item, wanted, rng)


def of_level(item: Indicator, level: int) -> Answer:
    """A rubric level with every condition that it needs ticked (3 and above are cumulative)."""
    first = min(3, level)
    conditions = [
        f"{rung.level}.{index}"
        for rung in item.levels
        if first <= rung.level <= level
        for index in range(1, len(rung.conditions) + 1)
    ]
    return Answer.of_level(level, conditions)


def _ticks(item: Indicator, wanted: float, rng: random.Random) -> Answer:
    required = [option.key for option in item.options if option.required]
    others = [option.key for option in item.options if not option.required]
    rng.shuffle(others)
    count = round(wanted / 100 * len(item.options))
    return Answer.of_ticks([*required, *others][:count])


def of_number(item: Indicator, wanted: float, rng: random.Random) -> Answer:
    """A number by its parts where it has parts; counts are whole; the confirmation agrees with the score wanted."""
    number = item.number
    assert number is not None
    value = number.zero + wanted / 100 * (number.full - number.zero)
    confirm: Literal["yes", "no"] | None = None
    if number.confirmation is not None:
        confirm = "yes" if wanted > number.confirmation.cap or rng.random() < 0.7 else "no"
    source = number.source.zh
    if number.denominator is None:
        return Answer.of_number(result=str(round(value)), confirm=confirm, source=source)
    low, high = DENOMINATORS[number.kind]
    denominator = rng.randint(low, high)
    numerator = round(value * denominator / (number.factor or 1))
    return Answer.of_number(str(Decimal(numerator)), str(denominator), confirm=confirm, source=source)

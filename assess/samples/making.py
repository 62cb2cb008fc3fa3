"""Making one believable answer that scores about what is wanted.

All randomness comes from a generator seeded by the caller, so that the same archetype always gives the same city.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from assess.answers import Answer, Profile
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.measure.scales import value as worth

DENOMINATORS = {"ratio": (40, 400), "rate": (40, 900), "average": (20, 160)}
FIXED = {
    "ME2.2": (38, 62),  # departments of a city
    "ME5.5": (100, 100),  # points of an appraisal
    "ST4.3": (2400, 9800),  # call-backs
    "ME4.3": (21000, 96000),  # events of a year
    "SH1.3": (640, 3900),  # entries of a catalogue
}
RESIDENTS = (1.25, 1.9)  # all residents to those of the urban area
VILLAGES, SAMPLED, MONTHS = (9, 16), 0.05, 3  # villages to a township, the part of them asked, months
TO_BE_TRAINED = {"TA2.1": (52, 95), "TA2.3": (45, 120)}  # people to a township
# An option that is ticked where another item has at least this score, because that answer speaks of it.
AGREE = (
    ("ST2.2", "H", "ME1.4", 60.0),
    ("ST2.2", "D", "SE1.1", 40.0),
    ("ST2.2", "C", "SH2.2", 60.0),
    ("ST2.2", "E", "ME5.1", 60.0),
    ("ST2.2", "G", "SH4.1", 100.0),
    ("SE1.2", "D", "SH4.1", 100.0),
    ("SE1.2", "H", "SE4.1", 1.0),
    ("SE1.2", "G", "SE4.3", 60.0),
)


def answer_for(item: Indicator, score: float, rng: random.Random, unit: Profile) -> Answer:
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
            return of_number(item, wanted, rng, unit)


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


def of_number(item: Indicator, wanted: float, rng: random.Random, unit: Profile) -> Answer:
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
    denominator = _denominator(item, rng, unit)
    numerator = round(value * denominator / (number.factor or 1))
    return Answer.of_number(str(Decimal(numerator)), str(denominator), confirm=confirm, source=source)


def _denominator(item: Indicator, rng: random.Random, unit: Profile) -> int:
    """A denominator of the size of the unit: its residents, its departments, the villages of its townships."""
    assert item.number is not None
    low, high = DENOMINATORS[item.number.kind]
    place = (rng.randint(low, high) - low) / (high - low)

    def between(bounds: tuple[float, float]) -> float:
        return bounds[0] + place * (bounds[1] - bounds[0])

    townships = float(unit.parameters.get("townships") or 100)
    if item.code == "ST4.2":
        return round((unit.population or 100.0) * between(RESIDENTS))
    if item.code == "SH3.3":
        return MONTHS * max(10, round(townships * between(VILLAGES) * SAMPLED))
    if item.code in TO_BE_TRAINED:
        return round(townships * between(TO_BE_TRAINED[item.code]))
    return round(between(FIXED.get(item.code, (low, high))))


def agreed(framework: Framework, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers with options ticked that other answers speak of, each in place of one that nothing depends on and
    that is mandatory or not as it is; so every score stays. Where there is none to give up, nothing changes."""
    out = dict(answers)
    for code, option, other, least in AGREE:
        spoken, answer = out.get(other), out.get(code)
        if spoken is None or answer is None or answer.kind != "multi" or option in answer.ticked:
            continue
        if (worth(framework.indicators[other], spoken).score or 0.0) < least:
            continue
        mandatory = {one.key: one.required for one in framework.indicators[code].options}
        held = {wanted for one, wanted, _, _ in AGREE if one == code}
        spare = [key for key in answer.ticked if mandatory[key] == mandatory[option] and key not in held]
        if spare:
            out[code] = Answer.of_ticks({*answer.ticked, option} - {spare[-1]})
    return out

"""Weights that people state: given, equal, or points spread by experts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, isfinite, sqrt

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.result import Step, Weighting, named, shares

FEWEST_EXPERTS = 5
MOST_ITEMS = 12
SPREAD_LIMIT = 0.25


def given(weights: Mapping[str, float]) -> Weighting:
    """The weights stated (percentages, points or shares), divided by their sum. Raises Problem weights.*."""
    found = shares(tuple(weights), tuple(weights.values()))
    warnings: list[Message] = [
        say("Item {item} has weight 0 and does not count.", item=item) for item, weight in found.items() if weight == 0
    ]
    rows = tuple((item, float(weights[item]), found[item]) for item in found)
    step = Step(say("Weights as given and as shares"), (say("Item"), say("Given"), say("Weight")), rows)
    return Weighting("given", found, {}, {"sum_given": fsum(weights.values())}, tuple(warnings), (step,))


def equal(items: Sequence[str]) -> Weighting:
    """1 ÷ n each. Raises Problem weights.items, weights.item-twice."""
    found = named(items)
    return Weighting("equal", {item: 1.0 / len(found) for item in found})


def budget(
    items: Sequence[str], allocations: Mapping[str, Sequence[float | None]], *, points: float = 100.0
) -> Weighting:
    """Mean of the shares that experts gave; `allocations` is expert → points per item, each adding up to `points`.

    Raises Problem budget.experts, .blank, .negative, .sum. Warns of few experts, many items and items on which experts
    differ (coefficient of variation above 0.25), which go into a second round.
    """
    items = named(items)
    if not allocations:
        raise Problem(
            "budget.experts",
            say("No expert has spread any points."),
            say("Give one row per expert, one column per item."),
        )
    for expert, spread in allocations.items():
        _check(expert, items, spread, points)
    rows = [[float(value or 0.0) / points for value in spread] for spread in allocations.values()]
    count = len(rows)
    means = [fsum(row[j] for row in rows) / count for j in range(len(items))]
    found = shares(items, means)
    spreads: list[float | None] = []
    for j, mean in enumerate(means):
        deviation = sqrt(fsum((row[j] - mean) ** 2 for row in rows) / (count - 1)) if count > 1 else None
        spreads.append(None if deviation is None or mean == 0 else deviation / mean)
    warnings: list[Message] = []
    if count < FEWEST_EXPERTS:
        warnings.append(say("Experts counted: {count}; five to fifteen are usual.", count=count))
    if len(items) > MOST_ITEMS:
        warnings.append(
            say("{count} items were weighted at once; beyond twelve, points are spread without care.", count=len(items))
        )
    for item, coefficient in zip(items, spreads, strict=True):
        if coefficient is not None and coefficient > SPREAD_LIMIT:
            warnings.append(
                say("Experts differ on {item} (coefficient of variation {spread}, above 0.25); it belongs in a second "
                    "round.", item=item, spread=f"{coefficient:.2f}")
            )  # fmt: skip
    table = tuple((item, *(row[j] * points for row in rows), found[item], spreads[j]) for j, item in enumerate(items))
    head: tuple[str | Message, ...] = (say("Item"), *allocations, say("Weight"), say("Coefficient of variation"))
    return Weighting(
        "budget",
        found,
        {"points": points},
        {"experts": float(count)},
        tuple(warnings),
        (Step(say("Points of the experts"), head, table),),
    )


def _check(expert: str, items: Sequence[str], spread: Sequence[float | None], points: float) -> None:
    if len(spread) != len(items):
        raise Problem(
            "weights.count",
            say("There are {items} items but {numbers} weights.", items=len(items), numbers=len(spread)),
            say("Give every item exactly one weight."),
        )
    for item, value in zip(items, spread, strict=True):
        if value is None or not isfinite(value):
            raise Problem(
                "budget.blank",
                say("{expert} gave no points to {item}.", expert=expert, item=item),
                say("Write 0 where the expert means none; a blank is not taken as 0."),
            )
        if value < 0:
            raise Problem(
                "budget.negative",
                say("{expert} gave {item} negative points ({number}).", expert=expert, item=item, number=f"{value:g}"),
                say("Points are 0 or more."),
            )
    whole = fsum(value or 0.0 for value in spread)
    if abs(whole - points) > 1e-6 * points:
        raise Problem(
            "budget.sum",
            say(
                "{expert} spread {sum} points instead of {points}.",
                expert=expert,
                sum=f"{whole:g}",
                points=f"{points:g}",
            ),
            say("Ask the expert to correct the sheet, or state another total."),
        )

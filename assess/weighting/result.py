"""What every way of weighting returns: weights that sum to 1, how they came about, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, isfinite
from typing import Any

from assess.language import Message, plain, say
from assess.problems import Problem
from assess.weighting.about import METHODS, About, Method

Cell = str | float | int | Message | None
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Step:
    """One table of intermediate values for the method annex. Rows are as long as the head; None is an empty cell."""

    title: Message
    head: tuple[str | Message, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_json(self, language: str) -> dict[str, Any]:
        """Texts rendered, numbers unrounded."""
        return {
            "title": plain(self.title, language),
            "head": [plain(cell, language) for cell in self.head],
            "rows": [[plain(cell, language) for cell in row] for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weights per item (nonnegative, sum 1, in the order given) of one method.

    `parameters` are the choices made (alpha, table of random indices…), `figures` single numbers found on the way
    (consistency ratio, variance explained…), `warnings` what the reader must know before using the weights.
    """

    method: Method
    weights: Mapping[str, float]
    parameters: Mapping[str, str | float | bool] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def about(self) -> About:
        """Name, formula, source and limits of the method."""
        return METHODS[self.method]

    def to_json(self, language: str) -> dict[str, Any]:
        """Unrounded numbers under stable names, texts in one language."""
        about = self.about
        return {
            "method": self.method,
            "name": about.name.render(language),
            "weights": dict(self.weights),
            "parameters": dict(self.parameters),
            "figures": dict(self.figures),
            "formula": about.formula.render(language),
            "source": about.source,
            "not_for": about.limits.render(language),
            "warnings": [warning.render(language) for warning in self.warnings],
            "steps": [step.to_json(language) for step in self.steps],
        }


def named(items: Iterable[str]) -> tuple[str, ...]:
    """The items, each once and none without a name. Raises Problem weights.items, weights.item-twice."""
    found = tuple(items)
    if not found or any(not item.strip() for item in found):
        raise Problem(
            "weights.items",
            say("There are no items to weight, or one has no name."),
            say("Name each item in the heading of its column or row."),
        )
    seen: set[str] = set()
    for item in found:
        if item in seen:
            raise Problem(
                "weights.item-twice",
                say("Item {item} stands there twice.", item=item),
                say("Keep one of the two, or give the second a name of its own."),
            )
        seen.add(item)
    return found


def shares(items: Sequence[str], raw: Sequence[float]) -> dict[str, float]:
    """Numbers ≥ 0 divided by their sum. Raises Problem weights.count, .number, .negative, .zero."""
    items = named(items)
    if len(items) != len(raw):
        raise Problem(
            "weights.count",
            say("There are {items} items but {numbers} weights.", items=len(items), numbers=len(raw)),
            say("Give every item exactly one weight."),
        )
    for item, number in zip(items, raw, strict=True):
        if not isfinite(number):
            raise Problem(
                "weights.number",
                say("The weight of {item} is not a number.", item=item),
                say("Type digits only, for example 0.25 or 25."),
            )
        if number < 0:
            raise Problem(
                "weights.negative",
                say("The weight of {item} is negative ({number}).", item=item, number=f"{number:g}"),
                say("A weight is 0 or more; an item where less is better is named as such, not weighted negatively."),
            )
    whole = fsum(raw)
    if whole <= 0 or not isfinite(whole):
        raise Problem(
            "weights.zero",
            say("All weights are 0, so that nothing would count."),
            say("Give at least one item a weight above 0."),
        )
    return {item: float(number) / whole for item, number in zip(items, raw, strict=True)}

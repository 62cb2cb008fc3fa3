"""Where a unit stands in its group (D20): median and quartiles over the whole group, the unit included.

Fewer than 5: no comparison. 5–7: above or below the median, the best, distances. 8 and more: quartiles by linear
interpolation. Ranks are worked out only when asked for (R9). A value that a unit does not have is left out, and the
number that counts is then that of the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assess.benchmark.peers import ENOUGH, FEWEST, Group, Peer
from assess.framework.model import ROOT, Framework
from assess.language import Message, say
from assess.measure.scales import TOLERANCE

Place = Literal["upper_quartile", "above_median", "at_median", "below_median", "lower_quartile"]
Allowed = Literal["none", "median", "quartiles"]


@dataclass(frozen=True, slots=True)
class Row:
    """One node or item. `values` are those of the peers in the order of the group, `n` counts the values known, the
    unit's own included. `to_median` = value − median, `to_best` = best − value. Quartiles only where allowed."""

    code: str
    value: float | None
    values: tuple[float | None, ...]
    n: int
    allowed: Allowed
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    best: float | None = None
    best_names: tuple[str, ...] = ()
    to_median: float | None = None
    to_best: float | None = None
    place: Place | None = None

    def place_of(self, value: float | None) -> Place | None:
        """The place of any value against this row, as far as the number of values allows."""
        if value is None or self.median is None:
            return None
        if abs(value - self.median) <= TOLERANCE:
            return "at_median"
        if self.q1 is not None and self.q3 is not None:
            if value >= self.q3 - TOLERANCE:
                return "upper_quartile"
            if value <= self.q1 + TOLERANCE:
                return "lower_quartile"
        return "above_median" if value > self.median else "below_median"


@dataclass(frozen=True, slots=True)
class Rank:
    """A competition rank: `tied` names the others at the same value."""

    rank: int
    of: int
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A unit in its group. `rows` is empty where nothing may be said; `reason` says why, else how the group was made.
    `reference_only`: the unit is a self-assessment among reviewed peers."""

    me: Peer
    group: Group
    n: int
    allowed: Allowed
    reason: Message
    rows: Mapping[str, Row]
    names: tuple[str, ...]
    reference_only: bool = False
    rank_decimals: int | None = field(default=None, repr=False)

    def rank(self, code: str = ROOT) -> Rank | None:
        """The unit's rank for a node or item, 1 the highest; None where it has no value or the group is too small.

        On unrounded values, or on the decimals the framework names; values within 1e-9 are tied.
        """
        row = self.rows.get(code)
        if row is None or row.value is None or row.allowed == "none":
            return None
        known = [(name, value) for name, value in zip(self.names, row.values, strict=True) if value is not None]
        ranks = competition_ranks([row.value, *(value for _, value in known)], self.rank_decimals)
        tied = tuple(name for (name, _), rank in zip(known, ranks[1:], strict=True) if rank == ranks[0])
        return Rank(ranks[0], len(ranks), tied)


def place(framework: Framework, me: Peer, group: Group) -> Position:
    """The position of a unit among its peers, for every node and item it has."""
    allowed = allowance(group.n)
    names = tuple(member.name for member in group.members)
    rows = {code: _row(code, me, group) for code in me.scores} if allowed != "none" else {}
    if allowed == "none":
        reason = say("The group has only {n} units with this one; a comparison needs {least}.", n=group.n, least=FEWEST)
    elif allowed == "median":
        reason = say(
            "{rule}: {n} units; fewer than {enough}, so no quartiles are given.",
            rule=group.rule,
            n=group.n,
            enough=ENOUGH,
        )
    else:
        reason = say("{rule}: {n} units", rule=group.rule, n=group.n)
    return Position(me, group, group.n, allowed, reason, rows, names, me.mode != "formal", framework.rank_decimals)


def allowance(n: int) -> Allowed:
    """What may be said of a group of n, the unit included."""
    return "none" if n < FEWEST else "median" if n < ENOUGH else "quartiles"


def _row(code: str, me: Peer, group: Group) -> Row:
    import numpy as np

    value = me.scores.get(code)
    values = tuple(member.scores.get(code) for member in group.members)
    known = [one for one in (value, *values) if one is not None]
    allowed = allowance(len(known))
    if allowed == "none":
        return Row(code, value, values, len(known), allowed)
    q1, median, q3 = (float(one) for one in np.quantile(known, (0.25, 0.5, 0.75), method="linear"))
    best = max(known)
    names = [(me.name, value), *((member.name, one) for member, one in zip(group.members, values, strict=True))]
    row = Row(
        code=code,
        value=value,
        values=values,
        n=len(known),
        allowed=allowed,
        median=median,
        q1=q1 if allowed == "quartiles" else None,
        q3=q3 if allowed == "quartiles" else None,
        best=best,
        best_names=tuple(name for name, one in names if one is not None and one >= best - TOLERANCE),
        to_median=value - median if value is not None else None,
        to_best=best - value if value is not None else None,
    )
    return _placed(row)


def _placed(row: Row) -> Row:
    return replace(row, place=row.place_of(row.value))


def competition_ranks(values: Sequence[float], decimals: int | None = None) -> list[int]:
    """1 for the highest; equal values share the smaller rank and the next is left out (1, 2, 2, 4).

    A tie is a difference within 1e-9 of the first of its run (D14); with `decimals`, values are rounded first, half
    away from zero as printed figures are.
    """
    shown = [_rounded(value, decimals) for value in values] if decimals is not None else list(values)
    order = sorted(range(len(shown)), key=lambda index: -shown[index])
    ranks = [0] * len(shown)
    first, rank = float("inf"), 0
    for counted, index in enumerate(order, start=1):
        if first - shown[index] > TOLERANCE:
            first, rank = shown[index], counted
        ranks[index] = rank
    return ranks


def _rounded(value: float, decimals: int) -> float:
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))

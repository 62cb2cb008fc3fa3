"""Targets by year: which target is in force in the year of an assessment.

`years` of a number are pairs of year and target. At a `linear` pace the target moves evenly from one stated year to the
next, with `growth` by the same factor every year; with `step` the target of a planning period holds in every
year up to the one by which it is to be reached. Before the first and after the last stated year the nearest one holds.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assess.framework.indicator import Number


def target(years: tuple[tuple[float, float], ...], pace: str, year: int | None) -> float:
    """The target in force in a year; the last one where no year is known."""
    if year is None or year >= years[-1][0]:
        return years[-1][1]
    if year <= years[0][0]:
        return years[0][1]
    for (begin, low), (end, high) in pairwise(years):
        if begin < year <= end:
            if pace == "step" or year == end:
                return high
            share = (year - begin) / (end - begin)
            if pace == "growth":
                return float(low * (high / low) ** share)
            return low + share * (high - low)
    raise AssertionError(f"years out of order: {years}")


def in_year(number: Number, year: int | None) -> Number:
    """The number with the target of a year in place of its targets by year: full marks of goalposts, or the target
    that a value is set against. What it was made from stays to be told (`in_force`)."""
    if not number.years:
        return number
    found = target(number.years, number.pace, year)
    if number.scaling.kind == "to_target":
        return replace(number, scaling=replace(number.scaling, target=found), in_force=(year, found))
    return replace(number, full=found, in_force=(year, found))

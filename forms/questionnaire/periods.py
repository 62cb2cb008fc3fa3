"""Counting periods in words, with their dates: what a counting rule covers at the base date of the document."""

from __future__ import annotations

from assess.framework.periods import Window, back, parse, windows
from assess.language import Message, Words, say

__all__ = ["Window", "back", "in_window", "parse", "sentence", "windows"]


def sentence(period: Words, base_date: str) -> Message | None:
    """The period of a counting rule with its dates, or None where the profile has no readable base date."""
    base = parse(base_date)
    if base is None or not period:
        return None
    found = windows(period, base)
    if len(found) == 1:
        return say("Counted from {start} to {end}.", start=found[0].start.isoformat(), end=found[0].end.isoformat())
    if len(found) > 1:
        spans = tuple(say("{start} to {end}", start=w.start.isoformat(), end=w.end.isoformat()) for w in found)
        return say("Periods counted: {spans}.", spans=spans)
    return say("As at the base date {date}.", date=base.isoformat())


def in_window(text: str, period: Words, base_date: str) -> bool | None:
    """Whether a date as typed falls into the first window; None when that cannot be told."""
    base, day = parse(base_date), parse(text)
    found = windows(period, base) if base else ()
    if day is None or not found:
        return None
    return found[0].start <= day <= found[0].end

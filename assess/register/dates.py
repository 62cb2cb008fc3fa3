"""Dates of evidence: read as people write them, and held against the period the item is about.

The period is that of the item's counting rule, else the twelve months up to the base date, as in the checks E07, E08.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from assess.framework.indicator import Indicator
from assess.framework.periods import Window, parse, windows
from assess.language import Message, Words, say

YEAR = Words("近12个月", "last 12 months")
WRITTEN = re.compile(r"^(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?$")
PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


def iso(text: str) -> str:
    """2026年5月13日, 2026.5.13, 2026/5/13, 20260513 and full-width digits as 2026-05-13; anything else as typed."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = WRITTEN.match(plain) or PACKED.match(plain)
    if found is None:
        return text.strip()
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return text.strip()


def window(indicator: Indicator, base_date: str) -> Window | None:
    """The period facts of an item fall into, at a base date; None where there is none."""
    base = parse(base_date)
    if base is None:
        return None
    number = indicator.number
    period = number.period if number is not None and number.period else YEAR
    try:
        named = windows(period, base) or (windows(YEAR, base) if number is None else ())
    except (ValueError, OverflowError):
        return None
    return named[0] if named else None


def doubt(text: str, indicator: Indicator, base_date: str, *, in_force: bool = False) -> Message | None:
    """What is to be known about a date: after the base date, outside the period; None where all is well or untold."""
    day, base = parse(iso(text)), parse(base_date)
    if day is None or base is None:
        return None
    if day > base:
        return say("The date is after the base date {base}; later facts count next time.", base=base.isoformat())
    span = window(indicator, base_date)
    if span is None or in_force or span.start <= day <= span.end:
        return None
    return say(
        "The date is outside the assessment period ({start} to {end}).",
        start=span.start.isoformat(),
        end=span.end.isoformat(),
    )

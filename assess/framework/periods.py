"""Counting periods with real dates: 近12个月 at a base date of 2026-06-30 is 2025-07-01 to 2026-06-30.

The base date counts; n months back from the day after it is the first day (framework conventions). A period that
names no such window (a point in time, a rule in force) has none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assess.language import Words

CHINESE = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十二": 12}
ENGLISH = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
ZH_LAST = re.compile(r"近(\d{1,2}|十二|[一两二三四五六])(个月|年)")
EN_LAST = re.compile(r"last (\d{1,2}|one|two|three|four|five|six|twelve) (month|year)s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both counted."""

    start: date
    end: date


def parse(text: str) -> date | None:
    """An ISO date, or None for anything else a profile may hold."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def back(day: date, months: int) -> date:
    """The same day `months` earlier, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def windows(period: Words, base: date) -> tuple[Window, ...]:
    """Every window named in a period, in the order of the text."""
    found = [Window(back(base + timedelta(days=1), months), base) for months in named_months(period)]
    if not found and ("上一自然年度" in period.zh or "上一年度" in period.zh or "last calendar year" in period.en):
        found.append(Window(date(base.year - 1, 1, 1), date(base.year - 1, 12, 31)))
    return tuple(dict.fromkeys(found))


def named_months(period: Words) -> list[int]:
    """Lengths in months named by a period text; the Chinese decides, the English where there is no Chinese."""
    if period.zh:
        return [_number(m[1], CHINESE) * (12 if m[2] == "年" else 1) for m in ZH_LAST.finditer(period.zh)]
    return [_number(m[1].lower(), ENGLISH) * (12 if m[2].lower() == "year" else 1) for m in EN_LAST.finditer(period.en)]


def _number(text: str, words: dict[str, int]) -> int:
    return words[text] if text in words else int(text)

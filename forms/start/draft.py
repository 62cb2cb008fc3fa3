"""What a new assessment is to be, before it is created: values as typed, and what is wrong with them, in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assess.answers import Profile
from assess.language import Message, say
from assess.problems import Problem
from forms.words import N_

if TYPE_CHECKING:
    from assess.earlier.last_period import LastPeriod
    from assess.framework.model import Framework

REGIONS = (("东部", N_("East")), ("中部", N_("Central")), ("西部", N_("West")), ("东北", N_("Northeast")))
KINDS = ("county", "district", "county_city", "banner")
# Size classes by permanent residents of the urban area, in 10,000: State Council circular Guofa [2014] No. 51.
SIZES = ((1000, "超大"), (500, "特大"), (300, "Ⅰ型大"), (100, "Ⅱ型大"), (50, "中等"), (20, "Ⅰ型小"), (0, "Ⅱ型小"))


@dataclass
class Draft:
    """Values as typed. `problems(step)` names what is wrong with a step; `profile()` is what they come to."""

    unit: str = ""
    tier: str = "市"
    unit_kind: str = "county"
    code: str = ""
    region: str = ""
    population: str = ""
    mode: str = "formal"
    base_date: str = ""
    year: str = ""
    name: str = ""
    folder: Path = field(default_factory=Path)
    protected: bool = False
    passphrase: str = ""
    again: str = ""
    last: LastPeriod | None = None
    """The document of last period whose answers are to stand beside the questions."""

    def begin_with(self, last: LastPeriod) -> None:
        """Take over what holds from last period to this one; the reference date moves on by a year."""
        then = last.profile
        self.last = last
        self.unit, self.code, self.tier, self.region = then.unit, then.code, then.tier, then.region
        self.unit_kind = then.unit_kind or self.unit_kind
        self.mode = then.mode
        self.population = f"{then.population:.10g}" if then.population is not None else ""
        base = day(then.base_date)
        if base is not None:
            moved = a_year_on(base)
            self.base_date, self.year = moved.isoformat(), str(moved.year)

    def refused(self, framework: Framework) -> Problem | None:
        """Why the document of last period cannot stand beside what is to be created; None where it can."""
        from assess.earlier import last_period
        from assess.framework.tiers import tailored

        if self.last is None:
            return None
        profile = self.profile()
        try:
            last_period.compare(tailored(framework, profile), profile, self.last)
        except Problem as problem:
            return problem
        return None

    def problems(self, step: int) -> dict[str, Message]:
        """Field name → what is wrong; empty when the step may be left."""
        checks = (self._unit, self._manner, self._place)
        return {key: message for key, message in checks[step]().items() if message is not None}

    def _unit(self) -> dict[str, Message | None]:
        unit = tidy(self.unit)
        code, population = narrow(self.code), narrow(self.population)
        return {
            "unit": say("Enter the name of the unit, for example the city.")
            if not unit
            else say("The name is too long; at most 60 characters.")
            if len(unit) > 60
            else None,
            "code": say("The division code has 6, 9 or 12 digits, or is left empty.")
            if code and not re.fullmatch(r"\d{6}(\d{3}){0,2}", code)
            else None,
            "population": say("Enter a number in 10,000 persons, such as 340, or leave it empty.")
            if population and (number(population) is None or not 0 < (number(population) or 0) < 5000)
            else None,
        }

    def _manner(self) -> dict[str, Message | None]:
        year = narrow(self.year)
        return {
            "base_date": say("Enter a date such as 2026-06-30.") if day(self.base_date) is None else None,
            "year": say("Enter a year of four digits, such as 2026.")
            if not (re.fullmatch(r"\d{4}", year) and 2000 <= int(year) <= 2100)
            else None,
        }

    def _place(self) -> dict[str, Message | None]:
        wrong = say("The file needs a name without these characters: {marks}", marks='\\ / : * ? " < > |')
        name: Message | None = None
        if not self.name.strip() or re.search(r'[\x00-\x1f<>:"/\\|?*]', self.name) or len(self.name.encode()) > 200:
            name = wrong
        elif self.path.exists():
            name = say("There is already a file of this name in the folder. Choose another name.")
        return {
            "name": name,
            "folder": None if self.folder.is_dir() else say("This folder is not there. Choose another one."),
            "passphrase": say("Type a passphrase, or take the tick away.")
            if self.protected and not self.passphrase
            else None,
            "again": say("The two passphrases differ.") if self.protected and self.passphrase != self.again else None,
        }

    @property
    def path(self) -> Path:
        name = self.name.strip()
        return self.folder / (name if name.endswith(".zhd") else f"{name}.zhd")

    @property
    def size(self) -> str:
        """The size class of the population given; empty without one."""
        people = number(narrow(self.population))
        return "" if people is None else next(word for least, word in SIZES if people >= least)

    def profile(self) -> Profile:
        """The profile of the document; call it when no step has problems."""
        base = day(self.base_date)
        city = self.tier == "市"
        return Profile(
            unit=tidy(self.unit),
            code=narrow(self.code),
            tier=self.tier,
            unit_kind=self.unit_kind if self.tier == "县" else "",
            mode=self.mode,
            base_date=base.isoformat() if base else "",
            year=int(narrow(self.year)),
            region=self.region if city else "",
            size=self.size if city else "",
            population=number(narrow(self.population)) if city else None,
            sample=self.last is not None and self.last.profile.sample,
        )


def tidy(text: str) -> str:
    """One line without control characters or runs of spaces."""
    shown = "".join(mark if unicodedata.category(mark) not in ("Cc", "Cf") else " " for mark in text)
    return " ".join(shown.split())


def narrow(text: str) -> str:
    """Full-width digits and marks as ASCII, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def number(text: str) -> float | None:
    """A plain positive decimal number, thousands separators allowed; None when it is none."""
    plain = text.replace(",", "")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) and len(plain) < 12 else None


def day(text: str) -> date | None:
    """A date typed as 2026-06-30, 2026/6/30, 2026.6.30, 20260630 or 2026年6月30日; None when it is none."""
    plain = narrow(text)
    found = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", plain)
    if found is None:
        return None
    year, month, of_month, month_too, of_month_too = found.groups()
    try:
        return date(int(year), int(month or month_too), int(of_month or of_month_too))
    except ValueError:
        return None


def a_year_on(base: date) -> date:
    """The same day of the next year; the last of February for a leap day."""
    try:
        return base.replace(year=base.year + 1)
    except ValueError:
        return date(base.year + 1, 2, 28)


def half_year_before(today: date) -> date:
    """The last end of a half-year before a day: the usual reference date."""
    return date(today.year, 6, 30) if today >= date(today.year, 7, 1) else date(today.year - 1, 12, 31)

"""Who fills in what: the items of a document by the unit that leads them, for one form per unit."""

from __future__ import annotations

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.framework.tiers import tailored
from assess.language import Words
from assess.walk import items as asked


def by_lead(framework: Framework, sheet: Sheet) -> dict[Words, tuple[str, ...]]:
    """Codes by lead unit, units in the order of their first item; items without one stand under empty words."""
    framework = tailored(framework, sheet.profile)
    out: dict[Words, list[str]] = {}
    for code in asked(framework, sheet):
        out.setdefault(framework.indicators[code].lead, []).append(code)
    return {unit: tuple(codes) for unit, codes in out.items()}

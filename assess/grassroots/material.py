"""What the sheets and counties of a document bring to the rules between levels (checks G01–G10): plain numbers by item.

No name of a place or a county is in here, so that no finding can tell one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.grassroots.form import kind, tiers
from assess.grassroots.gap import felt
from assess.grassroots.sheets import filled
from assess.measure import counties

ALL = "grassroots"


@dataclass(frozen=True, slots=True)
class Below:
    """`felt`: item -> answers on 0–5, one per sheet. `figures`: level ("grassroots" for all) -> item -> numbers in the
    unit of the item. `counties`: item -> scores ÷ 20 of the counties that count. `facts` as the checks name them."""

    felt: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, tuple[float, ...]]] = field(default_factory=dict)
    counties: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return bool(self.felt or self.counties)


def below(framework: Framework, sheet: Sheet) -> Below:
    """What a city's or county's own document has taken in; `framework` is the one tailored to it."""
    held = [one for one in filled(sheet) if one.tier in tiers(framework)]
    by_item: dict[str, tuple[float, ...]] = {}
    figures: dict[str, dict[str, tuple[float, ...]]] = {}
    for code, item in framework.indicators.items():
        given = tuple(value for one in held if (value := felt(item, one.answers.get(code))) is not None)
        if given:
            by_item[code] = given
        for one in held if kind(item) == "number" else ():
            number = one.answers.get(code)
            if isinstance(number, str) and felt(item, number) is not None:
                for level in (ALL, one.tier):
                    known = figures.setdefault(level, {})
                    known[code] = (*known.get(code, ()), float(number))
    taken = counties.counting(sheet)
    scores: dict[str, tuple[float, ...]] = {}
    for code in framework.indicators:
        found = [one.items[code] for one in taken if code in one.items]
        values = tuple(each.score / 20 for each in found if each.score is not None and each.counting == "value")
        if values:
            scores[code] = values
    return Below(by_item, figures, scores, facts(sheet))


def facts(sheet: Sheet) -> dict[str, float]:
    """Number of sheets, and the share (%) of sheets that are the same as another in every answer; none without any."""
    held = filled(sheet)
    if not held:
        return {}
    alike = Counter(str(sorted(one.answers.items())) for one in held)
    same = sum(count for count in alike.values() if count > 1)
    return {
        "township_sheets": float(len(held)),
        "share_of_identical_township_sheets": 100.0 * same / len(held),
        "merged_sheets": float(len(held) + len(counties.taken_in(sheet))),
    }

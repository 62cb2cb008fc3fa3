"""上下温差, the gap between what is claimed above and what is felt below, item by item (framework draft §4.3).

gap = the unit's own claim − the mean of the grassroots answers, both on 0–5. The claim is the answer of the column
`self`: its level for rubrics, its score ÷ 20 for other kinds. A felt answer counts as its level, ticks as
5 × ticked ÷ options, a number as its score ÷ 20 on the goalposts of the item. Fewer sheets than the framework asks for
(five) give no number at all, only the reason. The gap never enters a score; it says where to go and look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

from assess.answers import Sheet
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.supplement import Band
from assess.grassroots.form import kind, tiers
from assess.grassroots.sheets import Filled, Given, filled
from assess.language import Message, say
from assess.measure import scales

TOP = 5.0


@dataclass(frozen=True, slots=True)
class ItemGap:
    """One item. `sheets` answered it. With enough of them: `mean`, `spread` (standard deviation of the sheets, n − 1)
    and `low`, `high`. `claim` is the unit's own value, `gap` = claim − mean, `band` where it falls. What cannot be told
    is None, and `reason` says why."""

    code: str
    sheets: int
    claim: float | None = None
    mean: float | None = None
    spread: float | None = None
    low: float | None = None
    high: float | None = None
    gap: float | None = None
    band: Band | None = None
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """All items a unit shares with its grassroots. `sheets` by level; `fewest` are needed for a number."""

    items: tuple[ItemGap, ...]
    sheets: Mapping[str, int]
    fewest: int

    @property
    def count(self) -> int:
        return sum(self.sheets.values())

    @property
    def told(self) -> tuple[ItemGap, ...]:
        """Items with a gap, the largest first, then the order of the framework."""
        found = [one for one in self.items if one.gap is not None]
        return tuple(sorted(found, key=lambda one: -(one.gap or 0.0)))

    def marked(self, mark: str) -> tuple[ItemGap, ...]:
        return tuple(one for one in self.told if one.band is not None and one.band.mark == mark)


def gaps(framework: Framework, sheet: Sheet, sheets: Sequence[Filled] | None = None) -> Gaps | None:
    """The gaps of a city or county. `framework` is the one tailored to it; `sheets` those its document holds if None.

    None where the framework has no perception scales or the unit itself answers on them.
    """
    perception = framework.perception
    if perception is None or sheet.profile.tier in perception.tiers:
        return None
    held = tuple(one for one in (filled(sheet) if sheets is None else sheets) if one.tier in tiers(framework))
    fewest = perception.gap_min_answers
    items = tuple(
        _item(sheet, item, [value for one in held if (value := felt(item, one.answers.get(code))) is not None],
              fewest, perception.gap_bands)
        for code, item in framework.indicators.items()
        if item.grassroots is not None and set(item.tiers) & set(perception.tiers)
    )  # fmt: skip
    counts = {tier: sum(one.tier == tier for one in held) for tier in perception.tiers}
    return Gaps(items, counts, fewest)


def felt(item: Indicator, given: Given | None) -> float | None:
    """One grassroots answer on 0–5; None where it was left open or does not fit the question."""
    asked = kind(item)
    if asked == "felt":
        return float(given) if isinstance(given, int) and 0 <= given <= TOP else None
    if asked == "tick":
        keys = {option.key for option in item.options}
        if not isinstance(given, tuple) or not keys.issuperset(given):
            return None
        return TOP * len(set(given)) / len(keys)
    if not isinstance(given, str) or item.number is None:
        return None
    try:
        value = float(given)
    except ValueError:
        return None
    return scales.scored(item.number, value) / 20.0 if isfinite(value) else None


def claimed(sheet: Sheet, item: Indicator) -> float | None:
    """What the unit says of itself on 0–5: the level of a rubric, score ÷ 20 elsewhere; column self only."""
    answer = sheet.answer(item.code)
    if answer is None:
        return None
    worth = scales.value(item, answer)
    if worth.state != "answered" or worth.score is None:
        return None
    return float(worth.level) if item.kind == "level" and worth.level is not None else worth.score / 20.0


def band(bands: Sequence[Band], gap: float) -> Band | None:
    """Where a gap falls: from `min` on and below `max`, but the band around 0 and the one open below hold their upper
    bound too (bands_note of the framework); bounds within 1e-9 (D14)."""
    near = scales.TOLERANCE
    for one in sorted(bands, key=lambda each: float("-inf") if each.min is None else each.min):
        closed = one.min is None or (one.max is not None and one.min <= 0 <= one.max)
        above = one.min is None or gap >= one.min - near
        below = one.max is None or (gap <= one.max + near if closed else gap < one.max - near)
        if above and below:
            return one
    return None


def _item(sheet: Sheet, item: Indicator, values: Sequence[float], fewest: int, bands: Sequence[Band]) -> ItemGap:
    n = len(values)
    if n < fewest:
        return ItemGap(
            item.code, n, reason=say("{count} sheets answer it; {fewest} are needed.", count=n, fewest=fewest)
        )
    mean = fsum(values) / n
    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1)) if n > 1 else 0.0
    claim = claimed(sheet, item)
    reason = None if claim is not None else say("There is no own answer to compare it with.")
    gap = claim - mean if claim is not None else None
    return ItemGap(
        item.code,
        n,
        claim,
        mean,
        spread,
        min(values),
        max(values),
        gap,
        band(bands, gap) if gap is not None else None,
        reason,
    )

"""How a framework makes numbers of answers, as data: states and modes (R3), evidence and columns (R7), bonus and
deductions (R5), skips, sets of weights, the blending of counties. Frozen values; they are read in `rules.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assess.framework.indicator import Kind
from assess.language import Words

Treatment = Literal["zero", "exclude", "by_rule", "void"]


@dataclass(frozen=True, slots=True)
class StateRule:
    """How a state is treated in one mode (R3)."""

    treatment: Treatment
    requires_reason: bool = False
    requires_approval: bool = False
    until_approved: str = ""
    unlisted: str = ""
    blocks_sealing: bool = False
    list: str = ""


@dataclass(frozen=True, slots=True)
class Mode:
    key: str
    name: Words
    evidence_caps: bool
    stage: Literal["full", "capped", "none"]
    enters_library: bool
    states: Mapping[str, StateRule]
    max_stage: int | None = None
    note: Words = Words()


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state's name, explanation and rules of choice ("NA", "ND", "SKIP", "UNANSWERED")."""

    key: str
    name: Words
    note: Words = Words()
    never: tuple[str, ...] = ()
    allowed: Words = Words()
    redistribute: Words = Words()


@dataclass(frozen=True, slots=True)
class EvidenceCap:
    kind: Kind
    effect: Literal["cap", "option_not_counted", "treat_as"]
    score: float | None = None
    state: str = ""
    except_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    mode: str
    caps: tuple[EvidenceCap, ...]
    not_required: tuple[str, ...]
    accepted_forms: tuple[Words, ...] = ()
    grassroots: Words = Words()


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    name: Words


@dataclass(frozen=True, slots=True)
class ColumnFlag:
    id: str
    name: Words
    when: str


@dataclass(frozen=True, slots=True)
class BonusItem:
    id: str
    words: Words
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PointRules:
    """Bonus or deductions: items, ceiling over all, period in months, and the rule in words.

    A bonus counts only where the graded total reaches `gate`; with it the total is at most `ceiling` (None: the
    maximum)."""

    items: tuple[BonusItem, ...] = ()
    max_total: float = 0.0
    period_months: int = 0
    used_for_stage: bool = False
    rule: Words = Words()
    no_double: tuple[str, ...] = ()
    no_double_words: Words = Words()
    gate: float = 0.0
    ceiling: float | None = None


@dataclass(frozen=True, slots=True)
class SkipRule:
    id: str
    indicator: str
    op: Literal["level<=", "answer=="]
    value: int | str
    then: tuple[str, ...]
    treatment: Literal["zero", "exclude"]
    tiers: tuple[str, ...]
    reason: Words


@dataclass(frozen=True, slots=True)
class WeightSet:
    """Other weights of items and nodes. With `tiers`, `unit_kinds`, `sizes` or `regions` it holds for units of that
    kind by itself; without any it is a scenario, to be chosen. `modes` are those in which a document may choose it
    (empty: all but formal, where the framework's own weights stand)."""

    id: str
    words: Words
    weights: Mapping[str, float]
    tiers: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    note: Words = Words()

    @property
    def automatic(self) -> bool:
        """Whether it holds for some kind of unit without being chosen."""
        return bool(self.tiers or self.unit_kinds or self.sizes or self.regions)


@dataclass(frozen=True, slots=True)
class CountyBlend:
    """City and county blending (county_to_city); shares and weights are fractions."""

    min_submission_share: float
    city_weight: float
    county_weight: float
    not_applied: tuple[str, ...]
    words: Words = Words()

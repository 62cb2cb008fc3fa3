"""What a framework brings along beside scoring, as data: clauses, references, examples, terms, checks, the county's
words, rules of perception and improvement, the headings of tables. Frozen values; most are read in `supplements.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assess.language import Words


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open interval [min, max); None is unbounded."""

    min: float | None
    max: float | None
    name: Words
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    key: str
    name: Words
    labels: tuple[Words, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Perception:
    scales: Mapping[str, Scale]
    tiers: tuple[str, ...]
    rule: Words
    gap_min_answers: int
    gap_bands: tuple[Band, ...]
    caution: Words = Words()
    privacy: Words = Words()


@dataclass(frozen=True, slots=True)
class Phase:
    id: int
    name: Words
    months_max: float


@dataclass(frozen=True, slots=True)
class ImprovementRules:
    low_below: float
    targets: Mapping[str, float]
    effort: Mapping[str, float]
    effort_words: Mapping[str, Words]
    key_factor: float
    other_factor: float
    gap_high: float
    effort_high_above: float
    quadrants: Mapping[str, Words]
    phases: tuple[Phase, ...]
    overload_max: int
    overload: Words
    obstacle_top: int


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    words: Words
    background: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A crosswalk entry: a standard or document, the items it bears on and how far it was verified."""

    ref: Words
    indicators: tuple[str, ...]
    state: Literal["verified", "name_verified", "to_verify"]
    state_words: Words


@dataclass(frozen=True, slots=True)
class Convention:
    key: str
    name: Words
    definition: Words
    min_count: int | None = None
    min_share: float | None = None
    small_total: int | None = None
    small_min_share: float | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """What counts, what does not, what proves it, for one item (examples). `stale` when the item's text has changed."""

    counts: tuple[tuple[Mapping[str, object], Words], ...]
    does_not_count: tuple[tuple[Mapping[str, object], Words, Words], ...]
    good_evidence: tuple[tuple[Words, Words, str], ...]
    misreadings: tuple[Words, ...]
    plain_help: Words
    calculation: Mapping[str, object] | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    term: str
    pinyin: str
    english: str
    gloss: Words
    long: Words
    related: tuple[str, ...]
    indicators: tuple[str, ...]
    sources: tuple[Mapping[str, str], ...]
    used_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One plausibility rule (checks). `condition` is data in the operators of the guide; indicators None means all."""

    id: str
    group: str
    severity: Literal["error", "warning", "hint"]
    scope: Literal["sheet", "last_period", "across_cities", "across_tiers"]
    tiers: tuple[str, ...]
    condition: Mapping[str, object]
    message: Words
    action: Words
    lifted_by_explanation: bool
    explanation_at_least: int
    indicators: tuple[str, ...] | None
    framework_check: str = ""
    pattern_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form that secret or personal matter takes in text (regular expressions), with examples of both sides."""

    id: str
    words: Words
    regex: tuple[str, ...]
    matches: tuple[str, ...] = ()
    not_matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountyVersion:
    """How the text reads at county level. Overrides: indicator code → level → words."""

    excluded: tuple[str, ...] = ()
    unit_words: Mapping[str, str] = field(default_factory=dict)
    protected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    replacements: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    overrides: Mapping[str, Mapping[int, Words]] = field(default_factory=dict)
    note: Words = Words()


@dataclass(frozen=True, slots=True)
class TableRules:
    """How a units × items table is read: headings per profile field or item, and words of answers.

    `columns` maps a profile field (unit, code, region, size, population, tier, year …) or an indicator code to the
    headings it may have; an indicator's own code is always one. Words are compared without case and outer spaces.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    yes: tuple[str, ...] = ("1", "是", "yes", "y", "true")
    no: tuple[str, ...] = ("0", "否", "no", "n", "false")
    blank: tuple[str, ...] = ("", "NA", "N/A", "-", "—")
    not_applicable: tuple[str, ...] = ("不适用",)
    no_data: tuple[str, ...] = ("暂无数据",)

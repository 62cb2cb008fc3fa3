"""An indicator of a framework, once read: what is asked, how an answer is worth 0–100, who answers, what improves it.

Frozen values with no behavior beyond look-up. Field names follow section 12 of the framework's own notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assess.framework.index_rules import Imputation, Scaling
from assess.language import Words

Kind = Literal["level", "yesno", "number", "multi"]


@dataclass(frozen=True, slots=True)
class Level:
    """One rubric level; `conditions` are those added at this level (empty for 0). `score` is what it is worth, 0–100;
    None where levels are evenly apart (level ÷ highest level)."""

    level: int
    words: Words
    conditions: tuple[Words, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    words: Words
    required: bool = False
    evidence: Words = Words()


@dataclass(frozen=True, slots=True)
class YesNo:
    good: Literal["yes", "no"]
    yes: Words
    no: Words


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An additional yes/no of a number: the score is at most `cap` unless it is answered yes."""

    ask: Words
    cap: float


@dataclass(frozen=True, slots=True)
class Parameter:
    key: str
    words: Words
    value: float | None
    note: Words = Words()


@dataclass(frozen=True, slots=True)
class Number:
    """A measured item: x = numerator ÷ denominator × factor, or the value itself; 100·clamp((x−zero)/(full−zero)).

    `scaling` is another scale than goalposts. In a table of units × items the value is divided by the column
    `divide_by`, gaps are filled as `impute` says (None: as the framework does), outliers are treated unless `treat` is
    off. `negative` lets values below 0 pass. `years` are targets by year (year, target) that take the place of `full`,
    or of the target of a scale to a target, at a `pace`; `in_force` is the year and target that were put in their
    place (None before that).
    """

    unit: Words
    kind: Literal["ratio", "rate", "average", "count"]
    direction: Literal["up", "down"]
    zero: float
    full: float
    decimals: int
    plausible: tuple[float, float]
    numerator: Words
    denominator: Words | None = None
    factor: float | None = None
    period: Words = Words()
    source: Words = Words()
    rule: Words = Words()
    zero_denominator: Literal["nd", "na", "zero", "invalid"] | None = None
    zero_denominator_words: Words = Words()
    calculation: Words = Words()
    confirmation: Confirmation | None = None
    parameters: tuple[Parameter, ...] = ()
    scaling: Scaling = Scaling()
    divide_by: str = ""
    negative: bool = False
    impute: Imputation | None = None
    treat: bool = True
    years: tuple[tuple[float, float], ...] = ()
    pace: Literal["linear", "step", "growth"] = "linear"
    in_force: tuple[int | None, float] | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """Where "not applicable" may be chosen: administrative levels and the situation."""

    levels: tuple[str, ...]
    when: Words


@dataclass(frozen=True, slots=True)
class Improvement:
    action: Words
    effort: str
    effort_words: Words
    duration: Words
    months: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grassroots:
    """Plain question for townships and villages and the perception scale it uses."""

    question: Words
    scale: str


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    name: Words
    kind: Kind
    question: Words
    weight: float
    global_weight: float
    note: Words = Words()
    levels: tuple[Level, ...] = ()
    number: Number | None = None
    options: tuple[Option, ...] = ()
    yesno: YesNo | None = None
    evidence: tuple[Words, ...] = ()
    lead: Words = Words()
    assisting: tuple[Words, ...] = ()
    tiers: tuple[str, ...] = ()
    not_applicable: NotApplicable | None = None
    core: bool = False
    key: bool = False
    outcome: bool = False
    clauses: tuple[str, ...] = ()
    standards: tuple[Words, ...] = ()
    improve_low: Improvement | None = None
    improve_high: Improvement | None = None
    grassroots: Grassroots | None = None

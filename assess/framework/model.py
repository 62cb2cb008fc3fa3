"""What a framework is, once read: frozen values with no behavior beyond look-up.

Field names follow section 12 of the framework's own notes; rules are named as the scoring rules R1–R10 use them.
Scores run 0–100 per item. A node's `weight` is relative among its siblings (R4); for `sum` nodes it is points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assess.framework.index_rules import Imputation, IndexRules, Scaling
from assess.language import Words

Kind = Literal["level", "yesno", "number", "multi"]
Aggregation = Literal[
    "weighted_mean",
    "geometric",
    "harmonic",
    "weakest",
    "sum",
    "share_of_yes",
    "staircase",
    "hurdle",
    "cumulative",
    "discount",
    "deduct",
    "bonus",
]
Treatment = Literal["zero", "exclude", "by_rule", "void"]
ROOT = "total"


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


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree: the total, a dimension, a sub-dimension. `children` are node or indicator codes in order.

    `pass_mark` is the score that counts as done (staircase, hurdle, cumulative, share_of_yes); `available` the least
    share of the weight below (0–1) that must have a score, else the node has none. `start` is what deductions are
    taken from; `gate`, `most` and `ceiling` bound a bonus: what its base must reach, the points added at most, and the
    highest score with them.
    """

    code: str
    name: Words
    weight: float
    children: tuple[str, ...]
    aggregation: Aggregation = "weighted_mean"
    floor: float = 0.0
    description: Words = Words()
    pass_mark: float = 100.0
    available: float = 0.0
    start: float = 100.0
    gate: float = 0.0
    most: float | None = None
    ceiling: float = 100.0


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
class Trigger:
    """One condition of a red line: an answer, a state, or a flag set by hand."""

    indicator: str = ""
    op: str = ""
    value: object = None
    flag: str = ""
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class RedLine:
    id: str
    words: Words
    modes: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    confirm: Literal["review", "immediate"]
    effect: Literal["cap_stage", "no_stage", "suspend"]
    max_stage: int | None
    effect_words: Words
    self_indicative: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of a stage. `count` None means all; unused fields stay at their defaults."""

    id: str
    type: Literal[
        "total_floor",
        "dimension_floor",
        "node_floor",
        "key_floor",
        "coverage",
        "evidence_rate",
        "indicator_floor",
        "reviewed",
    ]
    words: Words
    min: float = 0.0
    count: int | None = None
    min_score: float = 0.0
    min_share: float = 1.0
    indicators: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    document_status: tuple[str, ...] = ()
    warn_columns: tuple[str, ...] = ()
    warn_indicators: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    level: int
    name: Words
    min: float
    max: float
    line: Words
    gates: tuple[Gate, ...] = ()
    max_inclusive: bool = False


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
    kind by itself; without any it is a scenario, to be chosen."""

    id: str
    words: Words
    weights: Mapping[str, float]
    tiers: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Framework:
    """A whole framework. `digest` is the SHA-256 of its source files in canonical form (R10)."""

    code: str
    version: str
    title: Words
    digest: str
    nodes: Mapping[str, Node]
    indicators: Mapping[str, Indicator]
    modes: Mapping[str, Mode]
    disclaimer: Words = Words()
    maximum: float = 100.0
    rank_decimals: int | None = None
    show_decimals: int = 1
    tiers: Mapping[str, Words] = field(default_factory=dict)
    states: Mapping[str, StateWords] = field(default_factory=dict)
    kind_words: Mapping[str, Words] = field(default_factory=dict)
    kind_rules: Mapping[str, Words] = field(default_factory=dict)
    checklist_cap: float = 60.0
    alternative_floor: float | None = None
    evidence: EvidenceRules | None = None
    columns: tuple[Column, ...] = ()
    precedence: tuple[str, ...] = ("self",)
    column_flags: tuple[ColumnFlag, ...] = ()
    bonus: PointRules = PointRules()
    deductions: PointRules = PointRules()
    red_lines: tuple[RedLine, ...] = ()
    stages: tuple[Stage, ...] = ()
    key_max_not_applicable: int = 1
    skip_rules: tuple[SkipRule, ...] = ()
    skip_principle: Words = Words()
    county_blend: CountyBlend | None = None
    perception: Perception | None = None
    improvement: ImprovementRules | None = None
    portraits: Mapping[str, Mapping[int, Words]] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    crosswalk: tuple[Reference, ...] = ()
    conventions: tuple[Convention, ...] = ()
    principles: Mapping[str, Words] = field(default_factory=dict)
    examples: Mapping[str, Worked] = field(default_factory=dict)
    evidence_grades: Mapping[str, Words] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    checks: Mapping[str, CheckRule] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    severity_words: Mapping[str, Words] = field(default_factory=dict)
    scope_words: Mapping[str, Words] = field(default_factory=dict)
    county_version: CountyVersion = CountyVersion()
    crosswalk_states: Mapping[str, Words] = field(default_factory=dict)
    organizations: Mapping[str, Words] = field(default_factory=dict)
    table: TableRules = TableRules()
    index: IndexRules = IndexRules()
    weight_sets: tuple[WeightSet, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    view: tuple[object, ...] = ()
    """Empty for the whole framework, else what it was tailored for: tier, unit kind, scope."""
    chosen: str = ""
    """The weight set chosen in place of the one that a unit's kind gives."""
    settled: tuple[int | None, str] | None = None
    """The year of the targets and the weight set in force, once they have been put in their places."""

    @property
    def root(self) -> Node:
        return self.nodes[ROOT]

    @property
    def dimensions(self) -> tuple[Node, ...]:
        """The nodes directly under the total (indicators directly under it are not dimensions)."""
        return tuple(self.nodes[code] for code in self.root.children if code in self.nodes)

    def leaves(self, code: str) -> tuple[str, ...]:
        """Indicator codes under a node in order; an indicator is its own leaf."""
        if code in self.indicators:
            return (code,)
        return tuple(leaf for child in self.nodes[code].children for leaf in self.leaves(child))

    def parent(self, code: str) -> str | None:
        """Code of the node above; None for the root."""
        for node in self.nodes.values():
            if code in node.children:
                return node.code
        return None

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the root down to `code`, both included."""
        above = self.parent(code)
        return (*self.path(above), code) if above else (code,)

    def name(self, code: str) -> Words:
        return self.indicators[code].name if code in self.indicators else self.nodes[code].name

    def stage(self, level: int) -> Stage:
        return next(stage for stage in self.stages if stage.level == level)

"""What a framework is, once read: a tree of nodes over indicators, and the rules that come with it.

Frozen values with no behavior beyond look-up; rules are named as the scoring rules R1–R10 use them. Scores run 0–100
per item. A node's `weight` is relative among its siblings (R4); for `sum` nodes it is points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assess.framework.index_rules import IndexRules
from assess.framework.indicator import Indicator
from assess.framework.scoring_rules import (
    Column,
    ColumnFlag,
    CountyBlend,
    EvidenceRules,
    Mode,
    PointRules,
    SkipRule,
    StateWords,
    WeightSet,
)
from assess.framework.stage_rules import RedLine, Stage
from assess.framework.supplement import (
    CheckRule,
    Clause,
    Convention,
    CountyVersion,
    ImprovementRules,
    Pattern,
    Perception,
    Reference,
    TableRules,
    Term,
    Worked,
)
from assess.language import Words

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
ROOT = "total"


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

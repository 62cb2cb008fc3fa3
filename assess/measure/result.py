"""What a score is, once computed: frozen values, nothing rounded (R9), nothing in words of one language.

Scores are 0–100 (or the framework's maximum), shares 0–1. `None` means "no score", never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assess.answers import Answer
from assess.framework.stage_rules import Gate, RedLine, Stage
from assess.language import Message
from assess.problems import Problem

State = Literal["answered", "na", "nd", "skipped", "unanswered", "out"]
Counting = Literal["value", "zero", "exclude", "void"]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item. `raw` is the score of the answer before evidence caps; `score` what counts (None when left out).

    `weight` is the given weight among siblings, `share` the effective share of the total after redistribution (0–1),
    `contribution` = share × score, so that the contributions add up to the base total (weighted means only).
    `state` is the effective state after caps and approvals; `given` the state as answered. `cap` names what lowered
    it (R7), `lowered` what held the answer itself down (a missing mandatory option or confirmation). `skip` is the id
    of the rule in force; `fault` a hard fault of the answer (D7). Where counties are blended in, `counties` of them
    have the mean `county_mean` and the city's own score is `own_score`; `level` is always that of the answer
    after caps. `evidenced`: it needs evidence and has some (the rate counts answered items alone).
    """

    code: str
    state: State
    given: State
    counting: Counting
    column: str | None
    answer: Answer | None
    value: float | None
    raw: float | None
    score: float | None
    level: int | None
    weight: float
    share: float
    contribution: float
    needs_evidence: bool
    evidence_count: int
    cap: Message | None = None
    skip: str | None = None
    fault: Problem | None = None
    doubt: Problem | None = None
    lowered: Message | None = None
    counties: int = 0
    county_mean: float | None = None
    own_score: float | None = None
    evidenced: bool = False
    reasons: tuple[Message, ...] = ()

    @property
    def covered(self) -> bool:
        """Counts as answered for coverage (D16): neither no data nor unanswered."""
        return self.state == "answered"


@dataclass(frozen=True, slots=True)
class NodeScore:
    """One node. `weight` given among siblings, `effective` the normalized weight in force (0–1 among siblings),
    `share` of the total, `coverage` 0–1 by weight (None when nothing applies), `answered` / `applicable` counts."""

    code: str
    score: float | None
    weight: float
    effective: float
    share: float
    contribution: float
    coverage: float | None
    answered: int
    applicable: int


@dataclass(frozen=True, slots=True)
class GateResult:
    """A gate of a stage: held, failed or not judged (D5). `found` is the value, `needed` the threshold; both 0–100
    scores, shares 0–1 or None. `where` are the codes that fail (or decide)."""

    stage: int
    gate: Gate
    outcome: Literal["held", "failed", "not_judged"]
    found: float | None
    needed: float | None
    where: tuple[str, ...] = ()
    words: Message | None = None


@dataclass(frozen=True, slots=True)
class RedLineResult:
    """A red line that is raised: in force, awaiting confirmation (D18) or only indicative (self mode)."""

    red_line: RedLine
    status: Literal["in_force", "awaiting", "indicative"]
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A bonus or deduction as entered, whether it counts and if not, why. `points` are positive, before the ceiling."""

    kind: Literal["bonus", "deduction"]
    cell: str
    item: str
    matter: str
    points: float
    counted: bool
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """A whole result. Totals: base, graded = base − deductions, shown = graded + bonus (None: no total).

    `score_stage` is the band of the unrounded graded total, `gated_stage` the highest stage whose gates all hold after
    red lines and mode; None where the mode or the scope gives none. `gates` lists every gate of every stage from low
    to high. `provisional` while items are unanswered. `reference_only` for self-assessments.
    """

    framework_code: str
    framework_digest: str
    mode: str
    items: Mapping[str, ItemScore]
    nodes: Mapping[str, NodeScore]
    base: float | None
    deductions: float
    bonus: float
    graded: float | None
    shown: float | None
    alternative: float | None
    maximum: float
    coverage: float | None
    answered: int
    applicable: int
    unanswered: tuple[str, ...]
    data_gaps: tuple[str, ...]
    evidence_rate: float | None
    evidence_needed: int
    evidence_present: int
    score_stage: Stage | None
    gated_stage: Stage | None
    gates: tuple[GateResult, ...] = ()
    red_lines: tuple[RedLineResult, ...] = ()
    check_first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provisional: bool = False
    reference_only: bool = False
    suspended: bool = False
    complete_scope: bool = True
    adjustments: tuple[Adjustment, ...] = ()
    notes: tuple[Message, ...] = ()

    def score_of(self, code: str) -> float | None:
        """Score of an item or a node; None when it has none. KeyError for an unknown code."""
        return self.items[code].score if code in self.items else self.nodes[code].score

    def failed_gates(self, stage: int | None = None) -> tuple[GateResult, ...]:
        """Failed gates of one stage, or of every stage above the gated one up to the score stage."""
        if stage is not None:
            return tuple(g for g in self.gates if g.stage == stage and g.outcome == "failed")
        low = self.gated_stage.level if self.gated_stage else 0
        high = self.score_stage.level if self.score_stage else 0
        return tuple(g for g in self.gates if low < g.stage <= high and g.outcome == "failed")

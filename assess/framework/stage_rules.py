"""What decides a stage, as data: bands, the gates of each stage, red lines (R5, R6). Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assess.language import Words


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

"""What other units and other levels of one round answered: material for the rules between them (guide 4.3–4.5).

Only whoever organizes a round has it. Names of other units are not in here, so that no finding can tell one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assess.answers import Sheet
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.measure.scales import TOLERANCE

ALIKE = 0.9
"""Similarity from which on two texts are the same to a group operator."""
QUOTED = 8
"""Characters from which on a sentence of the framework is taken out of a text before it is compared."""


@dataclass(frozen=True, slots=True)
class Around:
    """`others` are sheets of other units of the same round. `felt`: item -> grassroots answers on 0–5, one per sheet.
    `figures`: level ("grassroots", 乡, 村) -> item -> figures of its sheets in its unit. `counties`: item ->
    levels of the counties of a city."""

    others: tuple[Sheet, ...] = ()
    felt: Mapping[str, Sequence[float]] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)
    counties: Mapping[str, Sequence[float]] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """NFKC without blanks and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=512)
def official(indicator: Indicator) -> tuple[str, ...]:
    """The sentences of an indicator itself, longest first; quoting the question is not copying from one another."""
    words = [indicator.question.zh, indicator.note.zh, *(level.words.zh for level in indicator.levels)]
    words += [option.words.zh for option in indicator.options]
    parts = {letters(part) for word in words for part in re.split(r"[。；;\n]", word)}
    return tuple(sorted((part for part in parts if len(part) >= QUOTED), key=len, reverse=True))


def own_words(indicator: Indicator, text: str) -> str:
    """A text as it is compared: letters only, sentences of the framework taken out."""
    left = letters(text)
    for sentence in official(indicator):
        left = left.replace(sentence, "")
    return left


def alike(one: str, other: str) -> float:
    """Jaccard similarity of the three-character pieces of two texts already reduced to letters; 0 for short ones."""
    first, second = _pieces(one), _pieces(other)
    union = len(first | second)
    return len(first & second) / union if union else 0.0


@lru_cache(maxsize=4096)
def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


def fences(values: Sequence[float], k: float) -> tuple[float, float]:
    """Lower quartile − k × spread and upper quartile + k × spread; quartiles are linear interpolations (D20)."""
    ordered = sorted(values)

    def quartile(share: float) -> float:
        at = share * (len(ordered) - 1)
        low = int(at)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (at - low)

    low, high = quartile(0.25), quartile(0.75)
    return low - k * (high - low), high + k * (high - low)


def digests(framework: Framework, sheet: Sheet) -> frozenset[str]:
    """The attachments of a sheet by their content."""
    return frozenset(piece.digest for code in framework.indicators for piece in sheet.evidence(code) if piece.digest)


def near(one: float, other: float) -> bool:
    """Equal within the tolerance of D14."""
    return abs(one - other) <= TOLERANCE

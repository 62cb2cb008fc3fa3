"""A table of units × items as numbers, and what a run adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assess.problems import Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Marks = NDArray[np.int8]

ANSWERED, UNANSWERED, NO_DATA, NOT_APPLICABLE = 0, 1, 2, 3
SKIPPED_OUT, SKIPPED_ZERO = 4, 5
STATES = {ANSWERED: "answered", UNANSWERED: "UNANSWERED", NO_DATA: "ND", NOT_APPLICABLE: "NA"}
Change = Literal["imputed", "winsorised", "log"]


@dataclass(frozen=True, slots=True)
class Data:
    """Units and their values. Arrays are items × rows, so that a column lies in one piece.

    `values` holds the measured value of a number, the score (0–100) of any other kind, NaN where there is none;
    `states` says why. `columns` are further columns: denominators by heading, what is stated beyond answers by key
    (`stated.py`); `groups` the group of each unit, `about` further texts of each unit by field of a profile (tier,
    unit_kind, size, region, year), as far as the framework asks for them. `digest` is the SHA-256 of the file.
    """

    units: tuple[str, ...]
    codes: tuple[str, ...]
    items: tuple[str, ...]
    values: Floats
    states: Marks
    columns: Mapping[str, Floats] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    digest: str = ""
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.units)


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that does not hold what the table says: what was done, the value before (None: there was none), after."""

    unit: int
    item: str
    change: Change
    before: float | None
    after: float | None

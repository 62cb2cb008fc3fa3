"""The same work in a spreadsheet with the same items, counted by the same rule.

One sheet of questions, one row an item: level or yes/no in one cell, numerator, denominator and source in three, one
cell for each option; a second sheet of evidence with item, name. Nothing is misspelled, nobody looks anything up, the
cursor always stands where the last entry ended. What a spreadsheet cannot do (check, seal, digest) is counted as
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assess.answers import Answer
from assess.framework.indicator import Indicator

ROWS_IN_SIGHT = 3
"""Rows of six levels in full text that fit a screen of 1366 × 768 at 100 %, where one is 200 pixels high."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Keys pressed, characters typed, screens (the pages scrolled to see the rows, and sheets changed to)."""

    keys: int
    typed: int
    screens: int


def effort(
    items: Iterable[tuple[Indicator, Answer, str]], evidence: Iterable[tuple[str, str]], *, lists: bool
) -> Effort:
    """What it takes. `lists`: levels are chosen from a drop-down list, else the digit is typed into the cell."""
    keys = typed = rows = 0
    for item, answer, source in items:
        rows += 1
        if item.kind in ("level", "yesno"):
            chosen = answer.level if answer.level is not None else 0 if answer.choice == "yes" else 1
            if lists:
                keys += 1 + (chosen or 0) + 1 + 1 + 1  # open, go down to it (from before the first), take, next row
            else:
                typed += 1
                keys += 1  # Enter: next row
        elif item.kind == "multi":
            for option in item.options:
                typed += option.key in answer.ticked
                keys += 1  # Tab: the next cell
            keys += 1  # Enter: next row
        else:
            parts = [part for part in (answer.numerator, answer.denominator, answer.result) if part]
            typed += sum(len(part) for part in parts) + len(source)
            keys += len(parts) + 1  # Tab after each, Enter at the end
    pieces = list(evidence)
    keys += 2  # to the sheet of evidence and back
    for code, name in pieces:
        typed += len(code) + len(name)
        keys += 2  # Tab, Enter
    return Effort(keys, typed, -(-rows // ROWS_IN_SIGHT) + 2)

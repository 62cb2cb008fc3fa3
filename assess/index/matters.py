"""Red lines, deductions and bonus on a table (R5): by the answers, and by the columns in which a table states them.

A column `red_line.R1` says yes (confirmed) or no (cleared). Where it is empty, an answer that sets the line off counts
where the framework lets it act at once; one that the review must confirm waits and has no effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.framework.model import Framework
from assess.framework.scoring_rules import PointRules
from assess.framework.stage_rules import RedLine, Trigger
from assess.index.data import ANSWERED, NO_DATA, NOT_APPLICABLE, SKIPPED_OUT, SKIPPED_ZERO, UNANSWERED, Data
from assess.index.skips import levels
from assess.measure.scales import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Marks = NDArray[np.int8]
    Booleans = NDArray[np.bool_]
    Wholes = NDArray[np.int64]

MARKS = {"NA": (NOT_APPLICABLE,), "ND": (NO_DATA,), "UNANSWERED": (UNANSWERED,), "SKIP": (SKIPPED_OUT, SKIPPED_ZERO),
         "ANSWERED": (ANSWERED,)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lines:
    """Per red line the rows in which it is in force, and how many rows await confirmation."""

    in_force: Mapping[str, Booleans]
    awaiting: Mapping[str, int]

    def of(self, framework: Framework, *effects: str) -> Booleans | None:
        """The rows in which a line with such an effect is in force."""
        found: Booleans | None = None
        for line in framework.red_lines:
            if line.effect in effects and line.id in self.in_force:
                here = self.in_force[line.id]
                found = here if found is None else found | here
        return found


def lines(
    framework: Framework, data: Data, mode: str, given: Mapping[str, Marks], states: Mapping[str, Marks]
) -> Lines:
    """Every red line of the mode that is in force anywhere. `given` are the states of the items as answered, `states`
    those after caps for want of evidence."""
    import numpy as np

    chosen = framework.modes[mode]
    found: dict[str, Booleans] = {}
    waiting: dict[str, int] = {}
    none = np.zeros(data.rows, dtype=bool)
    for line in framework.red_lines:
        if chosen.key not in line.modes or (line.self_indicative and chosen.stage == "capped"):
            continue
        column = data.columns.get(f"red_line.{line.id}")
        said = none if column is None else column == 1
        cleared = none if column is None else column == 0
        answers, silence = _set_off(framework, data, line, given, states)
        at_once = silence if chosen.stage != "none" else none
        by_answer = answers & ~cleared
        force = said | at_once | (by_answer if line.confirm == "immediate" else none)
        if force.any():
            found[line.id] = force
        left = int((by_answer & ~force).sum())
        if left:
            waiting[line.id] = left
    return Lines(found, waiting)


def _set_off(
    framework: Framework, data: Data, line: RedLine, given: Mapping[str, Marks], states: Mapping[str, Marks]
) -> tuple[Booleans, Booleans]:
    """The rows in which an answer sets a line off, and those in which the want of one does."""
    import numpy as np

    answers, silence = np.zeros(data.rows, dtype=bool), np.zeros(data.rows, dtype=bool)
    for trigger in line.triggers:
        if trigger.indicator not in given or trigger.indicator not in data.items:
            if (
                trigger.op == "state in"
                and trigger.indicator in framework.indicators
                and "UNANSWERED" in _names(trigger)
            ):
                (silence if trigger.confirm == "none" else answers)[:] = True
            continue
        marks = given[trigger.indicator]
        values = data.values[data.items.index(trigger.indicator)]
        item = framework.indicators[trigger.indicator]
        with np.errstate(invalid="ignore"):
            if trigger.op == "state in":
                wanted = [mark for name in _names(trigger) for mark in MARKS.get(name, ())]
                hit = np.isin(states[trigger.indicator], wanted)
                if trigger.confirm == "none":
                    silence |= hit
                    continue
            elif trigger.op == "level<=":
                hit = (marks == ANSWERED) & (levels(item, values) <= float(str(trigger.value)))
            else:
                good = item.yesno.good if item.yesno else "yes"
                hit = (marks == ANSWERED) & (values == (100.0 if trigger.value == good else 0.0))
        answers |= hit
    return answers, silence


def _names(trigger: Trigger) -> tuple[str, ...]:
    return tuple(map(str, trigger.value)) if isinstance(trigger.value, tuple | list) else ()


def points(data: Data, kind: str, rules: PointRules) -> Floats | None:
    """The points of a kind per row under their ceiling; None where the table states none."""
    import numpy as np

    columns = [data.columns[key] for one in rules.items if (key := f"{kind}.{one.id}") in data.columns]
    if not columns:
        return None
    found: Floats = np.minimum(rules.max_total, np.nansum(np.array(columns), axis=0))
    return found


@dataclass(frozen=True, slots=True)
class Adjustments:
    """Deductions and bonus per row, and what they make of totals. `gate` and `ceiling` are those of the bonus."""

    deducted: Floats | None
    added: Floats | None
    maximum: float
    gate: float
    ceiling: float

    @property
    def any(self) -> bool:
        return self.deducted is not None or self.added is not None

    def graded(self, totals: Floats) -> Floats:
        """Totals less deductions, on the last axis; within 0 and the maximum as in a document."""
        import numpy as np

        if self.deducted is None:
            return totals
        found: Floats = np.clip(totals - self.deducted, 0.0, self.maximum)
        return found

    def shown(self, graded: Floats) -> Floats:
        """Graded totals with the bonus."""
        import numpy as np

        if self.added is None:
            return graded
        with np.errstate(invalid="ignore"):
            lifted = np.maximum(graded, np.minimum(graded + self.added, self.ceiling))
            found: Floats = np.where(graded >= self.gate - TOLERANCE, lifted, graded) if self.gate > 0 else lifted
        return found


def adjustments(framework: Framework, data: Data) -> Adjustments:
    bonus = framework.bonus
    return Adjustments(
        points(data, "deduction", framework.deductions),
        points(data, "bonus", bonus),
        framework.maximum,
        bonus.gate,
        framework.maximum if bonus.ceiling is None else bonus.ceiling,
    )


def lowered(framework: Framework, found: Lines, stages: Wholes) -> Wholes:
    """The stages held under the red lines in force."""
    import numpy as np

    out = stages
    for line in framework.red_lines:
        if line.id not in found.in_force:
            continue
        here = found.in_force[line.id]
        if line.effect in ("no_stage", "suspend"):
            out = np.where(here, 0, out)
        elif line.max_stage is not None:
            out = np.where(here, np.minimum(out, line.max_stage), out)
    return out

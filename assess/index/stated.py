"""What a table may state beyond answers: deductions, bonus, red lines, evidence and the mark of a review.

Each has a key (`deduction.D1`, `bonus.B1`, `red_line.R1`, `evidence.ST1.1`, `reviewed`), which is always a heading of
its own; `[table.columns]` may name others, and Chinese tables may write 扣分 D1, 加分 B1, 红线 R1, 佐证 ST1.1, 已复核.
"""

from __future__ import annotations

import math

from assess.exchange.grid import CellValue, text_of
from assess.framework.model import Framework
from assess.index.data import ANSWERED, UNANSWERED
from assess.language import say
from assess.problems import Problem

KINDS = {"deduction": "扣分", "bonus": "加分", "red_line": "红线", "evidence": "佐证"}
REVIEWED, REVIEWED_ZH = "reviewed", "已复核"


def keys(framework: Framework) -> tuple[str, ...]:
    """Every key that a table of this framework may state."""
    points = [f"deduction.{one.id}" for one in framework.deductions.items]
    points += [f"bonus.{one.id}" for one in framework.bonus.items]
    lines = [f"red_line.{line.id}" for line in framework.red_lines]
    proofs = [f"evidence.{code}" for code in framework.indicators] if framework.evidence is not None else []
    gates = {gate.type for stage in framework.stages for gate in stage.gates}
    return (*points, *lines, *proofs, *((REVIEWED,) if "reviewed" in gates else ()))


def headings(framework: Framework) -> dict[str, str]:
    """Every heading of what may be stated, with its key."""
    found: dict[str, str] = {}
    for key in keys(framework):
        kind, _, name = key.partition(".")
        chinese = f"{KINDS[kind]}{name}" if kind in KINDS else REVIEWED_ZH
        for heading in (key, chinese, *framework.table.columns.get(key, ())):
            found[heading] = key
    return found


def read(framework: Framework, key: str, cell: CellValue, plain: tuple[float, int]) -> tuple[float, int]:
    """One cell as a number: points, or 1 and 0 for yes and no. `plain` is the cell as a number, if it is one (NaN: it
    is not). Raises Problem `table.points`, `table.flag`."""
    kind, _, name = key.partition(".")
    text = text_of(cell).lower()
    value, state = plain
    if text in framework.table.yes and kind != "deduction" and not (kind == "bonus" and value == value):
        most = [max(one.points) for one in framework.bonus.items if one.id == name]
        return (most[0] if kind == "bonus" else 1.0), ANSWERED
    if text in framework.table.no:
        return 0.0, ANSWERED
    if state == UNANSWERED:
        return math.nan, UNANSWERED
    if kind in ("deduction", "bonus"):
        rules = framework.deductions if kind == "deduction" else framework.bonus
        allowed = next(one.points for one in rules.items if one.id == name)
        if value == value and reachable(value, allowed):
            return value, ANSWERED
        raise Problem(
            "table.points",
            say("{key}: “{typed}” is not made of the points the rules know ({points}).", key=key, typed=text_of(cell),
                points=tuple(f"{one:g}" for one in allowed)),
            say("Write the points of every matter added up, or 0; the framework names the points of one matter."),
        )  # fmt: skip
    if value == value and (value in (0.0, 1.0) or (kind == "evidence" and value >= 0)):
        return (1.0 if value else 0.0), ANSWERED
    raise Problem(
        "table.flag",
        say("{key}: “{typed}” is neither yes nor no.", key=key, typed=text_of(cell)),
        say("Write yes or no; leave the cell empty for no."),
    )


def reachable(points: float, allowed: tuple[float, ...]) -> bool:
    """Whether points are 0 or a sum of allowed figures, each as often as one likes."""
    if not 0 <= points <= 1000:
        return False
    whole = {0.0}
    front = {0.0}
    while front:
        front = {round(one + step, 9) for one in front for step in allowed if one + step <= points + 1e-9} - whole
        whole |= front
    return any(abs(one - points) < 1e-9 for one in whole)

"""Bonus and deductions (R5): which entries count, and the two sums under their ceilings.

A deduction counts once confirmed (D18), the same matter once and at its heaviest, and not at all where the same matter
has set off a red line that already caps the stage. A bonus needs a document, and the same achievement counts once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from assess.answers import Json
from assess.framework.scoring_rules import PointRules
from assess.language import say
from assess.measure.result import Adjustment
from assess.measure.scales import TOLERANCE


def deductions(
    rules: PointRules, cells: Mapping[str, Json], red_lines_in_force: Collection[str]
) -> tuple[float, tuple[Adjustment, ...]]:
    """Points to take off (positive) and every entry with its fate."""
    entries = [_deduction(rules, cell, record, red_lines_in_force) for cell, record in _records(cells)]
    return _total(rules, _once(entries)), tuple(_once(entries))


def bonus(
    rules: PointRules, cells: Mapping[str, Json], graded: float | None = None
) -> tuple[float, tuple[Adjustment, ...]]:
    """Points to add and every entry with its fate; none counts where the graded total is below the gate."""
    entries = [_bonus(rules, cell, record) for cell, record in _records(cells)]
    if rules.gate > 0 and (graded is None or graded < rules.gate - TOLERANCE):
        shut = say("The total does not reach {gate}, from where a bonus counts.", gate=f"{rules.gate:g}")
        entries = [replace(entry, counted=False, reason=shut) if entry.counted else entry for entry in entries]
    return _total(rules, _once(entries)), tuple(_once(entries))


def lifted(rules: PointRules, graded: float, points: float, maximum: float) -> float:
    """The graded total with a bonus, up to the ceiling of the rules (else the maximum); never below the total."""
    return max(graded, min(graded + points, maximum if rules.ceiling is None else rules.ceiling))


def _records(cells: Mapping[str, Json]) -> list[tuple[str, Mapping[str, Json]]]:
    found = [(cell, record) for cell, record in cells.items() if isinstance(record, Mapping)]
    return sorted(found, key=lambda pair: (len(pair[0]), pair[0]))


def _total(rules: PointRules, entries: list[Adjustment]) -> float:
    return min(rules.max_total, sum(entry.points for entry in entries if entry.counted))


def _deduction(rules: PointRules, cell: str, record: Mapping[str, Json], red_lines: Collection[str]) -> Adjustment:
    item, matter = str(record.get("item", "")), str(record.get("matter", "")).strip()
    points = _number(record.get("points"))
    entry = Adjustment("deduction", cell, item, matter, points, True)
    allowed = next((rule.points for rule in rules.items if rule.id == item), None)
    if allowed is None or not any(abs(points - choice) <= TOLERANCE for choice in allowed):
        return replace(entry, counted=False, reason=say("These points are not ones the rules know."))
    red_line = str(record.get("redline", ""))
    if red_line in red_lines and red_line in rules.no_double:
        return replace(
            entry, counted=False, reason=say("The same matter set off red line {red_line}.", red_line=red_line)
        )
    if record.get("confirmed") is not True:
        return replace(entry, counted=False, reason=say("Awaiting confirmation by the review."))
    return entry


def _bonus(rules: PointRules, cell: str, record: Mapping[str, Json]) -> Adjustment:
    item, matter = str(record.get("item", "")), str(record.get("matter", "")).strip()
    allowed = next((rule.points for rule in rules.items if rule.id == item), None)
    entry = Adjustment("bonus", cell, item, matter, max(allowed) if allowed else 0.0, True)
    if not allowed:
        return replace(entry, counted=False, reason=say("These points are not ones the rules know."))
    if not str(record.get("document") or "").strip():
        return replace(entry, counted=False, reason=say("No document is named."))
    return entry


def _once(entries: list[Adjustment]) -> list[Adjustment]:
    """The same matter counts once, at its heaviest; of equal ones the first. Entries without a matter stand alone."""
    best: dict[str, Adjustment] = {}
    for entry in entries:
        if entry.counted and entry.matter and entry.points > best.get(entry.matter, replace(entry, points=-1.0)).points:
            best[entry.matter] = entry
    return [
        replace(entry, counted=False, reason=say("The same matter counts only once."))
        if entry.counted and entry.matter and best[entry.matter] is not entry
        else entry
        for entry in entries
    ]


def _number(content: Json) -> float:
    try:
        number = float(content)
    except (TypeError, ValueError):
        return 0.0
    return number if 0.0 <= number < 1e6 else 0.0

"""Facts of a sheet as a whole (guide 4.4): coverage, score, bonus claims, and what only the caller can know."""

from __future__ import annotations

from collections.abc import Mapping

from assess.answers import ANSWER_COLUMNS, Json, Sheet
from assess.checks.items import compare
from assess.checks.material import Material

MENDED = frozenset({"done", "closed", "withdrawn"})
RECTIFICATION = "@rectification"
COMPARISONS = ("at_least", "at_most", "above", "below")


def fact(sheet: Material, name: str) -> float | None:
    """The value of a fact; None where this sheet alone does not tell it."""
    if name in sheet.extra:
        return sheet.extra[name]
    match name:
        case "answered_items":
            return float(sum(item.state == "answered" for item in sheet.items.values()))
        case "coverage_percent":
            coverage = sheet.scores.coverage if sheet.scores is not None else None
            return coverage * 100 if coverage is not None else None
        case "score":
            return sheet.scores.graded if sheet.scores is not None else None
        case "bonus_items":
            return float(len(_claims(sheet)))
        case "bonus_items_without_evidence":
            return float(sum(not str(claim.get("document") or "").strip() for claim in _claims(sheet)))
        case "open_rectification_items":
            left = unmended(sheet.sheet)
            return float(len(left)) if left is not None else None
    return None


def unmended(sheet: Sheet) -> tuple[str, ...] | None:
    """Matters that last period's review returned for correction and nobody has mended; None where the document carries
    no such list. Mended is what is marked so, or an item answered again this period with evidence beside it (D60)."""
    listed = {column: value for (item, column), value in sheet.cells.items() if item == RECTIFICATION and value}
    if not listed:
        return None
    marked = {code for code, value in listed.items() if isinstance(value, Mapping) and value.get("state") in MENDED}
    proved = {item for item, column in sheet.cells if item in listed and column.startswith("evidence/")}
    answered = {item for item, column in sheet.cells if item in listed and column in ANSWER_COLUMNS}
    return tuple(sorted(set(listed) - marked - (proved & answered)))


def place(sheet: Material, name: str) -> str:
    """Where a fact comes from: the claims, or the first question that is open; empty where it is no one place."""
    if name.startswith("bonus"):
        return "@bonus"
    if name == "coverage_percent":
        return next((code for code, item in sheet.items.items() if item.state in ("blank", "nd")), "")
    return ""


def _claims(sheet: Material) -> list[Mapping[str, Json]]:
    return [claim for claim in sheet.sheet.items("@bonus").values() if isinstance(claim, Mapping)]


def holds(sheet: Material, name: str, operator: str, wanted: object) -> bool:
    """Does an operator hold for a fact? A fact that is not known makes it false."""
    found = fact(sheet, name)
    if operator in COMPARISONS:
        return compare(operator, found, wanted)
    if operator == "is":
        return found is not None and found == wanted
    if operator in ("rose_by_more_than", "fell_by_more_than") and sheet.previous is not None:
        before = fact(sheet.previous, name)
        if found is None or before is None:
            return False
        return compare("above", found - before if operator.startswith("rose") else before - found, wanted)
    return False

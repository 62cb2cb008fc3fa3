"""Answers and scores of a document as two flat tables, the same for CSV, XLSX and Parquet.

`answers` has a row per item and column that holds an answer; `scores` a row per item and node. Names of columns and
words of states never change with the language; titles of items do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assess.answers import ANSWER_COLUMNS, Answer, Sheet
from assess.framework.model import ROOT, Framework
from assess.measure.result import Scores

Kind = Literal["text", "number", "whole"]
Cell = str | float | int | None

UNIT: dict[str, Kind] = {"unit": "text", "unit_code": "text", "tier": "text", "year": "whole", "mode": "text"}
ANSWERS: dict[str, Kind] = UNIT | {
    "item": "text",
    "name": "text",
    "column": "text",
    "kind": "text",
    "value": "text",
    "level": "whole",
    "numerator": "text",
    "denominator": "text",
    "result": "text",
    "confirm": "text",
    "source": "text",
    "reason": "text",
    "note": "text",
    "explanation": "text",
    "evidence": "whole",
}
SCORES: dict[str, Kind] = UNIT | {
    "code": "text",
    "name": "text",
    "is_item": "whole",
    "parent": "text",
    "score": "number",
    "level": "whole",
    "state": "text",
    "column": "text",
    "weight": "number",
    "share": "number",
    "contribution": "number",
    "coverage": "number",
}


@dataclass(frozen=True, slots=True)
class Flat:
    """Columns with their kinds, and rows as long as the columns; a blank is None."""

    name: str
    columns: Mapping[str, Kind]
    rows: tuple[tuple[Cell, ...], ...]


def flat(framework: Framework, sheet: Sheet, scores: Scores, language: str = "zh") -> tuple[Flat, Flat]:
    """The two tables of one document; `framework` is the tailored one."""
    profile = sheet.profile
    unit: tuple[Cell, ...] = (profile.unit, profile.code, profile.tier, profile.year, profile.mode)
    answered = tuple(
        (*unit, *_answer(framework, sheet, code, column, answer, language))
        for code in framework.indicators
        for column in ANSWER_COLUMNS
        if (answer := sheet.answer(code, column)) is not None
    )
    scored = tuple((*unit, *row) for row in _scores(framework, scores, language))
    return Flat("answers", ANSWERS, answered), Flat("scores", SCORES, scored)


def value(answer: Answer) -> str:
    """What was answered in one cell: the level, yes or no, ticked keys parted by spaces, the number, NA or ND."""
    match answer.kind:
        case "level":
            return str(answer.level)
        case "yesno":
            return answer.choice or ""
        case "multi":
            return " ".join(answer.ticked) or "none"
        case "number":
            if answer.result is not None:
                return answer.result
            parts = (answer.numerator or "", answer.denominator or "")
            return "/".join(parts) if any(parts) else ""
        case "na":
            return "NA"
        case _:
            return "ND"


def _answer(
    framework: Framework, sheet: Sheet, code: str, column: str, answer: Answer, language: str
) -> tuple[Cell, ...]:
    own = column == "self"
    return (
        code, framework.indicators[code].name.to(language), column, answer.kind, value(answer), answer.level,
        answer.numerator, answer.denominator, answer.result, answer.confirm, answer.source or None,
        answer.reason or None, (sheet.text(code) or None) if own else None,
        (sheet.text(code, "explanation") or None) if own else None,
        len(sheet.evidence(code)) if own else None,
    )  # fmt: skip


def _scores(framework: Framework, scores: Scores, language: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for code, node in scores.nodes.items():
        parent = None if code == ROOT else framework.parent(code)
        rows.append((
            code, framework.name(code).to(language), 0, parent, node.score, None, None, None, node.weight, node.share,
            node.contribution, node.coverage,
        ))  # fmt: skip
    for code, item in scores.items.items():
        rows.append((
            code, framework.name(code).to(language), 1, framework.parent(code), item.score, item.level, item.state,
            item.column, item.weight, item.share, item.contribution, None,
        ))  # fmt: skip
    return rows

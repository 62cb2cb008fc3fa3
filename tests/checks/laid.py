"""A sheet laid open for tests: answers in, and the question whether a condition holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.answers import Answer, Profile, Sheet
from assess.checks.conditions import holds
from assess.checks.material import Material
from assess.framework.read import builtin
from assess.measure.score import score

CITY = Profile("示例·衡川市", year=2026, base_date="2026-06-30")
Cells = Mapping[tuple[str, str], Any]


def sheet(answers: Mapping[str, Answer] | None = None, cells: Cells | None = None, **profile: Any) -> Sheet:
    from dataclasses import replace

    made = Sheet.of(replace(CITY, **profile) if profile else CITY, answers)
    return made.with_cells(cells or {})


def laid(one: Sheet, previous: Sheet | None = None, **facts: float) -> Material:
    framework = builtin()
    old = Material(framework, previous, score(framework, previous)) if previous is not None else None
    return Material(framework, one, score(framework, one), previous=old, extra=facts)


def true(condition: Mapping[str, object], one: Sheet, previous: Sheet | None = None, **facts: float) -> bool:
    """Does a condition hold on a sheet?"""
    return holds(laid(one, previous, **facts), condition)


def about(code: str, one: Sheet, previous: Sheet | None = None, /, **operators: object) -> bool:
    """Do operators hold for one item?"""
    return true({"indicator": code, **operators}, one, previous)


def number(
    numerator: str | None = None, denominator: str | None = None, result: str | None = None, **rest: Any
) -> Answer:
    return Answer.of_number(numerator, denominator, result, **rest)


def piece(name: str = "方案", **fields: Any) -> dict[str, Any]:
    return {"name": name, **fields}

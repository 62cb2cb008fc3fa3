"""Answers collected with the XLSForm: a table of submissions, one row each, back into cells.

CSV and XLSX exports of ODK Central and KoboToolbox are understood with XML values: names with or without their groups,
several choices in one cell or a column each. What does not fit is named with its cell and left out; the rest is taken.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from assess.answers import Answer, Cell, Evidence, Json
from assess.exchange.grid import Grid, read
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.interchange import xlsform as form
from assess.language import Message, say
from assess.measure.scales import clean
from assess.problems import Finding, Problem

TRUE = {"1", "1.0", "true", "yes"}


@dataclass(slots=True)
class Submission:
    """One row: who sent it, the cells of its answers, and what was left out."""

    place: str
    unit: str = ""
    filler: str = ""
    framework: str = ""
    cells: dict[Cell, Json] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def submissions(path: Path, framework: Framework) -> tuple[Submission, ...]:
    """The submissions of a table. Raises Problem xlsform.headings where it holds no item of the framework."""
    grid = read(path)[0]
    head = next((row for row in range(len(grid.rows)) if any(grid.text(row, c) for c in range(len(grid.rows[row])))), 0)
    columns = _columns(grid, head)
    known = form.names(framework)
    wanted = {name + part for name in known.values() for part in ("", form.STATE)}
    if not wanted & set(columns):
        raise Problem(
            "xlsform.headings",
            say("{name} has no column of an item of this framework.", name=path.name),
            say("Export the submissions with XML values (not labels) as CSV or XLSX, and choose the framework they "
                "were collected with."),
        )  # fmt: skip
    filled = [
        row
        for row in range(head + 1, len(grid.rows))
        if any(grid.text(row, column) for column in range(len(grid.rows[row])))
    ]
    return tuple(_Reader(grid, row, columns, framework, known).take() for row in filled)


def _columns(grid: Grid, head: int) -> dict[str, int]:
    """Name -> column. Groups before the name are dropped; `name/choice` of a split question keeps its choice."""
    out: dict[str, int] = {}
    for column in range(len(grid.rows[head])):
        title = grid.text(head, column).strip()
        if not title:
            continue
        parts = [part for part in re.split(r"[/\-:]", title) if part]
        if not parts:
            continue
        out.setdefault(parts[-1], column)
        if len(parts) > 1:
            out.setdefault("/".join(parts[-2:]), column)
    return out


@dataclass(slots=True)
class _Reader:
    grid: Grid
    row: int
    columns: dict[str, int]
    framework: Framework
    known: dict[str, str]

    def text(self, name: str) -> str:
        column = self.columns.get(name)
        return "" if column is None else self.grid.text(self.row, column).strip()

    def take(self) -> Submission:
        found = Submission(
            self.grid.place(self.row, 0), self.text(form.UNIT), self.text(form.FILLER), self.text(form.FRAMEWORK)
        )
        for code, name in self.known.items():
            item = self.framework.indicators[code]
            try:
                answer = self.answer(item, name)
            except Problem as problem:
                column = self.columns.get(name, self.columns.get(name + form.STATE, 0))
                found.findings.append(
                    Finding("error", problem.code, self.grid.place(self.row, column), code, problem.text, problem.hint)
                )
                continue
            if answer is None:
                continue
            found.cells[code, "self"] = answer.to_json()
            note = self.text(name + form.NOTE)
            if note:
                found.cells[code, "note"] = note
            for line in self.text(name + form.EVIDENCE).splitlines():
                words = line.strip()
                if words:
                    key = hashlib.sha256(f"{code}\n{words}".encode()).hexdigest()[:12]
                    found.cells[code, f"evidence/{key}"] = Evidence(key, words).to_json()
        return found

    def answer(self, item: Indicator, name: str) -> Answer | None:
        reason = self.text(name + form.REASON)
        match item.kind:
            case "number":
                return self.number(item, name, reason)
            case "multi":
                ticked = self.ticked(item, name)
                if ticked is None:
                    return None
                if form.NA in ticked or form.ND in ticked:
                    return _left_out(form.NA if form.NA in ticked else form.ND, reason, alone=len(ticked) == 1)
                keys = ticked - {form.NONE}
                odd = sorted(keys - {option.key for option in item.options})
                if odd or (form.NONE in ticked and keys):
                    raise _odd(" ".join(odd or sorted(ticked)))
                return Answer.of_ticks(keys)
            case _:
                given = self.text(name)
                if not given:
                    return None
                if given in (form.NA, form.ND):
                    return _left_out(given, reason)
                if item.kind == "yesno":
                    if given == "yes":
                        return Answer.of_choice("yes")
                    if given == "no":
                        return Answer.of_choice("no")
                    raise _odd(given)
                level = given.removesuffix(".0")
                if level not in {str(step.level) for step in item.levels}:
                    raise _odd(given)
                return Answer.of_level(int(level))

    def ticked(self, item: Indicator, name: str) -> set[str] | None:
        """Choices in one cell, or a column each; None for a question left blank."""
        whole = self.text(name)
        if whole:
            return set(whole.split())
        keys = [*(option.key for option in item.options), form.NONE, form.NA, form.ND]
        split = [key for key in keys if f"{name}/{key}" in self.columns]
        chosen = {key for key in split if self.text(f"{name}/{key}").lower() in TRUE}
        return chosen or None

    def number(self, item: Indicator, name: str, reason: str) -> Answer | None:
        state = self.text(name + form.STATE)
        parts = [self.text(name + part) for part in (form.NUMERATOR, form.DENOMINATOR, form.RESULT)]
        if state in (form.NA, form.ND):
            return _left_out(state, reason, alone=not any(parts))
        if not any(parts):
            return None
        numerator, denominator, result = (clean(part) if part else None for part in parts)
        if result is not None and (numerator is not None or denominator is not None):
            result = None  # the parts are what the result is made of
        confirm = self.text(name + form.CONFIRM)
        return Answer.of_number(
            numerator,
            denominator,
            result,
            confirm if confirm in ("yes", "no") else None,  # type: ignore[arg-type]
            self.text(name + form.SOURCE),
        )


def _left_out(state: str, reason: str, *, alone: bool = True) -> Answer:
    if not alone:
        raise _odd(state)
    return Answer.not_applicable(reason) if state == form.NA else Answer.no_data(reason)


def _odd(value: str) -> Problem:
    text: Message = say("“{value}” is no answer to this question.", value=value[:40])
    return Problem("xlsform.value", text, say("Export with XML values, or mend the cell."))

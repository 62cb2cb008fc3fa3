"""Answers typed into a table, row by row: good rows become cells, each bad row a finding with its cell and remedy.

A row is taken whole or not at all. Nothing is written here: the caller hands `cells` to one operation of the document,
so that a table lands in one transaction.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from assess.answers import Answer, Cell, Evidence, Json
from assess.exchange import headings
from assess.exchange.grid import Grid, read
from assess.exchange.typed import Typed, parse
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Message, say
from assess.problems import Finding, Problem, Severity


@dataclass(slots=True)
class AnswerTable:
    """What a table gave: cells to set, the items that landed, and findings (errors: row refused; warnings: taken)."""

    cells: dict[Cell, Json] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    blank: int = 0

    @property
    def refused(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def answers(path: Path, framework: Framework, column: str = "self") -> AnswerTable:
    """Read every sheet of `path` that has a column of item codes. Raises Problem when no sheet has one."""
    grids = read(path)
    table = AnswerTable()
    seen: dict[str, str] = {}
    found = False
    for grid in grids:
        head = headings.find(grid)
        if head is None:
            continue
        found = True
        for row in range(head[0] + 1, len(grid.rows)):
            _Row(grid, row, head[1], framework, column, table, seen).take()
    if not found:
        raise Problem(
            "table.headings",
            say("{name} has no row of headings with an item code and an answer.", name=path.name),
            say("One row must name the columns, for example 编号 and 作答 (code and answer); then save and try again."),
        )
    return table


@dataclass(slots=True)
class _Row:
    grid: Grid
    row: int
    roles: dict[str, int]
    framework: Framework
    column: str
    table: AnswerTable
    seen: dict[str, str]

    def text(self, role: str) -> str:
        return self.grid.text(self.row, self.roles.get(role))

    def place(self, role: str) -> str:
        return self.grid.place(self.row, self.roles.get(role, self.roles["code"]))

    def report(
        self, severity: Severity, code: str, role: str, subject: str, text: Message, hint: Message | None = None
    ) -> None:
        self.table.findings.append(Finding(severity, code, self.place(role), subject, text, hint))

    def take(self) -> None:
        typed_code = self.text("code")
        given = any(self.text(role) for role in (*headings.ANSWERING, "reason"))
        if not typed_code:
            if given:
                self.report(
                    "error", "table.code-missing", "code", "", say("An answer stands here without an item code."),
                    say("Write the code of the item into this cell."),
                )  # fmt: skip
            return
        item = self.find_item(typed_code, given)
        if item is None:
            return
        extras = self.extras(item)
        if not given:
            self.table.blank += 1
            self.table.cells.update(extras)
            return
        if item.code in self.seen:
            self.report(
                "error", "table.twice", "code", item.code,
                say("{code} already stands at {place}; this row was not taken.", code=item.code,
                    place=self.seen[item.code]),
                say("Keep one of the two rows."),
            )  # fmt: skip
            return
        cell = (self.row, self.roles["answer"]) if "answer" in self.roles else None
        typed = Typed(
            answer=self.text("answer"),
            numerator=self.text("numerator"),
            denominator=self.text("denominator"),
            confirm=self.text("confirm"),
            source=self.text("source"),
            reason=self.text("reason"),
            percent_cell=cell in self.grid.percent if cell else False,
            number_cell=isinstance(self.grid.value(*cell), float) if cell else False,
        )
        answer = self.parsed(item, typed)
        if answer is None:
            return
        self.seen[item.code] = self.place("code")
        self.table.items.append(item.code)
        self.table.cells[(item.code, self.column)] = answer.to_json()
        self.table.cells.update(extras)

    def parsed(self, item: Indicator, typed: Typed) -> Answer | None:
        try:
            answer, doubts = parse(item, typed)
        except Problem as problem:
            role = getattr(problem, "field", "answer")
            self.report("error", problem.code, role if role in self.roles else "code", item.code, problem.text,
                        problem.hint)  # fmt: skip
            return None
        for doubt in doubts:
            self.report("warning", doubt.code, "answer" if "answer" in self.roles else "numerator", item.code,
                        doubt.text, doubt.hint)  # fmt: skip
        return answer

    def find_item(self, typed: str, given: bool) -> Indicator | None:
        text = unicodedata.normalize("NFKC", typed).strip()
        codes = {code.upper(): code for code in self.framework.indicators}
        candidate = codes.get(re.sub(r"\s+", "", text).upper())
        if candidate is None:
            head = re.match(r"[A-Za-z][A-Za-z0-9_]*(?:\s*\.\s*\d+)*", text)
            candidate = codes.get(re.sub(r"\s+", "", head.group()).upper()) if head else None
        if candidate is not None:
            return self.framework.indicators[candidate]
        looks_like_code = re.fullmatch(r"[A-Za-z]{1,12}[\s.]*\d[\d.\s]*", text) is not None
        if not given and not looks_like_code:
            return None
        near = difflib.get_close_matches(text.upper(), list(codes), n=1, cutoff=0.5)
        hint = (
            say("Is {near} meant? Correct the code and read the table again.", near=codes[near[0]])
            if near
            else say("Use a code of this framework; the rows of this code were left out.")
        )
        self.report("error", "table.code-unknown", "code", text[:40],
                    say("The framework has no item {code}.", code=text[:40]), hint)  # fmt: skip
        return None

    def extras(self, item: Indicator) -> dict[Cell, Json]:
        """Note and evidence of the row; the evidence's id is drawn from its words, so reading twice adds it once."""
        out: dict[Cell, Json] = {}
        if note := self.text("note"):
            out[(item.code, "note")] = note
        if name := self.text("evidence"):
            number = self.text("evidence_number")
            mark = hashlib.sha256(f"{item.code}\n{name}\n{number}".encode()).hexdigest()[:16]
            piece = Evidence(
                mark, name, number=number, date=self.text("evidence_date"), place=self.text("evidence_place")
            )
            out[(item.code, f"evidence/{mark}")] = piece.to_json()
        return out

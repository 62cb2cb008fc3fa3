"""Why a number is what it is (R8): total → dimension → sub → item → answer → evidence → clause, as data.

Every line carries its unrounded value and the terms it is made of, so that anyone can add the lines up again: `again`
does, in the order of the kernel, and gives the very score. Screen, report and `zhiheng score --trace` show this tree.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assess.answers import Json
from assess.framework.model import ROOT, Aggregation, Framework
from assess.language import Message, Words, plain, say
from assess.measure.combine import NO_LIMITS, Limits

How = Aggregation | Literal["blend", "difference", "given"]
Kind = Literal["total", "node", "item", "answer", "other_column", "rule", "evidence", "clause", "points", "red_line"]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a line: `weight` × `score` (÷ `top` for points), in the order of the sum. `share` is the weight in
    force as a part of 1."""

    code: str
    weight: float
    score: float
    share: float = 0.0
    top: float = 100.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about (`code`, `label`), the formula with the values in it, the value itself, its terms.

    `rules` are scoring rules by number ("rule:R4"), `column` the answer column used, `cap` what lowered the value,
    `clauses` ids of clauses. `floor`, `mark` (the pass mark) and `limits` belong to the node; `scale` puts a mean on
    the maximum of the total.
    """

    kind: Kind
    code: str
    label: Words | Message
    formula: Message | None = None
    value: float | None = None
    how: How = "given"
    terms: tuple[Term, ...] = ()
    floor: float = 0.0
    mark: float = 100.0
    limits: Limits = NO_LIMITS
    scale: float = 1.0
    rules: tuple[str, ...] = ()
    column: str | None = None
    cap: Message | None = None
    clauses: tuple[str, ...] = ()
    children: tuple[Line, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Line]]:
        """This line and all below it, with their depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def text(self, language: str) -> str:
        label = str(plain(self.label, language))
        return label if self.formula is None else f"{label}  {self.formula.render(language)}"

    def to_json(self, language: str) -> dict[str, Json]:
        """Texts in one language, numbers unrounded, children nested."""
        return {
            "kind": self.kind,
            "code": self.code,
            "label": str(plain(self.label, language)),
            "formula": self.formula.render(language) if self.formula else None,
            "value": self.value,
            "how": self.how,
            "terms": [
                {"code": term.code, "weight": term.weight, "score": term.score, "share": term.share}
                for term in self.terms
            ],
            "rules": list(self.rules),
            "column": self.column,
            "cap": self.cap.render(language) if self.cap else None,
            "clauses": list(self.clauses),
            "children": [child.to_json(language) for child in self.children],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """The trace of one number: the path down to it and the tree below it."""

    code: str
    path: tuple[tuple[str, Words, float | None], ...]
    root: Line

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule used, in order of number."""
        return tuple(sorted({rule for _, line in self.root.walk() for rule in line.rules}))

    def lines(self, language: str) -> tuple[str, ...]:
        """The tree as indented text, and the rules used at the end."""
        body = tuple("  " * depth + line.text(language) for depth, line in self.root.walk())
        used = tuple(rule.removeprefix("rule:") for rule in self.rules)
        return (*body, say("Scoring rules used: {rules}", rules=used).render(language))

    def to_json(self, language: str) -> dict[str, Json]:
        return {
            "code": self.code,
            "path": [{"code": code, "name": name.to(language), "value": value} for code, name, value in self.path],
            "rules": list(self.rules),
            "trace": self.root.to_json(language),
        }


def again(line: Line) -> float | None:
    """The value of a line computed anew from its terms, as the kernel computes it; the value itself if it has none."""
    if line.how == "given":
        return line.value
    if not line.terms:
        return None
    if line.how not in ("weighted_mean", "geometric", "sum", "blend", "difference") or line.scale != 1.0:
        return _combined(line)
    top, base = 0.0, 0.0
    for term in line.terms:
        if line.how == "geometric":
            score = max(term.score, line.floor)
            top += term.weight * (math.log(score) if score > 0 else -math.inf)
        elif line.how == "sum":
            top += term.weight * term.score / term.top
        elif line.how == "weighted_mean" and term.top != 100.0:
            top += term.weight * term.score * (100.0 / term.top)
        else:
            top += term.weight * term.score
        base += term.weight
    match line.how:
        case "weighted_mean":
            return top / base if base else None
        case "geometric":
            return math.exp(top / base) if base else None
        case "difference":
            return min(line.terms[0].top, max(0.0, top))
        case _:
            return top


def _combined(line: Line) -> float:
    """The value through the kernel's own step, for what is no plain mean or sum. A cumulative node is taken as given:
    it looks at every item below."""
    import numpy as np

    from assess.measure.combine import Part, combine

    if line.how == "cumulative":
        assert line.value is not None
        return line.value
    parts = [
        Part(np.array([term.score * (100.0 / term.top)]), term.weight,
             np.array([term.weight * term.score * (100.0 / term.top)]))
        for term in line.terms
    ]  # fmt: skip
    known = sum(term.weight for term in line.terms)
    found = combine(line.how, parts, known, line.floor, line.mark, line.limits)  # type: ignore[arg-type]
    return float(found[0]) * line.scale


def number(framework: Framework, value: float | None) -> str:
    """A score as it is shown (R9): the framework's decimals; a dash where there is none."""
    return "—" if value is None else f"{value:.{framework.show_decimals}f}"


def percent(share: float) -> str:
    """A share as a percentage without needless decimals."""
    return f"{round(share * 100, 2):g}%"


def path_to(framework: Framework, code: str) -> tuple[str, ...]:
    """Codes from the total down to `code`; KeyError for an unknown code."""
    if code not in framework.nodes and code not in framework.indicators:
        raise KeyError(code)
    return (ROOT,) if code == ROOT else framework.path(code)

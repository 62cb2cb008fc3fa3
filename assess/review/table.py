"""The table of a review: a row for every item with its columns, difference, value taken and state. Pure.

What is blind to the person who asks is not in it (D17): the second review is nowhere but with the second reviewer until
both are there, and the second reviewer gets neither value nor opinion of the first before giving one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from assess import rights, walk
from assess.answers import Answer, Sheet
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.language import Words
from assess.measure.evidence import pieces
from assess.measure.gap import Gap, gap
from assess.measure.result import Scores
from assess.measure.route import cells_by_item
from assess.review.sampling import drawn
from assess.review.steps import LastStep, last
from assess.review.units import unit_of


@dataclass(frozen=True, slots=True)
class Row:
    """One item. `apart` is the review against the self-assessment (for the second reviewer: the own value),
    `second_apart` the second review against the first, once both may be seen.

    `taken`, `column`: the value in force and where it comes from (R7). `flagged`: to be looked at first, because the
    pair is two levels or more apart (or answered against not answered) and nothing is settled yet. `evidence` counts
    pieces; `bare`: evidence is needed and there is none. `hidden`: the first review is covered.
    """

    code: str
    name: Words
    dimension: str
    unit: Words
    own: Answer | None
    review: Answer | None
    second: Answer | None
    third: Answer | None
    taken: Answer | None
    column: str | None
    apart: Gap | None
    second_apart: Gap | None
    state: rights.State
    last: LastStep | None
    opinion: str
    explanation: str
    evidence: int
    bare: bool
    sampled: bool
    skipped: bool
    findings: int
    overdue: bool
    hidden: bool = False

    @property
    def serious(self) -> bool:
        """A pair that is two levels or more apart."""
        return self.apart is not None and self.apart.serious

    @property
    def flagged(self) -> bool:
        return self.serious and self.state in ("received", "under_review")

    @property
    def open(self) -> bool:
        """Something for the reviewing office to do."""
        return self.state in ("received", "under_review", "objection")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the items, and counts for the filters. `done` of `total` are confirmed or ruled."""

    rows: tuple[Row, ...]
    units: tuple[Words, ...] = field(default=())

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return sum(row.state in ("accepted", "ruled") for row in self.rows)

    @property
    def empty(self) -> bool:
        """Nothing has come back yet that could be reviewed."""
        return all(row.own is None for row in self.rows)

    def chosen(self, which: str, unit: str = "") -> tuple[Row, ...]:
        """The rows of a filter: all, open, differences, returned, sample, objections; `unit` limits them to one."""
        return tuple(row for row in self.rows if _shown(row, which) and (not unit or row.unit.to("zh") == unit))

    def count(self, which: str, unit: str = "") -> int:
        return len(self.chosen(which, unit))


FILTERS = ("all", "open", "differences", "returned", "sample", "objections")


def _shown(row: Row, which: str) -> bool:
    match which:
        case "open":
            return row.open
        case "differences":
            return row.serious
        case "returned":
            return row.state == "returned"
        case "sample":
            return row.sampled
        case "objections":
            return row.state == "objection"
        case _:
            return True


def table(
    framework: Framework, sheet: Sheet, scores: Scores, *, role: str, today: date, found: Iterable[Found] = ()
) -> Table:
    """The table as somebody of this role sees it. Items that are skipped and not answered are left out.

    `found` are the findings of the checks, counted at the items they speak of.
    """
    counted: dict[str, int] = {}
    for one in found:
        if one.open and one.severity != "hint":
            for code in one.codes:
                counted[code] = counted.get(code, 0) + 1
    sampled = drawn(sheet)
    held = {code: pieces(given).count for code, given in cells_by_item(sheet).items()}
    skipped = walk.skips(framework, sheet)
    homes = {code: node.code for node in framework.dimensions for code in framework.leaves(node.code)}
    rows = tuple(
        row(framework, sheet, scores, code, role=role, today=today, dimension=homes.get(code, ""), sampled=sampled,
            skipped=code in skipped, findings=counted.get(code, 0), evidence=held.get(code, 0))
        for code in walk.items(framework, sheet)
        if code not in skipped or sheet.answer(code) is not None
    )  # fmt: skip
    named = {one.unit.to("zh"): one.unit for one in rows if one.unit}
    return Table(rows, tuple(named.values()))


def renewed(
    before: Table, framework: Framework, sheet: Sheet, scores: Scores, codes: Collection[str], *, role: str, today: date
) -> Table | None:
    """The table after a change of a few items, for the same person on the same day: the other rows are kept.

    None where it must be made as a whole: something of the document itself has changed, or what sets off a skip.
    """
    known = {one.code for one in before.rows}
    if not known.issuperset(codes) or any(rule.indicator in codes for rule in framework.skip_rules):
        return None
    rows = tuple(
        row(framework, sheet, scores, one.code, role=role, today=today, dimension=one.dimension,
            sampled=(one.code,) if one.sampled else (), skipped=one.skipped, findings=one.findings)
        if one.code in codes
        else one
        for one in before.rows
    )  # fmt: skip
    return replace(before, rows=rows)


def row(
    framework: Framework, sheet: Sheet, scores: Scores, code: str, *, role: str, today: date, dimension: str = "",
    sampled: Collection[str] = (), skipped: bool = False, findings: int = 0, evidence: int | None = None,
) -> Row:  # fmt: skip
    """One row, as somebody of this role sees it."""
    tier, blind = sheet.profile.tier, role == rights.SECOND
    both = rights.disclosed(sheet.cells, code)
    own, third = sheet.answer(code), sheet.answer(code, "third_party")
    review, second = sheet.answer(code, "review"), sheet.answer(code, "review_2")
    hidden = blind and not both
    if hidden:
        review = None
    if not blind and not both:
        second = None
    column, taken = walk.in_force(framework, sheet, code)
    if hidden and column == "review":
        column, taken = ("self", own) if own is not None else (None, None)
    score = scores.items.get(code)
    step = last(sheet, code)
    return Row(
        code=code,
        name=framework.indicators[code].name,
        dimension=dimension,
        unit=unit_of(framework, sheet, code),
        own=own,
        review=review,
        second=second,
        third=third,
        taken=taken,
        column=column,
        apart=gap(framework, code, own, second if blind else review, tier),
        second_apart=gap(framework, code, review, second, tier) if both else None,
        state=rights.state(sheet.cells, code),
        last=None if hidden else step,
        opinion=sheet.text(code, "opinion_2" if blind else "opinion"),
        explanation=sheet.text(code, "explanation"),
        evidence=len(sheet.evidence(code)) if evidence is None else evidence,
        bare=bool(score is not None and score.needs_evidence and score.evidence_count == 0),
        sampled=code in sampled,
        skipped=skipped,
        findings=findings,
        overdue=step is not None and step.overdue(today),
        hidden=hidden,
    )

"""The sheet of a unit: problem – basis – what to do, one line for each item that is returned or was rated lower.

A value in final sentences; `correction_book.py` writes it for Excel and WPS, `reports.papers.correction` for Word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assess import rights, walk
from assess.answers import Answer, Sheet
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.measure.gap import Gap, gap
from assess.measure.result import Scores
from assess.measure.scales import figure, value
from assess.review.steps import last
from assess.review.units import units

Scope = Literal["returned", "lowered", "both"]


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `problem`, `basis` and `demand` are whole sentences; a person's own words come first.

    `own` and `review` are the answers in a few words ("level 4", "85.3 %"). `deadline` None: none was set.
    """

    number: int
    code: str
    name: Words
    state: rights.State
    own: Message
    review: Message
    gap: Gap | None
    problem: tuple[Message, ...]
    basis: tuple[Message, ...]
    demand: tuple[Message, ...]
    deadline: date | None
    signature: str


@dataclass(frozen=True, slots=True)
class Correction:
    """The sheet of one unit. `subject` is who is assessed; `deadline` the earliest of its lines; `issued` a date given.

    `unit` is empty where neither framework nor document names a unit.
    """

    unit: Words
    subject: str
    year: int | None
    base_date: str
    issued: date
    deadline: date | None
    lines: tuple[Line, ...]


def corrections(
    framework: Framework,
    sheet: Sheet,
    scores: Scores,
    *,
    issued: date,
    unit: str | None = None,
    scope: Scope = "returned",
) -> tuple[Correction, ...]:
    """The sheets of all units, or of one by its name, in the order of their first item; units without a line have none.

    `scope`: items returned for correction, items whose review or third-party value is lower than the self-assessment
    and settled, or both. Pure: the day is given.
    """
    out: list[Correction] = []
    for key, (words, codes) in units(framework, sheet, walk.items(framework, sheet)).items():
        if unit is not None and unit not in (key, words.to("en")):
            continue
        lines: list[Line] = []
        for code in codes:
            if _belongs(framework, sheet, code, scope):
                lines.append(_line(framework, sheet, scores, code, len(lines) + 1))
        if lines:
            days = [line.deadline for line in lines if line.deadline is not None]
            profile = sheet.profile
            out.append(
                Correction(words, profile.unit, profile.year, profile.base_date, issued, min(days, default=None),
                           tuple(lines))
            )  # fmt: skip
    return tuple(out)


def _belongs(framework: Framework, sheet: Sheet, code: str, scope: Scope) -> bool:
    now = rights.state(sheet.cells, code)
    if now == "returned":
        return scope != "lowered"
    if scope == "returned" or now not in ("accepted", "ruled"):
        return False
    apart = _gap(framework, sheet, code)
    return apart is not None and (apart.states or apart.points < 0)


def _gap(framework: Framework, sheet: Sheet, code: str) -> Gap | None:
    """The value taken against the self-assessment: third party before review (R7)."""
    _column, taken = walk.in_force(framework, sheet, code, ("third_party", "review"))
    return gap(framework, code, sheet.answer(code), taken, sheet.profile.tier)


def _line(framework: Framework, sheet: Sheet, scores: Scores, code: str, number: int) -> Line:
    item, own = framework.indicators[code], sheet.answer(code)
    _column, taken = walk.in_force(framework, sheet, code, ("third_party", "review"))
    step = last(sheet, code)
    returned = step is not None and step.state == "returned"
    apart = _gap(framework, sheet, code)
    score = scores.items.get(code)
    bare = score is not None and score.needs_evidence and score.evidence_count == 0
    written = (step.reason if step is not None and returned else "") or sheet.text(code, "opinion")
    return Line(
        number=number,
        code=code,
        name=item.name,
        state=rights.state(sheet.cells, code),
        own=brief(item, own),
        review=brief(item, taken),
        gap=apart,
        problem=_problem(item, own, taken, apart, bare=bare, written=written.strip()),
        basis=_basis(item, own, taken),
        demand=_demand(own, apart, bare=bare, written=step.demand if step is not None and returned else ""),
        deadline=step.deadline if step is not None and returned else None,
        signature=step.signature if step is not None else "",
    )


def _problem(
    item: Indicator, own: Answer | None, taken: Answer | None, apart: Gap | None, *, bare: bool, written: str
) -> tuple[Message, ...]:
    out = [say("{reason}", reason=written)] if written else []
    if own is None:
        out.append(say("The item has not been answered."))
    elif apart is not None and not apart.none:
        out.append(
            say("Self-assessment {own}, review {review}: {levels} levels apart.", own=brief(item, own),
                review=brief(item, taken), levels=abs(apart.levels))
            if abs(apart.levels) != 1 and not apart.states
            else say("Self-assessment {own}, review {review}.", own=brief(item, own), review=brief(item, taken))
        )  # fmt: skip
    if bare:
        out.append(say("No evidence is registered for it."))
    return tuple(out) or (say("To be looked at again by the unit."),)


def _basis(item: Indicator, own: Answer | None, taken: Answer | None) -> tuple[Message, ...]:
    out: list[Message] = []
    for answer in (own, taken):
        if answer is not None and answer.kind == "level":
            words = next((step.words for step in item.levels if step.level == answer.level), None)
            line = say("Level {level} demands: {words}", level=answer.level, words=words) if words else None
            if line is not None and line not in out:
                out.append(line)
    if item.number is not None and item.number.rule:
        out.append(say("Counting rule: {words}", words=item.number.rule))
    mandatory = tuple(option.words for option in item.options if option.required)
    if mandatory:
        out.append(say("Mandatory options: {options}", options=mandatory))
    if item.note:
        out.append(say("What counts: {words}", words=item.note))
    if item.evidence:
        out.append(say("Evidence expected: {words}", words=item.evidence))
    return tuple(out) or (say("Question: {words}", words=item.question),)


def _demand(own: Answer | None, apart: Gap | None, *, bare: bool, written: str) -> tuple[Message, ...]:
    if written:
        return (say("{reason}", reason=written),)
    if own is None:
        return (say("Answer the item and hand it in."),)
    out = []
    if bare:
        out.append(say("Register the evidence by name, number, date and place, or answer what can be shown."))
    if apart is not None and not apart.none:
        out.append(
            say("Compare the answer with the description of its level; correct it, or explain it with evidence.")
        )
    return tuple(out) or (say("Check the answer, correct or explain it, and hand it in again."),)


def brief(item: Indicator, answer: Answer | None) -> Message:
    """An answer in a few words for a cell of a table."""
    if answer is None:
        return say("—")
    match answer.kind:
        case "na":
            return say("not applicable")
        case "nd":
            return say("no data")
        case "level":
            return say("level {level}", level=answer.level)
        case "yesno":
            return say("yes") if answer.choice == "yes" else say("no")
        case "multi":
            return say("{count} of {total} ticked", count=len(answer.ticked), total=len(item.options))
    x = value(item, answer).x
    if item.number is None or x is None:
        return say("—")
    return say("{value} {unit}", value=figure(round(x, item.number.decimals)), unit=item.number.unit)

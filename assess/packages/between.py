"""What stands out between units of one round: copied notes, equal figures, shared evidence (rules X01 to X06).

Each county or township is held against the others of its level, and every finding names the units it is about. For
whoever organizes the round: a unit itself never learns the other's name.
"""

from __future__ import annotations

from dataclasses import dataclass

from assess.answers import Sheet
from assess.assessment import Assessment
from assess.checks.around import Around
from assess.checks.evaluate import findings
from assess.checks.result import Found
from assess.framework.model import Framework
from assess.packages import members
from assess.packages.recipients import Recipient
from assess.packages.rounds import everybody
from assess.problems import Problem

SCOPE = "across_cities"


@dataclass(frozen=True, slots=True)
class Between:
    """One finding of a unit, with the units it shares it with; none where it is about all of them together."""

    unit: Recipient
    others: tuple[Recipient, ...]
    found: Found


def between(document: Assessment) -> tuple[Between, ...]:
    """Every finding between lower units of one level, in the order of the units. A unit that cannot be read is left
    out; the overview says why."""
    sheets: dict[str, tuple[Recipient, Framework, Sheet]] = {}
    for one in everybody(document):
        if one.own and members.exists(document, one):
            try:
                with members.opened(document, one, read_only=True) as member:
                    sheets[one.key] = (one, member.framework, member.sheet)
            except Problem:
                continue
    out: list[Between] = []
    for key, (unit, framework, sheet) in sheets.items():
        alike = {
            other: (recipient, beside)
            for other, (recipient, _, beside) in sheets.items()
            if other != key and recipient.kind == unit.kind
        }
        if not alike:
            continue
        told = _across(framework, sheet, tuple(beside for _, beside in alike.values()))
        shared: dict[tuple[str, tuple[str, ...]], list[Recipient]] = {}
        if told:
            for recipient, beside in alike.values():
                for found in _across(framework, sheet, (beside,)):
                    shared.setdefault((found.rule, found.codes), []).append(recipient)
        out += [Between(unit, tuple(shared.get((found.rule, found.codes), ())), found) for found in told]
    return tuple(out)


def _across(framework: Framework, sheet: Sheet, others: tuple[Sheet, ...]) -> list[Found]:
    rules = framework.checks
    found = findings(framework, sheet, around=Around(others=others))
    return [one for one in found if one.rule in rules and rules[one.rule].scope == SCOPE]

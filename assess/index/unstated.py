"""What a framework rules and a table does not state: said in words with every result, never silently left out."""

from __future__ import annotations

from collections.abc import Iterator

from assess.framework.model import Framework
from assess.index.data import NOT_APPLICABLE, Data
from assess.index.matters import Lines
from assess.language import Message, say
from assess.problems import Finding


def unstated(framework: Framework, data: Data, mode: str, lines: Lines) -> tuple[Finding, ...]:
    """One hint for each rule that this table gives nothing to judge by."""
    return tuple(
        Finding("hint", f"index.unstated-{code}", "", code, text, hint)
        for code, text, hint in _each(framework, data, mode, lines)
    )


def _each(framework: Framework, data: Data, mode: str, lines: Lines) -> Iterator[tuple[str, Message, Message | None]]:
    chosen = framework.modes[mode]
    for key, rules in (("deduction", framework.deductions), ("bonus", framework.bonus)):
        lacking = tuple(one.id for one in rules.items if f"{key}.{one.id}" not in data.columns)
        if lacking and key == "deduction":
            yield (
                "deductions",
                say("The table states no points for the deductions {ids}; none are taken off.", ids=lacking),
                say("Add columns deduction.{id} with the points.", id=lacking[0]),
            )
        elif lacking:
            yield (
                "bonus",
                say("The table states no points for the bonus {ids}; none are added.", ids=lacking),
                say("Add columns bonus.{id} with the points.", id=lacking[0]),
            )
    flagged = tuple(
        line.id
        for line in framework.red_lines
        if chosen.key in line.modes
        and f"red_line.{line.id}" not in data.columns
        and any(trigger.flag for trigger in line.triggers)
    )
    if flagged:
        yield (
            "red-lines",
            say("The table does not state the red lines {ids}; they are taken as not raised.", ids=flagged),
            say("Add columns red_line.{id} with yes or no.", id=flagged[0]),
        )
    for name, count in lines.awaiting.items():
        yield (
            "red-line-review",
            say("Red line {id} is set off in {count} units and awaits the review; it has no effect yet.", id=name,
                count=count),
            say("Say yes or no in a column red_line.{id}.", id=name),
        )  # fmt: skip
    if framework.deductions.no_double and lines.in_force and any(key.startswith("deduction.") for key in data.columns):
        yield (
            "no-double",
            say("A table does not say which deduction and which red line are one matter; both count."),
            say("Leave out the points of matters that set off a red line."),
        )
    proofs = [code for code in framework.indicators if f"evidence.{code}" in data.columns]
    if framework.evidence is not None and len(proofs) < len(framework.indicators):
        missing = len(framework.indicators) - len(proofs)
        if chosen.evidence_caps:
            yield (
                "evidence",
                say("The table does not state the evidence of {count} items; no score is capped for want of it.",
                    count=missing),
                say("Add columns evidence.CODE with yes or no."),
            )  # fmt: skip
        if any(gate.type == "evidence_rate" for stage in framework.stages for gate in stage.gates):
            yield (
                "evidence-gates",
                say("Gates on the rate of evidence are not judged, as the table does not state all evidence."),
                None,
            )
    if "reviewed" not in data.columns and any(
        gate.type == "reviewed" for stage in framework.stages for gate in stage.gates
    ):
        yield (
            "review",
            say("Gates on the review are not judged, as the table does not say who was reviewed."),
            say("Add a column “reviewed” with yes or no."),
        )
    rule = chosen.states.get("NA")
    if rule is not None and rule.requires_approval and (data.states == NOT_APPLICABLE).any():
        yield (
            "approval",
            say("“Not applicable” is taken as approved; a table holds no approvals."),
            None,
        )
    asked = sum(
        item.number is not None and item.number.confirmation is not None for item in framework.indicators.values()
    )
    if asked:
        yield (
            "confirmation",
            say("The further confirmations of {count} items are taken as given; a table holds none.", count=asked),
            None,
        )
    if framework.county_blend is not None:
        yield "counties", say("Counties are not blended into their cities; a table holds no county documents."), None

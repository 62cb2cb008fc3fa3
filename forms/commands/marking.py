"""`mark`: bonus, deductions, red lines, consent to "not applicable" and the mark of the review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from assess.assessment import Assessment
from assess.framework.scoring_rules import PointRules
from assess.language import say
from assess.measure.matters import Matters, matters, reviewers_only
from assess.measure.result import Scores
from assess.measure.score import score
from assess.problems import Problem
from forms.commands.run import Run

STATES = ("raised", "confirmed", "cleared")
NAMES = {
    "clear": say("not raised"),
    "awaiting": say("awaiting confirmation"),
    "in_force": say("now in force"),
    "indicative": say("in force, for reference"),
    "cleared": say("cleared"),
}
Step = Callable[[], object]


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--red-line", "red_line", default=None, help="A red line of the framework, for example R1.")
@click.option("--state", type=click.Choice(STATES), default=None, help="What is to become of the red line.")
@click.option("--reason", default="", help="Why; a red line needs one.")
@click.option("--bonus", default=None, help="A bonus of the framework, for example B1.")
@click.option("--deduction", default=None, help="A deduction of the framework, for example D1.")
@click.option("--matter", default="", help="What the bonus or deduction is about.")
@click.option("--document", "paper", default="", help="Name and number of the document that proves a bonus.")
@click.option("--points", type=float, default=None, help="Points of a deduction: 1 one level up, 2 above that.")
@click.option("--same-as", default="", help="The red line the same matter has set off; nothing is deducted twice.")
@click.option("--confirmed", is_flag=True, help="The deduction is confirmed (reviewers).")
@click.option("--approve-na", "approve", multiple=True, help="Agree to “not applicable” of an item (reviewers).")
@click.option(
    "--reviewed/--not-reviewed", default=None, help="Mark the document as reviewed, or no longer (reviewers)."
)
@click.option("--role", type=click.Choice(["filler", "reviewer"]), default="filler", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def mark(run: Run, /, document: Path, role: str, as_json: bool, **given: Any) -> None:
    """Enter in DOCUMENT what stands beside the answers. Everything is checked first; nothing is entered by halves."""
    with run.document(document, role=role) as opened:
        steps = _steps(opened, role, given)
        if not steps:
            raise Problem(
                "mark.nothing",
                say("Nothing to mark was named."),
                say("Use --red-line, --bonus, --deduction, --approve-na or --reviewed."),
            )
        for step in steps:
            step()
        scores = score(opened.framework, opened.sheet)
        found = matters(opened.framework, opened.sheet, scores)
    if as_json:
        run.json(_json(found, scores, run.language))
    else:
        _tell(run, found, scores, given)


def _steps(opened: Assessment, role: str, given: dict[str, Any]) -> list[Step]:
    """The operations asked for, each checked; a Problem where one may not be done."""
    steps: list[Step] = []
    found = matters(opened.framework, opened.sheet, score(opened.framework, opened.sheet))
    if not found.points and (given["bonus"] is not None or given["deduction"] is not None):
        raise Problem(
            "mark.no-points",
            say("This document has no bonus and no deductions."),
            say("They are entered in the document of the city or county, if its framework has them."),
        )
    if given["red_line"] is not None:
        steps.append(_red_line(opened, role, given["red_line"], given["state"], given["reason"].strip()))
    if given["bonus"] is not None:
        rules = opened.framework.bonus
        item, matter = _known(rules, given["bonus"]), _matter(given["matter"])
        steps.append(lambda: opened.claim_bonus(item, matter, given["paper"].strip()))
    if given["deduction"] is not None:
        steps.append(_deduction(opened, role, given))
    steps += [_approval(opened, role, code, found) for code in given["approve"]]
    if given["reviewed"] is not None:
        _reviewer(role)
        if found.review is None:
            raise Problem(
                "mark.no-review",
                say("This document cannot be marked as reviewed."),
                say("Only a whole assessment of a city or county that gives a stage can."),
            )
        steps.append(lambda: opened.mark_reviewed(given["reviewed"]))
    return steps


def _red_line(opened: Assessment, role: str, id: str, state: str | None, reason: str) -> Step:  # noqa: A002
    mode = opened.framework.modes[opened.profile.mode]
    lines = {line.id: line for line in opened.framework.red_lines if mode.key in line.modes}
    if id not in lines:
        raise Problem(
            "mark.unknown",
            say("There is no red line {id} in this kind of assessment.", id=id),
            say("There are: {ids}.", ids=tuple(lines)),
        )
    if state is None:
        raise Problem(
            "mark.no-state",
            say("What is to become of red line {id} is not said.", id=id),
            say("Use --state raised, confirmed or cleared."),
        )
    if not reason:
        raise Problem("mark.no-reason", say("A red line needs a reason."), say("Give it with --reason."))
    if state != "raised":
        _reviewer(role)
    return lambda: opened.red_line(id, state, reason)


def _deduction(opened: Assessment, role: str, given: dict[str, Any]) -> Step:
    rules = opened.framework.deductions
    item, matter = _known(rules, given["deduction"]), _matter(given["matter"])
    allowed = next(rule.points for rule in rules.items if rule.id == item)
    if given["points"] not in allowed:
        raise Problem(
            "mark.points",
            say("The points of {id} are {points}.", id=item, points=tuple(f"{one:g}" for one in allowed)),
            say("Give one of them with --points."),
        )
    if given["same_as"] and given["same_as"] not in rules.no_double:
        raise Problem(
            "mark.same-as",
            say("Red line {id} does not stand in for a deduction.", id=given["same_as"]),
            say("There are: {ids}.", ids=rules.no_double),
        )
    if given["confirmed"]:
        _reviewer(role)
    return lambda: opened.claim_deduction(
        item, matter, given["points"], confirmed=given["confirmed"], redline=given["same_as"]
    )


def _approval(opened: Assessment, role: str, code: str, found: Matters) -> Step:
    _reviewer(role)
    claim = next((one for one in found.na if one.code == code), None)
    if claim is None:
        raise Problem(
            "mark.no-claim",
            say("{code} has no “not applicable” that waits for consent.", code=code),
            say("There are: {ids}.", ids=tuple(one.code for one in found.na) or "–"),
        )
    if claim.state == "no_reason":
        raise Problem(
            "mark.na-reason",
            say("“Not applicable” of {code} has no reason yet.", code=code),
            say("The unit writes the reason first; then the review can agree."),
        )
    return lambda: opened.approve_na(code, True)


def _known(rules: PointRules, id: str) -> str:  # noqa: A002
    ids = tuple(item.id for item in rules.items)
    if id not in ids:
        raise Problem(
            "mark.unknown",
            say("The framework has no {id} among its bonus and deductions.", id=id),
            say("There are: {ids}.", ids=ids or "–"),
        )
    return id


def _matter(text: str) -> str:
    if not text.strip():
        raise Problem("mark.no-matter", say("What it is about is not said."), say("Give it with --matter."))
    return text.strip()


def _reviewer(role: str) -> None:
    problem = reviewers_only(role)
    if problem is not None:
        raise Problem(problem.code, problem.text, say("Add --role reviewer, or leave it to the reviewing office."))


def _tell(run: Run, found: Matters, scores: Scores, given: dict[str, Any]) -> None:
    for line in found.lines:
        if line.red_line.id == given["red_line"] or line.state != "clear":
            run.say(say("Red line {id}: {state}.", id=line.red_line.id, state=NAMES[line.state]))
    for claim in (*found.bonus, *found.deductions):
        if claim.counted:
            run.say(say("{id} {matter}: counts.", id=claim.item, matter=_line(claim.matter)))
        elif claim.why_not is not None:
            run.say(
                say("{id} {matter}: does not count. {reason}", id=claim.item, matter=_line(claim.matter),
                    reason=claim.why_not)
            )  # fmt: skip
    for one in found.na:
        if one.code in given["approve"]:
            run.say(say("{code}: “not applicable” is agreed to.", code=one.code))
    if found.review is not None and given["reviewed"] is not None:
        run.say(say("Marked as reviewed.") if found.review.marked else say("Not marked as reviewed."))
        if found.review.marked and found.review.missing:
            run.say(say("Still without a value by review or third party: {codes}.", codes=found.review.missing))
    if scores.suspended:
        run.say(say("The assessment is suspended by a red line: no total, no stage, no export."))
    else:
        run.say(
            say("Deductions {off}, bonus {on}, shown total {shown}.", off=f"{scores.deductions:g}",
                on=f"{scores.bonus:g}", shown="–" if scores.shown is None else f"{scores.shown:.1f}")
        )  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())


def _json(found: Matters, scores: Scores, language: str) -> dict[str, Any]:
    return {
        "red_lines": {line.red_line.id: line.state for line in found.lines},
        "claims": [
            {
                "id": claim.item,
                "entry": claim.cell,
                "matter": claim.matter,
                "points": claim.points,
                "counted": claim.counted,
                "reason": claim.why_not.render(language) if claim.why_not else None,
            }
            for claim in (*found.bonus, *found.deductions)
        ],
        "not_applicable": {claim.code: claim.state for claim in found.na},
        "reviewed": bool(found.review and found.review.marked),
        "without_review": list(found.review.missing) if found.review else [],
        "deductions": scores.deductions,
        "bonus": scores.bonus,
        "graded": scores.graded,
        "shown": scores.shown,
        "stage": scores.gated_stage.level if scores.gated_stage else None,
        "suspended": scores.suspended,
    }

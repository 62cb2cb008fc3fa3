"""`review`: the table of a review, its steps, batch acceptance, samples for on-site checks and correction sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from assess import rights
from assess.assessment import Assessment, Author
from assess.checks.evaluate import findings
from assess.language import plain, say
from assess.measure.score import score
from assess.problems import Problem
from assess.review import batch, books, correction, sampling, steps
from assess.review.correction import brief
from assess.review.table import FILTERS, Row, table
from forms.commands.run import Run, now

ROLES = ("filler", "reviewer", "second_reviewer", "third_party", "consultant")
Verb = Callable[..., None]


@click.group()
def review() -> None:
    """Review an assessment: what differs, and the steps from received to ruled."""


def signed(verb: Verb) -> Verb:
    """Options that say who takes a step; every step is signed."""
    options = (
        click.option("--name", default="", help="Who takes the step."),
        click.option("--unit", "office", default="", help="Unit of who takes the step."),
        click.option("--post", default="", help="Post of who takes the step."),
        click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True),
    )
    for option in reversed(options):
        verb = option(verb)
    return verb


@contextmanager
def _opened(run: Run, path: Path, given: dict[str, Any], *, read_only: bool = False) -> Iterator[Assessment]:
    with run.document(path, role=given["role"], read_only=read_only) as document:
        document.act_as(Author(given["name"], given["office"], given["post"], given["role"]))
        yield document


@review.command("table")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--only", type=click.Choice(FILTERS), default="all", show_default=True)
@click.option("--of", "unit", default="", help="Items of one unit, by its name.")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(run: Run, /, document: Path, only: str, unit: str, role: str, as_json: bool) -> None:
    """Self-assessment, review, third party, difference, value taken and state of every item of DOCUMENT."""
    with run.document(document, role=role, read_only=True) as opened:
        framework, sheet = opened.framework, opened.sheet
        found = table(framework, sheet, score(framework, sheet), role=role, today=now().astimezone().date())
        rows = [row for row in found.chosen(only) if not unit or unit in (row.unit.to("zh"), row.unit.to("en"))]
        if as_json:
            run.json({"done": found.done, "items": found.total, "rows": [_row_json(row) for row in rows]})
            return
        run.say(say("Reviewed {done}/{total}", done=found.done, total=found.total))
        for row in rows:
            item = framework.indicators[row.code]
            apart = "-" if row.apart is None else "!" if row.apart.states else f"{row.apart.levels:+d}"
            cells = [plain(brief(item, answer), run.language) for answer in (row.own, row.review, row.third, row.taken)]
            state = plain(rights.STATE_NAMES[row.state], run.language)
            click.echo("  ".join([f"{row.code:<7}", *map(str, cells), apart, str(state), row.name.to(run.language)]))


def _row_json(row: Row) -> dict[str, Any]:
    answers = {"self": row.own, "review": row.review, "review_2": row.second, "third_party": row.third}
    return {
        "code": row.code,
        "unit": row.unit.to("zh"),
        "answers": {key: answer.to_json() for key, answer in answers.items() if answer is not None},
        "taken": row.column,
        "levels_apart": None if row.apart is None or row.apart.states else row.apart.levels,
        "serious": row.serious,
        "state": row.state,
        "sampled": row.sampled,
        "overdue": row.overdue,
        "evidence": row.evidence,
    }


@review.command("step")
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("step", type=click.Choice(tuple(rights.STEPS)))
@click.argument("codes", nargs=-1, required=True)
@click.option("--reason", default="", help="Why; returns, objections, rulings and reopenings need one.")
@click.option("--demand", default="", help="What is to be corrected (returns).")
@click.option("--deadline", default="", help="The day until which, as 2026-08-01.")
@signed
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def take(run: Run, /, document: Path, step: str, codes: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Take one STEP for items of DOCUMENT, all or none, signed with name, time and reason."""
    with _opened(run, document, given) as opened:
        _known(opened, codes)
        steps.take(
            opened, codes, step, reason=given["reason"], demand=given["demand"],
            deadline=_day(given["deadline"]) or (_objections() if step == "confirm" else None),
        )  # fmt: skip
        after = {code: rights.state(opened.sheet.cells, code) for code in codes}
    if as_json:
        run.json({"states": after})
    else:
        run.say(say("{step}: {codes}.", step=rights.STEP_NAMES[step], codes=codes))


@review.command("accept")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--take-over", is_flag=True, help="Items without a review value too; the self-assessment becomes it.")
@click.option("--deadline", default="", help="The day until which one may object.")
@click.option("--dry-run", is_flag=True, help="Say what would be confirmed, change nothing.")
@signed
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def accept(
    run: Run, /, document: Path, take_over: bool, deadline: str, dry_run: bool, as_json: bool, **given: Any
) -> None:
    """Confirm in one step everything in DOCUMENT that has no difference and has evidence."""
    with _opened(run, document, given, read_only=dry_run) as opened:
        framework, sheet = opened.framework, opened.sheet
        scores = score(framework, sheet)
        found = batch.preview(
            framework, sheet, scores, found=findings(framework, sheet, scores), sampled=sampling.drawn(sheet),
            take_over=take_over,
        )  # fmt: skip
        if found.codes and not dry_run:
            opened.set_cells(batch.cells(sheet, found, until=_day(deadline) or _objections()), steps.KIND)
    if as_json:
        left = {reason: list(codes) for reason, codes in found.left.items()}
        run.json({"confirmed": list(found.codes), "taken_over": list(found.taken_over), "left": left})
        return
    if dry_run:
        run.say(say("{count} items would be confirmed.", count=len(found.codes)))
    else:
        run.say(say("{count} items are confirmed.", count=len(found.codes)))
    for reason, codes in found.left.items():
        run.say(say("Left, {reason}: {codes}.", reason=batch.REASONS[reason], codes=codes))


@review.command("sample")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--seed", required=True, help="A number nobody can have chosen.")
@click.option("--size", type=int, required=True)
@click.option("--way", type=click.Choice(tuple(sampling.WAYS)), default="risk", show_default=True)
@click.option("--strata", type=click.Choice(tuple(sampling.STRATA)), default="dimension", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="The list as a workbook (XLSX).")
@click.option("--keep", is_flag=True, help="Keep the sample in the document.")
@signed
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def sample(run: Run, /, document: Path, out: Path | None, keep: bool, as_json: bool, **given: Any) -> None:
    """Draw items of DOCUMENT for on-site checks; the same seed always gives the same items."""
    with _opened(run, document, given, read_only=not keep) as opened:
        framework, sheet = opened.framework, opened.sheet
        scores = score(framework, sheet)
        listed = sampling.candidates(
            framework, sheet, scores, found=findings(framework, sheet, scores), strata=given["strata"]
        )
        found = sampling.draw(listed, seed=given["seed"], size=given["size"], way=given["way"], strata=given["strata"])
        who = " ".join(part for part in (given["office"], given["post"], given["name"]) if part)
        found = replace(found, by=who, at=now().isoformat(timespec="seconds"))
        if keep:
            opened.set_cells(sampling.cells(sheet, found), sampling.KIND)
        if out is not None:
            books.write_sample(framework, found, out, run.language)
    if as_json:
        run.json({**found.to_json(), "list_digest": found.list_digest})
        return
    for one in found.candidates:
        if one.code in found.codes:
            factors = tuple(sampling.FACTORS[key].words for key in one.factors)
            words = f"{one.code:<7} {framework.name(one.code).to(run.language)}"
            click.echo(f"{words}  {plain(factors, run.language)}".rstrip())


@review.command("sheets")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="XLSX, DOCX or PDF.")
@click.option("--of", "unit", default=None, help="One unit only, by its name.")
@click.option("--which", type=click.Choice(["returned", "lowered", "both"]), default="returned", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def sheets(run: Run, /, document: Path, out: Path, unit: str | None, which: Any, as_json: bool) -> None:
    """Write the sheets “problem – basis – correction required” of the units of DOCUMENT."""
    with run.document(document, role="reviewer", read_only=True) as opened:
        framework, sheet = opened.framework, opened.sheet
        today = now().astimezone().date()
        found = correction.corrections(framework, sheet, score(framework, sheet), issued=today, unit=unit, scope=which)
    if out.suffix.casefold() in (".docx", ".pdf") and found:
        from reports.export import export
        from reports.papers.correction import paper

        export(paper(found, run.language, today.isoformat()), out)
    else:
        books.write_corrections(found, out, run.language)
    made = {"path": str(out), "units": [{"unit": run.words(one.unit), "items": len(one.lines)} for one in found]}
    run.told(made, say("Written: {name}", name=out.name), as_json=as_json)


def _objections() -> date:
    """Until when one may object where no day is given, the same for one item and for many."""
    return steps.objections_until(now().astimezone().date())


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    day = rights.day_of(text.strip())
    if day is None:
        raise Problem(
            "review.deadline",
            say("“{text}” is no date.", text=text[:20]),
            say("Give year, month and day, for example {day}.", day=now().date().isoformat()),
        )
    return day


def _known(opened: Assessment, codes: tuple[str, ...]) -> None:
    unknown = tuple(code for code in codes if code not in opened.framework.indicators)
    if unknown:
        raise Problem(
            "review.unknown",
            say("This document has no item {codes}.", codes=unknown),
            say("Use codes of the framework, separated by spaces."),
        )

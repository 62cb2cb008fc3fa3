"""`new`, `answer`, `show`: documents from the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.answers import Profile
from assess.assessment import Assessment, Author
from assess.exchange import answer_table, unit_table
from assess.framework.model import Framework
from assess.language import Message, say
from assess.problems import Problem
from assess.walk import progress, states
from forms.commands.run import PASSPHRASE, Run, finding_json, framework_named, now

if TYPE_CHECKING:
    from assess.earlier.last_period import Brought

TIERS = ("市", "县", "乡", "村")
FORBIDDEN = '<>:"/\\|?*\n\r\t'


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--framework", "framework_name", default="zhiheng", show_default=True, help="Code or folder.")
@click.option("--unit", default="", help="Name of the unit.")
@click.option("--code", default="", help="Administrative code.")
@click.option("--tier", type=click.Choice(TIERS), default="市", show_default=True)
@click.option("--mode", type=click.Choice(["formal", "self", "training"]), default="formal", show_default=True)
@click.option("--base-date", default="", help="ISO date that periods are counted back from.")
@click.option("--year", type=int, default=None)
@click.option("--region", default="")
@click.option("--size", default="")
@click.option("--scope", default="all", show_default=True, help="all, core, or codes with commas.")
@click.option("--counties", type=int, default=None, help="Number of counties of a city.")
@click.option("--blend-counties", is_flag=True, help="Let the counties' answers count in the city's score.")
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase (or take it from ZHIHENG_PASSPHRASE).")
@click.option("--from", "table", type=click.Path(path_type=Path), default=None, help="One document per row.")
@click.option("--last", type=click.Path(path_type=Path), default=None, help="Last period's document, brought along.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def new(
    run: Run,
    /,
    path: Path,
    framework_name: str,
    table: Path | None,
    last: Path | None,
    as_json: bool,
    encrypt: bool,
    **given: Any,
) -> None:
    """Make a document at PATH, or with --from one document per row of a table into the folder PATH."""
    if table is not None and last is not None:
        raise Problem(
            "new.last",
            say("--last speaks of one document, --from makes many."),
            say("Make the documents first, then run zhiheng previous DOCUMENT LAST for each."),
        )
    secret = _new_passphrase(run) if encrypt else None
    framework = framework_named(framework_name)
    profile = _profile(framework, given)
    if table is None:
        _one(run, path, framework, profile, secret, last, as_json=as_json)
        return
    run.reminder(as_json=as_json)
    rows = unit_table.units(table, framework)
    notes = _undated(profile, any(not unit_table.profile_of(row, profile).base_date for row in rows.rows))
    path.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for row in rows.rows:
        target = path / f"{file_name(row.code, row.unit)}.zhd"
        document = _create(target, framework, unit_table.profile_of(row, profile), secret)
        try:
            document.answer_many(row.answers)
        finally:
            document.close()
        made.append(target)
    if as_json:
        run.json(
            {
                "documents": [str(each) for each in made],
                "findings": [finding_json(f, run.language) for f in rows.findings],
                "notes": [run.words(note) for note in notes],
            }
        )
    else:
        run.findings(rows.findings)
        for note in notes:
            run.note(note)
        run.say(say("Made {count} documents in {path}.", count=len(made), path=str(path)))
    refused = sum(finding.severity == "error" for finding in rows.findings)
    if refused:
        raise Problem(
            "new.refused",
            say("{count} cells or rows of {table} were not taken.", count=refused, table=table.name),
            say("Mend the cells named above; the documents hold everything else."),
        )


def _one(
    run: Run,
    path: Path,
    framework: Framework,
    profile: Profile,
    secret: str | None,
    last: Path | None,
    *,
    as_json: bool,
) -> None:
    """One document, with the answers of last period beside the questions where its file is given. A file that does not
    fit is refused before anything is made."""
    from assess.earlier import last_period
    from assess.framework.tiers import tailored

    then = last_period.read(last, os.environ.get(PASSPHRASE)) if last is not None else None
    if then is not None and not profile.unit:
        profile = replace(profile, unit=then.profile.unit)
    if not profile.unit:
        raise Problem("new.unit", say("The unit has no name."), say("Give it with --unit."))
    if then is not None:
        last_period.compare(tailored(framework, profile), profile, then)
        run.reminder(as_json=as_json)
    document = _create(path, framework, profile, secret)
    try:
        brought = last_period.bring(document, then)[1] if then is not None else None
    finally:
        document.close()
    notes = _undated(profile, not profile.base_date)
    if as_json:
        told = last_period.to_json(brought, run.language) if brought is not None else {}
        run.json({"documents": [str(path)], "notes": [run.words(note) for note in notes], **told})
        return
    run.say(say("Made {path}.", path=str(path)))
    for note in notes:
        run.note(note)
    if brought is not None:
        tell_brought(run, brought)


def _undated(profile: Profile, undated: bool) -> tuple[Message, ...]:
    """That no base date was given, where the periods of items are counted back from it."""
    if not undated or profile.mode == "training":
        return ()
    return (
        say("No base date was given: it stays blank in reports, and nothing can be checked against the period it "
            "closes. Give it with --base-date, for example 2026-06-30, or enter it in the window."),
    )  # fmt: skip


def tell_brought(run: Run, brought: Brought) -> None:
    """What of last period stands beside the questions, and what does not and why."""
    run.say(say("{count} answers of last period stand beside the questions.", count=len(brought.answers)))
    for doubt in brought.doubts:
        run.say(doubt)
    for one in brought.left_out:
        run.say(say("{code} {name}: {reason}", code=one.code, name=one.name, reason=one.words))


def file_name(code: str, unit: str) -> str:
    """A file name that every system accepts, from a unit's code and name."""
    name = " ".join(f"{code} {unit}".split())
    return "".join("_" if sign in FORBIDDEN else sign for sign in name).strip(". ")[:120] or "unit"


def _profile(framework: Framework, given: Mapping[str, Any]) -> Profile:
    scope: tuple[str, ...] | None = None
    if given["scope"] == "core":
        scope = tuple(item.code for item in framework.indicators.values() if item.core)
    elif given["scope"] != "all":
        scope = tuple(code.strip() for code in given["scope"].split(",") if code.strip())
        unknown = [code for code in scope if code not in framework.indicators]
        if unknown:
            raise Problem(
                "new.scope",
                say("The framework has no item {codes}.", codes=unknown),
                say("Use codes of the framework, separated by commas, or all, or core."),
            )
    fields = {key: value for key, value in given.items() if key != "scope"}
    return Profile(scope=scope, **fields)


def _create(path: Path, framework: Framework, profile: Profile, passphrase: str | None) -> Assessment:
    return Assessment.create(
        path, framework, profile, author=Author(role="command line"), now=now, passphrase=passphrase
    )


def _new_passphrase(run: Run) -> str:
    return os.environ.get(PASSPHRASE) or click.prompt(
        run.words(say("Passphrase")), hide_input=True, confirmation_prompt=True, err=True
    )


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--from", "table", type=click.Path(path_type=Path), required=True, help="CSV, XLSX, XLS or ODS.")
@click.option("--column", type=click.Choice(["self", "review", "third_party"]), default="self", show_default=True)
@click.option("--dry-run", is_flag=True, help="Read and report, change nothing.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def answer(run: Run, /, document: Path, table: Path, column: str, dry_run: bool, as_json: bool) -> None:
    """Read answers from a table into DOCUMENT: good rows land in one step, each bad row is named with its remedy."""
    run.reminder(as_json=as_json)
    with run.document(document, read_only=dry_run) as opened:
        found = _answers(table, opened, column)
        if found.cells and not dry_run:
            opened.set_cells(found.cells, kind="table")
    refused = len(found.refused)
    if as_json:
        run.json(
            {
                "taken": found.items,
                "blank": found.blank,
                "findings": [finding_json(finding, run.language) for finding in found.findings],
            }
        )
    else:
        run.findings(found.findings)
        run.say(say("{count} answers were taken, {blank} rows were blank.", count=len(found.items), blank=found.blank))
    if refused:
        raise Problem(
            "answer.refused",
            say("{count} rows were not taken.", count=refused),
            say("Mend the cells named above and read the table again; rows already taken stay as they are."),
        )


def _answers(path: Path, opened: Assessment, column: str) -> answer_table.AnswerTable:
    """Answers of a table, or of a file that `export` wrote as JSON; evidence of the latter stays with its document."""
    if path.suffix.lower() != ".json":
        return answer_table.answers(path, opened.framework, column)
    from assess.interchange import documents

    cells = documents.read(path, opened.framework)
    items = sorted({code for code, _ in cells}, key=list(opened.framework.indicators).index)
    return answer_table.AnswerTable(cells, items)


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(run: Run, /, document: Path, as_json: bool) -> None:
    """Say what DOCUMENT is, how far it is, and every answer in it."""
    with run.document(document, read_only=True) as opened:
        framework, sheet = opened.framework, opened.sheet
        done = progress(framework, sheet)
        each = states(framework, sheet)
        if as_json:
            run.json(
                {
                    "profile": sheet.profile.to_json(),
                    "framework": {"code": framework.code, "version": framework.version, "digest": framework.digest},
                    "answered": done.answered,
                    "items": done.total,
                    "states": dict(each),
                    "answers": {
                        column: {code: given.to_json() for code, given in sheet.answers(column).items()}
                        for column in ("self", "review", "third_party")
                    },
                }
            )
            return
        profile = sheet.profile
        mode = run.words(framework.modes[profile.mode].name)
        click.echo("  ".join(" ".join(part.split()) for part in (profile.unit, profile.tier, mode, profile.base_date)))
        run.say(say("Framework {title} {version}", title=framework.title, version=framework.version))
        run.say(say("{answered} of {total} items dealt with", answered=done.answered, total=done.total))
        for code, item in framework.indicators.items():
            given = sheet.answer(code)
            click.echo(f"{code:<7} {brief(given):<14} {item.name.to(run.language)}")


def brief(given: Any) -> str:
    """An answer in a few signs, for listings."""
    if given is None:
        return "-"
    match given.kind:
        case "level":
            return str(given.level)
        case "yesno":
            return str(given.choice)
        case "multi":
            return "".join(given.ticked) or "∅"
        case "number":
            return given.result or f"{given.numerator}/{given.denominator}"
        case _:
            return str(given.kind).upper()

"""`paper`, `key`, `gather`, `gap`: questionnaires of townships and villages, and what counties and they hand in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.answers import Cell, Json
from assess.language import say
from assess.problems import Problem, reason
from forms.commands.run import PASSPHRASE, Run, finding_json, now

if TYPE_CHECKING:
    from assess.assessment import Assessment
    from assess.grassroots.gap import ItemGap
    from assess.grassroots.sheets import Filled

LEVELS = ("乡", "村")


def level_of(opened: Assessment, asked: str | None) -> str:
    """The level a form is wanted for: as asked, else that of the document, else the first that has one."""
    from assess.grassroots.form import tiers

    known = tiers(opened.whole_framework)
    if not known:
        raise Problem(
            "sheet.no-form",
            say("The framework of this document has no questions for townships and villages."),
            say("Only a framework with perception scales has them."),
        )
    if asked in known:
        return asked
    return opened.profile.tier if opened.profile.tier in known else known[0]


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--copies", type=int, default=1, show_default=True, help="How many numbered sheets.")
@click.option("--from", "first", type=int, default=None, help="Number of the first sheet; else the next free one.")
@click.option("--tier", type=click.Choice(LEVELS), default=None, help="Form for townships or for villages.")
@click.option("--date", default="", help="ISO date of the file; else the base date of DOCUMENT.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="PDF to write.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def paper(
    run: Run, /, document: Path, copies: int, first: int | None, tier: str | None, date: str, out: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Print the questionnaire of townships or villages as PDF: large type, boxes to tick, a number on every copy.

    The sheets are keyed into DOCUMENT again with `key`, or in the window.
    """
    from assess.grassroots.sheets import next_number
    from reports.papers import township

    with run.document(document, read_only=True) as opened:
        level = level_of(opened, tier)
        profile = opened.profile
        start = first if first is not None else next_number(opened.sheet, level)
        data = township.render(
            opened.whole_framework,
            level,
            unit=profile.unit,
            identity=opened.id.hex,
            copies=copies,
            first=start,
            year=profile.year,
            language=run.language,
            date=date or profile.base_date,
            sample=profile.sample,
        )
    name = run.words(say("{stem} questionnaires {first}–{last}.pdf", stem=document.stem, first=start,
                         last=start + copies - 1))  # fmt: skip
    target = out or document.with_name(name)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise unwritable(target, error) from error
    made = {"path": str(target), "tier": level, "first": start, "last": start + copies - 1}
    run.told(made, say("Made {path}.", path=str(target)), as_json=as_json)


def unwritable(path: Path, error: OSError) -> Problem:
    """What to do about a file that the system does not let us write."""
    return Problem(
        "paper.unwritable",
        say("{path} cannot be written: {reason}.", path=str(path), reason=reason(error)),
        say("Choose another folder, or close the file where it is open."),
    )


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--from", "table", type=click.Path(path_type=Path), default=None, help="CSV, XLSX, XLS or ODS.")
@click.option("--tier", type=click.Choice(LEVELS), default=None, help="Form the sheets were filled in on.")
@click.option("--template", type=click.Path(path_type=Path), default=None, help="Write an empty table (XLSX) instead.")
@click.option("--place", default="", help="Township the sheets of this pile come from.")
@click.option("--replace", is_flag=True, help="A sheet whose number is already there replaces it.")
@click.option("--dry-run", is_flag=True, help="Read and report, change nothing.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def key(
    run: Run, /, document: Path, table: Path | None, tier: str | None, template: Path | None, place: str, replace: bool,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Key paper questionnaires into DOCUMENT: from a table, or line by line from standard input.

    One line is one sheet: its number, the answers run together (0–5, 9 for left open), then ticked options and numbers
    apart: `12 31250491… 1258 12`. Every sheet is saved at once. The same number twice is refused, unless --replace.
    """
    from assess.grassroots import entry, sheets
    from assess.grassroots import table as tables
    from assess.grassroots.form import form

    saved: list[int] = []
    findings: list[Any] = []
    run.reminder(as_json=as_json or template is not None)
    with run.document(document, read_only=dry_run or template is not None) as opened:
        level = level_of(opened, tier)
        if template is not None:
            try:
                tables.template(template, opened.whole_framework, level)
            except OSError as error:
                raise unwritable(template, error) from error
            run.told({"path": str(template)}, say("Made {path}.", path=str(template)), as_json=as_json)
            return

        def known(one: Filled) -> bool:
            return one.cell in opened.sheet.cells and not replace

        def twice(number: int) -> Problem:
            return Problem(
                "sheet.twice",
                say("Sheet {number} is already keyed in.", number=number),
                say("Look whether the number was misread; --replace puts the new one in its place."),
            )

        if table is not None:
            found = tables.sheets(table, opened.whole_framework, level)
            findings += found.findings
            fresh: dict[Cell, Json] = {}
            for one in found.sheets:
                if known(one):
                    problem = twice(one.number)
                    findings.append(_finding(table.name, problem, one.number))
                    continue
                fresh[one.cell] = one.to_json()
                saved.append(one.number)
            if fresh and not dry_run:
                opened.set_cells(fresh, kind="sheet")
        else:
            asked = form(opened.whole_framework, level)
            for place_in, text in enumerate(sys.stdin, 1):
                if not text.strip():
                    continue
                try:
                    one = entry.line(asked, text, place)
                    if known(one):
                        raise twice(one.number)
                except Problem as problem:
                    findings.append(_finding(str(place_in), problem, 0))
                    continue
                if not dry_run:
                    opened.set_cells({one.cell: one.to_json()}, kind="sheet")
                saved.append(one.number)
        held = len(sheets.filled(opened.sheet))
    if as_json:
        run.json({"taken": saved, "held": held, "findings": [finding_json(each, run.language) for each in findings]})
    else:
        run.findings(findings)
        run.say(say("{count} sheets were taken; the document now holds {held}.", count=len(saved), held=held))
    if findings:
        raise Problem(
            "key.refused",
            say("{count} sheets were not taken.", count=len(findings)),
            say("Each is named above with what to do; the others are saved."),
        )


def _finding(place: str, problem: Problem, number: int) -> Any:
    from assess.problems import Finding

    return Finding("error", problem.code, place, str(number) if number else "", problem.text, problem.hint)


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--blend/--no-blend", default=None, help="Let the counties' scores count in the city's, or not.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def gather(run: Run, /, document: Path, files: tuple[Path, ...], blend: bool | None, as_json: bool) -> None:
    """Take county documents and grassroots sheets into DOCUMENT. FILES are documents, or folders full
    of them; without any, the folder of lower units beside DOCUMENT.

    A county counts once it is sealed or handed in; taken in again, it replaces what it brought before.
    """
    import os

    from assess.grassroots.intake import KIND, take_in
    from assess.measure import counties

    beside = document.with_name(f"{document.stem}.下级单位")
    if not files and not beside.is_dir():
        raise Problem(
            "gather.no-files",
            say("There is no folder {name} beside the document.", name=beside.name),
            say("Name the documents to take in, or a folder full of them."),
        )
    paths = [
        found for path in (files or (beside,)) for found in (sorted(path.glob("*.zhd")) if path.is_dir() else [path])
    ]
    secret = os.environ.get(PASSPHRASE)
    run.reminder(as_json=as_json)
    with run.document(document) as opened:
        paths = [path for path in paths if path.resolve() != document.resolve()]
        took = take_in(paths, opened, now=now, passphrases=dict.fromkeys(paths, secret) if secret else None)
        if took.cells:
            opened.set_cells(took.cells, kind=KIND)
        if blend is not None and blend != opened.profile.blend_counties:
            opened.set_profile(blend_counties=blend)
        held, profile = counties.taken_in(opened.sheet), opened.profile
        waited = counties.awaited(opened.sheet)
    if not paths and not as_json:
        run.say(say("There are no documents (.zhd) there; nothing was taken in."))
    if as_json:
        run.json(
            {
                "files": [
                    {
                        "file": one.name,
                        "county": one.county.unit if one.county else None,
                        "counts": one.county.counts if one.county else None,
                        "sheets": len(one.sheets),
                        "problem": one.problem.sentence(run.language) if one.problem else None,
                    }
                    for one in took.brought
                ],
                "counties": len(held),
                "expected": profile.counties,
                "missing": list(waited),
                "blended": profile.blend_counties,
            }
        )
    else:
        for one in took.brought:
            if one.problem is not None:
                click.echo(one.problem.sentence(run.language), err=True)
            else:
                run.say(one.words)
        if held:
            run.say(say("{count} of {all} counties taken in.", count=len(held), all=profile.counties or len(held)))
            if waited:
                run.say(say("Still missing: {names}.", names=waited))
            if not profile.blend_counties:
                run.say(say("They do not count in the city's score; --blend switches that on."))
    if took.problems:
        raise Problem(
            "gather.refused",
            say("{count} files were not taken in.", count=len(took.problems)),
            say("Each is named above with what to do; the others are saved."),
        )


@click.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def gap(run: Run, /, document: Path, as_json: bool) -> None:
    """Compare what DOCUMENT claims with what its townships and villages feel, item by item (上下温差).

    It is a hint where to go and look, and enters no score.
    """
    from assess.grassroots.gap import gaps

    with run.document(document, read_only=True) as opened:
        framework = opened.framework
        found = gaps(framework, opened.sheet)
        if found is None:
            raise Problem(
                "gap.not-here",
                say("This document is not compared with townships and villages."),
                say("Name the document of a city or county that has taken in their sheets."),
            )
    if as_json:
        run.json(
            {"sheets": dict(found.sheets), "fewest": found.fewest, "items": [gap_json(one) for one in found.items]}
        )
        return
    run.say(say("{count} grassroots sheets.", count=found.count))
    for one in found.told:
        name = framework.indicators[one.code].name
        run.say(
            say(
                "{code} {name}: own {claim}, grassroots {mean} ± {spread} ({sheets} sheets), gap {gap}, {band}",
                code=one.code, name=name, claim=f"{one.claim or 0:.1f}", mean=f"{one.mean or 0:.1f}",
                spread=f"{one.spread or 0:.1f}", sheets=one.sheets, gap=f"{one.gap or 0:+.1f}",
                band=one.band.name if one.band else "–",
            )
        )  # fmt: skip
    silent = [one for one in found.items if one.gap is None]
    for one in silent:
        if one.reason is not None:
            run.say(say("{code}: {reason}", code=one.code, reason=one.reason))
    if framework.perception is not None and framework.perception.caution:
        run.say(framework.perception.caution)


def gap_json(one: ItemGap) -> dict[str, Any]:
    """One item under stable names; None where it cannot be told."""
    return {
        "code": one.code,
        "sheets": one.sheets,
        "claim": one.claim,
        "mean": one.mean,
        "spread": one.spread,
        "low": one.low,
        "high": one.high,
        "gap": one.gap,
        "band": one.band.name.en if one.band else None,
    }

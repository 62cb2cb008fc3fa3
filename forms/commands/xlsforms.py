"""`xlsform`: a questionnaire for ODK and KoboToolbox, and what was collected with it."""

from __future__ import annotations

from pathlib import Path

import click

from assess.answers import Profile
from assess.assessment import Assessment, Author
from assess.framework.tiers import tailored
from assess.language import say
from assess.problems import Problem
from forms.commands.documents import file_name
from forms.commands.run import Run, finding_json, framework_named, now

FRAMEWORK = click.option("--framework", "framework_name", default="zhiheng", show_default=True, help="Code or folder.")
TIER = click.option("--tier", type=click.Choice(["市", "县", "乡", "村"]), default="市", show_default=True)


@click.group()
def xlsform() -> None:
    """XLSForm for ODK and KoboToolbox."""


@xlsform.command()
@FRAMEWORK
@TIER
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The form, an XLSX file.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def write(run: Run, /, framework_name: str, tier: str, out: Path, as_json: bool) -> None:
    """Write the questionnaire as a form."""
    from assess.interchange.xlsform import write as put

    framework = tailored(framework_named(framework_name), Profile("", tier=tier))
    put(framework, out)
    if as_json:
        run.json({"file": str(out), "items": len(framework.indicators)})
    else:
        run.say(say("Written: {path}", path=str(out)))


@xlsform.command()
@click.argument("table", type=click.Path(path_type=Path))
@FRAMEWORK
@TIER
@click.option("--mode", type=click.Choice(["formal", "self", "training"]), default="formal", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder: one document per submission.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def read(run: Run, /, table: Path, framework_name: str, tier: str, mode: str, out: Path, as_json: bool) -> None:
    """Read submissions from TABLE (CSV or XLSX with XML values): one document each."""
    from assess.interchange.submissions import submissions

    framework = framework_named(framework_name)
    run.reminder(as_json=as_json)
    found = submissions(table, tailored(framework, Profile("", tier=tier)))
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for number, one in enumerate(found, 1):
        unit = one.unit or run.words(say("Submission {number}", number=number))
        target = out / f"{file_name(str(number), unit)}.zhd"
        author = Author(name=one.filler, role="command line")
        opened = Assessment.create(target, framework, Profile(unit, tier=tier, mode=mode), author=author, now=now)
        try:
            if one.cells:
                opened.set_cells(one.cells, kind="table")
        finally:
            opened.close()
        made.append(target)
    findings = [finding for one in found for finding in one.findings]
    if as_json:
        run.json(
            {
                "documents": [str(path) for path in made],
                "findings": [finding_json(finding, run.language) for finding in findings],
            }
        )
    else:
        run.findings(findings)
        run.say(say("Made {count} documents in {path}.", count=len(made), path=str(out)))
    if findings:
        raise Problem(
            "xlsform.refused",
            say("{count} answers were not taken.", count=len(findings)),
            say("Mend the cells named above and read the table again into another folder."),
        )

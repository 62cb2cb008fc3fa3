"""`check`: lint a framework. `framework`: write it as a workbook, and read that back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from assess.framework import check as linter
from assess.framework.sources import FRAMEWORKS
from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run, finding_json, framework_named


@click.command()
@click.argument("framework")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(run: Run, /, framework: str, as_json: bool) -> None:
    """Lint FRAMEWORK (a folder, or the code of a built-in one): file, line, what is wrong, what is allowed."""
    built_in = FRAMEWORKS / framework
    folder = built_in if built_in.is_dir() and not Path(framework).is_dir() else Path(framework)
    found = linter.check(folder)
    count = Counter(finding.severity for finding in found)
    if as_json:
        run.json({"findings": [finding_json(finding, run.language) for finding in found]})
    else:
        for finding in found:
            click.echo(run.line(finding))
        run.say(say("{errors} errors, {warnings} warnings, {hints} hints.", errors=count["error"],
                    warnings=count["warning"], hints=count["hint"]))  # fmt: skip
    if count["error"]:
        raise Problem(
            "check.errors",
            say("The framework cannot be used as it is."),
            say("Mend the errors named above and check again."),
        )


@click.group()
def framework() -> None:
    """Edit a framework as an Excel workbook."""


@framework.command("to-workbook")
@click.argument("framework", metavar="FRAMEWORK")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The workbook to write (.xlsx).")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def to_workbook(run: Run, /, framework: str, out: Path, as_json: bool) -> None:
    """Write FRAMEWORK (a folder, or the code of a built-in one) as a workbook to edit in WPS or Excel."""
    from assess.workbook import convert

    if out.suffix.lower() != ".xlsx":
        raise Problem(
            "workbook.suffix",
            say("{name} is not the name of a workbook.", name=out.name),
            say("Choose a name that ends in .xlsx."),
        )
    convert.to_workbook(framework_named(framework), out, run.language)
    run.told({"path": str(out)}, say("Written: {path}", path=str(out)), as_json=as_json)


@framework.command("from-workbook")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder of the framework.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def from_workbook(run: Run, /, workbook: Path, out: Path, as_json: bool) -> None:
    """Read WORKBOOK, name every fault with its sheet and cell, and without errors write the framework into a folder."""
    from assess.workbook import convert

    found = convert.from_workbook(workbook, out)
    count = Counter(finding.severity for finding in found)
    if as_json:
        run.json(
            {
                "written": None if count["error"] else str(out),
                "findings": [finding_json(finding, run.language) for finding in found],
            }
        )
    else:
        for finding in found:
            click.echo(run.line(finding))
    if count["error"]:
        raise Problem(
            "workbook.errors",
            say("Nothing was written: the workbook has errors, {n} in all.", n=count["error"]),
            say("Mend the cells named above and read it again."),
        )
    if not as_json:
        run.say(say("Written: {path}", path=str(out)))


@framework.command("read-in")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder for the framework.")
@click.option(
    "--kind",
    type=click.Choice(["auto", "samm", "ciso", "xlsform"]),
    default="auto",
    show_default=True,
    help="OWASP SAMM (folder of YAML), CISO Assistant library (YAML), or XLSForm (XLSX, CSV, Markdown).",
)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def read_in(run: Run, /, source: Path, out: Path, kind: str, as_json: bool) -> None:
    """Read a foreign maturity model into a framework: OWASP SAMM, a CISO Assistant library, or an XLSForm."""
    from assess.interchange import ciso, foreign, from_xlsform, samm

    if kind == "auto":
        kind = "samm" if source.is_dir() else "ciso" if source.suffix.lower() in (".yml", ".yaml") else "xlsform"
    found = {"samm": samm.read, "ciso": ciso.read, "xlsform": from_xlsform.read}[kind](source)
    findings = foreign.write(found, out)
    if as_json:
        run.json(
            {
                "folder": str(out),
                "items": found.items,
                "notes": [run.words(note) for note in found.notes],
                "findings": [finding_json(finding, run.language) for finding in findings],
            }
        )
        return
    run.say(say("{count} items were read into {path}.", count=found.items, path=str(out)))
    for note in found.notes:
        run.say(say("Note: {words}", words=note))
    run.findings(findings)

"""`check`: lint a framework."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from assess.framework import check as linter
from assess.framework.sources import FRAMEWORKS
from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run, finding_json


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
            click.echo(finding.line(run.language))
        run.say(say("{errors} errors, {warnings} warnings, {hints} hints.", errors=count["error"],
                    warnings=count["warning"], hints=count["hint"]))  # fmt: skip
    if count["error"]:
        raise Problem(
            "check.errors",
            say("The framework cannot be used as it is."),
            say("Mend the errors named above and check again."),
        )

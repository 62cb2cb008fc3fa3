"""The command line. `zhiheng` alone (or with a document) opens the window; every other verb works without a display.

Exit code 0, or 1 with one sentence on what to do and no traceback; wrong usage gives 2, as click does.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from assess.language import LANGUAGES
from assess.problems import Problem
from forms.commands import (
    agreement,
    demo,
    diagnosing,
    documents,
    exporting,
    frameworks,
    grassroots,
    indexing,
    marking,
    packages,
    periods,
    ranking,
    reporting,
    returns,
    reviewing,
    scoring,
    sealing,
    selftest,
    sheets,
    unmerging,
    weighting,
    xlsforms,
)
from forms.commands.helping import in_language, spoken
from forms.commands.run import Run, default_language

VERBS = (
    demo.demo,
    frameworks.check,
    frameworks.framework,
    documents.new,
    documents.answer,
    documents.show,
    grassroots.paper,
    grassroots.key,
    grassroots.gather,
    grassroots.gap,
    marking.mark,
    reviewing.review,
    packages.issue,
    packages.give_back,
    returns.merge,
    returns.returns,
    unmerging.unmerge,
    returns.resolve,
    returns.receipt,
    scoring.score,
    indexing.index,
    reporting.report,
    sealing.findings,
    sealing.seal,
    sealing.reopen,
    sealing.sign_sheet,
    sealing.verify,
    weighting.weights,
    exporting.export,
    xlsforms.xlsform,
    sheets.sheet,
    sheets.sheet_in,
    periods.previous,
    periods.assign,
    periods.states,
    ranking.rank,
    diagnosing.diagnose,
    agreement.agree,
)


class DocumentOrVerb(click.Group):
    """A first argument that is a document opens the window on it; anything else is a verb."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0].endswith(".zhd") and args[0] not in self.commands:
            return "open", open_window, args
        return super().resolve_command(ctx, args)


@click.group(cls=DocumentOrVerb, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--language", type=click.Choice(["zh", "en"]), default=None, help="Language of what is printed.")
@click.option("--codes", is_flag=True, help="Name the code of every finding beside its sentence.")
@click.option("--self-test", is_flag=True, help="Answer a sample, score it, render every format; then say so.")
@click.version_option(package_name="zhiheng", prog_name="zhiheng", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, language: str | None, codes: bool, self_test: bool) -> Callable[[], int] | None:
    """治衡 Zhiheng: assess the maturity of a city's digital social governance. Without a verb the window opens."""
    context.obj = Run(language or default_language(os.environ), codes)
    if self_test:
        selftest.run(context.obj)
        context.exit(0)
    if context.invoked_subcommand is None:
        opening: Callable[[], int] = context.invoke(open_window, document=None)
        return opening
    return None


@click.command(hidden=True)
@click.argument("document", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def open_window(run: Run, document: Path | None) -> Callable[[], int]:
    """Open the window: what does so, for `main` to call when the command line has had its say."""

    def opening() -> int:
        from forms.app import run as run_window

        return run_window(document)

    return opening


for verb in VERBS:
    cli.add_command(verb)


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point. Returns the exit code; never shows a traceback for what is expected."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = _language(arguments)
    commands, given = in_language(cli, language), list(arguments) if arguments is not None else None
    with spoken(language):
        answered = _answered(lambda: commands.main(given, "zhiheng", standalone_mode=False), language)
    if callable(answered):
        answered = _answered(answered, language)
    return answered if isinstance(answered, int) else 0


def _answered(asked: Callable[[], Any], language: str) -> int | Callable[[], int]:
    """Do what was asked for and tell what was in its way: the exit code, or what opens the window."""
    try:
        result: int | Callable[[], int] | None = asked()
    except Problem as problem:
        click.echo(problem.sentence(language), err=True)
        return 1
    except click.exceptions.Abort:
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except OSError as error:
        if error.filename is None:  # not about a file somebody named: a fault of the program
            return _fault()
        place = Path(os.fsdecode(error.filename))
        click.echo(grassroots.unwritable(place, error).sentence(language), err=True)
        return 1
    except Exception:
        return _fault()
    return 0 if result is None else result


def _language(arguments: Sequence[str] | None) -> str:
    """The language asked for before the verb; what follows a verb is the language of a paper."""
    given = iter(arguments if arguments is not None else sys.argv[1:])
    for word in given:
        if not word.startswith("-"):
            break
        name, _, asked = word.partition("=")
        if name == "--language":
            asked = asked or next(given, "")
            if asked in LANGUAGES:
                return asked
    return default_language(os.environ)


def _fault() -> int:
    """The last line of defence: a fault of the program, told in one sentence; the trace is kept in a file."""
    handle, name = tempfile.mkstemp(prefix="zhiheng-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(traceback.format_exc())
    click.echo(f"程序出错，未写入任何结果。详情见 {name} / A fault of the program; details are in {name}", err=True)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())

"""`agree`: how far raters agree, each coefficient with its meaning in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run
from forms.commands.tables import TABLE, line, told

if TYPE_CHECKING:
    from assess.agreement.alpha import Level
    from assess.agreement.intraclass import Form
    from assess.agreement.kappa import Weights
    from assess.agreement.result import Agreement
    from assess.exchange.number_table import NumberTable

FORMS = ["ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"]
ratings_option = click.option(
    "--data", type=TABLE, required=True, help="One row per rater, one column per thing rated; blanks stay blank."
)
turned_option = click.option("--turned", is_flag=True, help="The table has one row per thing and one column per rater.")
json_option = click.option("--json", "as_json", is_flag=True)


@click.group()
def agree() -> None:
    """Agreement of raters beyond chance, with what the coefficient means."""


@agree.command()
@click.option(
    "--level", type=click.Choice(["nominal", "ordinal", "interval", "ratio"]), default="ordinal", show_default=True
)
@ratings_option
@turned_option
@json_option
@click.pass_obj
def alpha(run: Run, /, level: str, data: Path, turned: bool, as_json: bool) -> None:
    """Krippendorff's alpha: any number of raters, blanks allowed."""
    from assess.agreement.alpha import krippendorff

    read = ratings(run, data)
    show(run, read, {"": krippendorff(by_rater(read, turned), cast("Level", level))}, as_json)


@agree.command()
@click.option("--weights", type=click.Choice(["none", "linear", "quadratic"]), default="quadratic", show_default=True)
@click.option("--category", "categories", type=float, multiple=True, help="Every category of the scale, in order.")
@ratings_option
@turned_option
@json_option
@click.pass_obj
def kappa(run: Run, /, weights: str, categories: tuple[float, ...], data: Path, turned: bool, as_json: bool) -> None:
    """Weighted kappa of every pair of raters."""
    from assess.agreement.kappa import kappa as method

    read = ratings(run, data)
    rows, names = by_rater(read, turned), read.columns if turned else read.rows
    if len(rows) < 2:
        raise Problem(
            "agreement.few",
            say("There are too few ratings to speak of agreement."),
            say("Every thing must be rated by at least two raters."),
        )
    found = {}
    for place, one in enumerate(rows):
        for other in range(place + 1, len(rows)):
            pairs = [(a, b) for a, b in zip(one, rows[other], strict=True) if a is not None and b is not None]
            left, right = [a for a, _ in pairs], [b for _, b in pairs]
            label = f"{line(names[place])} – {line(names[other])}"
            found[label] = method(left, right, weights=cast("Weights", weights), categories=categories or None)
    show(run, read, found, as_json)


@agree.command()
@ratings_option
@turned_option
@json_option
@click.pass_obj
def fleiss(run: Run, /, data: Path, turned: bool, as_json: bool) -> None:
    """Fleiss' kappa of many raters who all rated every thing."""
    from assess.agreement.kappa import fleiss as method

    read = ratings(run, data)
    rows = by_rater(read, turned)
    levels = sorted({rating for row in rows for rating in row if rating is not None})
    counts = [[sum(row[thing] == level for row in rows) for level in levels] for thing in range(len(rows[0]))]
    show(run, read, {"": method(counts)}, as_json)


@agree.command()
@click.option("--form", type=click.Choice(FORMS), default="ICC(A,1)", show_default=True)
@ratings_option
@turned_option
@json_option
@click.pass_obj
def icc(run: Run, /, form: str, data: Path, turned: bool, as_json: bool) -> None:
    """Intraclass correlation; every rater rates every thing."""
    from assess.agreement.intraclass import intraclass

    read = ratings(run, data)
    show(run, read, {"": intraclass(by_rater(read, turned), cast("Form", form))}, as_json)


@agree.command()
@ratings_option
@turned_option
@json_option
@click.pass_obj
def kendall(run: Run, /, data: Path, turned: bool, as_json: bool) -> None:
    """Kendall's W: do raters put the things in the same order?"""
    from assess.agreement.concordance import kendall as method

    read = ratings(run, data)
    show(run, read, {"": method(by_rater(read, turned))}, as_json)


@agree.command()
@ratings_option
@turned_option
@json_option
@click.pass_obj
def variation(run: Run, /, data: Path, turned: bool, as_json: bool) -> None:
    """Coefficient of variation of every thing: which ones need a second round."""
    from assess.agreement.concordance import variation as method

    read = ratings(run, data)
    things = read.rows if turned else read.columns
    rows = by_rater(read, turned)
    found = {line(thing): method([row[place] for row in rows]) for place, thing in enumerate(things)}
    show(run, read, found, as_json)


def ratings(run: Run, path: Path) -> NumberTable:
    """The table of ratings. Faults are told one by one."""
    from assess.exchange.number_table import units_by_items

    with told(run):
        return units_by_items(path)


def by_rater(read: NumberTable, turned: bool) -> list[list[float | None]]:
    """Raters × things."""
    rows = [list(row) for row in read.values]
    return [list(column) for column in zip(*rows, strict=True)] if turned else rows


def show(run: Run, read: NumberTable, found: dict[str, Agreement], as_json: bool) -> None:
    """Print each coefficient and what it means; `""` is the only one there is."""
    if as_json:
        data = {name: one.to_json(run.language) for name, one in found.items()}
        notes = [run.words(note) for note in read.notes]
        run.json({"notes": notes} | (data[""] if list(data) == [""] else {"results": data}))
        return
    for name, one in found.items():
        if name:
            click.echo(name)
        run.say(one.meaning)
        for warning in one.warnings:
            run.say(say("Note: {words}", words=warning))
    run.say(say("Source: {source}", source=next(iter(found.values())).source))
    for note in read.notes:
        run.say(say("Note: {words}", words=note))

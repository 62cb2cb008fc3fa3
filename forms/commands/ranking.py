"""`rank`: the place of many units by several methods, from one table of units × items."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from assess.language import Message, say
from forms.commands.run import Run
from forms.commands.tables import data_option, line, of_units, printed, set_of, table, told, units, weights_option

if TYPE_CHECKING:
    from assess.ranking.fuzzy import Operator
    from assess.ranking.place import Ranking
    from assess.ranking.ranksum import Counting
    from assess.ranking.topsis import Scaling


@click.group()
def rank() -> None:
    """Places of units within one group. Ranks say nothing about units outside the table."""


@rank.command()
@click.option("--scaling", type=click.Choice(["minmax", "vector"]), default="minmax", show_default=True)
@weights_option
@of_units
@printed
@click.pass_obj
def topsis(run: Run, /, scaling: str, weights_file: Path | None, as_json: bool, steps: bool, **choice: Any) -> None:
    """Closeness to the best and distance from the worst of the group (TOPSIS)."""
    from assess.ranking.topsis import topsis as method

    sample, notes = units(run, **choice)
    show(run, method(sample, set_of(weights_file), scaling=cast("Scaling", scaling)), notes, as_json, steps)


@rank.command()
@click.option("--rho", type=float, default=0.5, show_default=True, help="Distinguishing coefficient.")
@weights_option
@of_units
@printed
@click.pass_obj
def grey(run: Run, /, rho: float, weights_file: Path | None, as_json: bool, steps: bool, **choice: Any) -> None:
    """Grey relational grade against the best of the group."""
    from assess.ranking.grey import grey as method

    sample, notes = units(run, **choice)
    show(run, method(sample, set_of(weights_file), rho=rho), notes, as_json, steps)


@rank.command()
@click.option("--counting", type=click.Choice(["whole", "fractional"]), default="whole", show_default=True)
@click.option("--grades", type=int, default=3, show_default=True, help="Grades that are cut.")
@weights_option
@of_units
@printed
@click.pass_obj
def rsr(
    run: Run,
    /,
    counting: str,
    grades: int,
    weights_file: Path | None,
    as_json: bool,
    steps: bool,
    **choice: Any,
) -> None:
    """Rank-sum ratio, with grades cut on a normal curve."""
    from assess.ranking.ranksum import rank_sum

    sample, notes = units(run, **choice)
    found = rank_sum(sample, set_of(weights_file), counting=cast("Counting", counting), grades=grades)
    show(run, found, notes, as_json, steps)


@rank.command()
@data_option
@weights_option
@click.option("--grade", "grades", type=float, multiple=True, help="Every grade of the scale, in order.")
@click.option(
    "--operator",
    type=click.Choice(["weighted_mean", "min_max", "product_max", "min_bounded_sum"]),
    default="weighted_mean",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def fuzzy(
    run: Run, /, data: Path, weights_file: Path | None, grades: tuple[float, ...], operator: str, as_json: bool
) -> None:
    """One grade from the votes of experts: one row per expert, one column per item (fuzzy evaluation)."""
    from assess.exchange.number_table import units_by_items
    from assess.ranking.fuzzy import FORMULA, LIMITS, SOURCE, votes
    from assess.ranking.fuzzy import fuzzy as method

    with told(run):
        read = units_by_items(data)
    columns = {
        item: [row[place] for row in read.values if row[place] is not None] for place, item in enumerate(read.columns)
    }
    scale = grades or tuple(
        sorted({vote for cast_votes in columns.values() for vote in cast_votes if vote is not None})
    )
    relations = {item: votes(cast("list[float]", cast_votes), scale) for item, cast_votes in columns.items()}
    weights = set_of(weights_file) or dict.fromkeys(columns, 1.0)
    found = method(relations, weights, scale, operator=cast("Operator", operator), experts=len(read.rows))
    if as_json:
        run.json(
            {
                "method": "fuzzy",
                "grade": found.grade,
                "valid": found.valid,
                "leading": found.leading,
                "lead": found.lead,
                "mean": found.mean,
                "memberships": {f"{grade:g}": share for grade, share in found.memberships.items()},
                "relations": {item: list(row) for item, row in relations.items()},
                "operator": found.operator,
                "formula": run.words(FORMULA),
                "source": SOURCE,
                "not_for": run.words(LIMITS),
                "warnings": [run.words(warning) for warning in (*read.notes, *found.warnings)],
            }
        )
        return
    run.say(say("Grade {grade}", grade=f"{found.grade:g}"))
    for grade, share in found.memberships.items():
        click.echo(f"  {share:.4f}  {grade:g}")
    about(run, FORMULA, SOURCE, LIMITS, (*read.notes, *found.warnings))


def show(run: Run, found: Ranking, notes: tuple[Message, ...], as_json: bool, steps: bool) -> None:
    """Print places, the first first, with what the method is and when not to use it."""
    if as_json:
        run.json(found.to_json(run.language) | {"notes": [run.words(note) for note in notes]})
        return
    run.say(found.name)
    for unit in sorted(found.ranks, key=lambda unit: found.ranks[unit]):
        click.echo(f"  {found.ranks[unit]:>4}  {found.scores[unit]:.6f}  {line(unit)}")
    for step in found.steps if steps else ():
        table(run, step)
    about(run, found.formula, found.source, found.limits, (*notes, *found.warnings))


def about(run: Run, formula: Message, source: str, limits: Message, warnings: tuple[Message, ...]) -> None:
    """Formula, source, limits and notes of a method."""
    run.say(say("Formula: {formula}", formula=formula))
    run.say(say("Source: {source}", source=source))
    run.say(limits)
    for warning in warnings:
        run.say(say("Note: {words}", words=warning))

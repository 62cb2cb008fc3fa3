"""Tables of numbers on the command line: the options that choose units and items, faults told, results printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from assess.language import Message, plain, say
from assess.problems import Problem
from forms.commands.run import Run

if TYPE_CHECKING:
    from assess.exchange.number_table import NumberTable
    from assess.weighting.result import Cell, Step
    from assess.weighting.sample import Sample

Command = TypeVar("Command", bound=Callable[..., object])
TABLE = click.Path(path_type=Path)
data_option = click.option("--data", type=TABLE, required=True, help="Table: XLSX, XLS, ODS or CSV.")
weights_option = click.option(
    "--weights", "weights_file", type=TABLE, default=None, help="Weights: a table, or a result of `weights` in JSON."
)


def printed(command: Command) -> Command:
    """The options of every method that has intermediate values: how the result is shown."""
    command = click.option("--json", "as_json", is_flag=True)(command)
    return click.option("--steps", is_flag=True, help="Also print the intermediate values.")(command)


def of_units(command: Command) -> Command:
    """The options that choose units and items of a table."""
    for option in (
        click.option("--complete-only", is_flag=True, help="Leave out units with blanks instead of refusing."),
        click.option("--falling", multiple=True, metavar="ITEM", help="Less is better for ITEM; may be repeated."),
        click.option("--item", "items", multiple=True, metavar="ITEM", help="Take these columns only."),
        click.option("--unit", "units", multiple=True, metavar="UNIT", help="Take these units only."),
        click.option("--unit-column", default=None, metavar="HEADING", help="Column with the names of the units."),
        data_option,
    ):
        command = option(command)
    return command


@contextmanager
def told(run: Run) -> Iterator[None]:
    """Where a table has several faults, each gets its line before the one sentence that ends the command."""
    from assess.exchange.number_table import TableProblem

    try:
        yield
    except TableProblem as problem:
        if len(problem.findings) > 1:
            run.findings(problem.findings)
        raise


def units(
    run: Run,
    data: Path,
    unit_column: str | None,
    units: tuple[str, ...],
    items: tuple[str, ...],
    falling: tuple[str, ...],
    complete_only: bool,
) -> tuple[Sample, tuple[Message, ...]]:
    """The units and items chosen, as a checked sample, and what is to be told about the table."""
    from assess.exchange.number_table import units_by_items
    from assess.weighting.sample import sample

    with told(run):
        table = units_by_items(data, unit_column=unit_column, items=items)
    if units:
        table = table.only_rows(units)
    if complete_only:
        table = table.without_blanks()
    values = [[float("nan") if cell is None else cell for cell in row] for row in table.values]
    return sample(table.rows, table.columns, values, falling), table.notes


def weight_sets(path: Path) -> dict[str, dict[str, float]]:
    """The sets of one file: columns of a table, or one result in JSON, named after the file."""
    if path.suffix.lower() == ".json":
        try:
            found = json.loads(path.read_text("utf-8"))["weights"]
            return {path.stem: {str(item): float(weight) for item, weight in found.items()}}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Problem(
                "weights.json",
                say("{name} holds no weights.", name=path.name),
                say("Give a file that was written by the weights command with --json, or a table."),
            ) from error
    from assess.exchange.number_table import units_by_items

    table = units_by_items(path, keys=("code", "unit"))
    return {
        name: {item: filled(table, item, row[column]) for item, row in zip(table.rows, table.values, strict=True)}
        for column, name in enumerate(table.columns)
    }


def filled(table: NumberTable, item: str, weight: float | None) -> float:
    """A weight that is there."""
    if weight is None:
        raise Problem(
            "weights.blank",
            say("{item} has no weight.", item=item),
            say("Write 0 where the item is not to count; a blank is not taken as 0."),
        )
    return weight


def set_of(path: Path | None) -> dict[str, float] | None:
    """One set of weights from a file; None where none was given. Raises Problem weights.columns for several."""
    if path is None:
        return None
    sets = weight_sets(path)
    if len(sets) != 1:
        raise Problem(
            "weights.columns",
            say("The table holds several columns of numbers: {names}.", names=tuple(sets)),
            say("Keep one column of weights."),
        )
    return next(iter(sets.values()))


def table(run: Run, step: Step) -> None:
    """One table of intermediate values, its cells parted by tabs."""
    click.echo("")
    run.say(step.title)
    for row in (step.head, *step.rows):
        click.echo("\t".join(cell_text(cell, run.language) for cell in row))


def cell_text(cell: Cell, language: str) -> str:
    """A cell on one line; numbers with six digits, nothing as a dash."""
    if cell is None:
        return "—"
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return line(str(plain(cell, language)))


def line(text: str) -> str:
    """Foreign words on one line."""
    return " ".join(text.split())

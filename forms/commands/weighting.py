"""`weights`: weights of items, as given, asked of experts, drawn from data, or combined."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from assess.language import Message, say
from assess.problems import Problem
from forms.commands.run import Run
from forms.commands.tables import TABLE, data_option, filled, line, of_units, printed, table, told, units, weight_sets

if TYPE_CHECKING:
    from assess.exchange.number_table import NumberTable
    from assess.weighting.judgments import Completion, Deriving
    from assess.weighting.result import Weighting
    from assess.weighting.spread import Scaling

few_option = click.option("--few", is_flag=True, help="Compute for fewer than ten units too, with a warning.")


@click.group()
def weights() -> None:
    """Weights of items. Each method says when it must not be used, and refuses or warns."""


@weights.command()
@data_option
@click.option("--column", default=None, metavar="HEADING", help="Column with the weights; needed if there are several.")
@printed
@click.pass_obj
def given(run: Run, /, data: Path, column: str | None, as_json: bool, steps: bool) -> None:
    """Weights as they stand in a table: items down the first column."""
    from assess.exchange.number_table import units_by_items
    from assess.weighting.direct import given as method

    with told(run):
        table = units_by_items(data, items=(column,) if column else (), keys=("code", "unit"))
    if len(table.columns) != 1:
        raise Problem(
            "weights.columns",
            say("The table holds several columns of numbers: {names}.", names=table.columns),
            say("Choose one with --column."),
        )
    show(run, method(first_column(table)), table.notes, as_json, steps)


@weights.command()
@click.option("--data", type=TABLE, default=None, help="Table of units by items; its items get equal weights.")
@click.option("--item", "items", multiple=True, metavar="ITEM", help="Name the items here instead.")
@printed
@click.pass_obj
def equal(run: Run, /, data: Path | None, items: tuple[str, ...], as_json: bool, steps: bool) -> None:
    """The same weight for every item."""
    from assess.exchange.number_table import units_by_items
    from assess.weighting.direct import equal as method

    with told(run):
        table = units_by_items(data, items=items) if data is not None else None
    show(run, method(table.columns if table else items), table.notes if table else (), as_json, steps)


@weights.command()
@data_option
@click.option("--points", type=float, default=100.0, show_default=True, help="Points every expert spreads.")
@printed
@click.pass_obj
def budget(run: Run, /, data: Path, points: float, as_json: bool, steps: bool) -> None:
    """Points spread by experts: one row per expert, one column per item."""
    from assess.exchange.number_table import units_by_items
    from assess.weighting.direct import budget as method

    with told(run):
        table = units_by_items(data)
    found = method(table.columns, dict(zip(table.rows, table.values, strict=True)), points=points)
    show(run, found, table.notes, as_json, steps)


@weights.command()
@click.option("--data", type=TABLE, required=True, multiple=True, help="Matrix of one expert per sheet or file.")
@click.option("--deriving", type=click.Choice(["eigenvector", "geometric"]), default="eigenvector", show_default=True)
@click.option(
    "--completion",
    type=click.Choice(["harker", "least_squares", "smallest_lambda"]),
    default=None,
    help="How open comparisons are completed.",
)
@click.option("--random-indices", type=click.Choice(["saaty", "donegan_dodd"]), default="saaty", show_default=True)
@click.option("--keep-incomplete", is_flag=True, help="Count completed matrices in the group.")
@click.option("--keep-inconsistent", is_flag=True, help="Count matrices with a consistency ratio of 0.10 or more.")
@printed
@click.pass_obj
def ahp(
    run: Run,
    /,
    data: tuple[Path, ...],
    deriving: str,
    completion: str | None,
    random_indices: str,
    keep_incomplete: bool,
    keep_inconsistent: bool,
    as_json: bool,
    steps: bool,
) -> None:
    """Pairwise comparisons from 1/9 to 9, of one expert or of a group."""
    from assess.exchange.number_table import matrices
    from assess.weighting.ahp import ahp as method
    from assess.weighting.judgments import judged

    with told(run):
        tables = matrices(data)
    found = method(
        [judged(table.name, table.columns, table.values) for table in tables],
        deriving=cast("Deriving", deriving),
        completion=cast("Completion | None", completion),
        table=random_indices,
        keep_incomplete=keep_incomplete,
        keep_inconsistent=keep_inconsistent,
    )
    show(run, found, (), as_json, steps, always=(1, 2, 3, 4))


@weights.command()
@click.option("--scaling", type=click.Choice(["minmax", "none"]), default="minmax", show_default=True)
@click.option("--shift", type=click.FloatRange(0.0), default=0.0, help="Added to scaled values, as some papers do.")
@few_option
@of_units
@printed
@click.pass_obj
def entropy(run: Run, /, scaling: str, shift: float, few: bool, as_json: bool, steps: bool, **choice: Any) -> None:
    """Entropy weights: items on which units differ more count more."""
    from assess.weighting.spread import entropy as method

    sample, notes = units(run, **choice)
    show(run, method(sample, scaling=cast("Scaling", scaling), shift=shift, few=few), notes, as_json, steps)


@weights.command()
@few_option
@of_units
@printed
@click.pass_obj
def critic(run: Run, /, few: bool, as_json: bool, steps: bool, **choice: Any) -> None:
    """CRITIC weights: spread of an item times its conflict with the others."""
    from assess.weighting.spread import critic as method

    sample, notes = units(run, **choice)
    show(run, method(sample, few=few), notes, as_json, steps)


@weights.command()
@click.option("--scaling", type=click.Choice(["minmax", "none"]), default="minmax", show_default=True)
@few_option
@of_units
@printed
@click.pass_obj
def deviation(run: Run, /, scaling: str, few: bool, as_json: bool, steps: bool, **choice: Any) -> None:
    """Standard deviation weights."""
    from assess.weighting.spread import deviation as method

    sample, notes = units(run, **choice)
    show(run, method(sample, scaling=cast("Scaling", scaling), few=few), notes, as_json, steps)


@weights.command()
@click.option("--explained", type=click.FloatRange(0.0, 1.0), default=0.6, show_default=True, help="Variance to reach.")
@few_option
@of_units
@printed
@click.pass_obj
def pca(run: Run, /, explained: float, few: bool, as_json: bool, steps: bool, **choice: Any) -> None:
    """Principal component weights."""
    from assess.weighting.components import pca as method

    sample, notes = units(run, **choice)
    show(run, method(sample, explained=explained, few=few), notes, as_json, steps)


@weights.command()
@click.option("--data", type=TABLE, required=True, multiple=True, help="Table of items by sets, or results in JSON.")
@click.option("--method", type=click.Choice(["linear", "multiplicative", "game"]), default="linear", show_default=True)
@click.option("--alpha", type=float, default=0.6, show_default=True, help="Share of the first set (linear).")
@printed
@click.pass_obj
def combine(run: Run, /, data: tuple[Path, ...], method: str, alpha: float, as_json: bool, steps: bool) -> None:
    """Several weight sets in one: a column per set, or files written with --json."""
    from assess.weighting import combine as ways

    sets: dict[str, dict[str, float]] = {}
    for path in data:
        with told(run):
            read = weight_sets(path)
        for name, found in read.items():
            sets[name if name not in sets else f"{path.stem} {name}"] = found
    if method == "linear":
        result = ways.linear(sets, alpha=alpha)
    else:
        result = ways.multiplicative(sets) if method == "multiplicative" else ways.game(sets)
    show(run, result, (), as_json, steps)


@weights.command()
@click.option("--data", type=TABLE, required=True, help="A result in JSON, or a table of items by one set.")
@click.option("--keep", "name", required=True, metavar="ID", help="Id of the new set.")
@click.option(
    "--framework",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="Folder of the framework that keeps it.",
)
@click.option("--zh", default="", metavar="NAME", help="Chinese name of the set.")
@click.option("--en", default="", metavar="NAME", help="English name of the set.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def keep(run: Run, /, data: Path, name: str, folder: Path, zh: str, en: str, as_json: bool) -> None:
    """Keep weights with a framework, as a scenario that documents and indices may choose."""
    from assess.framework.keeping import keep as put
    from assess.language import Words

    with told(run):
        sets = weight_sets(data)
    if len(sets) != 1:
        raise Problem(
            "weights.columns",
            say("The table holds several columns of numbers: {names}.", names=tuple(sets)),
            say("Give a table with one set, or a result in JSON."),
        )
    put(folder, name, next(iter(sets.values())), Words(zh, en))
    kept = say("Kept in {folder} as the set “{name}”.", folder=folder.name, name=name)
    run.told({"folder": str(folder), "set": name, "items": len(next(iter(sets.values())))}, kept, as_json=as_json)


def first_column(table: NumberTable) -> dict[str, float]:
    """item → number of a table with one column."""
    return {item: filled(table, item, row[0]) for item, row in zip(table.rows, table.values, strict=True)}


def show(
    run: Run,
    found: Weighting,
    notes: tuple[Message, ...],
    as_json: bool,
    steps: bool,
    always: tuple[int, ...] = (),
) -> None:
    """Print a result: weights, single figures, formula, limits and warnings; tables where asked for."""
    if as_json:
        run.json(found.to_json(run.language) | {"notes": [run.words(note) for note in notes]})
        return
    from assess.weighting.about import FIGURES

    about = found.about
    run.say(about.name)
    for item, weight in found.weights.items():
        click.echo(f"  {weight:.6f}  {line(item)}")
    for name, number in found.figures.items():
        label = run.words(FIGURES[name]) if name in FIGURES else line(name)
        click.echo(f"  {label} = {number:.6g}")
    run.say(say("Formula: {formula}", formula=about.formula))
    run.say(say("Source: {source}", source=about.source))
    run.say(about.limits)
    for index, step in enumerate(found.steps):
        if steps or index in always:
            table(run, step)
    for warning in (*notes, *found.warnings):
        run.say(say("Note: {words}", words=warning))

"""`diagnose`: what holds a total back, how evenly dimensions stand, and whether items belong together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run, framework_named
from forms.commands.tables import data_option, line, of_units, set_of, told, units, weights_option

json_option = click.option("--json", "as_json", is_flag=True)
FRAMEWORK = click.option("--framework", "framework_name", default=None, help="Names the dimensions: a code or folder.")


@click.group()
def diagnose() -> None:
    """Obstacle degrees, coupling coordination, and how items of a dimension go together."""


@diagnose.command()
@click.argument("path", metavar="DOC", type=click.Path(path_type=Path))
@click.option("--floor", type=click.FloatRange(0.0, 1.0), default=0.001, show_default=True, help="Stands in for 0.")
@json_option
@click.pass_obj
def document(run: Run, /, path: Path, floor: float, as_json: bool) -> None:
    """Of one document: the obstacle degree of items and of every tier above them, and the coupling of dimensions."""
    from assess.measure.diagnose import coupling, obstacles, obstacles_by_node
    from assess.measure.score import score

    with run.document(path, read_only=True) as opened:
        framework, sheet = opened.framework, opened.sheet
        scores = score(framework, sheet)
    found = obstacles(framework, scores)
    nodes = obstacles_by_node(framework, found, [code for code in scores.nodes if code not in scores.items])
    even = coupling(framework, scores, floor)
    if as_json:
        run.json(
            {
                "items": {one.code: {"share": one.share, "weight": one.weight, "score": one.score} for one in found},
                "nodes": nodes,
                "coupling": None
                if even is None
                else {
                    "c": even.c, "t": even.t, "d": even.d, "band": run.words(even.band),
                    "dimensions": dict(zip(even.dimensions, even.degrees, strict=True)), "raised": list(even.floored),
                    "formula": run.words(even.formula),
                },
            }
        )  # fmt: skip
        return
    if scores.shown is None:
        run.say(say("Nothing can be said yet: there is no total. Answer the items first."))
        return
    if not found:
        run.say(say("Nothing holds the total back: every item counted has full marks."))
    for code, share in nodes.items():
        click.echo(f"  {share:7.2%}  {code}  {line(framework.name(code).to(run.language))}")
    for one in found:
        click.echo(f"    {one.share:7.2%}  {one.code}  {line(framework.name(one.code).to(run.language))}")
    if even is None:
        run.say(say("Coupling needs two dimensions or more, each with a score."))
        return
    run.say(
        say("Coupling C = {c}, index T = {t}, coordination D = {d}: {band}.", c=f"{even.c:.4f}", t=f"{even.t:.4f}",
            d=f"{even.d:.4f}", band=even.band)
    )  # fmt: skip
    run.say(say("Formula: {formula}", formula=even.formula))


@diagnose.command()
@FRAMEWORK
@click.option("--dimension", "dimensions", multiple=True, metavar="NAME=ITEM,ITEM", help="Items of one dimension.")
@click.option("--spearman", is_flag=True, help="Correlate ranks instead of values.")
@of_units
@json_option
@click.pass_obj
def items(
    run: Run,
    /,
    framework_name: str | None,
    dimensions: tuple[str, ...],
    spearman: bool,
    as_json: bool,
    **choice: Any,
) -> None:
    """Of a table of units × items: Cronbach's alpha, correlations, and items that pull against each other."""
    from assess.ranking.scale import Reliability, correlations, cronbach, pulls

    sample, notes = units(run, **choice)
    groups = grouped(sample.items, framework_name, dimensions)
    kind = "spearman" if spearman else "pearson"
    matrix = correlations(sample, "spearman" if spearman else "pearson")
    alphas: dict[str, Reliability | Problem] = {}
    for name, codes in groups.items():
        kept = [code for code in codes if code in sample.items]
        if len(kept) >= 2:
            try:
                alphas[name] = cronbach(sample.only(kept))
            except Problem as problem:
                alphas[name] = problem
    found = pulls(sample, groups, kind="spearman" if spearman else "pearson")
    if as_json:
        run.json(
            {
                "kind": kind,
                "items": list(sample.items),
                "correlations": [[None if r != r else r for r in row] for row in matrix.tolist()],
                "dimensions": {
                    name: {"alpha": None, "meaning": one.sentence(run.language)}
                    if isinstance(one, Problem)
                    else {
                        "alpha": one.alpha, "without": dict(one.without), "with_rest": dict(one.with_rest),
                        "meaning": run.words(one.meaning), "warnings": [run.words(word) for word in one.warnings],
                    }
                    for name, one in alphas.items()
                },
                "pulls": [
                    {"dimension": one.dimension, "one": one.one, "other": one.other, "r": one.r, "kind": one.kind,
                     "words": run.words(one.words)}
                    for one in found
                ],
                "notes": [run.words(note) for note in notes],
            }
        )  # fmt: skip
        return
    for name, one in alphas.items():
        click.echo(line(name))
        if isinstance(one, Problem):
            click.echo("  " + one.sentence(run.language))
            continue
        for words in (one.meaning, *one.warnings):
            click.echo("  " + run.words(words))
    if not found:
        run.say(say("No two items of one dimension pull against each other or repeat each other."))
    for pull in found:
        run.say(pull.words)
    for note in notes:
        run.say(say("Note: {words}", words=note))


@diagnose.command()
@weights_option
@of_units
@json_option
@click.pass_obj
def obstacle(run: Run, /, weights_file: Path | None, as_json: bool, **choice: Any) -> None:
    """Of a table of units × items: the obstacle degree of every item for every unit, after sample min–max."""
    from assess.measure.diagnose import obstacle_degrees
    from assess.ranking.place import weights_of

    sample, notes = units(run, **choice)
    shares = obstacle_degrees(sample.scaled(), weights_of(sample, set_of(weights_file)))
    if as_json:
        rows = {
            unit: dict(zip(sample.items, row, strict=True))
            for unit, row in zip(sample.units, shares.tolist(), strict=True)
        }
        run.json({"obstacles": rows, "notes": [run.words(note) for note in notes]})
        return
    for unit, row in zip(sample.units, shares.tolist(), strict=True):
        worst = sorted(zip(sample.items, row, strict=True), key=lambda pair: -pair[1])[:5]
        click.echo(line(unit) + "  " + "  ".join(f"{line(item)} {share:.1%}" for item, share in worst if share > 0))
    for note in notes:
        run.say(say("Note: {words}", words=note))


@diagnose.command(name="coupling")
@data_option
@weights_option
@click.option("--full", type=click.FloatRange(0.0, min_open=True), default=100.0, show_default=True,
              help="What full marks are.")  # fmt: skip
@click.option("--floor", type=click.FloatRange(0.0, 1.0), default=0.001, show_default=True, help="Stands in for 0.")
@json_option
@click.pass_obj
def coupling_of_table(
    run: Run, /, data: Path, weights_file: Path | None, full: float, floor: float, as_json: bool
) -> None:
    """Of a table of units × dimensions (scores): coupling C, index T, coordination D and its band."""
    import numpy as np

    from assess.exchange.number_table import units_by_items
    from assess.measure.diagnose import FORMULA, coordination_band, coupling_degrees
    from assess.ranking.place import weights_of
    from assess.weighting.sample import sample

    with told(run):
        table = units_by_items(data)
    values = [[float("nan") if cell is None else cell for cell in row] for row in table.values]
    checked = sample(table.rows, table.columns, values, least=1)
    degrees = checked.values / full
    if len(checked.items) < 2:
        raise Problem(
            "coupling.few",
            say("Coupling needs two dimensions or more, each with a score."),
            say("Give one column per dimension."),
        )
    if np.any(degrees < 0) or np.any(degrees > 1 + 1e-9):
        row, column = np.argwhere((degrees < 0) | (degrees > 1 + 1e-9))[0]
        raise Problem(
            "coupling.range",
            say("{unit}, {item}: {number} is not between 0 and {full}.", unit=checked.units[row],
                item=checked.items[column], number=f"{checked.values[row, column]:g}", full=f"{full:g}"),
            say("Give scores, and say with --full what full marks are."),
        )  # fmt: skip
    c, t, d = coupling_degrees(degrees, weights_of(checked, set_of(weights_file)), floor)
    rows = [
        (unit, float(one), float(two), float(three), run.words(coordination_band(float(three))))
        for unit, one, two, three in zip(checked.units, c, t, d, strict=True)
    ]
    if as_json:
        run.json({
            "units": {unit: {"c": one, "t": two, "d": three, "band": band} for unit, one, two, three, band in rows},
            "floor": floor, "formula": run.words(FORMULA), "notes": [run.words(note) for note in table.notes],
        })  # fmt: skip
        return
    for unit, one, two, three, band in rows:
        click.echo(f"  {three:.4f}  {band}  C {one:.4f}  T {two:.4f}  {line(unit)}")
    run.say(say("Formula: {formula}", formula=FORMULA))


def grouped(
    known: tuple[str, ...], framework_name: str | None, dimensions: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Dimension → items: as given, else of the framework, else all items as one dimension."""
    if dimensions:
        out = {}
        for given in dimensions:
            name, _, codes = given.partition("=")
            wanted = tuple(code.strip() for code in codes.split(",") if code.strip())
            odd = [code for code in wanted if code not in known]
            if odd or not wanted:
                raise Problem(
                    "diagnose.dimension",
                    say("{given}: {item} is no column of the table.", given=given, item=odd[0] if odd else "—"),
                    say("Write --dimension NAME=ITEM,ITEM with headings of the table."),
                )
            out[name] = wanted
        return out
    if framework_name is not None:
        framework = framework_named(framework_name)
        return {node.code: tuple(framework.leaves(node.code)) for node in framework.dimensions}
    return {"*": known}

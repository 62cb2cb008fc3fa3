"""`index`: a table of units × items through a framework to scores, places and how firm they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from assess.answers import Profile
from assess.framework.model import Framework
from assess.framework.tiers import COUNTY, view
from assess.language import say
from assess.problems import Problem
from forms.commands.run import Run, framework_named

SHOWN = 10
FORMATS = {
    "csv": ("csv",),
    "parquet": ("parquet",),
    "json": ("json",),
    "both": ("csv", "parquet"),
    "all": ("csv", "parquet", "json"),
}


@click.command()
@click.option("--framework", required=True, help="A folder, or the code of a built-in framework.")
@click.option(
    "--data", required=True, type=click.Path(path_type=Path), help="CSV, XLSX, XLS, ODS or Parquet; wide or long."
)
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path), help="Folder of the results.")
@click.option("--tier", default="", help="Administrative level of the units, for example 县; all items if not given.")
@click.option("--mode", default="", help="Assessment mode; formal, or the framework's first, if not given.")
@click.option(
    "--weights",
    "weights",
    default=None,
    help="A weight set of the framework by name; or a file: JSON of `zhiheng weights`, or a table with a code and a "
    "weight in each row. Without it the sets that belong to kinds of units hold for them.",
)
@click.option("--year", type=click.IntRange(1900, 2200), default=None, help="Year of all units, for targets by year.")
@click.option(
    "--format",
    "written",
    type=click.Choice(["csv", "parquet", "json", "both", "all"]),
    default=None,
    help="Format of the tables; both is CSV and Parquet. Parquet for a Parquet table, else CSV.",
)
@click.option("--robust", "draws", type=click.IntRange(min=2), default=None, help="Draws of a robustness run.")
@click.option("--seed", type=click.IntRange(min=0), default=None, help="Seed of the draws; needed with --robust.")
@click.option(
    "--sensitivity",
    "samples",
    type=click.IntRange(min=2),
    default=None,
    help="Samples of a Sobol analysis of what moves the places (10,000 for first orders).",
)
@click.option("--units", "units", type=click.Path(path_type=Path), default=None,
              help="List of the units that may stand in the table, one name or code a line.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def index(
    run: Run,
    /,
    framework: str,
    data: Path,
    folder: Path,
    mode: str,
    tier: str,
    weights: str | None,
    year: int | None,
    written: str | None,
    draws: int | None,
    seed: int | None,
    samples: int | None,
    units: Path | None,
    as_json: bool,
) -> None:
    """Score a table of units × items: scores, coverage, ranks and cells, and result.json."""
    from assess.index import chain, parquet, sensitivity, table, writing
    from assess.index import robust as firmness
    from assess.index import weights as weighing

    if seed is None and (draws is not None or samples is not None):
        raise Problem(
            "index.seed",
            say("A robustness run needs a seed, so that it can be repeated."),
            say("Add --seed and any whole number, for example --seed 1."),
        )
    formats = FORMATS[written or ("parquet" if parquet.is_parquet(data) else "csv")]
    chosen = framework_named(framework)
    if tier:
        chosen = _of_tier(chosen, tier)
    if weights is not None:
        chosen = weighing.chosen(chosen, weights)
    known = None if units is None else _known(units)
    try:
        read = table.read(data, chosen, known_units=known)
    except table.TableProblem as problem:
        run.findings(problem.findings)
        raise
    same = {"tier": tier, "year": "" if year is None else str(year)}
    read = replace(read, about={**read.about, **{key: (text,) * read.rows for key, text in same.items() if text}})
    found = chain.index(chosen, read, mode=mode, threads=1)
    firm = None
    if draws is not None and seed is not None:
        firm = firmness.robust(chosen, read, draws, seed, mode=mode)
    moving = None
    if samples is not None and seed is not None:
        moving = sensitivity.sensitivity(chosen, read, samples, seed, mode=mode)
    run.findings(found.findings)
    writing.write(chosen, found, folder, firm, moving, formats)
    if as_json:
        run.json(writing.summary(chosen, found, firm, moving))
        return
    places = sorted((rank, row) for row, rank in enumerate(found.ranks().tolist()) if rank)
    for rank, row in places[:SHOWN]:
        score = f"{found.result[row]:.{max(chosen.show_decimals, chosen.rank_decimals or 0)}f}"
        shared = int(found.shared()[row])
        values = {"rank": rank, "unit": read.units[row], "score": score}
        if firm is not None:
            low, high = (f"{part[row]:g}" for part in (firm.low, firm.high))
            run.say(say("{rank}  {unit}  {score}  (places {low} to {high})", **values, low=low, high=high))
        elif shared > 1:
            run.say(say("{rank}  {unit}  {score}  (shared by {count})", **values, count=shared))
        else:
            run.say(say("{rank}  {unit}  {score}", **values))
    run.say(
        say("{scored} of {units} units scored; results in {folder}.", scored=len(places), units=read.rows,
            folder=str(folder))
    )  # fmt: skip


def _of_tier(framework: Framework, tier: str) -> Framework:
    """The items of one administrative level."""
    if tier not in framework.tiers:
        raise Problem(
            "index.tier",
            say("The framework has no administrative level {tier}.", tier=tier),
            say("Known: {names}.", names=tuple(framework.tiers)),
        )
    return view(framework, Profile("", tier=tier, unit_kind="county" if tier == COUNTY else "city"))


def _known(path: Path) -> list[str]:
    """One name or code a line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "index.units",
            say("The list of units {path} cannot be read.", path=str(path)),
            say("Save it as UTF-8 text with one name or code a line."),
        ) from error
    return [line.strip() for line in lines if line.strip()]

"""The result of a run as files: scores.csv, ranks.csv, cells.csv and result.json. Numbers are unrounded (R9)."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.framework.model import ROOT, Framework
from assess.index.apart import before_next, groups
from assess.index.gates import JUDGED
from assess.index.result import Index
from assess.language import say
from assess.problems import Problem

if TYPE_CHECKING:
    from assess.index.robust import Robust
    from assess.index.sensitivity import Sensitivity

FILES = ("scores.csv", "ranks.csv", "cells.csv", "result.json")
RISKY = ("=", "+", "-", "@", "\t", "\r")


def write(
    framework: Framework,
    found: Index,
    folder: Path,
    robust: Robust | None = None,
    sensitivity: Sensitivity | None = None,
) -> tuple[Path, ...]:
    """Write the four files into a folder, which is made if need be. Raises Problem `index.not-written`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _table(folder / "scores.csv", *scores_table(framework, found))
        _table(folder / "ranks.csv", *ranks_table(framework, found, robust))
        _table(folder / "cells.csv", *cells_table(found))
        text = json.dumps(summary(framework, found, robust, sensitivity), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "result.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise Problem(
            "index.not-written",
            say("Nothing could be written to {folder}: {reason}.", folder=str(folder), reason=error.strerror or ""),
            say("Choose a folder that can be written to, with enough room."),
        ) from error
    return tuple(folder / name for name in FILES)


def order(framework: Framework, found: Index) -> list[str]:
    """The total first, then the nodes from above downward, then the items."""
    nodes = [code for code in framework.nodes if code != ROOT and code in found.scores]
    items = [code for code in found.scores if code in framework.indicators]
    return [ROOT, *nodes, *items]


def scores_table(framework: Framework, found: Index) -> tuple[list[str], Iterable[Sequence[object]]]:
    """Unit, code, stage by score and stage held, coverage, and the score at every node and item."""
    codes = order(framework, found)
    columns = [found.of(code).tolist() for code in codes]
    coverage = found.coverage[ROOT].tolist()
    stages, held = found.stages.tolist(), found.held.tolist()
    head = ["unit", "code", "stage", "stage_held", "coverage", *codes]
    data = found.data
    return head, (
        (
            data.units[row],
            data.codes[row],
            stages[row] or None,
            held[row] or None,
            coverage[row],
            *(column[row] for column in columns),
        )
        for row in range(data.rows)
    )


def ranks_table(
    framework: Framework, found: Index, robust: Robust | None = None
) -> tuple[list[str], Iterable[Sequence[object]]]:
    """Unit, code, place, how many share it, the place at every node; over all draws the places from 5 to 95 %, the
    group of those that cannot be told apart, the share of draws before the next unit, and the stages."""
    nodes = [code for code in framework.nodes if code in found.scores and code != ROOT]
    columns = [found.ranks(code).tolist() for code in nodes]
    places = found.ranks().tolist()
    shared = found.shared().tolist()
    head = ["unit", "code", "rank", "shared_by"]
    draws: list[list[float]] = []
    if robust is not None:
        head += ["rank_mean", "rank_median", "rank_low", "rank_high", "group", "before_next"]
        parts = (robust.mean, robust.median, robust.low, robust.high, groups(found, robust), before_next(found, robust))
        draws = [part.tolist() for part in parts]
        stages = robust.stage_range()
        if stages is not None:
            head += ["stage_low", "stage_high"]
            draws += [part.tolist() for part in stages]
    data = found.data
    return [*head, *nodes], (
        (
            data.units[row],
            data.codes[row],
            places[row] or None,
            shared[row] or None,
            *(part[row] for part in draws),
            *(column[row] or None for column in columns),
        )
        for row in range(data.rows)
    )


def cells_table(found: Index) -> tuple[list[str], Iterable[Sequence[object]]]:
    """Every cell that does not hold what the table says."""
    data = found.data
    return ["unit", "code", "item", "change", "before", "after"], (
        (data.units[one.unit], data.codes[one.unit], one.item, one.change, one.before, one.after)
        for one in found.changed
    )


def summary(
    framework: Framework, found: Index, robust: Robust | None = None, sensitivity: Sensitivity | None = None
) -> dict[str, Any]:
    """The recipe and what came of it, without the scores themselves."""
    known = found.total[~(found.total != found.total)]
    ties = int((found.shared() > 1).sum())
    return {
        "recipe": dict(found.recipe),
        "units": found.data.rows,
        "scored": int(known.size),
        "tied": ties,
        "lowest": float(known.min()) if known.size else None,
        "highest": float(known.max()) if known.size else None,
        "stages": {str(stage.level): int((found.stages == stage.level).sum()) for stage in framework.stages},
        "stages_held": {str(stage.level): int((found.held == stage.level).sum()) for stage in framework.stages},
        "not_judged": sorted(
            {gate.id for stage in framework.stages for gate in stage.gates if gate.type not in JUDGED}
        ),
        "imputed": sum(one.change == "imputed" for one in found.changed),
        "treated": sum(one.change != "imputed" for one in found.changed),
        "findings": [
            {"code": one.code, "place": one.place, "subject": one.subject, "text": one.text.render("en")}
            for one in found.findings
        ],
        "robustness": None if robust is None else robust.to_json(),
        "sensitivity": None if sensitivity is None else sensitivity.to_json(),
    }


def _table(path: Path, head: list[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([cell(name) for name in head])
        writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: object) -> object:
    """A cell that no table program takes for a formula; nothing for what has no value."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    return "" if value is None else value

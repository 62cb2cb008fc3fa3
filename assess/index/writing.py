"""The result of a run as files: scores, coverage, ranks and cells as CSV, Parquet or JSON, and result.json.

Numbers are unrounded (R9). Tables are written block by block.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.exchange.parquet import write as write_parquet
from assess.framework.model import ROOT, Framework
from assess.index.apart import before_next, groups
from assess.index.ranks import places
from assess.index.result import GRADED, SHOWN, Index
from assess.language import say
from assess.problems import Problem, reason

if TYPE_CHECKING:
    from assess.index.robust import Robust
    from assess.index.sensitivity import Sensitivity

FORMATS = ("csv", "parquet", "json")
NAMES = ("scores", "coverage", "ranks", "cells")
RISKY = ("=", "+", "-", "@", "\t", "\r")
BLOCK = 8_192
Blocks = Iterator[dict[str, Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Output:
    """One table of the result: its columns with their kinds ("text", "number", "whole"), and its rows in blocks of
    columns, so that a table of any length needs little memory. In "whole" columns NaN stands for nothing."""

    name: str
    kinds: dict[str, str]
    blocks: Callable[[], Blocks]


def write(
    framework: Framework,
    found: Index,
    folder: Path,
    robust: Robust | None = None,
    sensitivity: Sensitivity | None = None,
    formats: Sequence[str] = ("csv",),
) -> tuple[Path, ...]:
    """Write every table in every format, and result.json, into a folder, which is made if need be. Raises Problem
    `index.not-written`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made: list[Path] = []
        for output in outputs(framework, found, robust):
            made += [_put(folder, output, format) for format in formats]
        text = json.dumps(summary(framework, found, robust, sensitivity), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "result.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise Problem(
            "index.not-written",
            say("Nothing could be written to {folder}: {reason}.", folder=str(folder), reason=reason(error)),
            say("Choose a folder that can be written to, with enough room."),
        ) from error
    return (*made, folder / "result.json")


def _put(folder: Path, output: Output, format: str) -> Path:  # noqa: A002 - what it is called on the command line
    """One table as one file, which stands in its place only when it is whole."""
    path = folder / f"{output.name}.{format}"
    part = path.with_name(path.name + ".part")
    try:
        if format == "parquet":
            write_parquet(part, output.kinds, output.blocks())
        elif format == "json":
            _lines(part, output)
        else:
            _table(part, output)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def outputs(framework: Framework, found: Index, robust: Robust | None = None) -> tuple[Output, ...]:
    """Scores, coverage, places and changed cells."""
    return (
        scores_table(framework, found),
        coverage_table(framework, found),
        ranks_table(framework, found, robust),
        cells_table(found),
    )


def by_unit(found: Index, name: str, columns: Mapping[str, tuple[str, Any]]) -> Output:
    """A table with a row per unit: name, code, and columns of (kind, array)."""

    def blocks() -> Blocks:
        data = found.data
        for start in range(0, data.rows, BLOCK):
            end = start + BLOCK
            rows: dict[str, Sequence[Any]] = {"unit": data.units[start:end], "code": data.codes[start:end]}
            yield rows | {key: array[start:end] for key, (_, array) in columns.items()}

    kinds = {"unit": "text", "code": "text"} | {key: kind for key, (kind, _) in columns.items()}
    return Output(name, kinds, blocks)


def placed(array: Any) -> tuple[str, Any]:
    """A column of places or stages, in which 0 is nothing; exact up to 16 million units."""
    import numpy as np

    return "whole", np.where(array == 0, np.nan, array).astype(np.float32)


def order(framework: Framework, found: Index) -> list[str]:
    """The total first, and what deductions and bonus make of it; then the nodes from above downward, then the items."""
    nodes = [code for code in framework.nodes if code != ROOT and code in found.scores]
    items = [code for code in found.scores if code in framework.indicators]
    return [ROOT, *(code for code in (GRADED, SHOWN) if code in found.scores), *nodes, *items]


def scores_table(framework: Framework, found: Index) -> Output:
    """Unit, code, stage by score and stage held, coverage, and the score at every node and item."""
    columns = {
        "stage": placed(found.stages),
        "stage_held": placed(found.held),
        "coverage": ("number", found.coverage[ROOT]),
    }
    return by_unit(found, "scores", columns | {code: ("number", found.of(code)) for code in order(framework, found)})


def coverage_table(framework: Framework, found: Index) -> Output:
    """Coverage by weight at every node."""
    codes = [code for code in order(framework, found) if code in found.coverage]
    return by_unit(found, "coverage", {code: ("number", found.coverage[code]) for code in codes})


def ranks_table(framework: Framework, found: Index, robust: Robust | None = None) -> Output:
    """Unit, code, place, how many share it, the place at every node; over all draws the places from 5 to 95 %, the
    group of those that cannot be told apart, the share of draws before the next unit, and the stages."""
    columns = {"rank": placed(found.ranks()), "shared_by": placed(found.shared())}
    if robust is not None:
        columns |= {
            "rank_mean": ("number", robust.mean),
            "rank_median": ("number", robust.median),
            "rank_low": ("number", robust.low),
            "rank_high": ("number", robust.high),
            "group": placed(groups(found, robust)),
            "before_next": ("number", before_next(found, robust)),
        }
        stages = robust.stage_range()
        if stages is not None:
            columns |= {"stage_low": ("whole", stages[0]), "stage_high": ("whole", stages[1])}
    nodes = [code for code in framework.nodes if code in found.scores and code != ROOT]
    decimals = framework.rank_decimals
    return by_unit(found, "ranks", columns | {code: placed(places(found.of(code), decimals)[0]) for code in nodes})


def cells_table(found: Index) -> Output:
    """Every cell that does not hold what the table says."""
    data = found.data

    def blocks() -> Blocks:
        for start in range(0, len(found.changed), BLOCK):
            some = found.changed[start : start + BLOCK]
            yield {
                "unit": [data.units[one.unit] for one in some],
                "code": [data.codes[one.unit] for one in some],
                "item": [one.item for one in some],
                "change": [one.change for one in some],
                "before": [math.nan if one.before is None else one.before for one in some],
                "after": [math.nan if one.after is None else one.after for one in some],
            }

    kinds = dict.fromkeys(("unit", "code", "item", "change"), "text") | dict.fromkeys(("before", "after"), "number")
    return Output("cells", kinds, blocks)


def summary(
    framework: Framework, found: Index, robust: Robust | None = None, sensitivity: Sensitivity | None = None
) -> dict[str, Any]:
    """The recipe and what came of it, without the scores themselves."""
    known = found.result[~(found.result != found.result)]
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
        "not_judged": sorted({gate.id for stage in framework.stages for gate in stage.gates if not found.judges(gate)}),
        "red_lines": {name: int(here.sum()) for name, here in found.lines.in_force.items()},
        "red_lines_awaiting": dict(found.lines.awaiting),
        "imputed": sum(one.change == "imputed" for one in found.changed),
        "treated": sum(one.change != "imputed" for one in found.changed),
        "findings": [
            {"code": one.code, "place": one.place, "subject": one.subject, "text": one.text.render("en")}
            for one in found.findings
        ],
        "robustness": None if robust is None else robust.to_json(),
        "sensitivity": None if sensitivity is None else sensitivity.to_json(),
    }


def _table(path: Path, output: Output) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([cell(name) for name in output.kinds])
        for block in output.blocks():
            writer.writerows(zip(*(texts(block[name], kind) for name, kind in output.kinds.items()), strict=True))


def _lines(path: Path, output: Output) -> None:
    """A list of objects, one a line; what has no value is null."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("[")
        comma = "\n"
        for block in output.blocks():
            columns = [plain(block[name], kind) for name, kind in output.kinds.items()]
            for row in zip(*columns, strict=True):
                record = dict(zip(output.kinds, row, strict=True))
                stream.write(comma + json.dumps(record, ensure_ascii=False, allow_nan=False))
                comma = ",\n"
        stream.write("\n]\n")


def plain(values: Sequence[Any], kind: str) -> list[Any]:
    """A column as JSON has it."""
    if kind == "text":
        return list(values)
    import numpy as np

    listed = np.asarray(values, dtype=np.float64).tolist()
    if kind == "whole":
        return [None if one != one else int(one) for one in listed]
    return [None if one != one else one for one in listed]


def texts(values: Sequence[Any], kind: str) -> list[object]:
    """A column as a text table has it."""
    if kind == "text":
        return [cell(one) for one in values]
    return ["" if one is None else repr(one) for one in plain(values, kind)]


def cell(value: str) -> str:
    """A text that no table program takes for a formula."""
    return f"'{value}" if value.startswith(RISKY) else value

"""Weights from a file instead of the framework's own: what `zhiheng weights … --json` printed, or a table of codes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assess.exchange.grid import read as read_grids
from assess.exchange.grid import text_of
from assess.framework import settled
from assess.framework.grammar import nearest
from assess.framework.model import Framework
from assess.index.cells import figure
from assess.language import say
from assess.problems import Problem


def chosen(framework: Framework, named: str) -> Framework:
    """The framework under one of its weight sets, or under the weights of a file. Problems as `settled.set_named`,
    `read` and `reweighted`."""
    path = Path(named)
    if any(named in (one.id, one.words.zh, one.words.en) for one in framework.weight_sets) or not path.is_file():
        return settled.chosen(framework, named)
    return replace(reweighted(framework, read(path)), weight_sets=())


def read(path: Path) -> dict[str, float]:
    """Weight by code. Raises Problem `index.weights-file` for a file that holds none."""
    if path.suffix.lower() == ".json":
        return _from_json(path)
    found: dict[str, float] = {}
    for row in read_grids(path)[0].rows:
        cells = [text_of(cell) for cell in row if cell is not None]
        if len(cells) < 2 or (not found and not _is_number(cells[1])):
            continue
        if cells[0] in found:
            raise Problem(
                "index.weight-twice",
                say("{code} has two weights in {name}.", code=cells[0], name=path.name),
                say("Keep one of the two rows."),
            )
        found[cells[0]] = figure(cells[0], cells[1])
    if not found:
        raise _nothing(path)
    return found


def _from_json(path: Path) -> dict[str, float]:
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _nothing(path) from error
    weights = data.get("weights", data) if isinstance(data, Mapping) else None
    if not isinstance(weights, Mapping) or not weights:
        raise _nothing(path)
    for value in weights.values():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _nothing(path)
    return {str(code): float(value) for code, value in weights.items()}


def _nothing(path: Path) -> Problem:
    return Problem(
        "index.weights-file",
        say("{name} holds no weights.", name=path.name),
        say("Use what “zhiheng weights … --json” printed, or a table with a code and a weight in each row."),
    )


def _is_number(text: str) -> bool:
    try:
        figure("", text)
    except Problem:
        return False
    return True


def reweighted(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """The framework with other weights; they count among siblings, so that all children of a node have one or none.

    Raises Problem `index.weight-unknown`, `index.weight-value`, `index.weight-siblings`, `index.weight-points`.
    """
    known = {*framework.indicators, *framework.nodes}
    for code, weight in weights.items():
        if code not in known:
            raise Problem(
                "index.weight-unknown",
                say("The framework has no item or node {code} to weigh.", code=code),
                nearest(code, known),
            )
        if not math.isfinite(weight) or weight < 0:
            raise Problem(
                "index.weight-value",
                say("The weight of {code} is {weight}.", code=code, weight=f"{weight:g}"),
                say("Weights are 0 or more."),
            )
    for node in framework.nodes.values():
        given = [child for child in node.children if child in weights]
        if not given:
            continue
        if node.aggregation in ("sum", "deduct", "bonus"):
            raise Problem(
                "index.weight-points",
                say("{code} adds up points, so its parts cannot be weighed anew.", code=node.code),
                say("Change the points in the framework."),
            )
        lacking = [child for child in node.children if child not in weights]
        if lacking:
            raise Problem(
                "index.weight-siblings",
                say("{code} has no weight, though {other} beside it has one.", code=lacking[0], other=given[0]),
                say("Weigh all parts of a node, or none."),
            )
        if not any(weights[child] > 0 for child in given):
            raise Problem(
                "index.weight-value",
                say("Every part of {code} has the weight 0.", code=node.code),
                say("Give at least one of them a weight above 0."),
            )
    return settled.reweighted(framework, weights)

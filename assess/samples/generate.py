"""Writes the sample cities into the library: `python -m assess.samples.generate`.

Each answer is the dimension's target plus the item's difficulty plus a seeded disturbance; answers are then moved one
step at a time until the dimension scores what the archetype asks for, and the whole engine confirms both stages. An
expectation that cannot be reached is an error: the archetype's answers change then, never a rule.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.answers import Json
from assess.framework import read
from assess.framework.model import Framework
from assess.measure.score import score
from assess.samples.cities import FOLDER
from assess.samples.city import City
from assess.samples.making import agreed

ARCHETYPES = Path(__file__).parent / "archetypes.toml"


def make(framework: Framework, common: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Json]:
    """One city as the JSON of its file. Raises ValueError where the engine does not find the stages expected."""
    city = City(framework, common, spec)
    city.floors()
    city.first_answers()
    city.without_data()
    city.leave_evidence_out()
    city.steer()
    city.answers = agreed(framework, city.answers)
    reviewed = city.review()
    sheet = city.sheet(reviewed).with_cells({**city.previous(), **city.township_cells()})
    found = score(city.framework, sheet)
    stages = tuple(stage.level if stage else 0 for stage in (found.score_stage, found.gated_stage))
    expected = (spec["stage"]["score"], spec["stage"]["held"])
    if stages != expected:
        failed = [(g.gate.id, g.found, g.where) for g in found.failed_gates(expected[1])]
        raise ValueError(f"{spec['name']}: stages {stages}, expected {expected}; failed {failed}; {found.graded}")
    cells = sorted([item, column, content] for (item, column), content in sheet.cells.items())
    return {
        "profile": city.profile.to_json(),
        "blurb": spec["blurb"],
        "expected": spec["stage"],
        "cells": cells,
        "townships": city.townships(),
    }


def text(city: Mapping[str, Json]) -> str:
    """The file's text: one cell to a line, so that a change can be read."""

    def dump(value: Json) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    cells = ",\n".join(f"  {dump(cell)}" for cell in city["cells"])
    towns = ",\n".join(f"  {dump(code)}: {dump(values)}" for code, values in sorted(city["townships"].items()))
    return (
        f'{{\n"profile": {dump(city["profile"])},\n"blurb": {dump(city["blurb"])},\n'
        f'"expected": {dump(city["expected"])},\n"cells": [\n{cells}\n],\n"townships": {{\n{towns}\n}}\n}}\n'
    )


def files() -> dict[str, str]:
    """Name and text of every file of the library of cities."""
    common = tomllib.loads(ARCHETYPES.read_text("utf-8"))
    framework = read.builtin()
    out = {f"{spec['code']}.json": text(make(framework, common, spec)) for spec in common["city"]}
    out["order.json"] = json.dumps(sorted(spec["code"] for spec in common["city"])) + "\n"
    return out


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_text(content, "utf-8")

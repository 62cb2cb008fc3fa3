"""The keys of nodes and indicators, and the words in which keys are described. What is not required is optional.

Kinds: "text"; "words" (a text, or a table of zh and en); "texts" (a list of texts); "words list" (a list of texts, or
zh and en lists); "number", "whole", "flag", "numbers", "pairs", "any"; a few kinds that `fits` explains; a tuple of the
allowed texts; a `Table`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from assess.framework.index_rules import IMPUTATIONS, SCALES

AGGREGATIONS = (
    "weighted_mean",
    "geometric",
    "harmonic",
    "weakest",
    "sum",
    "share_of_yes",
    "staircase",
    "hurdle",
    "cumulative",
    "discount",
    "deduct",
    "bonus",
)
PACES = ("linear", "step", "growth")
KINDS = ("level", "yesno", "number", "multi")


@dataclass(frozen=True)
class Table:
    """Keys of a table. `rest` is the kind of every other key; `many` says it stands as a list of tables."""

    keys: Mapping[str, Kind] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    rest: Kind | None = None
    many: bool = False


Kind: TypeAlias = "str | tuple[str, ...] | Table"

LABEL: dict[str, Kind] = {"zh": "text", "en": "text"}
NAMED: dict[str, Kind] = {"id": "text", **LABEL}


def table(required: str = "", /, rest: Kind | None = None, **keys: Kind) -> Table:
    return Table(keys, tuple(required.split()), rest)


def many(required: str = "", /, **keys: Kind) -> Table:
    return Table(keys, tuple(required.split()), many=True)


SCALE: dict[str, Kind] = {
    "scale": SCALES,
    "range": "numbers",
    "log": "flag",
    "cap": "flag",
    "points": "curve",
    "center": "number",
    "spread": "number",
    "target": "number",
}
NUMBER = table(
    "",
    unit="words",
    kind=("ratio", "rate", "average", "count"),
    direction=("up", "down"),
    zero="number",
    full="number",
    decimals="whole",
    plausible="numbers",
    numerator="words",
    denominator="words",
    factor="number",
    period="words",
    source="words",
    rule="words",
    calculation="words",
    zero_denominator=table("treat", treat=("nd", "na", "zero", "invalid"), **LABEL),
    confirmation=table("ask", ask="words", cap="number"),
    parameter=many("key", key="text", value="number", note="words", **LABEL),
    divide_by="text",
    negative="flag",
    impute=IMPUTATIONS,
    treat="flag",
    years="curve",
    pace=PACES,
    **SCALE,
)
IMPROVEMENT = table(action="words", effort="text", duration="words", months="numbers")
INDICATOR: dict[str, Kind] = {
    "code": "text",
    "under": "text",
    "kind": KINDS,
    "weight": "number",
    "core": "flag",
    "key": "flag",
    "outcome": "flag",
    "tiers": "texts",
    "lead": "text",
    "assisting": "texts",
    "clauses": "texts",
    "standards": "words list",
    "name": "words",
    "question": "words",
    "note": "words",
    "evidence": "words list",
    "level": many("level", level="whole", score="number", conditions="words list", **LABEL),
    "number": NUMBER,
    "option": many("key", key="text", required="flag", evidence="words", **LABEL),
    "yesno": table(good=("yes", "no"), yes="words", no="words"),
    "not_applicable": table(tiers="texts", when="words"),
    "grassroots": table("question scale", question="words", scale="text"),
    "improve_low": IMPROVEMENT,
    "improve_high": IMPROVEMENT,
}
NODE: dict[str, Kind] = {
    "code": "text",
    "under": "text",
    "weight": "number",
    "name": "words",
    "description": "words",
    "aggregation": AGGREGATIONS,
    "floor": "number",
    "pass": "number",
    "available": "number",
    "start": "number",
    "gate": "number",
    "most": "number",
    "ceiling": "number",
}
ITEM_FILE = Table(
    {
        "dimension": Table(NODE, ("code", "name")),
        "sub": Table(NODE, ("code", "name"), many=True),
        "node": Table(NODE, ("code", "name"), many=True),
        "defaults": Table(INDICATOR),
        "indicator": Table(INDICATOR, ("code", "name"), many=True),
    }
)

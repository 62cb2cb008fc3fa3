"""The result of a run: scores at every node, places, stages, changed cells, and the recipe that made them (R10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from assess.framework.index_rules import Imputation, Scaling
from assess.framework.model import ROOT, Aggregation, Framework
from assess.framework.stage_rules import Gate
from assess.index import proofs, stated
from assess.index.data import Changed, Data
from assess.index.gates import Standing, held
from assess.index.holding import Holding, sets_in_force
from assess.index.matters import Lines, lowered
from assess.index.ranks import places
from assess.problems import Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]


GRADED, SHOWN = "graded", "shown"
NO_LINES = Lines({}, {})


@dataclass(frozen=True, slots=True)
class Variant:
    """What a run does otherwise than the framework says; None leaves a part as it is."""

    scale: Scaling | None = None
    most: int | None = None
    impute: Imputation | None = None
    aggregation: Aggregation | None = None
    weights: Mapping[str, float] | None = None
    goalposts: float | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """Scores of all units, one column per item and node (NaN: none); the total is `total`.

    `coverage` of the nodes is by weight (D16), NaN where nothing applies. `stages` holds the level of the band of the
    unrounded total, 0 without one. Where the table states deductions or a bonus, `graded` and `shown` stand beside the
    total; the stages are of the one, the places of the other. `marks` are the states of the items in force, `lines` the
    red lines. Places and the stages held are reckoned when they are asked for.
    """

    data: Data
    scores: Mapping[str, Floats]
    coverage: Mapping[str, Floats]
    framework: Framework
    mode: str
    stages: Wholes
    changed: tuple[Changed, ...]
    findings: tuple[Finding, ...]
    recipe: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, NDArray[np.int8]] = field(default_factory=dict, repr=False)
    lines: Lines = NO_LINES
    _stood: list[Standing] = field(default_factory=list, repr=False, compare=False)
    _held: list[Wholes] = field(default_factory=list, repr=False, compare=False)
    _places: dict[str, tuple[Wholes, Wholes]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, code: str) -> Floats:
        """The scores of one item or node. KeyError for an unknown code."""
        return self.scores[code]

    @property
    def total(self) -> Floats:
        return self.scores[ROOT]

    @property
    def result(self) -> Floats:
        """The total less deductions and with the bonus, by which units are ranked."""
        return self.scores.get(SHOWN, self.total)

    def ranks(self, code: str = "") -> Wholes:
        """The place of each unit at an item or node: 1 for the highest, 0 without a score. KeyError if unknown."""
        return self._placed(code)[0]

    def shared(self, code: str = "") -> Wholes:
        """How many units stand on the place of each, itself included; 0 without a score."""
        return self._placed(code)[1]

    @property
    def held(self) -> Wholes:
        """The highest stage of each unit up to its band of which all gates hold; 0 without one (R6)."""
        if not self._held:
            stages = held(self.framework, self.data, self.mode, self._standing(), self.stages)
            self._held.append(lowered(self.framework, self.lines, stages))
        return self._held[0]

    def judges(self, gate: Gate) -> bool:
        """Whether the table states what a gate looks at."""
        return self._standing().judges(self.framework, self.mode, gate)

    def _standing(self) -> Standing:
        if not self._stood:
            codes = [code for code in self.marks if code in self.framework.indicators]
            rate = proofs.rate(self.framework, self.data, codes, self.scores, self.marks)
            reviewed = self.data.columns.get("reviewed")
            graded = self.scores.get(GRADED, self.total)
            said = None if reviewed is None else reviewed > 0
            self._stood.append(Standing(self.scores, self.coverage, graded, self.marks, rate, said))
        return self._stood[0]

    def _placed(self, code: str) -> tuple[Wholes, Wholes]:
        if code not in self._places:
            column = self.scores[code] if code else self.result
            self._places[code] = places(column, self.framework.rank_decimals)
        return self._places[code]


def recipe(framework: Framework, data: Data, mode: str, variant: Variant, holding: Holding) -> dict[str, Any]:
    """Everything that decides the numbers, as data; the table by the SHA-256 of its file."""
    rules = framework.index
    return {
        "framework": {"code": framework.code, "version": framework.version, "digest": framework.digest},
        "program": program(),
        "table": data.digest or None,
        "mode": mode,
        "maximum": framework.maximum,
        "rank_decimals": framework.rank_decimals,
        "goalposts_stretched": variant.goalposts,
        "impute": variant.impute or rules.impute,
        "group": rules.group or None,
        "neighbors": rules.neighbors if "nearest" in (variant.impute, rules.impute) else None,
        "outliers": None
        if rules.outliers is None
        else {
            "most": rules.outliers.most if variant.most is None else variant.most,
            "skew": rules.outliers.skew,
            "kurtosis": rules.outliers.kurtosis,
            "otherwise": rules.outliers.otherwise,
        },
        "scales": {
            code: scale_json(variant.scale or item.number.scaling)
            for code, item in framework.indicators.items()
            if item.number is not None
        },
        "aggregations": {code: variant.aggregation or node.aggregation for code, node in framework.nodes.items()},
        "weights": weights_json(holding.frameworks[0] if holding.which is None else framework)
        | dict(variant.weights or {}),
        "weight_sets": {
            name: {
                "units": data.rows if holding.which is None else units_of(holding, name),
                "weights": weights_json(holding.frameworks[place]),
            }
            for name, place in sets_in_force(holding).items()
            if name
        },
        "targets": targets_json(holding),
        "stated": sorted(key for key in data.columns if key in set(stated.keys(framework))),
    }


def weights_json(framework: Framework) -> dict[str, float]:
    """Every weight by code."""
    items = {code: item.weight for code, item in framework.indicators.items()}
    return items | {code: node.weight for code, node in framework.nodes.items()}


def units_of(holding: Holding, name: str) -> int:
    """How many units go by a weight set."""
    import numpy as np

    own = [place for place, one in enumerate(holding.frameworks) if one.settled is not None and one.settled[1] == name]
    return sum(int(np.count_nonzero(holding.which == place)) for place in own)


def targets_json(holding: Holding) -> dict[str, dict[str, float]]:
    """The targets in force by year and item; empty where no target depends on the year."""
    out: dict[str, dict[str, float]] = {}
    for framework in holding.frameworks:
        for code, item in framework.indicators.items():
            if item.number is not None and item.number.in_force is not None:
                year, target = item.number.in_force
                out.setdefault(str(year or ""), {})[code] = target
    return out


def program() -> str:
    """Version of the program; empty where it runs without having been installed."""
    try:
        return version("zhiheng")
    except PackageNotFoundError:
        return ""


def scale_json(scale: Scaling) -> dict[str, Any]:
    """A scale as data, without the parts its kind does not use."""
    out: dict[str, Any] = {"scale": scale.kind, "range": [scale.low, scale.high]}
    match scale.kind:
        case "goalposts":
            out |= {"log": scale.log, "cap": scale.cap}
        case "curve":
            out |= {"points": [list(point) for point in scale.points]}
        case "zscore":
            out |= {"center": scale.center, "spread": scale.spread}
        case "to_target":
            out |= {"target": scale.target, "cap": scale.cap}
        case _:
            pass
    return out

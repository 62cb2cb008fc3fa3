"""Reads what a framework says about tables of units × items: `[index]` and the scale of each number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.framework.block import Block
from assess.framework.index_rules import IndexRules, Outliers, Robustness, Scaling

Json = Any
KEYS = ("scale", "range", "log", "cap", "points", "center", "spread", "target")


def scaling(block: Block) -> Scaling:
    """The scale in a table of `[indicator.number]` or of `[index] scale`."""
    low, high = block.data.get("range") or (0, 100)
    return Scaling(
        kind=block.choice("scale", "goalposts"),
        low=float(low),
        high=float(high),
        log=block.flag("log"),
        cap=block.flag("cap", True),
        points=tuple((float(x), float(score)) for x, score in block.data.get("points", ())),
        center=block.number("center"),
        spread=block.number("spread", 1.0),
        target=block.maybe("target"),
    )


def shared_scale(main: Mapping[str, Json]) -> dict[str, Json]:
    """The keys of a scale that hold for every number which does not name its own."""
    index = main.get("index", {})
    return dict(index.get("scale", {})) if isinstance(index, Mapping) else {}


def factors(value: Json) -> tuple[float, ...]:
    """One factor or several."""
    return tuple(map(float, value if isinstance(value, list) else [value]))


def index(block: Block) -> IndexRules:
    """The block `[index]`."""
    outliers, varied = block.table("outliers"), block.table("robustness")
    return IndexRules(
        impute=block.choice("impute", "none"),
        group=block.text("group"),
        neighbors=block.whole("neighbors", 5),
        outliers=Outliers(
            most=outliers.whole("most", 5),
            skew=outliers.number("skew", 2.0),
            kurtosis=outliers.number("kurtosis", 3.5),
            otherwise=outliers.choice("otherwise", "log"),
        )
        if "outliers" in block
        else None,
        robustness=Robustness(
            weights=varied.number("weights"),
            weights_at=varied.choice("weights_at", "all"),
            winsorise=tuple(int(most) for most in varied.data.get("winsorise", ())),
            scales=tuple(scaling(one) for one in varied.tables("scales")),
            aggregations=varied.texts("aggregations"),
            imputations=tuple(varied.data.get("imputations", ())),
            goalposts=factors(varied.data.get("goalposts", [])),
        ),
    )

"""Rules of the linter about scales, special aggregations and the block [index]."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assess.framework.context import Context, Entry
from assess.framework.index_rules import IMPUTATIONS, Scaling
from assess.framework.keys import AGGREGATIONS
from assess.framework.model import Number
from assess.framework.sources import MAIN
from assess.language import Message, say
from assess.problems import Finding

Place = tuple[str | int, ...]


def scales(context: Context) -> Iterator[Finding]:
    """Every scale can give every score of its range."""
    for entry in context.items:
        number = context.framework.indicators[entry.code].number
        if number is None or "number" not in entry.raw:
            continue
        for key, text, hint in faults(number.scaling, number):
            yield context.finding("number.scale", entry, ("number", key), entry.code, text, hint)


def faults(scale: Scaling, number: Number | None = None) -> Iterator[tuple[str, Message, Message]]:
    """Key, fault and remedy of a scale."""
    if scale.low >= scale.high:
        yield (
            "range",
            say("The range {low} to {high} is empty.", low=scale.low, high=scale.high),
            say("Write the lower score first."),
        )
    if scale.kind == "curve":
        values = [x for x, _ in scale.points]
        if len(values) < 2 or any(a >= b for a, b in pairwise(values)):
            yield (
                "points",
                say("A curve needs two or more points with rising values."),
                say("Write points = [[value, score], [value, score]]."),
            )
    if scale.log and scale.kind == "goalposts" and number is not None and min(number.zero, number.full) <= 0:
        yield "log", say("A logarithm needs goalposts above 0."), say("Move zero and full, or leave log out.")
    if scale.spread <= 0:
        yield "spread", say("The spread is {spread}.", spread=scale.spread), say("It is above zero.")
    if scale.kind == "to_target" and not scale.target:
        yield "target", say("A scale to a target needs its target."), say("Write target = … (not 0).")


def nodes(context: Context) -> Iterator[Finding]:
    """Pass marks and availability are within reach; a discount has a score and what lessens it."""
    for code, node in context.framework.nodes.items():
        where: Entry | tuple[str, Place] = context.by_code.get(code) or (MAIN, ("total",))
        if not 0 < node.pass_mark <= 100:
            yield context.finding(
                "node.pass", where, ("pass",), code,
                say("The pass mark of {code} is {value}.", code=code, value=node.pass_mark),
                say("It is above 0 and at most 100."),
            )  # fmt: skip
        if not 0 <= node.available <= 1:
            yield context.finding(
                "node.available", where, ("available",), code,
                say("{code} asks for a share of {value} of what is below it.", code=code, value=node.available),
                say("Write a share from 0 to 1, for example 0.6."),
            )  # fmt: skip
        if node.aggregation == "discount" and len(node.children) != 2:
            yield context.finding(
                "node.discount", where, ("aggregation",), code,
                say("{code} is a discount with {count} parts below it.", code=code, count=len(node.children)),
                say("A discount has two: a score, and the score that lessens it."),
            )  # fmt: skip


def index(context: Context) -> Iterator[Finding]:
    """[index]: groups are named where they are used, and robustness varies what exists."""
    rules = context.framework.index
    grouped = rules.impute.startswith("group") or any(
        item.number is not None and (item.number.impute or "").startswith("group")
        for item in context.framework.indicators.values()
    )
    if grouped and not rules.group:
        yield context.finding(
            "index.group", (MAIN, ("index",)), (), "group",
            say("Gaps are filled by group, but no column of groups is named."),
            say("Write group = “heading of the column” in [index]."),
        )  # fmt: skip
    if rules.neighbors < 1:
        yield context.finding(
            "index.neighbors", (MAIN, ("index",)), ("neighbors",), "neighbors",
            say("Gaps cannot be filled from {count} units.", count=rules.neighbors),
            say("Write 1 or more; 5 is usual."),
        )  # fmt: skip
    varied = rules.robustness
    at: tuple[str, Place] = (MAIN, ("index", "robustness"))
    if not 0 <= varied.weights < 1:
        yield context.finding(
            "index.weights", at, ("weights",), "weights",
            say("Weights would vary by a share of {value}.", value=varied.weights),
            say("Write a share from 0 to below 1, for example 0.25."),
        )  # fmt: skip
    if any(factor <= 0 for factor in varied.goalposts):
        yield context.finding(
            "index.goalposts", at, ("goalposts",), "goalposts",
            say("Goalposts cannot be stretched by {factors}.", factors=tuple(f"{one:g}" for one in varied.goalposts)),
            say("Write factors above 0, for example [0.9, 1, 1.1]."),
        )  # fmt: skip
    for place, scale in enumerate(varied.scales):
        for key, text, hint in faults(scale):
            yield context.finding("number.scale", at, ("scales", place, key), "scales", text, hint)
    what = say("aggregation")
    yield from context.unknown(what, varied.aggregations, AGGREGATIONS, at, "aggregations")
    yield from context.unknown(say("way to fill gaps"), varied.imputations, IMPUTATIONS, at, "imputations")
    if (rules.outliers is not None and rules.outliers.most < 0) or any(most < 0 for most in varied.winsorise):
        yield context.finding(
            "index.outliers", (MAIN, ("index",)), (), "most",
            say("The number of outliers to move cannot be below 0."),
            say("Write 0 to move none."),
        )  # fmt: skip


RULES = (scales, nodes, index)

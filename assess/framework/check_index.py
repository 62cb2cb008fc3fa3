"""Rules of the linter about scales, special aggregations and the block [index]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from assess.framework.check_tree import TOLERANCE, plain
from assess.framework.context import MODE, TIER, Context, Entry
from assess.framework.index_rules import IMPUTATIONS, Scaling
from assess.framework.indicator import Number
from assess.framework.keys import AGGREGATIONS
from assess.framework.model import ROOT, Framework, Node
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
        for key, text, hint in (*faults(number.scaling, number), *year_faults(number)):
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


def year_faults(number: Number) -> Iterator[tuple[str, Message, Message]]:
    """Targets by year: years in order, targets that a value can be measured against, on a path that exists."""
    if not number.years:
        if number.pace != "linear":
            yield "pace", say("A pace needs targets by year."), say("Write years = [[2020, 60], [2025, 85]].")
        return
    if number.scaling.kind not in ("goalposts", "to_target"):
        yield (
            "years",
            say("Targets by year need goalposts or a scale to a target."),
            say("Write scale = “goalposts” or “to_target”, or leave years out."),
        )
        return
    years = [year for year, _ in number.years]
    if any(year != int(year) or not 1900 <= year <= 2200 for year in years) or any(a >= b for a, b in pairwise(years)):
        yield (
            "years",
            say("The years of the targets are no rising row of years."),
            say("Write years = [[2020, 60], [2025, 85]]: whole years, the earliest first."),
        )
    targets = [target for _, target in number.years]
    if number.pace == "growth" and any(target <= 0 for target in targets):
        yield "pace", say("A rate of growth needs targets above 0."), say("Write pace = “linear”, or move the targets.")
    if number.scaling.kind == "to_target" and any(target == 0 for target in targets):
        yield "years", say("A scale to a target needs its target."), say("Write targets other than 0.")
    if number.scaling.kind == "goalposts":
        wrong = [t for t in targets if (t <= number.zero if number.direction == "up" else t >= number.zero)]
        if wrong:
            yield (
                "years",
                say("The target {target} is not better than zero = {zero}.", target=wrong[0], zero=number.zero),
                say("Full marks lie on the better side of zero in every year."),
            )
        if number.scaling.log and min(targets) <= 0:
            yield "log", say("A logarithm needs goalposts above 0."), say("Move zero and full, or leave log out.")


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
        yield from points_faults(context, node, where)
        if node.aggregation == "discount" and len(node.children) != 2:
            yield context.finding(
                "node.discount", where, ("aggregation",), code,
                say("{code} is a discount with {count} parts below it.", code=code, count=len(node.children)),
                say("A discount has two: a score, and the score that lessens it."),
            )  # fmt: skip


def points_faults(context: Context, node: Node, where: Entry | tuple[str, Place]) -> Iterator[Finding]:
    """Deductions start within the scale; a bonus has a base, a gate that can be reached and points to give."""
    if node.aggregation == "deduct" and not 0 < node.start <= 100:
        yield context.finding(
            "node.deduct", where, ("start",), node.code,
            say("{code} starts deductions at {start}.", code=node.code, start=node.start),
            say("Write a start above 0 and at most 100."),
        )  # fmt: skip
    if node.aggregation != "bonus":
        return
    if len(node.children) < 2:
        yield context.finding(
            "node.bonus", where, ("aggregation",), node.code,
            say("{code} gives a bonus, but has nothing beside its base.", code=node.code),
            say("The first part is the base; those after it are the bonus."),
        )  # fmt: skip
    wrong = [key for key, held in (("gate", 0 <= node.gate <= 100), ("most", node.most is None or node.most > 0),
                                   ("ceiling", node.ceiling > node.gate)) if not held]  # fmt: skip
    if wrong:
        yield context.finding(
            "node.bonus", where, (wrong[0],), node.code,
            say("The bonus of {code} can never count: {key} is {value}.", code=node.code, key=wrong[0],
                value=float(getattr(node, wrong[0]) or 0)),
            say("gate is from 0 to 100, most is above 0, and ceiling is above gate."),
        )  # fmt: skip


def weight_sets(context: Context) -> Iterator[Finding]:
    """Sets have ids of their own, weigh what exists, whole rows of siblings, and units that exist."""
    framework = context.framework
    known = {*framework.indicators, *framework.nodes} - {ROOT}
    seen: set[str] = set()
    for place, one in enumerate(framework.weight_sets):
        where: tuple[str, Place] = (MAIN, ("weight_set", place))
        if one.id in seen or not one.id.strip():
            yield context.finding(
                "rule.duplicate-id", where, ("id",), one.id,
                say("The id {id} is used twice.", id=one.id), say("Ids are unique among rules of one kind."),
            )  # fmt: skip
        seen.add(one.id)
        yield from context.unknown(TIER, one.tiers, framework.tiers, where, "tiers")
        yield from context.unknown(MODE, one.modes, framework.modes, where, "modes")
        yield from context.unknown(say("item or node"), one.weights, known, where, "weight")
        for code, text, hint in set_faults(framework, one.weights):
            yield context.finding("weight-set.weights", where, ("weight",), code, text, hint)


def set_faults(framework: Framework, weights: Mapping[str, float]) -> Iterator[tuple[str, Message, Message]]:
    """Code, fault and remedy of a weight set: the weights of siblings belong together."""
    if not weights:
        yield "", say("The weight set weighs nothing."), say("Write weight = [{{ code = …, value = … }}] for siblings.")
    for code, weight in weights.items():
        if weight <= 0:
            yield (
                code,
                say("The weight of {code} is {weight}.", code=code, weight=weight),
                say("Weights are above zero."),
            )
    for node in framework.nodes.values():
        given = [child for child in node.children if child in weights]
        lacking = [child for child in node.children if child not in weights]
        if not given:
            continue
        if lacking:
            yield (
                lacking[0],
                say("{code} has no weight, though {other} beside it has one.", code=lacking[0], other=given[0]),
                say("Weigh all parts of a node, or none."),
            )
            continue
        total = sum(weights[child] for child in given)
        parts = [
            framework.indicators[c].weight if c in framework.indicators else framework.nodes[c].weight for c in given
        ]
        wanted = sum(parts) if node.aggregation == "sum" else 100.0
        if node.aggregation not in ("deduct", "bonus") and abs(total - wanted) > TOLERANCE:
            yield (
                node.code,
                say("The weights below {code} add up to {total}, not to {wanted}.", code=node.code, total=plain(total),
                    wanted=plain(wanted)),
                say("Weights of a mean add up to 100, points to what the node is worth."),
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


RULES = (scales, nodes, weight_sets, index)

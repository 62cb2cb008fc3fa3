"""Rules of the linter about the tree: codes, parents, weights, and maxima that can be reached."""

from __future__ import annotations

import math
from collections.abc import Iterator

from assess.framework.context import Context, Entry
from assess.framework.grammar import nearest
from assess.framework.model import ROOT
from assess.framework.sources import MAIN
from assess.language import say
from assess.problems import Finding

TOLERANCE = 1e-6


def codes(context: Context) -> Iterator[Finding]:
    """A code names one thing; the word for the total is taken."""
    for entry in context.entries:
        first = context.by_code[entry.code]
        if first is not entry:
            place = context.place(first.file, *first.path)
            yield context.finding(
                "tree.duplicate-code",
                entry,
                ("code",),
                entry.code,
                say("The code {code} is used twice; first at {place}.", code=entry.code, place=place),
                say("Codes are unique among nodes and indicators."),
            )
        if entry.code == ROOT or not entry.code.strip():
            yield context.finding(
                "tree.reserved-code",
                entry,
                ("code",),
                entry.code,
                say("The code {code} cannot be used.", code=repr(entry.code)),
                say("Any other text is allowed; “total” is the root of the tree."),
            )


def parents(context: Context) -> Iterator[Finding]:
    """Everything hangs below the total."""
    nodes = {entry.code for entry in context.entries if not entry.is_item} | {ROOT}
    for entry in context.entries:
        above = entry.raw.get("under")
        if above is not None and above not in nodes:
            yield context.finding(
                "tree.unknown-parent",
                entry,
                ("under",),
                entry.code,
                say("{code} hangs under {above}, which is no node.", code=entry.code, above=above),
                nearest(str(above), nodes),
            )
    above_of = {child: node.code for node in context.framework.nodes.values() for child in node.children}
    for entry in context.entries:
        if not entry.is_item and circles(entry.code, above_of):
            yield context.finding(
                "tree.cycle",
                entry,
                ("under",),
                entry.code,
                say("{code} hangs under itself.", code=entry.code),
                say("Name a node nearer to the total as “under”."),
            )


def circles(code: str, above_of: dict[str, str]) -> bool:
    seen: set[str] = set()
    current: str | None = code
    while current is not None and current not in seen:
        seen.add(current)
        current = above_of.get(current)
    return current == code


def emptiness(context: Context) -> Iterator[Finding]:
    """A framework has indicators, and every node something below it."""
    framework = context.framework
    if not framework.indicators:
        yield context.finding(
            "tree.no-indicators",
            (MAIN, ()),
            (),
            framework.code,
            say("The framework has no indicators."),
            say("Write [[indicator]] blocks in framework.toml or in the files it lists."),
        )
    for entry in context.entries:
        if not entry.is_item and not framework.nodes[entry.code].children:
            yield context.finding(
                "tree.empty-node",
                entry,
                ("code",),
                entry.code,
                say("{code} has nothing below it, so it can never have a score.", code=entry.code),
                say("Add an indicator under it, or remove it."),
            )


def weights(context: Context) -> Iterator[Finding]:
    """Siblings all have a weight above zero, or none has one; in a mean they add up to 100."""
    for node in context.framework.nodes.values():
        below = [context.by_code[code] for code in dict.fromkeys(node.children) if code in context.by_code]
        if node.aggregation == "bonus":
            below = below[1:]  # the base of a bonus has no weight: it counts as it is
        given = [entry for entry in below if "weight" in entry.raw]
        for entry in given:
            if not float(entry.raw["weight"]) > 0:
                yield context.finding(
                    "weight.not-positive",
                    entry,
                    ("weight",),
                    entry.code,
                    say("The weight of {code} is {weight}.", code=entry.code, weight=entry.raw["weight"]),
                    say("Weights are above zero."),
                )
        if given and len(given) < len(below):
            bare = next(entry for entry in below if "weight" not in entry.raw)
            yield context.finding(
                "weight.partly",
                bare,
                ("code",),
                bare.code,
                say("{code} has no weight, though {other} beside it has one.", code=bare.code, other=given[0].code),
                say("Give every sibling a weight, or none for equal shares."),
            )
            continue
        total = math.fsum(float(entry.raw["weight"]) for entry in given)
        if given and node.aggregation not in ("sum", "deduct", "bonus") and abs(total - 100) > TOLERANCE:
            yield context.finding(
                "weight.sum",
                given[-1],
                ("weight",),
                node.code,
                say("The weights below {code} add up to {total}.", code=node.code, total=plain(total)),
                say("They must add up to 100 (in a node that sums, weights are points)."),
            )


def maxima(context: Context) -> Iterator[Finding]:
    """In nodes that sum, the points below give the maximum that the node is said to have."""
    framework = context.framework
    root = framework.root
    if root.aggregation == "sum" and root.children:
        points = math.fsum((framework.indicators.get(c) or framework.nodes[c]).weight for c in root.children)
        if abs(points - framework.maximum) > TOLERANCE:
            yield context.finding(
                "total.maximum",
                (MAIN, ("total",)),
                ("maximum",),
                ROOT,
                say(
                    "The items give at most {points} points, but the maximum is {maximum}.",
                    points=plain(points),
                    maximum=plain(framework.maximum),
                ),
                say("Write maximum = {points} in [total].", points=plain(points)),
            )
    for node in framework.nodes.values():
        if node.aggregation != "sum":
            continue
        for code in node.children:
            child = framework.nodes.get(code)
            if child is None or child.aggregation != "sum" or code not in context.by_code:
                continue
            points = math.fsum((framework.indicators.get(c) or framework.nodes[c]).weight for c in child.children)
            if child.children and abs(points - child.weight) > TOLERANCE:
                yield context.finding(
                    "weight.points",
                    context.by_code[code],
                    ("weight",),
                    code,
                    say(
                        "{code} is worth {weight} points, but its items give {points}.",
                        code=code,
                        weight=plain(child.weight),
                        points=plain(points),
                    ),
                    say("Write weight = {points}.", points=plain(points)),
                )
    if framework.maximum <= 0:
        yield context.finding(
            "total.not-positive",
            (MAIN, ("total",)),
            ("maximum",),
            ROOT,
            say("The maximum of the total is {maximum}.", maximum=plain(framework.maximum)),
            say("It is above zero."),
        )


def floors(context: Context) -> Iterator[Finding]:
    """A geometric mean without a floor falls to zero with one zero below it."""
    for code, node in context.framework.nodes.items():
        if node.aggregation != "geometric" or node.floor > 0:
            continue
        entry: Entry | tuple[str, tuple[str | int, ...]] = context.by_code.get(code) or (MAIN, ("total",))
        yield context.finding(
            "tree.geometric-floor",
            entry,
            ("aggregation",),
            code,
            say("{code} is a geometric mean without a floor: one 0 makes it 0.", code=code),
            say("Write floor = 1, unless that is meant."),
            severity="warning",
        )


def files_used(context: Context) -> Iterator[Finding]:
    """A dimension file that is not listed is not read."""
    listed = set(context.main.get("files", ()))
    for name, text in context.files.sources.items():
        if listed and "/" not in name and name not in listed and "[[indicator]]" in text and name != MAIN:
            yield context.finding(
                "file.not-listed",
                (MAIN, ("files",)),
                (),
                name,
                say("The file {name} has indicators but is not listed in files.", name=name),
                say("Add it to files, or remove it from the folder."),
                severity="warning",
            )


def plain(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


RULES = (codes, parents, emptiness, weights, maxima, floors, files_used)

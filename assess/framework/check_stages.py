"""Rules of the linter about stages and gates, and the bands of perception and improvement."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assess.framework.context import INDICATOR, Context
from assess.framework.sources import MAIN
from assess.framework.stage_rules import Gate, Stage
from assess.language import Message, say
from assess.problems import Finding

Path = tuple[str | int, ...]


def bands(context: Context) -> Iterator[Finding]:
    """Stage bands begin at 0, end at the maximum, and meet without gap or overlap; levels rise by one."""
    stages, top = context.framework.stages, context.framework.maximum
    before: Stage | None = None
    for place, stage in enumerate(stages):
        where = (MAIN, ("stage", place))
        name = str(stage.level)
        if stage.min >= stage.max:
            yield context.finding(
                "stage.empty",
                where,
                ("min",),
                name,
                say("The band of stage {level} is empty: {min} to {max}.", level=name, min=stage.min, max=stage.max),
                say("max is above min."),
            )
        edge = before.max if before else 0.0
        if stage.min != edge:
            yield context.finding(
                "stage.gap" if stage.min > edge else "stage.overlap",
                where,
                ("min",),
                name,
                say(
                    "Stage {level} begins at {min}, but the band before ends at {edge}.",
                    level=name,
                    min=stage.min,
                    edge=edge,
                ),
                say("Write min = {edge}.", edge=f"{edge:g}"),
            )
        if stage.level != (before.level + 1 if before else 1):
            yield context.finding(
                "stage.order",
                where,
                ("level",),
                name,
                say("Stage {level} is out of order.", level=name),
                say("Stages are numbered from 1 without gaps, the lowest first."),
            )
        before = stage
    if before is not None and (before.max != top or not before.max_inclusive):
        yield context.finding(
            "stage.end",
            (MAIN, ("stage", len(stages) - 1)),
            ("max",),
            str(before.level),
            say("The highest stage ends at {max}; the maximum is {top}.", max=before.max, top=top),
            say("Write max = {top} and max_inclusive = true.", top=f"{top:g}"),
        )


def gates(context: Context) -> Iterator[Finding]:
    """Every gate can hold: thresholds within reach, named items known, what it judges exists."""
    seen: set[str] = set()
    for place, stage in enumerate(context.framework.stages):
        for row, gate in enumerate(stage.gates):
            path: Path = ("stage", place, "gate", row)
            if gate.id in seen:
                yield context.finding(
                    "rule.duplicate-id",
                    (MAIN, path),
                    ("id",),
                    gate.id,
                    say("The id {id} is used twice.", id=gate.id),
                    say("Ids are unique among rules of one kind."),
                )
            seen.add(gate.id)
            yield from context.unknown(
                INDICATOR, gate.indicators, context.framework.indicators, (MAIN, path), "indicators"
            )
            yield from context.unknown(say("node"), gate.nodes, context.framework.nodes, (MAIN, path), "nodes")
            for key, hint in impossible(context, gate, stage):
                yield context.finding(
                    "gate.impossible",
                    (MAIN, path),
                    (key,),
                    gate.id,
                    say("Gate {id} can never hold.", id=gate.id),
                    hint,
                )
            if gate.type == "total_floor" and gate.min < stage.min:
                yield context.finding(
                    "gate.idle",
                    (MAIN, path),
                    ("min",),
                    gate.id,
                    say("Gate {id} asks for less than its stage's band, so it never decides.", id=gate.id),
                    say("Write min = {min}.", min=f"{stage.min:g}"),
                    severity="warning",
                )


def impossible(context: Context, gate: Gate, stage: Stage) -> Iterator[tuple[str, Message]]:
    """Key and hint for each reason why a gate cannot hold, or not together with its band."""
    framework = context.framework
    dimensions = len(framework.dimensions)
    keys = sum(1 for item in framework.indicators.values() if item.key)
    if gate.type == "total_floor":
        if gate.min > framework.maximum:
            yield "min", say("The total is at most {top}.", top=framework.maximum)
        elif gate.min >= stage.max:
            yield "min", say("The band of the stage ends at {max}.", max=stage.max)
        elif gate.min > stage.min:
            yield "min", say("The band of the stage begins at {min}; the two must agree.", min=stage.min)
    elif gate.type == "node_floor":
        if not gate.nodes:
            yield "nodes", say("Name at least one node.")
        elif gate.min > 100:
            yield "min", say("Scores are at most 100.")
    elif gate.type == "dimension_floor":
        if gate.min > 100:
            yield "min", say("A dimension scores at most 100.")
        if dimensions == 0:
            yield "type", say("The framework has no dimensions.")
        elif gate.count is not None and not 1 <= gate.count <= dimensions:
            yield "count", say("Dimensions: {n}; count is from 1 to that, or “all”.", n=dimensions)
    elif gate.type == "key_floor":
        if gate.min_score > 100:
            yield "min_score", say("An item scores at most 100.")
        if not 0 < gate.min_share <= 1:
            yield "min_share", say("A share lies above 0 and at most at 1.")
        if keys == 0:
            yield "type", say("No indicator is marked key = true.")
    elif gate.type in ("coverage", "evidence_rate"):
        if not 0 < gate.min <= 1:
            yield "min", say("A share lies above 0 and at most at 1.")
        if gate.type == "evidence_rate" and framework.evidence is None:
            yield "type", say("The framework has no block [evidence].")
    elif gate.type == "indicator_floor":
        if gate.min_score > 100:
            yield "min_score", say("An item scores at most 100.")
        if not gate.indicators:
            yield "indicators", say("Name the indicators it looks at.")
    elif not gate.document_status:
        yield "document_status", say("Name the states of the document that count, as “reviewed”.")


def perception_bands(context: Context) -> Iterator[Finding]:
    """Bands of the gap between levels meet without gap or overlap, the highest first."""
    perception = context.framework.perception
    rows = perception.gap_bands if perception else ()
    for place, (upper, lower) in enumerate(pairwise(rows), 1):
        if upper.min is None or lower.max != upper.min:
            yield context.finding(
                "perception.bands",
                (MAIN, ("perception", "gap", "bands", place)),
                (),
                lower.name.zh or lower.name.en,
                say(
                    "The bands do not meet: one ends at {max}, the one above begins at {min}.",
                    max=lower.max,
                    min=upper.min,
                ),
                say("Write the highest band first, each ending where the one above begins."),
            )


def phases(context: Context) -> Iterator[Finding]:
    """Phases grow longer; effort factors and targets are usable."""
    rules = context.framework.improvement
    if rules is None:
        return
    months = [phase.months_max for phase in rules.phases]
    if months != sorted(set(months)):
        yield context.finding(
            "improvement.phases",
            (MAIN, ("improvement",)),
            ("phases",),
            "improvement",
            say("The phases do not grow longer: {months} months.", months=tuple(f"{one:g}" for one in months)),
            say("Write the shortest phase first."),
        )
    for key, value in rules.effort.items():
        if value <= 0:
            yield context.finding(
                "improvement.effort",
                (MAIN, ("improvement",)),
                ("effort",),
                key,
                say("The effort {key} has the factor {value}.", key=key, value=value),
                say("Factors of effort are above zero."),
            )
    for key, value in rules.targets.items():
        if not 0 < value <= 100:
            yield context.finding(
                "improvement.target",
                (MAIN, ("improvement", "targets")),
                (key,),
                key,
                say("The target {key} is {value}.", key=key, value=value),
                say("Targets are scores above 0, at most 100."),
            )


def portraits(context: Context) -> Iterator[Finding]:
    """Portraits are of dimensions and stages that exist."""
    framework = context.framework
    known = [node.code for node in framework.dimensions]
    levels = [str(stage.level) for stage in framework.stages]
    for code, texts in context.main.get("portraits", {}).items():
        where = (MAIN, ("portraits", code))
        yield from context.unknown(say("dimension"), (code,), known, where)
        yield from context.unknown(say("maturity stage"), list(texts), levels, where)


RULES = (bands, gates, perception_bands, phases, portraits)

"""A framework as it holds for one kind of unit in one year: the weights of its weight set, the targets in force.

Weight sets are kept with the framework (`[[weight_set]]`). One that names kinds of units holds for those by itself, the
first that fits; one that names none is a scenario, chosen by its id: for a table, or by a document in its profile.
Targets by year (`years` of a number) give way to
the target of the year, see `targets.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Lock

from assess.answers import Profile
from assess.framework.grammar import nearest
from assess.framework.model import Framework
from assess.framework.periods import parse
from assess.framework.scoring_rules import WeightSet
from assess.framework.targets import in_year
from assess.language import Message, say
from assess.problems import Problem

FIELDS = ("tier", "unit_kind", "size", "region")
_KEPT = 64
_settled: dict[tuple[int, int | None, str], tuple[Framework, Framework]] = {}
_changing = Lock()


def dated(framework: Framework) -> bool:
    """Whether any target depends on the year."""
    return any(item.number is not None and item.number.years for item in framework.indicators.values())


def unit_fields(framework: Framework) -> tuple[str, ...]:
    """The fields of a profile on which the weights or targets of a unit depend."""
    named = {name for one in framework.weight_sets for name in FIELDS if named_of(one, name)}
    return (*(name for name in FIELDS if name in named), *(("year",) if dated(framework) else ()))


def named_of(one: WeightSet, field: str) -> tuple[str, ...]:
    """The values of a field for which a set holds; empty: for all."""
    return {"tier": one.tiers, "unit_kind": one.unit_kinds, "size": one.sizes, "region": one.regions}[field]


def fitting(framework: Framework, about: Mapping[str, str]) -> str:
    """The id of the first set that names this kind of unit, or "" where the framework's own weights hold."""
    for one in framework.weight_sets:
        if one.automatic and all(about.get(name, "") in named_of(one, name) for name in FIELDS if named_of(one, name)):
            return one.id
    return ""


def year_of(profile: Profile) -> int | None:
    """The year of the base date, else the year of the profile."""
    day = parse(profile.base_date)
    return day.year if day is not None else profile.year


def settled(framework: Framework, profile: Profile) -> Framework:
    """The framework with the weights and targets that hold for a profile. Cached; a framework with neither weight sets
    nor targets by year is itself, and so is one that was settled before."""
    if framework.settled is not None or not (framework.weight_sets or dated_once(framework)):
        return framework
    return _made(framework, *holding(framework, profile))


def holding(framework: Framework, profile: Profile) -> tuple[int | None, str]:
    """The year of the targets and the id of the weight set that hold for a profile."""
    about = {name: str(getattr(profile, name)) for name in FIELDS}
    name = framework.chosen or scenario(framework, profile) or fitting(framework, about)
    return year_of(profile) if dated_once(framework) else None, name


def scenarios(framework: Framework) -> tuple[WeightSet, ...]:
    """The sets that may be chosen: those that name no kind of unit."""
    return tuple(one for one in framework.weight_sets if not one.automatic)


def open_to(one: WeightSet, mode: str) -> bool:
    """Whether a document of this mode may choose a set: in formal mode only where the framework says so."""
    return mode in one.modes if one.modes else mode != "formal"


def scenario(framework: Framework, profile: Profile) -> str:
    """The id of the scenario a document has chosen, or "" without one, in a mode that is not open to it, and where the
    framework knows no such set (any more)."""
    if not profile.weights:
        return ""
    found = (one for one in scenarios(framework) if one.id == profile.weights and open_to(one, profile.mode))
    return next((one.id for one in found), "")


_dated: dict[int, tuple[Framework, bool]] = {}


def dated_once(framework: Framework) -> bool:
    """`dated`, remembered while the framework lives."""
    known = _dated.get(id(framework))
    if known is not None and known[0] is framework:
        return known[1]
    found = dated(framework)
    with _changing:
        if len(_dated) >= _KEPT:
            _dated.pop(next(iter(_dated)))
        _dated[id(framework)] = (framework, found)
    return found


def _made(framework: Framework, year: int | None, name: str) -> Framework:
    key = (id(framework), year, name)
    known = _settled.get(key)
    if known is not None and known[0] is framework:
        return known[1]
    made = framework
    if name:
        made = reweighted(made, set_named(framework, name).weights)
    if dated(framework):
        made = of_year(made, year)
    made = replace(made, settled=(year, name))
    with _changing:
        if len(_settled) >= _KEPT:
            _settled.pop(next(iter(_settled)))
        _settled[key] = (framework, made)
    return made


def in_force(framework: Framework) -> Iterator[tuple[str, Message]]:
    """What was put in its place, each with its key, for those who explain a method: weight set, year of the targets."""
    if framework.settled is None:
        return
    year, name = framework.settled
    if name:
        words = set_named(framework, name).words
        yield "weights", say("The weights are those of the set “{name}” of the framework.", name=words or name)
    elif scenarios(framework):
        yield "weights", say("The weights are the framework's own, none of its scenarios.")
    if dated_once(framework):
        yield (
            "targets",
            say("Targets that depend on the year are those of {year}.", year=str(year))
            if year is not None
            else say("Targets that depend on the year are the last ones, as no base date is given."),
        )


def of_year(framework: Framework, year: int | None) -> Framework:
    """The framework with the targets in force in a year; without a year the last ones."""
    return replace(
        framework,
        indicators={
            code: replace(item, number=in_year(item.number, year)) if item.number is not None else item
            for code, item in framework.indicators.items()
        },
    )


def chosen(framework: Framework, name: str) -> Framework:
    """The framework for which a set has been chosen by its id or name, in place of the one that a unit's kind gives.
    Raises Problem `index.weight-set`."""
    return replace(framework, chosen=set_named(framework, name).id)


def set_named(framework: Framework, name: str) -> WeightSet:
    for one in framework.weight_sets:
        if name in (one.id, one.words.zh, one.words.en) and name:
            return one
    ids = tuple(one.id for one in framework.weight_sets)
    raise Problem(
        "index.weight-set",
        say("The framework has no set of weights named {name}, and there is no such file.", name=name),
        nearest(name, ids) or (say("Known: {names}.", names=ids) if ids else say("The framework has no weight sets.")),
    )


def reweighted(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """The framework with other weights; the effective share of the total of every item is worked out anew."""
    from assess.framework.items import global_weight

    indicators = {
        code: replace(item, weight=weights[code]) if code in weights else item
        for code, item in framework.indicators.items()
    }
    nodes = {
        code: replace(node, weight=weights[code]) if code in weights else node for code, node in framework.nodes.items()
    }
    parents = {child: node for node in nodes.values() for child in node.children}
    indicators = {
        code: replace(item, global_weight=global_weight(code, indicators, nodes, parents))
        for code, item in indicators.items()
    }
    return replace(framework, indicators=indicators, nodes=nodes)

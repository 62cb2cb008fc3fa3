"""The framework as one unit sees it: the items of its level and scope, and at county level the county's words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from assess.answers import Profile
from assess.framework.indicator import Indicator, Level
from assess.framework.items import split
from assess.framework.model import ROOT, Framework, Node
from assess.framework.read import build
from assess.framework.settled import holding, settled
from assess.framework.sources import Files
from assess.framework.supplement import CountyVersion
from assess.language import Words

COUNTY = "县"
UNIT = "{U}"
Value = TypeVar("Value")
_whole: dict[str, Framework] = {}
_views: dict[tuple[str, tuple[object, ...]], Framework] = {}
KEPT = 64


def tailored(framework: Framework, profile: Profile) -> Framework:
    """The framework for a profile: items of its tier and scope (D52), empty nodes dropped, skip rules of the tier.

    At county level the excluded items are left out and the texts of items, portraits and stage lines read for the
    county. Weights and targets are those that hold for the unit (`settled`). Cached by digest, tier, unit kind and
    scope; tailoring a tailored framework starts from the whole one.
    """
    if framework.view == seen_as(profile) and framework.settled in (None, holding(framework, profile)):
        return settled(framework, profile)
    return settled(view(framework, profile), profile)


def seen_as(profile: Profile) -> tuple[object, ...]:
    """What a view depends on: tier, unit kind, scope."""
    return profile.tier, profile.unit_kind if profile.tier == COUNTY else "", profile.scope


def view(framework: Framework, profile: Profile) -> Framework:
    """As `tailored`, before the weights and targets of the unit are put in their places."""
    own = seen_as(profile)
    key = (framework.digest, (*own, framework.chosen))
    known = _views.get(key)
    if known is None:
        known = dataclasses.replace(tailor(whole(framework), profile), view=own)
        if len(_views) >= KEPT:
            _views.pop(next(iter(_views)))
        _views[key] = known
    return known


def whole(framework: Framework) -> Framework:
    """The framework before it was tailored."""
    if not framework.view and framework.settled is None:
        return framework
    if framework.digest not in _whole:
        _whole[framework.digest] = build(Files(framework.sources))
    found = _whole[framework.digest]
    return dataclasses.replace(found, chosen=framework.chosen) if framework.chosen else found


def tailor(framework: Framework, profile: Profile) -> Framework:
    kept = included(framework, profile)
    if profile.tier == COUNTY:
        framework = county_text(framework, profile.unit_kind)
    nodes = pruned(framework, kept)
    skips = (
        dataclasses.replace(rule, then=tuple(code for code in rule.then if code in kept))
        for rule in framework.skip_rules
        if profile.tier in rule.tiers and rule.indicator in kept
    )
    lines = tuple(
        dataclasses.replace(line, triggers=tuple(t for t in line.triggers if not t.indicator or t.indicator in kept))
        for line in framework.red_lines
    )
    return dataclasses.replace(
        framework,
        nodes=nodes,
        indicators={code: item for code, item in framework.indicators.items() if code in kept},
        skip_rules=tuple(rule for rule in skips if rule.then),
        red_lines=lines,
    )


def included(framework: Framework, profile: Profile) -> frozenset[str]:
    """Codes of the items a unit of this level and scope answers. A scope may name nodes for all they hold."""
    codes = {code for code, item in framework.indicators.items() if profile.tier in item.tiers}
    if profile.tier == COUNTY:
        codes -= set(framework.county_version.excluded)
    if profile.scope is not None:
        known = (code for code in profile.scope if code in framework.nodes or code in framework.indicators)
        codes &= {leaf for code in known for leaf in framework.leaves(code)}
    return frozenset(codes)


def pruned(framework: Framework, kept: frozenset[str]) -> dict[str, Node]:
    """Nodes that still hold an item; the total always stays."""
    alive = {
        code for code in framework.nodes if code == ROOT or any(leaf in kept for leaf in framework.leaves(code))
    } | kept
    return {
        code: dataclasses.replace(node, children=tuple(child for child in node.children if child in alive))
        for code, node in framework.nodes.items()
        if code in alive
    }


def county_text(framework: Framework, unit_kind: str) -> Framework:
    """The framework in the words of a county, district, county-level city or banner."""
    version = framework.county_version
    if not any(version.replacements.values()) and not version.overrides:
        return framework
    reword = wording(version, unit_kind)
    return dataclasses.replace(
        framework,
        nodes={code: reworded(node, reword) for code, node in framework.nodes.items()},
        indicators={
            code: item_text(item, reword, version.overrides.get(code, {}))
            for code, item in framework.indicators.items()
        },
        portraits=reworded(framework.portraits, reword),
        stages=tuple(dataclasses.replace(stage, line=reword(stage.line)) for stage in framework.stages),
    )


def item_text(item: Indicator, reword: Callable[[Words], Words], overrides: Mapping[int, Words]) -> Indicator:
    """One item in county words; references to standards stay, levels written for counties replace the reworded."""
    changed = dataclasses.replace(reworded(item, reword), standards=item.standards, grassroots=item.grassroots)
    levels = tuple(
        Level(level.level, overrides[level.level], split(overrides[level.level])) if level.level in overrides else level
        for level in changed.levels
    )
    return dataclasses.replace(changed, levels=levels)


def wording(version: CountyVersion, unit_kind: str) -> Callable[[Words], Words]:
    """The rewording of both languages for a kind of unit; an unknown kind reads as a county."""
    unit = version.unit_words.get(unit_kind) or version.unit_words.get("county", COUNTY)
    chinese = chinese_pass(version.protected.get("zh", ()), version.replacements.get("zh", ()), unit)
    english = english_pass(version.protected.get("en", ()), version.replacements.get("en", ()))

    @cache
    def reword(words: Words) -> Words:
        return Words(chinese(words.zh), english(words.en)) if words else words

    return reword


def chinese_pass(protected: tuple[str, ...], pairs: tuple[tuple[str, str], ...], unit: str) -> Callable[[str], str]:
    """One pass over a text, longest match first: protected words stay, nothing replaced is looked at again."""
    table = {old: new.replace(UNIT, unit) for old, new in pairs} | {word: word for word in protected}
    if not table:
        return str
    pattern = re.compile("|".join(re.escape(word) for word in sorted(table, key=len, reverse=True)))
    return lambda text: pattern.sub(lambda found: table[found[0]], text)


def english_pass(protected: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """As in Chinese, on whole words; a capital at the beginning is kept ("Municipal" → "County")."""
    table = dict(pairs) | {word: word for word in protected}
    if not table:
        return str

    def either(word: str) -> str:
        return f"[{word[0].upper()}{word[0].lower()}]{re.escape(word[1:])}" if word[0].isalpha() else re.escape(word)

    pattern = re.compile("|".join(rf"\b{either(word)}\b" for word in sorted(table, key=len, reverse=True)))

    def put(found: re.Match[str]) -> str:
        old = found[0]
        if old in table:
            return table[old]
        new = table.get(old[0].lower() + old[1:], table.get(old[0].upper() + old[1:], old))
        first = new[0].upper() if old[0].isupper() else new[0].lower()
        return first + new[1:]

    return lambda text: pattern.sub(put, text)


def reworded(value: Value, reword: Callable[[Words], Words]) -> Value:
    """A copy of a value in which every `Words` has been reworded."""
    changed: Any = value
    if isinstance(value, Words):
        changed = reword(value)
    elif isinstance(value, tuple):
        changed = tuple(reworded(item, reword) for item in value)
    elif isinstance(value, Mapping):
        changed = {key: reworded(item, reword) for key, item in value.items()}
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {spec.name: getattr(value, spec.name) for spec in dataclasses.fields(value)}
        touched = {name: reworded(item, reword) for name, item in fields.items() if not isinstance(item, str | float)}
        changed = dataclasses.replace(value, **touched)
    result: Value = changed
    return result

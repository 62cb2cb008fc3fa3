"""Nodes and indicators from the files: `[dimension]`, `[[sub]]`, `[[node]]` and `[[indicator]]` in any of them.

A node hangs under its `under`, else a sub under the dimension of its file, else under the total. An indicator hangs
under its `under`, else under the node its code begins with ("ST1.1" → "ST1"), else under the dimension of its file,
else under the total. Siblings without any weight share 100 equally; in a node that sums, each is worth one point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assess.framework.block import Block
from assess.framework.indicator import (
    Confirmation,
    Grassroots,
    Improvement,
    Indicator,
    Level,
    NotApplicable,
    Number,
    Option,
    Parameter,
    YesNo,
)
from assess.framework.model import ROOT, Node
from assess.framework.overlay import Vocabulary
from assess.framework.rules_index import scaling
from assess.language import Words

Json = Any
STEP = {"zh": ("；", re.compile(r"^在\d级基础上，")), "en": ("; ", re.compile(r"^Level \d plus: "))}
POINTS = frozenset({"sum", "deduct", "bonus"})
YES, NO, TOTAL = Words("是", "Yes"), Words("否", "No"), Words("总分", "Total")


@dataclass(frozen=True)
class Placed:
    """A node or indicator of a file before the tree is known: its code, the code above and its raw table."""

    code: str
    above: str
    block: Block
    is_item: bool


def gather(files: Iterable[Mapping[str, Json]], vocabulary: Vocabulary) -> list[Placed]:
    """Everything that hangs in the tree, in the order of the files; nodes before indicators within a file."""
    nodes: list[Placed] = []
    items: list[tuple[str, Block]] = []
    for data in files:
        here = ROOT
        for key in ("dimension", "sub", "node"):
            found = data.get(key, [])
            for raw in found if isinstance(found, list) else [found]:
                block = Block(raw, vocabulary)
                above = block.text("under") or (here if key == "sub" else ROOT)
                nodes.append(Placed(block.text("code"), above, block, False))
                if key == "dimension":
                    here = block.text("code")
        defaults = data.get("defaults", {})
        items += [(here, Block({**defaults, **raw}, vocabulary)) for raw in data.get("indicator", ())]
    known = {node.code for node in nodes}
    placed = list(nodes)
    for here, block in items:
        code = block.text("code")
        prefix = code.rpartition(".")[0]
        above = block.text("under") or (prefix if prefix in known else here)
        placed.append(Placed(code, above, block, True))
    return placed


def tree(placed: list[Placed], total: Block) -> dict[str, Node]:
    """Nodes by code, the total first. Weights as given, or equal shares."""
    kinds = {ROOT: total.choice("aggregation", "weighted_mean")}
    kinds |= {one.code: one.block.choice("aggregation", "weighted_mean") for one in placed if not one.is_item}
    children = {code: tuple(one.code for one in placed if one.above == code) for code in kinds}
    nodes = {
        ROOT: Node(
            ROOT,
            total.words("name") or TOTAL,
            100.0,
            children[ROOT],
            kinds[ROOT],
            total.number("floor"),
            total.words("description"),
            total.number("pass", 100.0),
            total.number("available"),
            *limits(total),
        )
    }
    for one in placed:
        if not one.is_item:
            nodes[one.code] = Node(
                one.code,
                one.block.words("name"),
                weight(one, placed, kinds),
                children[one.code],
                kinds[one.code],
                one.block.number("floor"),
                one.block.words("description"),
                one.block.number("pass", 100.0),
                one.block.number("available"),
                *limits(one.block),
            )
    return nodes


def limits(block: Block) -> tuple[float, float, float | None, float]:
    """Start of deductions; gate, most points and ceiling of a bonus."""
    return block.number("start", 100.0), block.number("gate"), block.maybe("most"), block.number("ceiling", 100.0)


def weight(one: Placed, placed: list[Placed], kinds: Mapping[str, str]) -> float:
    """Weight among siblings: given, else equal shares of 100, else one point in a node that counts points."""
    if "weight" in one.block:
        return one.block.number("weight")
    if kinds.get(one.above) in POINTS:
        return 1.0
    return 100.0 / sum(1 for other in placed if other.above == one.above)


def indicators(
    placed: list[Placed],
    nodes: Mapping[str, Node],
    organizations: Mapping[str, Words],
    tiers: tuple[str, ...],
    shared: Mapping[str, Json],
) -> dict[str, Indicator]:
    """Indicators by code in the order of the tree. `shared` are the keys of a scale for numbers that name none."""
    kinds = {code: node.aggregation for code, node in nodes.items()}
    built: dict[str, Indicator] = {}
    for one in placed:
        if one.is_item:
            item = indicator(one.block, organizations, tiers, shared)
            built[one.code] = replace(item, weight=weight(one, placed, kinds))
    parents = {child: node for node in nodes.values() for child in node.children}
    shares = {code: global_weight(code, built, nodes, parents) for code in built}
    order = {code: place for place, code in enumerate(walk(ROOT, nodes))}
    return {
        code: replace(item, global_weight=shares[code])
        for code, item in sorted(built.items(), key=lambda pair: order.get(pair[0], len(order)))
    }


def walk(code: str, nodes: Mapping[str, Node], seen: tuple[str, ...] = ()) -> Iterable[str]:
    """Codes below a node in order, safe against a node that hangs under itself."""
    for child in nodes[code].children:
        if child in nodes and child not in seen:
            yield from walk(child, nodes, (*seen, child))
        else:
            yield child


def global_weight(
    code: str, built: Mapping[str, Indicator], nodes: Mapping[str, Node], parents: Mapping[str, Node]
) -> float:
    """Share of the total in percent: the product of the shares among siblings on the way up."""
    factors: list[float] = []
    seen: set[str] = set()
    while code in parents and code not in seen:
        seen.add(code)
        above = parents[code]
        weights = {child: (built.get(child) or nodes[child]).weight for child in above.children}
        full = math.fsum(weights.values())
        factors.append(weights[code] / full if full else 0.0)
        code = above.code
    return math.prod(factors) * 100.0


def indicator(
    block: Block, organizations: Mapping[str, Words], tiers: tuple[str, ...], shared: Mapping[str, Json]
) -> Indicator:
    """One `[[indicator]]` table; weight and global weight are set by the tree."""
    lead = block.text("lead")
    name = block.words("name")
    kind = block.choice("kind", "level")
    na, grass, yesno = block.table("not_applicable"), block.table("grassroots"), block.table("yesno")
    return Indicator(
        code=block.text("code"),
        name=name,
        kind=kind,
        question=block.words("question") or name,
        weight=0.0,
        global_weight=0.0,
        note=block.words("note"),
        levels=tuple(level(one) for one in block.tables("level")),
        number=number(with_scale(block.table("number"), shared)) if "number" in block else None,
        options=tuple(
            Option(one.text("key"), one.words(), one.flag("required"), one.words("evidence"))
            for one in block.tables("option")
        ),
        yesno=YesNo(yesno.choice("good", "yes"), yesno.words("yes") or YES, yesno.words("no") or NO)
        if kind == "yesno"
        else None,
        evidence=block.many_words("evidence"),
        lead=organizations.get(lead) or block.vocabulary.words(lead),
        assisting=tuple(organizations.get(unit) or block.vocabulary.words(unit) for unit in block.texts("assisting")),
        tiers=block.texts("tiers", tiers),
        not_applicable=NotApplicable(na.texts("tiers", tiers), na.words("when")) if na else None,
        core=block.flag("core"),
        key=block.flag("key"),
        outcome=block.flag("outcome"),
        clauses=block.texts("clauses"),
        standards=block.many_words("standards"),
        improve_low=improvement(block.table("improve_low")),
        improve_high=improvement(block.table("improve_high")),
        grassroots=Grassroots(grass.words("question"), grass.text("scale")) if grass else None,
    )


def level(block: Block) -> Level:
    """A rubric level. Conditions not given are its text, split at the semicolon, without "level N plus"."""
    step = block.whole("level")
    words = block.words()
    given = block.many_words("conditions")
    score = block.number("score") if "score" in block else None
    if given or step == 0:
        return Level(step, words, given, score)
    return Level(step, words, split(words), score)


def split(words: Words) -> tuple[Words, ...]:
    """The conditions in a level's text; English is left out where it does not split alike."""
    parts = {
        language: [part for part in STEP[language][1].sub("", text).split(STEP[language][0]) if part]
        for language, text in (("zh", words.zh), ("en", words.en))
    }
    longer = max(parts.values(), key=len)
    same = {language: found if len(found) == len(longer) else [""] * len(longer) for language, found in parts.items()}
    return tuple(Words(zh, en) for zh, en in zip(same["zh"], same["en"], strict=True))


def with_scale(block: Block, shared: Mapping[str, Json]) -> Block:
    """The table of a number with the shared scale under it; goalposts of its own mean that it has its own scale."""
    if not shared or "scale" in block or "zero" in block:
        return block
    return Block({**shared, **block.data}, block.vocabulary)


def number(block: Block) -> Number:
    """A measured item. The text of the calculation is built from its parts when it is not given."""
    kind = block.choice("kind", "ratio" if "denominator" in block else "count")
    least = -math.inf if block.flag("negative") else 0
    plausible = block.data.get("plausible") or (least, 100 if kind == "ratio" else math.inf)
    scale = scaling(block)
    downward = block.choice("direction", "up") == "down"
    zero, full = (0.0, 0.0) if scale.kind == "goalposts" else (100.0, 0.0) if downward else (0.0, 100.0)
    years = tuple((float(year), float(value)) for year, value in block.data.get("years", ()))
    if years and scale.kind == "to_target":
        scale = replace(scale, target=years[-1][1])
    elif years:
        full = years[-1][1]
    treat, cap = block.table("zero_denominator"), block.table("confirmation")
    factor = block.maybe("factor")
    if factor is None and "denominator" in block:
        factor = 100.0 if kind == "ratio" else 1.0
    built = Number(
        unit=block.words("unit"),
        kind=kind,
        direction=block.choice("direction", "up"),
        zero=block.number("zero", zero),
        full=block.number("full", full),
        decimals=block.whole("decimals", 0 if kind == "count" else 1),
        plausible=(float(plausible[0]), float(plausible[1])),
        numerator=block.words("numerator"),
        denominator=block.words("denominator") if "denominator" in block else None,
        factor=factor,
        period=block.words("period"),
        source=block.words("source"),
        rule=block.words("rule"),
        zero_denominator=treat.choice("treat") or None,
        zero_denominator_words=treat.words(),
        calculation=block.words("calculation"),
        confirmation=Confirmation(cap.words("ask"), cap.number("cap", 60.0)) if cap else None,
        parameters=tuple(
            Parameter(one.text("key"), one.words(), one.maybe("value"), one.words("note"))
            for one in block.tables("parameter")
        ),
        scaling=scale,
        divide_by=block.text("divide_by"),
        negative=block.flag("negative"),
        impute=block.choice("impute") or None,
        treat=block.flag("treat", True),
        years=years,
        pace=block.choice("pace", "linear"),
    )
    return built if built.calculation else replace(built, calculation=calculation(built))


def calculation(number: Number) -> Words:
    """ "numerator÷denominator×100%；rule" in each language."""
    percent = "×100%" if number.factor == 100 else ""

    def line(language: str, mark: str) -> str:
        top, rule = getattr(number.numerator, language), getattr(number.rule, language)
        bottom = getattr(number.denominator, language) if number.denominator else ""
        formula = (f"{top}÷{bottom}" if bottom else top) + percent
        return mark.join(part for part in (formula, rule) if part)

    return Words(line("zh", "；"), line("en", "; "))


def improvement(block: Block) -> Improvement | None:
    if not block:
        return None
    months = block.data.get("months") or (0, 12)
    return Improvement(
        block.words("action"),
        block.text("effort"),
        block.words("effort"),
        block.words("duration"),
        (float(months[0]), float(months[1])),
    )

"""Read a framework: from a folder, from the library, or from the texts a document holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assess.framework import items, rules, rules_index, rules_stages, supplements
from assess.framework.block import Block
from assess.framework.lazy import Later
from assess.framework.model import Framework
from assess.framework.overlay import Vocabulary
from assess.framework.scoring_rules import Column, ColumnFlag
from assess.framework.sources import FRAMEWORKS, MAIN, Files, FrameworkProblem, digest, item_files, load
from assess.framework.supplement import Convention
from assess.language import Words, say
from assess.problems import Problem

Json = Any
_read: dict[str, Framework] = {}
"""Frameworks built so far by digest; a framework is a value, so that equal sources share one."""


def read(folder: Path) -> Framework:
    """A framework from a folder. Raises FrameworkProblem when the linter finds an error, with everything it found."""
    from assess.framework.check import check_sources

    sources = load(folder)
    findings = check_sources(sources)
    if any(one.severity == "error" for one in findings):
        raise FrameworkProblem(tuple(findings))
    return keep(build(Files(sources)))


@cache
def builtin(code: str = "zhiheng") -> Framework:
    """A framework of the program's own library; read once."""
    folder = FRAMEWORKS / code
    if not (folder / MAIN).is_file():
        raise Problem(
            "framework.unknown",
            say("There is no framework named {code}.", code=code),
            say("Known frameworks: {names}.", names=builtin_codes()),
        )
    return keep(build(Files(load(folder))))


def builtin_codes() -> tuple[str, ...]:
    """Codes of the frameworks in the library, sorted."""
    return tuple(sorted(path.parent.name for path in FRAMEWORKS.glob(f"*/{MAIN}")))


def from_sources(sources: Mapping[str, str]) -> Framework:
    """A framework from the texts a document holds. Raises FrameworkProblem when a file cannot be parsed or built."""
    from assess.framework.grammar import examine

    key = digest(sources)
    if key in _read:
        return _read[key]
    files, found = examine(sources)
    if any(one.severity == "error" for one in found):
        raise FrameworkProblem(tuple(found))
    return keep(build(files))


def keep(framework: Framework) -> Framework:
    """Remember a framework by its digest, so that opening the next document with it costs nothing."""
    if len(_read) >= 16:
        _read.pop(next(iter(_read)))
    return _read.setdefault(framework.digest, framework)


def build(files: Files) -> Framework:
    """The framework in the files, whose grammar is taken to be right. Supplements are parsed on first use."""
    raw, sources = files.table(MAIN), files.sources
    words = Vocabulary(files.english(), str(raw.get("language", "zh")))
    main = Block(raw, words)
    total = main.table("total")
    tiers = {one.text("key"): tier_words(one) for one in main.tables("tiers")} or {"市": Words("市", "city")}
    organizations = {one.words().zh or one.words().en: one.words() for one in main.tables("organizations")}
    names = item_files(sources, main.texts("files"))
    placed = items.gather([raw, *map(files.table, names)], words)
    nodes = items.tree(placed, total)
    indicators = items.indicators(placed, nodes, organizations, tuple(tiers), rules_index.shared_scale(raw))
    aggregation, columns, kinds = main.table("aggregation"), main.table("columns"), main.table("kinds")
    key_rules = main.table("stage_rules").table("key")
    modes = rules.modes(main)

    def supplement(name: str) -> Block:
        return Block(files.table(name), words)

    crosswalk = supplement("crosswalk.toml")
    return Framework(
        code=main.text("code"),
        version=main.text("version", "1"),
        title=main.words("title"),
        digest=digest(sources),
        nodes=nodes,
        indicators=indicators,
        modes=modes,
        disclaimer=main.words("disclaimer"),
        maximum=total.number("maximum", 100.0),
        rank_decimals=total.maybe_whole("rank_decimals"),
        show_decimals=total.whole("show_decimals", aggregation.table("rounding").whole("show_decimals", 1)),
        tiers=tiers,
        states=rules.states(main),
        kind_words={key: one.words() for key, one in kinds.items()},
        kind_rules=kind_rules(kinds),
        checklist_cap=kinds.table("multi").number("required_missing_cap", 60.0),
        alternative_floor=aggregation.table("alternative").maybe("floor"),
        evidence=rules.evidence(main.table("evidence")),
        columns=tuple(Column(one.text("key"), one.words()) for one in columns.tables("list")),
        precedence=columns.texts("precedence", ("third_party", "review", "self")),
        column_flags=tuple(
            ColumnFlag(one.text("id"), one.words(), one.text("when")) for one in columns.tables("flags")
        ),
        bonus=rules.points(main.table("bonus")),
        deductions=rules.points(main.table("deductions")),
        red_lines=rules_stages.red_lines(main.tables("red_line"), tuple(modes)),
        stages=rules_stages.stages(main.tables("stage")),
        key_max_not_applicable=key_rules.whole("max_not_applicable", 1),
        skip_rules=rules.skip_rules(main.tables("skip_rule"), tuple(tiers)),
        skip_principle=main.table("skip_policy").words("principle"),
        county_blend=rules.county_blend(main.table("county_to_city")),
        perception=rules.perception(main.table("perception"), tuple(tiers)),
        improvement=rules.improvement(main.table("improvement")),
        portraits={
            code: {int(level): words.words(text) for level, text in one.data.items() if level.isdigit()}
            for code, one in main.items("portraits")
        },
        clauses=supplements.clauses(supplement("clauses.toml")),
        crosswalk=supplements.crosswalk(crosswalk),
        crosswalk_states={key: words.words(text) for key, text in crosswalk.table("states").data.items()},
        conventions=conventions(main.table("conventions")),
        principles=principles(main),
        examples=Later(lambda: supplements.examples(supplement("examples.toml"), indicators)),
        evidence_grades=Later(lambda: grades(supplement("examples.toml"))),
        terms=Later(lambda: supplements.glossary(supplement("glossary.toml"))),
        checks=Later(lambda: supplements.checks(supplement("checks.toml"))),
        patterns=Later(lambda: supplements.patterns(supplement("checks.toml"))),
        severity_words=Later(lambda: worded(supplement("checks.toml"), "severities")),
        scope_words=Later(lambda: worded(supplement("checks.toml"), "scopes")),
        county_version=rules.county_version(main.table("county_version")),
        organizations=organizations,
        table=rules.table(main.table("table")),
        index=rules_index.index(main.table("index")),
        weight_sets=rules.weight_sets(main.tables("weight_set")),
        sources=MappingProxyType(dict(sources)),
    )


def tier_words(block: Block) -> Words:
    return block.vocabulary.words({"zh": block.text("zh") or block.text("key"), "en": block.text("en")})


def grades(data: Block) -> dict[str, Words]:
    return {one.text("grade"): one.words() for one in data.tables("evidence_grades")}


def worded(data: Block, key: str) -> dict[str, Words]:
    return {name: one.words() for name, one in data.items(key)}


def kind_rules(kinds: Block) -> dict[str, Words]:
    """Rules of the kinds in words: "level", "number", and further ones as "number.input", "number.cap_rule"."""
    found: dict[str, Words] = {}
    for kind, one in kinds.items():
        for key, name in (("rule", kind), ("input", f"{kind}.input"), ("cap_rule", f"{kind}.cap_rule")):
            if key in one:
                found[name] = one.words(key)
    return found


def conventions(block: Block) -> tuple[Convention, ...]:
    """Quantifiers and terms in order; the key is the Chinese word."""
    return tuple(
        Convention(
            key=one.words().zh or one.words().en,
            name=one.words(),
            definition=one.words("def"),
            min_count=one.maybe_whole("min_count"),
            min_share=one.maybe("min_share"),
            small_total=one.maybe_whole("small_total"),
            small_min_share=one.maybe("small_min_share"),
        )
        for group in ("quantifiers", "terms")
        for one in block.tables(group)
    )


def principles(main: Block) -> dict[str, Words]:
    """General principles by key: those of [conventions], the right of reply, the note on quantifiers."""
    block = main.table("conventions")
    found = {
        key: block.words(key)
        for key in ("quantifier_note", "no_county_city", "shared_platform", "secrecy")
        if key in block
    }
    reply = main.table("columns").words("reply")
    return {**found, "reply": reply} if reply else found

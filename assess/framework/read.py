"""Read a framework: from a folder, from the library, or from the texts a document holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assess.framework import items, rules, supplements
from assess.framework.block import Block
from assess.framework.lazy import Later
from assess.framework.model import Column, ColumnFlag, Convention, Framework
from assess.framework.overlay import Vocabulary
from assess.framework.sources import FRAMEWORKS, MAIN, WORDS, digest, item_files, load
from assess.language import Words, say
from assess.problems import Finding, Problem

Json = Any


class FrameworkProblem(Problem):
    """A framework that cannot be used; `findings` are all its faults, errors first."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [one for one in findings if one.severity == "error"]
        first = errors[0] if errors else findings[0]
        super().__init__(
            "framework.faulty",
            say(
                "The framework has {n} faults; the first: {place}: {text}",
                n=len(errors),
                place=first.place,
                text=first.text,
            ),
            first.hint,
        )
        self.findings = findings


def read(folder: Path) -> Framework:
    """A framework from a folder. Raises FrameworkProblem when the linter finds an error, with everything it found."""
    from assess.framework.check import check_sources

    sources = load(folder)
    findings = check_sources(sources)
    if any(one.severity == "error" for one in findings):
        raise FrameworkProblem(tuple(findings))
    return build(sources)


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
    return build(load(folder))


def builtin_codes() -> tuple[str, ...]:
    """Codes of the frameworks in the library, sorted."""
    return tuple(sorted(path.parent.name for path in FRAMEWORKS.glob(f"*/{MAIN}")))


def from_sources(sources: Mapping[str, str]) -> Framework:
    """A framework from the texts a document holds. Raises FrameworkProblem when a file cannot be parsed or built."""
    from assess.framework.grammar import faults

    found = faults(sources)
    if any(one.severity == "error" for one in found):
        raise FrameworkProblem(tuple(found))
    return build(sources)


def parse(sources: Mapping[str, str], name: str) -> dict[str, Json]:
    """One file as a table; an absent file is empty. Raises FrameworkProblem naming file and line."""
    try:
        return tomllib.loads(sources.get(name, ""))
    except tomllib.TOMLDecodeError as error:
        raise FrameworkProblem((syntax(name, error),)) from error


def syntax(name: str, error: tomllib.TOMLDecodeError) -> Finding:
    """A TOML error as a finding: the parser's own words, the line in the place."""
    words, _, tail = str(error).partition(" (at ")
    line = tail.removeprefix("line ").partition(",")[0]
    place = f"{name}:{line}" if line.isdigit() else f"{name}:end"
    return Finding(
        "error",
        "framework.syntax",
        place,
        "",
        say("This is not valid TOML: {reason}.", reason=words),
        say("Check quotes, brackets and equal signs on this line and the one before."),
    )


def vocabulary(sources: Mapping[str, str], main: Mapping[str, Json]) -> Vocabulary:
    english: dict[str, str] = {}
    for name in sorted(sources):
        if name.startswith(WORDS):
            english |= parse(sources, name).get("words", {})
    return Vocabulary(english, str(main.get("language", "zh")))


def build(sources: Mapping[str, str]) -> Framework:
    """The framework in the files, whose grammar is taken to be right. Supplements are parsed on first use."""
    raw = parse(sources, MAIN)
    words = vocabulary(sources, raw)
    main = Block(raw, words)
    total = main.table("total")
    tiers = {one.text("key"): tier_words(one) for one in main.tables("tiers")} or {"市": Words("市", "city")}
    organizations = {one.words().zh or one.words().en: one.words() for one in main.tables("organizations")}
    names = item_files(sources, main.texts("files"))
    files = [raw, *(parse(sources, name) for name in names)]
    placed = items.gather(files, words)
    nodes = items.tree(placed, total)
    indicators = items.indicators(placed, nodes, organizations, tuple(tiers))
    aggregation, columns, kinds = main.table("aggregation"), main.table("columns"), main.table("kinds")
    key_rules = main.table("stage_rules").table("key")

    def supplement(name: str) -> Block:
        return Block(parse(sources, name), words)

    crosswalk = supplement("crosswalk.toml")
    return Framework(
        code=main.text("code"),
        version=main.text("version", "1"),
        title=main.words("title"),
        digest=digest(sources),
        nodes=nodes,
        indicators=indicators,
        modes=rules.modes(main),
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
        red_lines=rules.red_lines(main.tables("red_line")),
        stages=rules.stages(main.tables("stage")),
        key_max_not_applicable=key_rules.whole("max_not_applicable", 1),
        skip_rules=rules.skip_rules(main.tables("skip_rule"), tuple(tiers)),
        skip_principle=main.table("skip_policy").words("principle"),
        county_blend=rules.county_blend(main.table("county_to_city")),
        perception=rules.perception(main.table("perception"), tuple(tiers)),
        improvement=rules.improvement(main.table("improvement")),
        portraits={
            code: {int(level): words.words(text) for level, text in one.data.items()}
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

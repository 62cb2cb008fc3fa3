"""Rules of the linter about clauses, crosswalk, examples, glossary, checks and missing words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assess.framework.context import INDICATOR, TIER, Context
from assess.framework.model import Framework
from assess.framework.operators import FACTS, OPERATORS, QUALIFIERS
from assess.framework.overlay import HAN, every_words
from assess.framework.sources import WORDS
from assess.framework.supplement import Clause
from assess.language import say
from assess.problems import Finding

Json = Any
Path = tuple[str | int, ...]


def clauses(context: Context) -> Iterator[Finding]:
    """Items refer to clauses that exist, background clauses need no item, and every other clause has one (D4)."""
    framework = context.framework
    if not framework.clauses:
        return
    for entry in context.items:
        cited = framework.indicators[entry.code].clauses
        yield from context.unknown(say("clause"), cited, framework.clauses, entry, "clauses")
    for code in uncovered(framework):
        yield context.finding(
            "clause.unused",
            ("clauses.toml", clause_path(context, code)),
            (),
            code,
            say("No indicator traces to clause {code}.", code=code),
            say("Add it to the clauses of an indicator, or mark it background = true."),
            severity="warning",
        )
    rows = context.files.table("clauses.toml").get("clause", ())
    ids = [row["id"] for row in rows]
    for place, code in enumerate(ids):
        if code in ids[:place]:
            yield context.finding(
                "rule.duplicate-id",
                ("clauses.toml", ("clause", place)),
                ("id",),
                code,
                say("The id {id} is used twice.", id=code),
                say("Ids are unique among rules of one kind."),
            )


def clause_path(context: Context, code: str) -> Path:
    rows = context.files.table("clauses.toml").get("clause", ())
    return ("clause", next((place for place, row in enumerate(rows) if row["id"] == code), 0))


def uncovered(framework: Framework, *, strict: bool = False) -> tuple[str, ...]:
    """Clauses, background ones apart, that no item traces to.

    A clause is covered when an item cites it, or when all its parts are covered (D4). Unless `strict`, citing a clause
    covers its parts as well.
    """
    cited = {code for item in framework.indicators.values() for code in item.clauses}
    parts = children(framework.clauses)
    if not strict:
        for code in framework.clauses:
            if code in cited:
                cited |= set(parts.get(code, ()))

    def covered(code: str) -> bool:
        below = parts.get(code, ())
        return code in cited or framework.clauses[code].background or (bool(below) and all(map(covered, below)))

    return tuple(code for code in framework.clauses if not covered(code))


def children(clauses: Mapping[str, Clause]) -> dict[str, tuple[str, ...]]:
    """Direct parts of each clause: "S4.2.a" → "S4.2.a.1" …, "S4.2.a.3" → "S4.2.a.3-1" …"""
    found: dict[str, list[str]] = {}
    for code in clauses:
        above = re.sub(r"[.-][^.-]*$", "", code)
        while above not in clauses and re.search(r"[.-]", above):
            above = re.sub(r"[.-][^.-]*$", "", above)
        if above in clauses and above != code:
            found.setdefault(above, []).append(code)
    return {code: tuple(below) for code, below in found.items()}


def references(context: Context) -> Iterator[Finding]:
    """The crosswalk and the glossary name items and terms that exist."""
    framework = context.framework
    for place, entry in enumerate(framework.crosswalk):
        where = ("crosswalk.toml", ("reference", place))
        yield from context.unknown(INDICATOR, entry.indicators, framework.indicators, where, "indicators")
    for place, term in enumerate(framework.terms.values()):
        where = ("glossary.toml", ("term", place))
        yield from context.unknown(INDICATOR, term.indicators, framework.indicators, where, "indicators")
        yield from context.unknown(say("glossary term"), term.related, framework.terms, where, "related")


def examples(context: Context) -> Iterator[Finding]:
    """Examples are of items that exist, and were written for the text the item has now."""
    framework = context.framework
    for place, (code, worked) in enumerate(framework.examples.items()):
        where = ("examples.toml", ("example", place))
        yield from context.unknown(INDICATOR, (code,), framework.indicators, where, "code")
        if worked.stale:
            yield context.finding(
                "example.stale",
                where,
                ("fingerprint",),
                code,
                say("The text of {code} has changed since its examples were written.", code=code),
                say("Check the examples and write the new fingerprint."),
                severity="warning",
            )
        item = framework.indicators.get(code)
        for row, (_, _, grade) in enumerate(worked.good_evidence):
            if framework.evidence_grades:
                what, key = say("grade of evidence"), ("good_evidence", row, "grade")
                yield from context.unknown(what, [grade], framework.evidence_grades, where, *key)
        keys = [option.key for option in item.options] if item else []
        for row, (at, _) in enumerate(worked.counts):
            if keys and "option" in at:
                yield from context.unknown(say("checklist option"), [at["option"]], keys, where, "counts", row, "at")


def checks(context: Context) -> Iterator[Finding]:
    """Check rules use known operators, items, levels and patterns; patterns find what they should."""
    framework = context.framework
    for place, pattern in enumerate(framework.patterns.values()):
        where = ("checks.toml", ("pattern", place))
        for text in pattern.regex:
            try:
                re.compile(text)
            except re.error as error:
                yield context.finding(
                    "check.pattern",
                    where,
                    ("regex",),
                    pattern.id,
                    say("The pattern {id} is no regular expression: {reason}.", id=pattern.id, reason=str(error)),
                )
    for place, rule in enumerate(framework.checks.values()):
        where = ("checks.toml", ("rule", place))
        yield from context.unknown(INDICATOR, rule.indicators or (), framework.indicators, where, "indicators")
        yield from context.unknown(TIER, rule.tiers, framework.tiers, where, "tiers")
        for key, value in parts(rule.condition):
            if key in ("indicator", "each") and not selector(value):
                names = value if isinstance(value, list) else [value]
                yield from context.unknown(INDICATOR, names, framework.indicators, where, "condition")
            elif key == "text_matches":
                yield from context.unknown(say("text pattern"), [value], framework.patterns, where, "condition")
            elif key == "fact":
                yield from context.unknown(say("fact of a sheet"), [value], FACTS, where, "condition")
            elif key not in OPERATORS and key not in QUALIFIERS:
                known = (*OPERATORS, *QUALIFIERS)
                yield from context.unknown(say("condition operator"), [key], known, where, "condition")


def selector(value: Json) -> bool:
    """Whether a text selects items by a property ("dim:ME&type:level") and does not name one."""
    words = ("all", "all_text", "key", "core")
    return isinstance(value, str) and all(part in words or ":" in part for part in value.split("&"))


def parts(condition: Json) -> Iterator[tuple[str, Json]]:
    """Every key and value within a condition."""
    if isinstance(condition, Mapping):
        for key, value in condition.items():
            yield str(key), value
            if key in ("all", "any", "not", "when"):
                yield from parts(value)
    elif isinstance(condition, list):
        for one in condition:
            yield from parts(one)


def words(context: Context) -> Iterator[Finding]:
    """Every text has both languages; texts without Chinese characters need no translation."""
    seen: set[str] = set()
    for text in every_words(context.framework):
        lacking = "en" if text.zh and not text.en and HAN.search(text.zh) else "zh" if text.en and not text.zh else ""
        shown = text.zh or text.en
        if not lacking or shown in seen:
            continue
        seen.add(shown)
        yield context.finding(
            "words.missing",
            where_text(context, shown),
            (),
            lacking,
            say("There is no English for “{text}”.", text=shown)
            if lacking == "en"
            else say("There is no Chinese for “{text}”.", text=shown),
            say("Add it beside the text, or to [words] of a file in en/."),
            severity="warning",
        )


def where_text(context: Context, text: str) -> tuple[str, Path]:
    """The file a text stands in; its line is found when the place is printed."""
    for name in context.files.sources:
        if not name.startswith(WORDS):
            line = context.lines(name).find(text)
            if line is not None:
                context.lines(name).known["text", text] = line
                return name, ("text", text)
    return "framework.toml", ()


RULES = (clauses, references, examples, checks, words)

"""Terms of the glossary inside a text: where they stand, longest first, each shown once per card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assess.framework.model import Framework
from assess.framework.supplement import Convention, Term
from assess.language import Words

BRACKET = re.compile(r"[（(][^）)]*[）)]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a popover says of a term: short line, long text, where it comes from."""

    key: str
    name: Words
    short: Words
    long: Words
    related: tuple[str, ...] = ()
    convention: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters [start, end) of a text are the term `key`; `short` is its explanation in a line, shown on hover."""

    start: int
    end: int
    key: str
    short: str = ""


def entries(framework: Framework) -> dict[str, Entry]:
    """Everything that can be explained: conventions of wording first, then the glossary."""
    return dict(_entries(framework.digest, _Held(framework)))


def find(framework: Framework, text: str, language: str, seen: set[str] | None = None) -> tuple[Spot, ...]:
    """Spots of terms in `text`. Terms in `seen` are left out and those found are added, so each is dotted once."""
    pattern, keys = _pattern(framework.digest, language, _Held(framework))
    if pattern is None:
        return ()
    known = seen if seen is not None else set()
    spots: list[Spot] = []
    for match in pattern.finditer(text):
        key = keys[match.group(0).lower()]
        if key not in known:
            known.add(key)
            entry = _entries(framework.digest, _Held(framework)).get(key)
            short = entry.short.to(language) if entry is not None else ""
            spots.append(Spot(match.start(), match.end(), key, short))
    return tuple(spots)


class _Held:
    """A framework as a cache argument: equal to any other, since the digest beside it already tells them apart."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(maxsize=8)
def _entries(digest: str, held: _Held) -> dict[str, Entry]:
    framework = held.framework
    found: dict[str, Entry] = {}
    for term in framework.terms.values():
        found[term.term] = Entry(
            term.term, Words(term.term, term.english), term.gloss, term.long, term.related, convention=False
        )
    for convention in framework.conventions:
        if convention.key not in found and convention.name:
            found[convention.key] = Entry(
                convention.key, convention.name, convention.definition, Words(), convention=True
            )
    return found


@lru_cache(maxsize=16)
def _pattern(digest: str, language: str, held: _Held) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    framework = held.framework
    keys: dict[str, str] = {}
    for convention in framework.conventions:
        for name in convention_names(convention, language):
            keys.setdefault(name.lower(), convention.key)
    for term in framework.terms.values():
        if not term.used_in or "question" in term.used_in:
            for name in term_names(term, language):
                keys.setdefault(name.lower(), term.term)
    if not keys:
        return None, keys
    longest = sorted(keys, key=lambda name: (-len(name), name))
    body = "|".join(re.escape(name) for name in longest)
    return re.compile(rf"\b(?:{body})\b" if language == "en" else body, re.IGNORECASE), keys


def term_names(term: Term, language: str) -> tuple[str, ...]:
    """Ways a term is written in a text: as listed, and without its bracket."""
    name = term.english if language == "en" else term.term
    return tuple(part for part in dict.fromkeys((name.strip(), BRACKET.sub("", name).strip())) if len(part) > 1)


def convention_names(convention: Convention, language: str) -> tuple[str, ...]:
    """Ways a convention is written: 有记录、可查 is both words."""
    if language == "en":
        return (convention.name.en,) if len(convention.name.en) > 4 else ()
    return tuple(part for part in convention.name.zh.split("、") if len(part) > 1)

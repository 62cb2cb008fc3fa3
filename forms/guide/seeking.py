"""Searching the guide: pages that hold every word asked for, those with it in the title first."""

from __future__ import annotations

from dataclasses import dataclass

from forms.guide.markdown import plain
from forms.guide.topics import TOPICS, text, title

AROUND = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """A page, and the words around the first place where what was asked for stands."""

    key: str
    excerpt: str


def seek(query: str, language: str) -> tuple[Hit, ...]:
    """Pages in which every word of the query stands, whatever its case; none for an empty query."""
    wanted = query.casefold().split()
    if not wanted:
        return ()
    named: list[Hit] = []
    held: list[Hit] = []
    for topic in TOPICS:
        body = " ".join(plain(text(topic.key, language)).split())
        low = body.casefold()
        if all(word in low for word in wanted):
            at = low.find(wanted[0])
            start = max(0, at - AROUND)
            excerpt = ("…" if start else "") + body[start : at + len(wanted[0]) + AROUND * 2].strip() + "…"
            head = title(topic.key, language).casefold()
            (named if all(word in head for word in wanted) else held).append(Hit(topic.key, excerpt))
    return (*named, *held)

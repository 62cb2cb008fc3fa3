"""Two neighboring levels of a rubric side by side: which words of the higher one are also those of the lower. No Qt."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

Span = tuple[int, int]
BASIS = re.compile(r"^\s*(?:在\s*\d\s*级基础上[，,；;]?|Level \d plus:)\s*", re.IGNORECASE)
PIECES = re.compile(r"[A-Za-z0-9%]+|\s+|.", re.DOTALL)
SHORT = 3
"""Fewer pieces in a row than this that happen to be equal say nothing."""
PARALLEL = 0.4
"""Texts less alike than this are about different things; single words they share would mislead."""


@lru_cache(maxsize=512)
def shared(text: str, below: str) -> tuple[Span, ...]:
    """Characters [start, end) of `text` that stand in `below` too, and the opening that only refers to it."""
    start = opening(text)
    found: list[Span] = [(0, start)] if start else []
    mine, theirs = pieces(text, start), pieces(below, opening(below))
    matcher = SequenceMatcher(None, [one for one, _span in mine], [one for one, _span in theirs], autojunk=False)
    for block in matcher.get_matching_blocks() if matcher.ratio() >= PARALLEL else ():
        words = [piece for piece, _span in mine[block.a : block.a + block.size] if piece.strip()]
        if len(words) < SHORT or all(not any(sign.isalnum() for sign in word) for word in words):
            continue
        found.append((mine[block.a][1][0], mine[block.a + block.size - 1][1][1]))
    return joined(found)


def opening(text: str) -> int:
    """Length of the opening that only refers to the level below."""
    basis = BASIS.match(text)
    return basis.end() if basis is not None else 0


def pieces(text: str, start: int = 0) -> list[tuple[str, Span]]:
    """Words, runs of digits and single characters from a place on, each with where it stands."""
    return [(match.group(0).casefold(), match.span()) for match in PIECES.finditer(text, start)]


def joined(found: list[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch made one."""
    out: list[Span] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def alike(text: str, below: str) -> bool:
    """Whether more than the opening is shared, so that the difference is worth pointing out."""
    return any(end > opening(text) for _start, end in shared(text, below))


def differing(text: str, below: str) -> tuple[Span, ...]:
    """What the higher level says beyond the lower: the rest of its characters."""
    out: list[Span] = []
    at = 0
    for start, end in shared(text, below):
        if text[at:start].strip():
            out.append((at, start))
        at = end
    if text[at:].strip():
        out.append((at, len(text)))
    return tuple(out)

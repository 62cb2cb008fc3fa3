"""The outline as a flat list of rows: dimensions, sub-dimensions, items, and folds of skipped items.

Pure: it takes a framework, a sheet and the states of its items, and gives rows to show. A thousand items cost a few
milliseconds, since nothing is asked twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assess.framework.indicator import Indicator
from assess.framework.model import ROOT, Framework
from assess.framework.scoring_rules import SkipRule
from assess.language import Words
from assess.measure.result import State
from assess.walk import Responsible

Filter = Literal["all", "open", "marked", "mine", "warned", "key", "core"]
RowKind = Literal["dimension", "sub", "item", "fold", "reason", "lift"]
FILTERS: tuple[Filter, ...] = ("all", "open", "marked", "mine", "warned", "key", "core")


@dataclass(frozen=True, slots=True)
class Kept:
    """Items of the filters that the framework does not know: marked, mine, warned; and who answers where it matters."""

    marked: Collection[str] = frozenset()
    mine: Collection[str] = frozenset()
    warned: Collection[str] = frozenset()
    who: Mapping[str, Responsible] = field(default_factory=dict)


NONE = Kept()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `code` is a node or an item; `done` of `total` where it is a node or a fold; `state` of an item."""

    kind: RowKind
    code: str
    name: Words
    depth: int = 0
    state: State | None = None
    done: int = 0
    total: int = 0
    open: bool = False
    words: Words = Words()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose: filter, words searched for, nodes that are open, folds of skipped items that are open."""

    filter: Filter = "all"
    search: str = ""
    opened: frozenset[str] = frozenset()
    unfolded: frozenset[str] = frozenset()


def plain(text: str) -> str:
    """Text as it is compared: full-width forms and case do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def haystack(indicator: Indicator, who: Responsible | None = None) -> str:
    """What a search looks through: code, name, question and units, in both languages."""
    units = who.units if who is not None else (indicator.lead, *indicator.assisting)
    parts = (
        indicator.code,
        indicator.name.zh,
        indicator.name.en,
        indicator.question.zh,
        indicator.question.en,
        *(text for unit in units for text in (unit.zh, unit.en)),
    )
    return plain("\n".join(parts))


def matches(indicator: Indicator, search: str, who: Responsible | None = None) -> bool:
    """Whether every word searched for is in the code, the name, the question or a unit that answers."""
    found = haystack(indicator, who)
    return all(word in found for word in plain(search).split())


def kept(indicator: Indicator, state: State, chosen: Filter, groups: Kept) -> bool:
    """Whether a filter leaves an item."""
    if chosen == "open":
        return state == "unanswered"
    if chosen in ("marked", "mine", "warned"):
        return indicator.code in getattr(groups, chosen)
    if chosen == "key":
        return indicator.key
    if chosen == "core":
        return indicator.core
    return True


def count(framework: Framework, states: Mapping[str, State], chosen: Filter, groups: Kept = NONE) -> int:
    """How many items a filter leaves."""
    return sum(
        1
        for code, state in states.items()
        if state != "out" and kept(framework.indicators[code], state, chosen, groups)
    )


def rows(
    framework: Framework,
    states: Mapping[str, State],
    skips: Mapping[str, SkipRule],
    view: View,
    groups: Kept = NONE,
) -> tuple[Row, ...]:
    """Rows to show. While searching or filtering every node with a hit is open; a skipped hit stands unfolded."""
    narrowed = bool(view.search.strip()) or view.filter != "all"
    shown = {
        code
        for code, state in states.items()
        if kept(framework.indicators[code], state, view.filter, groups)
        and (not view.search.strip() or matches(framework.indicators[code], view.search, groups.who.get(code)))
    }
    tally = tallies(framework, states)
    found: list[Row] = []

    def node(code: str, depth: int) -> None:
        leaves = [leaf for leaf in framework.leaves(code) if leaf in shown]
        if not leaves:
            return
        opened = narrowed or depth > 0 or code in view.opened
        done, total = tally[code]
        found.append(
            Row("sub" if depth else "dimension", code, framework.nodes[code].name, depth, None, done, total, opened)
        )
        if opened:
            children(framework.nodes[code].children, code, depth + 1)

    def children(codes: Collection[str], above: str, depth: int) -> None:
        skipped: list[str] = []
        for code in codes:
            if code in framework.nodes:
                node(code, depth)
            elif code in shown:
                if states[code] == "skipped" and not narrowed:
                    skipped.append(code)
                else:
                    found.append(item(code, depth))
        if skipped:
            fold(skipped, above, depth)

    def fold(codes: list[str], above: str, depth: int) -> None:
        unfolded = above in view.unfolded
        found.append(Row("fold", above, Words(), depth, None, 0, len(codes), unfolded))
        if not unfolded:
            return
        for code in codes:
            found.append(item(code, depth))
            if code in skips:
                found.append(Row("reason", code, framework.indicators[code].name, depth, words=skips[code].reason))
                found.append(Row("lift", code, framework.indicators[code].name, depth))

    def item(code: str, depth: int) -> Row:
        marked = code in groups.marked
        return Row("item", code, framework.indicators[code].name, depth, states[code], marked=marked)

    children(framework.nodes[ROOT].children, ROOT, 0)
    return tuple(found)


def tallies(framework: Framework, states: Mapping[str, State]) -> dict[str, tuple[int, int]]:
    """Items dealt with and items in all, for every node."""
    found: dict[str, tuple[int, int]] = {}

    def tally(code: str) -> tuple[int, int]:
        if code in framework.indicators:
            state = states.get(code)
            return (0, 0) if state in (None, "out") else (0 if state == "unanswered" else 1, 1)
        pairs = [tally(child) for child in framework.nodes[code].children]
        found[code] = (sum(done for done, _ in pairs), sum(total for _, total in pairs))
        return found[code]

    tally(ROOT)
    return found


def dimension_of(framework: Framework, code: str) -> str | None:
    """The node under the total that holds an item; None where the item stands directly under the total."""
    path = framework.path(code)
    return path[1] if len(path) > 2 else None

"""What the strips show: the total, the dimensions, and below an opened row its parts down to the items."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assess.benchmark.position import Position, Row
from assess.framework.model import ROOT, Framework
from assess.language import Message, Words, say
from forms.figures import figure, one_line
from forms.words import show

PLACES = {
    "upper_quartile": say("upper quartile"),
    "above_median": say("above median"),
    "at_median": say("at the median"),
    "below_median": say("below median"),
    "lower_quartile": say("lower quartile"),
}


@dataclass(frozen=True, slots=True)
class StripRow:
    """One strip. `depth` 0 for the total and its parts; `opens` when Enter shows parts, `open` when it does."""

    code: str
    name: Words
    depth: int
    row: Row
    opens: bool
    open: bool


def strip_rows(framework: Framework, position: Position, opened: Collection[str] = ()) -> tuple[StripRow, ...]:
    """The rows in order; rows without a single value in the group are left out."""
    found: list[StripRow] = []
    if ROOT in position.rows:
        found.append(StripRow(ROOT, Words("总分", "Total"), 0, position.rows[ROOT], False, False))
    _add(framework, position, framework.root.children, 0, opened, found)
    return tuple(found)


def _add(
    framework: Framework,
    position: Position,
    codes: Sequence[str],
    depth: int,
    opened: Collection[str],
    found: list[StripRow],
) -> None:
    for code in codes:
        row = position.rows.get(code)
        if row is None or row.n == 0:
            continue
        node = framework.nodes.get(code)
        is_open = node is not None and code in opened
        found.append(StripRow(code, framework.name(code), depth, row, node is not None, is_open))
        if node is not None and is_open:
            _add(framework, position, node.children, depth + 1, opened, found)


def place_words(row: Row) -> str:
    """The quartile word, or the word above or below; why there is none where there is none."""
    if row.value is None:
        return show(say("no score"))
    if row.place is None:
        return show(say("too few to compare"))
    return show(PLACES[row.place])


def distance(name: str, row: Row, decimals: int = 1, names: Mapping[str, str] | None = None) -> Message:
    """One sentence: value, distance to the median and to the best, who is best."""
    if row.value is None:
        return say("{name}: this city has no score here.", name=name)
    if row.median is None or row.best is None or row.to_median is None or row.to_best is None:
        return say("{name}: only {n} cities have a score here, too few to compare.", name=name, n=row.n)
    values = {
        "name": name,
        "value": figure(row.value, decimals),
        "median": figure(row.median, decimals),
        "gap": figure(abs(row.to_median), decimals),
        "best": figure(row.best, decimals),
        "rest": figure(row.to_best, decimals),
    }
    who = tuple((names or {}).get(best, one_line(best)) for best in row.best_names[:3])
    if row.to_best <= 1e-9:
        return say("{name} {value}: the best of the group, {gap} above the median of {median}.", **values)
    if row.to_median >= 0:
        return say(
            "{name} {value}: {gap} above the median of {median}, {rest} below the best of {best} ({who}).",
            who=who,
            **values,
        )
    return say(
        "{name} {value}: {gap} below the median of {median}, {rest} below the best of {best} ({who}).",
        who=who,
        **values,
    )


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Names as the page shows them: the mark 示例· goes where every city carries it, since the head says so."""
    mark = "示例·"
    drop = len(names) > 0 and all(name.startswith(mark) for name in names)
    return {name: one_line(name.removeprefix(mark) if drop else name) for name in names}

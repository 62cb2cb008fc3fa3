"""Which findings stand in which group, and what has been solved since the page was entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assess.checks.result import Found

Group = Literal["error", "warning", "hint", "explained"]
Mark = Literal["open", "solved", "explained"]
GROUPS: tuple[Group, ...] = ("error", "warning", "hint", "explained")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a finding, the group it is shown in, and whether it is still open."""

    found: Found
    group: Group
    mark: Mark

    @property
    def key(self) -> Key:
        return self.found.key


class Visit:
    """One stay on the page: what was open when it was first seen keeps its place when it is solved or explained."""

    def __init__(self) -> None:
        self._seen: dict[Key, Found] = {}

    def forget(self) -> None:
        """The page is left: what is solved goes, what is explained moves to its own group."""
        self._seen.clear()

    def entries(self, found: Iterable[Found], order: Mapping[str, int], rules: Mapping[str, int]) -> tuple[Entry, ...]:
        """Rows group by group; inside a group in the order of the items, the document as a whole last.

        `order` is the place of each item, `rules` that of each rule.
        """
        now = {one.key: one for one in found}
        entries: list[Entry] = []
        for key, one in {**self._seen, **now}.items():
            if key not in now:
                entries.append(Entry(one, one.severity, "solved"))
            elif not one.explained:
                entries.append(Entry(one, one.severity, "open"))
            elif key in self._seen:
                entries.append(Entry(one, one.severity, "explained"))
            else:
                entries.append(Entry(one, "explained", "explained"))
        self._seen.update({key: one for key, one in now.items() if not one.explained or key in self._seen})
        last = len(order)

        def place(entry: Entry) -> tuple[int, int, int]:
            code = entry.found.code
            return GROUPS.index(entry.group), order.get(code, last), rules.get(entry.found.rule, len(rules))

        return tuple(sorted(entries, key=place))


def count(entries: Iterable[Entry], group: Group) -> int:
    """How many of a group are still to be dealt with; for `explained`, how many have an explanation."""
    if group == "explained":
        return sum(entry.mark == "explained" for entry in entries)
    return sum(entry.group == group and entry.mark == "open" for entry in entries)


def unwritten(entries: Iterable[Entry], explanation: Callable[[Entry], str]) -> dict[str, tuple[Entry, ...]]:
    """Rule -> its open findings that an explanation may lift and about which nothing has been written.

    One explanation may serve them all.
    """
    found: dict[str, list[Entry]] = {}
    for one in entries:
        if one.mark == "open" and one.found.liftable and not explanation(one):
            found.setdefault(one.found.rule, []).append(one)
    return {rule: tuple(inside) for rule, inside in found.items()}

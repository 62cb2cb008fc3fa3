"""The route through the questions: what is asked and of whom, what is skipped, answered, and next. Pure functions."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.answers import Answer, Sheet
from assess.framework.model import Framework
from assess.framework.scoring_rules import SkipRule
from assess.language import Words
from assess.measure.result import State
from assess.measure.route import NOTHING, Reading, cells_by_item, in_scope, readings, skips_in


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the filling has come: items dealt with and items in all, for the document and per dimension.

    "Not applicable", "no data" and skipped items are dealt with; an answer with a hard fault is not (D7). This is a
    count for the person at work, never the coverage of the gates, which goes by weight (D16).
    """

    answered: int
    total: int
    dimensions: Mapping[str, tuple[int, int]]

    @property
    def complete(self) -> bool:
        return self.answered == self.total


def items(framework: Framework, sheet: Sheet) -> tuple[str, ...]:
    """Codes asked, in order: the items of the document's level within its scope (D52)."""
    return in_scope(framework, sheet)


def skips(framework: Framework, sheet: Sheet) -> Mapping[str, SkipRule]:
    """Skipped item -> the rule that skips it; lifted skips are left out (D53)."""
    return _laid(framework, sheet)[1]


_last: tuple[Framework, Sheet, Mapping[str, Reading], Mapping[str, SkipRule]] | None = None


def _laid(framework: Framework, sheet: Sheet) -> tuple[Mapping[str, Reading], Mapping[str, SkipRule]]:
    """Readings and skips of a sheet; those of the last one asked about are kept, since a page asks again and again."""
    global _last
    held = _last
    if held is None or held[0] is not framework or held[1] is not sheet:
        cells = cells_by_item(sheet)
        found = readings(framework, sheet, cells)
        held = _last = (framework, sheet, found, skips_in(framework, sheet, found, cells))
    return held[2], held[3]


def in_force(
    framework: Framework, sheet: Sheet, code: str, columns: Sequence[str] | None = None
) -> tuple[str | None, Answer | None]:
    """Column and answer that count for one item by precedence (R7); (None, None) where nothing is answered."""
    for column in framework.precedence if columns is None else columns:
        answer = sheet.answer(code, column)
        if answer is not None:
            return column, answer
    return None, None


def states(framework: Framework, sheet: Sheet) -> dict[str, State]:
    """The state of every item as the person filling in sees it: before approvals and evidence rules.

    Items of the framework that this document does not ask are "out".
    """
    found, skipped = _laid(framework, sheet)
    out: dict[str, State] = {}
    for code in framework.indicators:
        if code not in found:
            out[code] = "out"
        elif code in skipped:
            out[code] = "skipped"
        else:
            out[code] = found.get(code, NOTHING).state
    return out


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers an item: the leading unit and those that assist. `own`: said by this document, not the framework."""

    lead: Words
    assisting: tuple[Words, ...] = ()
    own: bool = False

    @property
    def units(self) -> tuple[Words, ...]:
        return (*((self.lead,) if self.lead else ()), *self.assisting)


def responsible(framework: Framework, sheet: Sheet, code: str) -> Responsible:
    """Who answers an item: as this document assigns it, else as the framework says."""
    cell, item = sheet.cells.get((code, "assignment")), framework.indicators[code]
    if isinstance(cell, Mapping):
        lead = str(cell.get("lead") or "").strip()
        assisting = tuple(Words(name, name) for name in map(str, cell.get("assisting") or ()) if name.strip())
        return Responsible(Words(lead, lead) if lead else item.lead, assisting, own=True)
    return Responsible(item.lead, item.assisting)


def is_of(unit: str, who: Responsible) -> bool:
    """Whether a unit leads or assists. Names are compared without blanks and case; 衡川市委政法委 is 市委政法委."""
    mine = _bare(unit)
    names = [_bare(text) for words in who.units for text in (words.zh, words.en) if len(_bare(text)) > 1]
    return len(mine) > 1 and any(name == mine or mine.endswith(name) or name.endswith(mine) for name in names)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def progress(framework: Framework, sheet: Sheet) -> Progress:
    """Items dealt with and items in all."""
    now = states(framework, sheet)
    dimensions: dict[str, tuple[int, int]] = {}
    for node in framework.dimensions:
        asked = [now[code] for code in framework.leaves(node.code) if now[code] != "out"]
        if asked:
            dimensions[node.code] = (sum(state != "unanswered" for state in asked), len(asked))
    asked = [state for state in now.values() if state != "out"]
    return Progress(sum(state != "unanswered" for state in asked), len(asked), dimensions)


def next_open(framework: Framework, sheet: Sheet, after: str | None = None) -> str | None:
    """The next unanswered item after `after` (from the beginning if None or unknown), going round once."""
    now = states(framework, sheet)
    order = in_scope(framework, sheet)
    start = order.index(after) + 1 if after in order else 0
    for code in (*order[start:], *order[:start]):
        if now[code] == "unanswered":
            return code
    return None

"""What the rules look at: one sheet laid open, item by item, each thing worked out once and only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from assess.answers import Answer, Evidence, Json, Sheet
from assess.checks import texts
from assess.checks.around import Around
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.periods import Window, parse, windows
from assess.language import Words
from assess.measure.evidence import Pieces, pieces
from assess.measure.result import Scores
from assess.measure.route import NOTHING, Reading, cells_by_item, readings, skips_in
from assess.measure.scales import Value, clean, level_of, value
from assess.problems import Problem

YEAR = Words("近12个月", "last 12 months")
NO_CELLS: Mapping[str, Json] = {}


class Item:
    """One indicator on the sheet. The answer is the one in force, as given: before caps, and kept though skipped."""

    def __init__(self, sheet: Material, indicator: Indicator, cells: Mapping[str, Json], reading: Reading) -> None:
        self.sheet = sheet
        self.indicator = indicator
        self.code = indicator.code
        self.cells = cells
        self.reading = reading
        self.answer = reading.answer

    @cached_property
    def state(self) -> str:
        """answered, blank, na, nd or skip. A faulty answer is answered: its fault is a finding of its own."""
        if self.code in self.sheet.skipped:
            return "skip"
        if self.answer is None:
            return "blank"
        return self.answer.kind if self.answer.kind in ("na", "nd") else "answered"

    @cached_property
    def figure(self) -> float | None:
        """The raw answer as a number: level 0–5, measured value in its unit, count of ticks."""
        return figure(self.indicator, self.answer)

    @property
    def worth(self) -> Value | None:
        """What the answer is worth; None without one."""
        return self.reading.value

    @cached_property
    def level(self) -> int | None:
        """The level 0–5 the answer comes to, before evidence caps."""
        if self.worth is None or self.worth.score is None:
            return None
        return level_of(self.worth.score)

    @cached_property
    def parts(self) -> tuple[float | None, float | None, float | None]:
        """Numerator, denominator and result as typed; None for what is missing or cannot be read."""
        return parts(self.answer)

    @cached_property
    def pieces(self) -> Pieces:
        return pieces(self.cells)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Registered evidence that has a name."""
        return tuple(
            Evidence.from_json(column.removeprefix("evidence/"), content)
            for column, content in sorted(self.cells.items(), key=lambda pair: pair[0])
            if column.startswith("evidence/") and isinstance(content, Mapping) and str(content.get("name", "")).strip()
        )

    @cached_property
    def note(self) -> str:
        """Note and reason without blanks: what has been said about the answer."""
        reason = self.answer.reason if self.answer is not None else ""
        return texts.bare(str(self.cells.get("note") or "") + reason)

    @cached_property
    def explanation(self) -> str:
        return texts.bare(str(self.cells.get("explanation") or ""))

    @cached_property
    def texts(self) -> texts.Texts:
        return texts.of_item(self.cells)

    @cached_property
    def window(self) -> Window | None:
        """The period facts must fall into: that of the number, else the twelve months up to the base date."""
        number = self.indicator.number
        period = number.period if number is not None and number.period else YEAR
        return self.sheet.window(period) or (None if number is not None else self.sheet.window(YEAR))

    # ---------------------------------------------------------------- last period
    @cached_property
    def before(self) -> Answer | None:
        """The answer of last period: from last period's sheet, else from the column `previous`."""
        if self.sheet.previous is not None:
            reading = self.sheet.previous.items.get(self.code)
            return reading.answer if reading is not None else None
        content = self.cells.get("previous")
        return Answer.from_json(content) if isinstance(content, Mapping) else None

    @cached_property
    def figure_before(self) -> float | None:
        return figure(self.indicator, self.before)

    @cached_property
    def cells_before(self) -> Mapping[str, Json] | None:
        """The cells of last period: of last period's sheet, else the note that was brought with its answers."""
        if self.sheet.previous is not None:
            old = self.sheet.previous.items.get(self.code)
            return old.cells if old is not None else None
        note = self.cells.get("previous_note")
        return {"note": note} if note else None


class Material:
    """A sheet laid open. `items` are those the document asks, in order; `extra` are facts only the caller knows."""

    def __init__(
        self,
        framework: Framework,
        sheet: Sheet,
        scores: Scores | None,
        *,
        previous: Material | None = None,
        extra: Mapping[str, float] | None = None,
        around: Around | None = None,
    ) -> None:
        self.framework = framework
        self.sheet = sheet
        self.scores = scores
        self.previous = previous
        self.extra = dict(extra or {})
        self.around = around
        self.tier = sheet.profile.tier
        cells = cells_by_item(sheet)
        found = readings(framework, sheet, cells)
        self.skipped = frozenset(skips_in(framework, sheet, found, cells))
        self.items: dict[str, Item] = {
            code: Item(self, framework.indicators[code], cells.get(code, NO_CELLS), found.get(code, NOTHING))
            for code in found
        }
        self.order = {code: place for place, code in enumerate(self.items)}
        self.selected: dict[object, tuple[Item, ...]] = {}
        self._under: dict[str, frozenset[str]] = {}
        self._windows: dict[Words, Window | None] = {}

    @cached_property
    def others(self) -> tuple[Material, ...]:
        """The sheets of other units of the round, laid open."""
        return tuple(Material(self.framework, one, None) for one in self.around.others) if self.around else ()

    @cached_property
    def base(self) -> date | None:
        return parse(self.sheet.profile.base_date)

    @cached_property
    def document_texts(self) -> dict[str, texts.Texts]:
        """What is written about the document itself, by part."""
        return texts.by_part(self.sheet)

    def under(self, node: str) -> frozenset[str]:
        """Codes of the items under a node; none for a node there is not."""
        if node not in self._under:
            known = node in self.framework.nodes
            self._under[node] = frozenset(self.framework.leaves(node)) if known else frozenset()
        return self._under[node]

    def window(self, period: Words) -> Window | None:
        """The first window a period names at the base date; None without one, or off the calendar."""
        if period not in self._windows:
            try:
                named = windows(period, self.base) if self.base is not None else ()
            except (ValueError, OverflowError):
                named = ()
            self._windows[period] = named[0] if named else None
        return self._windows[period]

    def explanation(self, rule: str) -> str:
        """The explanation of a finding about the whole document, without blanks."""
        return texts.bare(self.sheet.text(f"@check/{rule}", "explanation"))


def read(text: str | None) -> float | None:
    """A typed figure as a number, or None."""
    if text is None:
        return None
    try:
        return float(clean(text))
    except Problem:
        return None


def parts(answer: Answer | None) -> tuple[float | None, float | None, float | None]:
    """Numerator, denominator and result of a number as typed."""
    if answer is None or answer.kind != "number":
        return None, None, None
    return read(answer.numerator), read(answer.denominator), read(answer.result)


def figure(indicator: Indicator, answer: Answer | None) -> float | None:
    """The raw answer as a number, hard faults included (a negative number is a number)."""
    if answer is None or answer.kind != indicator.kind:
        return None
    match answer.kind:
        case "level":
            return float(answer.level) if answer.level is not None else None
        case "multi":
            return float(len(set(answer.ticked)))
        case "number":
            return _measured(indicator, answer)
    return None


def _measured(indicator: Indicator, answer: Answer) -> float | None:
    number = indicator.number
    upper, lower, result = parts(answer)
    if number is None:
        return None
    if answer.numerator is None and answer.denominator is None:
        return result
    factor = number.factor if number.factor is not None else 1.0
    if upper is None:
        return None
    if number.denominator is None:
        return upper * factor
    return upper * factor / lower if lower else None


def score_of(indicator: Indicator, answer: Answer) -> float | None:
    """The score of an answer before caps; None with a fault or a state."""
    return value(indicator, answer).score

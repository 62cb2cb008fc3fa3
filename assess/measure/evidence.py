"""Evidence: which answers need it, what a claim without it is worth, and how complete it is (R7, D5, D6).

Evidence belongs to the item, so a cap meets whichever column is in force. A piece that names no option covers the whole
item. A number escapes its cap by its written source or by any registered piece; the rate of evidence counts pieces
alone, and answered items alone: what a cap has turned into no data is out of it, as the framework defines it. A yes/no
answer needs evidence where it is favorable, or where the framework exempts only its opposite ("SE4.2=no" exempts the
favorable answer, so the other one carries the report); an empty checklist claims nothing and needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assess.answers import Answer, Json
from assess.framework.indicator import Indicator
from assess.framework.model import Framework
from assess.framework.scoring_rules import EvidenceCap, EvidenceRules, Mode
from assess.language import Message, say
from assess.measure.result import State
from assess.measure.scales import TOLERANCE, Value, checklist, level_of


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is registered for one item: how many pieces, whether one covers the whole item, and options covered."""

    count: int = 0
    whole: bool = False
    options: frozenset[str] = frozenset()

    def covers(self, option: str) -> bool:
        return self.whole or option in self.options


NO_PIECES = Pieces()


def pieces(cells: Mapping[str, Json]) -> Pieces:
    """The registered evidence among the cells of one item; withdrawn and nameless records do not count."""
    count, whole, options = 0, False, set[str]()
    for column, record in cells.items():
        if not column.startswith("evidence/") or not isinstance(record, Mapping):
            continue
        if not str(record.get("name", "")).strip():
            continue
        count += 1
        named = record.get("options") or ()
        whole = whole or not named
        options.update(named)
    return Pieces(count, whole, frozenset(options)) if count else NO_PIECES


def needed(rules: EvidenceRules | None, indicator: Indicator, answer: Answer, value: Value) -> bool:
    """Does this answer need evidence? Only answered items do; levels 0 and numbers scoring 0 do not."""
    if rules is None or value.state != "answered":
        return False
    match indicator.kind:
        case "level":
            return not (answer.level == 0 and "level 0" in rules.not_required)
        case "number":
            return not (value.score == 0 and "number scoring 0" in rules.not_required)
        case "multi":
            return bool(answer.ticked)
        case "yesno":
            start = f"{indicator.code}="
            exempt = {entry.removeprefix(start) for entry in rules.not_required if entry.startswith(start)}
            return answer.choice not in exempt if exempt else value.score != 0


def present(indicator: Indicator, answer: Answer, held: Pieces) -> bool:
    """Is the answer evidenced: one registered piece at least, or for a number its written source."""
    return held.count > 0 or (indicator.kind == "number" and bool(answer.source.strip()))


def caps_apply(framework: Framework, mode: Mode, *, grassroots: bool) -> bool:
    """Caps belong to the mode the framework names, and never to townships and villages."""
    return mode.evidence_caps and framework.evidence is not None and not grassroots


def capped(
    framework: Framework, indicator: Indicator, answer: Answer, value: Value, held: Pieces
) -> tuple[State, Value, Message | None]:
    """State, value and the cap that fell, of an answered item under the framework's evidence caps."""
    rules = framework.evidence
    assert rules is not None
    cap = next((one for one in rules.caps if one.kind == indicator.kind), None)
    if cap is None or indicator.code in cap.except_ or value.score is None:
        return "answered", value, None
    if cap.effect == "option_not_counted":
        return _options(framework, indicator, answer, value, held)
    if not needed(rules, indicator, answer, value) or present(indicator, answer, held):
        return "answered", value, None
    if indicator.kind == "yesno" and value.score == 0:
        return "answered", value, None
    return _unproved(cap, indicator, value)


def _unproved(cap: EvidenceCap, indicator: Indicator, value: Value) -> tuple[State, Value, Message | None]:
    if cap.effect == "cap":
        most = cap.score if cap.score is not None else 0.0
        if value.score is None or value.score <= most + TOLERANCE:
            return "answered", value, None
        lower = replace(value, score=most, level=level_of(most))
        return "answered", lower, say("No evidence registered: at most {cap} points.", cap=f"{most:g}")
    lost: State = "unanswered" if cap.state == "UNANSWERED" else "nd"
    if indicator.kind == "number":
        return lost, value, say("No source written down: counts as no data.")
    return lost, value, say("Favorable answer without evidence: counts as no data.")


def _options(
    framework: Framework, indicator: Indicator, answer: Answer, value: Value, held: Pieces
) -> tuple[State, Value, Message | None]:
    bare = tuple(key for key in answer.ticked if not held.covers(key))
    if not bare:
        return "answered", value, None
    left = tuple(key for key in answer.ticked if held.covers(key))
    lower = checklist(indicator, left, framework.checklist_cap)
    return "answered", lower, say("Options without evidence are not counted: {options}.", options=bare)

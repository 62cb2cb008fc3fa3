"""What stands beside the answers of a document: bonus, deductions, red lines, claims of "not applicable", the mark of
the review. Read from framework, sheet and scores alone, in the form in which a face shows and asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assess.answers import Json, Sheet
from assess.framework.model import ROOT, Framework
from assess.framework.stage_rules import RedLine
from assess.language import Message, Words, say
from assess.measure.result import Scores
from assess.measure.stages import unreviewed
from assess.measure.states import not_applicable_choice
from assess.problems import Problem

Kind = Literal["bonus", "deduction"]
LineState = Literal["clear", "awaiting", "in_force", "indicative", "cleared"]
NaState = Literal["awaiting", "agreed", "refused", "no_reason"]
WITHOUT_TOTAL = ("乡", "村")


@dataclass(frozen=True, slots=True)
class Claim:
    """A bonus or deduction as entered. `cell` names it in its document; `why_not` says why it does not count."""

    kind: Kind
    cell: str
    item: str
    words: Words
    matter: str
    document: str
    points: float
    confirmed: bool
    red_line: str
    counted: bool
    why_not: Message | None


@dataclass(frozen=True, slots=True)
class Line:
    """A red line of this mode and where it stands. `by` is the item whose answer (or missing answer) set it off, where
    it was not raised by hand; `reason` what was written or found."""

    red_line: RedLine
    state: LineState
    reason: Message | None
    by: str


@dataclass(frozen=True, slots=True)
class NaClaim:
    """An item answered "not applicable" where the review has to agree; without a reason there is nothing to agree."""

    code: str
    name: Words
    reason: str
    state: NaState


@dataclass(frozen=True, slots=True)
class Review:
    """The mark "reviewed": whether it stands, who set it and when (ISO date), and what it warns of (D54)."""

    marked: bool
    by: str
    at: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matters:
    """All of it. An empty part is one this framework, mode or level does not have."""

    bonus: tuple[Claim, ...]
    deductions: tuple[Claim, ...]
    bonus_left: float
    lines: tuple[Line, ...]
    na: tuple[NaClaim, ...]
    asks_na: bool
    review: Review | None
    points: bool
    suspended: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to enter at all."""
        return bool(self.points or self.lines or self.asks_na or self.review)

    @property
    def open(self) -> int:
        """How many entries wait for the review."""
        waiting = sum(not claim.confirmed for claim in self.deductions)
        waiting += sum(line.state == "awaiting" for line in self.lines)
        return waiting + sum(claim.state == "awaiting" for claim in self.na)


def matters(framework: Framework, sheet: Sheet, scores: Scores) -> Matters:
    """Everything beside the answers. A township or village has no total, so only what suspends concerns it."""
    total = sheet.profile.tier not in WITHOUT_TOTAL
    points = total and bool(framework.bonus.items or framework.deductions.items)
    mode = framework.modes[scores.mode]
    rule = mode.states.get("NA")
    return Matters(
        bonus=_claims(framework, sheet, scores, "bonus") if total else (),
        deductions=_claims(framework, sheet, scores, "deduction") if total else (),
        bonus_left=max(0.0, framework.bonus.max_total - scores.bonus),
        lines=tuple(
            _line(line, sheet, scores)
            for line in framework.red_lines
            if mode.key in line.modes and (total or line.effect == "suspend")
        ),
        na=_na(framework, sheet, scores) if rule is not None and rule.requires_approval else (),
        asks_na=rule is not None and rule.requires_approval,
        review=_review(framework, sheet, scores) if total and mode.stage != "none" and scores.complete_scope else None,
        points=points,
        suspended=scores.suspended,
    )


def _claims(framework: Framework, sheet: Sheet, scores: Scores, kind: Kind) -> tuple[Claim, ...]:
    rules = framework.bonus if kind == "bonus" else framework.deductions
    words = {item.id: item.words for item in rules.items}
    judged = {entry.cell: entry for entry in scores.adjustments if entry.kind == kind}
    found = []
    for cell, record in sheet.items(f"@{kind}").items():
        if not isinstance(record, Mapping):
            continue
        item, fate = str(record.get("item", "")), judged.get(cell)
        found.append(
            Claim(
                kind=kind,
                cell=cell,
                item=item,
                words=words.get(item, Words(item)),
                matter=str(record.get("matter", "")),
                document=str(record.get("document", "")),
                points=fate.points if fate else 0.0,
                confirmed=record.get("confirmed") is True,
                red_line=str(record.get("redline", "")),
                counted=bool(fate and fate.counted),
                why_not=fate.reason if fate else None,
            )
        )
    return tuple(found)


def _line(line: RedLine, sheet: Sheet, scores: Scores) -> Line:
    record: Json = sheet.items("@redline").get(line.id)
    entered = str(record.get("state", "")) if isinstance(record, Mapping) else ""
    written = str(record.get("reason", "")).strip() if isinstance(record, Mapping) else ""
    result = next((one for one in scores.red_lines if one.red_line.id == line.id), None)
    if result is not None:
        source = next((trigger.indicator for trigger in line.triggers if trigger.indicator), "")
        return Line(line, result.status, result.reason, "" if entered in ("raised", "confirmed") else source)
    reason = say("{reason}", reason=written) if written else None
    return Line(line, "cleared", reason, "") if entered == "cleared" else Line(line, "clear", None, "")


def _na(framework: Framework, sheet: Sheet, scores: Scores) -> tuple[NaClaim, ...]:
    found = []
    for code, score in scores.items.items():
        item = framework.indicators[code]
        if score.given != "na" or score.state == "skipped" or score.answer is None:
            continue
        if not_applicable_choice(framework, item, sheet.profile.tier) == "never":
            continue
        agreed = sheet.cells.get((code, "na_approved"))
        reason = score.answer.reason.strip()
        state: NaState = "agreed" if agreed is True else "refused" if agreed is False else "awaiting"
        found.append(NaClaim(code, item.name, reason, state if reason else "no_reason"))
    return tuple(found)


def _review(framework: Framework, sheet: Sheet, scores: Scores) -> Review | None:
    gates = [gate for stage in framework.stages for gate in stage.gates if gate.type == "reviewed"]
    if not gates or ROOT not in scores.nodes:
        return None
    record = sheet.cells.get(("@status", "reviewed"))
    known: Mapping[str, Json] = record if isinstance(record, Mapping) else {}
    missing = [code for gate in gates if gate.warn_columns for code in unreviewed(framework, gate, scores.items)]
    return Review(
        sheet.status == "reviewed", str(known.get("by", "")), str(known.get("at", "")), tuple(dict.fromkeys(missing))
    )


def reviewers_only(role: str) -> Problem | None:
    """Why somebody of this role may not confirm, clear, agree or mark; None when a reviewer asks."""
    if role not in ("filler", "second_reviewer", "third_party"):
        return None
    return Problem(
        "matters.reviewers-only",
        say("Only a reviewer can confirm, clear or agree."),
        say("Change your role to reviewer, or hand the document to the reviewing office."),
    )

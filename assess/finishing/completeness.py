"""How complete a document is, by dimension and by department, and what still keeps it from being sealed (D56)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assess.answers import Sheet
from assess.checks.result import Found
from assess.finishing.cover import NAMES, Cover
from assess.framework.model import Framework
from assess.language import Message, Words, say
from assess.measure.matters import matters
from assess.measure.result import ItemScore, Scores
from assess.problems import Problem
from assess.walk import responsible

KINDS = ("open", "nd", "na_waiting", "evidence_missing", "errors", "warnings", "explained")


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension, a department or the whole. Every field holds the codes of the items concerned, in order, so that a
    count can be gone to; `asked` are all of them, skipped ones included. `loose` counts findings without an item."""

    code: str
    name: Words
    asked: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    na: tuple[str, ...] = ()
    na_waiting: tuple[str, ...] = ()
    nd: tuple[str, ...] = ()
    evidence_missing: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Items dealt with: everything but what is open."""
        return len(self.asked) - len(self.open)

    @property
    def ready(self) -> bool:
        """Nothing open and no error."""
        return not self.open and not self.errors


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps the document from being sealed: code as of a Problem, sentence, and where to go: an item,
    "cover", "conflicts", or "" for the list of findings."""

    code: str
    text: Message
    target: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """`errors`, `warnings`, `explained` count findings, those about the document as a whole too; `warnings` are not
    explained yet. `hints` are for the person filling in only."""

    whole: Part
    dimensions: tuple[Part, ...]
    departments: tuple[Part, ...]
    errors: int
    warnings: int
    explained: int
    hints: int
    cover: Cover
    blockers: tuple[Blocker, ...]

    @property
    def ready(self) -> bool:
        return not self.blockers

    @property
    def problem(self) -> Problem | None:
        """The first thing that keeps the document from being sealed, as one Problem; None when it can be sealed."""
        if not self.blockers:
            return None
        first = self.blockers[0]
        hint = say("Open “Finish filling in” in the window, or run zhiheng findings: each is one step away.")
        return Problem(first.code, first.text, hint)


def completeness(
    framework: Framework, sheet: Sheet, scores: Scores, found: Sequence[Found], *, cover: Cover, conflicts: int = 0
) -> Completeness:
    """Everything the page shows. `framework` is the tailored one, `found` what `checks.evaluate.findings` returns."""
    items = {code: item for code, item in scores.items.items() if item.state != "out" and item.given != "out"}
    waiting = {claim.code for claim in matters(framework, sheet, scores).na if claim.state in ("awaiting", "no_reason")}
    by_item = _by_item(found)
    order = [code for code in framework.indicators if code in items]

    def part(code: str, name: Words, codes: Iterable[str]) -> Part:
        asked = [one for one in codes if one in items]

        def those(test: object) -> tuple[str, ...]:
            assert callable(test)
            return tuple(one for one in asked if test(items[one]))

        return Part(
            code,
            name,
            tuple(asked),
            open=those(lambda item: item.given == "unanswered"),
            skipped=those(lambda item: item.given == "skipped"),
            na=those(lambda item: item.given == "na"),
            na_waiting=tuple(one for one in asked if one in waiting),
            nd=those(lambda item: item.given == "nd"),
            evidence_missing=those(lacks_evidence),
            errors=tuple(one for one in asked if "error" in by_item.get(one, ())),
            warnings=tuple(one for one in asked if "warning" in by_item.get(one, ())),
            explained=tuple(one for one in asked if "explained" in by_item.get(one, ())),
        )

    whole = part("", framework.title, order)
    dimensions = tuple(part(node.code, node.name, framework.leaves(node.code)) for node in framework.dimensions)
    leads: dict[Words, list[str]] = {}
    for code in order:
        leads.setdefault(responsible(framework, sheet, code).lead, []).append(code)
    departments = tuple(part("", lead, codes) for lead, codes in leads.items())
    errors = [one for one in found if one.severity == "error" and one.open]
    return Completeness(
        whole,
        tuple(one for one in dimensions if one.asked),
        departments,
        errors=len(errors),
        warnings=sum(one.severity == "warning" and one.open for one in found),
        explained=sum(one.explained for one in found),
        hints=sum(one.severity == "hint" and one.open for one in found),
        cover=cover,
        blockers=tuple(_blockers(framework, scores, whole, errors, cover, conflicts)),
    )


def lacks_evidence(item: ItemScore) -> bool:
    """An answer that needs evidence and has none."""
    return item.needs_evidence and not item.evidenced and item.given == "answered"


def _by_item(found: Iterable[Found]) -> Mapping[str, set[str]]:
    """Item gone to -> severities of its open findings, and "explained" where one has been explained."""
    out: dict[str, set[str]] = {}
    for one in found:
        out.setdefault(one.code, set()).add("explained" if one.explained else one.severity)
    return out


def _blockers(
    framework: Framework, scores: Scores, whole: Part, errors: Sequence[Found], cover: Cover, conflicts: int
) -> Iterable[Blocker]:
    if scores.suspended:
        yield Blocker("seal.suspended", say("A red line suspends the assessment; nothing is sealed or handed in."))
    if not whole.asked:
        yield Blocker("seal.empty", say("The document asks no questions, so there is nothing to seal."))
    rule = framework.modes[scores.mode].states.get("UNANSWERED")
    blank = whole.open if rule is not None and rule.blocks_sealing else ()
    if errors:
        target = next((one.code for one in errors if one.code), "")
        text = say("Findings that must be dealt with before sealing: {count}.", count=len(errors))
        yield Blocker("seal.errors", text, target)
    if blank:
        yield Blocker("seal.open", say("Questions that must be answered before sealing: {count}.", count=len(blank)),
                      blank[0])  # fmt: skip
    if conflicts:
        text = say("Answers that differ between copies and must be settled before sealing: {count}.", count=conflicts)
        yield Blocker("seal.conflicts", text, "conflicts")
    if cover.lacking:
        text = say("The cover page still lacks: {fields}.", fields=tuple(NAMES[name] for name in cover.lacking))
        yield Blocker("seal.cover", text, "cover")

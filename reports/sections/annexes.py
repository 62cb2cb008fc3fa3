"""Annexes: every score, every answer, the evidence registered, terms, the pledge, and what the numbers rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from assess.finishing.cover import cover as cover_of
from assess.framework.model import Node
from assess.language import Message, say
from assess.measure.result import ItemScore
from reports.model import Block, Column, Facts, Fold, Heading, PageBreak, Paragraph, Pledge, Section, Table
from reports.sections import cover, overall, wording
from reports.sections.matter import DASH, Matter

TERMS = 20


def titled(m: Matter, number: int, message: Message, anchor: str) -> tuple[PageBreak, Heading]:
    """An annex begins a page with its number and title."""
    name = m.text(say("Annex {number}: {title}", number=number, title=message))
    return PageBreak(), Heading(0, "", name, anchor)


def grouped_items(m: Matter) -> list[tuple[Node | None, list[ItemScore]]]:
    """Items under their dimensions, the rest together; those not asked of this unit stay out."""
    out: list[tuple[Node | None, list[ItemScore]]] = []
    seen: set[str] = set()
    for node in m.framework.dimensions:
        items = [m.scores.items[code] for code in m.framework.leaves(node.code) if code in m.scores.items]
        seen.update(item.code for item in items)
        out.append((node, [item for item in items if item.state != "out"]))
    loose = [item for code, item in m.scores.items.items() if code not in seen and item.state != "out"]
    if loose:
        out.append((None, loose))
    return [(node, items) for node, items in out if items]


def detail(m: Matter, number: int) -> Section:
    """How every score adds up to the total."""
    title = say("Scores in detail")
    note = say("Contribution = share of the total × score, unrounded; the contributions add up to the base total.")
    if m.summed:
        note = say("Points are added up; the contribution of an item is its points.")
    blocks: list[Block] = [*titled(m, number, title, "detail"), Paragraph((m.sentence("detail.note", note),))]
    columns = (
        Column(m.text(say("Code")), width=1),
        Column(m.text(say("Item")), width=3.4),
        Column(m.text(say("Score")), "end", 0.8),
        Column(m.text(say("Weight among siblings")), "end", 1.1),
        Column(m.text(say("Share of total")), "end", 1.35),
        Column(m.text(say("Contribution")), "end", 1.1),
    )
    for node, items in grouped_items(m):
        places = max(len(f"{item.weight:g}".partition(".")[2]) for item in items)
        rows = [
            (
                item.code,
                m.name(item.code),
                m.number(item.score),
                f"{item.weight:.{places}f}",
                *overall.share_and_part(m, item, 3, 2),
            )
            for item in items
        ]
        name = m.text(node.name) if node else m.text(say("Items"))
        if node is not None:
            score = m.scores.nodes[node.code]
            rows.append(
                (
                    "",
                    m.text(say("{name} as a whole", name=name)),
                    m.number(score.score),
                    f"{score.weight:g}",
                    *overall.share_and_part(m, score, 3, 2),
                )
            )
        emphasis = (len(rows) - 1,) if node is not None else ()
        blocks.append(
            Fold(name, (Table(m.text(say("Scores in detail: {name}", name=name)), columns, tuple(rows), emphasis),))
        )
    lowered = [
        item for item in m.scores.items.values() if item.cap is not None or item.lowered is not None or item.reasons
    ]
    if lowered:
        rows_why = tuple(
            (
                item.code,
                m.name(item.code),
                m.clauses(m.text(part) for part in (item.cap, item.lowered, *item.reasons) if part is not None),
            )
            for item in lowered
        )
        blocks.append(
            Table(
                m.text(say("Why some answers count for less or not at all")),
                (
                    Column(m.text(say("Code")), width=0.8),
                    Column(m.text(say("Item")), width=2.4),
                    Column(m.text(say("Reason why")), width=4),
                ),
                rows_why,
            )
        )
    return Section("detail", m.text(title), tuple(blocks))


def answers(m: Matter, number: int) -> Section:
    title = say("All answers")
    blocks: list[Block] = [*titled(m, number, title, "answers")]
    named = {column.key: m.text(column.name) for column in m.framework.columns}
    columns = (
        Column(m.text(say("Code")), width=1),
        Column(m.text(say("Item")), width=3),
        Column(m.text(say("Answer in force")), width=3.2),
        Column(m.text(say("Source")), width=1),
        Column(m.text(say("Score")), "end", 0.8),
    )
    for node, items in grouped_items(m):
        rows = tuple(
            (
                item.code,
                m.name(item.code),
                wording.answer_words(m, item),
                named.get(item.column or "", item.column or DASH) or DASH,
                m.number(item.score),
            )
            for item in items
        )
        name = m.text(node.name) if node else m.text(say("Items"))
        blocks.append(Fold(name, (Table(m.text(say("Answers: {name}", name=name)), columns, rows),)))
    if len(blocks) == 2:
        blocks.append(Paragraph((m.sentence("answers.none", say("The framework has no items for this unit.")),)))
    return Section("answers", m.text(title), tuple(blocks))


def evidence(m: Matter, number: int) -> Section:
    title = say("Evidence registered")
    blocks: list[Block] = [*titled(m, number, title, "evidence")]
    rows = [
        (
            code,
            piece.name,
            piece.number or DASH,
            piece.date or DASH,
            piece.place or piece.pages or DASH,
            piece.grade or DASH,
        )
        for code in m.scores.items
        for piece in m.sheet.evidence(code)
    ]
    missing = tuple(item.code for item in m.scores.items.values() if item.needs_evidence and not item.evidenced)
    if not rows:
        blocks.append(Paragraph((m.sentence("evidence.none", say("No evidence is registered.")),)))
    if missing:
        words = say("Answers that still need evidence: {count}{codes}.", count=len(missing), codes=m.codes(missing, 80))
        blocks.append(Paragraph((m.sentence("evidence.missing", words, missing),), kind="note"))
    if rows:
        columns = (
            Column(m.text(say("Code")), width=0.75),
            Column(m.text(say("Name")), width=2.05),
            Column(m.text(say("Document number")), width=2.45),
            Column(m.text(say("Date")), width=1.3),
            Column(m.text(say("Where kept")), width=2.5),
            Column(m.text(say("Grade")), "center", 0.55),
        )
        blocks.append(
            Fold(
                m.text(say("Pieces of evidence: {count}", count=len(rows))),
                (Table(m.text(say("Evidence registered")), columns, tuple(rows)),),
            )
        )
    return Section("evidence", m.text(title), tuple(blocks))


def terms(m: Matter, number: int, used: str) -> Section | None:
    """Glosses of the terms the report uses; no annex where it uses none."""
    found = [
        term
        for key, term in m.framework.terms.items()
        if "report" in term.used_in and (key in used if m.zh else term.english and term.english in used)
    ]
    if not found:
        return None
    title = say("Terms")
    rows = tuple((term.term if m.zh else term.english, m.text(term.gloss)) for term in found[:TERMS])
    table = Table(
        m.text(title), (Column(m.text(say("Term")), width=1.2), Column(m.text(say("Meaning")), width=4)), rows
    )
    return Section("terms", m.text(title), (*titled(m, number, title, "terms"), table))


def pledge(m: Matter, number: int) -> Section:
    title = say("Pledge of truthfulness")
    text = say(
        "{unit} pledges that what is filled in for this assessment is true, complete and free of state "
        "secrets and work secrets, that the evidence can be checked, and that it answers under the "
        "Statistics Law and other laws for false entries.",
        unit=m.sheet.profile.unit or m.text(say("This unit")),
    )
    fields: Iterable[Message] = (
        say("Unit (seal)"),
        say("Head of the unit (signature)"),
        say("Reviewed by (signature)"),
        say("Filled in by (signature)"),
        say("Date of signature"),
    )
    block = Pledge(m.text(title), m.text(text), tuple(m.text(field) for field in fields))
    return Section("pledge", m.text(title), (*titled(m, number, title, "pledge"), block))


def answers_digest(m: Matter) -> str:
    """SHA-256 over profile and cells, so that two papers can be told to rest on the same answers."""
    cells = [[item, column, value] for (item, column), value in sorted(m.sheet.cells.items(), key=lambda pair: pair[0])]
    text = json.dumps([m.sheet.profile.to_json(), cells], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def program_version() -> str:
    """The version of the program as installed; empty where it runs from nowhere."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zhiheng")
    except PackageNotFoundError:
        return ""


def not_sealed(m: Matter) -> str:
    """What stands in place of the digest of a seal: there is none, or something has changed since."""
    if not m.options.changed_since:
        return m.text(say("not sealed"))
    digest = cover.grouped(m.options.changed_since)
    return m.text(say("changed since it was sealed ({digest})", digest=digest))


def provenance(m: Matter, number: int) -> Section:
    """What the numbers rest on: the same inputs give the same numbers (scoring rule R10)."""
    title = say("Versions and checks")
    signed = cover_of(m.sheet)
    rows = (
        (say("Framework"), cover.versioned(m)),
        (say("Framework check"), cover.grouped(m.framework.digest)),
        (say("Document check"), cover.grouped(m.options.digest) if m.options.digest else not_sealed(m)),
        (say("Answers check"), cover.grouped(answers_digest(m))),
        (say("Program"), m.options.program or program_version()),
        (say("Filled in by"), signed.filler),
        (say("Approved by"), signed.approver),
        (say("Kind of assessment"), cover.mode(m)),
        (say("Base date"), m.day(m.sheet.profile.base_date)),
        (say("Date of the report"), m.day(m.date)),
    )
    blocks: list[Block] = [*titled(m, number, title, "provenance")]
    blocks.append(Facts(tuple((m.text(label), m.begun(value)) for label, value in rows if value)))
    words = say(
        "The checks are the first sixteen digits of SHA-256. The same framework, answers and program "
        "give the same numbers (scoring rule R10)."
    )
    blocks.append(Paragraph((m.sentence("provenance.note", words),), kind="note"))
    return Section("provenance", m.text(title), tuple(blocks))

"""六 对策建议: what to do in which phase, who leads, who assists, with what effort, on what basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assess.language import say
from reports.charts import quadrants as chart
from reports.model import Block, Chart, Column, Paragraph, Section, Sentence, Table
from reports.sections.matter import DASH, Matter

if TYPE_CHECKING:
    from assess.planning.gaps import Advice

SHOWN = 12


def proposals(m: Matter, chapter: int) -> Section:
    title = m.text(say("Proposals"))
    blocks: list[Block] = [m.heading(1, m.chapter(chapter), title, "proposals")]
    planned = [one for one in m.advice if one.planned]
    rules = m.framework.improvement
    if rules is None:
        blocks.append(
            Paragraph((m.sentence("proposals.no_rules", say("The framework gives no improvement actions.")),))
        )
        return Section("proposals", title, tuple(blocks))
    if not planned:
        words = (
            say("Every item that counts has reached its target; keep what has been achieved.")
            if m.scored
            else say("Without answers there is nothing to propose yet.")
        )
        blocks.append(Paragraph((m.sentence("proposals.none", words),)))
        return Section("proposals", title, tuple(blocks))
    blocks.append(Paragraph(tuple(opening(m, planned))))
    blocks.append(quadrants(m, planned))
    part = 0
    for phase in rules.phases:
        members = [one for one in planned if one.phase is not None and one.phase.id == phase.id]
        if not members:
            continue
        blocks.append(m.heading(2, m.part(part, chapter), phase.name, f"phase-{phase.id}"))
        part += 1
        words = say(
            "Actions {phase}: {count}, in the order of their priority; the first {shown} are listed.",
            phase=phase.name,
            count=len(members),
            shown=min(len(members), SHOWN),
        )
        if len(members) <= SHOWN:
            words = say(
                "Actions {phase}: {count}, in the order of their priority.", phase=phase.name, count=len(members)
            )
        blocks.append(Paragraph((m.sentence(f"phase.{phase.id}", words, tuple(one.code for one in members)),)))
        blocks.append(phase_table(m, phase.id, members[:SHOWN], m.text(phase.name)))
        if len(members) > SHOWN:
            rest = tuple(one.code for one in members[SHOWN:])
            blocks.append(
                Paragraph(
                    (
                        m.sentence(
                            f"phase.{phase.id}.rest",
                            say(
                                "Further items of this phase: {count}{codes}.", count=len(rest), codes=m.codes(rest, 60)
                            ),
                            rest,
                        ),
                    ),
                    kind="note",
                )
            )
    notes = overloads(m, planned)
    if notes:
        blocks.append(m.heading(2, m.part(part, chapter), say("Load of the leading units"), "overload"))
        blocks.append(Paragraph(tuple(notes)))
    return Section("proposals", title, tuple(blocks))


def opening(m: Matter, planned: Sequence[Advice]) -> list[Sentence]:
    quick = [one for one in planned if one.quadrant == "high_gap_low_effort"]
    out = [
        m.sentence(
            "proposals.count",
            say(
                "Items that have not reached their target: {count}; the actions below follow from their scores.",
                count=len(planned),
            ),
            tuple(one.code for one in planned),
        ),
        m.sentence(
            "proposals.priority",
            say(
                "Priority = weight × gap × key factor ÷ effort; the first to begin with: {names}.",
                names=m.join(f"{m.name(one.code)}{m.codes((one.code,))}" for one in planned[:3]),
            ),
            tuple(one.code for one in planned[:3]),
        ),
    ]
    if quick:
        out.append(
            m.sentence(
                "proposals.quick",
                say(
                    "Items among them that show results soon: {count}{codes}.",
                    count=len(quick),
                    codes=m.codes(tuple(one.code for one in quick), 6),
                ),
                tuple(one.code for one in quick),
            )
        )
    return out


def quadrants(m: Matter, planned: Sequence[Advice]) -> Chart:
    rules = m.framework.improvement
    assert rules is not None
    order = ("high_gap_low_effort", "high_gap_high_effort", "low_gap_low_effort", "low_gap_high_effort")
    fields = []
    rows = []
    for key in order:
        members = [one for one in planned if one.quadrant == key]
        words = rules.quadrants.get(key)
        title = m.text(words) if words else key
        fields.append(
            {
                "title": title,
                "count": m.text(say("{count} in this field", count=len(members))),
                "codes": [one.code for one in members],
            }
        )
        rows.append((title, str(len(members)), m.join(one.code for one in members)))
    table = Table(
        m.text(say("Items by quadrant")),
        (
            Column(m.text(say("Quadrant")), width=1),
            Column(m.text(say("Number of items")), "end", 0.6),
            Column(m.text(say("Codes")), width=5),
        ),
        tuple(rows),
    )
    data: dict[str, object] = {
        "fields": fields,
        "across": [m.text(say("effort low or medium")), m.text(say("effort high"))],
        "down": [m.text(say("large gap")), m.text(say("small gap"))],
        "more": "…",
    }
    alt = m.text(say("Items by gap and effort: {parts}.", parts=m.join(f"{row[0]} {row[1]}" for row in rows)))
    return Chart("quadrants", data, m.text(say("Items by gap and effort")), alt, table, 156, chart.height(fields))


def phase_table(m: Matter, number: int, members: Sequence[Advice], phase: str) -> Table:
    rows = []
    for one in members:
        indicator = m.framework.indicators[one.code]
        rows.append(
            (
                one.code,
                m.text(one.improvement.action).rstrip("。."),
                m.text(one.lead) or DASH,
                m.join(m.text(unit) for unit in indicator.assisting) or DASH,
                m.text(one.improvement.effort_words),
                m.text(one.improvement.duration),
                m.text(one.quadrant_words),
            )
        )
    widths = (1.2, 4.7, 2.2, 3.2, 0.9, 2.05, 1.4) if m.zh else (1.1, 3.9, 2.9, 4.6, 1.0, 1.2, 1.4)
    heads = (
        say("Code"), say("Action"), say("Lead"), say("Assisting"), say("Effort"), say("Duration"), say("Quadrant")
    )  # fmt: skip
    columns = tuple(Column(m.text(head), width=width) for head, width in zip(heads, widths, strict=True))
    return Table(m.text(say("Actions {phase}", phase=phase)), columns, tuple(rows))


def overloads(m: Matter, planned: Sequence[Advice]) -> list[Sentence]:
    """Units that lead more than the framework thinks they can in one phase."""
    from assess.planning.gaps import overload

    out = []
    for index, one in enumerate(overload(m.framework, planned), 1):
        words = m.text(one.text).rstrip("。.")
        out.append(m.sentence(f"overload.{index}", say("{words}.", words=words), one.defer))
    return out

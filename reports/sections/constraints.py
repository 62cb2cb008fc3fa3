"""五 制约因素: the ten items that hold the total back most, by their share of the distance to full marks (D10)."""

from __future__ import annotations

from assess.language import say
from reports.charts import obstacles
from reports.model import Block, Chart, Column, Paragraph, Section, Table
from reports.sections.matter import DASH, Matter

TOP = 10


def constraints(m: Matter, chapter: int) -> Section:
    title = m.text(say("Constraining factors"))
    blocks: list[Block] = [m.heading(1, m.chapter(chapter), title, "constraints")]
    rules = m.framework.improvement
    found = list(m.obstacles)[: rules.obstacle_top if rules else TOP]
    if not found:
        words = (
            say("Everything that counts has full marks, so there are no constraining factors.")
            if m.scored
            else say("Without scores there are no constraining factors to name.")
        )
        blocks.append(Paragraph((m.sentence("constraints.none", words),)))
        return Section("constraints", title, tuple(blocks))
    top = found[:3]
    together = sum(one.share for one in found)
    names = m.join(f"{m.name(one.code)}{m.codes((one.code,))}" for one in top)
    sentences = [
        m.sentence(
            "constraints.top",
            say("What holds the total back most: {names}.", names=names),
            tuple(one.code for one in top),
        ),
        m.sentence(
            "constraints.share",
            say(
                "The first {count} items account for {share} of the whole distance to full marks.",
                count=len(found),
                share=m.percent(together),
            ),
            tuple(one.code for one in found),
        ),
    ]
    table = obstacle_table(m, found)
    rows = [
        {
            "label": m.full(one.code),
            "share": one.share,
            "text": m.percent(one.share),
            "level": m.band(one.score, 100.0),
        }
        for one in found
    ]
    alt = m.text(say("Obstacle degrees: {parts}.", parts=m.join(f"{row['label']} {row['text']}" for row in rows)))
    chart = Chart(
        "obstacles",
        {"rows": rows},
        m.text(say("Constraining factors by obstacle degree")),
        alt,
        table,
        156,
        obstacles.height(len(rows)),
    )
    note = m.sentence(
        "constraints.formula",
        say(
            "Obstacle degree = effective weight × (1 − score ÷ 100) ÷ the sum of this over all items that "
            "count; patterns show the score of the item."
        ),
    )
    blocks += [Paragraph(tuple(sentences)), chart, Paragraph((note,), kind="note"), table]
    return Section("constraints", title, tuple(blocks))


def obstacle_table(m: Matter, found: list) -> Table:  # type: ignore[type-arg]
    led = any(m.framework.indicators[one.code].lead for one in found)
    rows = tuple(
        (
            str(index),
            one.code,
            m.name(one.code),
            *([m.text(m.framework.indicators[one.code].lead) or DASH] if led else []),
            m.number(one.score),
            m.percent(one.share),
        )
        for index, one in enumerate(found, 1)
    )
    return Table(
        m.text(say("The first {count} constraining factors", count=len(found))),
        (
            Column(m.text(say("No.")), "end", 0.6),
            Column(m.text(say("Code")), width=0.9),
            Column(m.text(say("Item")), width=3),
            *([Column(m.text(say("Lead")), width=2.2)] if led else []),
            Column(m.text(say("Score")), "end", 0.8),
            Column(m.text(say("Obstacle degree")), "end", 1),
        ),
        rows,
    )

"""四 同类比较: where the unit stands among its group, how far from the median and the best, and who is in the group.

Nothing is said of fewer than five, no quartiles of fewer than eight (D20); ranks only where asked for.
"""

from __future__ import annotations

from assess.language import Message, say
from reports.charts import strips
from reports.model import Block, Chart, Column, Paragraph, Section, Sentence, Table
from reports.sections.matter import DASH, Matter

SHORT = {
    "upper_quartile": say("upper quarter"),
    "above_median": say("above median"),
    "at_median": say("at the median"),
    "below_median": say("below median"),
    "lower_quartile": say("lower quarter"),
}


def peers(m: Matter, chapter: int) -> Section:
    title = m.text(say("Comparison with peers"))
    head = m.heading(1, m.chapter(chapter), title, "peers")
    refusal = refused(m)
    if refusal is not None:
        return Section("peers", title, (head, Paragraph((m.sentence("peers.none", refusal),))))
    position = m.position
    assert position is not None
    blocks: list[Block] = [
        head,
        m.heading(2, m.part(0, chapter), say("The group"), "peers-group"),
        Paragraph(tuple(group_words(m))),
    ]
    if position.allowed == "none":
        return Section("peers", title, tuple(blocks))
    blocks.append(m.heading(2, m.part(1, chapter), say("Position in the group"), "peers-position"))
    table = distance_table(m)
    blocks += [Paragraph(tuple(places(m))), strip_chart(m, table), table]
    return Section("peers", title, tuple(blocks))


def refused(m: Matter) -> Message | None:
    """Why there is no comparison at all."""
    if m.training:
        return say("This is practice, so no comparison is made.")
    if m.scores.suspended or any(
        line.red_line.effect == "no_stage" and line.status == "in_force" for line in m.scores.red_lines
    ):
        return say("A red line is in force that excludes comparison.")
    if m.position is None:
        return say("No peers were chosen, so no comparison is made.")
    return None


def codes_of(m: Matter) -> list[str]:
    """The total and the dimensions that have a row."""
    assert m.position is not None
    parts = [m.total, *(node.code for node in m.framework.dimensions)]
    return [code for code in parts if code in m.position.rows]


def label(m: Matter, code: str) -> str:
    return m.text(say("Total")) if code == m.total else m.name(code)


def group_words(m: Matter) -> list[Sentence]:
    position = m.position
    assert position is not None
    group = position.group
    out = [
        m.sentence(
            "peers.rule", say("The group was formed by this rule: {rule}.", rule=m.text(group.rule).rstrip("。."))
        )
    ]
    out.append(m.sentence("peers.count", say("It has {n} members, the unit included.", n=position.n)))
    names = [member.name for member in group.members]
    if names:
        out.append(m.sentence("peers.members", say("The others are {names}.", names=m.join(names[:40]))))
    if position.allowed != "quartiles":
        out.append(m.sentence("peers.reason", say("{words}.", words=m.text(position.reason).rstrip("。."))))
    if m.scores.reference_only:
        out.append(m.sentence("peers.self", say("The unit is placed by a self-assessment that has not been reviewed.")))
    return out


def places(m: Matter) -> list[Sentence]:
    position = m.position
    assert position is not None
    out: list[Sentence] = []
    for code in codes_of(m):
        row = position.rows[code]
        if row.value is None or row.place is None:
            continue
        values = {
            "name": label(m, code),
            "score": m.number(row.value),
            "place": SHORT[row.place],
            "median": m.number(row.median),
        }
        text = say("{name}: {score} points against a median of {median}, {place}.", **values)
        out.append(m.sentence(f"peers.{code}", text, () if code == m.total else (code,)))
        if m.options.rank:
            out.extend(ranked(m, code))
    if not m.options.rank:
        out.append(m.sentence("peers.no_rank", say("Ranks are left out.")))
    return out


def ranked(m: Matter, code: str) -> list[Sentence]:
    """The place as a number, ties said (R9)."""
    assert m.position is not None
    found = m.position.rank(code)
    if found is None:
        return []
    values = {"name": label(m, code), "rank": found.rank, "n": found.of}
    text = say("{name} takes place {rank} of {n}.", **values)
    if found.tied:
        text = say("{name} takes place {rank} of {n}, level with {tied}.", tied=found.tied, **values)
    return [m.sentence(f"peers.{code}.rank", text)]


def strip_chart(m: Matter, table: Table) -> Chart:
    position = m.position
    assert position is not None
    quartiles = position.allowed == "quartiles"
    rows = []
    for code in codes_of(m):
        row = position.rows[code]
        rows.append(
            {
                "label": label(m, code),
                "value": row.value,
                "text": m.number(row.value),
                "peers": [value for value in row.values if value is not None],
                "median": row.median,
                "q1": row.q1 if quartiles else None,
                "q3": row.q3 if quartiles else None,
                "place": m.text(SHORT[row.place]) if row.place else "",
            }
        )
    legend = [["self", m.own], ["peers", m.text(say("peers"))]]
    if quartiles:
        legend.append(["half", m.text(say("middle half"))])
    legend.append(["median", m.text(say("median"))])
    data: dict[str, object] = {"rows": rows, "legend": legend, "maximum": m.framework.maximum}
    alt = m.text(
        say(
            "Position in the group: {parts}.",
            parts=m.clauses(f"{row['label']} {row['text']} {row['place']}" for row in rows),
        )
    )
    return Chart("strips", data, m.text(say("Position in the group")), alt, table, 156, strips.height(len(rows)))


def distance_table(m: Matter) -> Table:
    position = m.position
    assert position is not None
    rows = []
    for code in codes_of(m):
        row = position.rows[code]
        rows.append(
            (
                label(m, code),
                m.number(row.value),
                m.number(row.median),
                signed(m, row.to_median),
                m.number(row.best),
                signed(m, row.to_best),
                m.join(row.best_names[:3]) if row.best_names else DASH,
            )
        )
    heads = (say("Score"), say("Median of the group"), say("Distance to median"), say("Best"), say("Distance to best"))
    return Table(
        m.text(say("Distance to the median and to the best of the group")),
        (
            Column(m.text(say("Part")), width=1.1),
            *(Column(m.text(head), "end", 1.35) for head in heads),
            Column(m.text(say("Who")), width=1.6),
        ),
        tuple(rows),
        (0,) if rows else (),
    )


def signed(m: Matter, value: float | None) -> str:
    if value is None:
        return DASH
    shown = m.number(value)
    return f"+{shown}" if value > 0 and float(shown) != 0 else shown.replace("-", "−")

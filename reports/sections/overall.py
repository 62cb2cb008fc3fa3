"""二 总体评价: the total and both stages, gate by gate, red lines, bonus and deductions, how evenly the parts stand."""

from __future__ import annotations

from assess.language import say
from assess.measure.result import ItemScore, NodeScore
from reports.charts import bars
from reports.model import Block, Chart, Column, Paragraph, Section, Sentence, Table
from reports.sections import grassroots, judging, summary
from reports.sections.matter import DASH, Matter


def overall(m: Matter, chapter: int) -> Section:
    title = m.text(say("Overall evaluation"))
    blocks: list[Block] = [
        m.heading(1, m.chapter(chapter), title, "overall"),
        m.heading(2, m.part(0, chapter), say("Total"), "overall-total"),
    ]
    blocks.append(Paragraph(tuple(totals(m))))
    table = dimension_table(m)
    if table is not None:
        blocks.append(table)
    chart = picture(m)
    if chart is not None:
        blocks.append(chart)
    part = 1
    if m.gate_stage is not None and m.scores.gates:
        blocks.append(m.heading(2, m.part(part, chapter), say("Stage gates"), "overall-gates"))
        blocks += gates(m)
        part += 1
    if m.framework.red_lines or m.framework.bonus.items or m.framework.deductions.items:
        blocks.append(m.heading(2, m.part(part, chapter), say("Red lines, bonus and deductions"), "overall-points"))
        blocks.append(Paragraph(tuple(points(m))))
        if m.scores.adjustments:
            blocks.append(adjustment_table(m))
        part += 1
    if m.coupling is not None:
        blocks.append(m.heading(2, m.part(part, chapter), say("Coordination of the dimensions"), "overall-coupling"))
        blocks += coordination(m)
        part += 1
    blocks += grassroots.parts(m, part, chapter)
    return Section("overall", title, tuple(blocks))


def totals(m: Matter) -> list[Sentence]:
    scores = m.scores
    if scores.base is None:
        return [m.sentence("overall.none", say("There is no total.")), *summary.notes(m)]
    if not m.scored:
        return [m.sentence("overall.empty", summary.nothing(m)), *summary.notes(m)]
    out = [m.sentence("overall.total", judging.total_sentence(m))]
    stage = scores.gated_stage
    if stage is not None and stage.line:
        out.append(
            m.sentence(
                "overall.line", say("{stage} means: {line}.", stage=stage.name, line=m.text(stage.line).rstrip("。."))
            )
        )
    if scores.alternative is not None:
        out.append(
            m.sentence(
                "overall.alternative",
                say(
                    "As a geometric mean, which weighs unevenness, the total would be {alternative}; it is shown "
                    "beside and does not bear on the stage.",
                    alternative=m.number(scores.alternative),
                ),
            )
        )
    out.extend(summary.notes(m))
    return out


def dimension_table(m: Matter) -> Table | None:
    """Score, share, contribution and median of every dimension; contributions add up to the base total."""
    nodes = [node for node in m.framework.dimensions if node.code in m.scores.nodes]
    if not nodes:
        return None
    rows = []
    places = m.places(m.scores.nodes[node.code].share for node in nodes)
    for node in nodes:
        score = m.scores.nodes[node.code]
        row = [m.full(node.code), m.number(score.score), *share_and_part(m, score, places=places)]
        if m.has_medians:
            row.append(m.number(m.median(node.code)))
        rows.append(tuple(row))
    last = [m.text(say("Total")), m.number(m.scores.base), m.weight(1.0, places), m.number(m.scores.base)]
    if m.has_medians:
        last.append(m.number(m.median(m.total)))
    rows.append(tuple(last))
    columns = [
        Column(m.text(say("Dimension")), width=2.2),
        Column(m.text(say("Score")), "end"),
        Column(m.text(say("Share")), "end"),
        Column(m.text(say("Contribution")), "end"),
    ]
    if m.has_medians:
        columns.append(Column(m.text(say("Median of the group")), "end", 1.4))
    return Table(m.text(say("Scores of the dimensions")), tuple(columns), tuple(rows), (len(rows) - 1,))


def share_and_part(
    m: Matter, score: NodeScore | ItemScore, decimals: int | None = None, places: int | None = None
) -> tuple[str, str]:
    """Share of the total (with `places` decimals) and contribution; dashes where there is no score to share in."""
    if score.score is None:
        return DASH, DASH
    return m.weight(score.share, places), m.number(score.contribution, decimals)


def picture(m: Matter) -> Chart | None:
    """Three to ten dimensions with scores as a radar, more or fewer as bars, none without a common scale."""
    nodes = [node for node in m.framework.dimensions if node.code in m.scores.nodes]
    values = [m.scores.nodes[node.code].score for node in nodes]
    if not nodes or m.summed or all(value is None for value in values):
        return None
    legend = [["values", m.own]]
    caption = say("The {count} dimensions", count=m.few(len(nodes)))
    if m.has_medians:
        legend.append(["medians", m.text(say("Median of the group"))])
    if m.floor is not None:
        legend.append(["gate", m.text(say("Gate {floor}", floor=f"{m.floor:g}"))])
    alt = m.text(
        say(
            "Scores of the dimensions: {scores}.",
            scores=m.join(
                m.text(say("{name} {score}", name=node.name, score=m.number(value)))
                for node, value in zip(nodes, values, strict=True)
            ),
        )
    )
    if 3 <= len(nodes) <= 10:
        data: dict[str, object] = {
            "axes": [m.text(node.name) for node in nodes],
            "values": values,
            "medians": [m.median(node.code) for node in nodes] if m.has_medians else [],
            "gate": m.floor,
            "maximum": m.framework.maximum,
            "legend": legend,
        }
        return Chart("radar", data, m.text(caption), alt, dimension_table(m), 156, 72)
    rows = [bar(m, node.code, m.text(node.name)) for node in nodes[:30]]
    return bar_chart(m, rows, m.text(caption), alt, dimension_table(m))


def bar(m: Matter, code: str, label: str) -> dict[str, object]:
    score = m.scores.score_of(code)
    return {
        "label": label,
        "value": score,
        "text": m.number(score),
        "level": m.band(score),
        "median": m.median(code),
    }


def bar_chart(m: Matter, rows: list[dict[str, object]], caption: str, alt: str, table: Table | None) -> Chart:
    gate = m.floor
    data: dict[str, object] = {
        "rows": rows,
        "gate": gate,
        "gate_text": m.text(say("Gate {floor}", floor=f"{gate:g}")) if gate is not None else "",
        "maximum": m.framework.maximum,
    }
    return Chart("bars", data, caption, alt, table, 156, bars.height(len(rows)))


def gates(m: Matter) -> list[Block]:
    """How the stage was found, the gate list, and the key items beside it."""
    scores, stage = m.scores, m.gate_stage
    assert stage is not None
    of_stage = [gate for gate in scores.gates if gate.stage == stage.level]
    missed = [gate for gate in of_stage if gate.outcome == "failed"]
    out: list[Sentence] = []
    if scores.score_stage is not None:
        out.append(
            m.sentence(
                "gates.score",
                say(
                    "By the unrounded total of {score} points the stage is {stage}.",
                    score=m.number(scores.graded),
                    stage=scores.score_stage.name,
                ),
            )
        )
    basis = tuple(dict.fromkeys(code for gate in missed for code in gate.where))
    if missed:
        out.append(
            m.sentence(
                "gates.missed",
                say(
                    "Gates of {stage}: {all}, of which {count} not yet met.",
                    all=len(of_stage),
                    count=len(missed),
                    stage=stage.name,
                ),
                basis,
            )
        )
    elif of_stage:
        out.append(
            m.sentence("gates.met", say("All {all} gates of {stage} hold.", all=len(of_stage), stage=stage.name))
        )
    capping = judging.red_line_words(m)
    if capping:
        out.append(m.sentence("gates.redlines", say("Held down by what is in force: {lines}.", lines=capping)))
    held = scores.gated_stage
    if held is not None:
        out.append(m.sentence("gates.held", say("The stage held is {held}.", held=held.name)))
    elif scores.score_stage is not None:
        out.append(m.sentence("gates.none", say("No stage is held.")))
    blocks: list[Block] = [Paragraph(tuple(out))]
    if of_stage:
        blocks.append(judging.gate_list(m, stage.level))
    keys = key_table(m)
    if keys is not None:
        blocks.append(keys)
    if missed:
        phrases = m.clauses(judging.gate_phrase(m, gate) for gate in missed)
        blocks.append(
            Paragraph(
                (
                    m.sentence(
                        "gates.todo",
                        say("Still to be met for {stage}: {gates}.", stage=stage.name, gates=phrases),
                        basis,
                    ),
                )
            )
        )
    return blocks


def key_table(m: Matter) -> Table | None:
    """Key items with level and whether they reach the floor of the stage looked at."""
    stage = m.gate_stage
    keys = [item for item in m.scores.items.values() if m.framework.indicators[item.code].key and item.state != "out"]
    floors = [gate.min_score for gate in stage.gates if gate.type == "key_floor"] if stage else []
    if not keys or not floors:
        return None
    floor = min(floors)
    rows = []
    for item in keys:
        held = item.score is not None and item.score >= floor - 1e-9
        outcome = say("passed") if held else say("not passed")
        if item.state == "na":
            outcome = say("not applicable")
        rows.append((item.code, m.name(item.code), m.notches(item.level), m.number(item.score), m.text(outcome)))
    low = tuple(index for index, item in enumerate(keys) if item.score is None or item.score < floor - 1e-9)
    return Table(
        m.text(say("The {count} key items", count=m.few(len(keys)))),
        (
            Column(m.text(say("Code")), width=0.9),
            Column(m.text(say("Key item")), width=3.2),
            Column(m.text(say("Level")), width=1.6),
            Column(m.text(say("Score")), "end", 0.8),
            Column(m.text(say("At least {floor}", floor=f"{floor:g}")), "end", 1.4),
        ),
        tuple(rows),
        low,
    )


def points(m: Matter) -> list[Sentence]:
    """Red lines, deductions and bonus, each said in words even where there is none."""
    scores = m.scores
    words = {
        "in_force": say("in force now"),
        "awaiting": say("awaiting confirmation, without effect yet"),
        "indicative": say("indicative only"),
    }
    out: list[Sentence] = []
    for line in scores.red_lines:
        reason = m.text(line.reason).rstrip("。.") if line.reason is not None else ""
        values = {"id": line.red_line.id, "words": line.red_line.words, "status": words[line.status]}
        if reason:
            text = say("Red line {id}, {words}: {status} ({reason}).", reason=reason, **values)
        else:
            text = say("Red line {id}, {words}: {status}.", **values)
        out.append(m.sentence(f"redline.{line.red_line.id}", text))
        if line.status == "in_force":
            effect = m.text(line.red_line.effect_words).rstrip("。.")
            out.append(m.sentence(f"redline.{line.red_line.id}.effect", say("Its effect: {effect}.", effect=effect)))
    if not out:
        out.append(m.sentence("redline.none", say("No red line is raised.")))
    if scores.deductions:
        out.append(
            m.sentence(
                "points.deductions",
                say(
                    "Deductions come to {points} points: base total {base}, graded total {graded}.",
                    points=m.number(scores.deductions),
                    base=m.number(scores.base),
                    graded=m.number(scores.graded),
                ),
            )
        )
    else:
        out.append(m.sentence("points.no_deductions", say("There are no deductions in force.")))
    if scores.bonus:
        out.append(
            m.sentence(
                "points.bonus",
                say(
                    "The bonus comes to {points} points and counts in the shown total of {shown} alone, never for "
                    "the stage.",
                    points=m.number(scores.bonus),
                    shown=m.number(scores.shown),
                ),
            )
        )
    else:
        out.append(m.sentence("points.no_bonus", say("There is no bonus.")))
    return out


def adjustment_table(m: Matter) -> Table:
    """Every bonus and deduction as entered, whether it counts, and why not where it does not."""
    kinds = {"bonus": say("bonus"), "deduction": say("deduction")}
    rows = []
    for one in m.scores.adjustments:
        counts = m.text(say("counts")) if one.counted else m.text(say("does not count"))
        if one.reason is not None:
            counts = m.clauses((counts, m.text(one.reason)))
        rows.append((m.text(kinds[one.kind]), one.item, one.matter or DASH, m.number(one.points), counts))
    return Table(
        m.text(say("Bonus and deductions as entered")),
        (
            Column(m.text(say("Kind")), width=0.8),
            Column(m.text(say("Rule item")), width=0.8),
            Column(m.text(say("Matter")), width=4),
            Column(m.text(say("Points")), "end", 0.8),
            Column(m.text(say("Counted")), width=2),
        ),
        tuple(rows),
    )


def coordination(m: Matter) -> list[Block]:
    """The coupling coordination with its formula beneath (D11)."""
    assert m.coupling is not None
    found = m.coupling
    sentence = m.sentence(
        "coupling.degree",
        say(
            "The dimensions have a coupling of C = {c}, a development of T = {t} and a coordination of D = "
            "{d}: {band}.",
            c=m.number(found.c, 3),
            t=m.number(found.t, 3),
            d=m.number(found.d, 3),
            band=found.band,
        ),
        found.dimensions,
    )
    formula = m.sentence(
        "coupling.formula",
        say(
            "Formula used: {formula}. Papers differ in the form of C.", formula=m.text(found.formula).replace("ⁿ", "^n")
        ),
    )
    return [Paragraph((sentence,)), Paragraph((formula,), kind="note")]

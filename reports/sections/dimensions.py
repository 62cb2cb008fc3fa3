"""三 分维度评价: for each dimension first what was achieved, then the gaps, then what the next level still asks for."""

from __future__ import annotations

from collections.abc import Sequence

from assess.framework.model import Node
from assess.language import Message, say
from assess.measure.result import ItemScore
from reports.model import Block, Chart, Column, Paragraph, Section, Sentence, Table
from reports.sections import judging, overall, wording
from reports.sections.matter import GOOD, Matter, chinese

MOST = 5
PLACES = {
    "upper_quartile": say("is in the upper quarter of the group of {n}"),
    "above_median": say("is above the median of the group of {n}"),
    "at_median": say("is at the median of the group of {n}"),
    "below_median": say("is below the median of the group of {n}"),
    "lower_quartile": say("is in the lower quarter of the group of {n}"),
}


def dimensions(m: Matter, chapter: int) -> Section:
    title = m.text(say("Evaluation by dimension"))
    blocks: list[Block] = [m.heading(1, m.chapter(chapter), title, "dimensions")]
    nodes = [node for node in m.framework.dimensions if node.code in m.scores.nodes]
    for index, node in enumerate(nodes):
        blocks.append(
            m.heading(
                2,
                f"（{chinese(index + 1)}）" if m.zh else f"{chapter + 1}.{index + 1} ",
                node.name,
                f"dimension-{index + 1}",
            )
        )
        blocks += dimension(m, node)
    loose = [code for code in m.framework.root.children if code in m.scores.items]
    if loose:
        if nodes:
            blocks.append(
                m.heading(2, m.part(len(nodes), chapter), say("Items outside the dimensions"), "dimension-loose")
            )
        else:
            words = say("The framework has no dimensions; its {count} items are judged together.", count=len(loose))
            blocks.append(Paragraph((m.sentence("items.together", words),)))
        if any(m.scores.items[code].score is not None for code in loose):
            blocks += judged(m, "items", [m.scores.items[code] for code in loose])
        blocks.append(item_table(m, loose))
    if not nodes and not loose:
        blocks.append(Paragraph((m.sentence("items.none", say("The framework has no items for this unit.")),)))
    return Section("dimensions", title, tuple(blocks))


def dimension(m: Matter, node: Node) -> list[Block]:
    items = [m.scores.items[code] for code in m.framework.leaves(node.code) if code in m.scores.items]
    blocks: list[Block] = [Paragraph(tuple(standing(m, node, items)))]
    if all(item.score is None for item in items):
        return blocks
    lines = judged(m, node.code, items)
    causes = reasons(m, node.code, items)
    blocks += lines
    below = [code for code in node.children if code in m.scores.nodes]
    if below:
        table = sub_table(m, node, below)
        blocks.append(table)
        if not m.summed:
            blocks.append(bars_of(m, node, below, table))
    else:
        blocks.append(item_table(m, list(m.framework.leaves(node.code))))
    if causes:
        blocks.append(Paragraph(tuple(causes), lead=lead(m, 3, say("What is missing"))))
    return blocks


def lead(m: Matter, number: int, words: Message) -> str:
    return f"{number}. {m.text(words)}{'。' if m.zh else '.'}"


def standing(m: Matter, node: Node, items: Sequence[ItemScore]) -> list[Sentence]:
    """Score, gate, place in the group and the portrait of the stage."""
    score = m.scores.nodes[node.code].score
    if score is None:
        return [m.sentence(f"{node.code}.none", absent(node, items), (node.code,))]
    values = {"name": node.name, "score": m.number(score)}
    if m.floor is not None and m.gate_stage is not None and score < m.floor - 1e-9:
        first = say(
            "The {name} dimension scores {score} points, below the gate of {stage} ({floor} points).",
            stage=m.gate_stage.name,
            floor=f"{m.floor:g}",
            **values,
        )
    elif m.floor is not None and m.gate_stage is not None:
        first = say(
            "The {name} dimension scores {score} points and meets the gate of {stage} ({floor} points).",
            stage=m.gate_stage.name,
            floor=f"{m.floor:g}",
            **values,
        )
    else:
        first = say("The {name} dimension scores {score} points.", **values)
    out = [m.sentence(f"{node.code}.score", first, (node.code,))]
    place = placed(m, node.code)
    if place:
        out.append(m.sentence(f"{node.code}.place", say("It {place}.", place=place), (node.code,)))
    portrait = m.framework.portraits.get(node.code, {}).get(m.band(score))
    if portrait:
        words = m.text(portrait).rstrip("。.")
        out.append(m.sentence(f"{node.code}.portrait", say("Its portrait: {words}.", words=words), (node.code,)))
    return out


def absent(node: Node, items: Sequence[ItemScore]) -> Message:
    states = {item.state for item in items}
    if states <= {"na", "out", "skipped"}:
        return say("No item of {name} applies, so it has no score and its weight goes to the others.", name=node.name)
    if states <= {"unanswered", "na", "out", "skipped"}:
        return say("No item of {name} is answered yet.", name=node.name)
    return say("{name} has no score: its items are without data or not yet answered.", name=node.name)


def placed(m: Matter, code: str) -> str:
    """The place in the group in words, empty where none may be said."""
    if m.position is None or m.position.allowed == "none":
        return ""
    row = m.position.rows.get(code)
    if row is None or row.place is None:
        return ""
    return m.text(Message(PLACES[row.place].id, {"n": m.position.n}))


def judged(m: Matter, code: str, items: Sequence[ItemScore]) -> list[Block]:
    """Achievements first, then gaps; each says so where there is nothing to name."""
    scored = sorted(
        (item for item in items if item.state == "answered" and item.score is not None),
        key=lambda item: (m.framework.indicators[item.code].kind == "yesno", -(item.score or 0.0), -item.share),
    )
    good = [item for item in scored if (item.score or 0.0) >= GOOD]
    blocks: list[Block] = []
    if good:
        achieved = [m.sentence(f"{code}.good.{item.code}", achievement(m, item), (item.code,)) for item in good[:MOST]]
        if len(good) > MOST:
            rest = tuple(item.code for item in good[MOST:])
            words = say(
                "Items that also reach {good} points: {count}{codes}.",
                count=len(rest),
                good=f"{GOOD:g}",
                codes=m.codes(rest),
            )
            achieved.append(m.sentence(f"{code}.good.more", words, rest))
    else:
        achieved = [m.sentence(f"{code}.good.none", furthest(m, scored), tuple(item.code for item in scored[:2]))]
    blocks.append(Paragraph(tuple(achieved), lead=lead(m, 1, say("Main results"))))
    gaps = gap_items(items)
    if gaps:
        lines = [m.sentence(f"{code}.gap.{item.code}", gap(m, item), (item.code,)) for item in gaps[:MOST]]
        if len(gaps) > MOST:
            rest = tuple(item.code for item in gaps[MOST:])
            words = say("Further items with a gap to close: {count}{codes}.", count=len(rest), codes=m.codes(rest))
            lines.append(m.sentence(f"{code}.gap.more", words, rest))
    else:
        lines = [m.sentence(f"{code}.gap.none", nearest(m, items), tuple(item.code for item in below_full(items)[:2]))]
    blocks.append(Paragraph(tuple(lines), lead=lead(m, 2, say("Gaps"))))
    return blocks


def furthest(m: Matter, scored: Sequence[ItemScore]) -> Message:
    """Where nothing reaches 60 points, what has come furthest."""
    ahead = [item for item in sorted(scored, key=lambda item: -(item.score or 0.0)) if item.score][:2]
    if not ahead:
        return say("No item reaches {good} points yet.", good=f"{GOOD:g}")
    names = m.join(judging.scored_name(m, item.code) for item in ahead)
    return say("No item reaches {good} points yet; furthest along: {names}.", good=f"{GOOD:g}", names=names)


def nearest(m: Matter, items: Sequence[ItemScore]) -> Message:
    """Where everything reaches 60 points, what has the most left to gain."""
    rest = below_full(items)[:2]
    if not rest:
        return say("Every item that counts has full marks.")
    names = m.join(judging.scored_name(m, item.code) for item in rest)
    return say(
        "Every item that counts reaches {good} points or more; most left to gain: {names}.",
        good=f"{GOOD:g}",
        names=names,
    )


def below_full(items: Sequence[ItemScore]) -> list[ItemScore]:
    """Scored items short of full marks, the lowest first."""
    return sorted(
        (item for item in items if item.score is not None and item.score < 100.0 - 1e-9),
        key=lambda item: (item.score or 0.0, -item.share),
    )


def gap_items(items: Sequence[ItemScore]) -> list[ItemScore]:
    """Items under 60 points and items without data, what costs the total most first."""
    found = [item for item in items if item.state == "nd" or (item.score is not None and item.score < GOOD)]
    return sorted(found, key=lambda item: (-(item.share * (100.0 - (item.score or 0.0))), item.score or 0.0))


def achievement(m: Matter, item: ItemScore) -> Message:
    indicator = m.framework.indicators[item.code]
    values = {"name": indicator.name, "codes": m.codes((item.code,)), "score": m.number(item.score)}
    if (
        indicator.kind == "level"
        and item.level is not None
        and item.answer is not None
        and item.answer.level == item.level
    ):
        words = wording.level_words(m, indicator, item.level)
        if words:
            return say("{name} (level {level}): {words}{codes}.", level=item.level, words=words, **values)
    if indicator.kind == "number" and item.value is not None:
        return say(
            "{name}: {value}, {score} points{codes}.",
            value=wording.value_words(m, indicator, item.value),
            **values,
        )
    if indicator.kind == "multi" and item.answer is not None:
        return say(
            "{name}: {count} of {all} in place, {score} points{codes}.",
            count=len(item.answer.ticked),
            all=len(indicator.options),
            **values,
        )
    if indicator.kind == "yesno" and item.answer is not None:
        return chosen(m, item)
    return say("{name}: {score} points{codes}.", **values)


def chosen(m: Matter, item: ItemScore) -> Message:
    """What was answered to a question of yes or no."""
    indicator = m.framework.indicators[item.code]
    assert item.answer is not None
    return say(
        "On “{name}”: {words}{codes}.",
        name=m.quoted(indicator.name),
        words=wording.choice_words(m, indicator, item.answer),
        codes=m.codes((item.code,)),
    )


def gap(m: Matter, item: ItemScore) -> Message:
    indicator = m.framework.indicators[item.code]
    values = {"name": indicator.name, "codes": m.codes((item.code,)), "score": m.number(item.score)}
    if item.state == "nd":
        return say("{name}: no data yet{codes}.", **values)
    if item.state == "skipped":
        return say("{name}: skipped by rule, which counts 0{codes}.", **values)
    if item.cap is not None:
        return say("{name}: {score} points for want of evidence{codes}.", **values)
    if indicator.kind == "level" and item.answer is not None and item.answer.level is not None:
        words = wording.level_words(m, indicator, item.answer.level)
        if words:
            return say("{name} (still level {level}): {words}{codes}.", level=item.answer.level, words=words, **values)
    if indicator.kind == "number" and item.value is not None:
        full = wording.value_words(m, indicator, indicator.number.full if indicator.number else None)
        return say(
            "{name}: {value}, with a gap to the {full} of full marks{codes}.",
            value=wording.value_words(m, indicator, item.value),
            full=full,
            **values,
        )
    if indicator.kind == "multi" and item.answer is not None:
        return say(
            "{name}: {count} of {all} in place, the rest to be completed{codes}.",
            count=len(item.answer.ticked),
            all=len(indicator.options),
            **values,
        )
    if indicator.kind == "yesno" and item.answer is not None:
        return chosen(m, item)
    return say("{name}: {score} points, with a gap to close{codes}.", **values)


def reasons(m: Matter, code: str, items: Sequence[ItemScore]) -> list[Sentence]:
    """What the next rubric level asks for and is not there; options not ticked; evidence not registered."""
    out: list[Sentence] = []
    for item in gap_items(items)[:MOST]:
        indicator = m.framework.indicators[item.code]
        values = {"name": indicator.name, "codes": m.codes((item.code,))}
        message: Message | None = None
        ahead = wording.unmet(m, indicator, item) if item.state == "answered" else None
        if item.cap is not None:
            proof = m.clauses(m.text(words) for words in indicator.evidence)
            if proof:
                message = say("{name}, evidence to be registered: {proof}{codes}.", proof=proof, **values)
        elif ahead is not None:
            message = say(
                "{name}, still missing for level {level}: {conditions}{codes}.",
                level=ahead[0],
                conditions=m.clauses(ahead[1]),
                **values,
            )
        elif indicator.kind == "multi" and item.answer is not None and item.answer.kind == "multi":
            left = [option for option in indicator.options if option.key not in item.answer.ticked]
            left.sort(key=lambda option: not option.required)
            if left:
                message = say(
                    "{name}, still to be put in place: {options}{codes}.",
                    options=m.clauses(m.text(option.words) for option in left),
                    **values,
                )
        if message is not None:
            out.append(m.sentence(f"{code}.why.{item.code}", message, (item.code,)))
    return out


def sub_table(m: Matter, node: Node, below: Sequence[str]) -> Table:
    rows = []
    places = m.places(m.scores.nodes[code].effective for code in below)
    for code in below:
        score = m.scores.nodes[code]
        worth = score.effective * score.score if score.score is not None else None
        row = [m.full(code), m.number(score.score), m.weight(score.effective, places), m.number(worth)]
        if m.has_medians:
            row.append(m.number(m.median(code)))
        rows.append(tuple(row))
    whole = m.scores.nodes[node.code].score
    last = [m.text(say("{name} as a whole", name=node.name)), m.number(whole), m.weight(1.0, places), m.number(whole)]
    if m.has_medians:
        last.append(m.number(m.median(node.code)))
    columns = [
        Column(m.text(say("Sub-dimension")), width=2.8),
        Column(m.text(say("Score")), "end"),
        Column(m.text(say("Share")), "end"),
        Column(m.text(say("Contribution")), "end"),
    ]
    if m.has_medians:
        columns.append(Column(m.text(say("Median of the group")), "end", 1.5))
    caption = m.text(say("Scores of the sub-dimensions of {name}", name=node.name))
    return Table(caption, tuple(columns), (*rows, tuple(last)), (len(rows),))


def bars_of(m: Matter, node: Node, below: Sequence[str], table: Table) -> Chart:
    rows = [overall.bar(m, code, m.name(code)) for code in below]
    if m.has_medians and m.floor is not None:
        caption = say(
            "{name}: scores; dashed tick: group median; dotted line: gate {floor}",
            name=node.name,
            floor=f"{m.floor:g}",
        )
    elif m.floor is not None:
        caption = say("{name}: scores; dotted line: gate {floor}", name=node.name, floor=f"{m.floor:g}")
    elif m.has_medians:
        caption = say("{name}: scores; dashed tick: group median", name=node.name)
    else:
        caption = say("{name}: scores", name=node.name)
    parts = m.join(
        m.text(say("{name} {score}", name=m.name(code), score=m.number(m.scores.nodes[code].score))) for code in below
    )
    alt = m.text(say("Scores under {name}: {scores}.", name=node.name, scores=parts))
    return overall.bar_chart(m, rows, m.text(caption), alt, table)


def worth(m: Matter, item: ItemScore) -> str:
    return m.number(item.contribution if item.score is not None else None, 2)


def item_table(m: Matter, codes: Sequence[str]) -> Table:
    """Items one by one, where there is no level between them and the dimension."""
    rows = []
    for code in codes:
        item = m.scores.items.get(code)
        if item is None or item.state == "out":
            continue
        rows.append((code, m.name(code), wording.answer_words(m, item), m.number(item.score), worth(m, item)))
    return Table(
        m.text(say("Scores of the items")),
        (
            Column(m.text(say("Code")), width=1),
            Column(m.text(say("Item")), width=3.4),
            Column(m.text(say("Answer")), width=2),
            Column(m.text(say("Score")), "end", 0.9),
            Column(m.text(say("Contribution")), "end", 0.9),
        ),
        tuple(rows),
    )

"""One page: total, both stages, one paragraph, three strong, three weak, five suggestions with their codes."""

from __future__ import annotations

from assess.language import Message, say
from assess.measure.extremes import extremes
from reports.model import Block, Lists, PageBreak, Paragraph, Section, Sentence, Steps
from reports.sections import judging
from reports.sections.matter import GOOD, Matter

EXTREMES = 3
STEPS = 5


def summary(m: Matter) -> Section:
    title = m.text(say("Summary"))
    blocks: list[Block] = [m.heading(0, "", title, "summary"), judging.rating(m)]
    paragraph = overview(m)
    if paragraph:
        blocks.append(Paragraph(tuple(paragraph)))
    found = extremes(m.framework, m.scores, EXTREMES, GOOD)
    strong, weak = found.strong, found.weak
    columns = [
        (
            m.text(Message(words.id, {"count": m.few(len(items))})),
            tuple((m.name(item.code), m.number(item.score)) for item in items),
        )
        for words, items in ((say("Strong points ({count})"), strong), (say("Points to improve ({count})"), weak))
        if items
    ]
    if columns:
        blocks.append(Lists(tuple(columns)))
    steps = suggestions(m)
    if steps:
        blocks.append(Steps(m.text(say("Suggestions ({count})", count=m.few(len(steps)))), tuple(steps)))
    blocks.append(Paragraph(tuple(footnote(m)), kind="note"))
    blocks.append(PageBreak())
    return Section("summary", title, tuple(blocks))


def overview(m: Matter) -> list[Sentence]:
    """One paragraph: how things stand, first what is good, then what holds the stage back."""
    scores = m.scores
    if not m.scored:
        return [m.sentence("summary.empty", nothing(m)), *notes(m)]
    out: list[Sentence] = []
    stage = scores.gated_stage or scores.score_stage
    if stage is not None and stage.line:
        out.append(
            m.sentence("summary.line", say("The overall picture: {line}.", line=m.text(stage.line).rstrip("。.")))
        )
    ranked = [
        (node, scores.nodes[node.code].score)
        for node in m.framework.dimensions
        if node.code in scores.nodes and scores.nodes[node.code].score is not None
    ]
    if len(ranked) > 1 and not m.summed:
        best = max(ranked, key=lambda pair: pair[1] or 0.0)
        least = min(ranked, key=lambda pair: pair[1] or 0.0)
        if (best[1] or 0.0) - (least[1] or 0.0) > 1e-9:
            out.append(
                m.sentence(
                    "summary.dimensions",
                    say(
                        "{best} leads the {count} dimensions with {high} points; {least} stands lowest at {low}.",
                        best=best[0].name,
                        least=least[0].name,
                        high=m.number(best[1]),
                        low=m.number(least[1]),
                        count=m.few(len(ranked)),
                    ),
                    (best[0].code, least[0].code),
                )
            )
    out.append(m.sentence("summary.total", judging.total_sentence(m)))
    out.extend(shortened_gates(m))
    out.extend(notes(m))
    return out


def shortened_gates(m: Matter) -> list[Sentence]:
    """The failed gates, at most three in words so that the page holds; the rest by number."""
    failed = m.scores.failed_gates()
    reasons = judging.why_stage(m)
    if len(failed) <= 3:
        return reasons
    words = m.clauses(judging.gate_phrase(m, gate) for gate in failed[:2])
    basis = tuple(dict.fromkeys(code for gate in failed for code in gate.where))
    short = m.sentence(
        "stage.gates", say("Gates not yet met: {count}, among them {gates}.", count=len(failed), gates=words), basis
    )
    return [short, *(sentence for sentence in reasons if sentence.id != "stage.gates")]


def nothing(m: Matter) -> Message:
    if not m.scores.items:
        return say("The framework has no items for this unit.")
    if all(item.state in ("na", "out", "skipped") for item in m.scores.items.values()):
        return say("Every item is not applicable or skipped, so there is nothing to score.")
    if m.scores.data_gaps:
        return say("No item has an answer with data yet; the items without data are listed.")
    return say("Nothing has been answered yet, so there is nothing to judge.")


def notes(m: Matter) -> list[Sentence]:
    """What the score itself has to say: provisional, for reference, a part only."""
    return [m.sentence(f"note.{index}", note) for index, note in enumerate(m.scores.notes, 1)]


def suggestions(m: Matter) -> list[Sentence]:
    out: list[Sentence] = []
    for advice in m.advice:
        if not advice.planned or len(out) == STEPS:
            continue
        action = m.text(advice.improvement.action).rstrip("。.")
        out.append(
            m.sentence(
                f"suggest.{advice.code}",
                say("{action}{codes}.", action=action, codes=m.codes((advice.code,))),
                (advice.code,),
            )
        )
    return out


def footnote(m: Matter) -> list[Sentence]:
    out = [
        m.sentence(
            "summary.rounding",
            say(
                "Calculated unrounded; decimals shown: {decimals}. The conclusions serve improvement, not "
                "rankings or circulars.",
                decimals=m.framework.show_decimals,
            ),
        )
    ]
    if m.sheet.profile.sample:
        out.append(m.sentence("summary.sample", say("Sample data of an invented unit.")))
    return out

"""Stages and gates in words: what was found, what was needed, and why the stage is what it is."""

from __future__ import annotations

from assess.language import Message, say
from assess.measure.result import GateResult
from reports.model import GateList, GateRow, Rating, Sentence
from reports.sections.matter import DASH, Matter

OUTCOMES = {"held": say("passed"), "failed": say("not passed"), "not_judged": say("not judged")}


def rating(m: Matter) -> Rating:
    """The total on the steelyard, with both stages or the reason why there is none."""
    scores = m.scores
    bands = tuple((stage.min, stage.max, stage.level, m.text(stage.name)) for stage in m.framework.stages)
    held, reached = scores.gated_stage, scores.score_stage
    labels = {
        "total": m.text(say("Total")),
        "held": m.text(say("Stage for reference") if scores.reference_only else say("Stage held")),
        "reached": m.text(say("Stage by score")),
    }
    if held is None and reached is None:
        labels["stage"] = m.begun(m.text(no_stage(m)))
    elif held is None:
        labels["stage"] = m.begun(m.text(say("no stage is held")))
    if m.framework.maximum != 100:
        labels["beside"] = m.text(say("of {maximum}", maximum=f"{m.framework.maximum:g}"))
    elif scores.bonus and scores.shown is not None:
        labels["beside"] = m.text(say("with bonus {shown}", shown=m.number(scores.shown)))
    return Rating(
        score=scores.graded,
        maximum=m.framework.maximum,
        score_text=m.number(scores.graded),
        held=(held.level, m.text(held.name)) if held else None,
        reached=(reached.level, m.text(reached.name)) if reached else None,
        bands=() if m.training else bands,
        labels=labels,
        sentence=m.text(total_sentence(m)),
    )


def no_stage(m: Matter) -> Message:
    if not m.framework.stages:
        return say("this framework has no stages")
    if m.training:
        return say("practice, no stage")
    return say("no stage")


def total_sentence(m: Matter) -> Message:
    """Total and both stages in one sentence."""
    scores = m.scores
    if scores.graded is None:
        return say("There is no total.")
    values = {"score": m.number(scores.graded), "maximum": f"{m.framework.maximum:g}"}
    held, reached = scores.gated_stage, scores.score_stage
    if reached is None:
        if m.framework.maximum != 100:
            return say("The total is {score} points of {maximum}.", **values)
        return say("The total is {score} points.", **values)
    if held is None:
        return say("The total is {score} points, by score {reached}; no stage is held.", reached=reached.name, **values)
    if held.level == reached.level and not scores.reference_only:
        return say(
            "The total is {score} points; by score and by its gates the stage is {held}.", held=held.name, **values
        )
    if scores.reference_only:
        return say(
            "The total is {score} points, by score {reached}; the stage held is {held} (self-assessment, "
            "for reference).",
            reached=reached.name,
            held=held.name,
            **values,
        )
    return say(
        "The total is {score} points, by score {reached}; the stage held is {held}.",
        reached=reached.name,
        held=held.name,
        **values,
    )


def why_stage(m: Matter) -> list[Sentence]:
    """Why the stage held is lower than the score, gate by gate and line by line; nothing where they agree."""
    scores = m.scores
    if scores.score_stage is None:
        return []
    out: list[Sentence] = []
    failed = scores.failed_gates()
    if failed:
        words = m.clauses(gate_phrase(m, gate) for gate in failed)
        basis = tuple(dict.fromkeys(code for gate in failed for code in gate.where))
        out.append(
            m.sentence(
                "stage.gates",
                say("Gates not yet met ({count}): {gates}.", count=len(failed), gates=words),
                basis,
            )
        )
    words = red_line_words(m)
    if words:
        out.append(m.sentence("stage.redlines", say("Held down by what is in force: {lines}.", lines=words)))
    return out


def red_line_words(m: Matter) -> str:
    """The red lines in force, for the inside of a sentence; empty where there is none."""
    capping = [line for line in m.scores.red_lines if line.status == "in_force"]
    return m.clauses(
        m.text(say("red line {id}, {words}", id=line.red_line.id, words=line.red_line.words)) for line in capping
    )


def gate_phrase(m: Matter, gate: GateResult) -> str:
    """A gate with what was found, for the inside of a sentence."""
    return m.text(
        say("“{gate}”, found: {found}", gate=m.quoted(gate.gate.words), found=found_words(m, gate, said=True))
    )


def found_words(m: Matter, gate: GateResult, said: bool = False) -> str:
    """What the gate found, short enough for a table cell; `said` inside a sentence, where scores are points."""
    kind = gate.gate.type
    if kind == "reviewed":
        return m.text(say("reviewed") if gate.outcome == "held" else say("not reviewed"))
    if kind in ("coverage", "evidence_rate"):
        return m.percent(gate.found)
    if kind == "total_floor":
        return pointed(m, gate.found, said)
    if kind == "key_floor" and gate.gate.min_share < 1.0 and gate.words is not None:
        return m.text(gate.words).rstrip("。.")
    if gate.outcome == "failed" and gate.where and gate.gate.count is None:
        return m.join(scored_name(m, code, said) for code in gate.where[:6]) + ("…" if len(gate.where) > 6 else "")
    if gate.gate.count is not None and gate.words is not None:
        return m.text(gate.words).rstrip("。.")
    return m.text(say("lowest {score}", score=pointed(m, gate.found, said))) if gate.found is not None else DASH


def pointed(m: Matter, value: float | None, said: bool) -> str:
    """53.6 in a table, 53.6分 in a sentence."""
    return m.text(say("{score} points", score=m.number(value))) if said else m.number(value)


def scored_name(m: Matter, code: str, said: bool = True) -> str:
    """ "人才36.0分" for nodes, "复合型人才培养（TA1.3）20.0分" for items."""
    name = m.name(code) if code in m.scores.nodes else f"{m.name(code)}{m.codes((code,))}"
    shown = pointed(m, m.scores.score_of(code), said)
    return m.text(say("{name} {score}", name=name, score=shown)) if not (said and m.zh) else f"{name}{shown}"


def gate_list(m: Matter, stage_level: int) -> GateList:
    """Every gate of one stage: words, found, outcome."""
    stage = m.framework.stage(stage_level)
    rows = tuple(
        GateRow(
            gate.gate.id,
            m.text(gate.gate.words),
            found_words(m, gate),
            gate.outcome,
            m.text(OUTCOMES[gate.outcome]),
        )
        for gate in m.scores.gates
        if gate.stage == stage_level
    )
    return GateList(
        m.text(say("Gate check: {stage}", stage=stage.name)),
        (m.text(say("Gate ({stage})", stage=stage.name)), m.own, m.text(say("Outcome"))),
        rows,
    )

"""Annex on method: scoring rules R1–R10 in words, with what this framework sets for them."""

from __future__ import annotations

from assess.language import Message, say
from reports.model import Block, Column, Paragraph, Section, Table
from reports.sections.annexes import titled
from reports.sections.matter import Matter

RULES: tuple[tuple[str, Message], ...] = (
    (
        "R1",
        say(
            "Every answer is turned into 0–100 by its scale: a rubric level × 20; yes or no 100 or 0; a "
            "number in proportion between its zero point and its full point, in either direction; a "
            "checklist by the share ticked, capped where a mandatory option is missing. Levels of numbers "
            "and checklists are score ÷ 20, rounded down."
        ),
    ),
    (
        "R2",
        say(
            "“Not applicable” takes the item and its weight out; the weight goes to its siblings in "
            "proportion. A part whose items are all out is out itself, never 0."
        ),
    ),
    (
        "R3",
        say(
            "No data, unanswered and skipped are three different things, each treated as the framework says "
            "for the kind of assessment. Unanswered never counts as 0; coverage is stated by weight at "
            "every node."
        ),
    ),
    (
        "R4",
        say(
            "Items make up sub-dimensions, these dimensions, these the total, each node in the way it "
            "names, as a rule the weighted mean. Weights are relative among siblings."
        ),
    ),
    (
        "R5",
        say(
            "Deductions lower the total that the stage follows; bonus points have a ceiling and count in "
            "the shown total alone; red lines cap the stage or withhold it."
        ),
    ),
    (
        "R6",
        say(
            "The stage by score follows the unrounded graded total. The stage held is the highest, from "
            "above, whose gates all hold, then capped by red lines and by the kind of assessment. Both are "
            "reported with every gate that failed."
        ),
    ),
    (
        "R7",
        say(
            "For each item the value by a third party is used, else the reviewed one, else the "
            "self-assessed one. A claim without evidence is capped as the framework says."
        ),
    ),
    (
        "R8",
        say(
            "Every number can be traced from the total to dimension, item, answer, evidence and clause, "
            "with the formula and the values in it."
        ),
    ),
    (
        "R9",
        say(
            "Numbers are rounded only when shown. Places in a group are competition ranks on unrounded "
            "values, with ties said."
        ),
    ),
    (
        "R10",
        say(
            "The check of the framework, the method and the version of the program are kept with every "
            "result: the same inputs give the same numbers."
        ),
    ),
)


def rules(m: Matter, number: int) -> Section:
    title = say("Method and scoring rules")
    blocks: list[Block] = [
        *titled(m, number, title, "rules"),
        Table(
            m.text(say("Scoring rules")),
            (Column(m.text(say("Scoring rule")), width=1.45), Column(m.text(say("In words")), width=6)),
            tuple((m.text(say("Rule {id}", id=id)), m.text(words)) for id, words in RULES),
        ),
    ]
    blocks += framework_settings(m)
    stages = stage_table(m)
    if stages is not None:
        blocks.append(stages)
    return Section("rules", m.text(title), tuple(blocks))


def framework_settings(m: Matter) -> list[Paragraph]:
    """What the framework itself says on rubric levels, skips, bonus, deductions and county blending, one by one."""
    framework = m.framework
    lines = (
        (
            "rules.kind.level",
            framework.kind_words.get("level", say("Rubric levels")),
            framework.kind_rules.get("level"),
        ),
        ("rules.skips", say("Skips"), framework.skip_principle),
        ("rules.bonus", say("Bonus"), framework.bonus.rule),
        ("rules.deductions", say("Deductions"), framework.deductions.rule),
        ("rules.counties", say("County scores"), framework.county_blend.words if framework.county_blend else None),
    )
    return [
        Paragraph(
            (m.sentence(id, say("{words}.", words=m.text(words).rstrip("。."))),),
            lead=f"{m.begun(m.text(name))}{'。' if m.zh else '.'}",
        )
        for id, name, words in lines
        if words
    ]


def stage_table(m: Matter) -> Table | None:
    if not m.framework.stages:
        return None
    rows = []
    for stage in sorted(m.framework.stages, key=lambda stage: stage.level):
        gates = m.clauses(f"{gate.id} {m.text(gate.words)}" for gate in stage.gates) or m.text(say("no gates"))
        rows.append((m.text(stage.name), f"{stage.min:g}–{stage.max:g}", m.text(stage.line), gates))
    return Table(
        m.text(say("Stages and their gates")),
        (
            Column(m.text(say("Stage")), width=1),
            Column(m.text(say("Total")), width=1.0),
            Column(m.text(say("Meaning")), width=2.6),
            Column(m.text(say("Gates")), width=4.6),
        ),
        tuple(rows),
    )

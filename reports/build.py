"""From a score to a report in final words. Only choices of `Options` take anything out; numbers are never typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.language import say
from assess.measure.result import Scores
from assess.problems import Problem
from reports.model import (
    Block,
    Chart,
    Fold,
    GateList,
    Paragraph,
    Report,
    Section,
    Sentence,
    Steps,
    Table,
)
from reports.options import Options
from reports.sections import (
    annexes,
    calculator,
    constraints,
    cover,
    dimensions,
    method,
    overall,
    peers,
    proposals,
    rules,
    summary,
)
from reports.sections.matter import Matter

if TYPE_CHECKING:
    from assess.benchmark.position import Position
    from assess.measure.diagnose import Coupling, Obstacle
    from assess.planning.gaps import Advice

SCHEMA = 1
CHAPTERS = (
    ("method", method.method),
    ("overall", overall.overall),
    ("dimensions", dimensions.dimensions),
    ("peers", peers.peers),
    ("constraints", constraints.constraints),
    ("proposals", proposals.proposals),
)
ANNEXES = (
    ("detail", annexes.detail),
    ("answers", annexes.answers),
    ("evidence", annexes.evidence),
    ("rules", rules.rules),
)
LAST = (("pledge", annexes.pledge), ("provenance", annexes.provenance))


def build(
    framework: Framework,
    sheet: Sheet,
    scores: Scores,
    *,
    language: str = "zh",
    date: str,
    position: Position | None = None,
    obstacles: Sequence[Obstacle] = (),
    coupling: Coupling | None = None,
    advice: Sequence[Advice] = (),
    options: Options | None = None,
) -> Report:
    """The report on one unit. `framework` is the tailored one, `date` the ISO date printed on it.

    Chapters keep the order of D48; those left out close the numbering. Training documents get no stage, no comparison
    and a watermark, whatever is passed in. Raises Problem report.suspended while a red line suspends the assessment.
    """
    if scores.suspended:
        raise Problem(
            "report.suspended",
            say("The assessment is suspended by a red line, so nothing is exported."),
            say("Deal with the matter, confirm it as cleared, then make the report again."),
        )
    m = Matter(
        framework,
        sheet,
        scores,
        "en" if language == "en" else "zh",
        date,
        options or Options(),
        position,
        tuple(obstacles),
        coupling,
        tuple(advice),
    )
    if m.training:
        m = replace(m, position=None)
    sections = [finished(section, m.options) for section in parts(m)]
    title = cover.cover(m)
    return Report(
        schema=SCHEMA,
        language="en" if m.language == "en" else "zh",
        cover=title,
        sections=tuple(numbered(m, sections)),
        watermark=watermark(m),
        header=m.text(say("{unit} · {title}", unit=title.unit, title=cover.plain_title(m)))
        if title.unit
        else cover.plain_title(m),
        date=date,
        labels=labels(m),
        calculator=calculator.calculator(m),
        provenance={
            "author": m.options.compiled_by or sheet.profile.compiled_by,
            "framework": f"{framework.code} {framework.version} {framework.digest}",
            "document": m.options.digest or annexes.not_sealed(m),
            "answers": annexes.answers_digest(m),
            "program": m.options.program or annexes.program_version(),
            "schema": str(SCHEMA),
        },
    )


def parts(m: Matter) -> Iterator[Section]:
    """The sections wanted, in order."""
    off = m.options.off_sections
    made: list[Section] = []
    if "cover" not in off:
        yield Section("cover", "", ())
    if "summary" not in off:
        made.append(summary.summary(m))
        yield made[-1]
    if "contents" not in off:
        yield cover.contents(m)
    chapter = 0
    for id, write in CHAPTERS:
        if id not in off:
            made.append(write(m, chapter))
            chapter += 1
            yield made[-1]
    number = 1
    for id, add in ANNEXES:
        if id not in off:
            made.append(add(m, number))
            number += 1
            yield made[-1]
    if "terms" not in off:
        section = annexes.terms(
            m, number, "\n".join(words for part in made for block in part.blocks for words in said(block))
        )
        if section is not None:
            number += 1
            yield section
    for id, add in LAST:
        if id not in off:
            yield add(m, number)
            number += 1


def said(block: Block) -> Iterator[str]:
    """The running words of a block, for finding the terms it uses."""
    if isinstance(block, Paragraph):
        yield from (sentence.text for sentence in block.sentences)
    elif isinstance(block, Steps):
        yield from (sentence.text for sentence in block.items)
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, GateList):
        yield from (row.text for row in block.rows)
    elif isinstance(block, Fold):
        for inner in block.blocks:
            yield from said(inner)


def finished(section: Section, options: Options) -> Section:
    """Sentences switched off left out, edited ones replaced, empty paragraphs dropped."""
    if not options.off_sentences and not options.edited:
        return section
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            kept = chosen(block.sentences, options)
            if kept:
                blocks.append(replace(block, sentences=kept))
        elif isinstance(block, Steps):
            kept = chosen(block.items, options)
            if kept:
                blocks.append(replace(block, items=kept))
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def chosen(sentences: tuple[Sentence, ...], options: Options) -> tuple[Sentence, ...]:
    return tuple(
        replace(sentence, text=options.edited.get(sentence.id, sentence.text))
        for sentence in sentences
        if sentence.id not in options.off_sentences
    )


def numbered(m: Matter, sections: list[Section]) -> Iterator[Section]:
    """Tables and figures numbered through the whole report, in the order they stand."""
    tables = figures = 0

    def through(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        nonlocal tables, figures
        out: list[Block] = []
        for block in blocks:
            if isinstance(block, (Table, GateList)) and block.caption:
                tables += 1
                out.append(
                    replace(block, caption=m.text(say("Table {number}: {title}", number=tables, title=block.caption)))
                )
            elif isinstance(block, Chart) and block.caption:
                figures += 1
                inner = replace(block.table, caption="") if block.table is not None else None
                title = m.text(say("Figure {number}: {title}", number=figures, title=block.caption))
                out.append(replace(block, caption=title, table=inner))
            elif isinstance(block, Fold):
                out.append(replace(block, blocks=through(block.blocks)))
            else:
                out.append(block)
        return tuple(out)

    for section in sections:
        yield replace(section, blocks=through(section.blocks))


def watermark(m: Matter) -> str:
    """Practice, sample or draft, the first that holds; empty for a sealed or reviewed document with every answer."""
    if m.options.watermark is not None:
        return m.options.watermark
    if m.training:
        return m.text(say("PRACTICE"))
    if m.sheet.profile.sample:
        return m.text(say("SAMPLE DATA"))
    if m.scores.unanswered or not (m.options.digest or m.sheet.status == "reviewed"):
        return m.text(say("DRAFT"))
    return ""


def labels(m: Matter) -> dict[str, str]:
    """The words renderers need for what they add: folding, skipping, the calculator."""
    words = {
        "table": say("Data table"),
        "passed": say("Gates that hold"),
        "as_table": say("Show as a table"),
        "skip_main": say("Skip to the text"),
        "skip_contents": say("Skip to the contents"),
        "contents": say("Contents"),
        "date": say("Date"),
        "calculator": say("What if"),
        "calculator_note": say(
            "Change a level or a score and see what the total would be. Nothing is saved, and nothing in "
            "the report changes."
        ),
        "now": say("Now"),
        "then": say("Then"),
        "reset": say("Back to the report"),
        "noscript": say("The calculator needs scripts to be allowed; the report itself does not."),
        "missing": say("Characters in no shipped font stand as 〓:"),
        "provenance.author": say("Compiled by"),
        "provenance.framework": say("Framework"),
        "provenance.document": say("Document check"),
        "provenance.answers": say("Answers check"),
        "provenance.program": say("Program"),
        "provenance.schema": say("Report format"),
    }
    return {key: m.text(message) for key, message in words.items()}

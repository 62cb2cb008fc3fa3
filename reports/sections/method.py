"""一 概况与方法: what was assessed and how, how far the data carry, how points are given, and where the limits are."""

from __future__ import annotations

from collections import Counter

from assess.benchmark.scenarios import set_aside
from assess.framework.settled import in_force
from assess.language import say
from assess.measure.result import State
from reports.model import Block, Column, Facts, Paragraph, Section, Sentence, Table
from reports.sections import cover
from reports.sections.matter import Matter

STATES: tuple[State, ...] = ("answered", "na", "nd", "skipped", "unanswered")


def method(m: Matter, chapter: int) -> Section:
    title = m.text(say("Overview and method"))
    blocks: list[Block] = [
        m.heading(1, m.chapter(chapter), title, "method"),
        m.heading(2, m.part(0, chapter), say("Unit and organization"), "method-unit"),
        organization(m),
        m.heading(2, m.part(1, chapter), say("Data sources and credibility"), "method-data"),
        Paragraph(tuple(credibility(m))),
        coverage_table(m),
        m.heading(2, m.part(2, chapter), say("Indicators and scoring"), "method-scoring"),
        Paragraph(tuple(scoring(m))),
    ]
    weights = weight_table(m)
    if weights is not None:
        blocks.append(weights)
    blocks += [
        m.heading(2, m.part(3, chapter), say("Limits"), "method-limits"),
        Paragraph(tuple(limits(m))),
    ]
    return Section("method", title, tuple(blocks))


def organization(m: Matter) -> Facts:
    profile = m.sheet.profile
    tier = m.framework.tiers.get(profile.tier)
    rows = (
        (say("Assessed unit"), profile.unit),
        (say("Administrative level"), m.text(tier) if tier else profile.tier),
        (say("Region and size"), m.join(part for part in (profile.region, profile.size) if part) if m.zh else ""),
        (say("Permanent residents"), population(m)),
        (say("Base date"), m.day(profile.base_date)),
        (say("Kind of assessment"), cover.mode(m)),
        (say("Data status"), m.text(cover.status(m))),
        (say("Compiled by"), m.options.compiled_by or profile.compiled_by),
        (say("Prepared for"), profile.prepared_for),
    )
    return Facts(tuple((m.text(label), m.begun(value)) for label, value in rows if value))


def population(m: Matter) -> str:
    count = m.sheet.profile.population
    if not count:
        return ""
    return m.text(say("{count} ten thousand", count=f"{count:g}")) if m.zh else f"{count * 10_000:,.0f}"


def credibility(m: Matter) -> list[Sentence]:
    """Counts, coverage by weight, evidence: three different things, never one number (D16)."""
    scores = m.scores
    states = Counter(item.state for item in scores.items.values())
    open_states: tuple[State, ...] = ("answered", "nd", "unanswered")
    asked = sum(states[state] for state in open_states)
    counted = say(
        "{answered} of {asked} applicable items have an answer with data.", answered=states["answered"], asked=asked
    )
    out = [m.sentence("data.count", counted if asked else say("No item applies to this unit."))]
    if scores.coverage is not None:
        out.append(
            m.sentence(
                "data.coverage",
                say("By weight, the coverage of answers is {coverage}.", coverage=m.percent(scores.coverage)),
            )
        )
    if scores.evidence_needed:
        out.append(
            m.sentence(
                "data.evidence",
                say(
                    "Of {needed} answers that need evidence, {present} have it registered: an evidence rate of {rate}.",
                    needed=scores.evidence_needed,
                    present=scores.evidence_present,
                    rate=m.percent(scores.evidence_rate),
                ),
            )
        )
    columns = Counter(item.column for item in scores.items.values() if item.state == "answered" and item.column)
    if columns:
        named = {column.key: m.text(column.name) for column in m.framework.columns}
        parts = m.join(
            m.text(say("{column} {count}", column=named.get(key, key), count=count))
            for key, count in sorted(columns.items(), key=lambda pair: -pair[1])
        )
        out.append(m.sentence("data.columns", say("Values in force by source: {parts}.", parts=parts)))
    lists = (
        ("data.gaps", say("Items without data"), scores.data_gaps),
        ("data.unanswered", say("Items not yet answered"), scores.unanswered),
        ("data.capped", say("Items held down for want of evidence"), capped(m)),
        ("data.check", say("Items to check first"), tuple(scores.check_first)),
    )
    for id, label, codes in lists:
        if codes:
            out.append(
                m.sentence(
                    id, say("{label}: {count}{codes}.", label=label, count=len(codes), codes=m.codes(codes)), codes
                )
            )
    blended = [item for item in scores.items.values() if item.counties]
    if blended:
        out.append(
            m.sentence("data.counties", say("Items with county scores blended in: {count}.", count=len(blended)))
        )
    return out


def capped(m: Matter) -> tuple[str, ...]:
    return tuple(item.code for item in m.scores.items.values() if item.cap is not None)


def coverage_table(m: Matter) -> Table:
    """Counts for each dimension beside the coverage by weight, in columns of their own."""
    rows = []
    parts = [*m.framework.dimensions] if len(m.framework.dimensions) > 1 else []
    for node in [*parts, m.framework.root]:
        leaves = [m.scores.items[code] for code in m.framework.leaves(node.code) if code in m.scores.items]
        states = Counter(item.state for item in leaves)
        score = m.scores.nodes.get(node.code)
        rows.append(
            (
                m.text(say("All") if node is m.framework.root else node.name),
                str(len(leaves) - states["out"]),
                *(str(states[state]) for state in STATES),
                m.percent(score.coverage if score else None),
            )
        )
    heads = (
        say("Number of items"),
        say("With an answer"),
        say("Not applicable"),
        say("No data"),
        say("Skipped"),
        say("Unanswered"),
        say("Coverage by weight"),
    )
    return Table(
        m.text(say("Answers by state")),
        (
            Column(m.text(say("Part")), width=1.1),
            *(Column(m.text(head), "end", 1.0 if index < 6 else 1.7) for index, head in enumerate(heads)),
        ),
        tuple(rows),
        emphasis=(len(rows) - 1,),
        note=m.text(
            say(
                "Columns of items are counts; the last column weighs each item by its weight. The two are not the same."
            )
        ),
    )


def scoring(m: Matter) -> list[Sentence]:
    framework = m.framework
    subs = sum(len([child for child in node.children if child in framework.nodes]) for node in framework.dimensions)
    values = {
        "title": cover.subject(m),
        "version": framework.version,
        "dimensions": m.few(len(framework.dimensions)),
        "subs": subs,
        "items": len(framework.indicators),
    }
    if subs:
        first = say(
            "The framework is “{title}” v{version}: {dimensions} dimensions, {subs} sub-dimensions and {items} items.",
            **values,
        )
    elif framework.dimensions:
        first = say("The framework is “{title}” v{version}: {dimensions} dimensions and {items} items.", **values)
    else:
        first = say("The framework is “{title}” v{version}, with {items} items and no dimensions.", **values)
    out = [
        m.sentence("method.framework", first),
        m.sentence(
            "method.rules",
            say(
                "Each answer is scored by its scale (scoring rule R1); items that do not apply leave their "
                "weight to the others (R2); no data, unanswered and skipped are told apart (R3); scores are put "
                "together by weight (R4)."
            ),
        ),
    ]
    out += [m.sentence(f"method.{name}", text) for name, text in in_force(framework)]
    aside = set_aside(framework, m.sheet)
    out += [m.sentence("method.weights-aside", aside)] if aside is not None else []
    if framework.stages:
        out.append(
            m.sentence(
                "method.stages",
                say(
                    "The stage by score follows the unrounded total; the stage held is the highest whose gates all "
                    "hold (scoring rule R6)."
                ),
            )
        )
    if framework.evidence is not None:
        out.append(m.sentence("method.evidence", say("Claims without evidence are capped (scoring rule R7).")))
    out.append(m.sentence("method.annex", say("The annex gives every rule in words.")))
    return out


def weight_table(m: Matter) -> Table | None:
    """Weights of dimensions and what stands under them."""
    if not m.framework.dimensions or m.summed:
        return None
    whole = sum(node.weight for node in m.framework.dimensions) or 1.0
    rows = []
    for node in m.framework.dimensions:
        below = [code for code in node.children if code in m.framework.nodes]
        inner = sum(m.framework.nodes[code].weight for code in below) or 1.0
        parts = m.clauses(
            f"{m.name(code)}{'' if m.zh else ' '}{m.weight(m.framework.nodes[code].weight / inner)}" for code in below
        )
        rows.append(
            (
                m.text(node.name),
                m.weight(node.weight / whole),
                str(len(m.framework.leaves(node.code))),
                parts or m.text(node.description),
            )
        )
    return Table(
        m.text(say("Dimensions and weights")),
        (
            Column(m.text(say("Dimension")), width=1.1),
            Column(m.text(say("Weight")), "end", 0.7),
            Column(m.text(say("Number of items")), "end", 0.7),
            Column(m.text(say("Sub-dimensions and their weights")), width=5),
        ),
        tuple(rows),
    )


def limits(m: Matter) -> list[Sentence]:
    out: list[Sentence] = []
    if m.framework.disclaimer:
        words = m.text(m.framework.disclaimer).rstrip("。.")
        out.append(m.sentence("limits.framework", say("{words}.", words=words)))
    if m.scores.reference_only:
        out.append(
            m.sentence(
                "limits.self", say("This is a self-assessment: its stage is for reference and has not been reviewed.")
            )
        )
    if m.training:
        out.append(
            m.sentence("limits.training", say("This is practice: no stage is determined and no comparison is made."))
        )
    if m.sheet.profile.sample:
        out.append(m.sentence("limits.sample", say("The unit and its data are invented for demonstration.")))
    if m.scores.unanswered:
        out.append(m.sentence("limits.draft", say("Items are still open, so every number may change.")))
    out.append(
        m.sentence(
            "limits.use",
            say(
                "Scores show what is in place by the items of the framework; they do not replace judgment on the spot."
            ),
        )
    )
    return out

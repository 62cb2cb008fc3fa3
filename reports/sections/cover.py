"""Cover: what was assessed, by which framework, on which date; a marking only where somebody chose one."""

from __future__ import annotations

import re

from assess.language import Message, say
from reports.model import Contents, Cover, PageBreak, Section
from reports.sections.matter import Matter


def cover(m: Matter) -> Cover:
    profile = m.sheet.profile
    facts: list[tuple[Message, str]] = [
        (say("Assessed unit"), profile.unit),
        (say("Framework"), versioned(m)),
        (say("Base date"), m.day(profile.base_date)),
        (say("Data status"), m.text(status(m))),
        (say("Compiled by"), m.options.compiled_by or profile.compiled_by),
        (say("Edition"), m.text(edition(m))),
    ]
    return Cover(
        title=m.text(say("{subject}\nassessment report", subject=plain_title(m))),
        subtitle=m.text(say("({year})", year=profile.year)) if profile.year else "",
        unit=profile.unit,
        facts=tuple((m.text(label), m.begun(value)) for label, value in facts if value),
        date=m.day(m.date),
        marking=m.options.marking,
    )


def subject(m: Matter) -> str:
    return m.text(m.framework.title)


def versioned(m: Matter) -> str:
    """The title of the framework with its version; after a full-width bracket there is no space."""
    title = subject(m)
    return f"{title}{'' if title.endswith('）') else ' '}v{m.framework.version}"


def plain_title(m: Matter) -> str:
    """The subject of the framework's title, without "indicator framework" and "(draft)"."""
    words = re.sub(r"[（(][^（）()]*[）)]\s*$", "", subject(m)).strip()
    return re.sub(r"(评价)?指标(框架|体系)$", "", words) or words


def status(m: Matter) -> Message:
    scores = m.scores
    if scores.suspended:
        return say("suspended")
    if scores.unanswered:
        return say("{mode}, draft ({answered} of {all} items answered)", mode=mode(m), **counts(m))
    if m.sheet.status == "reviewed":
        return say("{mode}, reviewed ({all} items)", mode=mode(m), **counts(m))
    return say("{mode}, not yet reviewed ({all} items)", mode=mode(m), **counts(m))


def mode(m: Matter) -> str:
    return m.text(m.framework.modes[m.scores.mode].name)


def counts(m: Matter) -> dict[str, int]:
    asked = [item for item in m.scores.items.values() if item.state not in ("out", "skipped")]
    return {"answered": sum(item.state != "unanswered" for item in asked), "all": len(asked)}


def edition(m: Matter) -> Message:
    return say("No. {version}; framework check {digest}", version=m.options.version, digest=grouped(m.framework.digest))


def grouped(digest: str) -> str:
    """The first sixteen hexadecimal digits in groups of four (D34)."""
    short = digest[:16].upper()
    return " ".join(short[start : start + 4] for start in range(0, len(short), 4))


def contents(m: Matter) -> Section:
    title = m.text(say("Contents"))
    return Section("contents", title, (m.heading(0, "", title, "contents"), Contents(title), PageBreak()))

"""The sheet of a unit for Word and PDF: problem, basis, what to do. One row per item."""

from __future__ import annotations

from assess.language import Message, Words, plain, say
from assess.review.correction import Correction, Line
from reports.model import Block, Column, Cover, Heading, PageBreak, Paragraph, Pledge, Report, Section, Sentence, Table


def paper(corrections: tuple[Correction, ...], language: str, date: str) -> Report:
    """One section per unit. `date` is the ISO date of the file; the date of each sheet is its own."""

    def text(words: Message | Words | str) -> str:
        return str(plain(words, language))

    title = text(say("List of problems to correct"))
    sections = []
    for number, one in enumerate(corrections):
        unit = text(one.unit) or text(say("Unit not named"))
        until = text(say("{date}", date=one.deadline.isoformat())) if one.deadline else "—"
        facts = say(
            "Assessed: {subject}. Unit: {unit}. Base date: {base}. Items: {count}. Issued: {issued}. Due: {until}.",
            subject=one.subject, unit=unit, base=one.base_date or "—", count=len(one.lines),
            issued=one.issued.isoformat(), until=until,
        )  # fmt: skip
        blocks: list[Block] = [PageBreak()] if number else []  # every unit is handed its own sheet
        blocks += [
            Heading(0, "", f"{title}（{unit}）" if language == "zh" else f"{title}: {unit}", f"unit-{number}"),
            Paragraph((Sentence("facts", text(facts)),), kind="address"),
            Table(
                caption="",
                columns=(
                    Column(text(say("No.")), "center", 0.5),
                    Column(text(say("Item")), "start", 1.8),
                    Column(text(say("Problem")), "start", 2.2),
                    Column(text(say("Basis")), "start", 4.0),
                    Column(text(say("What to do")), "start", 2.2),
                    Column(text(say("Due")), "start", 1.2),
                ),
                rows=tuple(_row(line, language) for line in one.lines),
            ),
            Pledge("", text(say("Received by the unit; corrections are handed back by the day named.")),
                   (text(say("Received by (signature)")), text(say("Date")))),
        ]  # fmt: skip
        sections.append(Section(f"unit-{number}", unit, tuple(blocks)))
    if not sections:
        nothing = Paragraph((Sentence("none", text(say("No item is returned or lowered."))),))
        sections = [Section("none", title, (Heading(0, "", title, "none"), nothing))]
    return Report(
        schema=1,
        language="zh" if language == "zh" else "en",
        cover=Cover(title, "", corrections[0].subject if corrections else "", (), date),
        sections=tuple(sections),
        watermark="",
        header=title,
        date=date,
    )


def _row(line: Line, language: str) -> tuple[str, ...]:
    def several(messages: tuple[Message, ...]) -> str:
        return ("" if language == "zh" else " ").join(str(plain(one, language)) for one in messages)

    return (
        str(line.number),
        f"{line.code} {plain(line.name, language)}",
        several(line.problem),
        several(line.basis),
        several(line.demand),
        line.deadline.isoformat() if line.deadline else "—",
    )

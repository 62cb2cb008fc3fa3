"""The letter that goes with a package: who asks whom for what, until when, how to fill in and how to hand back.

In official layout without letterhead or seal; the list of items follows on a page of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date as day
from typing import Any

from assess.language import Message, Words, plain, say
from assess.packages.letter import LetterFacts, LetterItem
from reports import to_docx, to_pdf
from reports.model import Block, Column, Cover, Heading, PageBreak, Paragraph, Report, Section, Sentence, Table
from reports.papers.filling_guide import guide

NUMERALS = "一二三四五六七八九十"


def papers(facts: LetterFacts, language: str, date: str) -> dict[str, bytes]:
    """The letter as Word and PDF and the guide as PDF: ending of the file name -> bytes."""
    made = letter(facts, language, date)
    name = plain(say("letter"), language)
    helping = plain(say("how to fill in"), language)
    return {
        f"{name}.docx": to_docx.render(made),
        f"{name}.pdf": to_pdf.render(made),
        f"{helping}.pdf": to_pdf.render(guide(facts.framework, language, date)),
    }


def letter(facts: LetterFacts, language: str, date: str) -> Report:
    """The letter as a report of one section. `date` is the ISO date printed under it."""
    words = _Words(language)
    title = words(say("Letter on filling in {framework}", framework=facts.framework))
    blocks: list[Block] = [
        Heading(0, "", title, "letter"),
        words.address(say("{unit}:", unit=facts.unit)),
        _purpose(facts, words),
    ]
    for place, (head, message) in enumerate(_points(facts, words)):
        number = f"{NUMERALS[place]}、" if words.zh else f"{place + 1}. "
        lead = number + words(head) + ("。" if words.zh else ". ")
        blocks.append(Paragraph((Sentence(f"point-{place + 1}", words(message)),), lead=lead))
    if facts.contact:
        blocks.append(words.body("contact", say("Contact: {contact}", contact=facts.contact)))
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    blocks[-1] = replace(last, kind="last")
    if facts.attachments:
        lead = words(say("Attachments:"))
        for place, name in enumerate(facts.attachments, 1):
            numbered = f"{place}. {name}" if len(facts.attachments) > 1 else name  # one alone bears no number
            blocks.append(Paragraph((Sentence("attachment", numbered),), lead=lead, kind="item"))
            lead = ""
    blocks += [words.closing(say("{unit}", unit=facts.sender)), words.closing(say("{date}", date=words.day(date)))]
    blocks += [PageBreak(), Heading(0, "", words(say("Items to fill in")), "items"), _items(facts, words)]
    return Report(
        schema=1,
        language="zh" if words.zh else "en",
        cover=Cover(title, "", words(facts.unit), (), words.day(date)),
        sections=(Section("letter", title, tuple(blocks)),),
        watermark="",
        header=title,
        date=date,
        provenance={"author": facts.sender},
    )


def _purpose(facts: LetterFacts, words: _Words) -> Paragraph:
    """What is under way, what is asked of the unit and until when; a date that is not known is not spoken of."""
    known: dict[str, Any] = {"assessed": facts.assessed, "framework": facts.framework, "mode": facts.mode}
    year, base = str(facts.year or ""), words.day(facts.base_date)
    if year and base:
        what = say(
            "The {mode} of {assessed} by “{framework}” for {year} is under way; its base date is {base}.",
            year=year, base=base, **known,
        )  # fmt: skip
    elif base:
        what = say(
            "The {mode} of {assessed} by “{framework}” is under way; its base date is {base}.", base=base, **known
        )
    elif year:
        what = say("The {mode} of {assessed} by “{framework}” for {year} is under way.", year=year, **known)
    else:
        what = say("The {mode} of {assessed} by “{framework}” is under way.", **known)
    asked = say("{count} items are yours to fill in (list attached).", count=len(facts.items))
    until = say("Please fill them in and hand them back as agreed.")
    if facts.deadline:
        until = say("Please fill them in and hand them back by {until}.", until=words.day(facts.deadline))
    sentences = (("purpose", what), ("asked", asked), ("until", until))
    return Paragraph(tuple(Sentence(key, words(text)) for key, text in sentences))


def _points(facts: LetterFacts, words: _Words) -> list[tuple[Message, Message]]:
    """Heads and texts of the numbered paragraphs."""
    file, forms = facts.file, tuple(name for name in facts.attachments if name.lower().endswith(".xlsx"))
    how = say(
        "Open the file “{file}” in the program 治衡 and answer item by item; every answer is saved at once, and no "
        "network is needed.",
        file=file,
    )
    if forms and file.lower().endswith(".xlsx"):
        how = say(
            "Open the form “{file}” in WPS or Excel and fill in the light cells only; do not move it into "
            "another file.",
            file=file,
        )
    elif forms:
        how = say(
            "Open the file “{file}” in the program 治衡 and answer item by item; every answer is saved at once, and no "
            "network is needed. Where the program cannot be used, fill in the form “{form}” in WPS or Excel instead.",
            file=file,
            form=forms[0],
        )
    points = [
        (say("How to answer"), how),
        (
            say("What to heed"),
            say("Answer by the facts at the base date. Register evidence by name, number, date, page and where it is "
                "kept; attaching a file is optional. Nothing secret, no work secrets and no personal data may be "
                "entered."),
        ),
        (
            say("How to hand back"),
            say("Look through the page “Check”, seal the file, print the signature sheet and have it signed. Hand "
                "back the one file and the signature sheet by the channel agreed; do not rename or repack the file."),
        ),
    ]  # fmt: skip
    if facts.previous:
        points.append(
            (
                say("Last period"),
                say("Last period’s answers to {count} items stand beside the questions; what has not changed is "
                    "confirmed with one key.", count=facts.previous),
            )
        )  # fmt: skip
    if facts.sent_back:
        points.append(
            (
                say("Returned for correction"),
                say("{count} items are returned for correction; the reasons stand in the list.", count=facts.sent_back),
            )
        )
    if facts.times > 1:
        points.append(
            (
                say("This package"),
                say("This is package number {times}. What you have filled in and handed back before is kept "
                "and merged.",
                    times=facts.times),
            )
        )  # fmt: skip
    if facts.encrypted:
        points.append(
            (
                say("Passphrase"),
                say("The file is encrypted. The passphrase is told separately and never travels with the file."),
            )
        )
    return points


def _items(facts: LetterFacts, words: _Words) -> Table:
    """The list of items with the evidence to prepare; what was returned says why."""
    rows = tuple(
        (str(place), item.code, words(item.name), words.join(item.evidence), _remark(item, words))
        for place, item in enumerate(facts.items, 1)
    )
    return Table(
        caption="",
        columns=(
            Column(words(say("No.")), "center", 0.5),
            Column(words(say("Code")), "start", 0.95),
            Column(words(say("Item")), "start", 2.6),
            Column(words(say("Evidence to prepare")), "start", 3.45),
            Column(words(say("Remark")), "start", 1.5),
        ),
        rows=rows,
    )


def _remark(item: LetterItem, words: _Words) -> str:
    if item.reason:
        return words(say("Returned: {reason}", reason=item.reason))
    if item.new:
        return words(say("new"))
    return words(say("answered before")) if item.answered else ""


class _Words:
    """Messages in the language of the paper."""

    def __init__(self, language: str) -> None:
        self.language, self.zh = language, language == "zh"

    def __call__(self, text: Message | Words | str) -> str:
        return str(plain(text, self.language))

    def join(self, parts: tuple[Words, ...]) -> str:
        return ("；" if self.zh else "; ").join(self(part) for part in parts)

    def day(self, iso: str) -> str:
        """An ISO date as officials write it; anything else as typed."""
        try:
            found = day.fromisoformat(iso[:10])
        except ValueError:
            return iso
        return f"{found.year}年{found.month}月{found.day}日" if self.zh else f"{found.day} {found:%B} {found.year}"

    def body(self, key: str, text: Message) -> Paragraph:
        return Paragraph((Sentence(key, self(text)),))

    def address(self, text: Message) -> Paragraph:
        return Paragraph((Sentence("address", self(text)),), kind="address")

    def closing(self, text: Message) -> Paragraph:
        return Paragraph((Sentence("closing", self(text)),), kind="closing")

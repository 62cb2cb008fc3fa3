"""The receipt for a return as a paper: what came, what was taken in and when, what was not and why, what is next.

An official paper without letterhead or seal. The digest on it proves which file it speaks of.
"""

from __future__ import annotations

from assess.language import Message, Words, plain, say
from assess.packages.outcomes import STATE_WORDS
from assess.packages.receipts import Receipt
from assess.store.verify import Digest
from reports import to_pdf
from reports.model import Block, Cover, Facts, Heading, Paragraph, Report, Section, Sentence

NUMERALS = "一二三四五六七八九十"


def render(receipt: Receipt, language: str) -> bytes:
    """The receipt as PDF (A4)."""
    return to_pdf.render(paper(receipt, language))


def paper(receipt: Receipt, language: str) -> Report:
    """The receipt as a report of one section; its date is the day on which the file was taken in."""
    zh = language == "zh"

    def text(words: Message | Words | str) -> str:
        return str(plain(words, language))

    moment = receipt.at.astimezone()
    at = f"{moment:%Y-%m-%d %H:%M}"
    date = f"{moment.year}年{moment.month}月{moment.day}日" if zh else f"{moment.day} {moment:%B} {moment.year}"
    title = text(say("Receipt for a return"))
    unit = _line(receipt.unit)
    blocks: list[Block] = [Heading(0, "", title, "receipt")]
    if unit:
        blocks.append(Paragraph((Sentence("address", text(say("{unit}:", unit=unit))),), kind="address"))
    blocks += [Paragraph((Sentence("opening", text(_opening(receipt, at))),)), _facts(receipt, at, text)]
    for place, (head, sentences) in enumerate(_points(receipt)):
        number = f"{NUMERALS[place]}、" if zh else f"{place + 1}. "
        lead = number + text(head) + ("。" if zh else ". ")
        told = tuple(Sentence(f"point-{place}-{at}", text(one)) for at, one in enumerate(sentences))
        blocks.append(Paragraph(told, lead=lead))
    office = _line(f"{receipt.office} {receipt.by}")
    closing = [office, date] if office else [date]
    blocks += [Paragraph((Sentence("closing", line),), kind="closing") for line in closing]
    return Report(
        schema=1,
        language="zh" if zh else "en",
        cover=Cover(title, "", unit, (), date),
        sections=(Section("receipt", title, tuple(blocks)),),
        watermark="",
        header=title,
        date=moment.date().isoformat(),
        provenance={"author": office},
    )


def _opening(receipt: Receipt, at: str) -> Message:
    known = {"file": _line(receipt.file), "assessed": _line(receipt.assessed), "at": at}
    if receipt.state == "taken":
        return say("Your return “{file}” for the assessment of {assessed} was received and taken in on {at}.", **known)
    if receipt.state == "again":
        return say(
            "Your return “{file}” for the assessment of {assessed} was received on {at}; it holds nothing that was "
            "not taken in before.",
            **known,
        )
    return say(
        "Your return “{file}” for the assessment of {assessed} was received on {at} and could not be taken in.", **known
    )


def _facts(receipt: Receipt, at: str, text: object) -> Facts:
    assert callable(text)
    rows = [
        (say("File"), _line(receipt.file)),
        (say("Result"), STATE_WORDS[receipt.state]),
        (say("Date and time"), at),
    ]
    if receipt.state in ("taken", "again"):
        rows += [
            (say("Items answered"), say("{answered} of {total}", answered=receipt.answered, total=receipt.total)),
            (say("New records"), str(receipt.events)),
            (say("Attachments"), str(receipt.attachments)),
        ]
    rows += [
        (say("Digest of the file"), Digest(receipt.digest).printed if receipt.digest else "—"),
        (say("Seal of the file"), Digest(receipt.seal).printed if receipt.seal else "—"),
    ]
    return Facts(tuple((text(label), text(value)) for label, value in rows))


def _points(receipt: Receipt) -> list[tuple[Message, tuple[Message, ...]]]:
    """What was not taken in and why, what is settled elsewhere, and what the unit does next."""
    points: list[tuple[Message, tuple[Message, ...]]] = []
    refused: list[Message] = [receipt.problem.text] if receipt.problem is not None else []
    refused += receipt.unread
    if refused:
        points.append((say("What was not taken in, and why"), tuple(refused)))
    if receipt.conflicts:
        said = say(
            "The items {codes} were answered differently elsewhere, too. The office that issued the package settles "
            "them and tells you the outcome.",
            codes=tuple(dict.fromkeys(receipt.conflicts)),
        )
        points.append((say("To be settled"), (said,)))
    if receipt.changed_items:
        said = say(
            "The items {codes} ask something else in the version in force, or are new there.",
            codes=receipt.changed_items,
        )
        points.append((say("To be answered anew"), (said,)))
    points.append((say("Next step"), (_next(receipt),)))
    return points


def _next(receipt: Receipt) -> Message:
    if receipt.problem is not None and receipt.problem.hint is not None:
        return receipt.problem.hint
    if receipt.state == "refused" or receipt.unread:
        return say("Correct what is named above in the file that you filled in, and hand it back again.")
    if receipt.changed_items:
        return say("Answer the items named above in the new package, and hand it back again.")
    return say("Nothing is to be done now. Keep this receipt together with the file that you handed back.")


def _line(text: str) -> str:
    return " ".join(text.split())

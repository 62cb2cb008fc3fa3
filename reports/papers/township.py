"""The questionnaire of townships and villages on paper: A4, large type, boxes to tick, a running number per copy.

One PDF holds as many copies as are handed out. The number and the code of the document stand on every page, so that a
sheet of paper and the file it is keyed into can be matched. No name of a person and no village is asked for. The page
is `page/township.typ`; everything reaches it as data, so that nothing a person typed is read as markup, and the same
arguments give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assess.framework.model import Framework
from assess.grassroots.form import Form, Part, form, printed, tier_name
from assess.language import Message, Words, plain, say
from assess.problems import Problem
from reports import clean, to_pdf

PAGE = to_pdf.PAGE.parent / "township.typ"
MOST = 500
ORDER = {"zh": "一二三四五六七八九", "en": "123456789"}
MARK = {"zh": "{}、", "en": "{}. "}


def file_code(identity: str) -> str:
    """The code of a document as it is printed: the first eight digits of its identity in two groups."""
    digits = "".join(sign for sign in identity if sign.isalnum())[:8].upper()
    return f"{digits[:4]} {digits[4:]}".strip()


def render(
    framework: Framework,
    tier: str,
    *,
    unit: str,
    identity: str,
    copies: int = 1,
    first: int = 1,
    year: int | None = None,
    language: str = "zh",
    date: str = "",
    sample: bool = False,
) -> bytes:
    """`copies` numbered sheets as PDF. `unit` collects them, `identity` is the document they are keyed into, `date` the
    ISO date of the file. Problem paper.copies for a number that cannot be printed in one file."""
    if not 1 <= copies <= MOST or first < 1:
        raise Problem(
            "paper.copies",
            say("{count} copies from number {first} cannot be printed in one file.", count=copies, first=first),
            say("Ask for 1 to {most} copies, numbered from 1 on.", most=MOST),
        )
    data = contents(
        framework, tier, unit=unit, identity=identity, copies=copies, first=first, year=year, language=language,
        date=date, sample=sample,
    )  # fmt: skip
    files = {"main": PAGE.read_bytes(), "paper.json": json.dumps(data, ensure_ascii=False).encode("utf-8")}
    day = to_pdf.day_of(date)
    with to_pdf._setting:
        out = to_pdf.compiler().compile(
            input=files,  # type: ignore[type-var]
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    assert isinstance(out, bytes)
    return out


def contents(
    framework: Framework, tier: str, *, unit: str, identity: str, copies: int, first: int, year: int | None,
    language: str, date: str, sample: bool,
) -> dict[str, Any]:  # fmt: skip
    """What the page reads, in plain values."""

    def text(thing: Message | Words | str) -> str:
        return clean.breakable(clean.substitute(clean.tidy(str(plain(thing, language)))))

    paper = form(framework, tier)
    day = to_pdf.day_of(date)
    village = tier == "村"
    return {
        "language": "en" if language == "en" else "zh",
        "title": text(say("Questionnaire for the {tier}", tier=tier_name(tier))),
        "subtitle": text(
            say("{unit}, {year}", unit=unit, year=year) if year is not None else say("Collected by {unit}", unit=unit)
        ),
        "unit": text(unit) or "—",
        "file": file_code(identity),
        "file_label": text(say("File code")),
        "number_label": text(say("Sheet no.")),
        "watermark": text(say("SAMPLE DATA")) if sample else "",
        "place_label": text(say("Township it belongs to:") if village else say("Township (sub-district):")),
        "date_label": text(say("Date: ____ / __ / __")),
        "instructions": [text(sentence) for sentence in instructions(paper, village=village)],
        "footer": text(framework.title) + " " + framework.version,
        "thanks": text(say("That is all. Thank you. Please check that no question was left out by mistake.")),
        "parts": [_part(part, place, language, text) for place, part in enumerate(paper.parts)],
        "copies": [
            {"number": printed(tier, number).to("en" if language == "en" else "zh")}
            for number in range(first, first + copies)
        ],
        "date": [day.year, day.month, day.day],
    }


def instructions(paper: Form, *, village: bool) -> tuple[Message, ...]:
    """What stands above the questions, in plain words."""
    return (
        say("Say how it really is. Answers are only added up; they rate nobody and no material is asked for."),
        say("One tick per question, in the box. Wrong one ticked? Cross it out and tick another."),
        say("Cannot tell? Leave the question open."),
        say("Write no name of a person and no village.") if village else say("Write no name of a person."),
    )


def _part(part: Part, place: int, language: str, text: Any) -> Mapping[str, Any]:
    kind = part.questions[0].kind
    tongue = "en" if language == "en" else "zh"
    titles = {
        "use": say("Is it of use?"),
        "done": say("Is it really done?"),
        "tick": say("Tick what people here can really use"),
        "number": say("Give a rough number"),
    }
    title = text(titles.get(part.scale, part.name))
    first = part.questions[0]
    return {
        "kind": kind,
        "number": MARK[tongue].format(ORDER[tongue][min(place, 8)]),
        "title": title,
        "digits": [choice.digit for choice in first.choices] if kind == "felt" else [],
        "scale": [[choice.digit, text(choice.words)] for choice in first.choices] if kind == "felt" else [],
        "questions": [
            {
                "number": str(one.number),
                "text": text(one.words),
                "unit": text(one.unit),
                "choices": [
                    *([choice.digit, text(choice.words)] for choice in one.choices),
                    *([["0", text(say("None of these"))]] if kind == "tick" else []),
                ],
            }
            for one in part.questions
        ],
    }

"""Two pages for whoever gets a package and has never seen the program."""

from __future__ import annotations

from assess.language import Message, Words, plain, say
from reports.model import Block, Cover, Heading, Paragraph, Report, Section, Sentence

STEPS: tuple[tuple[Message, tuple[Message, ...]], ...] = (
    (
        say("Open"),
        (
            say("Start 治衡, choose “Open package” and pick the file that ends in .zhd; or double-click the file. Copy "
                "it from a stick to the disk first: writing to sticks is slow."),
            say("Nothing has to be saved: every answer is in the file as soon as the mark at the top says so."),
        ),
    ),
    (
        say("Answer"),
        (
            say("Levels: read from the lowest upwards. All conditions of a level must hold; between two levels take "
                "the lower one. The keys 0 to 5 choose."),
            say("Numbers: type numerator and denominator, the program divides. Full-width digits, % and thousands "
                "separators are understood."),
            say("Checklists: tick what exists. Options with a star are mandatory."),
            say("“Not applicable” needs a reason. “No data” is for what should exist and cannot be had. Both differ "
                "from leaving the item blank."),
            say("Words with a dotted line are explained at a click; 正例 and 反例 beside the question show what "
                "counts."),
        ),
    ),
    (
        say("Evidence"),
        (
            say("Register name, number, date, page and where it is kept. Attaching the file is optional; one piece "
                "may serve several items."),
            say("In a formal assessment a level without any evidence counts as level 2 at most."),
        ),
    ),
    (
        say("Check and seal"),
        (
            say("The page “Check” lists what must be mended before sealing and what is worth a second look. A warning "
                "may stay with an explanation."),
            say("Seal when all is done. The signature sheet bears the same check digits as the file: print it, have "
                "it signed, and keep both together. Reopening asks for a reason."),
        ),
    ),
    (
        say("Hand back"),
        (
            say("Hand back the one file the program writes, with the signature sheet. Do not rename it or put it into "
                "an archive with a password."),
            say("Should something be returned for correction, a new package comes back with the reasons; what was "
                "right stays as it is."),
        ),
    ),
    (
        say("If something goes wrong"),
        (
            say("The file is kept ten times in the folder that ends in .备份 beside it; “Return to an earlier state” "
                "in the menu lists them."),
            say("“Could not be saved” at the top: do not close the window; the reason stands there, and a copy can be "
                "saved elsewhere."),
            say("Nothing secret, no work secrets, no lists of people, no identity or telephone numbers."),
        ),
    ),
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"


def guide(framework: Words, language: str, date: str) -> Report:
    """The guide as a report of one section; `date` only dates the file."""
    zh = language == "zh"
    title = str(plain(say("How to fill in"), language))
    blocks: list[Block] = [Heading(0, "", title, "guide")]
    for place, (head, lines) in enumerate(STEPS):
        number = f"{NUMERALS[place]}、" if zh else f"{place + 1} "
        blocks.append(Heading(1, number, str(plain(head, language)), f"step-{place + 1}"))
        blocks += [
            Paragraph((Sentence(f"line-{place + 1}-{at}", str(plain(line, language))),))
            for at, line in enumerate(lines)
        ]
    return Report(
        schema=1,
        language="zh" if zh else "en",
        cover=Cover(title, "", str(plain(framework, language)), (), date),
        sections=(Section("guide", title, tuple(blocks)),),
        watermark="",
        header=title,
        date=date,
    )

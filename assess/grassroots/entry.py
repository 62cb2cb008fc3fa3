"""What a clerk types for an answer: digits as on the paper. What cannot be is refused at once, with a sentence.

A felt answer is one digit, 0 to 5. Ticks are the numbers of the options, 0 for none of them. A number is a number.
9, a dot or a dash leaves a felt question or ticks open; so does nothing.
"""

from __future__ import annotations

import unicodedata

from assess.grassroots.form import Form, Question
from assess.grassroots.sheets import Filled, Given
from assess.language import say
from assess.measure import scales
from assess.problems import Problem

OPEN = ("", "9", ".", "-", "—", "/")


def entered(question: Question, text: str) -> Given | None:
    """One answer from what was typed; None where it is left open. Raises Problem sheet.* for what cannot be."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if question.kind == "number":
        return _number(question, typed)
    if typed in OPEN:
        return None
    return _felt(question, typed) if question.kind == "felt" else _ticks(question, typed)


def _felt(question: Question, typed: str) -> int:
    for choice in question.choices:
        words = (unicodedata.normalize("NFKC", text) for text in (choice.digit, choice.words.zh, choice.words.en))
        if typed in words and choice.level is not None:
            return choice.level
    levels = [choice.digit for choice in question.choices]
    raise Problem(
        "sheet.no-such-level",
        say("Question {number}: there is no answer {typed}.", number=question.number, typed=typed[:12]),
        say("Type {low} to {high}, or 9 where it was left open.", low=levels[0], high=levels[-1]),
    )


def _ticks(question: Question, typed: str) -> tuple[str, ...]:
    signs = [sign for sign in typed.upper() if sign not in " ,;、，；"]
    if signs == ["0"]:
        return ()
    known = {choice.digit: choice.key for choice in question.choices} | {c.key: c.key for c in question.choices}
    wrong = [sign for sign in signs if sign not in known]
    if wrong:
        raise Problem(
            "sheet.no-such-option",
            say("Question {number}: there is no answer {typed}.", number=question.number, typed=wrong[0]),
            say("Type the numbers of what is ticked, 1 to {count}; 0 for none.", count=len(question.choices)),
        )
    return tuple(sorted({known[sign] for sign in signs}))


def _number(question: Question, typed: str) -> str | None:
    if typed in ("", ".", "-", "—", "/"):
        return None
    number = question.item.number
    try:
        text = scales.clean(typed)
        value = float(text)
    except Problem as problem:
        raise Problem(
            "sheet.no-number",
            say("Question {number}: “{typed}” is no number.", number=question.number, typed=typed[:12]),
            say("Type digits only, for example 12."),
        ) from problem
    low, high = number.plausible if number is not None else (0.0, float("inf"))
    if value < 0 or not low <= value <= high:
        raise Problem(
            "sheet.implausible",
            say("Question {number}: {typed} cannot be right.", number=question.number, typed=typed[:12]),
            say(
                "It lies between {low} and {high}; look at the paper again.",
                low=scales.figure(low), high=scales.figure(high),
            ),
        )  # fmt: skip
    return text


def sheet_number(text: str) -> int:
    """The running number of a sheet as printed or typed ("乡 0012", "12"). Raises Problem sheet.number."""
    typed = unicodedata.normalize("NFKC", text).strip()
    digits = "".join(sign for sign in typed if sign in "0123456789")
    others = [sign for sign in typed if sign not in "0123456789 .-_" and not sign.isalpha()]
    if not digits or len(digits) > 9 or not int(digits) or others:
        raise Problem(
            "sheet.number",
            say("“{typed}” is no number of a sheet.", typed=typed[:12]),
            say("Type the number printed at the upper right, for example 12."),
        )
    return int(digits)


def line(form: Form, text: str, place: str = "") -> Filled:
    """A whole sheet from one line: its number, the felt digits run together or apart, then ticks and numbers apart.

    `12 31253 40215 … 1258 12`. Raises Problem: sheet.short or sheet.long where the answers do not add up, and those of
    `entered` and `sheet_number`.
    """
    words = unicodedata.normalize("NFKC", text).split()
    if not words:
        raise Problem("sheet.number", say("The line is empty."), say("Type the number of the sheet, then its answers."))
    number, rest = sheet_number(words[0]), words[1:]
    given: dict[str, Given] = {}
    count = 0
    for question in form.questions:
        if not rest:
            break
        if question.kind == "felt":
            typed, left = rest[0][0], rest[0][1:]
            rest = [left, *rest[1:]] if left else rest[1:]
        else:
            typed, rest = rest[0], rest[1:]
        answer = entered(question, typed)
        count += 1
        if answer is not None:
            given[question.code] = answer
    if count < len(form.questions):
        raise Problem(
            "sheet.short",
            say(
                "Sheet {number}: {found} answers stand here, the form has {all}.",
                number=number, found=count, all=len(form.questions),
            ),
            say("Type 9 for every question left open, and - for a number left open."),
        )  # fmt: skip
    if rest:
        raise Problem(
            "sheet.long",
            say("Sheet {number}: more answers than the {all} of the form.", number=number, all=len(form.questions)),
            say("A digit was typed twice; compare with the paper."),
        )
    return Filled(form.tier, number, given, place=place)


def shown(question: Question, given: Given | None) -> str:
    """An answer in the digits it is typed by; a dash where it was left open."""
    if given is None:
        return "–"
    if isinstance(given, tuple):
        digits = {choice.key: choice.digit for choice in question.choices}
        return "".join(digits.get(key, key) for key in given) or "0"
    return str(given)


def differences(form: Form, first: Filled, second: Filled) -> tuple[Question, ...]:
    """The questions in which two keyings of one sheet differ."""
    return tuple(one for one in form.questions if first.answers.get(one.code) != second.answers.get(one.code))

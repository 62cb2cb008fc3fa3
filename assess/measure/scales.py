"""From an answer to a score of 0–100 (R1): rubric levels, yes/no, goalposts with direction, checklists.

A hard fault (D7) leaves the answer without a score: it counts as unanswered until mended. A doubt is a value outside
the plausible range: it scores and is asked about. A zero denominator acts as the item's rule says (D8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assess.answers import Answer
from assess.framework.index_rules import Scaling
from assess.framework.indicator import Indicator, Number
from assess.language import Message, Words, say
from assess.problems import Problem

TOLERANCE = 1e-9
PLAIN = Scaling()
LONGEST = 30
_PLAIN = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "．": ".",
        "。": ".",
        "，": ",",
        "－": "-",
        "−": "-",
        "–": "-",
        "＋": "+",
        "％": "%",
        "\u3000": " ",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "'": ",",
        "’": ",",
    }
)
_NUMBER = re.compile(r"([+-]?)(\d+|\d{1,3}(?:[, ]\d{3})+)?(?:\.(\d*))?\s*%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """What an answer is worth before any rule on evidence.

    `state` is answered, na, nd or unanswered (the last with a `fault`). `score` 0–100, `level` 0–5, `x` the measured
    value of a number. `lowered` says what held the score down: a missing mandatory option, a missing confirmation.
    """

    state: Literal["answered", "na", "nd", "unanswered"]
    score: float | None = None
    level: int | None = None
    x: float | None = None
    fault: Problem | None = None
    doubt: Problem | None = None
    lowered: Message | None = None


def clean(text: str) -> str:
    """A typed number as a plain decimal string: full-width digits, separators of thousands and a percent sign go.

    "１，２３４．５ ％" becomes "1234.5". Trailing zeros stay as typed. Raises Problem number.unreadable for anything
    else (units, powers, words) and number.too-long beyond 30 digits.
    """
    trimmed = text.translate(_PLAIN).strip()
    match = _NUMBER.fullmatch(trimmed)
    if match is None or (match[2] is None and not match[3]):
        raise Problem(
            "number.unreadable",
            say("“{text}” cannot be read as a number.", text=text.strip()[:40]),
            say("Type digits only, for example 85.3."),
        )
    whole = re.sub(r"\D", "", match[2] or "0").lstrip("0") or "0"
    part = match[3] or ""
    if len(whole) + len(part) > LONGEST:
        raise Problem("number.too-long", say("The number has too many digits."), say("Check for a slip of the key."))
    number = f"{whole}.{part}" if part else whole
    return f"-{number}" if match[1] == "-" and number.strip("0.") else number


def level_of(score: float) -> int:
    """The level of a score: score ÷ 20, rounded down, with the tolerance of D14."""
    return min(5, int(score / 20 + TOLERANCE))


def value(
    indicator: Indicator, answer: Answer, *, grassroots: bool = False, checklist_cap: float | None = None
) -> Value:
    """The worth of one answer. `grassroots` reads a felt level 0–5 for items of any kind (townships and villages);
    `checklist_cap` is the framework's ceiling where a mandatory option is missing (60 if None)."""
    if answer.kind == "na":
        return Value("na")
    if answer.kind == "nd":
        return Value("nd")
    if grassroots and answer.kind == "level":
        return _felt(answer)
    if answer.kind != indicator.kind:
        return _fault("answer.wrong-kind", say("The answer does not fit the kind of this question."))
    match indicator.kind:
        case "level":
            return _level(indicator, answer)
        case "yesno":
            return _yesno(indicator, answer)
        case "multi":
            return checklist(indicator, answer.ticked, checklist_cap)
        case "number":
            return _number(indicator, answer)


def goalposts(number: Number, x: float) -> float:
    """100·clamp((x − zero) ÷ (full − zero)); one formula for both directions."""
    return 100.0 * min(1.0, max(0.0, (x - number.zero) / (number.full - number.zero)))


def scored(number: Number, x: float) -> float:
    """The score of one value on a scale that needs no other units beside it; the same as of a whole column."""
    scale = number.scaling
    if scale == PLAIN:
        return goalposts(number, x)
    import numpy as np

    from assess.measure.columns import normalise

    return float(normalise(number, np.array([x]))[0])


def checklist(indicator: Indicator, ticked: tuple[str, ...], cap: float | None = None) -> Value:
    """100 × ticked ÷ options, at most `cap` (60) where a mandatory option is missing. Empty is an answer (D55)."""
    keys = {option.key for option in indicator.options}
    if not keys or not keys.issuperset(ticked):
        return _fault("answer.unknown-option", say("An option ticked here is not one of this question."))
    score = 100.0 * len(set(ticked)) / len(keys)
    missing = tuple(option.key for option in indicator.options if option.required and option.key not in ticked)
    ceiling = 60.0 if cap is None else cap
    if missing and score > ceiling:
        lowered = say(
            "Mandatory options are missing ({options}): at most {cap} points.", options=missing, cap=figure(ceiling)
        )
        return Value("answered", ceiling, level_of(ceiling), lowered=lowered)
    return Value("answered", score, level_of(score))


def _felt(answer: Answer) -> Value:
    if answer.level is None or not 0 <= answer.level <= 5:
        return _fault("answer.no-such-level", say("There is no such level."))
    return Value("answered", answer.level * 20.0, answer.level)


def _level(indicator: Indicator, answer: Answer) -> Value:
    score = rubric_score(indicator, answer.level)
    if score is None:
        return _fault("answer.no-such-level", say("There is no such level."))
    return Value("answered", score, answer.level)


def rubric_score(indicator: Indicator, level: int | None) -> float | None:
    """What a level of a rubric is worth: its own score, else 100·level ÷ highest level; None for no such level."""
    if not indicator.levels:
        return 20.0 * level if level is not None and 0 <= level <= 5 else None
    step = next((one for one in indicator.levels if one.level == level), None)
    if step is None:
        return None
    return step.score if step.score is not None else 100.0 * step.level / max(one.level for one in indicator.levels)


def _yesno(indicator: Indicator, answer: Answer) -> Value:
    good = indicator.yesno.good if indicator.yesno else "yes"
    if answer.choice not in ("yes", "no"):
        return _fault("answer.incomplete", say("Neither yes nor no is chosen."))
    return Value("answered", 100.0, 5) if answer.choice == good else Value("answered", 0.0, 0)


def _number(indicator: Indicator, answer: Answer) -> Value:
    number = indicator.number
    assert number is not None, f"{indicator.code}: a number item without its scale"
    try:
        x = measured(number, answer)
    except Problem as problem:
        return Value("unanswered", fault=problem)
    if x is None:
        return _zero_denominator(indicator, number)
    if not number.scaling.alone:
        return _fault("number.compared", say("This item is scored by comparing units; one alone has no score."))
    score = scored(number, x)
    lowered = None
    confirmation = number.confirmation
    if confirmation is not None and answer.confirm != "yes" and score > confirmation.cap:
        score = confirmation.cap
        lowered = say("Not confirmed ({ask}): at most {cap} points.", ask=confirmation.ask, cap=figure(score))
    return Value("answered", score, level_of(score), x, doubt=_doubt(number, x), lowered=lowered)


def measured(number: Number, answer: Answer) -> float | None:
    """The measured value x = numerator ÷ denominator × factor, or the result as given; None for a denominator of 0.

    Raises Problem for every hard fault (D7).
    """
    factor = number.factor if number.factor is not None else 1.0
    if answer.numerator is None and answer.denominator is None:
        if answer.result is None:
            raise Problem("number.incomplete", say("No number is given."))
        x = _read(answer.result, number.negative)
        if number.kind == "ratio" and x > factor + TOLERANCE:
            raise Problem(
                "number.above-whole",
                say("{x} is more than the whole ({whole}).", x=figure(x), whole=figure(factor)),
                say("Check the figure: a part cannot be more than the whole."),
            )
        return x
    if answer.numerator is None:
        raise Problem("number.incomplete", say("The numerator is missing."), say("Fill in both figures."))
    upper = _read(answer.numerator, number.negative)
    if number.denominator is None:
        return upper * factor
    if answer.denominator is None:
        raise Problem("number.incomplete", say("The denominator is missing."), say("Fill in both figures."))
    lower = _read(answer.denominator)
    if number.kind == "ratio" and upper > lower + TOLERANCE:
        raise Problem(
            "number.numerator-above",
            say(
                "The numerator {upper} is larger than the denominator {lower}.",
                upper=figure(upper),
                lower=figure(lower),
            ),
            say("Check both figures: a part cannot be more than the whole."),
        )
    if lower == 0:
        return None
    return upper * factor / lower


def _zero_denominator(indicator: Indicator, number: Number) -> Value:
    match number.zero_denominator:
        case "nd":
            return Value("nd")
        case "na":
            return Value("na")
        case "zero":
            return Value("answered", 0.0, 0, 0.0)
        case _:
            return nothing_to_divide_by(indicator)


def nothing_to_divide_by(indicator: Indicator) -> Value:
    """The hard fault of a denominator of 0 where the item's rule does not allow for it."""
    rule = indicator.number.zero_denominator_words if indicator.number else Words()
    return Value(
        "unanswered",
        fault=Problem(
            "number.zero-denominator",
            say("The denominator must be above 0."),
            say("{rule}", rule=rule) if rule else None,
        ),
    )


def _doubt(number: Number, x: float) -> Problem | None:
    low, high = number.plausible
    if low - TOLERANCE <= x <= high + TOLERANCE:
        return None
    return Problem(
        "number.implausible",
        say("{x} is outside the usual range of {low} to {high}.", x=figure(x), low=figure(low), high=figure(high)),
        say("Check it; if it is right, say why in the explanation."),
    )


def _read(text: str, negative: bool = False) -> float:
    number = float(clean(text))
    if number < 0 and not negative:
        raise Problem(
            "number.negative", say("The number is negative."), say("No item admits a negative number; check the sign.")
        )
    return number


def _fault(code: str, text: Message) -> Value:
    return Value("unanswered", fault=Problem(code, text, say("Answer the question again.")))


def figure(number: float) -> str:
    """A number as people write it: ten digits at most after the point, no needless zeros, never a power of ten."""
    text = f"{number:.10f}".rstrip("0").rstrip(".") if abs(number) < 1e6 else f"{number:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

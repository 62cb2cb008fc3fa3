"""Questions that a CISO Assistant library puts under a requirement, in its older and its present shape.

Older: `question` with `question_choices` and `questions`, a list. Present: `questions` by name, each with `type`,
`text` and `choices` (`value`, and `add_score` or `compute_result` where the library scores by choices). Texts are by
language: the library's own, and Chinese and English where `translations` has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assess.interchange.foreign import line, number

RESULT = {"true": 1.0, "compliant": 1.0, "partially_compliant": 0.5, "false": 0.0, "non_compliant": 0.0}
APART = "not_applicable"
"""A choice that is no level: that something does not apply is a state of every item here."""
SINGLE = ("unique_choice", "single_choice")
MOST_LEVELS = 10

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """`worth` None where the library gives no score; `apart` where the choice says that nothing applies."""

    words: Words
    worth: float | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    text: Words
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """`questions` of one requirement; `steps` the levels of an item where its one question's choices carry scores."""

    questions: tuple[Question, ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()

    def text(self, language: str) -> str:
        return " ".join(words for one in self.questions if (words := one.text.get(language, "")))

    def told(self, language: str, described: bool) -> tuple[str, ...]:
        """What the note adds: questions that are not the item's own text, choices that are not its levels."""
        lines = []
        for one in self.questions:
            choices = [words for each in one.choices if (words := each.words.get(language, ""))]
            parts = [one.text.get(language, "")] if described else []
            if choices and not self.steps:
                parts.append(" / ".join(choices))
            if any(parts):
                lines.append(" — ".join(part for part in parts if part))
        return tuple(lines)


def asked(one: Mapping[str, Any], language: str) -> Asked:
    """The questions of one requirement; none where it has none."""
    questions = tuple(_listed(one, language))
    if len(questions) != 1 or questions[0].kind not in SINGLE:
        return Asked(questions)
    levels = [choice for choice in questions[0].choices if not choice.apart]
    worths = [choice.worth for choice in levels if choice.worth is not None]
    if not 2 <= len(levels) <= MOST_LEVELS or len(worths) != len(levels) or min(worths) >= max(worths):
        return Asked(questions)
    low, high = min(worths), max(worths)
    ordered = sorted(zip(worths, levels, strict=True), key=lambda pair: pair[0])
    return Asked(
        questions,
        tuple(
            {"level": place, "score": 100.0 * (worth - low) / (high - low), **choice.words}
            for place, (worth, choice) in enumerate(ordered)
        ),
    )


def worded(part: Mapping[str, Any], key: str, language: str) -> dict[str, str]:
    """One text in its own language, and in Chinese and English where it is translated."""
    out = {language: line(part.get(key))}
    translations = part.get("translations")
    for other in ("zh", "en"):
        told = translations.get(other) if isinstance(translations, Mapping) else None
        if isinstance(told, Mapping) and line(told.get(key)):
            out[other] = line(told[key])
    return {name: words for name, words in out.items() if words}


def _listed(one: Mapping[str, Any], language: str) -> list[Question]:
    """Every question, whatever the shape."""
    shared = one.get("question")
    given = one.get("questions")
    kind, choices = "", None
    if isinstance(shared, Mapping):
        kind, choices = line(shared.get("question_type")), shared.get("question_choices")
        given = shared.get("questions")
    listed = list(given.values()) if isinstance(given, Mapping) else given if isinstance(given, list) else []
    out = []
    for question in listed:
        if isinstance(question, Mapping) and line(question.get("text")):
            own = _choices(question.get("choices", choices), language)
            out.append(Question(line(question.get("type")) or kind, worded(question, "text", language), own))
    return out


def _choices(given: Any, language: str) -> tuple[Choice, ...]:
    out = []
    for one in given if isinstance(given, Sequence) and not isinstance(given, str) else ():
        if not isinstance(one, Mapping):
            if line(one):
                out.append(Choice({language: line(one)}))
            continue
        words = worded(one, "value", language)
        result = str(one.get("compute_result", "")).lower()
        worth = RESULT.get(result)
        if one.get("add_score") is not None:
            worth = number(one["add_score"])
        if words:
            out.append(Choice(words, worth, result == APART))
    return tuple(out)

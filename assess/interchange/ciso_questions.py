"""Questions that a CISO Assistant library puts under a requirement, in its older and its present shape.

Older: `question` with `question_choices` and `questions`, a list. Present: `questions` by name, each with `type`,
`text` and `choices` (`value`, and `add_score` or `compute_result` where the library scores by choices).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assess.interchange.foreign import line, number

RESULT = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """`questions` (text, choices); `steps` the levels of an item where one question's choices carry scores."""

    questions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()

    @property
    def text(self) -> str:
        return " ".join(text for text, _ in self.questions)

    def told(self, described: bool) -> tuple[str, ...]:
        """What the note adds: questions that are not the item's own text, choices that are not its levels."""
        lines = []
        for text, choices in self.questions:
            parts = [text] if described else []
            if choices and not self.steps:
                parts.append(" / ".join(choices))
            if parts:
                lines.append(" — ".join(parts))
        return tuple(lines)


def asked(one: Mapping[str, Any], language: str) -> Asked:
    """The questions of one requirement; none where it has none."""
    found = tuple(_listed(one))
    questions = tuple((text, tuple(words for words, _ in choices)) for _, text, choices in found)
    if len(found) != 1 or found[0][0] not in ("unique_choice", "single_choice"):
        return Asked(questions)
    scored = [(words, worth) for words, worth in found[0][2] if worth is not None]
    if not 2 <= len(scored) <= 10 or len(scored) != len(found[0][2]):
        return Asked(questions)
    low, high = min(worth for _, worth in scored), max(worth for _, worth in scored)
    if low >= high:
        return Asked(questions)
    ordered = sorted(scored, key=lambda pair: pair[1])
    steps = tuple(
        {"level": place, "score": 100.0 * (worth - low) / (high - low), language: words}
        for place, (words, worth) in enumerate(ordered)
    )
    return Asked(questions, steps)


def _listed(one: Mapping[str, Any]) -> list[tuple[str, str, list[tuple[str, float | None]]]]:
    """Kind, text and choices of every question, whatever the shape."""
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
            own = question.get("choices", choices)
            out.append((line(question.get("type")) or kind, line(question["text"]), _choices(own)))
    return out


def _choices(given: Any) -> list[tuple[str, float | None]]:
    out: list[tuple[str, float | None]] = []
    for one in given if isinstance(given, Sequence) and not isinstance(given, str) else ():
        words = line(one.get("value")) if isinstance(one, Mapping) else line(one)
        if not words:
            continue
        worth: float | None = None
        if isinstance(one, Mapping) and one.get("add_score") is not None:
            worth = number(one["add_score"])
        elif isinstance(one, Mapping) and one.get("compute_result") is not None:
            worth = RESULT.get(str(one["compute_result"]).lower())
        out.append((words, worth))
    return out

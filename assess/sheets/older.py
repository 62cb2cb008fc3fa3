"""Forms of an older version of the framework: which questions still ask the same, by what is printed on the form.

A new weight, another order or another list of evidence leaves an answer as good as it was. Where question, levels,
counting rule or parts read differently, the answer is a doubt: somebody has to say that it still holds (D28).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assess.answers import Answer, Cell, Json
from assess.framework.model import Framework
from assess.language import say
from assess.sheets import wording
from assess.sheets.form import Choice, Doubt
from assess.sheets.shape import HEAD, Shape, label
from assess.sheets.told import answer_told


@dataclass(slots=True)
class Printed:
    """The texts beside the answers of one item, as they stand on the form."""

    question: str = ""
    labels: dict[str, str] = field(default_factory=dict)


def asks_the_same(framework: Framework, shape: Shape, tier: str, language: str, printed: Printed) -> bool:
    """Whether the form asked of an item what the framework asks now. A form without its texts is no proof of it."""
    asked, _beside = wording.parts(framework, shape, tier, language)
    had = _plain(printed.question)
    if not had.startswith(_plain("".join(asked))):
        return False
    rest = had[len(_plain("".join(asked))) :]
    leads = [_plain(lead) for lead in wording.leads(language)]
    if rest and not any(rest.startswith(lead) for lead in leads):
        return False
    parts = {part for part in shape.parts if part != HEAD}
    return set(printed.labels) == parts and all(
        _plain(text) == _plain(label(shape, part, language)) for part, text in printed.labels.items()
    )


def to_confirm(
    framework: Framework, shape: Shape, value: Json | None, place: tuple[str, str], version: str
) -> Doubt | None:
    """The answer to a question that was changed, to be confirmed; None where the cell was emptied."""
    if value is None:
        return None
    answer = Answer.from_json(value)
    words = answer_told(framework, shape.item, answer)
    reason = say("The question reads differently now than in version {version}; does the answer still hold?",
                 version=version or "–")  # fmt: skip
    cell: Cell = (shape.code, "self")
    return Doubt(cell, *place, words.render("zh"), (Choice(value, words),), reason)


def _plain(text: str) -> str:
    return "".join(text.replace("_x005F_x", "_x").split())

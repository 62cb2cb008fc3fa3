"""Sheets filled in by townships and villages, kept as cells of one document: item "@sheet", one column per sheet.

A document thus holds two hundred sheets and stays one file that is mailed, merged, undone and verified like any other;
two people who key different sheets into copies of it lose nothing when the copies are merged. The value of a cell:

    {"tier", "number", "place", "answers": {code: level | [option keys] | "number"}, "checked", "way"}

A question left open has no entry. A village is never named (privacy rule of the framework): its place is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from assess.answers import Answer, Cell, Json, Sheet

ITEM = "@sheet"
VILLAGE = "村"
Way = Literal["paper", "screen", "table"]
Given = int | tuple[str, ...] | str
_COLUMN = re.compile(r"(?:(?P<origin>[0-9a-f]{8})\.)?(?P<tier>[^./]+)\.(?P<number>\d{1,9})\Z")


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet. `number` is the running number printed on the paper, 0 where a township answered on the screen.

    `origin` are the first eight digits of the document it came from, "" where it was keyed here. `answers` holds a
    felt level, a tuple of option keys, or a number as text. `checked`: keyed a second time and found the same.
    """

    tier: str
    number: int
    answers: Mapping[str, Given] = field(default_factory=dict)
    place: str = ""
    origin: str = ""
    way: Way = "paper"
    checked: bool = False

    @property
    def column(self) -> str:
        name = f"{self.tier}.{self.number:04d}"
        return f"{self.origin}.{name}" if self.origin else name

    @property
    def cell(self) -> Cell:
        return (ITEM, self.column)

    def to_json(self) -> dict[str, Json]:
        out: dict[str, Json] = {"tier": self.tier, "number": self.number, "way": self.way}
        out["answers"] = {
            code: list(given) if isinstance(given, tuple) else given for code, given in sorted(self.answers.items())
        }
        if self.place and self.tier != VILLAGE:
            out["place"] = self.place
        if self.checked:
            out["checked"] = True
        return out

    @staticmethod
    def from_json(column: str, value: Json) -> Filled | None:
        """The sheet of a cell; None where the cell has not the shape of one, as in a file that comes from outside."""
        found = _COLUMN.match(column)
        if found is None or not isinstance(value, Mapping) or not isinstance(value.get("answers"), Mapping):
            return None
        answers: dict[str, Given] = {}
        for code, given in value["answers"].items():
            if isinstance(given, (list, tuple)) and all(isinstance(one, str) for one in given):
                answers[str(code)] = tuple(given)
            elif isinstance(given, str) or (isinstance(given, int) and not isinstance(given, bool)):
                answers[str(code)] = given
        way = value.get("way")
        return Filled(
            tier=found["tier"],
            number=int(found["number"]),
            answers=answers,
            place=str(value.get("place") or "") if found["tier"] != VILLAGE else "",
            origin=found["origin"] or "",
            way=way if way in ("paper", "screen", "table") else "paper",
            checked=value.get("checked") is True,
        )

    def answer(self, code: str) -> Answer | None:
        """The answer as the documents of townships hold it; None where the question was left open."""
        given = self.answers.get(code)
        if given is None:
            return None
        if isinstance(given, int):
            return Answer.of_level(given)
        return Answer.of_ticks(given) if isinstance(given, tuple) else Answer.of_number(result=given)


def filled(sheet: Sheet) -> tuple[Filled, ...]:
    """Every sheet a document holds, those keyed here first, by level and number."""
    found = (Filled.from_json(column, value) for (item, column), value in sheet.cells.items() if item == ITEM and value)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.origin, one.tier, one.number)))


def keyed(sheet: Sheet, tier: str) -> dict[int, Filled]:
    """The sheets of one level that were keyed into this document, by number."""
    return {one.number: one for one in filled(sheet) if not one.origin and one.tier == tier}


def own(sheet: Sheet, codes: Iterable[str]) -> Filled | None:
    """What a township or village answered on the screen, as a sheet; None where nothing is answered."""
    answers: dict[str, Given] = {}
    for code in codes:
        answer = sheet.answer(code)
        if answer is None:
            continue
        if answer.kind == "level" and answer.level is not None:
            answers[code] = answer.level
        elif answer.kind == "multi":
            answers[code] = answer.ticked
        elif answer.kind == "number" and answer.result is not None:
            answers[code] = answer.result
    if not answers:
        return None
    return Filled(sheet.profile.tier, 0, answers, place=sheet.profile.unit, way="screen")


def moved(one: Filled, origin: str) -> Filled:
    """The same sheet in another document: it carries where it came from, so that taking it in twice changes nothing."""
    return replace(one, origin=one.origin or origin)


def next_number(sheet: Sheet, tier: str) -> int:
    """The number after the highest keyed so far, 1 to begin with."""
    return max(keyed(sheet, tier), default=0) + 1

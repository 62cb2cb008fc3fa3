"""Answers, evidence and the sheet: frozen values folded from the cells of a document.

A cell is a pair (item, column). Items are indicator codes, or one of the `@…` items for what belongs to the document.
Values are JSON. The columns of an indicator:

    self, review, review_2, third_party   an Answer
    previous, previous_note               the Answer of the period before and its note, to look at, never scored
    note, explanation                     text
    na_approved, skip_lifted              true
    target                                a score 0–100 (improvement target of this item)
    flag                                  true: to come back to
    assignment                            {"lead": text, "assisting": [text]}: who answers, instead of the framework's
    evidence/<id>                         an Evidence record, or null once withdrawn

Items of the document: `@profile`/<field>; `@redline`/<id> → {"state": "raised"|"confirmed"|"cleared", "reason": text};
`@bonus`/<n> → {"item", "matter", "document"}; `@deduction`/<n> → {"item", "matter", "points", "confirmed", "redline"};
`@sheet`/<level>.<number> → a sheet of a township or village (assess.grassroots.sheets); `@county`/<document> → the
results of a county taken in (assess.measure.counties); `@status`/reviewed → {"by", "at"};
`@check/<rule>`/explanation → text about a finding that belongs to no item;
`@rectification`/<code> → {"state": "open"|"done", "demand"}: returned by last period's review and not handed in again;
`@previous`/about → where the answers of last period come from (unit, year, base_date, mode, version, file, reviewed).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Literal

Cell = tuple[str, str]
Json = Any
AnswerKind = Literal["level", "yesno", "number", "multi", "na", "nd"]
SCORING_COLUMNS = ("self", "review", "third_party")
ANSWER_COLUMNS = (*SCORING_COLUMNS, "review_2")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as given. Exactly the fields of its kind are set.

    Numbers are cleaned decimal strings ("85.3"), so that what was typed is what is kept; `result` is a number given
    without its parts. `ticked` is sorted option keys; empty means "none of these" and is an answer (D55).
    `conditions` are ticked rubric conditions "level.index" from 1 ("4.2"). `reason` explains na and nd.
    """

    kind: AnswerKind
    level: int | None = None
    choice: Literal["yes", "no"] | None = None
    ticked: tuple[str, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    result: str | None = None
    confirm: Literal["yes", "no"] | None = None
    source: str = ""
    conditions: tuple[str, ...] = ()
    reason: str = ""

    def to_json(self) -> dict[str, Json]:
        """Only what is set; `kind` always, `ticked` always for checklists."""
        out: dict[str, Json] = {"kind": self.kind}
        for spec in fields(self)[1:]:
            value = getattr(self, spec.name)
            if value not in (None, "", ()) or (spec.name == "ticked" and self.kind == "multi"):
                out[spec.name] = list(value) if isinstance(value, tuple) else value
        return out

    @staticmethod
    def from_json(data: Mapping[str, Json]) -> Answer:
        known = {spec.name for spec in fields(Answer)}
        values: dict[str, Json] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known
        }
        return Answer(**values)

    @staticmethod
    def of_level(level: int, conditions: Iterable[str] = ()) -> Answer:
        return Answer("level", level=level, conditions=tuple(conditions))

    @staticmethod
    def of_choice(choice: Literal["yes", "no"]) -> Answer:
        return Answer("yesno", choice=choice)

    @staticmethod
    def of_ticks(ticked: Iterable[str]) -> Answer:
        return Answer("multi", ticked=tuple(sorted(ticked)))

    @staticmethod
    def of_number(
        numerator: str | None = None,
        denominator: str | None = None,
        result: str | None = None,
        confirm: Literal["yes", "no"] | None = None,
        source: str = "",
    ) -> Answer:
        return Answer(
            "number", numerator=numerator, denominator=denominator, result=result, confirm=confirm, source=source
        )

    @staticmethod
    def not_applicable(reason: str) -> Answer:
        return Answer("na", reason=reason)

    @staticmethod
    def no_data(reason: str = "") -> Answer:
        return Answer("nd", reason=reason)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A registered piece of evidence. Only the name is needed; the file (`digest`, SHA-256 hex) is optional.

    `options` limits it to options of a checklist (empty: the whole item). `grade` A–D. `date` is ISO or as typed.
    `kind` is the kind of the item's list it was registered under, `voucher` who vouches for it. Records of one id in
    several items are one piece (assess.register). `in_force` marks a standing document, of any date.
    """

    id: str
    name: str
    number: str = ""
    date: str = ""
    pages: str = ""
    place: str = ""
    options: tuple[str, ...] = ()
    grade: str = ""
    in_force: bool = False
    digest: str = ""
    file_name: str = ""
    size: int = 0
    kind: str = ""
    voucher: str = ""

    def to_json(self) -> dict[str, Json]:
        out: dict[str, Json] = {}
        for spec in fields(self):
            value = getattr(self, spec.name)
            if spec.name != "id" and value not in ("", (), False, 0):
                out[spec.name] = list(value) if isinstance(value, tuple) else value
        return out

    @staticmethod
    def from_json(id: str, data: Mapping[str, Json]) -> Evidence:  # noqa: A002
        known = {spec.name for spec in fields(Evidence)}
        values: dict[str, Json] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in data.items()
            if key in known and key != "id"
        }
        return Evidence(id=id, **values)


Role = Literal["master", "issued", "returned"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document says of itself (D1). `tier` is 市/县/乡/村; `unit_kind` county, district, county_city, banner.

    `scope` None means every item of the tier (D52). `region` east/central/west/northeast or free text, `size` a size
    class word (超大…Ⅱ型小), `population` permanent residents of the urban area in 10,000. `sample` marks fiction.
    `weights` is the id of the scenario of weights chosen ("": the framework's own), see `framework.settled`.
    """

    unit: str
    code: str = ""
    tier: str = "市"
    unit_kind: str = ""
    mode: str = "formal"
    role: Role = "master"
    base_date: str = ""
    year: int | None = None
    region: str = ""
    size: str = ""
    population: float | None = None
    counties: int | None = None
    no_counties: bool = False
    blend_counties: bool = False
    scope: tuple[str, ...] | None = None
    sample: bool = False
    compiled_by: str = ""
    prepared_for: str = ""
    blurb: str = ""
    parameters: Mapping[str, Json] = field(default_factory=dict)
    weights: str = ""

    def to_json(self) -> dict[str, Json]:
        out: dict[str, Json] = {}
        for spec in fields(self):
            value = getattr(self, spec.name)
            if value not in (None, "", (), False) and value != {}:
                out[spec.name] = (
                    list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
                )
        return out

    @staticmethod
    def from_json(data: Mapping[str, Json]) -> Profile:
        known = {spec.name for spec in fields(Profile)}
        values: dict[str, Json] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known
        }
        return Profile(**{"unit": "", **values})


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a document holds at one moment: the fold of its events. Immutable; the input of `score`."""

    profile: Profile
    cells: Mapping[Cell, Json] = field(default_factory=lambda: MappingProxyType({}))

    @staticmethod
    def of(profile: Profile, answers: Mapping[str, Answer] | None = None, column: str = "self") -> Sheet:
        """A sheet from plain answers, for tests, tables and what-if calculations."""
        cells = {(code, column): answer.to_json() for code, answer in (answers or {}).items()}
        return Sheet(profile, MappingProxyType(cells))

    def with_cells(self, changes: Mapping[Cell, Json]) -> Sheet:
        """A new sheet with some cells set (None removes the cell)."""
        cells = {**self.cells, **changes}
        return replace(self, cells=MappingProxyType({key: value for key, value in cells.items() if value is not None}))

    def answer(self, code: str, column: str = "self") -> Answer | None:
        value = self.cells.get((code, column))
        return Answer.from_json(value) if value is not None else None

    def answers(self, column: str = "self") -> dict[str, Answer]:
        return {
            item: Answer.from_json(value)
            for (item, where), value in self.cells.items()
            if where == column and not item.startswith("@")
        }

    def evidence(self, code: str) -> tuple[Evidence, ...]:
        found = [
            (where, value)
            for (item, where), value in self.cells.items()
            if item == code and where.startswith("evidence/") and value is not None
        ]
        return tuple(
            Evidence.from_json(where.removeprefix("evidence/"), value)
            for where, value in sorted(found, key=lambda pair: pair[0])
        )

    def text(self, code: str, column: str = "note") -> str:
        value = self.cells.get((code, column))
        return str(value) if value else ""

    def flag(self, code: str, column: str) -> bool:
        return bool(self.cells.get((code, column)))

    def items(self, item: str) -> dict[str, Json]:
        """Columns of one `@…` item, in the order of their names."""
        found = [
            (column, value) for (which, column), value in self.cells.items() if which == item and value is not None
        ]
        return dict(sorted(found, key=lambda pair: pair[0]))

    @property
    def status(self) -> Literal["reviewed", "draft"]:
        return "reviewed" if self.cells.get(("@status", "reviewed")) else "draft"

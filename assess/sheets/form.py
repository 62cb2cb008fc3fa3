"""What reading a form gives: frozen values, nothing changed anywhere. Doubtful cells carry what they could mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assess.answers import Answer, Cell, Evidence, Json
from assess.language import Message, say
from assess.problems import Finding, Problem
from assess.sheets.identity import Identity
from assess.store.events import Author

Standing = Literal["ours", "foreign", "other_assessment", "other_framework", "older_framework", "altered"]
LEAVE = -1
"""A choice: what the document has stays."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who filled the form in; empty where nothing was written."""

    unit: str = ""
    filler: str = ""
    post: str = ""
    phone: str = ""
    approver: str = ""
    head: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a doubtful cell: the value for the document (None empties it) and what that is in words."""

    value: Json | None
    words: Message


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that can be read in several ways, or in none. `options[0]` is our reading where `read` is true.

    `target` is the cell of the document. Two doubtful cells of one answer share target and options: one choice
    answers for both.
    """

    target: Cell
    sheet: str
    cell: str
    typed: str
    options: tuple[Choice, ...]
    reason: Message
    read: bool = True

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it came back.

    `values` holds the cells that say something else than when the form was issued, as far as they are certain;
    `evidence` the pieces that are new or say something else. `missing` are items asked whose rows are gone. `digest`
    is over what was read, so that two copies can be told apart. `changed` are items that ask something else now than on
    this form of an older version; their answers are doubts.
    """

    path: Path
    standing: Standing
    identity: Identity | None
    cover: Cover = Cover()
    values: Mapping[Cell, Json | None] = field(default_factory=dict)
    evidence: Mapping[Cell, Evidence] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Finding, ...] = ()
    base: Mapping[Cell, Json] = field(default_factory=dict)
    places: Mapping[Cell, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    digest: str = ""
    changed: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """Every answer that stands on the form for certain: what was there when it was issued, and what changed."""
        doubtful = {doubt.target for doubt in self.doubts}
        cells = {**self.base, **self.values}
        return {
            code: Answer.from_json(value)
            for (code, column), value in cells.items()
            if column == "self" and value is not None and (code, column) not in doubtful
        }

    @property
    def author(self) -> Author:
        """The person who filled the form in, as the author of what it changes."""
        return Author(name=self.cover.filler, unit=self.cover.unit, post=self.cover.post, role="filler")

    @property
    def problem(self) -> Problem | None:
        """Why the form may not be taken in without asking; None where it belongs here."""
        match self.standing:
            case "ours":
                return None
            case "foreign":
                return Problem(
                    "sheets.foreign",
                    say("{name} does not say which assessment it belongs to.", name=self.path.name),
                    say(
                        "Its hidden sheet is gone, or it was made elsewhere. Compare the differences before taking it."
                    ),
                )
            case "other_assessment":
                return Problem(
                    "sheets.other-assessment",
                    say("{name} is a form of another assessment: {unit}.", name=self.path.name, unit=self._unit),
                    say("Open the document it was issued from and take it in there."),
                )
            case "other_framework":
                return Problem(
                    "sheets.other-framework",
                    say("{name} is a form of another framework: {code}.", name=self.path.name, code=self._framework),
                    say("Its questions are not those of this document; ask the unit for the right form."),
                )
            case "older_framework":
                return Problem(
                    "sheets.older-framework",
                    say("{name} was made with another version of the framework: {version}.", name=self.path.name,
                        version=self._version),
                    say("Questions may have changed. Issue the form anew, or compare every difference before "
                    "taking it."),
                )  # fmt: skip
            case "altered":
                return Problem(
                    "sheets.altered",
                    say("The hidden marks of {name} have been changed.", name=self.path.name),
                    say("Ask the unit for the form as it was issued, or compare every difference before taking it."),
                )

    @property
    def _unit(self) -> str:
        return (self.identity.unit if self.identity is not None else "") or self.cover.unit or "–"

    @property
    def _framework(self) -> str:
        return self.identity.framework if self.identity is not None else "–"

    @property
    def _version(self) -> str:
        return (self.identity.framework_version if self.identity is not None else "") or "–"

"""Reading a form: which assessment it belongs to, what it says, and where it is in doubt. Nothing is changed by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from uuid import UUID

from assess.answers import Answer, Cell, Evidence, Json
from assess.framework.model import Framework
from assess.language import LANGUAGES, Message, say
from assess.problems import Finding, Problem
from assess.sheets import entries, formats, tables
from assess.sheets.form import Choice, Cover, Doubt, Form, Standing
from assess.sheets.identity import Identity, from_rows
from assess.sheets.interpret import interpret, same
from assess.sheets.older import Printed, asks_the_same, to_confirm
from assess.sheets.opened import Opened, open_book
from assess.sheets.shape import REASON, STATE, Shape, key_of, label, shape_of
from assess.sheets.tables import Line, Spot

_BESIDE = {"state": STATE, "reason": REASON}


def read(path: Path, framework: Framework, assessment: UUID | str | None = None) -> Form:
    """A form as it came back, against the framework of the document (`assessment`: its UUID, to tell if it is ours).

    Problems: those of opening (sheets.absent, .kind, .locked, .unreadable, .too-large), and sheets.foreign where there
    is neither an identity nor a table of questions.
    """
    book = open_book(path)
    identity, sound = _identity(book)
    reader = _Reader(book, framework, identity)
    reader.rows()
    if identity is None and not reader.found:
        raise Problem(
            "sheets.foreign",
            say("{name} is not a form of this program.", name=path.name),
            say("Take the file that the unit sent back; a table of answers is read with “zhiheng answer”."),
        )
    reader.items()
    standing = _standing(identity, sound, framework, assessment)
    if standing == "older_framework":
        reader.confirm()
    cover = _cover(book)
    pieces = entries.read(book, framework, identity, cover.unit)
    doubts = (*reader.doubts, *pieces.doubts)
    findings = (*reader.findings, *pieces.findings, *_comments(book))
    digest = _digest(identity, reader.values, pieces.pieces, doubts)
    return Form(
        path, standing, identity, cover, reader.values, pieces.pieces, doubts,
        findings, dict(identity.base) if identity is not None else {}, {**reader.places, **pieces.places},
        tuple(reader.missing), digest, tuple(reader.changed),
    )  # fmt: skip


def _digest(
    identity: Identity | None,
    values: Mapping[Cell, Json | None],
    pieces: Mapping[Cell, Evidence],
    doubts: tuple[Doubt, ...],
) -> str:
    """Over what the form says, not over the bytes of the file: two copies saved by different programs are equal."""
    said: dict[Cell, Json | None] = {**(identity.base if identity is not None else {}), **values}
    said |= {cell: piece.to_json() for cell, piece in pieces.items()}
    typed = [[*doubt.target, doubt.typed] for doubt in doubts]
    content = [sorted(([*cell, value] for cell, value in said.items()), key=lambda row: row[:2]), typed]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _identity(book: Opened) -> tuple[Identity | None, bool]:
    page = tables.identity_page(book)
    if page is None:
        return None, False
    rows = [[cell if isinstance(cell, str) else page.text(row, column) for column, cell in enumerate(cells)]
            for row, cells in enumerate(page.rows)]  # fmt: skip
    return from_rows(rows)


def _standing(identity: Identity | None, sound: bool, framework: Framework, assessment: UUID | str | None) -> Standing:
    if identity is None:
        return "foreign"
    if identity.framework != framework.code:
        return "other_framework"
    if assessment is not None and identity.assessment != str(assessment):
        return "other_assessment"
    if not sound:
        return "altered"
    return "ours" if identity.framework_digest == framework.digest else "older_framework"


def _cover(book: Opened) -> Cover:
    found = {name: spot.text for name, spot in tables.cover(book)}
    return Cover(**{spec.name: " ".join(found.get(spec.name, "").split()) for spec in fields(Cover)})


def _comments(book: Opened) -> list[Finding]:
    """Comments are shown, since somebody wrote them; they are no part of any answer."""
    return [
        Finding("hint", "sheets.comment", f"{sheet}!{cell}", "", say("Comment: {text}", text=text[:300]),
                say("Comments are not taken in; copy what matters into the notes."))
        for sheet, cell, text in formats.comments(book)
        if text
    ]  # fmt: skip


@dataclass(slots=True)
class _Reader:
    """Collects the rows of all sheets, then reads item after item."""

    book: Opened
    framework: Framework
    identity: Identity | None
    found: dict[str, dict[str, list[Spot]]] = field(default_factory=dict)
    early: dict[str, list[tuple[Spot, Message]]] = field(default_factory=dict)
    values: dict[Cell, Json | None] = field(default_factory=dict)
    places: dict[Cell, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    printed: dict[str, Printed] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    tier: str = ""
    last: str = ""

    def __post_init__(self) -> None:
        tier = self.tier = (self.identity.tier if self.identity is not None else "") or _tier(self.framework)
        for code, item in self.framework.indicators.items():
            shape = shape_of(self.framework, item, tier)
            self.shapes[code] = shape
            self.codes[tables.plain_code(code)] = code
            for part in ("", *shape.parts):
                self.keys[key_of(code, part)] = (code, part)

    # Rows

    def rows(self) -> None:
        for line in tables.questions(self.book):
            self._row(line)

    def _row(self, line: Line) -> None:
        key = line.text("key")
        shown = tables.code_in(line.text("code"), self.codes)
        code, part = self.keys.get(key, ("", ""))
        if code and shown and shown != code:
            spot = line.spot("code")
            if spot is not None:
                self.early.setdefault(shown, []).append(
                    (spot, say("The row was moved: its hidden mark belongs to {code}.", code=code))
                )
            code, part = shown, self._part(shown, line)
        elif not code and shown:
            code, part = shown, self._part(shown, line)
        if not code:
            if self.last and not key and not shown and not line.text("code"):
                self.printed[self.last].question += line.text("question")
            self._stray(line, key or line.text("code"))
            return
        self._read(code, part, line.text("question"))
        parts = self.found.setdefault(code, {})
        for role, name in (("answer", part), *_BESIDE.items(), ("note", "note")):
            if name in (STATE, REASON, "note") and part and part in self.shapes[code].parts:
                continue
            spot = line.spot(role)
            if spot is not None:
                parts.setdefault(name, []).append(spot)

    def _read(self, code: str, part: str, text: str) -> None:
        """What is printed in a row of the form."""
        printed = self.printed.setdefault(code, Printed())
        self.last = code if not part else ""
        if part:
            printed.labels[part] = text
        else:
            printed.question += text

    def confirm(self) -> None:
        """Answers to questions that read differently now become doubts."""
        assert self.identity is not None
        language, version = self.identity.language, self.identity.framework_version
        for code in self.found:
            shape = self.shapes[code]
            if asks_the_same(self.framework, shape, self.tier, language, self.printed[code]):
                continue
            self.changed.append(code)
            cell = (code, "self")
            if cell in self.values:
                sheet, _, place = self.places[cell].rpartition("!")
                doubt = to_confirm(self.framework, shape, self.values.pop(cell), (sheet, place), version)
                self.doubts += [doubt] if doubt is not None else []

    def _part(self, code: str, line: Line) -> str:
        """Which part of an answer a row holds, by its label, where the hidden mark is gone."""
        text = _folded(line.text("question"))
        shape = self.shapes[code]
        for part in shape.parts:
            if part and any(_folded(label(shape, part, language)) == text for language in LANGUAGES):
                return part
        for part in shape.parts:
            if (
                part
                and text
                and any(text.startswith(_folded(label(shape, part, language))[:6]) for language in LANGUAGES)
            ):
                return part
        return ""

    def _stray(self, line: Line, named: str) -> None:
        """A row of no item of ours: told where something was written into it."""
        typed = [spot for role in ("answer", "reason", "note") if (spot := line.spot(role)) is not None and spot.text]
        if not typed:
            return
        place = typed[0].place
        if named:
            text = say("The document has no item {code}; this row was not taken.", code=named[:40])
        else:
            text = say("“{typed}” stands in a row without an item; it was not taken.", typed=typed[0].text[:60])
        self.findings.append(
            Finding("warning", "sheets.stray", place, named[:40], text, say("Write it beside the item it belongs to."))
        )

    # Items

    def items(self) -> None:
        percent = self._percent()
        expected = self.identity.items if self.identity is not None else ()
        base = self.identity.base if self.identity is not None else {}
        language = self.identity.language if self.identity is not None else None
        for code in self.framework.indicators:
            if code in self.found:
                self._item(code, base, language, percent)
        self.missing = [code for code in expected if code not in self.found]
        gone = [code for code in self.missing if code in self.framework.indicators]
        if gone:
            self.findings.append(
                Finding("warning", "sheets.rows-missing", self.book.path.name, "",
                        say("Rows of the form are gone: {codes}.", codes=_few(gone)),
                        say("These items stay as they are in the document."))
            )  # fmt: skip
        unknown = [code for code in self.missing if code not in self.framework.indicators]
        if unknown:
            self.findings.append(
                Finding("warning", "sheets.unknown", self.book.path.name, "",
                        say("The document does not ask these items of the form: {codes}.", codes=_few(unknown)))
            )  # fmt: skip

    def _item(self, code: str, base: Mapping[Cell, Json], language: str | None, percent: frozenset[object]) -> None:
        shape = self.shapes[code]
        spots, early = self._one_of_each(code)
        note = spots.pop("note", None)
        answering = {part: spot for part, spot in spots.items() if part in (*shape.parts, STATE, REASON)}
        if not answering:
            return
        before = base.get((code, "self"))
        outcome = interpret(
            self.framework, shape, answering, Answer.from_json(before) if before is not None else None,
            lambda spot: (spot.page.name, spot.row, spot.column) in percent, language, tuple(early),
        )  # fmt: skip
        cell = (code, "self")
        self.places[cell] = outcome.place
        if outcome.doubts:
            self.doubts += outcome.doubts
        elif outcome.touched:
            self.values[cell] = outcome.answer.to_json() if outcome.answer is not None else None
        if note is not None:
            self._note(code, note, str(base.get((code, "note")) or ""))

    def _note(self, code: str, spot: Spot, before: str) -> None:
        cell = (code, "note")
        if same(spot.text, before):
            return
        self.places[cell] = spot.place
        if spot.text:
            self.values[cell] = spot.text
            return
        options = (Choice(None, say("leave it blank")),)
        reason = say("There was a note here; now the cell is blank.")
        self.doubts.append(Doubt(cell, spot.page.name, spot.cell, "", options, reason, read=False))

    def _one_of_each(self, code: str) -> tuple[dict[str, Spot], list[tuple[Spot, Message]]]:
        """One cell for each part. A part found twice counts once where both say the same, else it is a doubt."""
        early = list(self.early.get(code, ()))
        out: dict[str, Spot] = {}
        for part, spots in self.found[code].items():
            filled = [spot for spot in spots if spot.text]
            texts = {spot.text for spot in filled}
            out[part] = filled[0] if filled else spots[0]
            if len(texts) > 1:
                early += [
                    (spot, say("This item stands on the form more than once, with different answers: here “{typed}”.",
                               typed=spot.text[:60]))
                    for spot in filled
                ]  # fmt: skip
            if out[part].spread and out[part].text and part not in (REASON, "note"):
                early.append(
                    (out[part], say("The cell is merged with others above; its text was taken for this row too."))
                )
        return out, early

    def _percent(self) -> frozenset[object]:
        """Cells under a percent format, looked up only where a fraction stands for a percentage."""
        asked = [
            (spot.page.name, spot.row, spot.column)
            for code, parts in self.found.items()
            if self.shapes[code].kind in ("single", "ratio")
            for part in ("", "result")
            for spot in parts.get(part, ())
            if isinstance(spot.raw, float) and not isinstance(spot.raw, bool) and 0 < abs(spot.raw) <= 10
        ]
        return frozenset(formats.percent_cells(self.book, asked))


def _tier(framework: Framework) -> str:
    return str(framework.view[0]) if framework.view else "市"


def _folded(text: str) -> str:
    return "".join(text.split()).replace("：", ":").casefold()


def _few(codes: list[str], most: int = 12) -> tuple[str, ...]:
    return tuple(codes) if len(codes) <= most else (*codes[:most], "…")

"""The register of evidence read back: pieces that are new, pieces that say something else, lines nobody can place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assess.answers import Cell, Evidence, Json
from assess.framework.model import Framework
from assess.language import LANGUAGES, say
from assess.problems import Finding
from assess.sheets import tables
from assess.sheets.form import Choice, Doubt
from assess.sheets.identity import Identity
from assess.sheets.interpret import same
from assess.sheets.levels import plain
from assess.sheets.opened import Opened
from assess.sheets.register import texts_of
from assess.sheets.tables import Line
from assess.sheets.told import told

FIELDS = ("number", "date", "pages", "place")
SHOWN = ("name", *FIELDS, "options", "grade", "in_force")
"""Fields of a piece that the register shows; the others stay as the document has them."""


@dataclass(slots=True)
class Register:
    """What the register came to."""

    pieces: dict[Cell, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    places: dict[Cell, str] = field(default_factory=dict)


def read(book: Opened, framework: Framework, identity: Identity | None, unit: str) -> Register:
    """Every filled line of the register. A line keeps its piece by its hidden mark, else by item, name and number."""
    out = Register()
    codes = {tables.plain_code(code): code for code in framework.indicators}
    base = identity.base if identity is not None else {}
    language = identity.language if identity is not None else "zh"
    for line in tables.register(book):
        _line(out, line, framework, codes, base, language)
    return out


def _line(
    out: Register, line: Line, framework: Framework, codes: Mapping[str, str], base: Mapping[Cell, Json], language: str
) -> None:
    name, typed = line.text("material"), line.text("code")
    code = tables.code_in(typed, codes) or _by_name(framework, typed)
    mark = line.text("id")
    known = base.get((code, f"evidence/{mark}")) if mark and code is not None else None
    before = Evidence.from_json(mark, known) if known is not None else None
    if code is not None and before is not None and _untouched(framework, code, before, line, language):
        return
    spot = line.spot("material")
    if not name or spot is None:
        _nameless(out, line)
        return
    if code is None:
        out.findings.append(
            Finding("warning", "sheets.evidence-item", spot.place, typed[:40],
                    say("This piece of evidence names no item of the document: “{name}”.", name=name[:60]),
                    say("Choose the item from the list in the first column."))
        )  # fmt: skip
        return
    piece = _piece(framework, code, line, before)
    if before is None:
        piece = replace(piece, id=new_id(code, piece))
    cell = (code, f"evidence/{piece.id}")
    if cell in out.pieces and out.pieces[cell] == piece:
        return
    grade = line.text("grade")
    if grade and not piece.grade and framework.evidence_grades:
        found = line.spot("grade")
        assert found is not None
        options = tuple(
            Choice(replace(piece, grade=one).to_json(), told(framework, cell, replace(piece, grade=one).to_json()))
            for one in ("", *framework.evidence_grades)
        )
        out.doubts.append(
            Doubt(cell, found.page.name, found.cell, grade, options, say("There is no such grade; it was left out."))
        )
        out.places[cell] = spot.place
        return
    out.pieces[cell] = piece
    out.places[cell] = spot.place


def _nameless(out: Register, line: Line) -> None:
    filled = [spot for role in ("number", "date", "pages", "place") if (spot := line.spot(role)) is not None
              and spot.text and not spot.spread]  # fmt: skip
    if filled:
        out.findings.append(
            Finding("warning", "sheets.evidence-name", filled[0].place, "",
                    say("A piece of evidence without a name; it was not taken."),
                    say("Enter the name of the document, meeting record or system page."))
        )  # fmt: skip


def _untouched(framework: Framework, code: str, before: Evidence, line: Line, language: str) -> bool:
    issued = texts_of(framework, code, before, language)
    return all(
        same(line.text(role), issued[role])
        for role in issued
        if role not in ("id", "code") and role in line.columns
    )  # fmt: skip


def _piece(framework: Framework, code: str, line: Line, before: Evidence | None) -> Evidence:
    keys = {option.key.upper(): option.key for option in framework.indicators[code].options}
    typed = unicodedata.normalize("NFKC", line.text("options")).upper()
    parts = [part for part in re.split(r"[^0-9A-Z_]+", typed) if part]
    if any(part not in keys for part in parts):
        parts = [sign for part in parts for sign in ([part] if part in keys else part)]
    values: dict[str, Json] = {name: line.text(name) for name in FIELDS if name in line.columns}
    values["name"] = line.text("material")
    if "options" in line.columns:
        values["options"] = tuple(sorted({keys[part] for part in parts if part in keys}))
    if "grade" in line.columns:
        letter = unicodedata.normalize("NFKC", line.text("grade")).strip().upper()[:1]
        values["grade"] = letter if letter in framework.evidence_grades or not framework.evidence_grades else ""
    if "standing" in line.columns:
        word = re.sub(r"\s+", "", line.text("standing")).lower()
        values["in_force"] = plain(word) == "yes" or word.startswith(("长期", "有效", "是"))
    return replace(before, **values) if before is not None else Evidence(id="", **values)


def _by_name(framework: Framework, typed: str) -> str | None:
    """An item named by its words instead of its code."""
    word = re.sub(r"\s+", "", typed).casefold()
    if not word:
        return None
    found = [
        code
        for code, item in framework.indicators.items()
        if any(re.sub(r"\s+", "", item.name.to(language)).casefold() == word for language in LANGUAGES)
    ]
    return found[0] if len(found) == 1 else None


def new_id(code: str, piece: Evidence) -> str:
    """A name for a new piece, drawn from its words, so that reading a form twice registers it once."""
    return hashlib.sha256(f"{code}\n{piece.name}\n{piece.number}".encode()).hexdigest()[:16]

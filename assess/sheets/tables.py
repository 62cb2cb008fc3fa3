"""Finding questions, evidence and cover fields on sheets whose rows and columns people have moved and merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assess.exchange.headings import bare
from assess.sheets.opened import Opened, Page, Raw, text_of
from assess.sheets.terms import COVER, FIELDS, HEADINGS, IDENTITY, LISTS, REGISTER, known

TABLES: Mapping[str, Mapping[str, str]] = {
    "questions": known(HEADINGS),
    "register": known(REGISTER),
    "cover": known(FIELDS),
}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\s*[.．。]\s*\d+)*")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell found: its page, row, column and what stands there; `spread` where a merged cell lent its value."""

    page: Page
    row: int
    column: int
    raw: Raw
    text: str
    spread: bool = False

    @property
    def cell(self) -> str:
        return self.page.cell(self.row, self.column)

    @property
    def place(self) -> str:
        return self.page.place(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its page and number, and the column of every role."""

    page: Page
    row: int
    columns: Mapping[str, int]

    def spot(self, role: str) -> Spot | None:
        """The cell of a role; None where the table has no such column. Cells merged downwards lend their value."""
        column = self.columns.get(role)
        if column is None:
            return None
        raw, spread = self.page.value(self.row, column), False
        if raw is None and (self.row, column) in self.page.merged:
            top, left = self.page.merged[self.row, column]
            if left == column and top != self.row:
                raw, spread = self.page.value(top, left), True
        return Spot(self.page, self.row, column, raw, text_of(raw), spread)

    def text(self, role: str) -> str:
        spot = self.spot(role)
        return spot.text if spot is not None else ""


def identity_page(book: Opened) -> Page | None:
    """The hidden sheet with the identity, by its name or by what it says."""
    for page in book.pages:
        if page.name.strip().casefold() == IDENTITY:
            return page
    return next((page for page in book.pages if page.text(0, 0) == "format"), None)


@lru_cache(maxsize=20_000)
def role_of(table: str, text: str) -> str | None:
    """What a heading or label says; forms of many units say the same, so answers are kept."""
    return TABLES[table].get(bare(text))


def lines(book: Opened, table: str, needs: tuple[str, ...]) -> Iterator[Line]:
    """The rows of every table whose headings name `needs`. A heading row further down begins a new table."""
    for page in book.pages:
        if page.name in (IDENTITY, LISTS):
            continue
        columns: Mapping[str, int] | None = None
        for row in range(len(page.rows)):
            found = _heading(page, row, table, needs)
            if found is not None:
                columns = found
            elif columns is not None and any(cell is not None for cell in page.rows[row]):
                yield Line(page, row, columns)


def _heading(page: Page, row: int, table: str, needs: tuple[str, ...]) -> Mapping[str, int] | None:
    found: dict[str, int] = {}
    for column, raw in enumerate(page.rows[row]):
        if isinstance(raw, str) and len(raw) <= 40:
            role = role_of(table, raw)
            if role is not None:
                found.setdefault(role, column)
    return found if all(need in found for need in needs) else None


def questions(book: Opened) -> Iterator[Line]:
    """Rows of the sheets of questions."""
    for line in lines(book, "questions", ("code", "answer")):
        if "material" not in line.columns:
            yield line


def register(book: Opened) -> Iterator[Line]:
    """Rows of the register of evidence."""
    yield from lines(book, "register", ("code", "material"))


def cover(book: Opened) -> Iterator[tuple[str, Spot]]:
    """Fields of the cover: the value stands to the right of its label, or behind a colon in the same cell."""
    titles = {COVER.zh, COVER.en}
    pages = [page for page in book.pages if page.name not in (IDENTITY, LISTS)]
    pages.sort(key=lambda page: page.name not in titles)
    seen: set[str] = set()
    for page in pages[:3]:
        for row in range(min(len(page.rows), 60)):
            for field, spot in _fields(page, row):
                if field not in seen:
                    seen.add(field)
                    yield field, spot


def _label(text: str) -> str | None:
    return role_of("cover", text) if len(text) <= 40 else None


def _fields(page: Page, row: int) -> Iterator[tuple[str, Spot]]:
    cells = page.rows[row]
    labels = {column: _label(raw) for column, raw in enumerate(cells) if isinstance(raw, str)}
    for column, field in labels.items():
        if field is None:
            continue
        for right in range(column + 1, len(cells)):
            if labels.get(right) is not None:
                break
            if cells[right] is not None:
                yield field, Spot(page, row, right, cells[right], text_of(cells[right]))
                break


def code_in(text: str, codes: Mapping[str, str]) -> str | None:
    """The item a cell names, whatever width, case and blanks it is written with; `codes` by their plain form."""
    folded = plain_code(text)
    if folded in codes:
        return codes[folded]
    normal = unicodedata.normalize("NFKC", text).strip()
    head = _CODE.match(normal)
    if head is not None and plain_code(head.group()) in codes:
        return codes[plain_code(head.group())]
    first = re.split(r"\s", normal, maxsplit=1)[0] if normal else ""
    return codes.get(plain_code(first))


def plain_code(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("。", ".").upper()

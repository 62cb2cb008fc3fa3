"""Looks of cells, made once per workbook and shared, and what every sheet has in common: paper, frame, protection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from assess.sheets import palette
from assess.sheets.extent import height, lines

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Look = Literal[
    "title", "subtitle", "head", "band", "text", "part", "center", "name", "write", "write_center", "field",
    "field_name", "figure", "plain", "line", "note", "strong", "quiet", "mark", "entry_mark",
    "foot",
]  # fmt: skip
TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class Face:
    """How one kind of cell looks."""

    size: float = palette.SIZE
    bold: bool = False
    head: bool = False
    ink: str = palette.INK
    fill: str = palette.PAPER
    frame: bool = True
    across: str = "left"
    down: str = "top"
    writable: bool = False
    text: bool = True
    indent: int = 0


def faces(size: float) -> dict[Look, Face]:
    """Every look at a type size of the body."""
    small = size - 1.5
    return {
        "title": Face(palette.LARGE, True, True, frame=False, across="center", down="center"),
        "subtitle": Face(palette.TITLE, False, True, palette.SECOND, frame=False, across="center", down="center"),
        "head": Face(size, True, True, fill=palette.SUNKEN, across="center", down="center"),
        "band": Face(size, True, True, fill=palette.BAND, frame=False, down="center"),
        "text": Face(size),
        "part": Face(size, down="center", indent=1),
        "center": Face(size, across="center", down="center"),
        "name": Face(size, head=True, down="center"),
        "write": Face(size, fill=palette.WRITE, writable=True, down="center"),
        "write_center": Face(size, fill=palette.WRITE, writable=True, across="center", down="center"),
        "field": Face(size + 1, fill=palette.WRITE, writable=True, down="center", indent=1),
        "field_name": Face(size + 1, head=True, fill=palette.SUNKEN, across="center", down="center"),
        "figure": Face(size, across="center", down="center", text=False),
        "plain": Face(size, frame=False, down="center"),
        "line": Face(size, ink=palette.SECOND, frame=False, down="center"),
        "note": Face(small, ink=palette.SECOND, frame=False, down="center"),
        "strong": Face(size, True, True, frame=False, down="center"),
        "quiet": Face(small, ink=palette.SECOND, fill=palette.CLOSED, across="center", down="center", text=False),
        "mark": Face(small, ink=palette.THIRD),
        "entry_mark": Face(small, ink=palette.THIRD, writable=True),
        "foot": Face(size, frame=False, down="bottom"),
    }


class Styles:
    """The looks of one workbook in one language. `put` sets a cell, always as text unless it is a formula."""

    def __init__(self, book: Workbook, language: str, size: float = palette.SIZE) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        self.language, self.size = language, size
        normal = Font(name=palette.MEASURE, sz=palette.MEASURE_SIZE, family=2)
        book._named_styles["Normal"].font = normal  # type: ignore[attr-defined]
        book._fonts[0] = normal  # type: ignore[attr-defined]
        self.faces = faces(size)
        self._made: dict[str, Any] = {}
        scratch = book.create_sheet("scratch")
        thin = Side(style="thin", color=palette.EDGE)
        for number, (look, face) in enumerate(self.faces.items(), 1):
            cell: Any = scratch.cell(number, 1)
            words = palette.HEAD if face.head else palette.BODY
            name, charset = words.to(language), palette.CHARSET[language]
            cell.font = Font(name=name, charset=charset, family=2, sz=face.size, b=face.bold, color=f"FF{face.ink}")
            cell.fill = PatternFill("solid", fgColor=f"FF{face.fill}")
            if face.fill == palette.PAPER:
                cell.fill = PatternFill()
            if face.frame:
                cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(
                horizontal=face.across,
                vertical=face.down,
                wrap_text=look not in ("band", "line", "mark", "entry_mark"),
                indent=face.indent,
            )
            cell.protection = Protection(locked=not face.writable)
            if face.text:
                cell.number_format = TEXT_FORMAT
            self._made[look] = cell._style
        book.remove(scratch)

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: Look, *, formula: bool = False) -> None:
        """One cell: its text as text whatever it begins with, or a formula of ours."""
        cell: Any = sheet.cell(row, column)
        cell._style = self._made[look]
        if text:
            cell.value = text if formula else safe(text)
            if not formula:
                cell.data_type = "s"

    def lines(self, text: str, width: float, look: Look = "text") -> int:
        """Lines that a text takes in a column of this width."""
        return len(lines(text, width, self.faces[look].size)) if text else 1

    def height(self, count: int, look: Look = "text") -> float:
        return height(count, self.faces[look].size, palette.LINE[self.language])


LONGEST = 32_000


def safe(text: str) -> str:
    """A text that a cell can hold: no control signs but line ends, escapes of the format escaped, not too long."""
    kept = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if _holds(sign))
    if "_x" in kept:
        import re

        kept = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", kept)
    if len(kept) <= LONGEST // 2:
        return kept
    units = kept.encode("utf-16-le")
    return kept if len(units) // 2 <= LONGEST else f"{units[: 2 * LONGEST].decode('utf-16-le', 'ignore')}…"


def _holds(sign: str) -> bool:
    code = ord(sign)
    if code < 0x20:
        return sign in "\n\t"
    return not (0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF, 0xFEFF, 0x2028, 0x2029))


def paper(sheet: Worksheet, *, landscape: bool, header: str, footer: str, number: str, repeat: int = 0) -> None:
    """A4 with page numbers; as wide as the page and as long as need be; `repeat` is the row printed on every page."""
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = "9", "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    properties = sheet.sheet_properties.pageSetUpPr
    if properties is None:
        from openpyxl.worksheet.properties import PageSetupProperties

        properties = sheet.sheet_properties.pageSetUpPr = PageSetupProperties()
    properties.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4 if landscape else 0.6
    margins.top, margins.bottom, margins.header, margins.footer = 0.65, 0.6, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
    if repeat:
        sheet.print_title_rows = f"{repeat}:{repeat}"
    head, foot = cast("Any", sheet.oddHeader), cast("Any", sheet.oddFooter)
    head.left.text, head.right.text = _code_free(header), _code_free(sheet.title)
    foot.left.text, foot.center.text = _code_free(number), footer
    for part in (head.left, head.right, foot.left, foot.center):
        part.size = 9
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100


def _code_free(text: str) -> str:
    """A text for a page header: no codes, one line, not too long, never a digit right after the type size."""
    line = " ".join(safe(text).split())[:80].replace("&", "&&")
    return f" {line}"


def protect(sheet: Worksheet, *, rows: bool = False) -> None:
    """Locked but for the cells to write in, without a password; column widths and row heights stay free."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = guard.formatCells = False
    if rows:
        guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False

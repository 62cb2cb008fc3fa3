"""The list of what was issued, as a workbook and as CSV, and passphrases on a sheet of their own.

Passphrases never stand on the list that goes along: the column is there to be ticked when they were handed over by
another way. What a person typed is written as text, never as a formula (D45).
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.language import LANGUAGES, Message, say
from assess.packages.preview import Parcel
from assess.packages.recipients import KIND_WORDS
from assess.store.verify import Digest

HEADINGS: tuple[tuple[Message, int], ...] = (
    (say("No."), 5),
    (say("Unit"), 24),
    (say("Kind"), 13),
    (say("Items"), 6),
    (say("Item codes"), 30),
    (say("Deadline"), 11),
    (say("File"), 30),
    (say("Digest"), 21),
    (say("Size (KB)"), 7),
    (say("Passphrase (handed over separately)"), 12),
    (say("Received by"), 10),
    (say("Date received"), 10),
)
Line = tuple[Parcel, str, str, int]  # parcel, file name, SHA-256, bytes


def rows(lines: Sequence[Line], language: str) -> list[list[str]]:
    """Heading and one row per package, all text."""
    assert language in LANGUAGES
    out = [[heading.render(language) for heading, _ in HEADINGS]]
    separate, none = say("separately").render(language), say("none").render(language)
    for number, (parcel, file, digest, size) in enumerate(lines, 1):
        out.append(
            [
                str(number),
                " ".join(parcel.recipient.name.split()),
                KIND_WORDS[parcel.recipient.kind].render(language),
                str(len(parcel.items)),
                _codes(parcel, language),
                parcel.deadline,
                file,
                Digest(digest).printed if digest else "",
                str(-(-size // 1024)),
                separate if parcel.encrypted else none,
                "",
                "",
            ]
        )
    return out


def to_csv(table: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, so that office programs read the Chinese; a text that looks like a formula gets a quote."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_harmless(cell) for cell in row] for row in table])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def to_xlsx(table: Sequence[Sequence[str]], title: str) -> bytes:
    """The list as a workbook to be printed on A4 across: frozen heading, wrapped codes, every cell text."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    line = Side(style="thin", color="BFC5C9")
    for r, row in enumerate(table, 1):
        for c, text in enumerate(row, 1):
            cell = sheet.cell(r, c)
            cell.value = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
            cell.data_type = "s"
            cell.number_format = "@"
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            middle = c in (1, 3, 4, 6, 9) or r == 1
            cell.alignment = Alignment(horizontal="center" if middle else "left", vertical="center", wrap_text=True)
            cell.font = Font(name="宋体", size=10, bold=r == 1)
            if r == 1:
                cell.fill = PatternFill("solid", fgColor="E8ECEF")
        lines = max(-(-_wide(text) // (HEADINGS[c][1] - 1)) for c, text in enumerate(row))
        sheet.row_dimensions[r].height = 6 + 14 * max(lines, 1)
    for c, (_, width) in enumerate(HEADINGS[: len(table[0])], 1):
        sheet.column_dimensions[get_column_letter(c)].width = width
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    above, below = sheet.oddHeader, sheet.oddFooter
    if above is not None and below is not None:
        above.center.text, below.center.text = title.replace("&", "＆"), "&P / &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def passphrase_rows(lines: Sequence[Line], words: Mapping[str, str], language: str) -> list[list[str]]:
    """Unit, file and passphrase of every package that has one."""
    out = [[say("Unit").render(language), say("File").render(language), say("Passphrase").render(language)]]
    for parcel, file, _, _ in lines:
        if parcel.recipient.key in words:
            out.append([" ".join(parcel.recipient.name.split()), file, words[parcel.recipient.key]])
    return out


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file of this name, or of the next free one; an existing file is never overwritten."""
    stem, dot, suffix = name.rpartition(".")
    path, number = folder / name, 2
    while True:
        try:
            with path.open("xb") as out:
                out.write(data)
            return path
        except FileExistsError:
            path, number = folder / f"{stem}（{number}）{dot}{suffix}", number + 1


def _codes(parcel: Parcel, language: str) -> str:
    """The codes of a department's items; a whole level is said in words."""
    if parcel.recipient.own and len(parcel.items) > 12:
        return say("all {count} items of its level", count=len(parcel.items)).render(language)
    return "  ".join(parcel.items)  # spaces, so that no code is broken at the end of a line


def _wide(text: str) -> int:
    """Width in digits: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

"""What only the file itself tells: which cells show a percentage (D45), and what comments stand beside cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from assess.sheets.opened import Opened

Place = tuple[str, int, int]


def percent_cells(book: Opened, places: Iterable[Place]) -> frozenset[Place]:
    """Those of these cells (sheet, row, column from 0) whose number format is a percentage.

    Number formats are looked up in XLSX files only when there is a cell to ask about; XLS and ODS give none.
    """
    asked = frozenset(places)
    if not asked or book.kind != "zip":
        return frozenset()
    if book.path.suffix.lower() == ".ods" or _is_ods(book.path):
        return _ods(book.path, asked)
    import openpyxl

    try:
        read = openpyxl.load_workbook(book.path, read_only=True, data_only=True)
        try:
            return frozenset(
                place for sheet in {sheet for sheet, _, _ in asked} for place in _shown(read, sheet, asked)
            )
        finally:
            read.close()
    except Exception:  # a workbook that only calamine reads has no formats to look up
        return frozenset()


def _shown(book: object, sheet: str, asked: frozenset[Place]) -> list[Place]:
    wanted = {(row, column) for name, row, column in asked if name == sheet}
    last = max(row for row, _ in wanted) + 1
    first = min(row for row, _ in wanted) + 1
    out: list[Place] = []
    page = book[sheet]  # type: ignore[index]
    for cells in page.iter_rows(min_row=first, max_row=last):
        for cell in cells:
            place = (getattr(cell, "row", 0) - 1, getattr(cell, "column", 0) - 1)
            if place in wanted and "%" in str(cell.number_format):
                out.append((sheet, *place))
    return out


def _is_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "content.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _ods(path: Path, asked: frozenset[Place]) -> frozenset[Place]:
    """Cells of an ODS file that say they hold a percentage."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("content.xml"))
    except (OSError, zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return frozenset()
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    kind = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
    out: set[Place] = set()
    for sheet in root.iter(f"{table}table"):
        name = sheet.get(f"{table}name", "")
        wanted = [place for place in asked if place[0] == name]
        if not wanted:
            continue
        last, row = max(place[1] for place in wanted), 0
        for line in sheet.iter(f"{table}table-row"):
            if row > last:
                break
            column = 0
            for cell in line:
                if cell.get(kind) == "percentage" and (name, row, column) in asked:
                    out.add((name, row, column))
                column += int(cell.get(f"{table}number-columns-repeated", "1"))
            row += int(line.get(f"{table}number-rows-repeated", "1"))
    return frozenset(out)


def comments(book: Opened) -> list[tuple[str, str, str]]:
    """Comments of an XLSX file: sheet, cell, text. Other kinds give none; a damaged part gives none."""
    if book.kind != "zip":
        return []
    try:
        with zipfile.ZipFile(book.path) as archive:
            names = [name for name in archive.namelist() if re.fullmatch(r"xl/(?:comments/)?comments?\d*\.xml", name)]
            if not names:
                return []
            owners = _owners(archive)
            return [
                (owners.get(name, ""), cell, text)
                for name in sorted(names)
                for cell, text in _comment_texts(archive.read(name))
            ]
    except (OSError, zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return []


def _comment_texts(xml: bytes) -> list[tuple[str, str]]:
    out = []
    for comment in ElementTree.parse(io.BytesIO(xml)).getroot().iter():
        if comment.tag.endswith("}comment"):
            text = "".join(part.text or "" for part in comment.iter() if part.tag.endswith("}t"))
            out.append((comment.get("ref", ""), " ".join(text.split())))
    return out


def _owners(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of comments → name of its sheet."""
    workbook = _relations(archive, "xl/workbook.xml")
    names: dict[str, str] = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            names[workbook.get(link, "")] = sheet.get("name", "")
    return {
        target: name
        for part, name in names.items()
        if part
        for target in _relations(archive, part).values()
    }  # fmt: skip


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    try:
        root = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))
    except KeyError:
        return {}
    out = {}
    for relation in root:
        target = relation.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        out[relation.get("Id", "")] = whole
    return out

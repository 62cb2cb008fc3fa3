"""What a file would take in memory, seen before it is read: a stray or damaged cell far away must not fill the machine.

Each kind of workbook is looked at as bytes: XLSX by the addresses of its cells, ODS by its repeated cells, XLS by the
row and column of its cell records.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping

UNPACKED, CELLS = 400_000_000, 3_000_000
"""Bytes that a file may unpack to; cells of one sheet, blank ones between filled ones included."""
_CELL = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>')
_BLANK = re.compile(rb"<c [^>]*?(?:/>|>\s*</c>)")
_FILLED_ODS = re.compile(rb"<table:table-cell [^>]*value-type[^>]*>")
_ROW_ODS = re.compile(rb'<table:table-row [^>]*rows-repeated="(\d{4,})"[^>]*>(.*?)</table:table-row>', re.DOTALL)
_REPEATED = re.compile(rb'columns-repeated="(\d{4,})"')
_RECORDS = frozenset({0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_BEGIN, _DIMENSIONS, _STRINGS = 0x809, 0x200, 0xFC
_WHOLE_SHEET = 65_536 * 256


class TooLarge(Exception):
    """The file would take more memory than any form does."""


def zipped(data: bytes, most: int = CELLS) -> bytes:
    """An XLSX or ODS file of at most `most` cells, fit to be read. Raises TooLarge, or what zipfile raises for damage.

    A mere format on a far cell makes a sheet as large as a value would: cells without content are left out there.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
            raise TooLarge
        sparse: dict[str, bytes] = {}
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                xml = archive.read(name)
                if _area(xml) > most:
                    sparse[name] = _BLANK.sub(b"", xml)
                    if _area(sparse[name]) > most:
                        raise TooLarge
            elif name == "content.xml":
                _repeated(archive.read(name))
        return _repacked(archive, sparse) if sparse else data


def _area(xml: bytes) -> int:
    """Rows times columns up to the last cell."""
    rows, columns = 0, {b"A"}
    for found in _CELL.finditer(xml):
        columns.add(found[1])
        rows = max(rows, int(found[2]))
    return rows * max(map(_number, columns))


def _number(name: bytes) -> int:
    number = 0
    for sign in name:
        number = number * 26 + sign - 64
    return number


def _repeated(xml: bytes) -> None:
    """No filled cell may stand for thousands of others, across or down."""
    if any(_REPEATED.search(cell[0]) for cell in _FILLED_ODS.finditer(xml)):
        raise TooLarge
    if any(_FILLED_ODS.search(row[2]) for row in _ROW_ODS.finditer(xml)):
        raise TooLarge


def _repacked(archive: zipfile.ZipFile, instead: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in archive.namelist():
            target.writestr(name, instead[name] if name in instead else archive.read(name))
    return out.getvalue()


def compound(data: bytes) -> bool:
    """Whether an XLS file is encrypted. Raises TooLarge, or OSError for a damaged one."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if container.exists("EncryptedPackage"):
            return True
        for name in ("Workbook", "Book"):
            if container.exists(name):
                _records(container.openstream(name).read())
                return False
    raise OSError("no workbook in the container")


def _records(stream: bytes) -> None:
    """Rows times columns of every sheet of a BIFF stream; the size a sheet gives itself is looked at as well."""
    place, rows, columns = 0, 0, 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _BEGIN:
            rows = columns = 0
        elif kind in _RECORDS and size >= 4 and place + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, place + 4)
            last = column
            if kind in (0xBD, 0xBE) and size >= 6 and place + 4 + size <= len(stream):
                (last,) = struct.unpack_from("<H", stream, place + 2 + size)
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            if rows * columns > CELLS:
                raise TooLarge
        elif kind == _DIMENSIONS and size >= 12 and place + 16 <= len(stream):
            first, end, left, right = struct.unpack_from("<IIHH", stream, place + 4)
            if end < first or right < left or (end - first) * (right - left) > _WHOLE_SHEET:
                raise OSError("a sheet larger than its kind of file allows")
        elif kind == _STRINGS and size >= 8 and place + 12 <= len(stream):
            if max(struct.unpack_from("<II", stream, place + 4)) > len(stream):
                raise OSError("more texts than the file has room for")
        place += 4 + size

"""Files damaged at random, of the kinds that offices send: a form or a sentence, never a crash or all the memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import olefile
import pytest

from assess.exchange import bounds
from assess.problems import Problem
from tests.sheets.make_kept import KEPT
from tests.sheets.office import read_back

TOLD = {"sheets.unreadable", "sheets.foreign", "sheets.too-large", "sheets.locked"}


def outcome(path: Path) -> str:
    try:
        return read_back(path).standing
    except Problem as problem:
        return problem.code if problem.hint is not None else "no hint"


def within(data: bytes, dice: random.Random) -> bytes:
    """The archive with a few signs of one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        chosen = dice.choice([name for name in source.namelist() if name.endswith(".xml")])
        for name in source.namelist():
            part = bytearray(source.read(name))
            if name == chosen and part:
                for _ in range(dice.choice((1, 5, 30))):
                    part[dice.randrange(len(part))] = dice.choice(b'<>"/ =&09azAZ')
            target.writestr(name, bytes(part))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_random_damage_is_told_or_harmless(tmp_path: Path, kind: str) -> None:
    dice = random.Random(20261123)
    whole = (KEPT / f"libreoffice.{kind}").read_bytes()
    path = tmp_path / f"表.{kind}"
    seen = set()
    for number in range(120):
        data = bytearray(whole)
        if number % 3 == 0:
            data = data[: dice.randrange(len(data))]
        elif number % 3 == 1 or kind == "xls":
            for _ in range(dice.choice((1, 3, 20))):
                data[dice.randrange(len(data))] = dice.randrange(256)
        else:
            data = bytearray(within(whole, dice))
        path.write_bytes(bytes(data))
        seen.add(outcome(path))
    assert seen <= TOLD | {"ours", "altered", "foreign", "older_framework", "other_framework", "other_assessment"}
    assert "sheets.unreadable" in seen


def patched(record: int, content: bytes) -> bytes:
    """The kept XLS with the beginning of its first record of a kind changed."""
    data = bytearray((KEPT / "libreoffice.xls").read_bytes())
    with olefile.OleFileIO(io.BytesIO(bytes(data))) as container:
        stream = container.openstream("Workbook").read()
    place = 0
    while struct.unpack_from("<H", stream, place)[0] != record:
        place += 4 + struct.unpack_from("<H", stream, place + 2)[0]
    at = bytes(data).index(stream[place : place + 40])
    data[at + 4 : at + 4 + len(content)] = content
    return bytes(data)


@pytest.mark.parametrize(
    ("record", "content", "code"),
    [
        (0x200, struct.pack("<IIHH", 56832, 40, 0, 9), "sheets.unreadable"),  # ends before it begins
        (0x200, struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF), "sheets.unreadable"),
        (0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF), "sheets.unreadable"),
        (0xFD, struct.pack("<HH", 0xFFFF, 0xFFFF), "sheets.too-large"),
    ],
)
def test_an_old_workbook_that_lies_about_its_size_is_refused_before_it_is_read(
    tmp_path: Path, record: int, content: bytes, code: str
) -> None:
    path = tmp_path / "表.xls"
    path.write_bytes(patched(record, content))
    assert outcome(path) == code


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="string"/>',
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"/>',
    ],
)
def test_a_cell_repeated_thousands_of_times_is_refused(rows: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", f"{rows}</table:table-row>")
    with pytest.raises(bounds.TooLarge):
        bounds.zipped(out.getvalue())


def test_blank_cells_repeated_to_the_end_of_the_sheet_are_what_every_program_writes() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "content.xml",
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        )
    assert bounds.zipped(out.getvalue()) == out.getvalue()

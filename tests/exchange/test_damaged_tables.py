"""Workbooks that are damaged, far too large or locked are refused in one sentence before the reader touches them."""

from __future__ import annotations

import contextlib
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from assess.exchange.grid import read
from assess.problems import Problem

KEPT = Path(__file__).parent.parent / "sheets" / "kept"


def refused(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        read(path)
    assert caught.value.sentence("zh")
    return caught.value.code


def test_a_cell_far_away_without_content_does_not_fill_the_machine(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"] = "单位", "值"
    sheet["XFD1048576"].number_format = "0.00%"
    book.save(tmp_path / "far.xlsx")
    assert read(tmp_path / "far.xlsx")[0].rows[0][:2] == ("单位", "值")
    sheet["XFD1048576"] = 1
    book.save(tmp_path / "far.xlsx")
    assert refused(tmp_path / "far.xlsx") == "table.unreadable"


def test_an_archive_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for _ in range(4_200):
                stream.write(b"\0" * 1_000_000)
    assert refused(path) == "table.unreadable"


@pytest.mark.parametrize("name", ["libreoffice.xls", "libreoffice.ods", "libreoffice.xlsx"])
def test_flipped_and_cut_bytes_are_read_or_refused_in_words(tmp_path: Path, name: str) -> None:
    whole = (KEPT / name).read_bytes()
    chance = random.Random(7)
    path = tmp_path / name
    for turn in range(60):
        data = bytearray(whole[: chance.randrange(1, len(whole))] if turn % 3 == 0 else whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        with contextlib.suppress(Problem):
            assert all(grid.rows for grid in read(path))


def test_a_locked_workbook_says_so(tmp_path: Path) -> None:
    assert refused(KEPT / "locked.xlsx") in {"table.locked", "table.unreadable"}

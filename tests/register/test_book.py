"""The register as a table, and the names under which attachments are written out."""

from __future__ import annotations

import csv
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assess.answers import Evidence, Profile, Sheet
from assess.framework.read import builtin
from assess.problems import Problem
from assess.register import book
from assess.register.names import BYTES, safe_name
from assess.register.pieces import pieces

NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=2", "</script>", "😀 㙍𡐓", "两行\n名称", '引"号', '=HYPERLINK("x")')


def sheet_of(*records: tuple[str, Evidence]) -> Sheet:
    cells = {(code, f"evidence/{record.id}"): record.to_json() for code, record in records}
    return Sheet(Profile("衡川市"), MappingProxyType(cells))


def test_a_row_for_every_item_a_piece_serves_in_the_order_of_the_framework():
    one = Evidence("a", "通知", number="〔2026〕3号", grade="B", voucher="李四", digest="ab" * 32, size=12)
    sheet = sheet_of(("SH1.1", one), ("ST1.1", one), ("ST1.2", Evidence("b", "台账")))
    table = book.rows(builtin(), pieces(sheet), "zh")
    assert [(row[0], row[2]) for row in table] == [("ST1.1", "通知"), ("ST1.2", "台账"), ("SH1.1", "通知")]
    assert table[0][8:10] == ["李四", "B"]
    assert table[0][13:] == ["12", "ab" * 32]
    assert table[1][13:] == ["", ""]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_nothing_in_it_is_a_formula_and_every_name_is_there(tmp_path: Path, ending: str):
    sheet = sheet_of(*(("ST1.1", Evidence(f"{n:03d}", name, number=name)) for n, name in enumerate(NASTY)))
    path = tmp_path / f"清单{ending}"
    assert book.write(path, builtin(), pieces(sheet), "zh") == len(NASTY)
    if ending == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
        assert any("㙍𡐓" in cell for cell in cells)
    else:
        rows = list(load_workbook(path).worksheets[0].iter_rows())
        assert len(rows) == len(NASTY) + 1
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
        assert "=1+1" in [row[2].value for row in rows]
        assert all(cell.value is None for row in rows for cell in row if cell.data_type == "n")


def test_an_empty_register_is_a_table_with_its_heads(tmp_path: Path):
    assert book.write(tmp_path / "空.xlsx", builtin(), (), "en") == 0
    assert load_workbook(tmp_path / "空.xlsx").worksheets[0]["A1"].value == "Item"


def test_another_ending_and_a_folder_that_is_not_there_are_said(tmp_path: Path):
    with pytest.raises(Problem) as caught:
        book.write(tmp_path / "清单.pdf", builtin(), (), "zh")
    assert caught.value.code == "register.format"
    with pytest.raises(Problem) as caught:
        book.write(tmp_path / "没有" / "清单.csv", builtin(), (), "zh")
    assert caught.value.code == "store.no-folder"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("会议纪要.pdf", "会议纪要.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\temp\\a.txt", "C temp a.txt"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("LPT9.tar.gz", "_LPT9.tar.gz"),
        ("名称. . .", "名称"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\u200bb.pdf", "a b.pdf"),
        ("", "附件"),
        ("....", "附件"),
        (".pdf", "pdf"),
        ("x\x00y.pdf", "x y.pdf"),
    ],
)
def test_an_attachment_is_written_out_under_a_name_every_file_system_takes(given, wanted):
    assert safe_name(given) == wanted


@given(st.text(max_size=400))
def test_whatever_a_file_was_called_its_name_is_safe(name):
    made = safe_name(name)
    assert made
    assert made == safe_name(made)
    assert len(made.encode()) <= BYTES
    assert not set(made) & set('<>:"/\\|?*\u202e\u200b\n\r\t\x00')
    assert made[-1] not in ". "
    assert made not in (".", "..")


def test_the_ending_of_an_overlong_name_stays():
    made = safe_name("长" * 300 + ".pdf")
    assert made.endswith("长.pdf")
    assert len(made.encode()) <= BYTES

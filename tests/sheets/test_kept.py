"""A form as LibreOffice saved it, in three kinds: the same answers come back, and what the form counts is right.

The kept specimens need no office program. Where one is installed, a fresh form makes the same journey as well; where
none is, that one test says so and is left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from assess.answers import Answer
from assess.sheets.form import Form
from tests.sheets.make_kept import KEPT, KINDS, convert, filled
from tests.sheets.office import ID, blank, full_answers, read_back, sheet_of, written

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SURE = {
    "ST1.1": Answer.of_level(3),
    "ST2.2": Answer.of_ticks("ABD"),
    "ST2.3": Answer.of_number("1234", "1500", source="任务台账"),
    "ME2.1": Answer.of_choice("yes"),
    "ME2.2": Answer.not_applicable("撤并中"),
}
PERCENT = Answer.of_number(result="85", confirm="yes")


def check(form: Form, kind: str) -> None:
    assert form.identity is not None
    assert form.identity.assessment == ID
    assert form.standing in ("ours", "older_framework")  # the digest holds; the framework may have moved on since
    expected = dict(SURE) if kind == "xls" else {**SURE, "ST4.3": PERCENT}
    assert form.answers == expected
    assert form.values["ST1.1", "note"] == "已印发 =1+1 </script> 㙍𡐓🎈"
    assert (form.cover.filler, form.cover.post, form.cover.unit) == ("张三", "科长", "示例·衡川市")
    (piece,) = form.evidence.values()
    assert (piece.name, piece.number, piece.date, piece.grade) == (
        "关于成立领导小组的通知", "衡办〔2025〕3号", "2025-03-01", "B"
    )  # fmt: skip
    doubts = {doubt.target[0]: doubt for doubt in form.doubts}
    assert set(doubts) == ({"ST1.2", "ST4.3"} if kind == "xls" else {"ST1.2"})
    assert Answer.from_json(doubts["ST1.2"].options[0].value) == Answer.of_number(result="2")
    if kind == "xls":  # this kind does not tell number formats: the share is asked about
        assert [Answer.from_json(choice.value).result for choice in doubts["ST4.3"].options] == ["0.85", "85"]


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_libreoffice_saved_reads_the_same(kind: str) -> None:
    check(read_back(KEPT / f"libreoffice.{kind}"), kind)


def states(path: Path) -> dict[str, str]:
    """What the last column says of every item, as an office program computed it."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("填报表").to_python(skip_empty_area=False)
    return {row[0]: row[7] for row in rows[3:] if row[8] and "|" not in str(row[8])}


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_form_counts_what_is_open_and_what_to_look_at(kind: str) -> None:
    path = KEPT / f"libreoffice.{kind}"
    assert states(path) == {
        "ST1.1": "请核对",  # 第3级: the list would have said 3级
        "ST1.2": "请核对",
        "ST2.1": "未填",
        "ST2.2": "已填",
        "ST2.3": "请核对",  # full-width digits are no number for the office program
        "ST4.3": "已填",
        "ME2.1": "已填",
        "ME2.2": "已填",
    }
    cover = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("封面").to_python(skip_empty_area=False)
    totals = next(row for row in cover if row[0] == "合计")
    assert totals[2:6] == [8, 4, 1, 3]
    assert "还有 1 题未填或未填全。" in [row[0] for row in cover]
    assert "已登记佐证材料（件）：1" in [row[0] for row in cover]


def test_an_untouched_form_still_says_nothing_new_after_another_program_saved_it() -> None:
    form = read_back(KEPT / "libreoffice.xlsx")
    assert {code for code, _ in form.values} == set(SURE) | {"ST4.3"}
    assert not form.findings
    assert not form.missing


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine; the kept specimens are read instead")
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_fresh_form_goes_through_libreoffice_and_back(tmp_path: Path, kind: str) -> None:
    check(read_back(convert(filled(tmp_path), kind, tmp_path, str(OFFICE))), kind)


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine; the kept specimens are read instead")
def test_a_prefilled_form_saved_by_libreoffice_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "表.xlsx", sheet_of(full_answers(), cells={("ST1.1", "note"): "甲\n乙 =1+1"}))
    form = read_back(convert(path, "xlsx", tmp_path, str(OFFICE)))
    assert form.standing == "ours"
    assert form.answers == full_answers()
    assert not form.values
    assert not form.doubts


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine; the kept specimens are read instead")
def test_states_of_every_kind_as_an_office_program_counts_them(tmp_path: Path) -> None:
    book = blank(tmp_path)
    book.put("ST1.1", "3").put("ST1.2", "2").put("ST2.1", "不适用", "state")
    book.put("ST2.2|+A", "有").put("ST2.3|numerator", "120").put("ST2.3|denominator", "100")
    book.put("ST4.3|numerator", "90").put("ME2.1", "暂无数据", "state").put("ME2.2|numerator", "1,200")
    book.put("ME2.2|denominator", "1,500")
    found = states(convert(book.save(), "xlsx", tmp_path, str(OFFICE)))
    assert found == {
        "ST1.1": "已填",
        "ST1.2": "已填",
        "ST2.1": "缺理由",
        "ST2.2": "未填全",
        "ST2.3": "请核对",
        "ST4.3": "未填全",
        "ME2.1": "已填",
        "ME2.2": "已填",
    }

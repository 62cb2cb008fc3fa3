"""Every fault of a workbook is named with its sheet and cell, and what people do without harm is taken as meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.framework.read import from_sources, read
from assess.problems import Problem
from assess.workbook import convert
from tests.framework.small import SMALL
from tests.framework.workbooks import Edit, differences, small_book, words


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    return Edit(small_book(tmp_path / "a.xlsx"))


@pytest.mark.parametrize(
    ("sheet", "heading", "row", "value", "code"),
    [
        ("题目", "权重", 3, "很多", "workbook.value"),
        ("题目", "权重", 3, "20%", "workbook.value"),
        ("题目", "权重", 3, True, "workbook.value"),
        ("题目", "类别", 3, "等级体", "workbook.value"),
        ("题目", "关键指标", 2, "也许", "workbook.value"),
        ("题目", "适用层级", 3, "市、区", "reference.unknown"),
        ("题目", "编号", 3, "A1", "tree.duplicate-code"),
        ("题目", "上级编号", 2, "AB", "tree.unknown-parent"),
        ("题目", "条款", 2, "S9", "reference.unknown"),
        ("题目", "文件", 3, "../a.toml", "workbook.file"),
        ("题目", "文件", 3, "con.toml", "workbook.file"),
        ("题目", "权重", 2, -1, "weight.not-positive"),
        ("等级", "编号", 2, "A9", "workbook.unknown"),
        ("等级", "等级", 3, "1.5", "workbook.value"),
        ("等级", "等级", 3, "一", "workbook.value"),
        ("数值", "合理范围", 2, "0", "workbook.value"),
        ("数值", "满分点", 2, 50, "number.equal-goalposts"),
        ("改进", "类型", 2, "中分段", "workbook.value"),
        ("等级门槛", "等级", 2, 7, "workbook.unknown"),
        ("等级门槛", "个数", 3, "两个", "workbook.value"),
        ("等级门槛", "有关指标", 7, "A1、A8", "reference.unknown"),
        ("合理性审核", "条件（TOML）", 2, "{ all = ", "workbook.value"),
        ("合理性审核", "条件（TOML）", 2, "[2024-01-01]", "workbook.value"),
        ("题目", "名称（中文）", 3, '#TOML "a" "b"', "workbook.value"),
        ("题目", "名称（中文）", 3, "#TOML 7", "workbook.value"),
    ],
)
def test_a_wrong_cell_is_named(edit: Edit, sheet: str, heading: str, row: int, value: str | float, code: str) -> None:
    place = edit.put(sheet, heading, row, value)
    assert (place, code) in edit.errors()


def test_a_number_may_be_typed_in_full_width_with_separators_and_spaces(edit: Edit) -> None:
    edit.put("题目", "权重", 3, " ２０ ")
    edit.put("数值", "零分点", 2, "５０．０")
    edit.put("数值", "乘数", 2, "1,00")
    assert ("数值!" + edit.letter("数值", "乘数") + "2", "workbook.value") in edit.errors()
    edit.put("数值", "乘数", 2, "１００")
    reading = edit.read()
    assert reading.sound, words(reading.findings)
    assert differences(from_sources(SMALL), from_sources(reading.sources)) == []


def test_spaces_empty_rows_and_headings_of_the_other_language_do_no_harm(edit: Edit) -> None:
    sheet = edit.sheet("题目")
    sheet.insert_rows(3, 2)
    sheet["A3"] = "   "
    sheet["A2"] = "  A1 \n"
    sheet["A1"] = " Code "
    edit.put("题目", "类别", 5, "yesno")
    edit.put("题目", "适用层级", 5, "市 ，")
    reading = edit.read()
    assert reading.sound, words(reading.findings)
    assert differences(from_sources(SMALL), from_sources(reading.sources)) == []


def test_columns_may_be_moved(edit: Edit) -> None:
    sheet = edit.sheet("题目")
    for row in range(1, sheet.max_row + 1):
        first, last = sheet.cell(row, 1), sheet.cell(row, 8)
        first.value, last.value = last.value, first.value
    assert differences(from_sources(SMALL), from_sources(edit.read().sources)) == []


def test_cells_merged_downwards_hold_for_every_row_and_across_they_are_a_fault(edit: Edit) -> None:
    edit.sheet("等级").merge_cells("A2:A7")
    assert differences(from_sources(SMALL), from_sources(edit.read().sources)) == []
    edit.sheet("等级").merge_cells("C3:D3")
    assert ("等级!C3", "workbook.merged") in edit.errors()


def test_an_unknown_column_is_left_out_with_a_warning(edit: Edit) -> None:
    edit.sheet("题目")["AF1"] = "备注栏"
    reading = edit.read()
    assert reading.sound
    assert [(one.place, one.severity) for one in reading.findings if one.code == "workbook.column"] == [
        ("题目!AF1", "warning")
    ]


def test_a_heading_that_lost_a_letter_is_an_error_with_the_right_name(edit: Edit) -> None:
    place = edit.place("数值", "零分点", 1)
    edit.put("数值", "零分点", 1, "零分")
    found = next(one for one in edit.read().findings if one.code == "workbook.column")
    assert (found.place, found.severity) == (place, "error")
    assert found.line("zh").endswith("是不是 零分点？")


def test_a_missing_column_that_rows_need_is_one_error_and_no_others_follow(edit: Edit) -> None:
    edit.sheet("跳答").delete_cols(1)
    assert edit.errors() == {("跳答!A1", "workbook.column-missing")}


def test_a_missing_sheet_is_an_error_and_a_strange_one_a_hint(edit: Edit) -> None:
    edit.book.remove(edit.sheet("口径"))
    edit.book.create_sheet("备忘")["A1"] = "记一下"
    reading = edit.read()
    assert {(one.place, one.code, one.severity) for one in reading.findings} >= {
        ("口径", "workbook.sheet-missing", "error"),
        ("备忘", "workbook.sheet", "hint"),
    }


def test_a_row_without_its_code_says_which_heading_is_empty(edit: Edit) -> None:
    edit.put("条款", "标识", 2, None)
    assert ("条款!A2", "file.missing-key") in edit.errors()
    assert "条款!A2  这一行缺少“标识”。请填写。" in words(edit.read().findings)


def test_settings_are_named_by_their_paths(edit: Edit) -> None:
    sheet = edit.sheet("其他设置")
    start = sheet.max_row + 1
    for row in (
        ("framework.toml", "bonus..max", "1"),
        ("framework.toml", "bonus.max_total", "3"),
        ("framework.toml", "bonus.maximum", "3"),
        ("", "bonus.period_months", "3"),
        ("framework.toml", "county_to_city.city_weight[0]", "3"),
        ("framework.toml", "bonus.max_total.more", "3"),
    ):
        sheet.append(row)
    assert edit.errors() >= {
        (f"其他设置!B{start}", "workbook.path"),
        (f"其他设置!B{start + 1}", "workbook.twice"),
        (f"其他设置!C{start + 2}", "file.unknown-key"),
        (f"其他设置!A{start + 3}", "workbook.file"),
        (f"其他设置!B{start + 4}", "workbook.path"),
        (f"其他设置!B{start + 5}", "workbook.twice"),
    }


def test_the_second_row_for_the_same_table_is_refused(edit: Edit) -> None:
    sheet = edit.sheet("数值")
    sheet.append([cell.value for cell in sheet[2]])
    assert ("数值!A3", "workbook.twice") in edit.errors()


def test_a_finding_that_names_another_line_names_its_cell(edit: Edit) -> None:
    edit.put("题目", "编号", 3, "A1")
    line = next(one for one in edit.read().findings if one.code == "tree.duplicate-code").line("zh")
    assert "题目!A2" in line
    assert ".toml" not in line


def test_new_rows_find_their_file_and_a_new_dimension_gets_its_own(edit: Edit) -> None:
    edit.put("节点", "权重", edit.row("节点", "维度", "B"), 30)
    nodes, items = edit.sheet("节点"), edit.sheet("题目")
    row, item = nodes.max_row + 1, items.max_row + 1
    for heading, value in (
        ("类型", "维度"),
        ("编号", "C"),
        ("名称（中文）", "丙"),
        ("名称（英文）", "C"),
        ("权重", 10),
    ):
        edit.put("节点", heading, row, value)
    for heading, value in (
        ("编号", "C1"),
        ("类别", "是否题"),
        ("名称（中文）", "五"),
        ("名称（英文）", "five"),
        ("适用层级", "市"),
    ):
        edit.put("题目", heading, item, value)
    reading = edit.read()
    assert reading.sound, words(reading.findings)
    assert 'code = "C1"' in reading.sources["c.toml"]
    assert from_sources(reading.sources).leaves("C") == ("C1",)
    assert 'files = ["a.toml", "b.toml", "c.toml"]' in reading.sources["framework.toml"]


def test_nothing_is_written_while_there_are_errors(edit: Edit, tmp_path: Path) -> None:
    edit.put("题目", "权重", 3, "x")
    edit.read()
    found = convert.from_workbook(edit.path, tmp_path / "back")
    assert any(one.severity == "error" for one in found)
    assert {path.name for path in tmp_path.iterdir()} == {"a.xlsx"}


def test_a_framework_folder_is_replaced_and_any_other_left_alone(edit: Edit, tmp_path: Path) -> None:
    convert.from_workbook(edit.path, tmp_path / "back")
    (tmp_path / "back" / "old.toml").write_text("", encoding="utf-8")
    (tmp_path / "back" / "notes.txt").write_text("mine", encoding="utf-8")
    edit.put("题目", "名称（中文）", 3, "改过的")
    edit.read()
    assert not any(one.severity == "error" for one in convert.from_workbook(edit.path, tmp_path / "back"))
    assert read(tmp_path / "back").indicators["A2"].name.zh == "改过的"
    assert not (tmp_path / "back" / "old.toml").exists()
    assert (tmp_path / "back" / "notes.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Problem) as caught:
        convert.from_workbook(edit.path, tmp_path / "other")
    assert caught.value.code == "workbook.folder"
    assert {path.name for path in tmp_path.iterdir()} == {"a.xlsx", "back", "other"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "workbook.absent"), (b"", "workbook.unreadable"), (b"PK\x03\x04nothing", "workbook.unreadable")],
)
def test_what_is_no_workbook_is_said_in_a_sentence(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Problem) as caught:
        convert.read_workbook(tmp_path / "a.xlsx")
    assert caught.value.code == code


def test_another_workbook_and_one_of_a_newer_program_are_told_apart(edit: Edit, tmp_path: Path) -> None:
    edit.sheet("zhiheng")["B2"] = "9"
    with pytest.raises(Problem, match="newer"):
        edit.read()
    edit.sheet("框架").title = "表一"
    with pytest.raises(Problem, match="not the workbook of a framework"):
        edit.read()

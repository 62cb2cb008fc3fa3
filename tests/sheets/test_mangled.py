"""A form after an office had it: moved, renamed, merged, sorted, commented. The answers still find their place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from assess.answers import Answer
from assess.sheets.form import Form
from tests.sheets.office import FEW, Book, blank, full_answers, read_back, sheet_of


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A blank form with four answers typed into it."""
    made = blank(tmp_path)
    made.put("ST1.1", "3级").put("ST2.3|numerator", "90").put("ST2.3|denominator", "100").put("ME2.1", "是")
    for key in "ABCDEFGH":
        made.put(f"ST2.2|+{key}", "有" if key in "AB" else "无")
    return made


TYPED = {
    "ST1.1": Answer.of_level(3),
    "ST2.3": Answer.of_number("90", "100"),
    "ME2.1": Answer.of_choice("yes"),
    "ST2.2": Answer.of_ticks("AB"),
}


def certain(form: Form) -> dict[str, Answer]:
    assert not form.doubts
    assert form.standing == "ours"
    return form.answers


def test_as_it_is(book: Book) -> None:
    assert certain(read_back(book.save())) == TYPED


def test_sheets_renamed_and_protection_taken_off(book: Book) -> None:
    book.book["填报表"].title = "政法委 报送（终稿）"
    book.book["封面"].title = "Sheet1"
    for page in book.book.worksheets:
        page.protection.sheet = False
    book.book.security.lockStructure = False
    assert certain(read_back(book.save())) == TYPED


def test_columns_inserted_and_rows_inserted(book: Book) -> None:
    page = book.page("ST1.1")
    page.insert_cols(1, 2)
    page.insert_cols(6)
    page.insert_rows(1, 3)
    page.insert_rows(9)
    assert certain(read_back(book.save())) == TYPED


def test_columns_hidden_and_widths_changed(book: Book) -> None:
    page = book.page("ST1.1")
    for name in "BCD":
        page.column_dimensions[name].hidden = True
    assert certain(read_back(book.save())) == TYPED


def test_rows_sorted_the_other_way_round(book: Book) -> None:
    page = book.page("ST1.1")
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    for number, values in enumerate(reversed(rows), 4):
        for column, value in enumerate(values, 1):
            page.cell(number, column).value = None if str(value).startswith("=") else value
    assert certain(read_back(book.save())) == TYPED


def test_blank_rows_between_and_rows_deleted(book: Book) -> None:
    page, row = book.rows["ME2.2"]
    page.delete_rows(row, 6)
    form = read_back(book.save())
    assert form.answers == TYPED
    assert form.missing == ("ME2.2",)
    assert [finding.code for finding in form.findings] == ["sheets.rows-missing"]


def test_the_column_of_marks_deleted(book: Book) -> None:
    book.page("ST1.1").delete_cols(9)
    assert certain(read_back(book.save())) == TYPED


def test_answers_copied_into_a_new_workbook_without_any_hidden_sheet(book: Book) -> None:
    del book.book["zhiheng"], book.book["lists"]
    form = read_back(book.save())
    assert form.standing == "foreign"
    assert form.answers == TYPED
    assert form.problem is not None


def test_cells_merged_to_the_right_keep_their_answer(book: Book) -> None:
    page, row = book.rows["ST1.1"]
    page.merge_cells(f"D{row}:F{row}")
    assert certain(read_back(book.save())) == TYPED


def test_an_answer_merged_over_two_items_counts_for_the_second_in_doubt(tmp_path: Path) -> None:
    book = blank(tmp_path, items=("ST1.1", "ST1.3"))
    page, row = book.rows["ST1.1"]
    book.put("ST1.1", "3")
    page.merge_cells(f"D{row}:D{row + 1}")
    form = read_back(book.save())
    assert form.answers == {"ST1.1": Answer.of_level(3)}
    (doubt,) = form.doubts
    assert doubt.target == ("ST1.3", "self")
    assert Answer.from_json(doubt.options[0].value) == Answer.of_level(3)


def test_only_the_visible_columns_sorted_so_that_marks_belong_to_other_rows(tmp_path: Path) -> None:
    book = blank(tmp_path, items=("ST1.1", "ST1.3"))
    book.put("ST1.1", "3").put("ST1.3", "1")
    first, second = book.cell("ST1.1", "key"), book.cell("ST1.3", "key")
    first.value, second.value = second.value, first.value
    form = read_back(book.save())
    assert not form.answers
    assert {doubt.target[0]: Answer.from_json(doubt.options[0].value).level for doubt in form.doubts} == {
        "ST1.1": 3,
        "ST1.3": 1,
    }


def test_the_sheet_copied_within_the_workbook(book: Book) -> None:
    copy = book.book.copy_worksheet(book.page("ST1.1"))
    copy.title = "填报表 (2)"
    assert certain(read_back(book.save())) == TYPED
    row = book.rows["ST1.1"][1]
    copy[f"D{row}"].value = "4"
    form = read_back(book.save())
    assert "ST1.1" not in form.answers
    assert {doubt.place for doubt in form.doubts} == {f"填报表!D{row}", f"填报表 (2)!D{row}"}


def test_comments_are_shown_and_not_taken(book: Book) -> None:
    book.cell("ST1.1").comment = Comment("请领导定", "李四")
    form = read_back(book.save())
    assert form.answers == TYPED
    (hint,) = form.findings
    assert hint.code == "sheets.comment"
    assert hint.place.startswith("填报表!D")
    assert "请领导定" in hint.text.render("zh")


def test_what_was_written_beside_no_item_is_told(book: Book) -> None:
    page = book.page("ST1.1")
    page.cell(page.max_row + 2, 4).value = "补充：明年再建"
    form = read_back(book.save())
    assert form.answers == TYPED
    (finding,) = form.findings
    assert finding.code == "sheets.stray"
    assert "补充：明年再建" in finding.text.render("zh")


def test_a_row_of_an_item_the_document_does_not_have_is_told(book: Book) -> None:
    page = book.page("ST1.1")
    last = page.max_row + 1
    page.cell(last, 1).value, page.cell(last, 4).value = "XX9.9", "3"
    form = read_back(book.save())
    assert [finding.code for finding in form.findings] == ["sheets.stray"]


def test_numbers_dates_and_percent_formats_as_the_program_stores_them(tmp_path: Path) -> None:
    book = blank(tmp_path)
    book.put("ST1.1", 3).put("ST4.3|result", 0.85, number_format="0%").put("ST1.2", 2)
    book.put("ST2.1", date(2026, 3, 4), number_format="m-d")
    form = read_back(book.save())
    assert form.answers["ST1.1"] == Answer.of_level(3)
    assert form.answers["ST4.3"] == Answer.of_number(result="85")
    assert form.answers["ST1.2"] == Answer.of_number(result="2")
    (doubt,) = form.doubts
    assert doubt.target == ("ST2.1", "self")
    assert not doubt.read


def test_a_share_without_a_percent_format_is_doubted(tmp_path: Path) -> None:
    form = read_back(blank(tmp_path).put("ST4.3|result", 0.85, number_format="0.00").save())
    (doubt,) = form.doubts
    assert [Answer.from_json(choice.value).result for choice in doubt.options] == ["0.85", "85"]


def test_not_applicable_wherever_it_is_written(tmp_path: Path) -> None:
    book = blank(tmp_path)
    book.put("ME2.1", "不适用").put("ME2.1", "撤并中", "reason")
    book.put("ST2.3", "不适用", "state").put("ST2.3", "规划当年印发", "reason")
    book.put("ST1.2", "暂无数据")
    book.put("ST4.3|numerator", "暂无数据（系统升级）")
    form = read_back(book.save())
    assert form.answers == {
        "ME2.1": Answer.not_applicable("撤并中"),
        "ST2.3": Answer.not_applicable("规划当年印发"),
        "ST1.2": Answer.no_data(""),
        "ST4.3": Answer.no_data("系统升级"),
    }


def test_what_contradicts_itself_is_doubted(tmp_path: Path) -> None:
    book = blank(tmp_path)
    book.put("ST1.1", "3").put("ST1.1", "不适用", "state").put("ST1.1", "无此项", "reason")
    book.put("ME2.1", "不适用", "state")  # without a reason
    book.put("ST2.1", "不适用", "state").put("ST2.1", "无规划", "reason")  # where it may never be chosen
    book.put("ST1.2", "原因不明", "reason")  # a reason alone
    book.put("ST2.3|numerator", "120").put("ST2.3|denominator", "100")
    book.put("ST4.3|numerator", "90")  # half of a fraction
    book.put("ME2.2|numerator", "9").put("ME2.2|denominator", "10").put("ME2.2|result", "50")
    form = read_back(book.save())
    assert not form.answers
    options = {doubt.target[0]: [choice.value for choice in doubt.options] for doubt in form.doubts}
    assert [Answer.from_json(one).kind for one in options["ST1.1"]] == ["level", "nd", "na"]
    assert [Answer.from_json(one).kind for one in options["ME2.1"]] == ["na", "nd"]
    assert [Answer.from_json(one).kind for one in options["ST2.1"]] == ["nd", "na"]
    assert [Answer.from_json(one).kind for one in options["ST1.2"]] == ["na", "nd"]
    assert Answer.from_json(options["ST2.3"][0]) == Answer.of_number("120", "100")
    assert Answer.from_json(options["ST4.3"][0]) == Answer.of_number("90")
    assert Answer.from_json(options["ME2.2"][0]) == Answer.of_number("9", "10")


def test_every_doubt_names_sheet_cell_and_what_was_typed_and_has_a_sentence(tmp_path: Path) -> None:
    book = blank(tmp_path).put("ST1.1", "基本建成").put("ST1.2", "约2次")
    form = read_back(book.save())
    row = book.rows["ST1.1"][1]
    first, second = form.doubts
    assert (first.sheet, first.cell, first.typed, first.read) == ("填报表", f"D{row}", "基本建成", False)
    assert first.reason.render("zh") == "这里读不出等级。"
    assert first.options[3].words.render("zh").startswith("3 级：")
    assert second.read
    assert second.options[0].words.render("en") == "2 times/year"


def test_a_checklist_ticked_only_where_something_exists(tmp_path: Path) -> None:
    book = blank(tmp_path).put("ST2.2|+A", "√").put("ST2.2|+D", "有，正在修订")
    (doubt,) = read_back(book.save()).doubts
    assert Answer.from_json(doubt.options[0].value) == Answer.of_ticks("AD")


def test_a_checklist_with_none_on_every_line_is_an_answer(tmp_path: Path) -> None:
    book = blank(tmp_path)
    for key in "ABCDEFGH":
        book.put(f"ST2.2|+{key}", "无")
    assert read_back(book.save()).answers == {"ST2.2": Answer.of_ticks(())}


def test_an_answer_wiped_out_on_the_form_is_asked_about_and_never_dropped(tmp_path: Path) -> None:
    book = blank(tmp_path, sheet=sheet_of(full_answers(), cells={("ST1.1", "note"): "已印发"}))
    book.put("ST1.1", None).put("ST1.1", None, "note")
    form = read_back(book.save())
    assert {doubt.target for doubt in form.doubts} == {("ST1.1", "self"), ("ST1.1", "note")}
    assert not any(doubt.read for doubt in form.doubts)
    assert not form.values


def test_the_cover_is_read_wherever_its_fields_stand(tmp_path: Path) -> None:
    book = blank(tmp_path)
    book.cover("填报人", "张三").cover("职务", "科长").cover("审核人", "李四").cover("联系电话", "0571-1234567")
    book.cover("填报日期", "2026年11月20日").cover("填报单位", "市委 政法委")
    book.book["封面"].insert_rows(1, 2)
    form = read_back(book.save())
    assert (form.cover.filler, form.cover.post, form.cover.approver) == ("张三", "科长", "李四")
    assert (form.cover.phone, form.cover.date, form.cover.unit) == ("0571-1234567", "2026年11月20日", "市委 政法委")
    assert form.author.name == "张三"
    assert form.author.role == "filler"


def test_nothing_filled_in_is_a_form_that_says_nothing(tmp_path: Path) -> None:
    form = read_back(blank(tmp_path).save())
    assert not form.answers
    assert not form.values
    assert not form.doubts
    assert not form.findings
    assert form.identity is not None
    assert form.identity.items == FEW

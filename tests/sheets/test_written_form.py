"""The form as a file: locked where it should be, lists that say what a level means, printable, text as text."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin, from_sources
from assess.framework.read import read as read_framework
from assess.language import Words
from assess.problems import Problem
from assess.sheets import extent
from assess.sheets.leads import by_lead
from assess.sheets.palette import LINE
from assess.sheets.questions import sheet_title
from assess.sheets.reading import read
from assess.sheets.rows import split
from assess.sheets.style import safe
from assess.sheets.write import write
from tests.framework import small as small_framework
from tests.sheets.office import FEW, HOSTILE, ID, Book, blank, framework, full_answers, sheet_of, written

HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """The whole questionnaire of a city, blank."""
    path = tmp_path_factory.mktemp("city") / "市.xlsx"
    return openpyxl.load_workbook(written(path, items=None, deadline="2026-12-15", issued=date(2026, 11, 23)))


def questions(book: openpyxl.Workbook) -> list:
    return [
        page
        for page in book.worksheets
        if page["A3"].value in ("题号", "Item") and page["D3"].value in ("作答", "Answer")
    ]


def test_the_sheets_stand_in_the_order_one_works_and_the_machinery_is_hidden(city: openpyxl.Workbook) -> None:
    names = [page.title for page in city.worksheets if page.sheet_state == "visible"]
    assert names == ["封面", "填表说明", "1 战略", "2 机制", "3 共享", "4 安全", "5 人才", "佐证登记", "名词解释"]
    assert [page.title for page in city.worksheets if page.sheet_state == "hidden"] == ["zhiheng", "lists"]


def test_every_item_is_asked_once_with_its_full_text(city: openpyxl.Workbook) -> None:
    marks = [row[8].value for page in questions(city) for row in page.iter_rows(min_row=4)]
    asked = [mark for mark in marks if mark and "|" not in mark]
    assert asked == list(framework().indicators)
    text = "\n".join(
        str(cell.value) for page in questions(city) for row in page.iter_rows() for cell in row if cell.value
    )
    for item in framework().indicators.values():
        assert item.question.zh in text
        for level in item.levels:
            assert level.words.zh in text
        for option in item.options:
            assert option.words.zh in text


def test_only_cells_to_answer_in_can_be_written_to(city: openpyxl.Workbook) -> None:
    for page in city.worksheets:
        assert page.protection.sheet
    for page in questions(city):
        for row in page.iter_rows(min_row=1, max_col=9):
            for cell in row:
                if not cell.protection.locked:
                    assert cell.column_letter in "DEFG"
                    assert cell.number_format == "@"
                    assert cell.value is None
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    assert cell.protection.locked
                    assert cell.number_format == "General"
    open_cells = [cell for row in city["封面"].iter_rows() for cell in row if not cell.protection.locked]
    assert open_cells


def test_a_list_offers_every_level_with_its_words_and_stands_on_a_hidden_sheet(city: openpyxl.Workbook) -> None:
    lists = [cell.value for cell in city["lists"]["A"]]
    item = framework().indicators["ST1.1"]
    wanted = [f"{level.level}级　{level.words.zh}" for level in item.levels]
    start = lists.index(wanted[0])
    assert lists[start : start + 6] == wanted
    rules = [rule for page in questions(city) for rule in page.data_validations.dataValidation]
    assert rules
    assert all(rule.type == "list" and rule.formula1.startswith("'lists'!$A$") for rule in rules)
    assert not any(rule.showErrorMessage for rule in rules)  # “3” may be typed as well


def test_pages_are_a4_with_numbers_and_headings_on_each(city: openpyxl.Workbook) -> None:
    for page in city.worksheets:
        if page.sheet_state == "visible":
            assert page.page_setup.paperSize == 9
            assert page.sheet_properties.pageSetUpPr.fitToPage
            assert page.page_setup.fitToWidth == 1
            assert page.print_area
            assert "&P" in page.oddFooter.center.text
            assert "&N" in page.oddFooter.center.text
            assert "表号" in page.oddFooter.left.text
    for page in questions(city):
        assert page.print_title_rows == "$3:$3"
        assert page.page_setup.orientation == "landscape"
        assert page.column_dimensions["I"].hidden
        assert page.freeze_panes == "C4"


def test_no_row_is_lower_than_its_text_or_higher_than_a_program_allows(city: openpyxl.Workbook) -> None:
    for page in questions(city):
        width = page.column_dimensions["C"].width
        for row in page.iter_rows(min_row=4):
            if row[2].value:
                high = page.row_dimensions[row[2].row].height
                assert high >= len(extent.lines(row[2].value, width, 10.5)) * 10.5 * LINE["zh"]
                assert high < 409


def test_a_text_too_tall_for_one_row_goes_on_in_the_next_and_loses_nothing() -> None:
    text = "\n".join(["很长的题目说明，" * 40, "short words of another tongue " * 60, "末"])
    pieces = split(text, 57, 10.5)
    assert len(pieces) > 1
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(extent.lines(one, 57, 10.5)) * 10.5 * LINE["zh"] < 400 for one in pieces)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_typed_is_text_and_never_a_formula(tmp_path: Path, text: str) -> None:
    sheet = sheet_of(
        {"ST2.3": Answer.not_applicable(text), "ST1.2": Answer.of_number(result="1", source=text)},
        cells={("ST1.1", "note"): text, ("ST1.1", "evidence/a1"): {"name": text, "number": text}},
    )
    path = tmp_path / "表.xlsx"
    write(path, builtin(), sheet, assessment=ID, items=FEW, unit=text, package=text, deadline=text)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                for formula in re.findall(r"<f>(.*?)</f>", archive.read(name).decode()):
                    assert formula.startswith(("IF(", "IFERROR(", "COUNTIF(", "SUM(", '"')) or formula.isdecimal()
                    assert "1+1" not in formula
    found = read(path, framework(), ID)
    assert found.standing == "ours"
    assert found.answers == sheet.answers()
    assert not found.values
    assert not found.evidence
    assert not found.doubts


def test_the_identity_is_values_that_say_where_the_form_belongs(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    identity = write(
        path, builtin(), sheet_of(full_answers()), assessment=ID, items=FEW, unit="市委政法委", package="P-7"
    )
    page = openpyxl.load_workbook(path)["zhiheng"]
    rows = {row[0].value: row[1].value for row in page.iter_rows()}
    assert rows["format"] == "zhiheng-questionnaire"
    assert rows["assessment"] == f'"{ID}"'
    assert rows["framework_digest"] == f'"{builtin().digest}"'
    assert rows["package"] == '"P-7"'
    assert rows["digest"] == identity.digest
    assert identity.items == FEW
    assert not any(
        isinstance(cell.value, str) and cell.value.startswith("=") for row in page.iter_rows() for cell in row
    )
    assert re.fullmatch(r"([0-9A-F]{4} ){3}[0-9A-F]{4}", identity.number)


def test_what_the_document_holds_stands_in_the_form(tmp_path: Path) -> None:
    book = blank(tmp_path, sheet=sheet_of(full_answers(), cells={("ST1.1", "note"): "已印发"}))
    assert book.cell("ST1.1").value.startswith("4级　在3级基础上")
    assert book.cell("ST1.1", "note").value == "已印发"
    assert book.cell("ST2.2|+A").value == "有"
    assert book.cell("ST2.2|+C").value == "无"
    assert book.cell("ST2.3", "state").value == "不适用"
    assert book.cell("ST4.3|numerator").value == "1234"
    assert book.cell("ME2.1").value.startswith("是")


def test_the_last_period_stands_beside_the_question_where_there_is_one(tmp_path: Path) -> None:
    sheet = sheet_of(cells={("ST1.1", "previous"): Answer.of_level(2).to_json()})
    page = openpyxl.load_workbook(written(tmp_path / "表.xlsx", sheet))["填报表"]
    headings = [cell.value for cell in page[3]]
    assert headings[3] == "上期"
    assert "2级" in [cell.value for cell in page["D"]]


def test_a_township_gets_plain_questions_in_large_type_and_nothing_else(tmp_path: Path) -> None:
    profile = Profile(unit="青石镇", tier="乡", mode="self")
    path = tmp_path / "镇.xlsx"
    write(path, builtin(), Sheet(profile), assessment=ID)
    book = openpyxl.load_workbook(path)
    assert "佐证登记" not in book.sheetnames
    page = book["1 战略"]
    assert [cell.value for cell in page[3]] == ["题号", "题目与填报要求", "作答", "填写状态", "行标记"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any("给你们用的系统上线之前" in text for text in texts)
    assert not any("佐证" in text for text in texts)
    assert page["A3"].font.sz == 14
    assert page.page_setup.orientation == "portrait"


@pytest.mark.parametrize("tier", ["市", "县", "乡", "村"])
def test_an_english_form_has_no_chinese(tmp_path: Path, tier: str) -> None:
    path = tmp_path / "form.xlsx"
    write(path, builtin(), Sheet(Profile(unit="Town", tier=tier)), assessment=ID, language="en")
    texts = [
        (page.title, cell.coordinate, cell.value)
        for page in openpyxl.load_workbook(path).worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and HAN.search(cell.value) and page.title != "zhiheng"
    ]
    assert not [one for one in texts if "★" not in one[2] and not one[2].startswith("=")]


def test_one_form_for_every_unit_that_leads(tmp_path: Path) -> None:
    leads = by_lead(builtin(), sheet_of())
    assert sum(len(codes) for codes in leads.values()) == len(framework().indicators)
    lead = Words("市委组织部", "Organization department")
    identity = write(tmp_path / "a.xlsx", builtin(), sheet_of(), assessment=ID, items=leads[lead], unit=lead.zh)
    assert identity.items == leads[lead]
    assert identity.unit == "市委组织部"


def test_core_items_and_counties_have_their_forms(tmp_path: Path) -> None:
    core = tuple(item.code for item in builtin().indicators.values() if item.core)
    county = Profile(unit="青河县", tier="县", unit_kind="county", scope=core)
    identity = write(tmp_path / "县.xlsx", builtin(), Sheet(county), assessment=ID)
    assert set(identity.items) <= set(core)
    found = read(tmp_path / "县.xlsx", builtin(), ID)
    assert found.standing == "ours"
    assert "本县" in "".join(
        str(cell.value)
        for page in openpyxl.load_workbook(tmp_path / "县.xlsx").worksheets
        for row in page.iter_rows()
        for cell in row
    )


def test_nothing_to_ask_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        written(tmp_path / "表.xlsx", items=("XX9.9",))
    assert caught.value.code == "sheets.nothing"


def test_a_folder_that_is_not_there_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        written(tmp_path / "无" / "表.xlsx")
    assert caught.value.code == "sheets.unwritten"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("wanted", ["[a]:b*c?d/e\\f", "'单引号'", "", "很长的名字" * 20, "同名"])
def test_a_sheet_has_a_name_every_program_accepts(wanted: str) -> None:
    name = sheet_title(wanted, ["同名", "a"])
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")
    assert name != "同名"


def test_a_cell_never_gets_more_than_it_can_hold() -> None:
    assert len(safe("长" * 50_000)) <= 32_767
    assert len(safe("🎈" * 50_000).encode("utf-16-le")) // 2 <= 32_767
    assert safe("a\x00b\x1fc\ud800\ufffe") == "abc"
    assert safe("a\r\nb\rc") == "a\nb\nc"


def thousand() -> dict[str, str]:
    """A framework of a thousand items in one dimension of each kind."""
    rows = []
    for number in range(1000):
        kind = ("level", "yesno", "multi", "number")[number % 4]
        rows.append(_item(number, kind))
    return {"framework.toml": _HEAD + "\n".join(rows)}


_HEAD = """\
code = "thousand"
version = "1"
title = { zh = "一千题", en = "A thousand" }
tiers = [{ key = "市", zh = "市", en = "city" }]
[total]
aggregation = "weighted_mean"
[states.NA]
zh = "不适用"
en = "not applicable"
formal = { treatment = "exclude" }
[states.UNANSWERED]
zh = "未作答"
en = "unanswered"
any_mode = "void"
[defaults]
tiers = ["市"]
weight = 1
"""


def _item(number: int, kind: str) -> str:
    body = {
        "level": 'level = [{ level = 0, zh = "无", en = "none" }, { level = 1, zh = "有", en = "some" }]',
        "yesno": 'yesno = { good = "yes", yes = { zh = "有", en = "yes" }, no = { zh = "无", en = "no" } }',
        "multi": 'option = [{ key = "A", zh = "甲", en = "one" }, { key = "B", zh = "乙", en = "two" }]',
        "number": 'number = { kind = "count", unit.zh = "件", unit.en = "cases", direction = "up", zero = 0, full = 9, '
        'decimals = 0, plausible = [0, 9], numerator.zh = "件数", numerator.en = "cases" }',
    }[kind]
    head = f'[[indicator]]\ncode = "I{number}"\nkind = "{kind}"\n'
    names = f'name = {{ zh = "题{number}", en = "item" }}\nquestion = {{ zh = "问{number}？", en = "ask?" }}\n'
    return f"{head}{names}{body}\n"


@pytest.mark.parametrize(("many", "count"), [(False, 1), (True, 1000)])
def test_one_item_and_a_thousand(tmp_path: Path, many: bool, count: int) -> None:
    made = from_sources(thousand() if many else {"framework.toml": _HEAD + _item(0, "level")})
    answers = {"I0": Answer.of_level(1)}
    if many:
        answers |= {"I1": Answer.of_choice("no"), "I2": Answer.of_ticks("B"), "I999": Answer.of_number(result="7")}
    path = tmp_path / "表.xlsx"
    identity = write(path, made, Sheet.of(Profile(unit="甲"), answers), assessment=ID)
    assert len(identity.items) == count
    found = read(path, made, ID)
    assert found.standing == "ours"
    assert found.answers == answers
    assert not found.doubts
    assert not found.findings


def test_the_second_framework_and_the_small_one(tmp_path: Path) -> None:
    made = from_sources(small_framework.SMALL)
    path = tmp_path / "small.xlsx"
    write(path, made, Sheet(Profile(unit="甲")), assessment=ID)
    assert read(path, made, ID).standing == "ours"
    egov = read_framework(Path(__file__).parents[1] / "data" / "municipal-egov")
    answers = {code: Answer.of_choice("yes" if number % 2 else "no") for number, code in enumerate(egov.indicators)}
    path = tmp_path / "egov.xlsx"
    write(path, egov, Sheet.of(Profile(unit="Commune"), answers), assessment=ID, language="en")
    found = read(path, egov, ID)
    assert found.answers == answers
    assert len(Book(path).rows) == len(egov.indicators)

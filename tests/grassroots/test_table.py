"""A table of keyed sheets: good rows are taken whole, each bad row is named with its cell and remedy."""

from __future__ import annotations

import pytest

from assess.framework.read import builtin
from assess.grassroots.form import form
from assess.grassroots.table import sheets
from assess.problems import Problem

FRAMEWORK = builtin()


def read(tmp_path, text, tier="乡", name="t.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return sheets(path, FRAMEWORK, tier)


def test_columns_are_found_by_code_and_by_number_on_the_paper(tmp_path):
    second = form(FRAMEWORK, "乡").questions[1].code
    found = read(tmp_path, "说明行\n表号,地点,第2题,SH3.3,ST4.1\n乡 0007,青石镇,4,12,ABD\n8,白水镇,,,0\n")
    assert [(one.number, one.place, dict(one.answers)) for one in found.sheets] == [
        (7, "青石镇", {second: 4, "SH3.3": "12", "ST4.1": ("A", "B", "D")}),
        (8, "白水镇", {"ST4.1": ()}),
    ]
    assert found.findings == []


def test_levels_may_stand_in_a_column_and_a_village_keeps_no_name(tmp_path):
    found = read(tmp_path, "表号,层级,地点,ME2.5\n1,村（社区）,石桥村,3\n2,乡,青石镇,4\n3,township,x,1\n")
    assert [(one.tier, one.number) for one in found.sheets] == [("村", 1), ("乡", 2), ("乡", 3)]
    assert "石桥村" not in str(found.sheets[0].to_json())


@pytest.mark.parametrize(
    "row, code, place",
    [
        ("1,x,8,1", "sheet.no-such-level", "C2"),
        ("=1+1,x,3,1", "sheet.number", "A2"),
        ("1,x,3,9999", "sheet.implausible", "D2"),
        ("1,x,</script>,1", "sheet.no-such-level", "C2"),
    ],
)
def test_a_bad_cell_refuses_its_row_alone(tmp_path, row, code, place):
    found = read(tmp_path, f"表号,地点,ME2.5,SH3.3\n{row}\n2,y,3,1\n")
    assert [(finding.code, finding.place) for finding in found.findings] == [(code, place)]
    assert [one.number for one in found.sheets] == [2]
    assert all(finding.hint is not None for finding in found.findings)


def test_the_same_number_twice_is_named_with_both_places(tmp_path):
    found = read(tmp_path, "表号,ME2.5\n1,3\n1,4\n")
    assert [finding.code for finding in found.findings] == ["sheets.twice"]
    assert "A2" in found.findings[0].line("zh")
    assert found.sheets[0].answers == {"ME2.5": 3}


def test_hostile_places_stay_words(tmp_path):
    places = ['"=1+1"', '"</script>"', '"青\n石"', "🙂", "㙍𐡓"]
    rows = "\n".join(f"{number},{place},3" for number, place in enumerate(places, 1))
    found = read(tmp_path, f"表号,地点,ME2.5\n{rows}\n")
    assert [one.place for one in found.sheets] == ["=1+1", "</script>", "青\n石", "🙂", "㙍𐡓"]


def test_a_question_the_form_has_not_is_named(tmp_path):
    found = read(tmp_path, "表号,31\n1,3\n", tier="村")
    assert [finding.code for finding in found.findings] == ["sheets.no-question"]


def test_a_table_without_headings_says_which_it_needs(tmp_path):
    with pytest.raises(Problem) as found:
        read(tmp_path, "a,b\n1,2\n")
    assert found.value.code == "sheets.headings"


def test_a_workbook_is_read_like_a_text(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["表号", "地点", "ME2.5", "ST4.1"], [1, "青石镇", 3, "1,2"], [2, None, None, 5]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    found = sheets(tmp_path / "t.xlsx", FRAMEWORK, "乡")
    assert [dict(one.answers) for one in found.sheets] == [{"ME2.5": 3, "ST4.1": ("A", "B")}, {"ST4.1": ("E",)}]


def test_the_empty_table_is_one_that_can_be_read(tmp_path):
    import openpyxl

    from assess.grassroots.table import template

    template(tmp_path / "e.xlsx", FRAMEWORK, "村")
    book = openpyxl.load_workbook(tmp_path / "e.xlsx")
    page = book.worksheets[0]
    page.cell(3, 1).value, page.cell(3, 3).value = "4", "5"
    book.save(tmp_path / "e.xlsx")
    (one,) = sheets(tmp_path / "e.xlsx", FRAMEWORK, "村").sheets
    assert (one.number, one.answers) == (4, {form(FRAMEWORK, "村").questions[0].code: 5})

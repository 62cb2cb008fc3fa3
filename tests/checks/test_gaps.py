"""What the rules say once, which thresholds mean levels, and what is handed to the review as a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assess.answers import Answer
from assess.checks.conditions import mixed
from assess.checks.evaluate import findings
from assess.checks.result import Found
from assess.checks.table import rows, write
from assess.framework.read import builtin
from assess.measure.score import score
from assess.problems import Problem
from tests.checks.laid import number, piece, sheet


def found(one, **more) -> tuple[Found, ...]:
    framework = builtin()
    return findings(framework, one, score(framework, one), **more)


def of_item(one, code: str) -> list[str]:
    return [each.rule for each in found(one) if each.code == code and each.severity == "error"]


def test_a_numerator_above_its_denominator_is_said_once() -> None:
    assert of_item(sheet({"ME2.2": number("12", "10", confirm="yes")}), "ME2.2") == ["N03"]
    assert of_item(sheet({"ME2.2": number(result="120", confirm="yes")}), "ME2.2") == ["N01"]


def test_at_least_3_of_a_percentage_is_the_level_it_comes_to() -> None:
    """SE2.1 is a key item in per cent: 5 % is no level 3, though it is more than 3 (D57)."""
    few, most = sheet({"SE2.1": number("5", "100")}), sheet({"SE2.1": number("95", "100")})
    assert "E01" not in of_item(few, "SE2.1")
    assert "E01" in of_item(most, "SE2.1")
    assert "E01" not in of_item(most.with_cells({("SE2.1", "evidence/a"): piece()}), "SE2.1")


def test_only_selections_of_one_kind_compare_raw_figures() -> None:
    assert [mixed(one) for one in ("key", "all", "dim:ME", "type:level", "dim:ME&type:level", "unit:%", ["SE2.1"])] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


def test_facts_only_the_caller_knows_fire_their_hints() -> None:
    every = {code: Answer.of_level(3) for code, item in builtin().indicators.items() if item.kind == "level"}
    hasty = found(sheet(every | {"ME2.2": number("4", "10")}), facts={"minutes_from_first_to_last_answer": 5.0})
    answered = len(every) + 1
    assert ("P14" in {one.rule for one in hasty}) == (answered >= 50)
    left = found(sheet({"ST2.4": Answer.of_level(4)}), facts={"open_rectification_items": 2.0})
    assert "T11" in {one.rule for one in left}


HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "＝1+1", "😀㙍𡐓", "</script>", "两行\n说明")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_a_person_typed_becomes_a_formula(text: str, tmp_path: Path) -> None:
    one = sheet(
        {"SE2.1": number("95", "100")}, {("SE2.1", "explanation"): text + "，因此如此填写，特此说明情况如下"}, unit=text
    )
    listed = found(one)
    book, plain = tmp_path / "a.xlsx", tmp_path / "a.csv"
    write(book, builtin(), one, listed, language="zh")
    write(plain, builtin(), one, listed, language="zh")
    page = load_workbook(book).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    table = list(csv.reader(io.StringIO(plain.read_bytes().decode("utf-8-sig"))))
    assert len(table) == len(listed) + 1
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_the_table_says_what_where_and_why_and_leaves_room_for_the_review() -> None:
    one = sheet({"SE2.1": number("95", "100")}, {("SE2.1", "explanation"): "测评报告正在办理，下月取得后补登记文号。"})
    row = next(row for row in rows(builtin(), one, found(one), language="zh") if row[7] == "E01")
    assert row[0] == "必须处理"
    assert row[1:3] == ("SE2.1", builtin().indicators["SE2.1"].name.zh)
    assert row[8] == "已说明"
    assert row[9].startswith("测评报告")
    assert row[10] == ""


def test_a_text_with_a_personal_number_is_named_but_never_repeated() -> None:
    one = sheet(
        {"SE2.1": number("95", "100")},
        {("SE2.1", "explanation"): "请联系经办人，电话19900000000，材料随后补齐并登记。"},
    )
    listed = rows(builtin(), one, found(one), language="zh")
    assert any(row[7] == "S03" and row[4] == "情况说明" for row in listed) or any(row[7] == "S03" for row in listed)
    assert not any("19900000000" in cell for row in listed for cell in row)


def test_attachment_names_register_entries_and_the_cover_are_searched() -> None:
    secret = {
        ("ST1.1", "evidence/a"): {"name": "方案", "file_name": "绝密★方案.pdf"},
        ("@bonus", "001"): {"item": "B1", "matter": "联系19900000000", "document": ""},
        ("@cover", "phone"): "19900000000",
    }
    for cell, value in secret.items():
        errors = [one for one in found(sheet({}, {cell: value})) if one.group == "secrecy" and one.severity == "error"]
        assert errors, cell
        assert "1990000" not in repr(errors)


def test_a_list_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        write(tmp_path / "no" / "a.csv", builtin(), sheet(), (), language="zh")
    assert raised.value.code == "findings.unwritable"


def test_what_belongs_to_no_item_names_the_place_to_go_to() -> None:
    """A number on the cover, a bonus without proof, too many "no data", too little answered: each has its place."""
    where = {
        rule: next(one.target for one in found(one_sheet) if one.rule == rule)
        for rule, one_sheet in {
            "S03": sheet({}, {("@cover", "phone"): "19900000000"}),
            "P16": sheet({}, {("@bonus", "001"): {"item": "B1", "matter": "试点", "document": ""}}),
            "P10": sheet({code: Answer.no_data("没有") for code in list(builtin().indicators)[3:40]}),
            "P19": sheet({"ST1.1": Answer.of_level(3)}),
            "P01": sheet({c: Answer.of_level(3) for c, item in builtin().indicators.items() if item.kind == "level"}),
        }.items()
    }
    codes = list(builtin().indicators)
    assert where == {"S03": "@cover", "P16": "@bonus", "P10": codes[3], "P19": codes[1], "P01": "ST1.1"}


def test_an_explanation_of_a_finding_without_item_stays_with_its_rule() -> None:
    straight = sheet({c: Answer.of_level(3) for c, item in builtin().indicators.items() if item.kind == "level"})
    one = next(each for each in found(straight) if each.rule == "P01")
    assert (one.code, one.explained_at) == ("", "@check/P01")

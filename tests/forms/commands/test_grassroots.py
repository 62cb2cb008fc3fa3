"""paper, key, gather, gap: the whole way from a printed sheet to the gap, from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from forms.cli import cli

LINE = "{number} 33333333 444444444444444444444 125 12\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIHENG_LANGUAGE", "zh")

    def call(*words, given=""):
        return CliRunner().invoke(cli, [*words], input=given)

    base = ("--base-date", "2026-06-30", "--mode", "self")
    call("new", "city.zhd", "--unit", "衡川市", "--counties", "2", *base)
    call("new", "town.zhd", "--unit", "青石镇", "--tier", "乡", *base)
    (tmp_path / "a.csv").write_text("编号,作答\nME2.5,5\n", "utf-8")
    call("answer", "city.zhd", "--from", "a.csv")
    return call


def test_paper_carries_the_next_free_numbers(run, tmp_path):
    run("key", "town.zhd", given=LINE.format(number=7))
    done = run("paper", "town.zhd", "--copies", "3")
    assert done.exit_code == 0
    assert (tmp_path / "town 问卷8—10.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("copies", ["0", "501", "-1"])
def test_copies_that_cannot_be_printed_are_refused(run, copies):
    assert run("paper", "town.zhd", "--copies", copies).exception.code == "paper.copies"


def test_lines_are_keyed_and_bad_ones_named(run):
    done = run("key", "town.zhd", "--json", given=LINE.format(number=1) + "2 37\n" + LINE.format(number=1))
    found = json.loads(done.stdout)
    assert found["taken"] == [1]
    assert [finding["code"] for finding in found["findings"]] == ["sheet.no-such-level", "sheet.twice"]
    assert [finding["place"] for finding in found["findings"]] == ["2", "3"]
    assert done.exception.code == "key.refused"


def test_a_sheet_is_replaced_only_when_asked(run):
    run("key", "town.zhd", given=LINE.format(number=1))
    again = run("key", "town.zhd", "--replace", given="1 00000000 " + "1" * 21 + " 0 3\n")
    assert again.exit_code == 0
    assert "现有1份" in again.output


def test_a_dry_run_changes_nothing(run):
    run("key", "town.zhd", "--dry-run", given=LINE.format(number=1))
    assert "现有0份" in run("key", "town.zhd", given="\n").output


def test_five_sheets_give_a_gap_and_four_only_the_reason(run):
    run("key", "town.zhd", given="".join(LINE.format(number=number) for number in range(1, 5)))
    run("gather", "city.zhd", "town.zhd")
    found = {each["code"]: each for each in json.loads(run("gap", "city.zhd", "--json").stdout)["items"]}
    assert found["ME2.5"]["mean"] is None
    assert found["ME2.5"]["gap"] is None
    assert "不足5份" in run("gap", "city.zhd").output
    run("key", "town.zhd", given=LINE.format(number=5))
    run("gather", "city.zhd", "town.zhd")
    found = {each["code"]: each for each in json.loads(run("gap", "city.zhd", "--json").stdout)["items"]}
    assert (found["ME2.5"]["mean"], found["ME2.5"]["gap"], found["ME2.5"]["sheets"]) == (3.0, 2.0, 5)
    assert "上热下冷" in run("gap", "city.zhd").output


def test_a_folder_of_documents_is_taken_in_and_what_is_none_is_named(run, tmp_path):
    (tmp_path / "below").mkdir()
    run("new", "below/甲县.zhd", "--unit", "甲县", "--tier", "县", "--base-date", "2026-06-30", "--mode", "self")
    (tmp_path / "below" / "x.zhd").write_bytes(b"nothing")
    done = run("gather", "city.zhd", "below", "--blend", "--json")
    found = json.loads(done.stdout)
    assert {each["file"]: each["county"] for each in found["files"]} == {"x.zhd": None, "甲县.zhd": "甲县"}
    assert found["counties"] == 1
    assert found["blended"] is True
    assert done.exception.code == "gather.refused"


def test_a_township_is_not_compared(run):
    assert run("gap", "town.zhd").exception.code == "gap.not-here"


def test_the_folder_of_lower_units_is_taken_in_without_being_named(run, tmp_path):
    assert run("gather", "city.zhd").exception.code == "gather.no-files"
    (tmp_path / "city.下级单位").mkdir()
    base = ("--base-date", "2026-06-30", "--mode", "self")
    run("new", "city.下级单位/甲县.zhd", "--unit", "甲县", "--tier", "县", *base)
    assert "甲县" in run("gather", "city.zhd").output


def test_an_empty_table_is_written_and_read_back(run, tmp_path):
    assert run("key", "town.zhd", "--template", "t.xlsx", "--tier", "村").exit_code == 0
    assert (tmp_path / "t.xlsx").exists()

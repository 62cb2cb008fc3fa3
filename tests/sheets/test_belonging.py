"""Forms that do not belong here are told apart, each with its sentence, and files that are no forms say what to do."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin, from_sources
from assess.framework.read import read as read_framework
from assess.problems import Problem
from assess.sheets.reading import read
from assess.sheets.write import write
from tests.sheets.office import FEW, ID, Book, blank, framework, read_back, written

EGOV = Path(__file__).parents[1] / "data" / "municipal-egov"


def test_a_form_of_this_document_has_no_problem(tmp_path: Path) -> None:
    form = read_back(written(tmp_path / "表.xlsx"))
    assert form.standing == "ours"
    assert form.problem is None


def test_another_assessment_is_named_by_its_unit(tmp_path: Path) -> None:
    path = written(tmp_path / "表.xlsx", unit="示例·沧曲市")
    form = read_back(path, "00000000-0000-0000-0000-000000000001")
    assert form.standing == "other_assessment"
    assert form.problem is not None
    assert "示例·沧曲市" in form.problem.sentence("zh")


def test_another_framework_and_another_version_are_two_things(tmp_path: Path) -> None:
    path = tmp_path / "egov.xlsx"
    write(path, read_framework(EGOV), Sheet(Profile(unit="甲")), assessment=ID)
    assert read_back(path).standing == "other_framework"
    sources = dict(builtin().sources)
    newer = {
        name: text.replace(f'version = "{builtin().version}"', 'version = "9.9"') for name, text in sources.items()
    }
    newer_framework = from_sources(newer)
    assert newer_framework.version == "9.9"
    form = read(written(tmp_path / "表.xlsx"), newer_framework, ID)
    assert form.standing == "older_framework"
    assert builtin().version in form.problem.sentence("zh")


def test_items_that_the_newer_version_no_longer_has_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "表.xlsx")
    without = replace(
        framework(), indicators={code: item for code, item in framework().indicators.items() if code != "ST1.1"}
    )
    form = read(path, without, ID)
    assert form.missing == ("ST1.1",)
    assert "sheets.unknown" in {finding.code for finding in form.findings}


@pytest.mark.parametrize("change", ["value", "row", "gone"])
def test_changed_marks_are_noticed(tmp_path: Path, change: str) -> None:
    book = blank(tmp_path)
    page = book.book["zhiheng"]
    for row in range(1, page.max_row + 1):
        if page.cell(row, 1).value == "unit":
            page.cell(row, 2).value = '"另一个市"'
            if change == "row":
                page.delete_rows(row)
            if change == "gone":
                page.cell(row, 2).value = "{"
    form = read_back(book.put("ST1.1", "3").save())
    assert form.standing == "altered"
    assert form.answers == {"ST1.1": Answer.of_level(3)}


def test_a_form_for_some_items_says_nothing_of_the_others(tmp_path: Path) -> None:
    form = read_back(written(tmp_path / "表.xlsx", items=("ST1.1",)))
    assert form.identity is not None
    assert form.identity.items == ("ST1.1",)
    assert not form.missing
    assert not form.findings


def test_every_refusal_has_its_own_sentence_in_both_languages(tmp_path: Path) -> None:
    form = read_back(written(tmp_path / "表.xlsx"))
    standings = ("foreign", "other_assessment", "other_framework", "older_framework", "altered")
    problems = [replace(form, standing=standing).problem for standing in standings]
    assert len({problem.sentence("zh") for problem in problems}) == len(standings)
    assert len({problem.sentence("en") for problem in problems}) == len(standings)
    assert all(problem.hint is not None for problem in problems)


def code_of(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        read_back(path)
    assert caught.value.hint is not None
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def test_files_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
    assert code_of(tmp_path / "无.xlsx") == "sheets.absent"
    for name in ("表.et", "表.csv", "表.pdf", "表.wps"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
        assert code_of(tmp_path / name) == "sheets.kind"
    for content in (b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 broken", b"plain words"):
        (tmp_path / "坏.xlsx").write_bytes(content)
        assert code_of(tmp_path / "坏.xlsx") == "sheets.unreadable"
    good = written(tmp_path / "表.xlsx").read_bytes()
    (tmp_path / "半.xlsx").write_bytes(good[: len(good) // 2])
    assert code_of(tmp_path / "半.xlsx") == "sheets.unreadable"


def test_a_workbook_that_is_no_form_is_told_apart(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"
    book.save(tmp_path / "别的.xlsx")
    assert code_of(tmp_path / "别的.xlsx") == "sheets.foreign"
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    assert code_of(tmp_path / "空.xlsx") == "sheets.foreign"


def test_a_workbook_locked_with_a_password_is_told(tmp_path: Path) -> None:
    path = Path(__file__).parent / "kept" / "locked.xlsx"
    assert code_of(path) == "sheets.locked"


def test_a_form_under_a_wrong_extension_is_read_by_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "表.xls"
    shutil.copy(blank(tmp_path).put("ST1.1", "3").save(tmp_path / "原.xlsx"), path)
    assert read_back(path).answers == {"ST1.1": Answer.of_level(3)}


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = blank(tmp_path)
    book.page("ST1.1")["XFD1048576"].value = "x"
    assert code_of(book.save()) == "sheets.too-large"


def test_a_format_far_away_does_not_hurt(tmp_path: Path) -> None:
    book = blank(tmp_path).put("ST1.1", "3")
    book.page("ST1.1")["XFD500"].number_format = "0.00"
    assert read_back(book.save()).answers == {"ST1.1": Answer.of_level(3)}


def test_a_file_that_unpacks_to_no_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", io.BytesIO(b"0" * 450_000_000).getvalue())
    assert code_of(path) == "sheets.too-large"


def test_reading_changes_no_file(tmp_path: Path) -> None:
    path = Book(written(tmp_path / "表.xlsx", items=FEW)).put("ST1.1", "3").save()
    before = path.read_bytes()
    read_back(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["表.xlsx"]

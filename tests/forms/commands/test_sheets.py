"""`sheet` and `sheet-in`: forms written from documents and taken in again, with differences and doubts shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from forms.cli import main
from tests.sheets.office import Book

HOSTILE = "示例\n=1+1</script>🎈㙍𡐓"
ITEMS = "ST1.1,ST1.2,ST2.1,ST2.2,ME2.1"


@pytest.fixture
def document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "衡 川.zhd"
    assert main(["new", str(path), "--unit", HOSTILE, "--code", "990303", "--base-date", "2026-06-30"]) == 0
    capsys.readouterr()
    return path


@pytest.fixture
def form(document: Path, tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    assert main(["sheet", str(document), "--out", str(path), "--items", ITEMS]) == 0
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def answers(capsys: pytest.CaptureFixture[str], document: Path) -> dict:
    _, out, _ = told(capsys, "show", document, "--json")
    return json.loads(out)["answers"]["self"]


def test_one_form_for_all_and_one_for_each_unit(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, "sheet", document, "--out", tmp_path / "全.xlsx", "--json")
    assert code == 0
    assert json.loads(out)[0]["items"] == 69
    code, out, _ = told(capsys, "sheet", document, "--out", tmp_path / "部门", "--by-unit", "--json")
    made = json.loads(out)
    assert code == 0
    assert sum(one["items"] for one in made) == 69
    assert len({one["number"] for one in made}) == len(made) == len(list((tmp_path / "部门").glob("*.xlsx")))
    code, out, _ = told(capsys, "sheet", document, "--out", tmp_path / "组.xlsx", "--unit", "市委组织部")
    assert code == 0
    assert "8" in out


def test_an_english_form_from_a_chinese_document(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "en.xlsx"
    assert told(capsys, "sheet", document, "--out", path, "--language", "en", "--items", ITEMS)[0] == 0
    assert "Questions" in Book(path).book.sheetnames
    assert told(capsys, "sheet-in", document, path)[0] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--unit", "没有的局"),
        ("--items", "XX9.9"),
        ("--by-unit",),
        ("--unit", "市委组织部", "--items", "ST1.1"),
    ],
)
def test_what_cannot_be_written_is_said_with_a_remedy(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, ...]
) -> None:
    code, _, err = told(capsys, "sheet", document, "--out", tmp_path / "表.xlsx", *wrong)
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "表.xlsx").exists()


def test_a_filled_form_lands_and_doubtful_cells_wait(
    document: Path, form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(form).put("ST1.1", "3级").put("ST1.2", "约2次").put("ST2.1", "基本建成").put("ST1.1", HOSTILE, "note")
    book.cover("填报人", "张三").save()
    code, out, err = told(capsys, "sheet-in", document, form)
    assert code == 1
    assert "填报表!D" in out
    assert "约2次" in out
    assert "--choose ST2.1=4" in out
    assert "2 格" in err
    assert answers(capsys, document) == {"ST1.1": {"kind": "level", "level": 3}}
    assert told(capsys, "sheet-in", document, form, "--accept", "--choose", "ST2.1=4")[0] == 0
    assert answers(capsys, document) == {
        "ST1.1": {"kind": "level", "level": 3},
        "ST1.2": {"kind": "number", "result": "2"},
        "ST2.1": {"kind": "level", "level": 3},
    }


def test_a_dry_run_shows_and_changes_nothing(document: Path, form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Book(form).put("ST1.1", "3").put("ST1.2", "很多").save()
    before = document.read_bytes()
    code, out, _ = told(capsys, "sheet-in", document, form, "--dry-run", "--json")
    assert code == 0
    found = json.loads(out)["forms"][0]
    assert [(one["item"], one["kind"], one["taken"]) for one in found["differences"]] == [
        ("ST1.1", "new", True),
        ("ST1.2", "open", False),
    ]
    assert [doubt["typed"] for doubt in found["doubts"]] == ["很多"]
    assert found["taken"] == 0
    assert document.read_bytes() == before


def test_a_form_of_another_document_is_refused_unless_told(
    document: Path, form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Book(form).put("ST1.1", "3").save()
    other = tmp_path / "别.zhd"
    main(["new", str(other), "--unit", "别的市"])
    code, _, err = told(capsys, "sheet-in", other, form)
    assert code == 1
    assert "另一次评估" in err
    assert not answers(capsys, other)
    assert told(capsys, "sheet-in", other, form, "--anyway")[0] == 0
    assert answers(capsys, other)["ST1.1"]["level"] == 3


def test_copies_that_differ_are_not_taken_where_they_differ(
    document: Path, form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Book(form).put("ST1.1", "3").put("ME2.1", "是").save()
    second = Book(first).put("ST1.1", "4").save(tmp_path / "表 (2).xlsx")
    third = tmp_path / "表 (3).xlsx"
    shutil.copy(first, third)
    code, out, err = told(capsys, "sheet-in", document, first, second, third)
    assert code == 1
    assert "表 (3).xlsx" in out
    assert "ST1.1" in err
    assert answers(capsys, document) == {"ME2.1": {"kind": "yesno", "choice": "yes"}}
    assert told(capsys, "sheet-in", document, second)[0] == 0
    assert answers(capsys, document)["ST1.1"]["level"] == 4


@pytest.mark.parametrize("choice", ["ST1.1", "ST1.1=x", "=1"])
def test_a_choice_that_makes_no_sense_is_said(
    document: Path, form: Path, capsys: pytest.CaptureFixture[str], choice: str
) -> None:
    code, _, err = told(capsys, "sheet-in", document, form, "--choose", choice)
    assert code == 1
    assert "--choose ST1.1=2" in err


def test_the_english_command_line_speaks_english(
    document: Path, form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Book(form).put("ST1.2", "about 2").save()
    code, out, err = told(capsys, "--language", "en", "sheet-in", document, form)
    assert code == 1
    assert "in doubt" in out
    assert "were not taken" in err

"""A framework as a workbook from the command line: written, read back, and its faults named by sheet and cell."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from assess.framework.read import builtin, read
from forms.cli import main
from tests.framework.workbooks import differences

EGOV = Path(__file__).parents[2] / "data" / "municipal-egov"


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANGUAGE", "zh")


def test_a_folder_becomes_a_workbook_and_a_folder_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, back = tmp_path / "电子政务.xlsx", tmp_path / "新" / "体系"
    assert main(["framework", "to-workbook", str(EGOV), "--out", str(book)]) == 0
    assert capsys.readouterr().out == f"已写入：{book}\n"
    assert main(["framework", "from-workbook", str(book), "--out", str(back)]) == 0
    assert capsys.readouterr().out.endswith(f"已写入：{back}\n")
    assert differences(read(EGOV), read(back)) == []
    assert main(["check", str(back)]) == 0


def test_the_built_in_framework_is_known_by_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "framework", "to-workbook", "zhiheng", "--out", str(tmp_path / "z.xlsx")]) == 0
    assert "Items" in openpyxl.load_workbook(tmp_path / "z.xlsx", read_only=True).sheetnames
    assert main(["framework", "from-workbook", str(tmp_path / "z.xlsx"), "--out", str(tmp_path / "z"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert found == {"written": str(tmp_path / "z"), "findings": []}
    assert differences(builtin(), read(tmp_path / "z")) == []


@pytest.mark.parametrize("as_json", [False, True])
def test_errors_name_the_cell_end_in_one_sentence_and_write_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    path = tmp_path / "a.xlsx"
    main(["framework", "to-workbook", str(EGOV), "--out", str(path)])
    book = openpyxl.load_workbook(path)
    column = next(cell.column_letter for cell in book["题目"][1] if cell.value == "核心题")
    book["题目"][f"{column}4"] = "也许"
    book.save(path)
    capsys.readouterr()
    command = ["framework", "from-workbook", str(path), "--out", str(tmp_path / "back")]
    assert main([*command, "--json"] if as_json else command) == 1
    out, err = capsys.readouterr()
    assert err == "工作簿有 1 处错误，没有写入任何文件。请改正上面指出的单元格后再读入。\n"
    if as_json:
        found = json.loads(out)
        assert found["written"] is None
        assert found["findings"][0]["place"] == f"题目!{column}4"
    else:
        assert out.startswith(f"题目!{column}4  这里不能填“也许”。可以是：是、否。\n")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["to-workbook", "zhiheng", "--out", "a.doc"], "a.doc 不是工作簿的文件名。请用以 .xlsx 结尾的文件名。\n"),
        (["to-workbook", "nosuch", "--out", "a.xlsx"], "没有名为 nosuch 的指标框架。已有的框架：zhiheng。\n"),
        (["from-workbook", "no.xlsx", "--out", "b"], "no.xlsx 处没有工作簿。请核对文件名和文件夹。\n"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["framework", *arguments]) == 1
    assert capsys.readouterr().err == said
    assert list(tmp_path.iterdir()) == []

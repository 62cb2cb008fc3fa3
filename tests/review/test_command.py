"""`zhiheng review`: table, steps, batch, sample and sheets without a window."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from forms.cli import main
from forms.commands.run import now

BY = ("--name", "李四", "--unit", "复核一组")


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = tmp_path / "评估.zhd"
    with Assessment.create(made, builtin(), Profile("甲市"), author=Author("张三"), now=now) as document:
        document.answer_many({"ST1.1": Answer.of_level(4), "ST1.3": Answer.of_level(0), "ST2.1": Answer.of_level(3)})
        document.act_as(Author("李四", "复核一组", role="reviewer"))
        document.answer_many({"ST1.1": Answer.of_level(1), "ST1.3": Answer.of_level(0)}, "review")
    return str(made)


def run(*arguments: str, capsys: Any, expect: int = 0) -> str:
    assert main(["--language", "zh", "review", *arguments]) == expect
    out = capsys.readouterr()
    return str(out.out if expect == 0 else out.err)


def test_the_table_tells_values_differences_and_states(path, capsys):
    told = json.loads(run("table", path, "--only", "differences", "--json", capsys=capsys))
    (row,) = told["rows"]
    assert (row["code"], row["levels_apart"], row["taken"], row["state"]) == ("ST1.1", -3, "review", "under_review")
    assert "复核中" in run("table", path, capsys=capsys)


def test_a_step_needs_a_name_and_what_it_demands(path, capsys):
    assert "署名" in run("step", path, "confirm", "ST1.3", capsys=capsys, expect=1)
    assert "复核意见" in run("step", path, "confirm", "ST1.1", *BY, capsys=capsys, expect=1)
    assert "不是日期" in run(
        "step", path, "return", "ST1.1", "--reason", "缺件", "--deadline", "8月1日", *BY, capsys=capsys, expect=1
    )
    told = run("step", path, "return", "ST1.1", "ST2.1", "--reason", "缺件", "--deadline", "2099-08-01", *BY, "--json",
               capsys=capsys)  # fmt: skip
    assert json.loads(told)["states"] == {"ST1.1": "returned", "ST2.1": "returned"}
    assert "没有题目" in run("step", path, "confirm", "XX9", *BY, capsys=capsys, expect=1)


def test_a_filler_is_refused_on_the_command_line_too(path, capsys):
    refused = run("step", path, "confirm", "ST1.3", *BY, "--role", "filler", capsys=capsys, expect=1)
    assert "姓名与身份" in refused


def test_accepting_says_first_and_does_then(path, capsys):
    dry = json.loads(run("accept", path, "--dry-run", "--take-over", "--json", *BY, capsys=capsys))
    assert dry["confirmed"] == ["ST1.3"]
    assert dry["left"]["difference"] == ["ST1.1"]
    assert dry["left"]["no_evidence"] == ["ST2.1"]
    before = Path(path).read_bytes()
    run("accept", path, "--dry-run", *BY, capsys=capsys)
    assert Path(path).read_bytes() == before
    assert "已确认 1 题" in run("accept", path, *BY, capsys=capsys)
    assert json.loads(run("table", path, "--json", capsys=capsys))["done"] == 1
    with Assessment.open(Path(path), author=Author("李四"), now=now, read_only=True) as document:
        (until,) = {str(value["deadline"]) for (_, column), value in document.sheet.cells.items() if column == "step"}
    assert until == (now().astimezone().date() + timedelta(days=10)).isoformat()


def test_the_same_seed_draws_the_same_sample(path, tmp_path, capsys):
    out = tmp_path / "抽样.xlsx"
    asked = ("sample", path, "--seed", "20260722", "--size", "2", "--json")
    one = json.loads(run(*asked, capsys=capsys))
    other = json.loads(run(*asked, "--keep", "--out", str(out), *BY, capsys=capsys))
    assert one["codes"] == other["codes"]
    assert len(one["codes"]) == 2
    assert openpyxl.load_workbook(out).active.max_row > 3
    kept = json.loads(run("table", path, "--only", "sample", "--json", capsys=capsys))
    assert {row["code"] for row in kept["rows"]} == set(one["codes"])


def test_sheets_are_written_for_excel_and_word(path, tmp_path, capsys):
    assert "退回" in run("sheets", path, "--out", str(tmp_path / "a.xlsx"), capsys=capsys, expect=1)
    run("step", path, "return", "ST1.1", "--reason", "=1+1", "--deadline", "2099-08-01", *BY, capsys=capsys)
    for name in ("a.xlsx", "a.docx"):
        run("sheets", path, "--out", str(tmp_path / name), capsys=capsys)
        assert (tmp_path / name).read_bytes()[:2] == b"PK"

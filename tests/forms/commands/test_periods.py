"""Last period, assignments and kept states from the command line."""

from __future__ import annotations

import json

import pytest

from forms.cli import main


@pytest.fixture
def documents(tmp_path, capsys):
    """Last year's document with one answer, and an empty one of this year."""
    old, new, table = tmp_path / "2025.zhd", tmp_path / "2026.zhd", tmp_path / "answers.csv"
    table.write_text("编号,作答\nST1.1,3\n", encoding="utf-8")
    assert main(["new", str(old), "--unit", "衡川市", "--base-date", "2025-06-30"]) == 0
    assert main(["answer", str(old), "--from", str(table)]) == 0
    assert main(["new", str(new), "--unit", "衡川市", "--base-date", "2026-06-30"]) == 0
    capsys.readouterr()
    return old, new


def test_last_period_is_brought_and_what_is_left_out_is_listed(documents, capsys):
    old, new = documents
    assert main(["--language", "zh", "previous", str(new), str(old), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["brought"] == ["ST1.1"]
    assert len(said["left_out"]) == 68
    assert main(["--language", "zh", "previous", str(new), str(old)]) == 0
    assert "上期" in capsys.readouterr().out


def test_last_period_the_wrong_way_round_is_one_sentence(documents, capsys):
    old, new = documents
    assert main(["--language", "zh", "previous", str(old), str(new)]) == 1
    said = capsys.readouterr()
    assert "基准日" in said.err
    assert "Traceback" not in said.err


def test_assignments_go_out_and_come_in(documents, tmp_path, capsys):
    _old, new = documents
    out = tmp_path / "分工.csv"
    assert main(["--language", "zh", "assign", str(new), "--out", str(out)]) == 0
    text = out.read_text("utf-8-sig")
    out.write_text(text.replace("市委组织部", "市教育局", 1), encoding="utf-8")
    assert main(["--language", "zh", "assign", str(new), "--from", str(out)]) == 0
    assert main(["--language", "zh", "assign", str(new), "--out", str(out)]) == 1
    assert main(["--language", "zh", "assign", str(new)]) == 1


def test_states_are_listed_and_returned_to(documents, tmp_path, capsys):
    old, _new = documents
    table = tmp_path / "more.csv"
    table.write_text("编号,作答\nST1.3,2\n", encoding="utf-8")
    assert main(["answer", str(old), "--from", str(table)]) == 0
    capsys.readouterr()
    assert main(["states", str(old), "--json"]) == 0
    (state,) = json.loads(capsys.readouterr().out)["states"]
    assert (state["answered"], state["changes"]) == (1, 1)
    assert main(["--language", "zh", "states", str(old), "--return-to", "1"]) == 0
    assert main(["--language", "zh", "states", str(old)]) == 0
    assert main(["--language", "zh", "states", str(old), "--return-to", "9"]) == 1


def test_a_new_document_begins_with_last_period(documents, tmp_path, capsys):
    old, _new = documents
    made = tmp_path / "开始.zhd"
    assert main(["--language", "zh", "new", str(made), "--last", str(old), "--base-date", "2026-06-30", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["brought"] == ["ST1.1"]
    assert said.err == ""
    assert main(["--language", "zh", "show", str(made)]) == 0
    assert "衡川市" in capsys.readouterr().out


def test_a_last_period_that_does_not_fit_makes_no_document(documents, tmp_path, capsys):
    old, _new = documents
    made = tmp_path / "开始.zhd"
    assert main(["--language", "zh", "new", str(made), "--last", str(old), "--base-date", "2025-01-01"]) == 1
    assert not made.exists()
    assert main(["--language", "zh", "new", str(tmp_path), "--last", str(old), "--from", str(old)]) == 1
    assert "--last" in capsys.readouterr().err


def test_reading_in_reminds_of_secrecy_in_one_line_and_not_with_json(documents, tmp_path, capsys):
    old, new = documents
    assert main(["--language", "zh", "previous", str(new), str(old)]) == 0
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "涉密" in said.err
    table = tmp_path / "answers.csv"
    assert main(["--language", "zh", "answer", str(new), "--from", str(table), "--json"]) == 0
    assert capsys.readouterr().err == ""

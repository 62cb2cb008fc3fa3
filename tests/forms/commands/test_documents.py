"""Documents from the command line: made, answered from a table, shown and scored, with an exit code one can rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.cli import main

HOSTILE = "示例\n=1+1</script>🎈㙍𡐓"


@pytest.fixture
def document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "衡 川.zhd"
    assert main(["new", str(path), "--unit", HOSTILE, "--mode", "self", "--base-date", "2026-06-30"]) == 0
    capsys.readouterr()
    return path


def table(folder: Path, *rows: str) -> Path:
    path = folder / "填报.csv"
    path.write_text("编号,作答,分子,分母\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def shown(document: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    capsys.readouterr()
    assert main(["show", str(document), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_new_document_says_what_it_is_and_holds_no_answer(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = shown(document, capsys)
    assert found["profile"]["unit"] == HOSTILE
    assert found["profile"]["mode"] == "self"
    assert (found["answered"], found["items"]) == (0, 69)
    assert not found["answers"]["self"]


def test_good_rows_land_though_others_are_refused_and_the_exit_code_tells(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["answer", str(document), "--from", str(table(tmp_path, "ST1.1,３级", "ST2.1,7", "ST4.3,,90,100"))])
    assert code == 1
    told = capsys.readouterr()
    assert "B3" in told.err
    assert "Traceback" not in told.err
    found = shown(document, capsys)
    assert set(found["answers"]["self"]) == {"ST1.1", "ST4.3"}


def test_reading_the_same_table_twice_changes_nothing(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(tmp_path, "ST1.1,3", "ST2.1,2")
    assert main(["answer", str(document), "--from", str(rows)]) == 0
    before = shown(document, capsys)
    assert main(["answer", str(document), "--from", str(rows)]) == 0
    assert shown(document, capsys) == before


def test_a_dry_run_reports_and_leaves_the_document_alone(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = document.read_bytes()
    assert main(["answer", str(document), "--from", str(table(tmp_path, "ST1.1,3")), "--dry-run"]) == 0
    assert document.read_bytes() == content


def test_the_score_of_a_document_as_data(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["answer", str(document), "--from", str(table(tmp_path, "ST1.1,3", "ST2.1,5"))])
    capsys.readouterr()
    assert main(["score", str(document), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["items"]["ST1.1"]["score"] == 60
    assert found["items"]["ST2.1"]["score"] == 100
    assert found["items"]["ST1.2"]["score"] is None
    assert found["total"]["shown"] is None
    assert len(found["unanswered"]) == 67


def test_the_trace_of_a_number_names_answer_and_clause(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["answer", str(document), "--from", str(table(tmp_path, "ST1.1,3"))])
    capsys.readouterr()
    assert main(["--language", "zh", "score", str(document), "--trace", "ST1.1"]) == 0
    told = capsys.readouterr().out
    assert "60.0" in told
    assert "S4.1.a" in told


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["score", "missing.zhd"], "missing.zhd"),
        (["show", "missing.zhd"], "missing.zhd"),
        (["new", "a.zhd"], "--unit"),
        (["new", "a.zhd", "--unit", "甲", "--framework", "none"], "none"),
        (["new", "a.zhd", "--unit", "甲", "--scope", "ST1.1,XX9"], "XX9"),
        (["check", "nowhere"], "nowhere"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_with_exit_code_1(
    arguments: list[str], word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for language in ("zh", "en"):
        assert main(["--language", language, *arguments]) == 1
        told = capsys.readouterr().err
        assert word in told
        assert "Traceback" not in told
        assert "zhiheng-" not in told


def test_a_trace_of_an_unknown_code_says_what_is_allowed(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "score", str(document), "--trace", "ZZ"]) == 1
    assert "ZZ" in capsys.readouterr().err


def test_a_document_of_the_core_items_has_thirty_and_no_total(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "core.zhd"
    assert main(["new", str(path), "--unit", "甲", "--scope", "core"]) == 0
    assert shown(path, capsys)["items"] == 30
    capsys.readouterr()
    assert main(["score", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["shown"] is None


def test_the_shipped_framework_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "zhiheng"]) == 0


def test_wrong_usage_is_told_by_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score"]) == 2
    assert main(["nonsense"]) == 2


def test_a_report_says_whether_the_document_is_sealed_and_what_its_answers_are(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--language", "zh", "report", str(document), "--format", "html", "--out", str(tmp_path / "out")])
    told = capsys.readouterr().out
    assert "未封存；作答校验 " in told
    digest = told.split("作答校验 ")[1][:19]
    page = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
    assert digest in page
    assert "未封存" in page

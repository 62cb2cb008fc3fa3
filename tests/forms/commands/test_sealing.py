"""Sealing from the command line: sealed, refused with one sentence, reopened, printed, matched with paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.assessment import Assessment, Author
from forms.cli import main
from tests.finishing.conftest import Clock, Maker, make

__all__ = ["make"]
REASON = "县里补报了两项数据，需要更正。"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def document(make: Maker) -> Path:
    made = make("陇 垣.zhd", ready=False)
    made.close()
    return made.path


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def sealed(document: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    capsys.readouterr()
    given = ["--post", "综治科科长", "--cover", "filler=综治科", "--cover", "approver=办公室主任"]
    assert main(["seal", str(document), *given, "--json"]) == 0
    return told(capsys)


def test_what_is_missing_is_said_in_one_sentence(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "zh", "seal", str(document), "--post", "科长"]) == 1
    said = capsys.readouterr()
    assert "填报人" in said.err
    assert len(said.err.strip().splitlines()) == 1
    given = ["--cover", "filler=甲", "--cover", "approver=乙"]
    assert main(["--language", "zh", "seal", str(document), *given]) == 1
    assert "署名" in capsys.readouterr().err
    assert main(["--language", "zh", "seal", str(document), "--cover", "color=red"]) == 1
    assert "color" in capsys.readouterr().err


def test_a_document_is_sealed_matched_reopened_and_sealed_anew(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sealed(document, capsys)["printed"]
    assert main(["verify", str(document), "--digest", first]) == 0
    assert first in capsys.readouterr().out
    assert main(["verify", str(document), "--digest", "0000 1111 2222 3333"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    table = tmp_path / "a.csv"
    table.write_text("编号,作答\nST1.1,1\n", "utf-8")
    assert main(["--language", "zh", "answer", str(document), "--from", str(table)]) == 1
    assert "解封" in capsys.readouterr().err
    assert main(["reopen", str(document)]) == 1
    assert main(["reopen", str(document), "--reason", REASON, "--name", "李复"]) == 0
    assert main(["verify", str(document), "--digest", first]) == 1
    assert main(["answer", str(document), "--from", str(table)]) == 0
    second = sealed(document, capsys)
    assert second["printed"] != first
    assert [one["reopened"]["reason"] if one["reopened"] else None for one in second["seals"]] == [REASON, None]
    assert main(["verify", str(document), "--json"]) == 0
    found = told(capsys)
    assert (found["closed"], found["sound"], found["changed"]) == (True, True, 0)


def test_the_signature_sheet_is_written_and_says_when_it_is_a_draft(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "签字表.pdf"
    assert main(["--language", "en", "sign-sheet", str(document), "--out", str(out), "--date", "2026-07-01"]) == 0
    assert "draft" in capsys.readouterr().out
    printed = sealed(document, capsys)["printed"]
    assert main(["sign-sheet", str(document), "--out", str(out), "--date", "2026-07-01", "--json"]) == 0
    assert told(capsys)["printed"] == printed
    assert out.read_bytes().startswith(b"%PDF")
    assert main(["sign-sheet", str(document), "--date", "soon"]) == 1
    assert main(["sign-sheet", str(document), "--out", str(tmp_path / "no" / "a.pdf")]) == 1


def test_a_report_carries_the_seal_and_says_when_something_changed_since(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = sealed(document, capsys)["printed"]
    command = ["--language", "zh", "report", str(document), "--format", "html", "--out", str(tmp_path)]
    assert main([*command, "--date", "2026-07-01"]) == 0
    assert printed in capsys.readouterr().out
    page = next(tmp_path.glob("*.html")).read_text("utf-8")
    assert printed in page
    assert "综治科" in page
    reviewer = Author("李复", "省委政法委", "处长", "reviewer")
    with Assessment.open(document, author=reviewer, now=Clock()) as opened:
        opened.target("ST1.1", 80.0)
    assert main([*command, "--date", "2026-07-01"]) == 0
    assert "封存后有改动" in capsys.readouterr().out
    assert f"封存后有改动（原校验码{printed}）" in next(tmp_path.glob("*.html")).read_text("utf-8")


def test_findings_are_listed_written_and_decide_the_exit_code(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "退回清单.xlsx"
    assert main(["findings", str(document), "--out", str(out), "--json"]) == 0
    assert told(capsys)["errors"] == 0
    assert out.is_file()
    table = tmp_path / "a.csv"
    table.write_text("编号,作答,分子,分母\nME4.3,,12,10\n", "utf-8")
    assert main(["answer", str(document), "--from", str(table)]) == 0
    capsys.readouterr()
    assert main(["--language", "zh", "findings", str(document)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("必须处理  ME4.3")
    assert main(["findings", str(document), "--out", str(tmp_path / "a.txt")]) == 1
    assert main(["findings", str(document), "--previous", str(document), "--json"]) == 1

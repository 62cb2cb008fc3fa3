"""Bonus, deductions, red lines, consent and the mark of the review from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from forms.cli import main
from forms.commands.run import now
from tests.forms.results.made import answered

HOSTILE = "省级试点\n=1+1</script>🎈㙍𡐓"
BLANK_NA = "SH4.3"  # may be agreed to: the framework does not forbid it


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANGUAGE", "en")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A formal city, every item answered about as well as level 3, without evidence."""
    path = tmp_path / "衡 川.zhd"
    profile = Profile("示例·衡川市", mode="formal", base_date="2026-06-30")
    made = Assessment.create(path, builtin(), profile, author=Author(), now=now)
    made.answer_many(answered(tailored(builtin(), profile), 3))
    made.close()
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["mark", *words])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return code, told.out, told.err


def found(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    code, out, err = run(capsys, *words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_a_bonus_with_its_document_adds_one_point_to_the_shown_total_alone(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = found(capsys, str(document), "--bonus", "B1", "--matter", HOSTILE, "--document", "省发〔2025〕3号")
    assert seen["bonus"] == 1
    assert seen["shown"] == pytest.approx(seen["graded"] + 1)
    assert seen["claims"][0]["matter"] == HOSTILE


def test_a_bonus_without_a_document_is_kept_and_does_not_count(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = run(capsys, str(document), "--bonus", "B2", "--matter", "做法推广")
    assert code == 0
    assert "does not count. No document is named." in out


def test_a_deduction_waits_for_a_reviewer_and_then_lowers_the_total(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (str(document), "--deduction", "D1", "--matter", "通报", "--points", "2")
    assert found(capsys, *words)["deductions"] == 0
    code, _out, err = run(capsys, *words, "--confirmed")
    assert code == 1
    assert "--role reviewer" in err
    other = (str(document), "--deduction", "D1", "--matter", "另一件", "--points", "2", "--confirmed")
    assert found(capsys, *other, "--role", "reviewer")["deductions"] == 2


def test_the_points_of_a_deduction_are_those_of_the_rules(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = run(capsys, str(document), "--deduction", "D1", "--matter", "通报", "--points", "3")
    assert code == 1
    assert "1, 2" in err


def test_the_same_matter_as_a_red_line_in_force_is_not_deducted_again(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raised = ("--red-line", "R4", "--state", "confirmed", "--reason", "省级点名")
    assert found(capsys, str(document), *raised, "--role", "reviewer")["red_lines"]["R4"] == "in_force"
    seen = found(
        capsys, str(document), "--deduction", "D1", "--matter", "通报", "--points", "2", "--same-as", "R4",
        "--confirmed", "--role", "reviewer",
    )  # fmt: skip
    assert seen["deductions"] == 0
    assert "R4" in seen["claims"][0]["reason"]


def test_a_red_line_is_raised_by_anyone_and_confirmed_and_cleared_by_reviewers(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = (str(document), "--red-line", "R2", "--reason", "佐证与原件不符", "--state")
    assert found(capsys, *line, "raised")["red_lines"]["R2"] == "awaiting"
    for state in ("confirmed", "cleared"):
        assert run(capsys, *line, state)[0] == 1
    seen = found(capsys, *line, "confirmed", "--role", "reviewer")
    assert (seen["red_lines"]["R2"], seen["stage"]) == ("in_force", None)
    seen = found(capsys, *line, "cleared", "--role", "reviewer")
    assert seen["red_lines"]["R2"] == "cleared"
    assert seen["stage"] is not None


def test_secret_content_stops_scoring_at_once_whoever_says_so(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = found(capsys, str(document), "--red-line", "R3", "--state", "raised", "--reason", "备注里有涉密内容")
    assert seen["suspended"]
    assert seen["shown"] is None


def test_a_red_line_without_a_reason_is_refused(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = run(capsys, str(document), "--red-line", "R1", "--state", "raised", "--reason", "  ")
    assert code == 1
    assert "--reason" in err


def test_what_the_framework_does_not_know_is_refused_with_what_there_is(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = run(capsys, str(document), "--red-line", "R9", "--state", "raised", "--reason", "x")
    assert code == 1
    assert "R1, R2, R3, R4" in err
    code, _out, err = run(capsys, str(document), "--bonus", "B9", "--matter", "x")
    assert code == 1
    assert "B1, B2, B3" in err


def test_one_refusal_keeps_everything_out(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, _err = run(capsys, str(document), "--bonus", "B1", "--matter", "x", "--reviewed")
    assert code == 1
    assert found(capsys, str(document), "--not-reviewed", "--role", "reviewer")["claims"] == []


def test_reviewed_is_marked_by_reviewers_and_names_what_nobody_reviewed(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = found(capsys, str(document), "--reviewed", "--role", "reviewer")
    assert seen["reviewed"]
    assert {"ST1.1", "ME2.5", "SH1.1"} <= set(seen["without_review"])
    assert "TA2.1" not in seen["without_review"]
    assert not found(capsys, str(document), "--bonus", "B1", "--matter", "x", "--document", "y")["reviewed"]


def test_consent_to_not_applicable_takes_the_item_out(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, str(document), "--approve-na", BLANK_NA, "--role", "reviewer")[0] == 1
    with Assessment.open(document, author=Author(), now=now) as opened:
        opened.answer(BLANK_NA, Answer("na", reason="没有这项职能"))
    assert run(capsys, str(document), "--approve-na", BLANK_NA)[0] == 1
    seen = found(capsys, str(document), "--approve-na", BLANK_NA, "--role", "reviewer")
    assert seen["not_applicable"] == {BLANK_NA: "agreed"}


def test_nothing_asked_for_is_said(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = run(capsys, str(document))
    assert code == 1
    assert "--red-line" in err


def test_a_township_has_no_bonus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "乡.zhd"
    Assessment.create(path, builtin(), Profile("甲乡", tier="乡", mode="formal"), author=Author(), now=now).close()
    code, _out, err = run(capsys, str(path), "--bonus", "B1", "--matter", "x")
    assert code == 1
    assert "no bonus" in err

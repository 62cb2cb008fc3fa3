"""What holds for every verb: help in the reader's language, JSON, sentences instead of tracebacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from forms.cli import cli, main
from forms.commands.help_format import lines, wide
from forms.commands.helping import in_language

CHINESE = re.compile("[\u4e00-\u9fff]")


def verbs(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from verbs(each, (*path, name))
    else:
        yield path, command


VERBS = dict(verbs())
NAMES = [" ".join(path) for path in VERBS]


@pytest.mark.parametrize("path", VERBS, ids=NAMES)
def test_every_verb_can_answer_in_json(path: tuple[str, ...]) -> None:
    assert any("--json" in param.opts for param in VERBS[path].params)


@pytest.mark.parametrize("path", [(), ("review",), ("weights",), *VERBS], ids=lambda path: " ".join(path) or "zhiheng")
def test_help_is_chinese_in_chinese_and_english_in_english(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "zh", *path, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("用法：")
    assert max(wide(line) for line in told.splitlines()) <= 80
    assert main(["--language=en", *path, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Usage:")


@pytest.mark.parametrize("path", VERBS, ids=NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_says_what_it_is_for(path: tuple[str, ...], language: str) -> None:
    told = in_language(VERBS[path], language)
    assert told.help
    for param in told.params:
        if isinstance(param, click.Option):
            assert param.help, param.opts
            assert language == "en" or CHINESE.search(param.help), param.help
    assert language == "en" or CHINESE.search(told.help)


def test_chinese_help_never_begins_a_line_with_a_stop() -> None:
    for width in range(10, 60):
        for line in lines("读取工作簿 WORKBOOK，逐条列出（含行号）“问题”；没有错误时将指标体系写入文件夹。", width):
            assert line[0] not in "，；。）”"
            assert wide(line) <= width


@pytest.mark.parametrize(
    ("words", "said"),
    [(["nonsense"], "没有命令"), (["new"], "缺少参数"), (["new", "x", "--tier", "y"], "不在可选值之内"),
     (["new", "x", "--what"], "没有选项"), (["check", "a", "b"], "多余的参数"),
     (["new", "x", "--year", "y"], "不是有效的数值")],
)  # fmt: skip
def test_wrong_usage_is_told_in_chinese(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "zh", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_finding_is_told_without_its_code_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "framework.toml").write_text('code = "x"\ntitle = "y"\nwieght = 1\n', "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "framework.toml:3  这里没有 wieght" in told
    assert main(["--codes", "check", str(tmp_path)]) == 1
    assert "framework.toml:3  [file.unknown-key]  这里没有" in capsys.readouterr().out


def test_a_document_without_a_base_date_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "a.zhd"), "--unit", "甲市"]) == 0
    assert "未填评估基准日" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "b.zhd"), "--unit", "甲市", "--base-date", "2026-06-30"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["new", str(tmp_path / "c.zhd"), "--unit", "甲市", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["notes"]
    assert told.err == ""


def test_missing_columns_of_a_table_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("单位,ST1.1\n甲市,3\n", "utf-8")
    assert main(["new", str(tmp_path / "out"), "--from", str(table), "--base-date", "2026-06-30"]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "没有" in line and "列" in line]
    assert len(told) == 1
    assert "ST1.2" in told[0]


def test_a_deadline_that_has_passed_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.zhd"
    assert main(["new", str(path), "--unit", "甲市", "--base-date", "2026-06-30"]) == 0
    capsys.readouterr()
    assert main(["issue", str(path), "--dry-run", "--deadline", "2001-01-01"]) == 0
    assert "2001-01-01 已过" in capsys.readouterr().err
    assert main(["issue", str(path), "--dry-run", "--deadline", "2999-01-01"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["issue", str(path), "--dry-run", "--deadline", "2001-01-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"]


def test_states_without_an_author_leave_no_hole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.zhd"
    assert main(["new", str(path), "--unit", "甲市", "--base-date", "2026-06-30"]) == 0
    for grade in "123":
        table = tmp_path / "t.csv"
        table.write_text(f"编号,作答\nST1.1,{grade}\n", "utf-8")
        assert main(["answer", str(path), "--from", str(table)]) == 0
    capsys.readouterr()
    assert main(["states", str(path)]) == 0
    told = capsys.readouterr().out
    assert "已答" in told
    assert "—" not in told


@pytest.mark.parametrize(("words", "document"), [([], None), (["a.zhd"], Path("a.zhd"))])
def test_without_a_verb_the_window_opens_in_the_surroundings_it_was_called_in(
    words: list[str], document: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    import forms.app

    seen = []
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setattr(forms.app, "run", lambda path: seen.append((path, os.environ.get("LANGUAGE"))) or 7)
    assert main(["--language", "zh", *words]) == 7
    assert seen == [(document, None)]

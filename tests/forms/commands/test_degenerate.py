"""Every verb on documents that are hardly any: empty, all “not applicable”, of one item, with a name that bites."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.model import Framework
from assess.framework.read import builtin, read
from forms.cli import main
from forms.commands.run import now
from tests.forms.commands.test_every_verb import VERBS

HOSTILE = "示例\n=1+1</script>🎈㙍𡐓"
ONE = """
code = "one"
language = "zh"
title = "只有一题"
[[indicator]]
code = "A"
kind = "level"
name = "唯一"
question = "几级？"
[[indicator.level]]
level = 0
zh = "无"
[[indicator.level]]
level = 1
zh = "有"
"""
KINDS = ("empty", "not applicable", "one item", "hostile")


def make(kind: str, path: Path) -> Path:
    """A document of one kind."""
    framework: Framework = builtin()
    if kind == "one item":
        folder = path.parent / "one"
        folder.mkdir(exist_ok=True)
        (folder / "framework.toml").write_text(ONE, "utf-8")
        framework = read(folder)
    mode = "formal" if "formal" in framework.modes else next(iter(framework.modes))
    profile = Profile(HOSTILE if kind == "hostile" else "甲市", base_date="2026-06-30", mode=mode)
    document = Assessment.create(path, framework, profile, author=Author(role="test"), now=now)
    try:
        if kind == "not applicable":
            document.answer_many({code: Answer.not_applicable(HOSTILE) for code in document.framework.indicators})
        if kind == "hostile":
            document.note(next(iter(document.framework.indicators)), HOSTILE)
            document.act_as(Author(HOSTILE, HOSTILE, HOSTILE, "filler"))
            document.explain(next(iter(document.framework.indicators)), HOSTILE)
    finally:
        document.close()
    return path


CALLS = {
    "show": ("show", "D"),
    "show json": ("show", "D", "--json"),
    "paper": ("paper", "D", "--out", "T/p.pdf"),
    "key": ("key", "D", "--template", "T/k.xlsx"),
    "key table": ("key", "D", "--from", "T/odd.csv"),
    "gather": ("gather", "D"),
    "gap": ("gap", "D"),
    "mark": ("mark", "D", "--red-line", "R9"),
    "mark reviewed": ("mark", "D", "--role", "reviewer", "--bonus", "=1+1"),
    "review table": ("review", "table", "D"),
    "review step": ("review", "step", "D", "return", "=1+1"),
    "review accept": ("review", "accept", "D", "--dry-run"),
    "review sample": ("review", "sample", "D", "--seed", "7", "--size", "99999", "--out", "T/s.xlsx"),
    "review sheets": ("review", "sheets", "D", "--out", "T/c.docx"),
    "issue": ("issue", "D", "--out", "T/out", "--unit", HOSTILE, "--forms"),
    "issue county": ("issue", "D", "--by", "county", "--dry-run", "--json"),
    "return": ("return", "D", "--out", "T/back"),
    "merge": ("merge", "D", "T/odd.csv", "T/none.zhd", "T/empty.zhd", "--receipts", "T/r"),
    "merge itself": ("merge", "D", "D"),
    "unmerge": ("unmerge", "D"),
    "returns": ("returns", "D"),
    "resolve": ("resolve", "D", "A", "--take", "00"),
    "receipt": ("receipt", "T/odd.csv"),
    "score": ("score", "D"),
    "score trace": ("score", "D", "--trace", "total"),
    "score unknown": ("score", "D", "--trace", HOSTILE),
    "report": ("report", "D", "--format", "html", "--out", "T/rep"),
    "findings": ("findings", "D", "--out", "T/f.xlsx"),
    "seal": ("seal", "D", "--name", HOSTILE),
    "reopen": ("reopen", "D", "--reason", HOSTILE, "--name", "x"),
    "sign-sheet": ("sign-sheet", "D", "--out", "T/sign.pdf"),
    "verify": ("verify", "D", "--digest", "🎈"),
    "export": ("export", "D", "--out", "T/e.xlsx"),
    "export json": ("export", "D", "--out", "T/e.json"),
    "answer json": ("answer", "D", "--from", "T/odd.csv"),
    "sheet": ("sheet", "D", "--out", "T/sheet.xlsx"),
    "sheet-in": ("sheet-in", "D", "T/odd.csv", "--dry-run"),
    "previous": ("previous", "D", "D"),
    "assign": ("assign", "D", "--out", "T/assign.csv"),
    "assign from": ("assign", "D", "--from", "T/odd.csv"),
    "states": ("states", "D"),
    "states back": ("states", "D", "--return-to", "9"),
    "diagnose obstacles": ("diagnose", "document", "D"),
}


@pytest.fixture(params=KINDS)
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "odd.csv").write_text('=1+1,</script>\n"多\n行",🎈㙍𡐓\n', "utf-8")
    (tmp_path / "empty.zhd").write_bytes(b"")
    return make(request.param, tmp_path / "文 件.zhd")


def test_every_verb_ends_in_sentences(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {}
    for language in ("zh", "en"):
        for name, words in CALLS.items():
            call = [str(document) if word == "D" else word.replace("T/", f"{tmp_path}/") for word in words]
            code = main(["--language", language, *call])
            told = capsys.readouterr()
            if (
                code not in (0, 1)
                or "程序出错" in told.err
                or "Traceback" in told.err
                or (code and not told.err.strip())
            ):
                wrong[f"{language} {name}"] = (code, told.err[-300:])
            if "—；" in told.out or "，；" in told.out or "None" in told.out.replace("none", ""):
                wrong[f"{language} {name} said"] = (code, told.out[-300:])
    assert not wrong


TABLES = ("", "甲", "甲,乙\n", "甲,乙\n丙,1\n", "甲,乙\n=1+1,🎈\n</script>,\n", "甲,乙,丙\n丁,1,1\n戊,1,1\n")
OPTIONS = {
    "rank fuzzy": ["--grades", "好,中,差"],
    "agree kappa": ["--categories", "1,2,3"],
    "weights direct": [],
}


@pytest.mark.parametrize("verb", [path for path in VERBS if path[0] in ("weights", "rank", "agree", "diagnose")],
                         ids=" ".join)  # fmt: skip
def test_every_method_says_what_is_wrong_with_a_table(
    verb: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {}
    for number, text in enumerate(TABLES):
        path = tmp_path / f"{number}.csv"
        path.write_text(text, "utf-8")
        options = [opt for param in VERBS[verb].params for opt in param.opts]
        call = [
            *verb,
            *(["--data", str(path)] if "--data" in options else [str(path)]),
            *OPTIONS.get(" ".join(verb), []),
        ]
        code = main(["--language", "zh", *call])
        told = capsys.readouterr()
        if code not in (0, 1, 2) or "程序出错" in told.err or (code and not told.err.strip()):
            wrong[number] = (code, told.err[-300:])
    assert not wrong

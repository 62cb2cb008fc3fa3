"""Foreign maturity models become frameworks: SAMM's folder, a CISO Assistant library, an XLSForm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import read
from assess.interchange import ciso, foreign, from_xlsform, samm, xlsform
from assess.measure.score import score
from assess.problems import Problem
from forms.cli import main

EGOV = Path(__file__).parent.parent / "data" / "municipal-egov"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Two practices of one function with two levels each; the words are ours, the shape is SAMM's."""
    files = {
        "functions/G.yml": "id: f1\nname: Governing\ntype: Function\n",
        "security_practices/one.yml": "id: p1\nfunction: f1\nname: Planning\nshortName: AA\norder: 1\n",
        "security_practices/two.yml": "id: p2\nfunction: f1\nname: Teaching\nshortName: BB\norder: 2\n",
        "streams/a.yml": "id: s1\npractice: p1\nletter: A\n",
        "streams/b.yml": "id: s2\npractice: p2\nletter: A\n",
        "answer_sets/Z.yml": "id: z\nvalues:\n- text: No\n  value: 0\n- text: Some\n  value: 0.25\n"
        "- text: Most\n  value: 0.5\n- text: All\n  value: 1\n",
    }
    for practice, stream in (("AA", "s1"), ("BB", "s2")):
        for level in "12":
            for letter in "AB":
                stem = f"G-{practice}-{level}-{letter}"
                files[f"activities/{stem}.yml"] = f"id: a{stem}\nstream: {stream}\ntitle: Do {stem}\n"
                files[f"questions/{stem}.yml"] = (
                    f"id: q{stem}\nactivity: a{stem}\nanswerSet: z\ntext: Do you {stem}?\nquality:\n- First\n- Second\n"
                )
    for name, text in files.items():
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n" + text, "utf-8")
    return tmp_path / "model"


def test_samm_scores_as_samm_does(model: Path, tmp_path: Path):
    found = samm.read(model)
    assert found.items == 8
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    assert framework.indicators["G-AA-1-A"].levels[0].words.to("en") == "No"
    assert [step.score for step in framework.indicators["G-AA-1-A"].levels] == [0, 25, 50, 100]
    assert framework.nodes["G-AA"].name.to("en") == "Planning"
    # practice AA: level 1 mean of 1 and 0.5 = 0.75, level 2 mean of 0.25 and 0 = 0.125; sum 0.875. BB: 0.
    answers = dict.fromkeys(framework.indicators, 0) | {"G-AA-1-A": 3, "G-AA-1-B": 2, "G-AA-2-A": 1}
    scores = score(framework, Sheet.of(Profile("x"), {code: Answer.of_level(level) for code, level in answers.items()}))
    assert scores.nodes["G-AA-1"].score == pytest.approx(75)
    assert scores.nodes["G-AA"].score == pytest.approx(0.875)
    best = score(framework, Sheet.of(Profile("x"), {code: Answer.of_level(3) for code in answers}))
    assert best.base == pytest.approx(3)


LIBRARY = """
urn: urn:x:library:demo
locale: zh
ref_id: Demo 库
name: 示例库
copyright: 甲方
version: 2
objects:
  framework:
    urn: urn:x:framework:demo
    ref_id: Demo-1
    name: 示例框架
    translations: {en: {name: Demo framework}}
    requirement_nodes:
    - {urn: "urn:x:1", assessable: false, depth: 1, ref_id: "1", name: 治理, translations: {en: {name: Governance}}}
    - {urn: "urn:x:1.1", parent_urn: "urn:x:1", assessable: true, depth: 2, ref_id: "1.1", description: 有无制度}
    - {urn: "urn:x:1.2", parent_urn: "urn:x:1", assessable: true, depth: 2, ref_id: "1.2", name: No, description: 文}
    - {urn: "urn:x:1.2.1", parent_urn: "urn:x:1.2", assessable: true, depth: 3, ref_id: "1.1", name: 重名}
    - {urn: "urn:x:2", assessable: false, depth: 1, ref_id: "2", name: 空章}
"""


def library(tmp_path: Path, text: str = LIBRARY) -> Path:
    path = tmp_path / "library.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_library_of_ciso_assistant_keeps_its_tree_and_both_languages(tmp_path: Path):
    found = ciso.read(library(tmp_path))
    assert found.items == 3
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    assert framework.title.to("en") == "Demo framework"
    assert set(framework.nodes) >= {"1", "1.2"}
    assert "2" not in framework.nodes, "a chapter without a question would be empty"
    assert set(framework.indicators) == {"1.1", "1.2.own", "1.1_2"}
    item = framework.indicators["1.2.own"]
    assert item.name.to("zh") == "1.2 No", "YAML 1.2: No is a word"
    assert [step.score for step in item.levels] == [0, 50, 100]


def test_scores_the_library_defines_are_its_levels(tmp_path: Path):
    scores = "    scores_definition: [{score: 1, name: a}, {score: 2, name: b}, {score: 4, name: c}]\n"
    path = library(tmp_path, LIBRARY.replace("    requirement_nodes:\n", scores + "    requirement_nodes:\n"))
    foreign.write(ciso.read(path), tmp_path / "out")
    item = read(tmp_path / "out").indicators["1.1"]
    assert [(step.level, round(step.score or 0, 4)) for step in item.levels] == [(1, 0), (2, 33.3333), (4, 100)]


def test_a_form_comes_back_as_a_framework(tmp_path: Path):
    xlsform.write(read(EGOV), tmp_path / "form.xlsx")
    found = from_xlsform.read(tmp_path / "form.xlsx")
    findings = foreign.write(found, tmp_path / "out")
    assert not [one for one in findings if one.severity == "error"], findings
    framework = read(tmp_path / "out")
    assert "webmap" in framework.indicators
    assert found.notes


def test_any_form_of_choices_and_numbers(tmp_path: Path):
    import openpyxl

    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (
        ("type", "name", "label", "constraint"),
        ("begin_group", "g", "治理", ""),
        ("select_one yn", "有制度吗", "有制度吗？", ""),
        ("select_one grade", "grade", "到哪一级？", ""),
        ("select_multiple parts", "parts", "有哪些？", ""),
        ("integer", "share", "比例", ". >= 0 and . <= 50"),
        ("text", "why", "为什么", ""),
        ("end_group", "", "", ""),
        ("begin_group", "empty", "空组", ""),
        ("end_group", "", "", ""),
    ):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (("list_name", "name", "label"), ("yn", "yes", "有"), ("yn", "no", "无"), ("grade", "a", "低"),
                ("grade", "b", "中"), ("grade", "c", "高"), ("parts", "A", "甲"), ("parts", "B", "乙")):  # fmt: skip
        choices.append(row)
    book.save(tmp_path / "f.xlsx")
    found = from_xlsform.read(tmp_path / "f.xlsx")
    assert found.items == 4
    assert not [one for one in foreign.write(found, tmp_path / "out") if one.severity == "error"]
    framework = read(tmp_path / "out")
    assert [item.kind for item in framework.indicators.values()] == ["yesno", "level", "multi", "number"]
    assert set(framework.nodes) >= {"g"}
    assert "empty" not in framework.nodes
    number = framework.indicators["share"].number
    assert number is not None
    assert (number.zero, number.full) == (0, 50)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ciso.framework"),
        ("a: [", "foreign.unreadable"),
        ("objects: 3", "ciso.framework"),
        ("objects: {framework: {requirement_nodes: []}}", "ciso.framework"),
        ("&a [*a]", "ciso.framework"),
        ("!!python/object/apply:os.system ['true']", "foreign.unreadable"),
    ],
)
def test_other_yaml_is_refused_in_words(tmp_path: Path, text: str, code: str):
    with pytest.raises(Problem) as caught:
        ciso.read(library(tmp_path, text))
    assert caught.value.code == code


def test_folders_and_workbooks_of_something_else_are_refused(tmp_path: Path):
    with pytest.raises(Problem) as caught:
        samm.read(tmp_path)
    assert caught.value.code == "samm.questions"
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Problem) as caught:
        from_xlsform.read(tmp_path / "x.csv")
    assert caught.value.code == "xlsform.sheets"


def test_the_command_finds_the_kind_and_never_overwrites(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["framework", "read-in", str(model), "--out", str(tmp_path / "a"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["items"] == 8
    assert main(["check", str(tmp_path / "a")]) == 0
    assert main(["framework", "read-in", str(library(tmp_path)), "--out", str(tmp_path / "b")]) == 0
    assert main(["framework", "read-in", str(library(tmp_path)), "--out", str(tmp_path / "b")]) == 1
    assert "Traceback" not in capsys.readouterr().err

"""The questionnaire as an XLSForm: valid for pyxform, both languages, and answers collected with it come back."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from assess.answers import Answer, Profile
from assess.framework.read import builtin, from_sources, read
from assess.framework.tiers import tailored
from assess.interchange import xlsform
from assess.interchange.submissions import submissions
from assess.problems import Problem
from forms.cli import main

EGOV = Path(__file__).parent.parent / "data" / "municipal-egov"
HOSTILE = '</script> =1+1 ${ST1_1} {{7*7}} 🎉 㙍𡐓 <output value="x"/>'
CITY = tailored(builtin(), Profile("甲"))


def made_of(framework, path: Path) -> str:
    """The XForm that pyxform makes of the sheet; an error in the form raises."""
    from pyxform.xls2xform import convert

    return convert(str(xlsform.write(framework, path)), validate=False).xform


def hostile():
    words = json.dumps(HOSTILE, ensure_ascii=False)
    blocks = "".join(
        f'[[indicator]]\ncode = "{code}"\nkind = "{kind}"\nname = {words}\nquestion = {words}\n{more}\n'
        for code, kind, more in (
            ("a-1", "yesno", ""),
            ("a.1", "multi", f'option = [{{ key = "A", zh = {words} }}, {{ key = "B", zh = "乙" }}]'),
            ("1", "number", "number = { zero = 0, full = 1 }"),
        )
    )
    return from_sources({"framework.toml": f'code = "x y"\ntitle = {{ zh = {words}, en = {words} }}\n{blocks}'})


@pytest.mark.parametrize("tier", ["市", "县"])
def test_the_form_of_every_level_is_valid_and_holds_every_item(tmp_path: Path, tier: str):
    framework = tailored(builtin(), Profile("甲", tier=tier))
    xform = made_of(framework, tmp_path / "x.xlsx")
    for name in xlsform.names(framework).values():
        assert re.search(rf'/{name}(_state)?"', xform), name
    assert "中文 (zh)" in xform
    assert "English (en)" in xform


def test_other_frameworks_and_hostile_words_make_valid_forms(tmp_path: Path):
    assert "webmap" in made_of(read(EGOV), tmp_path / "e.xlsx")
    xform = made_of(hostile(), tmp_path / "h.xlsx")
    assert "<script" not in xform
    assert '<output value="x"/>' not in xform
    assert xlsform.names(hostile()) == {"a-1": "a_1", "a.1": "a_1_2", "1": "q_1"}


def test_a_thousand_items_and_none(tmp_path: Path):
    blocks = "".join(f'[[indicator]]\ncode = "Q{n}"\nkind = "yesno"\nname = "题{n}"\n' for n in range(1000))
    many = from_sources({"framework.toml": f'code = "m"\ntitle = "千题"\n{blocks}'})
    assert len(xlsform.form(many).survey) > 1000
    nothing = tailored(builtin(), Profile("甲", scope=()))
    if not nothing.indicators:
        with pytest.raises(Problem):
            xlsform.form(nothing)


def test_an_item_that_a_rule_skips_is_asked_only_where_the_rule_does_not_hold():
    rows = {row.get("name", ""): row for row in xlsform.form(CITY).survey}
    rule = next(rule for rule in CITY.skip_rules if rule.op == "answer==")
    names = xlsform.names(CITY)
    for code in rule.then:
        if code in names:
            row = rows.get(names[code]) or rows[names[code] + xlsform.STATE]
            assert f"not(${{{names[rule.indicator]}}} = '{rule.value}')" in row["relevant"]


def collected(tmp_path: Path, **cells: str) -> Path:
    path = tmp_path / "sent.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["SubmissionDate", "zh_unit", *cells])
        out.writerow(["2026-08-01", "示例单位", *cells.values()])
    return path


def test_answers_of_every_kind_come_back(tmp_path: Path):
    sent = collected(
        tmp_path, ST1_1="3", ST1_1_note="见文件", ST1_1_evidence="衡发〔2026〕1号\n会议纪要", ST2_1="ND",
        ST2_1_reason="未建", SE4_2="no", SE2_1_state="given", SE2_1_numerator="３", SE2_1_denominator="4.0",
        SE2_1_source="台账", ME2_2_state="NA", ME2_2_reason="没有", ST1_3="",
    )  # fmt: skip
    (found,) = submissions(sent, CITY)
    assert found.unit == "示例单位"
    answers = {code: Answer.from_json(value) for (code, column), value in found.cells.items() if column == "self"}
    assert answers["ST1.1"] == Answer.of_level(3)
    assert answers["ST2.1"] == Answer.no_data("未建")
    assert answers["SE4.2"] == Answer.of_choice("no")
    assert answers["SE2.1"] == Answer.of_number("3", "4.0", source="台账")
    assert answers["ME2.2"] == Answer.not_applicable("没有")
    assert "ST1.3" not in answers
    assert found.cells["ST1.1", "note"] == "见文件"
    assert sum(code == "ST1.1" and column.startswith("evidence/") for code, column in found.cells) == 2


def test_groups_before_names_and_a_column_per_choice_are_understood(tmp_path: Path):
    multi = next(item for item in CITY.indicators.values() if item.kind == "multi")
    name = xlsform.names(CITY)[multi.code]
    keys = [option.key for option in multi.options]
    heads = [f"zh_group_1/{name}/{key}" for key in (*keys, "none", "NA", "ND")]
    values = ["1" if key == keys[1] else "0" for key in (*keys, "none", "NA", "ND")]
    sent = collected(tmp_path, **dict(zip(heads, values, strict=True)), **{"zh_group_1/ST1_1": "5", f"g-{name}": ""})
    (found,) = submissions(sent, CITY)
    assert Answer.from_json(found.cells[multi.code, "self"]) == Answer.of_ticks((keys[1],))
    assert Answer.from_json(found.cells["ST1.1", "self"]) == Answer.of_level(5)


def test_none_of_these_is_an_answer_and_differs_from_a_blank(tmp_path: Path):
    multi = next(item for item in CITY.indicators.values() if item.kind == "multi")
    name = xlsform.names(CITY)[multi.code]
    (found,) = submissions(collected(tmp_path, **{name: "none"}), CITY)
    assert Answer.from_json(found.cells[multi.code, "self"]) == Answer.of_ticks(())
    (found,) = submissions(collected(tmp_path, **{name: "", "ST1_1": "1"}), CITY)
    assert (multi.code, "self") not in found.cells


@pytest.mark.parametrize("value", ["7", "3级", "NA ND", "=1+1", "x" * 100])
def test_what_does_not_fit_is_named_and_the_rest_is_taken(tmp_path: Path, value: str):
    (found,) = submissions(collected(tmp_path, ST1_1=value, ST2_1="2"), CITY)
    assert [finding.subject for finding in found.findings] == ["ST1.1"]
    assert ("ST1.1", "self") not in found.cells
    assert ("ST2.1", "self") in found.cells


def test_a_table_of_something_else_is_refused(tmp_path: Path):
    with pytest.raises(Problem) as caught:
        submissions(collected(tmp_path, q1="1"), CITY)
    assert caught.value.code == "xlsform.headings"


def test_the_command_writes_a_form_and_reads_submissions(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["xlsform", "write", "--framework", "zhiheng", "--out", str(tmp_path / "f.xlsx")]) == 0
    assert (tmp_path / "f.xlsx").exists()
    sent = collected(tmp_path, ST1_1="3", ST2_1="9")
    capsys.readouterr()
    assert (
        main(["xlsform", "read", str(sent), "--framework", "zhiheng", "--out", str(tmp_path / "docs"), "--json"]) == 1
    )
    told = json.loads(capsys.readouterr().out)
    assert len(told["documents"]) == 1
    assert told["findings"][0]["subject"] == "ST2.1"
    assert main(["show", told["documents"][0], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answered"] == 1

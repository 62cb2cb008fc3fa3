"""Rubrics with any level values: four answers worth 0, 25, 50 and 100, a scale from 1 to 4, the usual six levels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.check import check
from assess.framework.read import from_sources
from assess.index.chain import index
from assess.index.table import read as read_table
from assess.measure.scales import value
from assess.measure.score import score
from assess.workbook.convert import read_workbook, to_workbook

SAMM = ((0, 0), (1, 25), (2, 50), (3, 100))


def rubric(steps, code="Q"):
    blocks = "".join(
        f'[[indicator.level]]\nlevel = {level}\nzh = "第{level}级"\nen = "level {level}"\n'
        + (f"score = {worth}\n" if worth is not None else "")
        for level, worth in steps
    )
    return f'[[indicator]]\ncode = "{code}"\nkind = "level"\nname = {{ zh = "题", en = "q" }}\n{blocks}'


def made(*items: str):
    return from_sources({"framework.toml": 'code = "r"\ntitle = { zh = "评", en = "r" }\n' + "".join(items)})


def test_a_level_is_worth_its_own_score():
    item = made(rubric(SAMM)).indicators["Q"]
    assert [value(item, Answer.of_level(level)).score for level in range(4)] == [0, 25, 50, 100]
    assert value(item, Answer.of_level(4)).fault is not None


def test_levels_without_scores_are_evenly_apart():
    item = made(rubric([(level, None) for level in (1, 2, 3, 4)])).indicators["Q"]
    assert [value(item, Answer.of_level(level)).score for level in (1, 2, 3, 4)] == [25, 50, 75, 100]
    assert value(item, Answer.of_level(0)).fault is not None


def test_a_document_and_a_table_give_the_same(tmp_path: Path):
    framework = made(rubric(SAMM, "A"), rubric([(level, None) for level in range(6)], "B"))
    sheet = Sheet.of(Profile("甲"), {"A": Answer.of_level(1), "B": Answer.of_level(3)})
    total = score(framework, sheet).base
    assert total == pytest.approx((25 + 60) / 2)
    table = tmp_path / "t.csv"
    table.write_text("unit,A,B\n甲,1,3\n乙,3,5\n", "utf-8")
    found = index(framework, read_table(table, framework))
    assert found.total.tolist() == pytest.approx([total, 100])


def test_a_rule_that_skips_reads_the_level_back_from_its_score(tmp_path: Path):
    rule = (
        '[[skip_rule]]\nid = "K1"\nwhen = { indicator = "A", op = "level<=", value = 1 }\nthen = ["B"]\n'
        'treatment = "zero"\nreason = { zh = "无", en = "none" }\n'
    )
    framework = made(rule, rubric(SAMM, "A"), rubric(SAMM, "B"))
    table = tmp_path / "t.csv"
    table.write_text("unit,A,B\n甲,1,3\n乙,2,3\n", "utf-8")
    found = index(framework, read_table(table, framework))
    assert found.total.tolist() == pytest.approx([12.5, 75])


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([(0, 0), (1, 50)], "item.level-scores"),
        ([(0, 0), (1, None), (2, 100)], "item.level-scores"),
        ([(0, 60), (1, 50), (2, 100)], "item.level-scores"),
        ([(0, 0), (1, 100), (1, 100)], "item.levels"),
        ([(2, None), (1, None)], "item.levels"),
        ([(0, None)], "item.levels"),
    ],
)
def test_rubrics_that_cannot_be_meant_are_named(tmp_path: Path, steps, code: str):
    (tmp_path / "framework.toml").write_text('code = "r"\ntitle = { zh = "评", en = "r" }\n' + rubric(steps), "utf-8")
    assert code in {finding.code for finding in check(tmp_path)}


def test_scores_of_levels_survive_the_workbook(tmp_path: Path):
    framework = made(rubric(SAMM))
    to_workbook(framework, tmp_path / "x.xlsx")
    back = read_workbook(tmp_path / "x.xlsx")
    assert not back.findings or back.sound
    again = from_sources(dict(back.sources))
    assert [step.score for step in again.indicators["Q"].levels] == [0, 25, 50, 100]
    assert json.dumps([step.words.to("zh") for step in again.indicators["Q"].levels], ensure_ascii=False)

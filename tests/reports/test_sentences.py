"""What the sentences of a report say: grammar that holds for one and for many, names beside codes, units once."""

from __future__ import annotations

import re

import pytest

from assess.answers import Answer
from assess.samples.cities import cities
from reports.model import Heading, Table
from tests.reports import units

SAMPLES = [each.profile.code for each in cities()]


def spoken(made):
    return [sentence.text for sentence in units.sentences(made)]


@pytest.mark.parametrize("code", SAMPLES)
def test_english_sentences_begin_with_a_capital_and_one_is_never_many(code):
    made = units.sample(code, language="en")
    for text in spoken(made):
        assert not re.match(r"[a-z]+\b[ ,;:]", text), text
        assert not re.search(r"\b1 (items|actions|gates|pieces)\b", text), text
    heads = [b.text for s in made.sections for b in s.blocks if isinstance(b, Heading)]
    assert not [head for head in heads if head[0].islower()]


@pytest.mark.parametrize("code", SAMPLES)
def test_chinese_sentences_have_no_doubled_marks_and_no_failure_words(code):
    for text in spoken(units.sample(code)):
        assert not re.search(r"[，。；：、]{2}|（（|））|“{2}|\.。|%分|分分", text), text
        assert not re.search("失败|糟糕|落后|最差|倒数|驳回|平均水平差", text), text


def test_a_failed_gate_names_the_item_and_gives_points():
    made = {sentence.id: sentence.text for sentence in units.sentences(units.sample())}
    assert "现为复合型人才培养（TA1.3）20.0分" in made["stage.gates"]
    assert "现为人才36.0分" in made["stage.gates"]


def test_where_nothing_reaches_60_points_the_furthest_are_named():
    text = {sentence.id: sentence.text for sentence in units.sentences(units.sample())}["TA.good.none"]
    assert text.startswith("暂无达到60分以上的题目，得分相对较高的有")
    assert re.search(r"（TA\d\.\d）\d\d\.\d分", text)


def test_where_nothing_counts_nothing_is_praised():
    framework = units.flat(3)
    answers = {code: Answer.not_applicable("没有此项") for code in framework.indicators}
    said = "".join(spoken(units.report(framework, units.sheet(answers))))
    assert "满分" not in said.replace("满分点", "")
    assert "没有适用于本单位的题目。" in said


@pytest.mark.parametrize("code", ["990101", "990302"])
def test_shares_and_weights_of_one_column_have_as_many_decimals(code):
    made = units.sample(code)
    tables = [
        block
        for section in made.sections
        for outer in section.blocks
        for block in (outer, *getattr(outer, "blocks", ()))
        if isinstance(block, Table)
    ]
    for table in tables:
        for index, column in enumerate(table.columns):
            if column.title in ("占比", "占总分比重", "同级权重"):
                cells = [row[index].rstrip("%") for row in table.rows if row[index] != "—"]
                assert len({len(cell.partition(".")[2]) for cell in cells}) == 1, (table.caption, cells)


def test_a_red_line_in_force_explains_the_stage_where_every_gate_holds():
    made = {sentence.id: sentence.text for sentence in units.sentences(units.sample("990104"))}
    assert made["gates.redlines"].startswith("因红线生效受限：红线R1")


def test_nobody_but_the_best_is_named_beside_a_number():
    made = units.sample("990101")
    names = [each.profile.unit for each in cities() if each.profile.code != "990101"]
    for text in spoken(made):
        for name in names:
            assert not re.search(re.escape(name) + r"[（：]?得?\d", text)
    assert "列第" not in "".join(spoken(made))


def test_the_calculator_knows_how_every_node_makes_its_score():
    nodes = units.sample().calculator["nodes"]  # type: ignore[index]
    assert all({"aggregation", "floor", "pass", "children"} <= set(node) for node in nodes.values())

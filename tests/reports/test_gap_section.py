"""What the report says of counties and of the gap between above and below."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.answers import Answer, Profile, Sheet
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from assess.grassroots.sheets import Filled
from assess.measure.counties import CountyItem, Submitted
from reports.assemble import city_report
from reports.model import Heading, Paragraph, Table

PROFILE = Profile("衡川市", base_date="2026-06-30", mode="self", counties=2, blend_counties=True)
FRAMEWORK = tailored(builtin(), PROFILE)


def sheet(count, level=1, extra=None):
    answers = Sheet.of(PROFILE, {"ME2.5": Answer.of_level(4)})
    made = [Filled("乡", number, {"ME2.5": level}, place="石桥</script>村") for number in range(1, count + 1)]
    return answers.with_cells({**{one.cell: one.to_json() for one in made}, **(extra or {})})


def blocks(given, language="zh"):
    report = city_report(FRAMEWORK, given, language=language, date="2026-07-01")
    return next(section for section in report.sections if section.id == "overall").blocks


def told(given, language="zh"):
    out = []
    for block in blocks(given, language):
        if isinstance(block, Heading):
            out.append(block.text)
        elif isinstance(block, Paragraph):
            out += [sentence.text for sentence in block.sentences]
        elif isinstance(block, Table):
            out += [block.caption, *("|".join(row) for row in block.rows)]
    return "\n".join(out)


def test_without_sheets_nothing_is_said():
    assert "温差" not in told(sheet(0))


def test_five_sheets_are_told_with_their_numbers_and_no_place():
    text = told(sheet(5))
    assert "共收到基层问卷5份（乡镇（街道）5份）。" in text
    assert "自评4.0，基层1.0，温差+3.0" in text
    assert "温差只作线索" in text
    assert "|4.0|1.0|0.0|5|+3.0|上热下冷" in text
    assert "石桥" not in text


def test_four_sheets_give_the_reason_alone():
    text = told(sheet(4))
    assert "不算温差" in text
    assert "1.0" not in text.split("上下温差", 1)[1]


def test_english_says_the_same():
    text = told(sheet(6, level=5), "en")
    assert "gap −1.0" in text
    assert "under-reported" in text.lower()


@pytest.mark.parametrize("name", ["甲县", "</script>", "=1+1", "甲\n县", "🙂"])
def test_counties_stand_in_a_table_with_what_counts(name):
    items = {"ME2.5": CountyItem("answered", "value", 60.0, "3")}
    one = Submitted("a", name, "", FRAMEWORK.digest, "2026-06-30", "self", "sealed", "F83E 0001", "", items)
    two = replace(one, column="b", unit="乙县", standing="open", seal="")
    text = told(sheet(0, extra={("@county", each.column): each.to_json() for each in (one, two)}))
    assert "全市2个县（市、区）已收入2个，其中1个计入。" in text
    assert "已封存 F83E 0001" in text
    assert "未交回" in text

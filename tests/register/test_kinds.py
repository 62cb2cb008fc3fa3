"""Kinds an item expects, grades proposed from them, and dates held against the period."""

from __future__ import annotations

import pytest

from assess.answers import Evidence
from assess.framework.read import builtin
from assess.register.dates import doubt, iso
from assess.register.kinds import expected, kind_of, missing, proposal

FRAMEWORK = builtin()
ST11 = FRAMEWORK.indicators["ST1.1"]


def test_the_kinds_are_those_of_the_framework_with_what_they_must_show_and_their_usual_grade():
    kinds = expected(FRAMEWORK, ST11)
    assert [kind.key for kind in kinds] == [
        "成立文件或明确职责的文件",
        "成员单位职责分工",
        "全体会议通知或纪要首页",
        "任务分解表和进展报告",
    ]
    assert [kind.grade for kind in kinds] == ["B", "", "B", "B"]
    assert "文号" in kinds[0].shows[0][1].zh


def test_a_kind_is_there_once_a_piece_was_registered_under_it_or_bears_its_name():
    records = (
        Evidence("1", "衡政法发〔2024〕18号文件", kind="成立文件或明确职责的文件"),
        Evidence("2", "成员单位职责分工"),
        Evidence("3", "别的"),
    )
    kinds = expected(FRAMEWORK, ST11, records)
    assert [kind.key for kind in missing(kinds)] == ["全体会议通知或纪要首页", "任务分解表和进展报告"]
    assert kind_of(kinds, records[0]) is kinds[0]
    assert kind_of(kinds, records[2]) is None


def test_every_kind_of_every_item_can_be_asked_for_and_found_again():
    for item in FRAMEWORK.indicators.values():
        for kind in expected(FRAMEWORK, item):
            record = Evidence("x", "任意", kind=kind.key)
            found = kind_of(expected(FRAMEWORK, item, (record,)), record)
            assert found is not None
            assert found.key == kind.key
            assert kind.grade in ("", "A", "B", "C", "D")


@pytest.mark.parametrize(
    ("record", "grade"),
    [
        (Evidence("", "平台导出的流转记录"), "A"),
        (Evidence("", "通知", number="衡政发〔2026〕3号"), "B"),
        (Evidence("", "网格员名册"), "C"),
        (Evidence("", "2025年工作总结", number="衡政发〔2026〕3号"), "D"),
        (Evidence("", "会议材料"), ""),
    ],
)
def test_a_grade_is_proposed_from_what_is_known_and_says_why(record, grade):
    found, why = proposal(record)
    assert found == grade
    assert (why is None) == (grade == "")


@pytest.mark.parametrize(
    "typed",
    ["2026-05-13", "2026年5月13日", "2026.5.13", "2026/05/13", "20260513", "２０２６年５月１３日", " 2026年5月13号 "],
)
def test_dates_as_people_write_them_are_read(typed):
    assert iso(typed) == "2026-05-13"


@pytest.mark.parametrize("typed", ["", "5月", "2026-13-45", "2026年二月", "=1+1", "去年"])
def test_what_is_no_date_stays_as_typed_and_raises_no_doubt(typed):
    assert iso(typed) == typed.strip()
    assert doubt(typed, ST11, "2026-06-30") is None


def test_a_date_outside_the_twelve_months_is_doubted_unless_the_document_is_in_force():
    assert doubt("2025-07-01", ST11, "2026-06-30") is None
    late = doubt("2025-06-30", ST11, "2026-06-30")
    assert late is not None
    assert "2025-07-01" in late.render("zh")
    assert doubt("2025-06-30", ST11, "2026-06-30", in_force=True) is None


def test_a_date_after_the_base_date_is_doubted_even_if_in_force():
    found = doubt("2026-07-01", ST11, "2026-06-30", in_force=True)
    assert found is not None
    assert "2026-06-30" in found.render("zh")
    assert doubt("2026-07-01", ST11, "") is None

"""Neighboring levels side by side: the words they share are set back, and only where the two really run parallel."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from forms.questionnaire.compare import alike, differing, shared

ONE = "有文件明确由某个部门牵头（尚未明确领导小组或工作组）"
TWO = "有文件明确由领导小组或工作组承担，列明组长和成员单位"


def test_what_the_level_asks_beyond_the_one_below_stands_out():
    assert [TWO[start:end] for start, end in shared(TWO, ONE)] == ["有文件明确由领导小组或工作组"]
    assert [TWO[start:end] for start, end in differing(TWO, ONE)] == ["承担，列明组长和成员单位"]
    assert alike(TWO, ONE)


def test_the_opening_that_only_refers_to_the_level_below_is_set_back():
    three, four = "组长由市委领导担任", "在3级基础上，年度任务分解到每个成员单位；近12个月向市委报告过进展"
    assert [four[a:b] for a, b in shared(four, three)] == ["在3级基础上，"]
    assert not alike(four, three)
    english = "Level 3 plus: yearly tasks split among all members"
    assert [english[a:b] for a, b in shared(english, "Chaired by a leader")] == ["Level 3 plus: "]


def test_texts_about_different_things_are_left_as_they_are():
    assert shared("每年自评一次；有问题清单和整改措施", "做过专门的自评，有书面结论") == ()
    assert shared("", "") == ()
    assert shared("同一句话说了两遍", "同一句话说了两遍") == ((0, 8),)
    assert differing("同一句话说了两遍", "同一句话说了两遍") == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_shared_and_differing_parts_never_overlap_and_lie_inside(text, below):
    spans = sorted((*shared(text, below), *differing(text, below)))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))

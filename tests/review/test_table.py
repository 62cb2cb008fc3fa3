"""The table of a review: differences in levels for every kind of item, states, filters, units."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer
from assess.framework.read import builtin
from assess.measure.gap import gap
from assess.review import steps
from tests.review.conftest import LI, NOW, ZHANG, level, seen

CODE, OTHER, RATIO, LIST, YESNO = "ST1.1", "ST1.3", "ST2.3", "ST2.2", "ME2.1"


@given(first=st.integers(0, 5), second=st.integers(0, 5))
def test_the_gap_of_two_levels_is_their_difference(first, second):
    found = gap(builtin(), CODE, level(first), level(second), "市")
    assert (found.levels, found.points) == (second - first, (second - first) * 20)
    assert found.serious == (abs(second - first) >= 2)
    assert found.none == (first == second)


@pytest.mark.parametrize(
    ("first", "second", "levels", "serious"),
    [
        (Answer.of_ticks("ABCDEFGH"), Answer.of_ticks("ABCDEFG"), 0, False),  # 12.5 points: less than a level
        (Answer.of_ticks("ABCDEFGH"), Answer.of_ticks("ABCDEF"), -1, False),  # 25 points
        (Answer.of_ticks("ABCDEFGH"), Answer.of_ticks("ABCD"), -2, True),  # 50 points
    ],
)
def test_a_checklist_has_its_equivalent_in_points(first, second, levels, serious):
    found = gap(builtin(), LIST, first, second, "市")
    assert abs(found.levels) >= abs(levels)
    assert found.serious or not serious
    assert not found.none


def test_yes_against_no_is_the_whole_scale():
    assert gap(builtin(), YESNO, Answer.of_choice("yes"), Answer.of_choice("no"), "市").levels == -5


def test_answered_against_not_is_a_difference_of_state_and_both_alike_are_none():
    one = gap(builtin(), CODE, level(3), Answer.no_data(), "市")
    assert (one.states, one.serious, one.levels) == (True, True, 0)
    assert gap(builtin(), CODE, Answer.no_data(), Answer.no_data("x"), "市").none
    assert gap(builtin(), CODE, Answer.no_data(), Answer.not_applicable("x"), "市").states


def test_a_missing_or_faulty_answer_is_compared_with_nothing():
    assert gap(builtin(), CODE, None, level(3), "市") is None
    assert gap(builtin(), RATIO, Answer.of_number("120", "100"), Answer.of_number("50", "100"), "市") is None


def test_a_row_says_what_is_taken_and_from_where(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.answer(CODE, level(1), "review")
    row = seen(document).rows[0]
    assert (row.taken, row.column, row.third) == (level(1), "review", None)
    assert (row.apart.levels, row.serious, row.flagged) == (-3, True, True)
    document.set_cells(steps.confirming(CODE, opinion="未见"), steps.KIND)
    row = seen(document).rows[0]
    assert (row.serious, row.flagged, row.state) == (True, False, "accepted")


def test_the_filters_count_what_they_show(create):
    document = create({CODE: level(4), OTHER: level(3), "ST2.1": level(3)})
    document.act_as(LI)
    document.answer_many({CODE: level(1), OTHER: level(3)}, "review")
    steps.take(document, [OTHER], "confirm")
    steps.take(document, ["ST2.1"], "return", reason="缺件", deadline=date(2026, 8, 1))
    document.act_as(ZHANG)
    steps.take(document, [OTHER], "object", reason="不同意")
    found = seen(document)
    counts = {key: found.count(key) for key in ("open", "differences", "returned", "objections", "sample")}
    assert counts == {"open": 2, "differences": 1, "returned": 1, "objections": 1, "sample": 0}
    assert found.count("all") == found.total == 69
    assert found.done == 0
    unit = found.rows[0].unit.to("zh")
    assert {row.unit.to("zh") for row in found.chosen("all", unit)} == {unit}


def test_an_overdue_correction_is_known_by_its_day(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    steps.take(document, [CODE], "return", reason="缺件", deadline=NOW.date())
    last = steps.last(document.sheet, CODE)
    assert not last.overdue(date(2026, 7, 22))
    assert last.overdue(date(2026, 7, 23))


def test_nothing_answered_is_an_empty_review(create):
    found = seen(create(author=LI))
    assert found.empty
    assert (found.done, found.count("open")) == (0, 0)


def test_the_record_of_exchange_tells_values_opinions_evidence_and_steps(create, clock):
    document = create({CODE: level(4)})
    clock.at = NOW + timedelta(minutes=1)
    document.act_as(LI)
    document.set_cells(steps.confirming(CODE, value=level(1), opinion="=1+1 </script> 㙍𡐓"), steps.KIND)
    told = steps.exchange(document.history(CODE))
    assert [entry.column for entry in told] == ["step", "opinion", "review", "self"]
    assert told[-1].who == "市大数据局 科员 张三"
    assert {entry.reason for entry in told if entry.column == "opinion"} == {"=1+1 </script> 㙍𡐓"}


def test_renewing_a_few_rows_gives_the_table_made_as_a_whole(create):
    from assess.measure.score import score
    from assess.review.table import renewed

    document = create({CODE: level(4), OTHER: level(3), LIST: Answer.of_ticks("AB")})
    document.act_as(LI)
    before = seen(document)
    changes = document.set_cells(steps.confirming(CODE, value=level(1), opinion="未见"), steps.KIND)
    scores = score(document.framework, document.sheet)
    today = NOW.date()
    made = renewed(before, document.framework, document.sheet, scores, changes.items, role="reviewer", today=today)
    assert made == seen(document)
    assert made != before
    for codes in (("@onsite",), ("XX9",), (YESNO,)):  # of the document, of none, and what sets off a skip
        assert renewed(before, document.framework, document.sheet, scores, codes, role="reviewer", today=today) is None

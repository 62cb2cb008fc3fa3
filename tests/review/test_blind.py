"""The second review is blind: nobody sees it before both are there, it never scores, and it leaves with no package."""

from __future__ import annotations

import shutil
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from assess import rights
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.measure.score import score
from assess.review import steps
from assess.store.events import Event
from tests.review.conftest import LI, NOW, UNI, WANG, ZHANG, level, seen

CODE = "ST1.1"
SECRET = "二核看法〇七"


def both(create, *, first: bool):
    document = create({CODE: level(4)})
    document.act_as(WANG)
    document.set_cells({(CODE, "review_2"): level(1).to_json(), (CODE, "opinion_2"): SECRET}, "review")
    document.act_as(LI)
    if first:
        document.answer(CODE, level(3), "review")
    return document


def test_the_first_reviewer_never_gets_the_second_value_before_both_are_there(create):
    document = both(create, first=False)
    for who in (LI, ZHANG, UNI):
        document.act_as(who)
        assert not [cell for cell in document.sheet.cells if cell[1] in rights.BLIND]
        assert not [event for event in document.history(CODE) if event.column in rights.BLIND]
        assert document.history(CODE, "review_2") == ()
        row = seen(document).rows[0]
        assert (row.second, row.second_apart) == (None, None)
        assert SECRET not in repr(row)


def test_giving_the_first_review_discloses_the_second_and_the_difference(create):
    document = both(create, first=True)
    assert document.sheet.answer(CODE, "review_2") == level(1)
    row = seen(document).rows[0]
    assert row.second == level(1)
    assert row.second_apart.levels == -2
    assert [event.author for event in document.history(CODE, "review_2")] == ["王五"]


def test_taking_the_first_review_back_covers_the_second_again(create):
    document = both(create, first=True)
    document.undo()
    assert document.sheet.answer(CODE, "review_2") is None


def test_the_second_reviewer_gets_the_first_value_only_after_giving_one(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.set_cells({(CODE, "review"): level(2).to_json(), (CODE, "opinion"): SECRET}, "review")
    document.act_as(WANG)
    row = seen(document).rows[0]
    assert (row.review, row.apart, row.opinion, row.hidden) == (None, None, "", True)
    assert (row.taken, row.column) == (level(4), "self")
    assert not [event for event in document.history(CODE) if event.column in rights.FIRST]
    document.answer(CODE, level(3), "review_2")
    row = seen(document).rows[0]
    assert (row.review, row.hidden, row.second_apart.levels) == (level(2), False, 1)


def test_the_second_review_moves_no_score(create):
    document = both(create, first=True)
    with_it = score(document.framework, document.sheet)
    without = score(document.framework, document.sheet.with_cells({(CODE, "review_2"): None}))
    assert with_it == without


LEVEL = st.integers(0, 5)


@given(own=LEVEL, review=st.none() | LEVEL, third=st.none() | LEVEL, second=LEVEL)
def test_review_goes_before_self_third_party_before_both_and_the_second_nowhere(own, review, third, second):
    from assess.answers import Profile, Sheet

    framework = builtin()
    sheet = Sheet.of(Profile("甲市", mode="self"), {CODE: level(own)}).with_cells(
        {
            (CODE, "review"): None if review is None else level(review).to_json(),
            (CODE, "third_party"): None if third is None else level(third).to_json(),
            (CODE, "review_2"): level(second).to_json(),
        }
    )
    expected = third if third is not None else review if review is not None else own
    assert score(framework, sheet).items[CODE].raw == expected * 20


def test_a_package_carries_no_second_review(create, tmp_path, clock):
    document = both(create, first=True)
    path = tmp_path / "退回大数据局.zhd"
    document.issue_copy(path, (CODE,))
    with Assessment.open(path, author=WANG, now=clock, read_only=True) as package:
        assert package.sheet.answer(CODE, "review") == level(3)
        assert package.sheet.answer(CODE, "review_2") is None
        assert package.verify() == ()
    assert SECRET.encode() not in path.read_bytes()
    clock.at = NOW + timedelta(hours=1)
    document.merge(path)
    assert document.sheet.answer(CODE, "review_2") == level(1)


def test_a_merge_tells_the_first_reviewer_nothing_of_the_second_value(create, tmp_path, clock):
    document = create({CODE: level(4)})
    copy = tmp_path / "二核.zhd"
    document.save_copy(copy)
    for number, who in ((1, WANG), (5, Author("孙七", "复核三组", "", "second_reviewer"))):
        clock.at += timedelta(hours=1)
        other = copy.with_name(f"{number}.zhd")
        shutil.copy(copy, other)
        with Assessment.open(other, author=who, now=clock) as second:
            second.set_cells({(CODE, "review_2"): level(number).to_json(), (CODE, "opinion_2"): SECRET}, "review")
        document.act_as(LI)
        report = document.merge(other)
        assert report.events == 2
        assert SECRET not in repr(report.cells)
        assert not [cell for cell in report.cells if cell[1] in rights.BLIND]
    assert document.conflicts() == {}  # the two values of the second column are nobody's business here
    document.act_as(WANG)
    assert (CODE, "review_2") in document.conflicts()


def test_undo_is_not_offered_where_the_review_has_settled_the_item(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.answer(CODE, level(4), "review")
    assert document.undoable is not None
    steps.take(document, [CODE], "confirm")
    document.undo()
    assert document.undoable is not None
    document.redo()
    document.act_as(ZHANG)
    assert document.undoable is None


def test_what_may_be_seen_is_a_function_of_role_and_values_alone():
    values = {(CODE, "self"): 1, (CODE, "review_2"): 2, ("ST1.3", "review"): 3, ("ST1.3", "review_2"): 4}
    assert set(rights.seen(values, "reviewer")) == set(values) - {(CODE, "review_2")}
    assert rights.seen(values, "second_reviewer") == values
    event = Event("x", "a", NOW, "王五", "", "second_reviewer", CODE, "review_2", {}, (), "review")
    assert rights.seen_events(values, [event], "reviewer") == ()
    assert rights.seen_events(values, [event], "second_reviewer") == (event,)

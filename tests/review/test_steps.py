"""The steps of a review: what follows what, who takes it, what it demands, what it locks, and that it is signed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess import rights
from assess.answers import Answer, Evidence, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.problems import Problem
from assess.review import steps
from tests.review.conftest import LI, NOW, UNI, WANG, ZHANG, level

CODE, OTHER = "ST1.1", "ST1.3"
LATER = date(2026, 8, 1)


def at(document, code=CODE):
    return rights.state(document.sheet.cells, code)


def refusal(call) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.hint is not None
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value.code


def accepted(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.answer(CODE, level(3), "review")
    steps.take(document, [CODE], "confirm", deadline=LATER)
    return document


def test_an_item_goes_from_draft_over_received_and_returned_to_ruled(create):
    document = create()
    assert at(document) == "draft"
    document.answer(CODE, level(4))
    assert at(document) == "received"
    document.act_as(LI)
    steps.take(document, [CODE], "return", reason="佐证只有新闻通稿", demand="补制度文件", deadline=LATER)
    assert at(document) == "returned"
    document.act_as(ZHANG)
    document.add_evidence(CODE, Evidence("", "关于建立领导小组的通知"))
    steps.take(document, [CODE], "resubmit")
    assert at(document) == "received"
    document.act_as(LI)
    document.answer(CODE, level(3), "review")
    steps.take(document, [CODE], "confirm", deadline=LATER)
    assert at(document) == "accepted"
    document.act_as(ZHANG)
    steps.take(document, [CODE], "object", reason="复核时没有调取会议记录")
    assert at(document) == "objection"
    document.act_as(LI)
    document.set_cells(steps.ruling(CODE, "调取后属实", level(4)), steps.KIND)
    assert at(document) == "ruled"
    assert document.sheet.answer(CODE, "review") == level(4)
    record = [entry.step for entry in steps.exchange(document.history(CODE)) if entry.column == "step"]
    assert record == ["rule", "object", "confirm", "resubmit", "return"]


def test_every_step_is_signed_with_name_unit_post_and_time(create):
    document = accepted(create)
    last = steps.last(document.sheet, CODE)
    assert (last.signature, last.role) == ("复核一组 组长 李四", "reviewer")
    assert last.at == NOW.isoformat(timespec="seconds")
    assert last.deadline == LATER


def test_a_step_carries_the_signature_of_who_takes_it_whatever_the_face_says(create):
    document = create({CODE: level(2)})
    document.act_as(LI)
    forged = {
        "step": "return",
        "reason": "x",
        "deadline": "2026-08-01",
        "by": "市长",
        "at": "2020-01-01",
        "state": "ruled",
    }
    document.set_cells({(CODE, "step"): forged}, steps.KIND)
    last = steps.last(document.sheet, CODE)
    assert (last.signature, last.state, last.at[:4]) == ("复核一组 组长 李四", "returned", "2026")


def test_without_name_or_post_nobody_takes_a_step(create):
    document = create({CODE: level(2)})
    document.act_as(Author("", "复核一组", "", "reviewer"))
    document.answer(CODE, level(2), "review")
    assert refusal(lambda: steps.take(document, [CODE], "confirm")) == "review.unsigned"
    document.act_as(Author("", "复核一组", "组长", "reviewer"))
    steps.take(document, [CODE], "confirm")
    assert at(document) == "accepted"


def test_two_levels_apart_need_an_opinion_and_one_level_does_not(create):
    document = create({CODE: level(4), OTHER: level(4)})
    document.act_as(LI)
    document.answer_many({CODE: level(2), OTHER: level(3)}, "review")
    assert refusal(lambda: steps.take(document, [CODE], "confirm")) == "review.opinion"
    assert at(document) == "under_review"
    document.set_cells(steps.confirming(CODE, opinion="抽查 3 个乡镇未见"), steps.KIND)
    steps.take(document, [OTHER], "confirm")
    assert (at(document), at(document, OTHER)) == ("accepted", "accepted")


def test_answered_against_no_data_needs_an_opinion_too(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.answer(CODE, Answer.no_data("拿不出材料"), "review")
    assert refusal(lambda: steps.take(document, [CODE], "confirm")) == "review.opinion"


def test_forty_points_of_a_number_are_two_levels(create):
    document = create({"ST2.3": Answer.of_number("90", "100", source="台账")})
    document.act_as(LI)
    document.answer("ST2.3", Answer.of_number("10", "100", source="抽查"), "review")
    assert refusal(lambda: steps.take(document, ["ST2.3"], "confirm")) == "review.opinion"


def test_without_a_review_value_nothing_is_confirmed(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    assert refusal(lambda: steps.take(document, [CODE], "confirm")) == "review.no-value"


@pytest.mark.parametrize(
    ("deadline", "reason", "code"),
    [(None, "缺件", "review.deadline"), (date(2026, 7, 21), "缺件", "review.deadline"), (LATER, "  ", "review.reason")],
)
def test_a_return_needs_a_reason_and_a_day_to_come(create, deadline, reason, code):
    document = create({CODE: level(4)})
    document.act_as(LI)
    assert refusal(lambda: steps.take(document, [CODE], "return", reason=reason, deadline=deadline)) == code
    assert at(document) == "received"


def test_a_day_that_is_no_day_is_refused(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    cells = {(CODE, "step"): {"step": "return", "reason": "缺件", "deadline": "下周五"}}
    assert refusal(lambda: document.set_cells(cells, steps.KIND)) == "review.deadline"


def test_an_unchanged_item_is_handed_in_again_only_with_a_reason(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    steps.take(document, [CODE], "return", reason="缺件", deadline=LATER)
    document.act_as(ZHANG)
    assert refusal(lambda: steps.take(document, [CODE], "resubmit")) == "review.reason"
    steps.take(document, [CODE], "resubmit", reason="原件已在现场出示")
    assert at(document) == "received"


def test_an_unanswered_item_can_be_returned_and_is_a_draft_until_answered(create):
    document = create()
    document.act_as(LI)
    steps.take(document, [CODE], "return", reason="漏答", deadline=LATER)
    document.act_as(ZHANG)
    document.answer(CODE, level(1))
    steps.take(document, [CODE], "resubmit")
    assert at(document) == "received"


def test_objections_end_with_their_deadline(create, clock):
    document = accepted(create)
    clock.at = NOW + timedelta(days=11)
    document.act_as(ZHANG)
    assert refusal(lambda: steps.take(document, [CODE], "object", reason="不同意")) == "review.late"
    clock.at = NOW + timedelta(days=10)
    steps.take(document, [CODE], "object", reason="不同意")
    steps.take(document, [CODE], "withdraw")
    assert steps.last(document.sheet, CODE).deadline == LATER  # the same time to object as before


def test_one_step_for_many_items_is_all_or_nothing(create):
    document = create({CODE: level(4), OTHER: level(4)})
    document.act_as(LI)
    document.answer_many({CODE: level(4), OTHER: level(1)}, "review")
    assert refusal(lambda: steps.take(document, [CODE, OTHER], "confirm")) == "review.opinion"
    assert (at(document), at(document, OTHER)) == ("under_review", "under_review")


# ---------------------------------------------------------------- what is locked, and against whom
def test_what_is_confirmed_refuses_answers_and_says_who_may_change_it(create):
    document = accepted(create)
    document.act_as(ZHANG)
    with pytest.raises(Problem) as caught:
        document.answer(CODE, level(5))
    assert caught.value.code == "review.locked"
    assert "李四" in caught.value.sentence("zh")
    assert "复核单位" in caught.value.sentence("zh")
    for change in (
        lambda: document.add_evidence(CODE, Evidence("", "补件")),
        lambda: document.explain(CODE, "说明"),
        lambda: document.lift_skip(CODE),
        lambda: document.answer(CODE, None),
    ):
        assert refusal(change) == "review.locked"
    document.note(CODE, "备注随时可写")
    assert document.sheet.answer(CODE) == level(4)


def test_the_reviewer_too_must_reopen_what_is_confirmed(create):
    document = accepted(create)
    assert refusal(lambda: document.answer(CODE, level(5), "review")) == "review.locked"
    assert refusal(lambda: steps.take(document, [CODE], "reopen")) == "review.reason"
    steps.take(document, [CODE], "reopen", reason="发现新的佐证")
    document.answer(CODE, level(5), "review")
    assert document.sheet.answer(CODE, "review") == level(5)


def test_the_third_party_measures_what_is_confirmed(create):
    document = accepted(create)
    document.act_as(UNI)
    document.answer(CODE, level(2), "third_party")
    assert at(document) == "accepted"


def test_an_objection_takes_further_evidence_but_no_other_answer(create):
    document = accepted(create)
    document.act_as(ZHANG)
    steps.take(document, [CODE], "object", reason="另有会议纪要")
    document.add_evidence(CODE, Evidence("", "11 月会议纪要"))
    assert refusal(lambda: document.answer(CODE, level(5))) == "review.locked"
    document.act_as(LI)
    assert refusal(lambda: document.answer(CODE, level(4), "review")) == "review.locked"
    document.set_cells(steps.ruling(CODE, "纪要属实", level(4)), steps.KIND)
    assert at(document) == "ruled"


def test_undo_does_not_go_behind_a_confirmation(create):
    document = create({CODE: level(4)})
    document.answer(CODE, level(5))
    document.act_as(LI)
    document.answer(CODE, level(5), "review")
    steps.take(document, [CODE], "confirm")
    document.act_as(ZHANG)
    assert refusal(document.undo) == "review.locked"
    assert document.undoable is None or at(document) == "accepted"


def test_a_confirmation_is_undone_and_redone_as_one(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.set_cells(steps.confirming(CODE, value=level(1), opinion="未见"), steps.KIND)
    document.undo()
    assert (at(document), document.sheet.answer(CODE, "review"), document.sheet.text(CODE, "opinion")) == (
        "received", None, "",
    )  # fmt: skip
    document.redo()
    assert (at(document), document.sheet.answer(CODE, "review")) == ("accepted", level(1))


@pytest.mark.parametrize("column", ["review", "review_2", "third_party", "opinion", "opinion_2"])
def test_those_who_fill_in_write_no_column_of_the_review_in_any_way(create, column):
    document = create({CODE: level(4)})
    value = "意见" if column.startswith("opinion") else level(5).to_json()
    assert refusal(lambda: document.set_cells({(CODE, column): value})) in ("review.role", "review.second")
    if column in ("review", "review_2", "third_party"):
        assert refusal(lambda: document.answer(CODE, level(5), column)) == "review.role"
    assert document.history(CODE, column) == ()


def test_each_reviewer_has_one_column(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    assert refusal(lambda: document.answer(CODE, level(3), "review_2")) == "review.second"
    document.act_as(WANG)
    assert refusal(lambda: document.answer(CODE, level(3), "review")) == "review.role"
    document.act_as(UNI)
    assert refusal(lambda: document.answer(CODE, level(3), "review_2")) == "review.second"


def test_nobody_gives_both_reviews_of_an_item(create):
    document = create({CODE: level(4)})
    document.act_as(LI)
    document.answer(CODE, level(3), "review")
    document.act_as(Author(LI.name, LI.unit, LI.post, "second_reviewer"))
    assert refusal(lambda: document.answer(CODE, level(3), "review_2")) == "review.second"


def test_a_settlement_lapses_when_a_merge_brings_another_answer(create, tmp_path, clock):
    document = create({CODE: level(4)})
    copy = tmp_path / "发给大数据局.zhd"
    document.issue_copy(copy, (CODE,))
    document.act_as(LI)
    document.answer(CODE, level(4), "review")
    steps.take(document, [CODE], "confirm")
    clock.at = NOW + timedelta(hours=1)
    with Assessment.open(copy, author=ZHANG, now=clock) as package:
        package.answer(CODE, level(5))
    document.merge(copy)
    assert at(document) == "received"
    assert steps.last(document.sheet, CODE).lapsed
    document.answer(CODE, level(5), "review")
    steps.take(document, [CODE], "confirm")
    assert at(document) == "accepted"


def test_a_return_opens_what_a_closing_seal_keeps(create):
    document = create({CODE: level(4), OTHER: level(3)})
    document.seal(closing=True)
    assert refusal(lambda: document.answer(CODE, level(5))) == "seal.closed"
    document.act_as(LI)
    steps.take(document, [CODE], "return", reason="缺件", deadline=LATER)
    document.act_as(ZHANG)
    document.answer(CODE, level(3))
    assert document.sheet.answer(CODE) == level(3)
    assert refusal(lambda: document.answer(OTHER, level(5))) == "seal.closed"


# ---------------------------------------------------------------- the machine, whatever anybody tries
ROLES = {"filler": ZHANG, "reviewer": LI, "second_reviewer": WANG, "third_party": UNI}
MOVES = st.tuples(
    st.sampled_from([*rights.STEPS, "answer", "review"]),
    st.sampled_from(sorted(ROLES)),
    st.integers(0, 5),
    st.sampled_from(["", "理由"]),
    st.sampled_from([None, LATER]),
)


@settings(max_examples=40)
@given(moves=st.lists(MOVES, min_size=1, max_size=14))
def test_no_illegal_step_is_ever_taken_and_every_step_taken_is_signed(tmp_path_factory, moves):
    path: Path = tmp_path_factory.mktemp("walk") / "评估.zhd"
    with Assessment.create(path, builtin(), Profile("甲市"), author=ZHANG, now=lambda: NOW) as document:
        for move, role, number, reason, deadline in moves:
            document.act_as(ROLES[role])
            before, answers = at(document), dict(document.sheet.cells)
            try:
                if move == "answer":
                    document.answer(CODE, level(number))
                elif move == "review":
                    document.answer(CODE, level(number), "review")
                else:
                    steps.take(document, [CODE], move, reason=reason, deadline=deadline)
            except Problem:
                assert dict(document.sheet.cells) == answers  # what is refused changes nothing
                continue
            if move in rights.STEPS:
                step = rights.STEPS[move]
                assert before in step.sources
                assert role in step.roles
                assert at(document) == step.target or (step.target == "received" and at(document) == "draft")
                assert reason or step.reason != "yes"
                last = steps.last(document.sheet, CODE)
                assert ROLES[role].name in last.signature
                assert last.at
            elif dict(document.sheet.cells) != answers:
                assert before not in rights.SETTLED
                assert move == "answer" or role in rights.REVIEWERS


def test_the_table_of_steps_names_only_states_roles_and_columns_there_are():
    for key, step in rights.STEPS.items():
        assert key == step.key
        assert {*step.sources, step.target} <= set(rights.STATE_NAMES)
        assert set(step.roles) <= {"filler", "reviewer", "consultant"}
        assert key in rights.STEP_NAMES
    assert set(rights.LOCKS) == set(rights.STATE_NAMES)
    reached = {"draft", "received", "under_review"} | {step.target for step in rights.STEPS.values()}
    assert reached == set(rights.STATE_NAMES)

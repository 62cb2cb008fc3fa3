"""The named operations: what they change, what they tell, what they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.problems import Problem
from tests.store.conftest import LI, ZHANG

THREE, FOUR = Answer.of_level(3), Answer.of_level(4)


def test_an_answer_is_told_once_with_its_cell_its_item_and_its_time(create):
    document = create()
    changes = document.answer("A1", THREE)
    assert changes.cells == {("A1", "self"): {"kind": "level", "level": 3}}
    assert (changes.items, changes.kind, len(changes.action)) == (("A1",), "answer", 32)
    assert document.last_saved > changes.at
    assert document.sheet.answers() == {"A1": THREE}


@pytest.mark.parametrize(
    "answer",
    [
        Answer.of_level(0),
        Answer.of_level(4, ["4.1", "4.2"]),
        Answer.of_choice("no"),
        Answer.of_ticks(["b", "a"]),
        Answer.of_ticks([]),
        Answer.of_number("12", "34.50", None, "yes", "统计年鉴"),
        Answer.of_number(result="85.30"),
        Answer.of_number("0", "0"),
        Answer.not_applicable("无此情形\n㙍𡐓"),
        Answer.no_data(),
    ],
)
def test_every_kind_of_answer_comes_back_as_given(create, reopen, answer):
    document = create()
    document.answer("A1", answer)
    assert reopen(document).sheet.answer("A1") == answer


def test_clearing_differs_from_an_empty_checklist(create):
    document = create()
    document.answer("A1", Answer.of_ticks([]))
    assert document.sheet.answer("A1") == Answer.of_ticks([])
    document.answer("A1", None)
    assert document.sheet.answer("A1") is None
    assert ("A1", "self") not in document.sheet.cells


def test_columns_stand_side_by_side(create):
    document = create()
    document.answer("A1", THREE)
    document.act_as(LI)
    document.answer("A1", FOUR, "review")
    document.act_as(Author("王五", role="second_reviewer"))
    document.answer("A1", Answer.of_level(1), "review_2")
    document.act_as(Author("某大学", role="third_party"))
    document.answer("A1", Answer.of_level(2), "third_party")
    assert [document.sheet.answer("A1", c).level for c in ("self", "review", "review_2", "third_party")] == [3, 4, 1, 2]
    with pytest.raises(ValueError):
        document.answer("A1", THREE, "evidence/x")


def test_an_item_the_framework_has_not_is_refused_and_nothing_of_the_operation_is_kept(create):
    document = create()
    with pytest.raises(Problem) as caught:
        document.answer_many({"A1": THREE, "Z9": FOUR})
    assert caught.value.code == "document.unknown-item"
    assert document.sheet.answers() == {}


def test_a_sheet_given_out_never_changes(create):
    document = create()
    before = document.sheet
    document.answer("A1", THREE)
    assert before.answers() == {}
    with pytest.raises(TypeError):
        document.sheet.cells["A1", "self"] = {}


def test_flags_notes_and_targets_are_set_and_taken_back(create):
    document = create()
    document.approve_na("A1")
    document.lift_skip("A1")
    document.note("A1", "备注")
    document.explain("A1", "说明")
    document.target("A1", 80.5)
    sheet = document.sheet
    assert sheet.flag("A1", "na_approved")
    assert sheet.flag("A1", "skip_lifted")
    assert (sheet.text("A1"), sheet.text("A1", "explanation")) == ("备注", "说明")
    assert sheet.cells["A1", "target"] == 80.5
    document.approve_na("A1", False)
    document.lift_skip("A1", False)
    document.note("A1", "")
    document.target("A1", None)
    assert {cell for cell in document.sheet.cells if cell[0] == "A1"} == {("A1", "explanation")}
    with pytest.raises(ValueError):
        document.target("A1", 101)


def test_red_lines_bonus_and_deductions_are_cells_with_a_history(create, reopen):
    document = create()
    document.red_line("R1", "raised", "举报")
    document.red_line("R1", "confirmed", "查实")
    document.claim_bonus("J1", "表彰", "〔2026〕1号")
    document.claim_bonus("J1", "试点")
    document.claim_deduction("K1", "通报", 2.5, confirmed=True)
    document = reopen(document)
    assert document.sheet.items("@redline")["R1"] == {"state": "confirmed", "reason": "查实"}
    assert [claim["matter"] for claim in document.sheet.items("@bonus").values()] == ["表彰", "试点"]
    ((claim, value),) = document.sheet.items("@deduction").items()
    assert (value["points"], value["confirmed"]) == (2.5, True)
    document.claim_deduction("K1", "通报", 1, claim=claim)
    assert [entry["points"] for entry in document.sheet.items("@deduction").values()] == [1]
    document.drop_claim("@deduction", claim)
    assert document.sheet.items("@deduction") == {}
    assert [event.value["state"] for event in document.history("@redline")] == ["raised", "confirmed"]
    with pytest.raises(ValueError):
        document.red_line("R1", "perhaps")


def test_the_profile_is_kept_whole_and_changed_by_field(create, reopen, folder, framework, clock):
    profile = Profile(
        "某区", "990102", "县", "district", "self", "master", "2025-12-31", 2025, "east", "大", 123.4, 3, True, True,
        ("A1", "A2"), True, "编制", "委托", "简介", {"p": 1.5, "q": 2},
    )  # fmt: skip
    path = folder / "区.zhd"
    Assessment.create(path, framework, profile, author=ZHANG, now=clock).close()
    document = reopen(path)
    assert document.profile == profile
    changes = document.set_profile(unit="新区", year=None, scope=("A1",))
    assert {column for _, column in changes.cells} == {"unit", "year", "scope"}
    assert (document.profile.unit, document.profile.year, document.profile.scope) == ("新区", None, ("A1",))
    document.undo()
    assert document.profile == profile
    with pytest.raises(TypeError):
        document.set_profile(color="red")


def test_reviewed_holds_for_the_values_in_force_and_lapses_when_one_changes(create, reopen):
    document = create(author=LI)
    document.answer("A1", THREE)
    document.answer("A1", THREE, "review")
    document.mark_reviewed()
    assert document.sheet.status == "reviewed"
    document.note("A1", "不影响")
    document.answer("A1", FOUR)  # the review stands over it
    document.act_as(Author("王五", role="second_reviewer"))
    document.answer("A1", FOUR, "review_2")  # never scores
    assert document.sheet.status == "reviewed"
    changes = document.answer("A2", FOUR)
    assert document.sheet.status == "draft"
    assert changes.cells["@status", "reviewed"] is None
    assert reopen(document, author=LI).sheet.status == "draft"


def test_reviewed_set_together_with_answers_is_bound_to_them(create):
    document = create()
    document.set_cells({("@status", "reviewed"): {"by": "x", "at": "2026-01-01"}, ("A1", "self"): THREE.to_json()})
    assert document.sheet.status == "reviewed"
    document.answer("A1", FOUR)
    assert document.sheet.status == "draft"


def test_undoing_the_change_brings_the_review_back(create):
    document = create(author=LI)
    document.answer("A1", THREE)
    document.mark_reviewed()
    document.red_line("R1", "raised", "x")
    assert document.sheet.status == "draft"
    changes = document.undo()
    assert document.sheet.status == "reviewed"
    assert changes.cells["@status", "reviewed"]["by"] == "李四"


def test_one_who_fills_in_cannot_mark_as_reviewed(create):
    with pytest.raises(Problem) as caught:
        create().mark_reviewed()
    assert caught.value.code == "document.not-a-reviewer"


def test_the_history_says_who_when_and_after_what(create, reopen):
    document = create()
    document.answer("A1", THREE)
    other = reopen(document, author=LI)
    other.answer("A1", FOUR, "review")
    other.answer("A1", FOUR)
    events = other.history("A1")
    assert [(event.author, event.column, event.value["level"]) for event in events] == [
        ("张三", "self", 3), ("李四", "review", 4), ("李四", "self", 4),
    ]  # fmt: skip
    assert events[0].id in events[2].parents
    assert events[0].id not in events[1].parents
    assert events[1].role == "reviewer"
    assert [event.column for event in other.history("A1", "review")] == ["review"]
    assert other.history("A3") == ()


def test_a_clock_that_goes_back_or_stands_still_changes_no_order_and_loses_nothing(create, reopen, clock):
    document = create()
    document.answer("A1", Answer.of_level(1))
    clock.step = timedelta(days=-400)
    document.answer("A1", Answer.of_level(2))
    clock.step = timedelta(0)
    for level in (3, 4, 3, 4, 3):
        document.answer("A1", Answer.of_level(level))
    document = reopen(document)
    assert [event.value["level"] for event in document.history("A1")] == [1, 2, 3, 4, 3, 4, 3]
    assert document.sheet.answer("A1") == THREE
    document.undo()
    assert document.sheet.answer("A1") == FOUR
    assert document.verify() == ()


def test_a_seal_is_printed_in_groups_of_four_and_holds(create, reopen):
    document = create()
    document.answer("A1", THREE)
    seal = document.seal()
    assert seal.printed == " ".join(seal.whole[i : i + 4].upper() for i in (0, 4, 8, 12))
    assert len(str(seal)) == 19
    document = reopen(document)
    assert [event.id for event in document.seals()] == [seal.whole]
    assert document.verify() == ()
    assert document.seal().whole != seal.whole
    assert document.undoable is not None  # the answer before it


def test_removing_a_sealed_event_and_mending_the_count_is_found_by_the_seal(create):
    document = create()
    document.answer("A1", THREE)
    document.answer("A2", FOUR)
    document.seal()
    file = document._file
    with file.writing():
        connection = file._connection
        connection.execute('DELETE FROM event WHERE content LIKE \'%"item":"A2"%\'')
        ids = [id for id, _, _ in file.events(counted=False)]
        file._set_tally(len(ids), sum(int(id, 16) for id in ids) % (1 << 256))
    assert [finding.code for finding in document.verify()] == ["verify.seal"]


def test_verifying_names_every_fault_in_both_languages(create):
    document = create()
    document.answer("A1", THREE)
    document.answer("A1", FOUR)
    document.seal()
    with document._file.writing():
        document._file._connection.execute('UPDATE event SET content = replace(content, \'"$":"3"\', \'"$":"5"\')')
    findings = document.verify()
    assert [finding.code for finding in findings] == ["verify.changed", "verify.gap", "verify.seal"]
    for finding in findings:
        assert finding.line("zh")
        assert finding.line("en")


def test_closing_twice_is_harmless_and_a_block_closes(create, reopen):
    document = create()
    document.close()
    document.close()
    with reopen(document) as again:
        assert not again.read_only
    assert not reopen(document).read_only

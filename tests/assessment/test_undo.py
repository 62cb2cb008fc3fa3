"""Undo and redo: one's own last operation, also after reopening, never across a merge."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Evidence
from assess.assessment import Assessment
from assess.problems import Problem
from tests.store.conftest import LI, ZHANG

THREE, FOUR = Answer.of_level(3), Answer.of_level(4)


def refused(operation) -> str:
    with pytest.raises(Problem) as caught:
        operation()
    assert caught.value.hint is not None
    return caught.value.code


def test_a_new_document_has_nothing_to_undo(create):
    document = create()
    assert document.undoable is None
    assert document.redoable is None
    assert refused(document.undo) == "undo.nothing"
    assert refused(document.redo) == "undo.nothing-to-redo"


def test_undo_restores_the_former_value_and_redo_the_later_one(create):
    document = create()
    document.answer("A1", THREE)
    document.answer("A1", FOUR)
    changes = document.undo()
    assert changes.cells == {("A1", "self"): THREE.to_json()}
    assert changes.items == ("A1",)
    assert document.sheet.answer("A1") == THREE
    document.undo()
    assert document.sheet.answer("A1") is None
    document.redo()
    document.redo()
    assert document.sheet.answer("A1") == FOUR
    assert document.redoable is None


def test_undo_and_redo_survive_reopening(create, reopen):
    document = create()
    document.answer("A1", THREE)
    document.answer("A2", FOUR)
    document.undo()
    document = reopen(document)
    assert document.redoable is not None
    document.redo()
    assert document.sheet.answer("A2") == FOUR
    document = reopen(document)
    document.undo()
    document = reopen(document)
    document.undo()
    assert document.sheet.answers() == {}
    document = reopen(document)
    document.redo()
    document = reopen(document)
    document.redo()
    assert document.sheet.answers() == {"A1": THREE, "A2": FOUR}


def test_an_operation_on_many_cells_is_undone_as_a_whole(create):
    document = create()
    document.answer("A1", FOUR)
    document.answer_many({"A1": THREE, "A2": THREE, "A3": THREE})
    document.undo()
    assert document.sheet.answers() == {"A1": FOUR}


def test_something_new_empties_what_can_be_redone(create):
    document = create()
    document.answer("A1", THREE)
    document.undo()
    document.answer("A2", FOUR)
    assert document.redoable is None
    assert refused(document.redo) == "undo.nothing-to-redo"


def test_saying_the_same_again_is_no_operation(create):
    document = create()
    document.answer("A1", THREE)
    changes = document.answer("A1", THREE)
    assert (changes.cells, changes.action) == ({}, "")
    document.undo()
    assert document.sheet.answers() == {}


def test_another_person_does_not_undo_what_i_did(create, reopen):
    document = create()
    document.answer("A1", THREE)
    other = reopen(document, author=LI)
    assert other.undoable is None
    assert refused(other.undo) == "undo.nothing"
    other.answer("A2", FOUR)
    other.undo()
    assert other.sheet.answers() == {"A1": THREE}
    mine = reopen(other, author=ZHANG)
    mine.undo()
    assert mine.sheet.answers() == {}


def test_what_another_person_has_changed_since_is_not_undone(create, reopen):
    document = create()
    document.answer("A1", THREE)
    other = reopen(document, author=LI)
    other.answer("A1", FOUR)
    mine = reopen(other, author=ZHANG)
    assert mine.undoable is None
    assert refused(mine.undo) == "undo.moved"
    assert mine.sheet.answer("A1") == FOUR


def test_undo_across_a_merge_is_refused_with_a_sentence(create, clock, folder):
    document = create()
    document.answer("A1", THREE)
    document.close()
    shutil.copyfile(document.path, folder / "副本.zhd")
    with Assessment.open(folder / "副本.zhd", author=LI, now=clock) as copy:
        copy.answer("A2", FOUR)
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        assert mine.undoable is not None
        mine.merge(folder / "副本.zhd")
        assert mine.undoable is None
        assert refused(mine.undo) == "undo.across-merge"
        mine.answer("A3", THREE)
        mine.undo()
        assert mine.sheet.answers() == {"A1": THREE, "A2": FOUR}
        assert refused(mine.undo) == "undo.across-merge"
        mine.merge(folder / "副本.zhd")  # brings nothing new, so it changes nothing
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        assert refused(mine.undo) == "undo.across-merge"
        mine.redo()
        assert mine.sheet.answer("A3") == THREE


def test_settling_a_conflict_cannot_be_undone(create, clock, folder):
    document = create()
    document.close()
    shutil.copyfile(document.path, folder / "副本.zhd")
    with Assessment.open(folder / "副本.zhd", author=LI, now=clock) as copy:
        copy.answer("A1", FOUR)
    with Assessment.open(document.path, author=ZHANG, now=clock) as mine:
        mine.answer("A1", THREE)
        mine.merge(folder / "副本.zhd")
        mine.answer("A1", Answer.of_level(2))
        assert refused(mine.undo) == "undo.resolved"


def test_the_menu_says_in_both_languages_what_would_be_undone(create, tmp_path):
    document = create(author=LI)
    proof = tmp_path / "p.txt"
    proof.write_text("x")
    steps: list[Callable[[], object]] = [
        lambda: document.answer("A1", THREE),
        lambda: document.note("A1", "x"),
        lambda: document.explain("A1", "x"),
        lambda: document.approve_na("A1"),
        lambda: document.lift_skip("A1"),
        lambda: document.target("A1", 80),
        lambda: document.add_evidence("A1", Evidence("e", "会议纪要"), proof),
        lambda: document.withdraw_evidence("A1", "e"),
        lambda: document.red_line("R1", "raised", "x"),
        lambda: document.claim_bonus("J1", "x"),
        lambda: document.claim_deduction("K1", "x", 2),
        lambda: document.mark_reviewed(),
        lambda: document.set_profile(year=2026),
        lambda: document.set_cells({("A1", "note"): "y"}),
    ]
    seen = set()
    for step in steps:
        step()
        assert document.undoable is not None
        words = document.undoable.render("zh")
        assert words.startswith("撤销：")
        seen.add(document.undoable.render("en"))
        document.undo()
        assert document.redoable is not None
        assert document.redoable.render("zh") == words.replace("撤销", "恢复", 1)
        document.redo()
    assert len(seen) == len(steps)


def test_an_undone_evidence_comes_back_with_its_bytes(create, tmp_path):
    document = create()
    proof = tmp_path / "p.txt"
    proof.write_bytes(b"words")
    document.add_evidence("A1", Evidence("e", "纪要"), proof)
    document.undo()
    assert document.sheet.evidence("A1") == ()
    document.redo()
    assert b"".join(document.evidence_bytes(document.sheet.evidence("A1")[0].digest)) == b"words"


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["A1=1", "A1=2", "A2=3", "A1=", "undo", "redo", "reopen"]), max_size=14))
def test_undo_and_redo_walk_one_line_of_states(create, reopen, folder, steps):
    """Against a model: a list of states and a place in it, as every editor has it."""
    for path in folder.glob("*.zhd"):
        path.unlink()
    document = create(f"{abs(hash(tuple(steps)))}.zhd")
    states: list[dict[str, Answer]] = [{}]
    place = 0
    for step in steps:
        if step == "reopen":
            document = reopen(document)
        elif step == "undo":
            if place:
                document.undo()
                place -= 1
            else:
                assert refused(document.undo) == "undo.nothing"
        elif step == "redo":
            if place < len(states) - 1:
                document.redo()
                place += 1
            else:
                assert refused(document.redo) == "undo.nothing-to-redo"
        else:
            code, level = step.split("=")
            changes = document.answer(code, Answer.of_level(int(level)) if level else None)
            if changes.action:
                states, place = [*states[: place + 1], document.sheet.answers()], place + 1
        assert document.sheet.answers() == states[place]
        assert (document.undoable is not None, document.redoable is not None) == (place > 0, place < len(states) - 1)
    document.close()

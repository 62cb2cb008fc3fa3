"""The session keeps one document on one writer thread, and the window hears of every change once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.problems import Problem
from assess.store import failures
from forms.session import Session

NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
Create = Callable[..., Path]


def test_an_answer_is_on_the_medium_when_the_screen_says_saved(session: Session, document: Create) -> None:
    path = document()
    heard: list[Any] = []
    session.saved.connect(heard.append)
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    assert heard == [session.last_saved]
    session.close()
    with Assessment.open(path, author=Author(), now=lambda: NOW, read_only=True) as reopened:
        assert reopened.sheet.answer("ST1.1") == Answer.of_level(3)


def test_scores_and_progress_are_those_after_the_change_when_it_is_told(session: Session, document: Create) -> None:
    document()
    seen: list[tuple[Any, int, float | None]] = []

    def look(changes: Any) -> None:
        assert session.progress is not None
        assert session.scores is not None
        seen.append((changes.items, session.progress.answered, session.scores.items["ST1.1"].raw))

    session.changed.connect(look)
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    assert seen == [(("ST1.1",), 1, 60.0)]


def test_operations_run_in_the_order_given_and_off_the_thread_of_the_window(
    session: Session, document: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    document()
    threads: list[str] = []
    original = Assessment.set_cells

    def spy(self: Assessment, *args: Any, **kwargs: Any) -> Any:
        threads.append(threading.current_thread().name)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Assessment, "set_cells", spy)
    for level in (1, 4, 2):
        session.submit("answer", "ST1.1", Answer.of_level(level))
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(2)
    assert len(threads) == 3
    assert all(name.startswith("writer") for name in threads)
    assert threading.current_thread().name not in threads


def test_undo_and_redo_go_one_step_back_and_forth(session: Session, document: Create) -> None:
    document()
    assert session.undoable is None
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    session.undo()
    session.wait()
    assert session.sheet.answer("ST1.1") is None
    assert session.redoable is not None
    session.redo()
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(3)


def test_a_full_disk_leaves_the_sheet_as_it_was_and_stays_known(
    session: Session, document: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = document()

    def full(*_args: Any, **_kwargs: Any) -> None:
        raise failures.disk_full(path)

    told: list[Problem] = []
    session.failed.connect(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(Assessment, "set_cells", full)
        session.submit("answer", "ST1.1", Answer.of_level(3))
        session.wait()
    assert [problem.code for problem in told] == ["store.disk-full"]
    assert session.problem is told[0]
    assert session.sheet.answer("ST1.1") is None
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    assert session.problem is None


def test_a_problem_goes_to_the_page_that_asked_for_it(session: Session, document: Create) -> None:
    document()
    mine: list[Problem] = []
    everyone: list[Problem] = []
    session.failed.connect(everyone.append)
    session.submit("answer", "NO.1", Answer.of_level(3), failed=mine.append)
    session.wait()
    assert [problem.code for problem in mine] == ["document.unknown-item"]
    assert everyone == []


def test_a_bug_in_an_operation_is_told_as_a_bug_and_the_session_goes_on(session: Session, document: Create) -> None:
    document()
    bugs: list[BaseException] = []
    session.broken.connect(bugs.append)
    session.submit("answer", "ST1.1", Answer.of_level(3), "no such column")
    session.wait()
    assert [type(bug) for bug in bugs] == [ValueError]
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(3)


def test_a_file_that_cannot_be_opened_leaves_the_open_one_open(
    session: Session, document: Create, tmp_path: Path
) -> None:
    path = document()
    told: list[Problem] = []
    session.open(tmp_path / "gone.zhd", failed=told.append)
    session.wait()
    assert [problem.code for problem in told] == ["store.missing"]
    assert session.path == path


def test_opening_another_file_closes_the_first_and_frees_it(session: Session, document: Create) -> None:
    first = document("甲.zhd")
    second = document("乙.zhd")
    assert session.path == second
    with Assessment.open(first, author=Author(), now=lambda: NOW) as again:
        assert again.read_only_reason is None


def test_what_arrives_for_a_closed_file_is_not_told(session: Session, document: Create) -> None:
    document()
    heard: list[Any] = []
    session.ask("history", "ST1.1", then=heard.append)
    document("乙.zhd")
    assert len(heard) <= 1
    session.close()
    assert not session.is_open
    with pytest.raises(RuntimeError):
        _ = session.sheet


def test_the_cells_of_a_copy_cannot_be_undone_as_one_s_own_work(session: Session, tmp_path: Path) -> None:
    cells = {("ST1.1", "self"): Answer.of_level(4).to_json()}
    session.create(tmp_path / "copy.zhd", builtin(), Profile("示例·云澜市", sample=True), cells=cells)
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(4)
    assert session.undoable is None


def test_a_slow_medium_is_spoken_of_only_after_a_while(
    session: Session, document: Create, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    document()
    spoken: list[bool] = []
    session.saving.connect(lambda: spoken.append(True))
    session.submit("note", "ST1.1", "快")
    session.wait()
    assert spoken == []
    original = Assessment.set_cells
    waiting = threading.Event()

    def slow(self: Assessment, *args: Any, **kwargs: Any) -> Any:
        waiting.wait(5)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Assessment, "set_cells", slow)
    session.submit("note", "ST1.1", "慢")
    qtbot.waitUntil(lambda: spoken == [True], timeout=2000)
    waiting.set()
    session.wait()
    assert session.sheet.text("ST1.1") == "慢"

"""Long work beside the window: progress, cancelling, problems, and everything told in the window's thread."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from assess.language import say
from assess.problems import Problem
from forms import background


def test_the_result_and_the_progress_arrive_in_the_thread_of_the_window(qtbot: Any) -> None:
    heard: list[Any] = []
    threads: set[str] = set()

    def work(job: background.Work) -> str:
        job.tell(1, 2)
        job.tell(2, 2)
        return "ready"

    def done(result: str) -> None:
        threads.add(threading.current_thread().name)
        heard.append(result)

    job = background.start(work, done=done, progress=lambda so_far, whole: heard.append((so_far, whole)))
    qtbot.waitUntil(lambda: not job.running)
    assert heard == [(1, 2), (2, 2), "ready"]
    assert threads == {threading.current_thread().name}


def test_cancelled_work_stops_and_shows_nothing(qtbot: Any) -> None:
    heard: list[Any] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(job: background.Work) -> str:
        begun.set()
        go_on.wait(5)
        job.tell(1, 2)
        return "never"

    job = background.start(work, done=heard.append)
    begun.wait(5)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not job.running)
    assert heard == []


def test_a_problem_is_handed_on_as_a_problem(qtbot: Any) -> None:
    heard: list[Problem] = []

    def work(_job: background.Work) -> None:
        raise Problem("x.y", say("No room."))

    job = background.start(work, done=lambda _result: None, failed=heard.append)
    qtbot.waitUntil(lambda: not job.running)
    assert [problem.code for problem in heard] == ["x.y"]


def test_a_bug_in_the_work_is_raised_where_it_is_caught_as_a_bug(qtbot: Any) -> None:
    def work(_job: background.Work) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        job = background.start(work, done=lambda _result: None)
        qtbot.waitUntil(lambda: not job.running)
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

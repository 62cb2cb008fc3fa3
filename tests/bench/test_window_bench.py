"""How long the window takes: from nothing to the first picture, and from a keystroke to the new score on screen.

Limits for the middle one of several runs: taking a change over (scores, progress) 50 ms; another theme 1 s with every
page made. For the quickest: first window 1.0 s warm; an answer saved and shown 100 ms; turning to a page 300 ms.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from forms import app
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.window import Window
application = app.application()
app.dress(application, Settings())
window = Window(Session(), Settings(), RecentList())
window.resize(1366, 696)
window.show()
application.processEvents()
window.grab()
heavy = {"numpy", "scipy", "matplotlib", "typst", "openpyxl", "docx"} & set(sys.modules)
assert not heavy, heavy
"""

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_first_window_is_there_within_a_second(benchmark: Any) -> None:
    def start() -> None:
        subprocess.run([sys.executable, "-c", START], cwd=ROOT, check=True, capture_output=True)

    benchmark.pedantic(start, rounds=5, warmup_rounds=1)
    assert benchmark.stats.stats.min < 1.0


@pytest.fixture
def open_window(qtbot: Any, tmp_path: Path) -> Any:
    from assess.framework.read import builtin
    from assess.samples.cities import city
    from forms import app
    from forms.session import Session
    from forms.settings import RecentList, Settings
    from forms.window import Window

    app.dress(app.application(), Settings(theme="light"))
    session = Session()
    window = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    sample = city("990201")
    session.create(tmp_path / "x.zhd", builtin(), sample.profile, cells=sample.cells)
    session.wait()
    yield window
    session.shut_down()


def test_an_answer_is_saved_and_shown_at_once(benchmark: Any, open_window: Any) -> None:
    from assess.answers import Answer

    session = open_window.session
    levels = iter(range(10_000))

    def answer() -> None:
        session.submit("answer", "ST1.1", Answer.of_level(next(levels) % 6))
        session.wait()

    benchmark.pedantic(answer, rounds=30, warmup_rounds=3)
    assert benchmark.stats.stats.min < 0.1


def test_taking_a_change_over_leaves_the_window_free(benchmark: Any, open_window: Any) -> None:
    session = open_window.session
    benchmark.pedantic(session._reckon, rounds=30, warmup_rounds=3)
    assert benchmark.stats.stats.median < 0.05


def test_another_theme_is_there_before_one_looks_away(benchmark: Any, open_window: Any) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    names = iter(["dark", "light"] * 100)
    for place in open_window.places:
        open_window.go(place.key)
        QApplication.processEvents()
    open_window.go("questionnaire")

    def tidy() -> None:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def choose() -> None:
        open_window.desk.choose_theme(next(names))
        QApplication.processEvents()

    # What was put away is freed by the application's own event loop and collector, which no test runs in.
    benchmark.pedantic(choose, setup=tidy, rounds=8, warmup_rounds=1)
    open_window.desk.choose_theme("light")
    assert benchmark.stats.stats.median < 1.0


def test_pages_that_were_made_are_shown_at_once(benchmark: Any, open_window: Any) -> None:
    from PySide6.QtWidgets import QApplication

    for place in open_window.places:
        open_window.go(place.key)
    QApplication.processEvents()
    keys = cycle(place.key for place in open_window.places)

    def turn() -> None:
        open_window.go(next(keys))
        open_window.grab()

    benchmark.pedantic(turn, rounds=12, warmup_rounds=4)
    assert benchmark.stats.stats.min < 0.3

"""The check page and the page that finishes, before and after a seal: one language, nothing cut, all named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from assess.assessment import Assessment, Changes
from assess.framework.read import builtin
from forms import app, settings, words
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.window import Window
from tests.finishing.conftest import CITY
from tests.forms.shell.walking import chinese, cut, english, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OWN = frozenset({"简体中文", "治衡", "示例·"})
LATIN = frozenset({"Office", "Huxing", "zhd"})
SIZES = ((1366, 696), (900, 620), (683, 348))


@pytest.fixture
def window(qtbot: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    app.dress(running, Settings(language="zh"))
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "config")
    words.speak("zh")
    session = Session()
    session.who = ("", "Huxing", "Office", "filler")
    made = Window(session, Settings(language="zh"), RecentList())
    made.show()
    cells = {cell: value for cell, value in CITY.cells.items() if cell[1] == "self"}
    profile = replace(CITY.profile, unit="Huxing", mode="self", sample=False)
    session.create(tmp_path / "a.zhd", builtin(), profile, cells=cells)
    session.wait()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)
    words.speak("zh")


def closed(document: Assessment) -> Changes:
    """Seal whatever the checks say of these bare answers."""
    document.seal(closing=True)
    return Changes({}, (), "", document.last_saved, "seal")


def walk(window: Window, qtbot: object) -> None:
    for language in ("en", "zh"):
        window.desk.choose_language(language)
        for page in ("findings", "finishing"):
            window.go(page)
            for _again in range(40):
                qtbot.wait(40)  # type: ignore[attr-defined]
                if not cut(window):
                    break
            seals = window.session.standing.seals
            printed = " ".join(seal.digest.printed for seal in seals)
            digits = {*printed.split(), *re.findall("[A-Z]+", printed)}  # EBCA is no English, nor is FFB of 0FFB
            strange = chinese(window, OWN) if language == "en" else english(window, LATIN | digits)
            assert not strange, (language, page, strange)
            assert not cut(window), (language, page, cut(window))
            assert not nameless(window), (language, page, nameless(window))


@pytest.mark.parametrize("size", SIZES)
def test_both_pages_before_and_after_a_seal(window: Window, qtbot: object, size: tuple[int, int]) -> None:
    window.resize(*size)
    walk(window, qtbot)
    session = window.session
    session.submit(closed)
    session.wait()
    assert session.standing.closed
    walk(window, qtbot)

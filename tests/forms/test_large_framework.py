"""A framework of 1,500 indicators on six tiers opens in the window, is answered and scored as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer, Profile
from assess.framework.check import check_sources
from assess.framework.read import from_sources
from tests.forms.large_framework import TIERS, sources

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_it_is_sound_and_as_large_as_it_says() -> None:
    assert check_sources(sources()) == []
    framework = from_sources(sources())
    assert len(framework.indicators) == 1500
    assert tuple(framework.tiers) == TIERS


def test_it_opens_moves_on_takes_an_answer_and_shows_results(qtbot: Any, tmp_path: Path) -> None:
    from forms import app
    from forms.questionnaire.page import QuestionnairePage
    from forms.session import Session
    from forms.settings import RecentList, Settings
    from forms.window import Window

    app.dress(app.application(), Settings(theme="light"))
    session = Session()
    window = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    try:
        profile = Profile("岚州市", tier="乡", mode="self", base_date="2026-06-30")
        session.create(tmp_path / "x.zhd", from_sources(sources()), profile)
        session.wait()
        assert session.progress.total == 1500
        window.go("questionnaire")
        desk = window.findChild(QuestionnairePage).desk
        first = desk.place()
        desk.step(1)
        assert desk.place() != first
        session.submit("answer", "D0a.1", Answer.of_level(4))
        session.wait()
        assert session.progress.answered == 1
        assert session.scores.score_of("D0a.1") == 80
        assert session.scores.score_of("D0") == 80
        window.go("results")
        assert window.grab().width() == 1366
    finally:
        session.shut_down()

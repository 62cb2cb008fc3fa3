"""A whole window with a session of its own, in folders of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assess.answers import Profile
from assess.framework.read import builtin
from forms import app, theme, words
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.window import Window

NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings and documents of nobody else; Chinese, light, standard size."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("forms.start.desk.documents", lambda: tmp_path)
    monkeypatch.setattr("forms.start.new.documents", lambda: tmp_path)
    words.speak("zh")
    yield
    words.speak("zh")
    if theme.theme().name != "light" or theme.theme().scale != 1.0:
        theme.theme().choose("light", 1.0)


@pytest.fixture
def session(qtbot: Any) -> Iterator[Session]:
    made = Session(now=lambda: NOW)
    yield made
    made.shut_down()


@pytest.fixture
def window(qtbot: Any, session: Session) -> Iterator[Window]:
    application = app.application()
    app.dress(application, Settings(theme="light"))
    made = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    session.close()


@pytest.fixture
def document(session: Session, tmp_path: Path) -> Callable[..., Path]:
    """Create a document, open it in the session, and wait for it."""

    def create(name: str = "衡川市.zhd", **fields: Any) -> Path:
        path = tmp_path / name
        profile = Profile(**{"unit": "示例·衡川市", "year": 2026, "base_date": "2026-06-30", **fields})
        session.create(path, builtin(), profile)
        session.wait()
        return path

    return create

"""A real document, a real session, and a shell that only remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from assess.answers import Answer, Profile
from assess.framework.read import builtin
from forms import words
from forms.questionnaire.page import QuestionnairePage, make
from forms.session import Session
from forms.theme import load_fonts, theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen says what it cannot do; that is no fault of a page."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


class Shell:
    """Answers as the window would, and keeps what it heard."""

    def __init__(self) -> None:
        self.size_class: Any = "wide"
        self.gone: list[tuple[str, str | None]] = []
        self.told: list[tuple[str, str]] = []

    @property
    def language(self) -> str:
        return words.language()

    @property
    def theme(self) -> Any:
        return theme()

    def go(self, page: str, target: str | None = None) -> bool:
        self.gone.append((page, target))
        return True

    def has(self, page: str) -> bool:
        return page in ("results", "findings")

    def notify(self, kind: str, text: object, **_more: object) -> None:
        self.told.append((kind, words.show(text)))  # type: ignore[arg-type]

    def trouble(self, problem: object, **_more: object) -> None:
        self.told.append(("danger", str(problem)))

    def dismiss(self, key: str) -> None:
        pass

    def explain(self, term: str, anchor: QWidget) -> bool:
        return False

    def refresh_keys(self) -> None:
        pass

    def refresh_badges(self) -> None:
        pass


class Bench:
    """A page with its session: open it, go to an item, wait until everything is written."""

    def __init__(self, qtbot: Any, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.shell = Shell()
        tick = iter(range(1_000_000))
        begin = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
        self.session = Session(now=lambda: begin + timedelta(seconds=next(tick)))
        self.page: QuestionnairePage

    def open(
        self,
        answers: dict[str, Answer] | None = None,
        *,
        at: str | None = None,
        framework: Any = None,
        size: tuple[int, int] = (1286, 616),
        **profile: Any,
    ) -> QuestionnairePage:
        about = {"unit": "衡川市", "tier": "市", "base_date": "2026-06-30", "year": 2026, **profile}
        self.session.create(self.folder / "a.zhd", framework or builtin(), Profile(**about))
        self.session.wait()
        if answers:
            self.session.submit("answer_many", answers)
            self.session.wait()
        width = size[0]
        self.shell.size_class = "wide" if width >= 920 else "narrow" if width >= 720 else "tiny"
        self.page = make(self.session, self.shell)  # type: ignore[arg-type,assignment]
        self.qtbot.addWidget(self.page)
        self.page.fit(self.shell.size_class)
        self.page.resize(*size)
        self.page.show()
        self.page.enter(at)
        self.settle()
        return self.page

    @property
    def desk(self) -> Any:
        return self.page.desk

    @property
    def card(self) -> Any:
        return self.desk.card

    def settle(self) -> None:
        self.session.wait()
        self.qtbot.wait(1)
        self.session.wait()

    def answer(self, code: str) -> Answer | None:
        self.settle()
        return self.session.sheet.answer(code)


@pytest.fixture
def bench(qtbot: Any, tmp_path: Path) -> Iterator[Bench]:
    load_fonts()
    words.speak("zh")
    theme().choose("light", 1.0)
    made = Bench(qtbot, tmp_path)
    yield made
    made.settle()
    if hasattr(made, "page") and isValid(made.page):
        made.page.leave()
        made.settle()
    made.session.shut_down()
    words.speak("zh")


@pytest.fixture
def words_on() -> Callable[[QWidget], str]:
    """Everything a widget shows, joined: what a reader sees."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    from forms.questionnaire.prose import Prose

    def read(widget: QWidget) -> str:
        found: list[str] = []
        for child in widget.findChildren(QWidget):
            if not child.isVisibleTo(widget):
                continue
            if isinstance(child, Prose):
                found.append(child.text)
            elif isinstance(child, (QLabel, QAbstractButton)):
                found.append(child.text() or child.accessibleName())
        return "\n".join(found)

    return read

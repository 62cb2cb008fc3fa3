"""A window on the page of exchange, with masters, packages that units have filled in, and files dropped on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assess.answers import Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from assess.packages.issue import Issued, issue
from assess.packages.preview import Options, preview
from assess.packages.recipients import recipients
from forms import app, settings, words
from forms.exchange.page import ExchangePage
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.theme import theme
from forms.window import Window
from tests.packages.conftest import Clock

WHO = ("张三", "市委政法委", "科长", "consultant")


class Desk:
    """A session with its window; `master` is the document that is made first."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.session = Session(now=clock)
        self.session.who = WHO
        self.window = Window(self.session, Settings(language="zh"), RecentList())
        self.window.resize(1366, 696)
        self.window.show()
        self.master = folder / "岚州市 'x %20.zhd"

    def make(self, mode: str = "formal") -> None:
        """A master without an answer."""
        profile = Profile("岚州市", tier="市", mode=mode, base_date="2026-06-30", year=2026)
        Assessment.create(self.master, builtin(), profile, author=Author(*WHO), now=self.clock).close()

    def change(self, work: Any) -> Any:
        """Do something to the master while the window has it not open."""
        with Assessment.open(self.master, author=Author(*WHO), now=self.clock) as document:
            return work(document)

    def issue(self, count: int = 3, options: Options | None = None) -> Issued:
        """Issue to the first departments, as the page does, into a folder of its own."""
        out = self.folder / "发放"
        out.mkdir(exist_ok=True)

        def work(document: Assessment) -> Issued:
            chosen = recipients(document, "department")[:count]
            return issue(document, preview(document, chosen, options or Options(deadline="2026-07-25")), out)

        done: Issued = self.change(work)
        return done

    def open(self, path: Path | None = None) -> ExchangePage:
        """Open a document and go to the page."""
        self.session.open(path or self.master)
        self.session.wait()
        self.window.go("exchange")
        self.settle()
        return self.page

    @property
    def page(self) -> ExchangePage:
        page = self.window.page
        assert isinstance(page, ExchangePage)
        return page

    def settle(self) -> None:
        """Until nothing is under way, the pause after a change included."""
        for _ in range(3):
            self.session.wait(60)
            QCoreApplication.processEvents()
        page = self.window.page
        if isinstance(page, ExchangePage):
            page._look()
            self.session.wait(60)
            QCoreApplication.processEvents()

    def drop(self, *paths: Path) -> None:
        """Drop files on the round."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self.page.round.dropEvent(event)
        self.settle()

    @property
    def focus(self) -> QWidget | None:
        """What has the focus, or will have it once the window is in front."""
        return QApplication.focusWidget() or self.window.focusWidget()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whatever has the focus."""
        target = self.focus
        assert target is not None
        QTest.keyClick(target, key, held)
        self.settle()

    def stored(self) -> dict[tuple[str, str], Any]:
        """What the file of the master holds, read anew."""
        with Assessment.open(self.master, author=Author(*WHO), now=self.clock, read_only=True) as document:
            return dict(document.sheet.cells)


@pytest.fixture
def desk(qtbot: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    app.dress(running, Settings(language="zh"))
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "config")
    words.speak("zh")
    made = Desk(tmp_path, Clock(datetime(2026, 7, 3, 1, tzinfo=UTC)))
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)
    words.speak("zh")
    theme().choose("light", 1.0)

"""The guide beside the work: F1 from every screen, search, back and forward, larger letters, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from forms.dialogs.about import AboutDialog
from forms.guide.topics import TOPICS, title
from forms.guide.window import GuideWindow
from forms.session import Session
from forms.theme import theme
from forms.widgets.popover import Popover
from forms.window import Window
from tests.forms.shell.walking import chinese, cut, english, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
Create = Callable[..., Path]
OWN = frozenset({"治衡", "简体中文"})


@pytest.fixture
def guide(window: Window, qtbot: Any) -> GuideWindow:
    window.help.open("start")
    assert window.help.guide is not None
    qtbot.addWidget(window.help.guide)
    return window.help.guide


def shown(window: Window) -> str:
    assert window.help.guide is not None
    return window.help.guide.key


@pytest.mark.parametrize(
    ("page", "target", "topic"),
    [
        ("questionnaire", "ST1.1", "levels"),
        ("questionnaire", "ST2.2", "checklist"),
        ("questionnaire", "ST2.3", "numbers"),
        ("questionnaire", "@keying", "grassroots"),
        ("findings", None, "checking"),
        ("finishing", None, "finishing"),
        ("exchange", None, "exchange"),
        ("review", None, "review"),
        ("results", None, "results"),
        ("benchmark", None, "compare"),
        ("reports", None, "report"),
    ],
)
def test_shift_f1_opens_the_page_of_what_is_shown(
    window: Window, session: Session, document: Create, qtbot: Any, page: str, target: str | None, topic: str
) -> None:
    document()
    assert window.go(page, target)
    session.wait()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert shown(window) == topic


def test_f1_opens_the_guide_on_the_start_page(window: Window, qtbot: Any) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    assert shown(window) == "start"


def test_f1_explains_a_term_first_and_the_page_where_there_is_none(
    window: Window, document: Create, qtbot: Any
) -> None:
    document()
    window.go("questionnaire", "ST1.1")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    explained = [one for one in window.findChildren(Popover) if one.isVisible()]
    assert len(explained) == 1
    assert window.help.guide is None
    explained[0].close()
    window.go("findings")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    assert shown(window) == "checking"


def test_the_status_bar_says_which_key_opens_the_guide(window: Window, document: Create) -> None:
    document()
    window.go("questionnaire", "ST1.1")
    assert window.status._guide.accessibleName() == "Shift+F1 使用指南"
    window.go("findings")
    assert window.status._guide.accessibleName() == "F1 使用指南"


def test_f1_works_in_a_dialog(window: Window, qtbot: Any) -> None:
    dialog = AboutDialog(window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and QApplication.focusWidget().window() is dialog)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert shown(window) == "start"
    dialog.close()


def test_a_township_hears_shift_f1_too(window: Window, document: Create, qtbot: Any) -> None:
    document(tier="乡", unit="青石镇")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    assert shown(window) == "grassroots"


def test_links_lead_to_pages_and_back_and_nothing_leaves_the_guide(guide: GuideWindow) -> None:
    guide.browser.follow(QUrl("keys"))
    guide.browser.follow(QUrl("secrecy"))
    guide.back()
    assert guide.key == "keys"
    guide.back()
    assert guide.key == "start"
    assert not guide.before.isEnabled()
    guide.forward()
    assert guide.key == "keys"
    for link in ("https://example.org", "file:///etc/passwd", "../zh/keys", "javascript:1", "nothing"):
        guide.browser.follow(QUrl(link))
        assert guide.browser.refused == link
        assert guide.key == "keys"
    for name in ("https://example.org/x.png", "file:///x.png", "../zh/start.png", "/start.png", "start.svg"):
        assert guide.browser.loadResource(2, QUrl(name)) is None
    assert 160 <= guide.browser.loadResource(2, QUrl("start.png")).width() <= 900


def test_search_contents_and_letters_by_the_keyboard(guide: GuideWindow, qtbot: Any) -> None:
    qtbot.keyClick(guide.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.search.hasFocus()
    guide.search.setText("口令")
    qtbot.keyClick(guide.search, Qt.Key.Key_Return)
    assert guide.key in ("secrecy", "exchange")
    assert guide.list.count() < len(TOPICS)
    guide.search.setText("没有这个词")
    assert guide.nothing.isVisible()
    qtbot.keyClick(guide.search, Qt.Key.Key_Escape)
    assert guide.list.count() == len(TOPICS)
    for _press in range(6):
        qtbot.keyClick(guide.browser, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert guide.browser.scale == 1.75
    qtbot.keyClick(guide.browser, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert guide.browser.scale == 1.0
    guide.list.setCurrentRow(4)
    assert guide.key == TOPICS[4].key
    qtbot.keyClick(guide.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.key != TOPICS[4].key
    qtbot.keyClick(guide.browser, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_the_guide_follows_language_and_theme_and_keeps_its_page(window: Window, guide: GuideWindow) -> None:
    guide.open("finishing")
    window.desk.choose_language("en")
    assert guide.windowTitle() == f"Guide: {title('finishing', 'en')}"
    assert "Signature sheet" in guide.browser.toPlainText()
    theme().choose("dark")
    assert theme().hex("panel") in guide.browser.styleSheet()
    assert guide.key == "finishing"
    assert "Guide" in guide.browser.accessibleName()


@pytest.mark.parametrize("size", [(1040, 640), (900, 620), (683, 348)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_and_everything_is_named_at_every_size(
    window: Window, guide: GuideWindow, qtbot: Any, size: tuple[int, int], language: str
) -> None:
    window.desk.choose_language(language)
    guide.resize(*size)
    guide.activateWindow()
    qtbot.wait(20)
    assert not cut(guide)
    assert not nameless(guide)
    strange = chinese(guide, OWN) if language == "en" else english(guide, frozenset())
    assert not strange
    for topic in TOPICS:
        guide.open(topic.key)
        assert guide.browser.horizontalScrollBar().maximum() == 0, topic.key
    assert guide.list.isVisible() is (size[0] > 720)
    if size[0] < 720:
        guide.toggle_contents()
        assert guide.list.isVisible()
        assert guide.list.hasFocus()


def test_closing_the_window_closes_the_guide(window: Window, guide: GuideWindow) -> None:
    window.close()
    assert not guide.isVisible()

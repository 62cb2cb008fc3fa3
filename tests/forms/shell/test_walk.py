"""Walking every page in both languages and three sizes: no word of the other language, nothing cut, all named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from assess.answers import Answer
from assess.framework.read import builtin
from assess.samples.cities import cities
from forms import theme
from forms.frame.rail import RailButton
from forms.session import Session
from forms.window import Window
from tests.forms.shell.walking import chinese, cut, english, nameless, visible

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
SIZES = ((1366, 696), (1040, 640), (900, 620), (683, 348))
OF_EACH_KIND = ("ST1.1", "ST1.2", "ST2.2", "ST2.3", "ME2.1")
OWN = frozenset({"简体中文", "治衡", "示例·", *(city.profile.unit.removeprefix("示例·") for city in cities())})
LATIN = frozenset({"Office", "none", "English", "Zhiheng", "Huxing", "zhd"})
PAGES = ("questionnaire", "findings", "results", "benchmark")


@pytest.fixture
def filled(window: Window, session: Session, tmp_path: Path) -> Window:
    """A window on a sample city whose own texts are Latin letters: what is Chinese then comes from the program."""
    city = next(one for one in cities() if one.profile.code == "990301")
    cells = {cell: plain(value) for cell, value in city.cells.items() if cell[1] == "self" and isinstance(value, dict)}
    session.create(tmp_path / "a.zhd", builtin(), replace(city.profile, unit="Huxing"), cells=cells)
    session.wait()
    return window


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """An answer without what somebody wrote."""
    answer = Answer.from_json(value)
    return replace(answer, source="Office", reason="none" if answer.reason else "").to_json()


def places(window: Window) -> Iterator[tuple[str, str | None]]:
    for page in PAGES:
        if window.has(page):
            yield from ((page, code) for code in (OF_EACH_KIND if page == "questionnaire" else (None,)))


def settled(window: Window, session: Session, qtbot: Any) -> None:
    session.wait()
    qtbot.wait(30)
    session.wait()


def laid_out(window: Window, qtbot: Any) -> set[str]:
    """What is cut once the layout has come to rest."""
    for _again in range(40):
        found = cut(window)
        if not found:
            break
        qtbot.wait(50)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_every_page_speaks_one_language_names_its_controls_and_cuts_nothing(
    filled: Window, session: Session, qtbot: Any, size: tuple[int, int]
) -> None:
    window = filled
    window.resize(*size)
    for language in ("en", "zh", "en"):
        window.desk.choose_language(language)
        for page, code in places(window):
            window.go(page, code)
            settled(window, session, qtbot)
            where = (language, page, code)
            strange = chinese(window, OWN) if language == "en" else english(window, LATIN)
            assert not strange, (where, strange)
            assert not laid_out(window, qtbot), (where, cut(window))
            assert not nameless(window), (where, nameless(window))


@pytest.mark.parametrize("size", SIZES)
def test_before_a_document_is_open_the_same_holds(window: Window, qtbot: Any, size: tuple[int, int]) -> None:
    window.resize(*size)
    desk = window.desk
    for language in ("en", "zh"):
        desk.choose_language(language)
        for show in (desk.start.show_front, desk.new_document, desk.show_samples):
            show()
            assert not laid_out(window, qtbot), (language, cut(window))
            strange = chinese(window, OWN | {"衡川市"}) if language == "en" else english(window, LATIN)
            assert not strange, (language, strange)
            assert not nameless(window), (language, nameless(window))


def test_switching_the_language_keeps_the_page_and_the_question(filled: Window, session: Session, qtbot: Any) -> None:
    window = filled
    window.go("questionnaire", "ST2.3")
    for language in ("en", "zh"):
        window.desk.choose_language(language)
        settled(window, session, qtbot)
        assert window.page is not None
        assert window.page.key == "questionnaire"
        assert window.page.desk.place() == "ST2.3"  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_of_the_rail_fit_also_in_bold(filled: Window, language: str) -> None:
    window = filled
    window.desk.choose_language(language)
    for button in window.rail.findChildren(RailButton):
        font = theme.theme().font("caption")
        font.setBold(True)
        assert theme.theme().size("rail") > 64

        assert QFontMetrics(font).horizontalAdvance(button.text()) <= button.width() - 4, button.text()


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_everything_that_takes_the_focus_and_comes_round(
    filled: Window, session: Session, qtbot: Any, page: str
) -> None:
    window = filled
    if not window.has(page):
        pytest.fail(f"no page {page}")
    window.go(page)
    settled(window, session, qtbot)
    window.rail.menu.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _press in range(300):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in reached:
            break
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is reached[0], "Tab is caught in a part of the page"
    wanted = [
        widget
        for widget in visible(window)
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and widget.isEnabled() and not widget.focusProxy()
    ]
    missed = [f"{type(widget).__name__} {widget.accessibleName()}" for widget in wanted if widget not in reached]
    assert not missed

"""The tour: offered, never forced; on a practice copy that leaves nothing behind; by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from forms.guide.steps import STEPS
from forms.guide.tour import Tour
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.window import Window
from tests.forms.shell.walking import chinese, cut, english

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
Create = Callable[..., Path]


@pytest.fixture
def tour(window: Window, qtbot: Any) -> Tour:
    window.help.start_tour()
    made = window.help.tour
    assert made is not None
    made.session.wait()
    qtbot.waitUntil(made.bubble.isVisible)
    yield made
    made.finish()


def test_the_start_page_offers_it_until_it_is_waved_away(window: Window) -> None:
    offer = window.desk.start.offer
    assert offer.isVisible()
    offer.refuse.click()
    assert not offer.isVisible()
    assert Settings.load().tour is False
    assert window.help.tour is None


def test_taking_it_once_is_the_end_of_the_offer_but_the_menu_still_has_it(window: Window, tour: Tour) -> None:
    assert Settings.load().tour is False
    tour.finish()
    assert not window.desk.start.offer.isVisible()
    window.help.start_tour()
    assert window.help.tour is not None
    window.help.tour.finish()
    assert window.help.tour is None


def test_it_runs_on_a_practice_copy_that_is_gone_afterwards(
    window: Window, session: Session, document: Create, qtbot: Any
) -> None:
    mine = document()
    window.help.start_tour()
    tour = window.help.tour
    assert tour is not None
    tour.session.wait()
    assert tour.session.profile.mode == "training"
    assert tour.window.watermark.words == "练习"
    copy = tour.session.path
    assert copy.exists()
    tour.finish()
    assert not copy.parent.exists()
    assert session.path == mine
    assert [entry.path for entry in RecentList().entries] in ([], [str(mine)])
    assert str(copy) not in str(RecentList().entries)


def test_it_goes_on_back_and_out_by_the_keyboard(tour: Tour, qtbot: Any) -> None:
    assert 6 <= len(STEPS) <= 8
    pages = []
    for place in range(len(STEPS)):
        assert tour.at == place
        assert tour.bubble.onward.hasFocus()
        pages.append(tour.window.page.key)
        if place == 2:
            qtbot.keyClick(tour.bubble.onward, Qt.Key.Key_Left)
            assert tour.at == 1
            qtbot.keyClick(tour.bubble.onward, Qt.Key.Key_Right)
        if place + 1 < len(STEPS):
            qtbot.keyClick(tour.bubble.onward, Qt.Key.Key_Return)
    assert pages == [step.page for step in STEPS]
    qtbot.keyClick(tour.bubble.onward, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is tour.bubble.quit
    qtbot.keyClick(tour.bubble.quit, Qt.Key.Key_Escape)
    assert tour.owner.help.tour is None


@pytest.mark.parametrize("size", [(1366, 696), (900, 620), (683, 348)])
def test_the_bubble_lies_inside_cuts_nothing_and_hides_not_what_it_points_at(
    tour: Tour, qtbot: Any, size: tuple[int, int]
) -> None:
    tour.window.resize(*size)
    qtbot.wait(100)
    for place in range(len(STEPS)):
        tour.at = place
        tour._show()
        qtbot.wait(80)
        assert tour.window.rect().contains(tour.bubble.geometry()), place
        assert not cut(tour.bubble), place
        target = tour.bubble.ring.geometry() if tour.bubble.ring.isVisible() else QRect()
        if tour.bubble._side:
            over = target.intersected(tour.bubble.geometry())
            assert over.width() * over.height() <= target.width() * target.height() / 2, place


def test_another_language_on_the_way_is_spoken_at_once_by_both_windows(window: Window, tour: Tour, qtbot: Any) -> None:
    tour.step(1)
    tour.window.desk.choose_language("en")
    qtbot.wait(100)
    assert tour.at == 1
    assert tour.bubble.title.text() == "Choose the level that is true"
    assert not chinese(tour.bubble)
    assert window.desk.settings.language == "en"
    assert window.desk.start.left.new.accessibleName() == "New assessment"
    tour.window.desk.choose_language("zh")
    assert not english(tour.bubble, frozenset({"Ctrl", "Alt"}))


def test_closing_its_window_leaves_the_tour_and_nothing_else(window: Window, tour: Tour) -> None:
    tour.window.close()
    assert window.help.tour is None
    assert window.isVisible()


def test_an_answer_given_on_the_way_lands_in_the_copy_only(
    window: Window, session: Session, tour: Tour, qtbot: Any
) -> None:
    tour.step(1)
    page: QWidget = tour.window.page
    page.desk.card.body.choose(1)  # type: ignore[attr-defined]
    tour.session.wait()
    assert tour.session.sheet.answer("ST2.1").level == 1
    assert not session.is_open

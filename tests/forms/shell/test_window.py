"""The window shows what there is, follows keys, language, theme and width, and lets nothing unsaved be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QWidget

from assess.answers import Answer
from assess.assessment import Assessment, Author
from assess.store import failures
from forms import pages, theme, trouble
from forms.dialogs import ask
from forms.frame import shortcuts
from forms.session import Session
from forms.widgets import popover
from forms.widgets.watermark import Watermark
from forms.window import Window

NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
Create = Callable[..., Path]


def test_only_pages_that_exist_are_on_the_rail_and_in_the_order_of_the_work(window: Window) -> None:
    shown = list(window.rail.buttons)
    assert shown == [place.key for place in pages.PLACES if place.key in shown]
    assert all(pages.Place(place.key, place.module, "", "").exists() for place in window.places)
    assert not pages.Place("none", "forms.nowhere.page", "", "").exists()


def test_a_new_document_opens_the_first_page_with_its_unit_in_the_header(window: Window, document: Create) -> None:
    document()
    assert window.center.currentWidget() is window.work
    assert window.page is not None
    assert window.page.key == "questionnaire"
    assert window.header.name.text() == "示例·衡川市"
    assert "2026-06-30" in window.header.context.text()
    assert window.header.saved.state == "saved"


def test_control_and_a_number_goes_to_a_page(window: Window, document: Create, qtbot: Any) -> None:
    document()
    for number, place in enumerate((one for one in window.places if one.rail), 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.page is not None
        assert window.page.key == place.key
        assert window.rail.buttons[place.key].isChecked()


def test_control_z_takes_back_the_last_answer(window: Window, document: Create, session: Session, qtbot: Any) -> None:
    document()
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    session.wait()
    assert session.sheet.answer("ST1.1") is None


def test_f6_visits_the_rail_the_header_and_the_page_and_comes_back(
    window: Window, document: Create, qtbot: Any
) -> None:
    document()

    def area() -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        return (
            "rail" if window.rail.isAncestorOf(focused) else "header" if window.header.isAncestorOf(focused) else "page"
        )

    QApplication.processEvents()
    visited = []
    for _press in range(2 + len(window.page.areas() if window.page else ())):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        QApplication.processEvents()
        visited.append(area())
    assert set(visited) == {"rail", "header", "page"}
    before = QApplication.focusWidget()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    after = QApplication.focusWidget()
    assert before is not None
    assert after is not None


def test_the_reminder_of_secrecy_stands_on_every_page(window: Window, document: Create) -> None:
    document()
    for place in window.places:
        window.go(place.key)
        assert window.status.reminder.isVisible()
        assert window.status.reminder.text() == "严禁填报涉密和工作秘密信息"


def test_language_and_theme_change_at_once_and_back(window: Window, document: Create) -> None:
    document()
    window.desk.choose_language("en")
    assert window.status.reminder.text().startswith("Do not enter")
    assert window.rail.buttons["questionnaire"].text() == "Fill in"
    window.desk.choose_theme("dark")
    assert QApplication.palette().window().color() == theme.theme().color("window")
    assert theme.theme().name == "dark"
    window.desk.choose_language("zh")
    assert window.rail.buttons["questionnaire"].text() == "填报"


def test_the_choice_of_language_theme_and_size_is_there_next_time(window: Window) -> None:
    from forms.settings import Settings

    window.desk.choose_language("en")
    window.desk.choose_theme("contrast")
    window.desk.choose_scale(1.3)
    assert Settings.load() == Settings(theme="contrast", language="en", scale=1.3)


@pytest.mark.parametrize(
    ("width", "size", "rail", "status"),
    [(1366, "wide", True, True), (1000, "wide", True, True), (999, "narrow", True, True), (719, "tiny", False, False)],
)
def test_a_narrow_window_folds_what_it_has_no_room_for(
    window: Window, document: Create, width: int, size: str, rail: bool, status: bool
) -> None:
    document()
    window.resize(width, 400)
    QApplication.processEvents()
    assert window.size_class == size
    assert (window.rail.isVisible(), window.status.isVisible()) == (rail, status)
    assert window.header.name.isVisible()
    assert window.header.menu.isVisible() == (size == "tiny")


def test_nothing_sticks_out_of_the_window_at_200_percent_of_1366(window: Window, document: Create) -> None:
    document()
    window.resize(683, 348)
    QApplication.processEvents()
    for place in window.places:
        window.go(place.key)
        QApplication.processEvents()
        assert window.width() == 683
        assert window.header.saved.geometry().right() <= window.header.width()


def test_a_practice_document_carries_its_watermark_over_every_page(window: Window, document: Create) -> None:
    document(mode="training")
    for place in window.places:
        window.go(place.key)
        QApplication.processEvents()
        marks = [one for one in window.stack.findChildren(Watermark) if one.isVisible()]
        assert [mark.words for mark in marks] == ["练习"]
        assert marks[0].size() == window.stack.size()
    assert any(tag.isVisible() and tag.text() == "练习" for tag in window.header.tags)
    document("正式.zhd")
    assert not window.watermark.isVisible()


def test_a_document_open_elsewhere_says_who_has_it_and_can_be_read(
    window: Window, session: Session, document: Create
) -> None:
    path = document()
    session.close()
    with Assessment.open(path, author=Author("张三", "综合科"), now=lambda: NOW):
        window.desk.open_path(str(path))
        session.wait()
        assert session.read_only_reason is not None
        notice = window.notices.shown["read-only"]
        assert notice.isVisible()
        assert "张三" in notice.text.plain()
        assert not notice.cross.isVisible()


def test_a_failure_to_save_stays_as_a_red_button_until_something_is_saved(
    window: Window, session: Session, document: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = document()

    def full(*_args: Any, **_kwargs: Any) -> None:
        raise failures.disk_full(path)

    with monkeypatch.context() as patch:
        patch.setattr(Assessment, "set_cells", full)
        session.submit("note", "ST1.1", "x")
        session.wait()
    assert window.header.saved.button.isVisible()
    assert window.header.saved.button.text() == "未能保存，查看原因"
    assert "not-saved" in window.notices.shown
    session.submit("note", "ST1.1", "x")
    session.wait()
    assert not window.header.saved.button.isVisible()
    assert "not-saved" not in window.notices.shown


def test_closing_with_something_unsaved_asks_first(
    window: Window, session: Session, document: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = document()

    def full(*_args: Any, **_kwargs: Any) -> None:
        raise failures.disk_full(path)

    with monkeypatch.context() as patch:
        patch.setattr(Assessment, "set_cells", full)
        session.submit("note", "ST1.1", "x")
        session.wait()
    asked: list[str] = []

    def stay(problem: Any, _parent: QWidget) -> bool:
        asked.append(problem.code)
        return False

    monkeypatch.setattr(ask, "leave_unsaved", stay)
    assert not window.close()
    assert asked == ["store.disk-full"]
    assert session.is_open
    session.problem = None


def test_a_notice_with_a_key_replaces_the_one_before_and_hostile_text_is_only_text(
    window: Window, document: Create
) -> None:
    document()
    window.notify("info", "<b>一</b>", key="k")
    window.notify("warning", "</script>=1+1 😀\n㙍𡐓", more="<img src=x>", key="k")
    assert set(window.notices.shown) == {"secrecy", "k"}
    notice = window.notices.shown["k"]
    assert "&lt;img" in notice.text.text()
    assert "</script>=1+1 😀" in notice.text.plain()
    window.dismiss("k")
    assert set(window.notices.shown) == {"secrecy"}
    window.dismiss("secrecy")
    assert not window.notices.isVisible()


def test_find_goes_to_an_indicator_by_code_or_by_word(
    window: Window, document: Create, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document()
    window.go("results")
    went: list[tuple[str, str | None]] = []
    original = window.go

    def go(page: str, target: str | None = None) -> bool:
        went.append((page, target))
        return original(page, target)

    monkeypatch.setattr(window, "go", go)
    window.open_find()
    find = QApplication.activePopupWidget()
    assert find is not None
    qtbot.keyClicks(find.line, "st1.2")  # type: ignore[attr-defined]
    qtbot.keyClick(find.line, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert went == [("questionnaire", "ST1.2")]


def test_a_term_is_explained_in_a_popover_that_escape_closes(window: Window, document: Create, qtbot: Any) -> None:
    document()
    window.header.display.setFocus()
    assert window.explain("数字赋能", window.header.display)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, popover.Popover)
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.header.display
    assert not window.explain("no such term", window.header.display)


def test_closing_a_file_returns_to_the_start_page_with_the_file_on_top(window: Window, document: Create) -> None:
    path = document()
    window.desk.close_document()
    assert window.center.currentWidget() is window.desk.start
    assert window.desk.recent.entries[0].path == str(path)
    assert window.desk.recent.entries[0].total == 69
    assert window.windowTitle() == "治衡"


def test_a_document_dropped_on_the_window_is_the_one_that_opens() -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl("https://example.org/x.zhd"), QUrl.fromLocalFile("/a/b.txt"), QUrl.fromLocalFile("/a/衡川 市.zhd")]
    )
    assert shortcuts.dropped_document(data) == "/a/衡川 市.zhd"
    assert shortcuts.dropped_document(QMimeData()) == ""


def test_a_copy_holds_everything_and_the_open_file_stays_open(
    window: Window, session: Session, document: Create, tmp_path: Path
) -> None:
    path = document()
    session.submit("answer", "ST1.1", Answer.of_level(5))
    window.desk.save_copy(tmp_path / "副本.zhd")
    session.wait()
    assert session.path == path
    with Assessment.open(tmp_path / "副本.zhd", author=Author(), now=lambda: NOW) as copy:
        assert copy.sheet.answer("ST1.1") == Answer.of_level(5)


def test_every_control_of_the_frame_has_an_accessible_name(window: Window, document: Create) -> None:
    from PySide6.QtWidgets import QAbstractButton

    document()
    for area in (window.rail, window.header):
        for button in area.findChildren(QAbstractButton):
            assert button.accessibleName(), button


def test_a_report_of_a_bug_has_the_place_and_not_a_word_that_was_typed() -> None:
    try:
        int("机密：张三")
    except ValueError as error:
        text = trouble.report(type(error), error.__traceback__)
    assert "ValueError" in text
    assert "test_window.py" in text
    assert "张三" not in text
    assert "zhiheng" in text
    assert str(Path.home()) not in text


def test_a_township_sees_one_question_without_rail_or_status_bar_but_with_the_menu(qtbot, window, tmp_path):
    from assess.answers import Profile
    from assess.framework import read

    window.session.create(
        tmp_path / "镇.zhd", read.builtin(), Profile("示例·青石镇", tier="乡", base_date="2026-06-30")
    )
    qtbot.waitUntil(lambda: window.session.is_open and window.page is not None, timeout=5000)
    window.go("questionnaire")
    assert window.rail.isHidden()
    assert window.status.isHidden()
    assert not window.header.menu.isHidden()
    assert window.header.seek.isHidden()


def test_the_answers_of_the_period_before_are_at_hand_where_the_document_carries_them(qtbot, window, tmp_path):
    from assess.framework import read
    from assess.samples.cities import city

    each = city("990201")
    window.session.create(tmp_path / "衡川.zhd", read.builtin(), each.profile, cells=each.cells)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=5000)
    before = window.session.previous
    assert before is not None
    assert before.answer("ST1.1") is not None
    assert before.cells.keys() == {(item, "self") for item, column in each.cells if column == "previous"}

"""Everyday comfort: undo that says what and where, three sizes of text, last year's file, states to return to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from assess.answers import Answer
from assess.assessment import Assessment, Author
from assess.earlier import last_period
from assess.store import backup, kept
from forms import theme
from forms.dialogs.earlier import EarlierDialog
from forms.frame.find import matches
from forms.session import Session
from forms.settings import Settings
from forms.start.draft import a_year_on
from forms.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
Create = Callable[..., Path]
NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
CTRL = Qt.KeyboardModifier.ControlModifier


def notice(window: Window, key: str) -> Any:
    return window.notices.shown[key]


def answer(session: Session, code: str, given: Answer) -> None:
    session.submit("answer", code, given)
    session.wait()


# ---------------------------------------------------------------- undo


@pytest.mark.parametrize("page", ["findings", "results", "benchmark", "reports", "questionnaire"])
def test_control_z_works_on_every_page_and_says_what_it_took_back_with_a_way_there(
    window: Window, document: Create, session: Session, qtbot: Any, page: str
) -> None:
    document()
    window.go("questionnaire", "ST2.1")
    answer(session, "ST1.1", Answer.of_level(3))
    window.go(page)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    session.wait()
    assert session.sheet.answer("ST1.1") is None
    said = notice(window, "undo")
    assert "ST1.1" in said.text.plain()
    assert said.link.text() == "前往"
    said.link.click()
    assert window.page is not None
    assert window.page.key == "questionnaire"
    assert window.page.shows("ST1.1")
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(3)
    assert "恢复" in notice(window, "undo").text.plain()


def test_control_z_works_in_a_township_too(window: Window, document: Create, session: Session, qtbot: Any) -> None:
    document(tier="乡")
    code = next(iter(session.framework.indicators))
    answer(session, code, Answer.of_level(3))
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    session.wait()
    assert session.sheet.answer(code) is None
    assert code in notice(window, "undo").text.plain()


def test_no_way_is_offered_to_what_is_in_sight_and_the_notice_goes_with_the_next_entry(
    window: Window, document: Create, session: Session, qtbot: Any
) -> None:
    document()
    window.go("questionnaire", "ST1.1")
    answer(session, "ST1.1", Answer.of_level(3))
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    session.wait()
    assert not notice(window, "undo").link.isVisible()
    answer(session, "ST1.1", Answer.of_level(2))
    assert "undo" not in window.notices.shown


def test_nothing_to_undo_is_said_and_not_silently_passed_over(
    window: Window, document: Create, session: Session, qtbot: Any
) -> None:
    document()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    session.wait()
    assert notice(window, "undo").text.plain()
    assert session.problem is None


def test_a_field_undoes_its_own_typing_first_and_then_lets_the_key_through(
    window: Window, document: Create, session: Session, qtbot: Any
) -> None:
    document()
    window.go("questionnaire", "ST1.2")
    answer(session, "ST1.1", Answer.of_level(3))
    edit = window.page.desk.card.body.numerator.edit  # type: ignore[union-attr]
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, "7")
    qtbot.keyClick(edit, Qt.Key.Key_Z, CTRL)
    assert edit.text() == ""
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(3)
    qtbot.keyClick(edit, Qt.Key.Key_Z, CTRL)
    session.wait()
    assert session.sheet.answer("ST1.1") is None


def test_undo_of_a_mark_a_unit_and_a_deduction_is_said_in_words(
    window: Window, document: Create, session: Session
) -> None:
    document()
    for operation in (
        ("set_cells", {("ST1.1", "flag"): True}, "flag"),
        ("set_cells", {("ST1.3", "assignment"): {"lead": "市教育局"}}, "assignment"),
        ("claim_deduction", "D1", "一件通报", 1.0),
    ):
        session.submit(*operation)
        session.wait()
    for said in ("扣分", "ST1.3的责任单位", "ST1.1的标记"):
        session.undo()
        session.wait()
        assert said in notice(window, "undo").text.plain()


# ---------------------------------------------------------------- size of text, search


def test_three_sizes_of_text_by_key_and_kept(window: Window, document: Create, qtbot: Any) -> None:
    document()
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert theme.theme().scale == 1.15
    qtbot.keyClick(window, Qt.Key.Key_Equal, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Equal, CTRL)
    assert theme.theme().scale == 1.3
    assert Settings.load().scale == 1.3
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme.theme().scale == 1.15
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    assert theme.theme().scale == 1.0


def test_a_search_finds_by_unit_after_code_and_name(window: Window, document: Create, session: Session) -> None:
    document()
    framework = session.framework
    found = matches(framework, "密码管理", "zh", session.sheet)
    assert found
    session.submit("set_cells", {("ST1.1", "assignment"): {"lead": "市教育局"}}, "assignment")
    session.wait()
    assert matches(framework, "教育局", "zh", session.sheet) == ["ST1.1"]
    assert matches(framework, "ST1.1", "zh", session.sheet)[0] == "ST1.1"


# ---------------------------------------------------------------- last year's file


def last_year(folder: Path, **about: Any) -> Path:
    from assess.answers import Profile
    from assess.framework.read import builtin

    fields = {"unit": "衡川市", "code": "990201", "base_date": "2025-06-30", "year": 2025, "population": 340.0, **about}
    path = folder / "去年.zhd"
    made = Assessment.create(path, builtin(), Profile(**fields), author=Author("李明"), now=lambda: NOW)
    made.answer_many({"ST1.1": Answer.of_level(2), "ST1.3": Answer.of_level(3)})
    made.close()
    return path


def test_a_new_assessment_begins_with_last_years_file(window: Window, session: Session, tmp_path: Path) -> None:
    window.desk.new_document()
    steps = window.desk.start.steps
    assert steps is not None
    window.desk.read_last(last_year(tmp_path), steps.begin_with)
    assert steps.draft.unit == "衡川市"
    assert (steps.draft.base_date, steps.draft.year, steps.draft.population) == ("2026-06-30", "2026", "340")
    assert "去年.zhd" in steps.steps[0].last_about.plain()  # type: ignore[attr-defined]
    for _step in range(3):
        steps.go_on()
    session.wait()
    assert session.sheet.answer("ST1.1", "previous") == Answer.of_level(2)
    assert session.sheet.answers() == {}
    said = notice(window, "brought")
    assert "2" in said.text.plain()
    assert said.link.text()


def test_a_recent_file_begins_a_new_assessment_from_its_menu(
    window: Window, document: Create, session: Session, tmp_path: Path
) -> None:
    document(unit="衡川市")
    session.close()
    files = window.desk.start.files.list
    actions = files.menu_of(files.item(0)).actions()
    assert [one.text() for one in actions if one.text()] == ["打开", "以此文件为上期新建评估…", "从列表中移除"]
    actions[1].trigger()
    steps = window.desk.start.steps
    assert steps is not None
    assert steps.isVisible()
    assert steps.draft.unit == "衡川市"
    assert steps.draft.base_date == "2027-06-30"


def test_a_file_of_the_wrong_unit_is_refused_before_anything_is_created(
    window: Window, session: Session, tmp_path: Path
) -> None:
    window.desk.new_document()
    steps = window.desk.start.steps
    assert steps is not None
    window.desk.read_last(last_year(tmp_path), steps.begin_with)
    steps.draft.code, steps.draft.unit = "990301", "陇垣市"
    for _step in range(3):
        steps.go_on()
    session.wait()
    assert not session.is_open
    assert steps.notice.isVisible()
    assert "另一单位" in steps.notice.text.plain()


def test_it_is_brought_later_too_and_undone_as_one(
    window: Window, document: Create, session: Session, tmp_path: Path
) -> None:
    document(unit="衡川市", code="990201")
    window.desk.bring(last_period.read(last_year(tmp_path)))
    session.wait()
    assert len(session.sheet.answers("previous")) == 2
    session.undo()
    session.wait()
    assert session.sheet.answers("previous") == {}
    assert "上期" in notice(window, "undo").text.plain()


def test_a_leap_day_moves_to_the_last_of_february() -> None:
    from datetime import date

    assert a_year_on(date(2024, 2, 29)) == date(2025, 2, 28)
    assert a_year_on(date(2025, 6, 30)) == date(2026, 6, 30)


# ---------------------------------------------------------------- states, in use, damaged


def test_one_click_returns_to_a_state_and_nothing_is_lost(
    window: Window, document: Create, session: Session, qtbot: Any
) -> None:
    path = document()
    answer(session, "ST1.1", Answer.of_level(2))
    session.close()
    window.desk.open_path(str(path))
    session.wait()
    answer(session, "ST1.1", Answer.of_level(5))
    answer(session, "ST1.3", Answer.of_level(1))
    window.comfort.earlier()
    (dialog,) = window.findChildren(EarlierDialog)
    session.wait()
    assert dialog.list.count() == 1
    assert "1/69" in dialog.list.item(0).text()
    assert "ST1.3" in dialog.changes.plain()
    dialog.go.click()
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(2)
    assert session.sheet.answer("ST1.3") is None
    assert len(backup.listed(path)) == 2
    assert "已回到" in notice(window, "earlier").text.plain()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(5)


def test_without_a_state_the_dialog_says_when_there_will_be_one(
    window: Window, document: Create, session: Session
) -> None:
    path = document()
    assert not kept.folders(path)[0].exists()
    window.comfort.earlier()
    (dialog,) = window.findChildren(EarlierDialog)
    session.wait()
    assert "下次打开" in dialog.changes.plain()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_the_second_person_is_told_once_who_has_it_and_opens_it_for_writing_later(
    window: Window, document: Create, session: Session
) -> None:
    path = document()
    session.close()
    other = Assessment.open(path, author=Author("王芳", "市委政法委", "科长"), now=lambda: NOW)
    window.desk.open_path(str(path))
    session.wait()
    window.go("questionnaire", "ST1.1")
    session.wait()
    QApplication.processEvents()
    from PySide6.QtWidgets import QLabel, QWidget

    from forms.questionnaire.prose import Prose

    told = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, (QLabel, Prose)) and widget.isVisible()
        and "王芳" in (widget.text if isinstance(widget, Prose) else widget.text())
    ]  # fmt: skip
    texts = [one for one in window.notices.findChildren(QWidget) if "王芳" in one.accessibleName() and one.isVisible()]
    assert texts
    assert not [one for one in told if not window.notices.isAncestorOf(one)]
    other.close()
    link = next(one for one in window.notices.findChildren(QPushButton) if one.text() == "重新打开填报")
    link.click()
    session.wait()
    assert session.read_only_reason is None
    assert "read-only" not in window.notices.shown


def test_a_damaged_file_offers_the_newest_state_kept_and_stays_as_it_is(
    window: Window, document: Create, session: Session
) -> None:
    path = document()
    answer(session, "ST1.1", Answer.of_level(2))
    session.close()
    window.desk.open_path(str(path))
    session.wait()
    session.close()
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    before = path.read_bytes()
    window.desk.open_path(str(path))
    session.wait()
    link = next(one for one in window.desk.start.notices.findChildren(QPushButton) if "恢复" in one.text())
    link.click()
    session.wait()
    assert session.is_open
    assert session.path != path
    assert session.sheet.answer("ST1.1") == Answer.of_level(2)
    assert path.read_bytes() == before
    assert "恢复" in notice(window, "restored").text.plain()

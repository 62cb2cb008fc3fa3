"""The start page: recent files, new assessment, samples and practice, all by keyboard, all faults told in place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from assess.samples.cities import city
from forms import settings, words
from forms.dialogs.passphrase import PassphraseDialog
from forms.session import Session
from forms.settings import Recent, RecentList, Settings
from forms.start import recent as rows
from forms.start.new import NewAssessment
from forms.widgets.notice import Notice
from forms.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
Create = Callable[..., Path]


def steps(window: Window) -> NewAssessment:
    window.desk.new_document()
    made = window.desk.start._new
    assert made is not None
    return made


# ---------------------------------------------------------------- the recent list
def test_without_files_the_page_says_what_to_do_and_the_first_button_has_the_focus(window: Window) -> None:
    window.desk.start.show_front()
    assert window.desk.start.files.empty.isVisible()
    assert "示例城市" in window.desk.start.files.empty.plain()
    assert QApplication.focusWidget() is window.desk.start.left.new


def test_enter_opens_the_first_entry_and_delete_takes_it_off_the_list_not_the_disk(
    window: Window, session: Session, document: Create, qtbot: Any
) -> None:
    path = document()
    window.desk.close_document()
    files = window.desk.start.files
    assert QApplication.focusWidget() is files.list
    qtbot.keyClick(files.list, Qt.Key.Key_Return)
    session.wait()
    assert session.path == path
    window.desk.close_document()
    qtbot.keyClick(files.list, Qt.Key.Key_Delete)
    assert window.desk.recent.entries == []
    assert path.exists()
    assert RecentList().entries == []


def test_a_missing_file_stays_in_the_list_and_says_so(window: Window, session: Session, document: Create) -> None:
    path = document()
    window.desk.close_document()
    path.unlink()
    window.desk.start.refresh()
    item = window.desk.start.files.list.item(0)
    assert "找不到，是否在U盘上？" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    window.desk.open_path(str(path))
    session.wait()
    assert "找不到文件" in window.desk.start.notices.shown["trouble"].text.plain()
    assert len(window.desk.recent.entries) == 1


def test_the_list_shows_how_far_a_file_is(window: Window, session: Session, document: Create) -> None:
    from assess.answers import Answer

    document()
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.wait()
    window.desk.close_document()
    entry = window.desk.recent.entries[0]
    assert (entry.answered, entry.total) == (1, 69)
    assert "1/69" in window.desk.start.files.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize(
    "damage", ["{", "[1, 2]", '{"a": 1}', '[{"path": 3}]', '[{"path": "x", "unit": "y", "z": 1}]', ""]
)
def test_a_damaged_list_costs_no_more_than_the_list(window: Window, damage: str) -> None:
    settings.folder().mkdir(parents=True, exist_ok=True)
    (settings.folder() / "recent.json").write_text(damage, encoding="utf-8")
    assert all(entry.missing for entry in RecentList().entries)


@pytest.mark.parametrize("damage", ["{", "[]", '{"theme": 3, "scale": "big"}', '{"language": "fr", "scale": 7.0}'])
def test_damaged_settings_are_the_defaults(window: Window, damage: str) -> None:
    settings.folder().mkdir(parents=True, exist_ok=True)
    (settings.folder() / "settings.json").write_text(damage, encoding="utf-8")
    assert Settings.load() == Settings()


def test_a_folder_that_cannot_be_written_costs_only_the_memory(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "file" / "below")
    kept = RecentList()
    kept.remember(Recent("/x.zhd", "衡川市"))
    Settings(language="en").keep()
    assert [entry.unit for entry in kept.entries] == ["衡川市"]
    assert Settings.load() == Settings()


def test_times_are_said_as_people_say_them(window: Window) -> None:
    today = date(2026, 7, 22)
    assert rows.when("2026-07-22T12:00:00+00:00", today).startswith("今天")
    assert rows.when("2026-07-21T12:00:00+00:00", today).startswith("昨天")
    assert rows.when("2026-07-18T12:00:00+00:00", today) == "7月18日"
    assert rows.when("2025-07-18T12:00:00+00:00", today) == "2025-07-18"
    assert rows.when("nonsense", today) == ""


def test_the_newest_twenty_are_kept_and_a_file_stands_there_once() -> None:
    kept = RecentList()
    kept.entries = []
    for number in range(30):
        kept.remember(Recent(f"/{number % 25}.zhd", str(number)))
    assert len(kept.entries) == 20
    assert len({entry.path for entry in kept.entries}) == 20
    assert kept.entries[0].unit == "29"


def test_hostile_names_in_the_list_are_only_text(window: Window) -> None:
    window.desk.recent.remember(Recent("/</script>.zhd", "=1+1</script>\n😀㙍𡐓", year=2026))
    window.desk.start.refresh()
    assert not window.desk.start.grab().isNull()


# ---------------------------------------------------------------- a new assessment
def test_three_steps_with_enter_make_a_file_and_open_the_questionnaire(
    window: Window, session: Session, qtbot: Any, tmp_path: Path
) -> None:
    new = steps(window)
    typed = QInputMethodEvent()
    typed.setCommitString("衡川市")
    focused = QApplication.focusWidget()
    assert focused is not None
    QApplication.sendEvent(focused, typed)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert new.at == 1
    new.go_on()
    assert new.at == 2
    assert new.draft.name.startswith("衡川市")
    new.go_on()
    session.wait()
    assert session.profile.unit == "衡川市"
    assert session.profile.year == int(new.draft.year)
    assert session.path.parent == tmp_path
    assert window.page is not None
    assert window.page.key == "questionnaire"


def test_a_step_with_something_wrong_stays_and_points_at_the_field(window: Window) -> None:
    new = steps(window)
    new.go_on()
    assert new.at == 0
    field = new.steps[0].fields["unit"]
    assert field.below.plain() == "请填写单位名称，例如所评估的市。"
    assert QApplication.focusWidget() is field.line


def test_going_back_loses_nothing(window: Window) -> None:
    new = steps(window)
    new.draft.unit = "衡川市"
    new.go_on()
    new.draft.mode = "self"
    new.show_step(0)
    assert new.steps[0].fields["unit"].text() == "衡川市"
    new.go_on()
    assert new.draft.mode == "self"


def test_a_protected_file_opens_with_its_passphrase_only(window: Window, session: Session, qtbot: Any) -> None:
    new = steps(window)
    new.draft.unit = "衡川市"
    new.go_on()
    new.go_on()
    new.draft.protected, new.draft.passphrase, new.draft.again = True, "秤杆 2026", "秤杆 2026"
    new.go_on()
    session.wait()
    path = session.path
    assert session.encrypted
    window.desk.close_document()
    window.desk.open_path(str(path))
    session.wait()
    dialog = next(one for one in window.findChildren(PassphraseDialog) if one.isVisible())
    dialog.field.put("秤杆2026")
    dialog.ok.click()
    session.wait()
    dialog = next(one for one in window.findChildren(PassphraseDialog) if one.isVisible())
    assert dialog.field.below.plain()
    dialog.field.put("秤杆 2026")
    dialog.ok.click()
    session.wait()
    assert session.path == path


def test_escape_returns_to_where_one_was(window: Window, document: Create, qtbot: Any) -> None:
    new = steps(window)
    qtbot.keyClick(new, Qt.Key.Key_Escape)
    assert window.desk.start.currentWidget() is window.desk.start.front
    document()
    new = steps(window)
    assert window.center.currentWidget() is window.desk.start
    qtbot.keyClick(new, Qt.Key.Key_Escape)
    assert window.center.currentWidget() is window.work


def test_counties_are_asked_for_their_kind_and_cities_for_region_and_size(window: Window) -> None:
    new = steps(window)
    unit: Any = new.steps[0]
    assert unit.regions.isVisible()
    assert not unit.kinds.isVisible()
    unit.tiers._pick("县")
    assert unit.kinds.isVisible()
    assert not unit.regions.isVisible()


# ---------------------------------------------------------------- samples and practice
def test_a_sample_opens_as_a_copy_with_its_mark_and_a_second_copy_gets_another_name(
    window: Window, session: Session, tmp_path: Path
) -> None:
    window.desk.open_sample(city("990201"))
    session.wait()
    assert session.path == tmp_path / "示例·衡川市.zhd"
    assert session.profile.sample
    assert any(tag.isVisible() and tag.text() == "演示数据" for tag in window.header.tags)
    assert session.progress is not None
    assert session.progress.answered == session.progress.total
    assert session.undoable is None
    window.desk.open_sample(city("990201"))
    session.wait()
    assert session.path == tmp_path / "示例·衡川市 (2).zhd"


def test_the_list_of_samples_has_all_ten_and_arrows_move_in_it(window: Window, qtbot: Any) -> None:
    window.desk.show_samples()
    samples = window.desk.start._samples
    assert samples is not None
    assert len(samples.buttons) == 10
    qtbot.keyClick(samples, Qt.Key.Key_Down)
    assert samples.buttons[1].hasFocus()
    assert "示例·" in samples.buttons[1].accessibleName()


def test_practice_is_a_training_document_blank_or_on_a_sample(window: Window, session: Session) -> None:
    window.desk.open_practice(None)
    session.wait()
    assert (session.profile.mode, session.profile.unit) == ("training", "练习")
    window.desk.open_practice(city("990101"))
    session.wait()
    assert (session.profile.mode, session.profile.unit) == ("training", "练习：示例·云澜市")
    assert session.scores is not None
    assert session.scores.gated_stage is None
    assert window.watermark.isVisible()


def test_only_the_last_file_that_could_not_be_opened_is_complained_of(
    window: Window, session: Session, document: Create, tmp_path: Path
) -> None:
    path = document()
    window.desk.close_document()
    notices = window.desk.start.notices
    (tmp_path / "a.zhd").write_text("你好", encoding="utf-8")
    for name in ("a.zhd", "none.zhd"):
        window.desk.open_path(str(tmp_path / name))
        session.wait()
    said = [notice for notice in notices.findChildren(Notice) if notice.isVisible()]
    assert len(said) == 1
    assert "none.zhd" in said[0].text.plain()
    window.desk.open_path(str(path))
    session.wait()
    window.desk.close_document()
    assert not [notice for notice in notices.findChildren(Notice) if notice.isVisible()]


# ---------------------------------------------------------------- looks
def test_tab_goes_from_the_list_to_the_buttons_the_cards_and_the_choices(
    window: Window, document: Create, qtbot: Any
) -> None:
    document()
    window.desk.close_document()
    start = window.desk.start
    heard = []
    for _press in range(13):
        focused = QApplication.focusWidget()
        assert focused is not None
        heard.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert heard[12] == heard[0]  # past the last control it begins again
    assert heard[:5] == ["最近的文件", "新建评估", "打开文件", "打开收到的填报包", "使用指南"]
    assert heard[5:7] == [start.samples_card.link.accessibleName(), start.practice_card.link.accessibleName()]
    assert heard[7:11] == ["简体中文", "浅色", "开始导览", "不再提示"]


@pytest.mark.parametrize("height", [696, 348])
def test_tab_goes_down_the_steps_of_a_new_assessment_as_one_reads(window: Window, qtbot: Any, height: int) -> None:
    window.resize(683, height)
    window.desk.new_document()
    heard = []
    for _press in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        heard.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert heard[:4] == ["单位名称", "市", "行政区划代码（可不填）", "不填"]
    assert heard[5:] == ["取消", "下一步", "从上年文件开始…", "单位名称"]


def test_the_start_page_speaks_english_at_once(window: Window) -> None:
    window.desk.choose_language("en")
    assert window.desk.start.left.new.text() == "New assessment"
    assert words.language() == "en"
    assert window.desk.start.left.languages.key == "en"


@pytest.mark.parametrize("width", [1366, 900, 683])
def test_the_front_never_scrolls_sideways(window: Window, width: int) -> None:
    window.resize(width, 384)
    QApplication.processEvents()
    front = window.desk.start.front
    assert front.body.width() <= front.viewport().width()
    assert front.body.minimumSizeHint().width() <= front.viewport().width()


def test_what_is_kept_is_readable_text(window: Window, document: Create) -> None:
    document()
    window.desk.close_document()
    kept = json.loads((settings.folder() / "recent.json").read_text(encoding="utf-8"))
    assert kept[0]["unit"] == "示例·衡川市"
    assert set(kept[0]) == {"path", "unit", "year", "mode", "role", "answered", "total", "at"}

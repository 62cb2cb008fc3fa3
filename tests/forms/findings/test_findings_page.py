"""The check page: groups, counts, the way to a question and back, explanations in place, and nothing found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from assess.answers import Answer, Profile
from assess.framework.read import builtin
from assess.language import Message
from assess.problems import Problem
from assess.samples.cities import cities
from forms import app, words
from forms.findings.editor import length
from forms.findings.entries import unwritten
from forms.findings.page import FindingsPage
from forms.findings.row import Row
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.theme import theme
from forms.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
CITY = next(city for city in cities() if "衡川" in city.profile.unit)
LONG = "本市为地震多发区，按省里要求每月组织一次有方案、有复盘的演练。"
ERROR, LIFTABLE = ("N03", "SH3.1"), ("L01", "ME2.2")


@dataclass
class Shell:
    """What the page asks of the window, written down."""

    went: list[tuple[str, str | None]] = field(default_factory=list)
    badges: int = 0
    size_class: Any = "wide"

    @property
    def language(self) -> str:
        return words.language()

    @property
    def theme(self) -> Any:
        return theme()

    def go(self, page: str, target: str | None = None) -> bool:
        self.went.append((page, target))
        return True

    def has(self, page: str) -> bool:
        return True

    def notify(self, kind: str, text: str | Message, **rest: Any) -> None: ...

    def trouble(self, problem: Problem, **rest: Any) -> None: ...

    def dismiss(self, key: str) -> None: ...

    def explain(self, term: str, anchor: Any) -> bool:
        return False

    def refresh_keys(self) -> None: ...

    def refresh_badges(self) -> None:
        self.badges += 1


@pytest.fixture(autouse=True)
def chinese(qtbot: Any) -> Iterator[None]:
    words.speak("zh")
    app.dress(app.application(), Settings(theme="light"))
    yield
    words.speak("zh")
    theme().choose("light", 1.0)


@pytest.fixture
def session(qtbot: Any) -> Iterator[Session]:
    made = Session(now=lambda: NOW)
    yield made
    made.shut_down()


def cells(**answers: Answer) -> dict[tuple[str, str], Any]:
    """The sample city, whose sheet has no error, with some answers of its own."""
    out = dict(CITY.cells)
    for name, answer in answers.items():
        code = name.replace("_", ".")
        for column in ("review", "third_party"):
            out.pop((code, column), None)
        out[(code, "self")] = answer.to_json()
    return out


FAULTY = {
    "SH3_1": Answer.of_number("1204", "1140", source="台账"),
    "ME2_1": Answer.of_choice("no"),
    "ME2_2": Answer.of_number("30", "40", confirm="yes", source="台账"),
}


def create(session: Session, tmp_path: Path, held: dict[tuple[str, str], Any], profile: Profile = CITY.profile) -> None:
    session.create(tmp_path / "衡川市.zhd", builtin(), profile, cells=held)
    session.wait()


def shown(qtbot: Any, session: Session, size: Any = "wide") -> FindingsPage:
    page = FindingsPage(session, Shell())
    qtbot.addWidget(page)
    page.resize(*{"wide": (1286, 616), "narrow": (820, 560), "tiny": (683, 296)}[size])
    page.retranslate()
    page.fit(size)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.enter()
    QCoreApplication.processEvents()
    return page


def row(page: FindingsPage, key: tuple[str, str]) -> Row:
    return page.list.rows[key]


def aloud(widget: QWidget) -> str:
    return "\n".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_errors_stand_first_with_their_sentence_unit_and_way_to_the_question(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    one = row(page, ERROR)
    assert one.entry is not None
    assert one.entry.group == "error"
    assert one.code.text() == "SH3.1"
    assert one.sentence.plain() == "分子大于分母。"
    assert "1,204" in one.action.plain()
    assert one.unit.text()
    assert one.accessibleName().startswith("必须处理，SH3.1 共享申请按期答复率：")
    groups = [entry.group for entry in page.entries]
    assert groups == sorted(groups, key=("error", "warning", "hint", "explained").index)


def test_counts_in_the_filter_the_strip_and_the_badge_agree(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    errors = sum(one.severity == "error" for one in page.found)
    assert errors >= 3
    assert page.badge() == errors
    assert f"还有 {errors} 项必须处理。" in page.strip.text.plain()
    assert page.segments.buttons()[1].text() == f"必须处理 {errors}"
    assert page.list.heads["error"].accessibleName() == f"必须处理，{errors}项，报送前须处理"


def test_hints_and_explained_findings_are_folded_and_open_with_enter(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    held = cells(**FAULTY)
    held[("ME2.2", "explanation")] = LONG
    create(session, tmp_path, held)
    page = shown(qtbot, session)
    assert LIFTABLE not in page.list.rows
    assert not [key for key, one in page.list.rows.items() if one.entry and one.entry.group in ("hint", "explained")]
    head = page.list.heads["explained"]
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert row(page, LIFTABLE).action.plain() == LONG
    qtbot.keyClick(head, Qt.Key.Key_Space)
    assert LIFTABLE not in page.list.rows


def test_a_filter_shows_one_group_unfolded(qtbot: Any, session: Session, tmp_path: Path) -> None:
    held = cells(**FAULTY)
    held[("ME2.2", "explanation")] = LONG
    create(session, tmp_path, held)
    page = shown(qtbot, session)
    page.segments.buttons()[3].click()
    assert {one.entry.group for one in page.list.rows.values() if one.entry} == {"explained"}
    page.segments.buttons()[1].click()
    assert {one.entry.group for one in page.list.rows.values() if one.entry} == {"error"}


def test_arrows_move_and_enter_goes_to_the_question(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    first, second = list(page.list.rows.values())[:2]
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    assert second.entry is not None
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert page.shell.went == [("questionnaire", second.entry.found.code)]  # type: ignore[attr-defined]
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_End)
    assert not first.hasFocus()


def test_only_the_current_row_is_a_stop_of_tab(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    stops = [one for one in page.list.rows.values() if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1
    buttons = [one for one in page.list.rows.values() if one.go.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert buttons == stops


def test_arrows_work_from_the_buttons_of_a_row_too(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    first, second = list(page.list.rows.values())[:2]
    first.go.setFocus()
    qtbot.keyClick(first.go, Qt.Key.Key_Down)
    assert second.hasFocus()


def test_the_primary_button_goes_to_the_first_error(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    page.first.click()
    first = next(one for one in page.found if one.severity == "error")
    assert page.shell.went == [("questionnaire", first.code)]  # type: ignore[attr-defined]


def test_a_solved_row_is_ticked_after_the_jump_and_goes_when_another_page_is_shown(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    row(page, ERROR).setFocus()
    row(page, ERROR).go.click()
    page.leave()
    session.submit("answer", "SH3.1", Answer.of_number("1100", "1140", source="台账"))
    session.wait()
    page.enter()
    one = row(page, ERROR)
    assert one.entry is not None
    assert one.entry.mark == "solved"
    assert "已处理" in one.sentence.plain()
    assert one.hasFocus()
    page.leave()
    page.enter()
    assert ERROR not in page.list.rows


def test_the_page_follows_every_answer_while_it_is_looked_at(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells())
    page = shown(qtbot, session)
    assert page.badge() == 0
    session.submit("answer", "SE4.1", Answer.of_number(result="-3", source="台账"))
    session.wait()
    assert page.badge() == 1
    assert ("N02", "SE4.1") in page.list.rows
    session.undo()
    session.wait()
    assert page.badge() == 0


def test_a_page_not_looked_at_counts_a_moment_later(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells())
    page = FindingsPage(session, Shell())
    qtbot.addWidget(page)
    session.submit("answer", "SE4.1", Answer.of_number(result="-3", source="台账"))
    session.wait()
    qtbot.waitUntil(lambda: page.badge() == 1)
    assert page.shell.badges >= 1  # type: ignore[attr-defined]
    assert not page.list.rows


def test_s_writes_an_explanation_in_place_and_the_row_counts_as_explained(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    before = page.badge()
    one = row(page, LIFTABLE)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_S)
    assert one.editor is not None
    assert one.editor.text.hasFocus()
    qtbot.keyClicks(one.editor.text, "too short")
    qtbot.keyClick(one.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert one.editor is not None
    assert "还差12字" in one.editor.below.plain()
    one.editor.text.setPlainText(LONG)
    qtbot.keyClick(one.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    session.wait()
    assert session.sheet.text("ME2.2", "explanation") == LONG
    assert one.entry is not None
    assert (one.entry.group, one.entry.mark) == ("error", "explained")
    assert one.action.plain() == LONG
    assert one.hasFocus()
    assert page.badge() < before


def test_esc_gives_the_explanation_up(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    one = row(page, LIFTABLE)
    one.note.click()
    assert one.editor is not None
    one.editor.text.setPlainText(LONG)
    qtbot.keyClick(one.editor.text, Qt.Key.Key_Escape)
    assert one.editor is None
    assert one.hasFocus()
    session.wait()
    assert session.sheet.text("ME2.2", "explanation") == ""


def test_what_is_being_typed_is_saved_when_the_page_is_left(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    one = row(page, LIFTABLE)
    one.explain()
    assert one.editor is not None
    one.editor.text.setPlainText("情况属实")
    page.leave()
    session.wait()
    assert session.sheet.text("ME2.2", "explanation") == "情况属实"


def test_what_may_not_be_explained_says_so_in_place(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    one = row(page, ERROR)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_S)
    assert one.editor is None
    assert one.told.plain() == "这一项须改正，不能用说明代替。"
    assert not one.note.isVisible()


def test_a_document_that_is_only_read_takes_no_explanation(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    assert session.state is not None
    session.state = replace(session.state, read_only_reason=Message("No rows."))
    page = shown(qtbot, session)
    one = row(page, LIFTABLE)
    assert not one.note.isVisible()
    one.explain()
    assert one.editor is None
    assert one.told.plain()
    page.explain(one.entry, LONG)  # type: ignore[arg-type]
    session.wait()
    assert session.sheet.text("ME2.2", "explanation") == ""


def test_a_finding_about_the_whole_document_is_explained_at_its_rule(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    levels = [code for code, item in builtin().indicators.items() if item.kind == "level"]
    create(session, tmp_path, {(code, "self"): Answer.of_level(3).to_json() for code in levels})
    page = shown(qtbot, session)
    one = row(page, ("P01", ""))
    assert one.name.plain() == "整份答卷"
    assert one.go.isVisible()
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    assert page.shell.went[-1] == ("questionnaire", "ST1.1")  # the first of the straight row
    qtbot.keyClick(one, Qt.Key.Key_S)
    assert one.editor is not None
    one.editor.text.setPlainText(LONG)
    one.editor.keep()
    session.wait()
    assert one.entry is not None
    assert one.entry.mark == "explained"


def test_a_clean_sheet_says_that_it_can_be_handed_in(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, {})
    page = shown(qtbot, session)
    page.found = ()
    page.open_items = list  # type: ignore[method-assign]
    page.list.empty()
    page._visit.forget()
    page.refresh()
    QCoreApplication.processEvents()
    assert page.nothing_words.plain() == "没有发现问题，可以报送。"
    assert page.nothing.isVisible()
    assert not page.list.isVisible()
    assert page.first.toolTip() == "没有需要处理的项。"


def test_unanswered_questions_are_counted_and_one_step_away(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, {})
    page = shown(qtbot, session)
    assert page.head_row.context.text() == "还有 69 题未作答"
    assert ("P11", "ST1.1") in page.list.rows
    page.strip.link.click()
    assert page.shell.went == [("questionnaire", "ST1.1")]  # type: ignore[attr-defined]


def test_a_secret_is_never_shown(qtbot: Any, session: Session, tmp_path: Path) -> None:
    held = cells()
    held[("ST4.1", "note")] = "联系人19900000000"
    create(session, tmp_path, held)
    page = shown(qtbot, session)
    one = row(page, ("S03", "ST4.1"))
    assert one.action.plain().startswith("位置：备注或数据来源。")
    assert "199" not in aloud(page)


@pytest.mark.parametrize("size", ["wide", "narrow", "tiny"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("dress", ["light", "dark", "contrast"])
def test_no_text_is_cut_at_any_size_in_any_language(
    qtbot: Any, session: Session, tmp_path: Path, size: Any, language: str, dress: str
) -> None:
    create(session, tmp_path, cells(**FAULTY))
    words.speak(language)
    theme().choose(dress)
    page = shown(qtbot, session, size)
    QCoreApplication.processEvents()
    for one in page.list.rows.values():
        for text in (one.sentence, one.action, one.name):
            if text.isVisible():
                assert text.height() >= text.heightForWidth(text.width()), (text.plain(), text.size())
        assert one.go.geometry().right() <= one.buttons.width()
        if size != "tiny":
            assert one.unit.geometry().right() < one.buttons.geometry().left()
    assert page.area.horizontalScrollBar().maximum() == 0
    assert page.list.width() <= page.area.viewport().width()


def test_language_changes_at_once_and_keeps_the_row(qtbot: Any, session: Session, tmp_path: Path) -> None:
    create(session, tmp_path, cells(**FAULTY))
    page = shown(qtbot, session)
    row(page, ERROR).setFocus()
    words.speak("en")
    page.retranslate()
    assert page.list.key == ERROR
    assert row(page, ERROR).sentence.plain() == "The numerator exceeds the denominator."
    assert page.head_row.title.text() == "Check"


def test_the_window_counts_on_the_rail_and_leads_there_and_back(qtbot: Any, session: Session, tmp_path: Path) -> None:
    window = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(window)
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    create(session, tmp_path, cells(**FAULTY))
    button = window.rail.buttons["findings"]
    qtbot.waitUntil(lambda: button.badge > 0)
    assert button.accessibleName() == f"检查，{button.badge} 项必须处理"
    window.go("findings")
    page = window.page
    assert isinstance(page, FindingsPage)
    one = row(page, ERROR)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    assert window.page is not page
    desk = window.page.desk  # type: ignore[union-attr]
    assert desk.code == "SH3.1"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.isAncestorOf(focus)
    qtbot.keyClick(focus, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.page is page
    assert row(page, ERROR).hasFocus()
    session.close()


def test_blanks_do_not_count_as_characters() -> None:
    assert length(" 一 二\n三　") == 3


def test_a_fresh_document_raises_no_red_number_though_the_page_names_what_must_be_answered(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    create(session, tmp_path, {})
    page = shown(qtbot, session)
    assert any(one.severity == "error" for one in page.found)
    assert page.badge() == 0


@pytest.mark.parametrize(
    ("cell", "value", "went"),
    [
        (("@cover", "phone"), "19900000000", ("finishing", "cover")),
        (("@bonus", "001"), {"item": "B1", "matter": "联系19900000000", "document": "文"}, ("results", "@redline/")),
    ],
)
def test_a_secret_outside_the_questions_is_one_step_away(
    qtbot: Any, session: Session, tmp_path: Path, cell: tuple[str, str], value: Any, went: tuple[str, str]
) -> None:
    create(session, tmp_path, {cell: value})
    page = shown(qtbot, session)
    row(page, ("S03", "")).go.click()
    assert page.shell.went[-1] == went


def test_one_explanation_serves_all_items_with_the_same_finding_and_is_undone_as_one(
    qtbot: Any, session: Session, tmp_path: Path
) -> None:
    city = next(city for city in cities() if "陇垣" in city.profile.unit)
    create(session, tmp_path, dict(city.cells), city.profile)
    page = shown(qtbot, session)
    shown_now = [entry for entry in page.entries if entry.key in page.list.rows]
    alike = max(unwritten(shown_now, page._explanation).values(), key=len)
    assert len(alike) > 2
    first, written, last = alike[0], alike[1], alike[-1]
    session.submit("explain", written.found.explained_at, "已经写过")
    session.wait()
    page.check()
    page.refresh()
    one = row(page, first.key)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_S)
    assert one.editor is not None
    assert not one.editor.all.isHidden()
    assert str(len(alike) - 2) in one.editor.all.words()
    one.editor.text.setPlainText(LONG)
    one.editor.all.setChecked(True)
    one.editor.keep()
    session.wait()
    assert session.sheet.text(first.found.code, "explanation") == LONG
    assert session.sheet.text(last.found.code, "explanation") == LONG
    assert session.sheet.text(written.found.code, "explanation") == "已经写过"
    session.undo()
    session.wait()
    assert not session.sheet.text(first.found.code, "explanation")
    assert not session.sheet.text(last.found.code, "explanation")

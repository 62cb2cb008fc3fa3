"""Conflicts settled by keys alone: side by side, the reason kept, the notes of both, another value, sent back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from assess.answers import Answer
from assess.assessment import Assessment
from assess.packages.conflicts import ruling
from forms.exchange import wording
from tests.forms.exchange.conftest import Desk
from tests.packages.conftest import answer_for, filled

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def planted(desk: Desk, count: int = 1) -> list[str]:
    """A department answers level 3 while the main file says something else; the codes in conflict."""
    desk.make()
    done = desk.issue(1)
    back = desk.folder / "交回"
    back.mkdir()
    items = done.files[0].parcel.items
    with Assessment.open(done.files[0].path, author=desk.session._author(), now=desk.clock) as package:
        codes = [code for code in items if package.framework.indicators[code].kind == "level"][:count]
    file = filled(done.files[0].path, back, desk.clock, level=3, only=tuple(codes))

    def other(document: Assessment) -> Any:
        document.answer_many({code: answer_for(document.framework.indicators[code], 1) for code in codes})
        return document.note(codes[0], "主文件的备注：31/46")

    desk.change(other)
    desk.open()
    desk.drop(file)
    return codes


def test_a_conflict_is_settled_by_keys_alone(desk: Desk) -> None:
    codes = planted(desk, 2)
    page = desk.page
    assert page.badge() == 3  # two answers and the note of the first
    key = next(row.recipient.key for row in page.round.overview.rows if row.conflicts)  # type: ignore[union-attr]
    page.round.grid.choose(key)
    page.round.grid.setFocus()
    desk.press(KEY.Key_Return)
    view = page.conflicts
    assert view.isVisible()
    assert [panel.name.text() for panel in view.sides()] == ["主文件", "交回的填报包"]
    assert view.base.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert desk.focus is view.sides()[0]
    assert not view.go.isEnabled()
    desk.press(KEY.Key_Right)
    assert desk.focus is view.sides()[1]
    desk.press(KEY.Key_Space)
    assert view.sides()[1].on
    assert view.go.text() == "采用第 3 级并继续"
    view.reason.line.setFocus()
    for sign in "以发布文件为准":
        view.reason.line.insert(sign)
    view.sides()[1].setFocus()
    desk.press(KEY.Key_Return, CTRL)
    assert desk.session.sheet.answer(codes[0]) == Answer.of_level(3)
    held: list[Any] = []
    desk.session.ask(ruling, (codes[0], "self"), then=held.append)
    desk.session.wait()
    assert held[0].reason == "以发布文件为准"
    note = desk.session.sheet.text(codes[0], "note")
    assert "主文件的备注：31/46" in note
    assert "的说明" in note
    assert view.case is not None
    assert view.case.conflict.code == codes[1]
    assert view.reason.text() == ""
    desk.press(KEY.Key_Return, CTRL)  # the focus is on the first side: Ctrl+Enter takes it and goes on
    assert desk.session.sheet.answer(codes[1]) == Answer.of_level(1)
    assert view.case is None
    assert view.empty.text.plain().startswith("没有冲突。")
    assert page.badge() == 0


def test_skipping_leaves_it_open_and_keeps_what_was_typed(desk: Desk) -> None:
    codes = planted(desk, 2)
    desk.page.settle()
    desk.settle()
    view = desk.page.conflicts
    view.reason.line.setText("待核")
    view.skip.click()
    assert view.at == 1
    assert view.reason.text() == ""
    view.before.click()
    assert view.reason.text() == "待核"
    assert view.case is not None
    assert view.case.conflict.code == codes[0]
    assert len(view.cases) == 3


def test_taking_one_side_only_leaves_the_other_notes_in_conflict(desk: Desk) -> None:
    codes = planted(desk)
    desk.page.settle()
    desk.settle()
    view = desk.page.conflicts
    view.both.setChecked(False)
    view.sides()[0].chosen.emit(view.sides()[0].head_id)
    view.go.click()
    desk.settle()
    assert desk.session.sheet.answer(codes[0]) == Answer.of_level(1)
    assert [case.conflict.column for case in view.cases] == ["note"]
    assert view.sides()[0].reason.isHidden()


def test_another_value_leads_to_the_question_card(desk: Desk) -> None:
    codes = planted(desk)
    desk.page.settle()
    desk.settle()
    went: list[tuple[str, str | None]] = []
    view = desk.page.conflicts
    view.shell.go = lambda where, code=None: went.append((where, code)) or True  # type: ignore[method-assign,func-returns-value]
    view.neither.click()
    assert went == [("questionnaire", codes[0])]


def test_sending_back_needs_a_reviewer_a_reason_and_a_day(desk: Desk) -> None:
    codes = planted(desk)
    desk.page.settle()
    desk.settle()
    view = desk.page.conflicts
    view.send.click()
    assert view.back.notice.isVisible()
    view.back.send.click()
    assert view.back.reason.below.plain() == "请写明退回理由。"
    view.back.reason.line.setText("两份口径不一，请核对。")
    view.back.send.click()
    desk.settle()
    assert view.back.isVisible()  # refused in place: who works here is no reviewer
    desk.session.introduce("李四", "复核组", "组长", "reviewer")
    desk.settle()
    view.open_back()
    view.back.reason.line.setText("两份口径不一，请核对。")
    view.back.send.click()
    desk.settle()
    step = desk.session.sheet.cells[codes[0], "step"]
    assert step["step"] == "return"
    assert step["reason"] == "两份口径不一，请核对。"
    assert step["deadline"] == "2026-07-13"
    assert not view.back.isVisible()
    assert view.case is not None  # the conflict stays until the correction is in


def test_differences_are_bold_and_hostile_text_stays_text() -> None:
    assert wording.differing("31/46，不足八成", "39/46，不足八成") == "<b>31</b>/46，不足八成"
    assert wording.differing("<b>=1+1</b>", "–") == "<b>&lt;b&gt;=1+1&lt;/b&gt;</b>"
    assert wording.differing("甲", "甲") == "甲"
    assert wording.differing("甲\n乙", None) == "甲<br>乙"


def test_in_a_tiny_window_sides_are_tabs_and_the_start_is_one_line(desk: Desk) -> None:
    planted(desk)
    desk.page.settle()
    desk.settle()
    desk.window.resize(683, 348)
    desk.settle()
    view = desk.page.conflicts
    assert not view.base.isVisible()
    assert view.base_line.isVisible()
    assert view.base_line.text().startswith("共同起点：")
    assert sum(panel.isVisible() for panel in view.sides()) == 1
    view.sides()[0].setFocus()
    desk.press(KEY.Key_Right)
    assert view.sides()[1].isVisible()
    assert not view.sides()[0].isVisible()
    desk.press(KEY.Key_Return, CTRL)
    assert view.case is None


def test_three_answers_stand_side_by_side(desk: Desk) -> None:
    desk.make()
    from assess.packages.recipients import recipients

    done = desk.issue(1)
    again = desk.issue(1)
    back = desk.folder / "交回"
    back.mkdir()
    code = next(code for code in done.files[0].parcel.items)
    files = [filled(one.files[0].path, back, desk.clock, level=level, only=(code,), notes=False, name=name)
             for one, level, name in ((done, 3, "李四"), (again, 4, "王五"))]  # fmt: skip
    desk.change(lambda document: document.answer(code, answer_for(document.framework.indicators[code], 1)))
    assert desk.change(lambda document: recipients(document, "department")[0].items[0]) == code
    desk.open()
    desk.drop(*files)
    desk.page.settle()
    desk.settle()
    view = desk.page.conflicts
    assert len(view.sides()) == 3
    assert view.sides()[0].name.text() == "主文件"
    assert all("交回" in panel.name.text() for panel in view.sides()[1:])
    view.sides()[0].setFocus()
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Right)
    assert desk.focus is view.sides()[2]
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Return, CTRL)
    assert view.case is None
    assert desk.session.sheet.answer(code) == answer_for(desk.session.framework.indicators[code], 4)


def test_a_sealed_document_says_why_nothing_can_be_settled(desk: Desk) -> None:
    codes = planted(desk)
    desk.session.ask(lambda document: document.seal(closing=True), then=lambda _digest: None)
    desk.session.submit("mark_reviewed", on=False)
    desk.settle()
    page = desk.page
    assert "封存" in page.round.refusal.text.plain()
    page.settle()
    desk.settle()
    view = page.conflicts
    assert "封存" in view.refusal.text.plain()
    before = desk.session.sheet.answer(codes[0])
    view.sides()[0].setFocus()
    desk.press(KEY.Key_Return, CTRL)
    assert view.case is not None
    assert desk.session.sheet.answer(codes[0]) == before


def test_conflicts_in_the_document_of_a_county_are_settled_there(desk: Desk) -> None:
    from assess.packages.issue import issue
    from assess.packages.preview import preview
    from assess.packages.recipients import LowerUnit, add_units, recipients

    desk.make()
    desk.change(lambda document: add_units(document, [LowerUnit("东岭县", "county", "990111")]))
    out = desk.folder / "县"
    out.mkdir()

    def send(document: Assessment) -> Any:
        return issue(document, preview(document, recipients(document, "county")), out)

    first, second = desk.change(send), desk.change(send)
    back = desk.folder / "交回"
    back.mkdir()
    code = first.files[0].parcel.items[0]
    files = [filled(one.files[0].path, back, desk.clock, level=level, only=(code,), notes=False, name=name)
             for one, level, name in ((first, 3, "李四"), (second, 4, "王五"))]  # fmt: skip
    desk.open()
    desk.drop(*files)
    row = next(one for one in desk.page.round.overview.rows if one.recipient.name == "东岭县")  # type: ignore[union-attr]
    assert row.conflicts
    desk.page.round.follow(row.recipient.key)
    desk.settle()
    view = desk.page.conflicts
    assert view.case is not None
    assert view.case.home is not None
    assert "东岭县" in view.question.plain()
    view.sides()[0].setFocus()
    desk.press(KEY.Key_Return, CTRL)
    assert view.case is None
    desk.page.back()
    desk.settle()
    row = next(one for one in desk.page.round.overview.rows if one.recipient.name == "东岭县")  # type: ignore[union-attr]
    assert not row.conflicts

"""Townships and villages: one plain question, large letters, nothing asked that they need not say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from assess.answers import Answer


@pytest.fixture
def town(bench):
    bench.open(tier="乡", unit="青石镇")
    return bench


def test_the_plain_question_and_six_answers_are_shown(town, words_on):
    desk = town.desk
    item = town.session.framework.indicators[desk.code]
    assert item.grassroots.question.zh in words_on(desk)
    assert list(desk.tiles) == list("012345")
    assert "全局权重" not in words_on(desk)
    assert "佐证" not in words_on(desk)


def test_a_digit_chooses_and_stays_and_enter_goes_on(town, qtbot):
    desk = town.desk
    first = desk.code
    qtbot.keyClick(desk.tiles["0"], "3")
    assert town.answer(first) == Answer.of_level(3)
    assert desk.code == first
    assert desk.tiles["3"].isChecked()
    assert desk.bottom.saved.text() == "已保存"
    qtbot.keyClick(desk.tiles["3"], Qt.Key.Key_Return)
    assert desk.code != first


def test_skipping_leaves_it_open(town):
    desk = town.desk
    first = desk.code
    desk.step(1)
    assert town.answer(first) is None


def test_ticks_toggle(town):
    desk = town.desk
    desk.go("ST4.1")
    desk.choose("B")
    town.settle()
    desk.choose("A")
    assert town.answer("ST4.1") == Answer.of_ticks("AB")
    desk.choose("A")
    assert town.answer("ST4.1") == Answer.of_ticks("B")


def test_a_rough_number_is_typed_on_the_key_pad(town):
    desk = town.desk
    desk.go("SH3.3")
    for key in ("1", "2", "←", "5"):
        desk.pad.press(key)
    desk.flush()
    assert town.answer("SH3.3") == Answer.of_number(result="15")
    desk.pad.field.setText("好多")
    desk.on_typed("好多")
    desk.flush()
    assert desk.wrong.isVisible()
    assert town.answer("SH3.3") == Answer.of_number(result="15")


def test_larger_letters_go_through_three_sizes_and_keep_the_question(town):
    desk = town.desk
    code = desk.code
    heights = []
    for _step in range(3):
        heights.append(desk.tiles["0"].words.line())
        desk.enlarge()
        assert desk.code == code
    assert heights == sorted(set(heights))
    assert desk.tiles["0"].words.line() == heights[0]


def test_the_end_reads_the_answers_out_and_says_what_was_left(town, words_on):
    desk = town.desk
    desk.choose("2")
    town.settle()
    desk.show_end()
    text = words_on(desk)
    assert "共 31 题，答了 1 题，请过一遍。" in text
    assert "这1题，您说“用过，反而添麻烦”：" in text
    assert "这30题没有答：" in text
    assert "完成" in text
    desk.step(1)
    town.settle()
    assert town.shell.told[-1] == ("success", "已完成，谢谢您。")
    assert town.session.standing.closed
    assert town.session.locked is not None


def test_a_village_has_thirteen_questions(bench):
    bench.open(tier="村", unit="石桥村")
    assert len(bench.desk.items()) == 13


def test_nothing_answered_is_not_finished(town):
    town.desk.show_end()
    town.desk.step(1)
    town.settle()
    assert town.shell.told[-1] == ("warning", "还一题没有答。")
    assert not town.session.standing.closed


def test_a_finished_sheet_can_be_read_and_no_longer_changed(town):
    desk = town.desk
    desk.choose("2")
    town.settle()
    desk.show_end()
    desk.step(1)
    town.settle()
    first = desk.items()[0]
    desk.go(first)
    desk.choose("5")
    assert town.answer(first) == Answer.of_level(2)


def test_questions_stand_in_the_order_of_the_paper(town):
    from assess.grassroots.form import form

    paper = form(town.session.whole_framework, "乡")
    assert town.desk.items() == tuple(question.code for question in paper.questions)


def test_in_a_tiny_window_a_question_and_its_first_answers_are_seen(bench):
    bench.open(tier="乡", unit="青石镇", size=(683, 300))
    desk = bench.desk
    shown = desk.paper.viewport().rect()
    tile = desk.tiles["1"]
    assert tile.mapTo(desk.paper.viewport(), tile.rect().bottomLeft()).y() <= shown.height()


def test_ticks_are_chosen_by_the_numbers_of_the_paper_too(town, qtbot):
    desk = town.desk
    desk.go("ST4.1")
    qtbot.keyClick(desk.tiles["A"], "2")
    assert town.answer("ST4.1") == Answer.of_ticks("B")

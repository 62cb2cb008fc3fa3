"""A rubric is answered by digits, arrows and ticks; every choice is in the file before anything else happens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from assess.answers import Answer


def test_a_digit_chooses_the_level_at_once_and_claims_its_conditions(bench, qtbot):
    bench.open(at="ST1.1")
    qtbot.keyClick(bench.card.entry(), "4")
    given = bench.answer("ST1.1")
    assert given == Answer.of_level(4, ("3.1", "3.2", "3.3", "4.1", "4.2"))
    assert bench.card.body.rows[4].isChecked()
    assert bench.card.body.rows[4].chosen.isVisible()


def test_the_chosen_row_unfolds_its_conditions_and_folds_those_below(bench, qtbot):
    bench.open(at="ST1.1")
    qtbot.keyClick(bench.card.entry(), "4")
    bench.settle()
    ticks = bench.card.body.rows[4].ticks
    assert list(ticks) == ["4.1", "4.2", "3.1", "3.2", "3.3"]
    assert ticks["4.1"].isVisible()
    assert not ticks["3.1"].isVisible()


def test_arrows_move_and_choose(bench, qtbot):
    bench.open(at="ST1.1")
    qtbot.keyClick(bench.card.entry(), "2")
    qtbot.keyClick(QApplication.focusWidget() or bench.card.body.rows[2], Qt.Key.Key_Down)
    assert bench.answer("ST1.1").level == 3
    qtbot.keyClick(bench.card.body.rows[3], Qt.Key.Key_Up)
    assert bench.answer("ST1.1").level == 2


def test_unticking_a_condition_says_what_holds_and_changes_nothing_by_itself(bench, qtbot):
    bench.open({"ST1.1": Answer.of_level(4, ("3.1", "3.2", "3.3", "4.1", "4.2"))}, at="ST1.1")
    body = bench.card.body
    assert not body.line.isVisible()
    body.rows[4].ticks["4.2"].click()
    assert bench.answer("ST1.1") == Answer.of_level(4, ("3.1", "3.2", "3.3", "4.1"))
    assert body.line.isVisible()
    assert body.line.bold.text == "还差 1 条，按规则取 3 级。"
    assert body.line.button.text() == "改为 3 级"
    body.line.button.click()
    assert bench.answer("ST1.1") == Answer.of_level(3, ("3.1", "3.2", "3.3"))
    assert not body.line.isVisible()


def test_a_missing_condition_of_level_three_falls_to_two_from_any_height(bench):
    bench.open({"ST1.1": Answer.of_level(5, ("3.1", "3.3", "4.1", "4.2", "5.1", "5.2"))}, at="ST1.1")
    assert bench.card.body.line.bold.text == "还差 1 条，按规则取 2 级。"


def test_an_answer_from_a_table_has_no_ticks_and_is_not_called_short(bench):
    bench.open({"ST1.1": Answer.of_level(4)}, at="ST1.1")
    line = bench.card.body.line
    assert line.bold.text == "条件还没有逐条核对。"
    line.button.click()
    assert bench.answer("ST1.1").conditions == ("3.1", "3.2", "3.3", "4.1", "4.2")


def test_right_goes_into_the_conditions_and_space_ticks_there(bench, qtbot):
    bench.open({"ST1.1": Answer.of_level(4, ("3.1", "3.2", "3.3", "4.1", "4.2"))}, at="ST1.1")
    row = bench.card.body.rows[4]
    qtbot.keyClick(row, Qt.Key.Key_Right)
    tick = row.ticks["4.1"]
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert bench.answer("ST1.1").conditions == ("3.1", "3.2", "3.3", "4.2")
    qtbot.keyClick(tick, Qt.Key.Key_Down)
    assert row.ticks["4.2"].hasFocus() or not bench.page.isActiveWindow()


def test_rapid_digits_end_on_the_last_one(bench, qtbot):
    bench.open(at="ST1.1")
    for digit in "0123454321":
        qtbot.keyClick(bench.card, digit)
    assert bench.answer("ST1.1").level == 1
    assert [n for n, row in bench.card.body.rows.items() if row.isChecked()] == [1]


def test_the_level_of_last_period_carries_its_tag_and_equals_takes_it_over(bench, qtbot):
    bench.open(at="ST1.2")
    bench.session.submit("set_cells", {("ST1.1", "previous"): Answer.of_level(3).to_json()})
    bench.settle()
    bench.page.enter("ST1.1")
    bench.settle()
    rows = bench.card.body.rows
    assert [n for n, row in rows.items() if row.previous.isVisible()] == [3]
    qtbot.keyClick(bench.desk, "=")
    assert bench.answer("ST1.1").level == 3


def test_clearing_leaves_the_question_blank(bench):
    bench.open({"ST1.1": Answer.of_level(4)}, at="ST1.1")
    bench.card.clear.click()
    assert bench.answer("ST1.1") is None
    assert not any(row.isChecked() for row in bench.card.body.rows.values())


def test_undo_shows_what_was_there_before(bench, qtbot):
    bench.open(at="ST1.1")
    qtbot.keyClick(bench.card, "2")
    bench.settle()
    qtbot.keyClick(bench.card, "5")
    bench.settle()
    bench.session.undo()
    bench.settle()
    assert bench.answer("ST1.1").level == 2
    assert bench.card.body.rows[2].isChecked()


def test_a_formal_assessment_shows_no_score_while_filling_and_training_explains_at_once(bench, qtbot, words_on):
    bench.open(at="ST1.1", mode="training")
    qtbot.keyClick(bench.card, "3")
    bench.settle()
    assert "为什么是 3 级" in words_on(bench.card)
    assert "到 4 级还须：" in words_on(bench.card)


def test_a_formal_rubric_has_no_explanation_of_the_level(bench, qtbot, words_on):
    bench.open(at="ST1.1")
    qtbot.keyClick(bench.card, "3")
    bench.settle()
    assert "为什么是" not in words_on(bench.card)


def test_digits_are_only_text_while_a_note_is_typed(bench, qtbot):
    bench.open(at="ST1.1")
    note = bench.desk.side.note
    note.setFocus()
    qtbot.keyClicks(note, "2025 3")
    assert bench.answer("ST1.1") is None
    note.flush()
    bench.settle()
    assert bench.session.sheet.text("ST1.1") == "2025 3"


def test_terms_are_dotted_once_per_card_and_explained(bench):
    bench.open(at="ST1.1")
    spots = [spot.key for prose in bench.card.findChildren(type(bench.card.question)) for spot in prose.spots]
    assert "平安建设" in spots
    assert len(spots) == len(set(spots))
    assert bench.desk.explain_next()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.accessibleName()
    popup.close()


def test_resting_the_pointer_on_a_term_shows_its_explanation_in_a_line(bench):
    bench.open(at="ST1.1")
    prose = next(
        each
        for each in bench.card.findChildren(type(bench.card.question))
        if any(spot.key == "平安建设" for spot in each.spots)
    )
    spot = next(spot for spot in prose.spots if spot.key == "平安建设")
    assert spot.short == bench.session.framework.terms["平安建设"].gloss.zh
    middle = prose.spot_rect("平安建设").center()
    QApplication.sendEvent(prose, QHelpEvent(QEvent.Type.ToolTip, middle, prose.mapToGlobal(middle)))
    assert spot.short[:8] in QToolTip.text()
    outside = QPoint(prose.width() - 1, prose.height() - 1)
    QApplication.sendEvent(prose, QHelpEvent(QEvent.Type.ToolTip, outside, prose.mapToGlobal(outside)))
    bench.qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=3000)

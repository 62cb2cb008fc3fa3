"""Checklists, yes/no, “not applicable” and “no data”: each says what follows before anything is taken over."""

from __future__ import annotations

from PySide6.QtCore import Qt

from assess.answers import Answer, Evidence


def test_letters_tick_and_untick(bench, qtbot):
    bench.open(at="ST2.2")
    for key in "acb":
        qtbot.keyClick(bench.card, key)
    assert bench.answer("ST2.2") == Answer.of_ticks("ABC")
    qtbot.keyClick(bench.card, "b")
    assert bench.answer("ST2.2") == Answer.of_ticks("AC")


def test_none_of_these_is_an_answer_and_unticking_everything_is_none(bench):
    bench.open(at="ST2.2")
    body = bench.card.body
    body.none.click()
    assert bench.answer("ST2.2") == Answer.of_ticks(())
    body.rows["A"].click()
    assert bench.answer("ST2.2") == Answer.of_ticks("A")
    assert not body.none.isChecked()
    body.rows["A"].click()
    assert bench.answer("ST2.2") is None


def test_a_ticked_option_without_evidence_says_so_in_a_formal_assessment(bench):
    bench.open({"ST2.2": Answer.of_ticks("AB")}, at="ST2.2")
    bench.session.submit("add_evidence", "ST2.2", Evidence("", "办法", "衡政发〔2023〕21号", options=("B",)))
    bench.settle()
    rows = bench.card.body.rows
    assert rows["A"].proof.text() == "登记佐证…"
    assert "衡政发" in rows["B"].proof.text()
    assert not rows["C"].proof.isVisible()
    assert bench.card.body.line.bold.text == "必备项 D 未勾选。"
    assert bench.card.body.line.more.text == "A 登记佐证后才计入。"


def test_the_score_of_a_checklist_is_reckoned_in_words_where_it_may_be_seen(bench):
    bench.open({"ST2.2": Answer.of_ticks("ABCEFH")}, at="ST2.2", mode="self")
    line = bench.card.body.line
    assert line.bold.text == "按现有作答得 60.0 分。"
    assert line.more.text == "6 ÷ 8 × 100 ＝ 75.0；必备项 D 未勾选，最高计 60 分。"


def test_registering_from_a_row_opens_the_form_for_that_option(bench):
    bench.open({"ST2.2": Answer.of_ticks("A")}, at="ST2.2")
    bench.card.body.rows["A"].proof.click()
    form = bench.desk.side.evidence.form
    assert form.ticks["A"].isChecked()
    assert not form.ticks["B"].isChecked()


def test_yes_and_no_are_chosen_by_letter_digit_or_arrow(bench, qtbot):
    bench.open(at="ME2.1")
    qtbot.keyClick(bench.card, "n")
    assert bench.answer("ME2.1") == Answer.of_choice("no")
    qtbot.keyClick(bench.card, "1")
    assert bench.answer("ME2.1") == Answer.of_choice("yes")
    qtbot.keyClick(bench.card.body.rows["yes"], Qt.Key.Key_Down)
    assert bench.answer("ME2.1") == Answer.of_choice("no")


def test_not_applicable_needs_a_reason(bench):
    bench.open(at="SH3.1")
    bench.desk.ask_reason("na")
    panel = bench.card.reasons
    assert panel.isVisible()
    assert not bench.card.body.isVisible()
    assert not panel.confirm.isEnabled()
    assert panel.confirm.toolTip() == "请先写明理由。"
    panel.reason.setPlainText("近12个月没有收到申请")
    assert panel.confirm.isEnabled()
    panel.confirm.click()
    assert bench.answer("SH3.1") == Answer.not_applicable("近12个月没有收到申请")
    assert "须经复核同意" in panel.what.text


def test_a_key_item_refuses_not_applicable_and_says_why(bench):
    bench.open(at="ST1.1")
    bench.desk.ask_reason("na")
    panel = bench.card.reasons
    assert panel.refused.isVisible()
    assert "关键指标" in panel.refused.bold.text
    assert not panel.confirm.isVisible()
    panel.leave.click()
    assert bench.card.body.isVisible()


def test_an_unlisted_item_says_what_the_mode_does_with_it(bench):
    bench.open(at="ST1.2", mode="self")
    bench.desk.ask_reason("na")
    assert bench.card.reasons.what.text == "本题没有列明可选“不适用”，按“暂无数据”处理。"


def test_no_data_may_go_without_a_reason_and_the_way_back_keeps_it_until_another_answer(bench, qtbot):
    bench.open(at="ST1.1")
    bench.desk.ask_reason("nd")
    bench.card.reasons.confirm.click()
    assert bench.answer("ST1.1") == Answer.no_data()
    bench.card.reasons.leave.click()
    assert bench.card.body.isVisible()
    assert bench.answer("ST1.1") == Answer.no_data()
    qtbot.keyClick(bench.card, "2")
    assert bench.answer("ST1.1").level == 2


def test_a_reason_is_saved_again_as_it_is_rewritten(bench):
    bench.open({"ST1.1": Answer.no_data("起草中")}, at="ST1.1")
    panel = bench.card.reasons
    assert panel.reason.toPlainText() == "起草中"
    panel.reason.setPlainText("已报送，待印发")
    bench.page.leave()
    assert bench.answer("ST1.1") == Answer.no_data("已报送，待印发")


def test_a_reason_being_written_is_not_lost_when_the_page_is_left_and_undo_takes_it_back(bench):
    bench.open(at="SH3.1")
    bench.desk.ask_reason("na")
    bench.page.leave()
    assert bench.answer("SH3.1") is None  # the panel alone chooses nothing
    bench.card.reasons.reason.setPlainText("本市没有这类平台")
    bench.page.leave()
    answer = bench.answer("SH3.1")
    assert answer is not None
    assert answer.reason == "本市没有这类平台"
    bench.session.undo()
    assert bench.answer("SH3.1") is None

"""Last period beside this one: seen at the question, confirmed in one key, asked about where it jumps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from assess.answers import Answer
from forms.questionnaire.last_period import LastPeriodDialog

BEFORE = {
    "ST1.1": Answer.of_level(1),
    "ST1.2": Answer.of_number("2", source="会议通知"),
    "ST1.3": Answer.of_level(3, ("3.1", "3.2")),
    "ST2.2": Answer.of_ticks("ABD"),
    "ME2.1": Answer.of_choice("yes"),
    "SH2.3": Answer.of_number("40", "50", source="平台统计"),
}


@pytest.fixture
def beside(bench):
    """A document with answers of last period beside its questions."""

    def open_at(code, answers=None, **about):
        bench.open(answers, at=code, **about)
        cells = {(one, "previous"): answer.to_json() for one, answer in BEFORE.items()}
        cells[("ST1.3", "previous_note")] = "清单共二十六份"
        cells[("@previous", "about")] = {"year": 2025, "file": "去年.zhd", "left_out": {"changed": ["ST2.1"]}}
        bench.session.submit("set_cells", cells, "previous")
        bench.settle()
        return bench

    return open_at


def test_the_answer_and_note_of_last_period_stand_beside_the_question(beside, words_on):
    bench = beside("ST1.3")
    side = words_on(bench.desk.side)
    assert "2025" in side
    assert "清单共二十六份" in side
    assert bench.card.body.rows[3].previous.isVisible()


def test_what_could_not_be_brought_says_why(beside, words_on):
    bench = beside("ST2.1")
    assert "题目或口径有改动" in words_on(bench.desk.side)


def test_one_key_confirms_what_is_unchanged_and_the_history_tells_it_apart(beside, qtbot):
    bench = beside("ST1.3")
    qtbot.keyClick(bench.card, "=")
    assert bench.answer("ST1.3") == BEFORE["ST1.3"]
    bench.desk.side.past.toggle()
    bench.settle()
    from forms.questionnaire.prose import Prose

    told = "\n".join(prose.text for prose in bench.desk.side.past.findChildren(Prose))
    assert "与上期一致，已确认" in told
    bench.session.undo()
    assert bench.answer("ST1.3") is None


def test_the_button_beside_the_question_does_the_same_and_goes(beside):
    from forms.widgets.buttons import KeyButton

    bench = beside("ME2.1")
    (button,) = [one for one in bench.desk.side.before.findChildren(KeyButton) if one.isVisible()]
    button.click()
    assert bench.answer("ME2.1") == BEFORE["ME2.1"]
    assert not [one for one in bench.desk.side.before.findChildren(KeyButton) if one.isVisibleTo(bench.desk.side)]


def test_the_key_works_inside_a_number_field_and_a_figure_of_a_period_is_refused_with_the_reason(beside, qtbot):
    bench = beside("ST1.2")
    field = bench.card.body.numerator
    qtbot.keyClick(field.edit, "=")
    assert field.edit.text() == ""
    assert bench.answer("ST1.2") is None
    assert "统计期" in bench.card.lock_line.bold.text
    assert bench.card.lock_line.isVisible()


def test_a_figure_as_at_the_base_date_is_confirmed_without_the_source_of_last_period(beside, qtbot):
    bench = beside("SH2.3")
    wide = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, "＝")
    QApplication.sendEvent(bench.card.body.numerator.edit, wide)
    given = bench.answer("SH2.3")
    assert (given.numerator, given.denominator, given.source) == ("40", "50", "")


def test_a_jump_asks_for_an_explanation_at_once_and_counts_its_length(beside, qtbot):
    bench = beside("ST1.1")
    qtbot.keyClick(bench.card, "5")
    bench.settle()
    checks = bench.card.checks
    assert checks.isVisible()
    assert any("上升3级以上" in line.bold.text for line in checks.lines)
    assert "还差20个字" in checks.length.text
    checks.explanation.setFocus()
    qtbot.keyClicks(checks.explanation, "x" * 20)
    checks.flush()
    bench.settle()
    assert bench.session.sheet.text("ST1.1", "explanation") == "x" * 20
    assert any("已说明" in line.more.text for line in checks.lines)
    assert not checks.length.text


def test_the_change_of_a_figure_is_told_in_its_unit(beside):
    bench = beside("SH2.3", {"SH2.3": Answer.of_number("45", "50", source="平台")})
    assert "80" in bench.card.body.before.text
    assert "+10" in bench.card.body.before.text
    assert "个百分点" in bench.card.body.before.text


def test_dimensions_are_confirmed_only_ticked_and_vowed_and_never_key_items_or_figures(beside, qtbot):
    bench = beside("ST1.1")
    dialog = LastPeriodDialog(bench.session)
    qtbot.addWidget(dialog)
    assert set(dialog.answers) == {"ST1.3", "ST2.2", "ME2.1"}
    assert not dialog.go.isEnabled()
    dialog.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    assert dialog.ticked() == ("ST1.3", "ST2.2")
    assert not dialog.go.isEnabled()
    dialog.vow.setChecked(True)
    assert dialog.go.isEnabled()
    dialog.go.click()
    bench.settle()
    assert bench.answer("ST1.3") == BEFORE["ST1.3"]
    assert bench.answer("ME2.1") is None
    assert set(dialog.answers) == {"ME2.1"}
    bench.session.undo()
    bench.settle()
    assert bench.answer("ST1.3") is None
    assert bench.answer("ST2.2") is None
    assert "题目或口径有改动" in dialog.left.plain()
    dialog.reject()


def test_without_a_last_period_the_key_says_so_and_writes_nothing(bench, qtbot):
    bench.open(at="ST1.1")
    qtbot.keyClick(bench.card, "=")
    bench.settle()
    assert bench.answer("ST1.1") is None
    assert bench.card.lock_line.isVisible()
    qtbot.keyClick(bench.card, "2")
    bench.settle()
    assert not bench.card.lock_line.isVisible()

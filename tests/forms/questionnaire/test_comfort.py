"""Marks, filters, search by unit, who answers what; and the silence of a formal assessment about points."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt

from assess.answers import Answer
from forms import words
from forms.questionnaire import contents
from forms.questionnaire.assigning import AssigningDialog

POINTS = re.compile(r"得分|满分|单项|\d 分|[0-9.]+分(?!解|管|子|母|析|类|工|级|别|散)")


def shown(bench):
    return [row.code for row in bench.desk.outline.list.rows.rows if row.kind == "item"]


def test_a_mark_is_set_and_taken_off_by_key_and_is_an_operation_of_the_document(bench, qtbot):
    bench.open(at="ST1.1")
    bench.page.window().activateWindow()
    qtbot.waitUntil(bench.page.window().isActiveWindow)
    bench.card.entry().setFocus()
    qtbot.keyClick(bench.card.entry(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.session.sheet.flag("ST1.1", "flag")
    assert bench.card.head.mark.isChecked()
    assert "留待再看" in bench.card.head.mark.accessibleName()
    bench.card.head.mark.click()
    bench.settle()
    assert not bench.session.sheet.flag("ST1.1", "flag")
    bench.session.undo()
    bench.settle()
    assert bench.card.head.mark.isChecked()


def test_the_outline_shows_only_what_is_marked_mine_or_worth_checking(bench):
    bench.session.who = ("李明", "衡川市委组织部", "", "filler")
    bench.open({"SE4.1": Answer.of_number("40", source="记录")}, at="ST1.1")
    bench.session.submit("set_cells", {("ME2.1", "flag"): True}, "flag")
    bench.settle()
    outline = bench.desk.outline
    outline.choose_filter("marked")
    assert shown(bench) == ["ME2.1"]
    outline.choose_filter("mine")
    assert "ST1.3" in shown(bench)
    assert "ST1.1" not in shown(bench)
    assert outline.filters.key == "mine"
    assert outline.filters.buttons()[2].text().startswith("本单位")
    outline.choose_filter("warned")
    assert shown(bench) == ["SE4.1"]
    outline.choose_filter("open")
    assert "SE4.1" not in shown(bench)
    assert outline.filters.key == "open"
    outline.choose_filter("all")
    assert outline.filters.buttons()[2].text().startswith("待核对")


def test_in_a_pause_the_outline_takes_over_what_the_check_of_the_whole_finds(bench, qtbot):
    bench.open({"ST1.1": Answer.of_level(5)}, at="ST2.1")
    cells = {("ST1.1", "previous"): Answer.of_level(1).to_json(), ("ST1.3", "note"): "联系人13912345678"}
    bench.session.submit("set_cells", cells, "previous")
    bench.settle()
    outline = bench.desk.outline
    outline.choose_filter("warned")
    qtbot.waitUntil(lambda: {"ST1.1", "ST1.3"} <= set(shown(bench)), timeout=4000)
    assert bench.desk.known.flags["ST1.3"].startswith("!")
    assert "13912345678" not in bench.desk.known.flags["ST1.3"]
    assert "ST2.1" not in shown(bench)


def test_an_empty_filter_says_what_to_do(bench):
    bench.open(at="ST1.1")
    outline = bench.desk.outline
    for chosen, said in (("marked", "Ctrl+B"), ("mine", "单位"), ("warned", "没有待核对")):
        outline.choose_filter(chosen)
        assert outline.empty.isVisible()
        assert said in outline.empty.plain()


def test_a_question_is_found_by_the_unit_that_answers_also_one_assigned_here(bench, qtbot):
    bench.open(at="ST1.1")
    bench.session.submit("set_cells", {("ST2.2", "assignment"): {"lead": "衡川市教育局"}}, "assignment")
    bench.settle()
    bench.page.search()
    bench.desk.outline.search.setText("教育局")
    assert shown(bench) == ["ST2.2"]
    bench.desk.outline.search.setText("密码管理")
    assert len(shown(bench)) >= 1
    framework = bench.session.framework
    assert all("密码管理" in contents.haystack(framework.indicators[code]) for code in shown(bench))


def test_units_are_assigned_to_many_questions_at_once_and_given_back(bench, qtbot, tmp_path):
    bench.open(at="ST1.1")
    dialog = AssigningDialog(bench.session)
    qtbot.addWidget(dialog)
    assert not dialog.apply.isEnabled()
    dialog.seek.setText("ST1")
    dialog.table.selectAll()
    codes = dialog.codes()
    assert codes[:3] == ("ST1.1", "ST1.2", "ST1.3")
    dialog.lead.setText("市数据局")
    dialog.assisting.setText("市委办；市委编办")
    dialog.apply.click()
    bench.settle()
    sheet = bench.session.sheet
    assert sheet.cells[("ST1.2", "assignment")] == {"lead": "市数据局", "assisting": ["市委办", "市委编办"]}
    target = tmp_path / "分工.csv"
    dialog.save(target)
    dialog.table.selectAll()
    dialog.reset.click()
    bench.settle()
    assert ("ST1.2", "assignment") not in bench.session.sheet.cells
    dialog.take(target)
    bench.settle()
    assert bench.session.sheet.cells[("ST1.2", "assignment")]["lead"] == "市数据局"
    assert ("ST2.1", "assignment") not in bench.session.sheet.cells
    bench.session.undo()
    bench.settle()
    assert ("ST1.2", "assignment") not in bench.session.sheet.cells
    dialog.take(tmp_path / "没有.csv")
    assert dialog.notice.isVisibleTo(dialog)
    dialog.reject()


def test_the_side_panel_names_the_unit_that_the_document_assigns(bench, words_on):
    bench.open(at="ST1.1")
    bench.session.submit("set_cells", {("ST1.1", "assignment"): {"lead": "市数据局"}}, "assignment")
    bench.settle()
    bench.desk.side.who.toggle()
    assert "市数据局" in words_on(bench.desk.side.who)


GIVEN = {
    "ST1.1": Answer.of_level(5, ("3.1", "3.2", "3.3", "4.1", "4.2", "5.1", "5.2")),
    "ST2.2": Answer.of_ticks("AB"),
    "ME2.1": Answer.of_choice("yes"),
    "SH1.3": Answer.of_number("45", "50", source="平台"),
    "SE4.1": Answer.of_number("40", source="记录"),
    "ST4.2": Answer.no_data("没有统计"),
    "ST4.1": Answer.not_applicable("没有"),
}


@pytest.mark.parametrize("code", GIVEN)
def test_a_formal_assessment_says_nothing_of_points_while_filling(bench, words_on, code):
    bench.open(GIVEN, at=code)
    bench.settle()
    framework = bench.session.framework.indicators[code]
    told = words_on(bench.desk)
    for own in (framework.question, framework.note, *(level.words for level in framework.levels)):
        told = told.replace(own.zh, "") if own.zh else told
    if framework.number is not None:  # the counting rule is the framework's own text
        told = told.replace(framework.number.rule.zh, "").replace(framework.number.zero_denominator_words.zh, "")
    assert not POINTS.search(told), POINTS.search(told)
    if bench.card.see.isVisible():
        bench.card.toggle_examples()
        assert "得分" not in words_on(bench.card.examples)


@pytest.mark.parametrize("mode", ["self", "training"])
def test_self_assessment_and_training_show_the_effect_and_what_a_missing_mandatory_item_costs(bench, words_on, mode):
    bench.open(GIVEN, at="ST2.2", mode=mode)
    told = words_on(bench.card)
    assert "60分" in told.replace(" ", "")
    assert "缺这一项" in told
    bench.desk.go("SH1.3")
    assert bench.card.body.scale.isVisible()
    assert "得分" in words_on(bench.card)


def test_a_reason_too_short_for_the_checks_is_said_at_once_and_blocks_nothing(bench, qtbot):
    bench.open(at="ST4.1")
    bench.desk.ask_reason("na")
    reasons = bench.card.reasons
    reasons.reason.setFocus()
    qtbot.keyClicks(reasons.reason, "abc")
    assert "还差7个字" in reasons.hint.text
    assert reasons.confirm.isEnabled()
    qtbot.keyClicks(reasons.reason, "defghij")
    assert not reasons.hint.isVisible()
    reasons.confirm.click()
    assert bench.answer("ST4.1") == Answer.not_applicable("abcdefghij")


def test_examples_hold_plain_words_evidence_with_grades_and_misreadings_in_both_languages(bench, words_on):
    bench.open(at="ST1.1")
    bench.card.toggle_examples()
    told = words_on(bench.card.examples)
    for heading in ("通俗说法", "算", "不算", "好的佐证", "B 级", "常见误读"):
        assert heading in told
    words.speak("en")
    bench.page.retranslate()
    bench.desk.card.toggle_examples()
    english = words_on(bench.desk.card.examples)
    assert "Good evidence" in english
    assert "领导" not in english


def test_the_row_is_compared_with_the_one_below(bench):
    bench.open(at="ST1.1")
    rows = bench.card.body.rows
    text = rows[2].words.text
    assert [text[a:b] for a, b in rows[2].words.stressed] == ["承担，列明组长和成员单位"]
    assert rows[4].words.stressed == ()
    four = rows[4].words.text
    assert [four[a:b] for a, b in rows[4].words.faint] == ["在3级基础上，"]


def test_a_mark_a_unit_and_a_file_are_hostile_text_only(bench, words_on):
    hostile = "</script><b>=1+1</b>\n😀㙍𡐓"
    bench.open(at="ST1.1")
    cells = {
        ("ST1.1", "assignment"): {"lead": hostile, "assisting": [hostile]},
        ("ST1.1", "previous"): Answer.of_level(2).to_json(),
        ("ST1.1", "previous_note"): hostile,
    }
    bench.session.submit("set_cells", cells, "previous")
    bench.settle()
    bench.desk.side.who.toggle()
    assert "<b>=1+1</b>" in words_on(bench.desk.side)


def test_tab_goes_from_the_numerator_to_the_denominator_before_anything_else(bench, qtbot):
    from PySide6.QtWidgets import QApplication

    bench.open(at="ME4.3")
    body = bench.card.body
    body.numerator.edit.setFocus()
    qtbot.keyClicks(body.numerator.edit, "45")
    qtbot.keyClick(body.numerator.edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "50")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    given = bench.answer("ME4.3")
    assert (given.numerator, given.denominator) == ("45", "50")
    assert QApplication.focusWidget() is body.swap


@pytest.mark.parametrize("size", [(1286, 616), (683, 300)])
def test_a_whole_questionnaire_is_answered_by_key_alone(bench, qtbot, size):
    from PySide6.QtWidgets import QApplication

    bench.open(at="ST1.1", size=size)
    bench.page.window().activateWindow()
    qtbot.waitUntil(bench.page.window().isActiveWindow)

    def key(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget() or bench.page, key, held)

    for item in list(bench.session.framework.indicators.values())[:20]:
        assert bench.desk.code == item.code
        if item.kind == "number":
            qtbot.keyClicks(QApplication.focusWidget(), "45")
            key(Qt.Key.Key_Tab)
            if item.number.denominator is not None:
                qtbot.keyClicks(QApplication.focusWidget(), "50")
        else:
            key({"level": Qt.Key.Key_3, "yesno": Qt.Key.Key_Y, "multi": Qt.Key.Key_A}[item.kind])
        key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    bench.settle()
    answers = bench.session.sheet.answers()
    assert len(answers) == 20
    assert all(bench.desk.states[code] == "answered" for code in answers)


def test_before_a_table_of_who_answers_what_is_chosen_the_dialog_says_what_may_not_be_in_it(bench, monkeypatch):
    bench.open(at="ST1.1")
    dialog = AssigningDialog(bench.session)
    dialog.show()
    said: list[bool] = []

    def choose(*_args: object) -> tuple[str, str]:
        said.append(dialog.caution.isVisible())
        return "", ""

    monkeypatch.setattr("forms.questionnaire.assigning.QFileDialog.getOpenFileName", choose)
    assert not dialog.caution.isVisible()
    dialog.bring.click()
    assert said == [True]
    assert dialog.caution.isVisible()
    dialog.close()

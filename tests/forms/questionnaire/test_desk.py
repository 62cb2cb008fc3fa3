"""The desk around the question: evidence, outline, search, moving on, skips, language, sizes, and the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from assess.answers import Answer, Evidence
from forms import words
from forms.questionnaire.contents import Row
from forms.theme import theme


def shown(bench, kind="item"):
    return [row.code for row in bench.desk.outline.list.rows.rows if row.kind == kind]


def test_registered_evidence_needs_only_a_name_and_is_counted(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    assert panel.heading.aside.text() == "已登记 0／建议 4"
    assert "最高按 2 级计" in panel.hint.text
    panel.open_form()
    assert not panel.form.keep.isEnabled()
    panel.form.name.setText("成立文件")
    panel.form.number.setText("衡政法发〔2024〕18号")
    panel.form.keep.click()
    bench.settle()
    (piece,) = bench.session.sheet.evidence("ST1.1")
    assert (piece.name, piece.number) == ("成立文件", "衡政法发〔2024〕18号")
    assert panel.form is None
    assert panel.heading.aside.text() == "已登记 1／建议 4"


def test_a_suggestion_fills_the_name_and_goes_once_it_is_registered(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    suggested = panel.suggestions(panel.asked)
    panel.open_form(Evidence("", suggested[0]))
    assert panel.form.name.text() == suggested[0]
    panel.form.keep.click()
    bench.settle()
    assert suggested[0] not in panel.suggestions(panel.asked)


def test_evidence_is_changed_and_withdrawn(bench):
    bench.open(at="ST1.1")
    bench.session.submit("add_evidence", "ST1.1", Evidence("", "旧名"))
    bench.settle()
    panel = bench.desk.side.evidence
    panel.open_form(bench.session.sheet.evidence("ST1.1")[0])
    panel.form.name.setText("新名")
    panel.form.keep.click()
    bench.settle()
    (piece,) = bench.session.sheet.evidence("ST1.1")
    assert piece.name == "新名"
    panel.withdrawing.emit(piece.id)
    bench.settle()
    assert bench.session.sheet.evidence("ST1.1") == ()


def test_a_dropped_file_opens_the_form_and_is_attached(bench, tmp_path: Path):
    file = tmp_path / "会议纪要.txt"
    file.write_text("第一次全体会议", encoding="utf-8")
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    panel.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert panel.form.name.text() == "会议纪要"
    panel.form.keep.click()
    bench.settle()
    (piece,) = bench.session.sheet.evidence("ST1.1")
    assert piece.file_name == "会议纪要.txt"
    assert piece.size == len("第一次全体会议".encode())


def test_next_and_previous_pass_over_what_is_skipped(bench):
    bench.open({"ME2.1": Answer.of_choice("no")}, at="ME2.1")
    bench.desk.step(1)
    assert bench.desk.code == "ME2.4"
    bench.desk.step(-1)
    assert bench.desk.code == "ME2.1"


def test_a_skip_is_said_with_its_reason_and_undone_from_the_card_and_back(bench):
    bench.open({"ME2.1": Answer.of_choice("no")}, at="ME2.2")
    card = bench.card
    assert card.skip_line.isVisible()
    assert not card.body.isVisible()
    assert "没有治理中枢" in card.skip_line.more.text
    card.skip_line.button.click()
    bench.settle()
    assert bench.desk.states["ME2.2"] == "unanswered"
    assert bench.card.body.isVisible()
    assert bench.card.skip_line.button.text() == "恢复跳过"
    bench.card.skip_line.button.click()
    bench.settle()
    assert bench.desk.states["ME2.2"] == "skipped"


def test_skipped_questions_fold_in_the_outline_and_the_skip_is_undone_there(bench):
    bench.open({"ME2.1": Answer.of_choice("no")}, at="ME2.1")
    assert "ME2.2" not in shown(bench)
    outline = bench.desk.outline
    fold = next(row for row in outline.list.rows.rows if row.kind == "fold")
    outline.activate(fold)
    assert {"ME2.2", "ME2.3"} <= set(shown(bench))
    outline.activate(Row("lift", "ME2.2", fold.name))
    bench.settle()
    assert bench.session.sheet.flag("ME2.2", "skip_lifted")


def test_next_open_goes_round_and_ends_at_the_closing_panel(bench):
    bench.open({"ST1.1": Answer.of_level(1)}, at="TA3.3")
    bench.desk.go_open()
    assert bench.desk.code != "TA3.3"
    everything = {code: Answer.no_data() for code in bench.desk.known.items()}
    bench.session.submit("answer_many", everything)
    bench.settle()
    bench.desk.go_open()
    closing = bench.desk.closing
    assert bench.desk.stack.currentWidget() is closing
    assert closing.title.text() == "全部答完"
    closing.results.click()
    assert bench.shell.gone[-1][0] == "results"


def test_after_the_last_question_stands_what_remains(bench):
    bench.open(at="ST1.1")
    bench.desk.go(bench.desk.known.items()[-1])
    bench.desk.step(1)
    closing = bench.desk.closing
    assert closing.isVisible()
    assert closing.title.text() == "还有 69 题未答"
    closing.first.click()
    assert bench.desk.code == "ST1.1"
    assert bench.card.isVisible()


def test_search_finds_and_enter_goes_there(bench, qtbot):
    bench.open(at="ST1.1")
    assert bench.page.search()
    outline = bench.desk.outline
    outline.search.setText("按期办结")
    assert "ME4.3" in shown(bench)
    outline.search.setText("ME4.3")
    qtbot.keyClick(outline.search, Qt.Key.Key_Return)
    assert bench.desk.code == "ME4.3"
    outline.search.setText("没有这样的题")
    assert outline.empty.isVisible()
    qtbot.keyClick(outline.search, Qt.Key.Key_Escape)
    assert not outline.search.isVisible()
    assert outline.list.isVisible()


def test_progress_is_a_count_and_the_share_goes_by_weight(bench):
    bench.open({"ST1.1": Answer.of_level(3), "ST1.2": Answer.no_data()}, at="ST1.1")
    assert bench.desk.outline.done.text() == "已答 2 / 69"
    assert bench.desk.outline.weighed.text() == "按权重 3%"


def test_the_outline_says_state_and_fault_of_an_item_in_words(bench):
    bench.open({"ME4.3": Answer.of_number("5", "4"), "ST1.1": Answer.of_level(2)}, at="ME4.3")
    model = bench.desk.outline.list.rows
    assert "未答" in model.words(model.rows[model.find("ME4.3")])
    assert bench.desk.outline.flags["ME4.3"].startswith("!")


def test_switching_the_language_keeps_the_place_and_what_was_typed(bench):
    bench.open(at="ME4.3")
    bench.desk.side.note.setPlainText("抽查 120 件")
    words.speak("en")
    bench.page.retranslate()
    bench.settle()
    assert bench.desk.code == "ME4.3"
    assert bench.session.sheet.text("ME4.3") == "抽查 120 件"
    assert bench.desk.side.note.toPlainText() == "抽查 120 件"
    assert bench.card.question.text.startswith("In the last 12 months")


def test_notes_are_saved_on_a_pause_and_on_going_on(bench, qtbot):
    bench.open(at="ST1.1")
    bench.desk.side.note.setPlainText("待归档")
    qtbot.waitUntil(lambda: bench.session.sheet.text("ST1.1") == "待归档", timeout=3000)
    bench.desk.side.note.setPlainText("已归档")
    bench.desk.step(1)
    bench.settle()
    assert bench.session.sheet.text("ST1.1") == "已归档"
    assert bench.session.sheet.text("ST1.2") == ""
    assert bench.desk.side.note.toPlainText() == ""


def test_history_tells_who_set_what(bench):
    bench.open(at="ST1.1")
    bench.session.submit("answer", "ST1.1", Answer.of_level(2))
    bench.settle()
    side = bench.desk.side
    side.past.toggle()
    bench.settle()
    told = [side.past.column.itemAt(at).widget().text for at in range(side.past.column.count())]
    assert any(line.startswith("自评：2 级") for line in told)
    assert side.last.text.startswith("填报于")


def test_a_value_of_the_review_is_said_above_the_rows(bench):
    bench.open({"ST1.1": Answer.of_level(4)}, at="ST1.1")
    bench.session.introduce("王芳", "市委政法委", "", "reviewer")
    bench.session.submit("answer", "ST1.1", Answer.of_level(3), "review")
    bench.settle()
    assert "复核" in bench.card.remark_line.bold.text


def test_narrow_pages_keep_the_outline_in_a_drawer_and_evidence_on_a_sheet(bench):
    bench.open(at="ST1.1", size=(800, 500))
    desk = bench.desk
    assert not desk.outline.isVisible()
    assert not desk.side.isVisible()
    desk.toggle_outline()
    assert desk.outline.isVisible()
    desk.go("ST1.2")
    assert not desk.outline.isVisible()
    desk.toggle_side()
    assert desk.side.isVisible()
    assert bench.page.outline_button.text() == "目录 0/69"


def test_at_two_hundred_percent_nothing_scrolls_sideways(bench):
    bench.open(at="ST1.1", size=(683, 292))
    for code in ("ST1.1", "ME4.3", "ST2.2", "ME2.1", "SH3.1"):
        bench.desk.go(code)
        bench.settle()
        assert bench.card.minimumSizeHint().width() <= 671, code
        assert bench.card.width() <= 683, code
    assert bench.desk.bottom.more.isVisible()
    assert not bench.desk.bottom.na.isVisible()


def test_a_document_of_one_item_and_one_of_none(bench):
    bench.open(scope=("ST1.1",), at="ST1.1")
    assert bench.desk.known.items() == ["ST1.1"]
    assert not bench.desk.bottom.back.isEnabled()
    bench.desk.step(1)
    assert bench.desk.closing.isVisible()


def test_a_document_that_asks_nothing_says_so(bench):
    bench.open(scope=("gone",))
    assert bench.desk.closing.title.text() == "本文件没有要填的题。"


def test_hostile_texts_are_shown_as_they_are(bench, words_on):
    bench.open(at="ST1.1")
    nasty = "</script><b>粗</b>=1+1 😀 㙍𡐓\n第二行"
    bench.session.submit("add_evidence", "ST1.1", Evidence("", nasty))
    bench.session.submit("answer", "ST1.1", Answer.no_data(nasty))
    bench.settle()
    assert nasty in words_on(bench.desk.side)
    assert bench.card.reasons.reason.toPlainText() == nasty


def test_examples_open_under_the_answer(bench, words_on):
    bench.open(at="ME4.3")
    bench.card.see.click()
    text = words_on(bench.card)
    assert "常见误读" in text
    assert "算例" in text
    assert "10672÷11600" in text
    bench.card.see.click()
    assert "算例" not in words_on(bench.card)


def test_every_control_of_the_desk_has_an_accessible_name(bench):
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

    for code in ("ST1.1", "ME4.3", "ST2.2", "ME2.1", "SH3.1"):
        bench.open(at=code) if not hasattr(bench, "page") else bench.desk.go(code)
        bench.settle()
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
            for control in bench.desk.findChildren(kind):
                if control.isVisibleTo(bench.desk) and not control.objectName().startswith("_q_"):
                    named = control.accessibleName() or getattr(control, "text", lambda: "")()
                    if type(control).__name__ != "QToolButton":
                        assert named, (code, control)


def test_a_piece_half_written_is_saved_when_the_question_is_left(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    panel.open_form()
    panel.form.name.setText("成立文件")
    bench.desk.step(1)
    bench.settle()
    assert [piece.name for piece in bench.session.sheet.evidence("ST1.1")] == ["成立文件"]
    assert bench.session.sheet.evidence("ST1.2") == ()


def test_cancelled_evidence_leaves_nothing(bench):
    bench.open(at="ST1.1")
    panel = bench.desk.side.evidence
    panel.open_form()
    panel.form.name.setText("成立文件")
    panel.form.cancel.click()
    bench.desk.step(1)
    bench.settle()
    assert bench.session.sheet.evidence("ST1.1") == ()


def test_a_read_only_document_says_who_may_change_it_and_takes_nothing(bench, qtbot):
    bench.open({"ST1.1": Answer.of_level(2)}, at="ST1.1")
    path = bench.session.path
    bench.page.leave()
    bench.session.close()
    bench.session.open(path, read_only=True)
    bench.session.wait()
    bench.page.enter("ST1.1")
    bench.settle()
    assert not bench.card.lock_line.isVisible()  # the window says it, once
    assert bench.session.read_only_reason is not None
    qtbot.keyClick(bench.card, "4")
    bench.card.body.rows[4].click()
    bench.settle()
    assert bench.session.sheet.answer("ST1.1") == Answer.of_level(2)
    assert bench.desk.side.note.isReadOnly()
    assert not bench.desk.bottom.na.isEnabled()
    assert bench.desk.bottom.na.toolTip()


def test_what_cannot_be_saved_is_not_shown_as_chosen(bench, qtbot, monkeypatch):
    from assess.language import say
    from assess.problems import Problem

    bench.open({"ST1.1": Answer.of_level(2)}, at="ST1.1")

    def full(*_args, **_more):
        raise Problem("store.full", say("The disk is full."))

    monkeypatch.setattr(type(bench.session._assessment), "answer", full)
    qtbot.keyClick(bench.card, "5")
    bench.settle()
    assert [n for n, row in bench.card.body.rows.items() if row.isChecked()] == [2]


def test_opening_another_document_starts_at_its_first_open_question(bench, tmp_path):
    from assess.answers import Profile
    from assess.framework.read import builtin

    bench.open({"ST1.1": Answer.of_level(2)}, at="TA1.1")
    bench.page.leave()
    bench.session.create(tmp_path / "b.zhd", builtin(), Profile("临川区", tier="县", unit_kind="district"))
    bench.session.wait()
    bench.page.enter()
    bench.settle()
    assert bench.desk.code == "ST1.1"
    assert "区委" in bench.card.body.rows[3].words.text
    assert "ME2.1" not in bench.desk.known.items()


def test_tab_goes_from_the_answer_to_the_bottom_bar_the_side_and_the_outline(bench, qtbot):
    from forms.widgets.tab_order import stops

    bench.open({"ST1.1": Answer.of_level(4, ("3.1", "3.2", "4.1", "4.2"))}, at="ST1.1")
    rows = bench.card.body.rows
    answer = stops(bench.desk.stack)
    assert answer[0] is rows[4]
    assert answer[1] is rows[4].ticks["4.1"]
    assert rows[4].ticks["3.3"] in answer
    bar = stops(bench.desk.bottom, flat=True)
    assert [button.accessibleName() for button in bar] == ["不适用…", "暂无数据…", "下一道未答题", "下一题"]
    assert bench.desk.side.note in stops(bench.desk.side)
    assert bench.desk.outline.list in stops(bench.desk.outline)


def test_what_is_still_being_typed_is_written_when_the_document_is_closed(bench):
    bench.open(at="ST1.1")
    path = bench.session.path
    bench.desk.side.note.setPlainText("写到一半")
    bench.session.close()
    bench.session.open(path)
    bench.session.wait()
    assert bench.session.sheet.text("ST1.1") == "写到一半"


def test_the_keys_of_the_page_work_while_a_field_has_the_focus(bench, qtbot):
    bench.open(at="ME4.3")
    edit = bench.card.body.numerator.edit
    edit.setFocus()
    ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(edit, Qt.Key.Key_E, ctrl)
    assert bench.desk.side.evidence.form is not None
    bench.desk.side.evidence.form.cancel.click()
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_M, ctrl)
    assert bench.page.focusWidget() is bench.desk.side.note
    qtbot.keyClick(bench.desk.side.note, Qt.Key.Key_Right, alt)
    assert bench.desk.code == "ME4.4"
    qtbot.keyClick(bench.card.entry(), Qt.Key.Key_Left, alt)
    assert bench.desk.code == "ME4.3"
    qtbot.keyClick(bench.card.body.numerator.edit, Qt.Key.Key_Return, ctrl)
    assert bench.desk.code == "ME4.4"
    qtbot.keyClick(bench.card.entry(), Qt.Key.Key_D, alt)
    assert bench.card.reasons.isVisible()


def test_a_thousand_items_are_one_list(qtbot):
    from dataclasses import replace

    from assess.framework.read import builtin
    from assess.language import Words
    from forms.questionnaire.outline import Outline

    words.speak("zh")
    source = builtin()
    codes = [f"X{at // 100}.{at % 100}" for at in range(1000)]
    item, node = source.indicators["ST1.1"], source.nodes["total"]
    groups = {f"X{at}": replace(node, code=f"X{at}", name=Words(f"第{at}组"), children=()) for at in range(10)}
    for key in groups:
        groups[key] = replace(groups[key], children=tuple(code for code in codes if code.startswith(f"{key}.")))
    framework = replace(
        source,
        nodes={"total": replace(node, children=tuple(groups)), **groups},
        indicators={code: replace(item, code=code, name=Words("名称" * 40)) for code in codes},
        skip_rules=(),
    )
    outline = Outline()
    qtbot.addWidget(outline)
    outline.resize(256, 600)
    outline.show()
    outline.show_document(framework, dict.fromkeys(codes, "unanswered"), {}, {}, 0.0)
    outline.choose_filter("open")
    assert outline.list.rows.rowCount() == 1010
    outline.show_current("X7.42")
    assert outline.list.current_row().code == "X7.42"
    assert outline.done.text() == "已答 0 / 1000"


def test_a_document_answered_not_applicable_throughout_is_complete(bench):
    bench.open(at="ST1.1")
    bench.session.submit(
        "answer_many", {code: Answer.not_applicable("没有这项工作") for code in bench.desk.known.items()}
    )
    bench.settle()
    assert bench.desk.outline.done.text() == "已答 69 / 69"
    bench.desk.go_open()
    assert bench.desk.closing.title.text() == "全部答完"


def test_a_skipped_answer_is_shown_as_set_aside(bench):
    bench.open({"ME2.1": Answer.of_choice("no"), "ME2.2": Answer.of_number("3", "4")}, at="ME2.2")
    assert "75.0 %（3 ÷ 4）" in bench.card.skip_line.more.text


def test_a_reason_written_counts_also_when_the_question_is_left_without_the_button(bench, qtbot):
    page = bench.open(at="ST1.3")
    page.desk.ask_reason("nd")
    bench.card.reasons.reason.setPlainText("统计口径未定")
    page.desk.step(1)
    answer = bench.answer("ST1.3")
    assert answer is not None
    assert (answer.kind, answer.reason) == ("nd", "统计口径未定")
    page.desk.ask_reason("nd")
    bench.card.reasons.reason.setPlainText("想了想，还是作答")
    bench.card.answer_instead()
    page.desk.step(1)
    assert bench.answer("ST2.1") is None


def test_escape_from_the_evidence_form_returns_to_the_row_it_was_opened_from(bench, qtbot):
    page = bench.open(at="ST2.2")
    row = page.desk.card.body.entry()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = page.desk.side.evidence.form
    assert form is not None
    assert form.name.hasFocus()
    qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    assert row.hasFocus()


def test_undoing_a_reason_puts_the_focus_on_the_answer(bench, qtbot):
    page = bench.open(at="ST1.3")
    page.desk.ask_reason("na")
    bench.card.reasons.reason.setPlainText("本市没有这类部门")
    bench.card.reasons.give()
    bench.settle()
    bench.card.reasons.leave.setFocus()
    bench.session.undo()
    bench.settle()
    assert bench.card.body.isVisibleTo(bench.card)
    assert bench.card.body.isAncestorOf(QApplication.focusWidget())


def test_nothing_in_the_evidence_form_is_cut(bench):
    page = bench.open(at="ST2.4")
    page.desk.register()
    bench.qtbot.wait(30)
    form = page.desk.side.evidence.form
    assert form is not None
    for part in (form.standing, form.attached):
        assert part.height() >= part.heightForWidth(part.width())
    assert form.width() <= page.desk.side.viewport().width()


def test_in_training_the_explanation_of_a_chosen_level_comes_into_sight(bench, qtbot):
    page = bench.open(at="ST1.1", mode="training")
    qtbot.keyClick(page.desk.card.entry(), Qt.Key.Key_4)
    bench.settle()
    qtbot.wait(50)
    because = bench.card.because
    assert because is not None
    paper = page.desk.paper.viewport()
    bottom = because.mapTo(paper, because.rect().bottomLeft()).y()
    assert because.height() > 100
    assert bottom <= paper.height()


def test_under_the_last_line_of_a_question_nothing_is_left_to_scroll(bench, qtbot):
    page = bench.open(at="ST1.1", mode="training")
    qtbot.keyClick(page.desk.card.entry(), Qt.Key.Key_4)
    bench.settle()
    qtbot.wait(50)
    body = page.desk.paper.body
    assert body.height() == max(body.heightForWidth(body.width()), page.desk.paper.viewport().height())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_head_of_the_outline_is_not_cut(bench, language):
    words.speak(language)
    page = bench.open({"ST1.1": Answer.of_level(3)})
    outline = page.desk.outline
    for label in (outline.done, outline.weighed):
        assert label.width() >= label.sizeHint().width()


def test_a_search_ends_when_the_question_shown_is_none_of_its_hits(bench):
    page = bench.open(at="ST1.1")
    outline = page.desk.outline
    outline.open_search()
    outline.search.setText("ST1")
    page.desk.go("ST1.2")
    assert outline.search.text() == "ST1"
    page.desk.go("ME2.1")
    assert outline.search.text() == ""
    assert "ME2.1" in shown(bench)


@pytest.mark.parametrize(("scale", "width"), [(1.0, 920), (1.0, 1286), (1.15, 1274), (1.3, 1262)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_larger_text_leaves_the_question_its_width_and_the_bottom_bar_its_words(bench, qtbot, scale, width, language):
    words.speak(language)
    theme().choose("light", scale)
    page = bench.open({"ST2.2": Answer.of_ticks(("A", "C"))}, at="ST2.2", size=(width, 616))
    qtbot.wait(40)
    desk = page.desk
    assert desk.outline.isVisible()
    assert desk.side.isVisible() == (scale == 1.0 and width > 1200)
    assert desk.bottom.proof.isVisible() != desk.side.isVisible()
    bar = desk.bottom
    for button in (bar.back, bar.na, bar.nd, bar.jump, bar.forward):
        assert button.isHidden() or button.width() >= button.sizeHint().width(), button.text()
    assert bar.more.isHidden() == bar.na.isVisible()
    page.resize(1800, 616)
    qtbot.wait(40)
    assert desk.side.isVisible()


@pytest.mark.parametrize(("code", "costs"), [("ME2.1", True), ("SE4.2", False)])
def test_the_cost_of_missing_evidence_is_said_only_where_there_is_one(bench, code: str, costs: bool):
    bench.open(at=code)
    said = bench.desk.side.evidence.hint.text
    assert ("按“暂无数据”处理" in said) is costs
    assert "还没有登记" in said

"""The results page says the total, the stage and why, follows every answer, and survives whatever a document holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from assess.answers import Answer, Sheet
from assess.framework.model import Framework
from assess.framework.read import builtin, from_sources
from forms import words
from forms.results.number import Number
from forms.results.page import ResultsPage
from forms.results.why_row import WhyRow
from forms.session import Session
from forms.widgets.chart import TableDialog
from tests.forms.results.made import CITY, EGOV, Shell, change, city, egov, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.speak("zh")
    yield
    words.speak("zh")


def shown(qtbot: Any, sheet: Sheet, framework: Any = None, width: int = 1286) -> ResultsPage:
    page = ResultsPage(put(Session(), sheet, framework), Shell())
    qtbot.addWidget(page)
    page.resize(width, 616)
    page.retranslate()
    page.fit("wide" if width >= 900 else "tiny")
    page.enter()
    page.show()
    return page


def texts(widget: QWidget) -> str:
    """Everything visible, as read aloud."""
    QCoreApplication.processEvents()
    labels = [one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    numbers = [one.text() for one in widget.findChildren(Number) if one.isVisible()]
    return "\n".join([*labels, *numbers])


def test_the_total_and_the_stage_stand_at_the_top_with_the_sentence_that_explains_them(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3, weak={"TA": 1}))
    scores = page.scores
    assert scores is not None
    assert scores.score_stage is not None
    assert scores.score_stage.level == 3
    assert page.total.total.text() == f"{scores.shown:.1f}"
    assert page.total.chip.level == 2
    assert "分数达到规范级" in page.total.sentence.plain()
    assert "认定为起步级" in page.total.sentence.plain()


def test_failed_gates_are_named_with_the_value_found_and_lead_to_the_reason(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3, weak={"TA": 1}))
    assert page.scores is not None
    talent = page.scores.nodes["TA"].score
    number = next(n for n in page.gates.findChildren(Number) if n.code == "TA")
    assert number.text() == f"人才 {talent:.1f}"
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
    assert page.why.isVisible()
    assert page.why.heading.text() == f"为什么是 {talent:.1f}"


def test_the_lines_of_the_sum_add_up_to_the_number_asked_about(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3, weak={"TA": 1}))
    page.ask("total")
    rows = [row for row in page.why.findChildren(WhyRow) if row.code in ("ST", "ME", "SH", "SE", "TA")]
    assert [row.code for row in rows] == ["ST", "ME", "SH", "SE", "TA"]
    assert page.scores is not None
    assert sum(float(row.text()) for row in rows) == pytest.approx(page.scores.base, abs=0.25)


def test_enter_descends_to_the_answer_and_backspace_comes_back(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3, weak={"TA": 1}))
    page.ask("TA")
    row = next(row for row in page.why.findChildren(WhyRow) if row.code == "TA1")
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert page.why.code == "TA1"
    qtbot.keyClick(next(r for r in page.why.findChildren(WhyRow) if r.code == "TA1.3"), Qt.Key.Key_Return)
    assert page.why.code == "TA1.3"
    assert "会议纪要" in texts(page.why)
    assert page.why.go.isVisible()
    qtbot.keyClick(page.why.go, Qt.Key.Key_Backspace)
    assert page.why.code == "TA1"
    qtbot.keyClick(page.why.findChildren(WhyRow)[0], Qt.Key.Key_Backspace)
    assert page.why.code == "TA"


def test_ctrl_c_puts_the_whole_trace_on_the_clipboard(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3))
    page.ask("ST1.1")
    qtbot.keyClick(page.why.go, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("总分")
    assert "ST1.1" in copied
    assert "会议纪要" in copied


def test_the_question_behind_a_number_is_one_press_away(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3))
    page.ask("ST1.1")
    page.why.go.click()
    assert page.shell.went == [("questionnaire", "ST1.1")]  # type: ignore[attr-defined]


def test_escape_closes_the_reason_and_gives_the_focus_back(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3))
    page.total.total.setFocus()
    qtbot.keyClick(page.total.total, Qt.Key.Key_Return)
    assert page.why.isVisible()
    qtbot.keyClick(page.why.findChildren(WhyRow)[0], Qt.Key.Key_Escape)
    assert page.why.isHidden()
    assert page.focusWidget() is page.total.total


def test_arrows_walk_from_number_to_number(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3))
    page.total.total.setFocus()
    qtbot.keyClick(page.total.total, Qt.Key.Key_Down)
    second = page.focusWidget()
    assert isinstance(second, Number)
    assert second is not page.total.total
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert page.focusWidget() is page.total.total


def test_every_answer_moves_the_page_at_once_and_the_open_reason_with_it(qtbot: Any) -> None:
    sheet = city(level=3)
    page = shown(qtbot, sheet)
    page.ask("ST1.1")
    before = page.total.total.text()
    change(page.session, sheet.with_cells({("ST1.1", "self"): Answer.of_level(0).to_json()}))
    assert page.total.total.text() != before
    assert page.why.heading.text() == "为什么是 0.0"


def test_nothing_answered_says_what_to_do(qtbot: Any) -> None:
    page = shown(qtbot, Sheet.of(CITY))
    assert page.empty.plain() == "还没有作答。答完任一维度即可看到该维度得分。"
    assert not page.body.isVisible()
    assert not page.report.isEnabled()
    assert page.begin.isVisible()
    assert page.begin.text() == "填报"


def test_an_incomplete_sheet_carries_the_word_provisional_and_both_coverages(qtbot: Any) -> None:
    sheet = city(level=3)
    open_items = {(code, "self"): None for code in list(sheet.answers())[40:50]}
    page = shown(qtbot, sheet.with_cells(open_items))
    assert page.total.tag.text() == "暂"
    assert "已答 59/69 题" in page.head_row.context.text()
    assert "按权重覆盖" in page.head_row.context.text()


def test_a_part_of_the_items_has_no_total_and_says_so(qtbot: Any) -> None:
    part = replace(CITY, scope=("ST1.1", "ST1.2", "ME1.1"))
    page = shown(qtbot, Sheet.of(part, {"ST1.1": Answer.of_level(3)}))
    assert page.total.total.text() == "—"
    assert "只含部分题目" in page.total.sentence.plain()


def test_practice_shows_no_stage_and_carries_a_watermark(qtbot: Any) -> None:
    page = shown(qtbot, city(replace(CITY, mode="training"), level=3))
    assert not page.total.yard.isVisible()
    assert not page.gates.isVisible()
    assert page._watermark.words == "练习"
    assert "不认定等级" in page.total.sentence.plain()


def test_a_self_assessment_is_for_reference(qtbot: Any) -> None:
    page = shown(qtbot, city(replace(CITY, mode="self"), level=5))
    assert page.total.chip.level == 4
    assert "参考" in page.total.held_label.text()


def test_a_red_line_that_caps_the_stage_is_the_first_row(qtbot: Any) -> None:
    sheet = city(level=4).with_cells({("@redline", "R4"): {"state": "confirmed", "reason": "省级通报"}})
    page = shown(qtbot, sheet)
    first = page.gates.rows.itemAt(1).widget()
    assert first is not None
    assert "红线" in first.accessibleName()
    assert "红线封顶" in page.total.sentence.plain()


def test_a_red_line_awaiting_confirmation_is_listed_without_effect(qtbot: Any) -> None:
    sheet = city(level=4).with_cells({("@redline", "R4"): {"state": "raised", "reason": "省级通报"}})
    page = shown(qtbot, sheet)
    assert page.awaiting.isVisible()
    assert "待确认" in page.awaiting.accessibleName()
    assert page.total.chip.level == 4 or "红线" not in page.total.sentence.plain()


def test_the_columns_can_be_looked_at_one_by_one(qtbot: Any) -> None:
    sheet = city(level=3).with_cells({("ST1.1", "review"): Answer.of_level(1).to_json()})
    page = shown(qtbot, sheet)
    as_held = page.scores.score_of("ST1.1") if page.scores else None
    page.segments._pick("self")
    assert as_held == 20.0
    assert page.scores is not None
    assert page.scores.score_of("ST1.1") == 60.0


def test_a_framework_without_stages_and_dimensions_shows_points(qtbot: Any) -> None:
    framework = egov()
    good = {code: Answer.of_choice("yes") for code in framework.indicators}
    page = shown(qtbot, Sheet.of(replace(CITY, sample=False), good), framework)
    assert page.total.total.text() == "10.25"
    assert not page.total.yard.isVisible()
    assert not page.middle.radar.isVisible()
    assert "10.25" in page.total.sentence.plain()
    page.ask("total")
    assert len(page.why.findChildren(WhyRow)) >= 14


def test_all_items_not_applicable_is_no_total_but_no_fault(qtbot: Any) -> None:
    framework = builtin()
    sheet = Sheet.of(CITY, {code: Answer.not_applicable("无此业务") for code in framework.indicators})
    approved = {(code, "na_approved"): True for code in framework.indicators}
    page = shown(qtbot, sheet.with_cells(approved))
    assert page.scores is not None
    page.ask("total")
    assert page.why.isVisible()


def test_hostile_names_stay_text(qtbot: Any) -> None:
    name = "</script><b>=1+1</b>\n😀㙍𡐓"
    sheet = city(replace(CITY, unit=name), level=3)
    page = shown(
        qtbot,
        sheet.with_cells(
            {
                ("ST1.1", "evidence/a1"): {"name": name},
                ("@bonus", "1"): {"item": "B1", "matter": name, "document": name},
            }
        ),
    )
    page.ask("ST1.1")
    assert "<b>=1+1</b>" in texts(page.why)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_charts_describe_themselves_and_open_as_tables(qtbot: Any, language: str) -> None:
    words.speak(language)
    page = shown(qtbot, city(level=3, weak={"TA": 1}))
    for chart in (page.middle.radar, page.middle.chart):
        assert chart.accessibleDescription()
        heads, rows = chart.table()
        assert len(rows) == 5
        assert all(len(row) == len(heads) for row in rows)
    qtbot.keyClick(page.middle.chart, Qt.Key.Key_T)
    dialog = page.middle.chart.findChild(TableDialog)
    assert isinstance(dialog, TableDialog)
    assert dialog.isVisible()
    dialog.copy()
    assert QGuiApplication.clipboard().text().count("\n") == 4
    dialog.close()


def test_two_hundred_percent_puts_everything_in_one_column_and_the_reason_on_a_sheet(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3), width=603)
    assert page.area.isVisible()
    assert page.body.width() <= 603
    assert page.middle.mapTo(page, page.middle.rect().topLeft()).y() > page.gates.mapTo(page, page.gates.pos()).y()
    page.ask("ST")
    assert page.why.isVisible()
    assert not page.area.isVisible()


def test_the_weights_and_contributions_of_the_bars_add_up(qtbot: Any) -> None:
    page = shown(qtbot, city(level=3, weak={"SE": 5}))
    rows = page.middle.chart._bars.rows
    assert sum(row.weight for row in rows) == pytest.approx(1)
    assert page.scores is not None
    assert sum(row.contribution or 0 for row in rows) == pytest.approx(page.scores.base)


def many(count: int) -> Framework:
    """The e-government framework with other items: yes or no, all alike."""
    head = (EGOV / "framework.toml").read_text(encoding="utf-8").split("[[indicator]]")[0]
    items = "".join(
        f'\n[[indicator]]\ncode = "i{place}"\nweight = 1\nname.en = "Item {place} <b>"\nname.zh = "事项{place}"\n'
        f'question.en = "Is it so?"\nquestion.zh = "有没有？"\n'
        for place in range(count)
    )
    return from_sources({"framework.toml": head.replace("maximum = 10.25", f"maximum = {count}") + items})


@pytest.mark.parametrize("count", [1, 1000])
def test_one_item_and_a_thousand_items_are_shown(qtbot: Any, count: int) -> None:
    framework = many(count)
    sheet = Sheet.of(replace(CITY, sample=False), {code: Answer.of_choice("yes") for code in framework.indicators})
    page = shown(qtbot, sheet, framework)
    assert page.total.total.text() == f"{count}.00"
    assert len(page.middle.chart._bars.rows) == min(count, 24)
    assert page.middle.hidden.isVisible() == (count > 24)
    page.ask("total")
    assert len(page.why.findChildren(WhyRow)) == min(count, 60)
    assert page.why.text().count("\n") >= count


def test_without_a_total_the_bars_show_the_weights_as_given_and_no_contributions(qtbot: Any) -> None:
    sheet = city(level=3)
    page = shown(qtbot, sheet.with_cells({(code, "self"): None for code in sheet.answers() if code[:2] != "ST"}))
    rows = page.middle.chart._bars.rows
    assert [row.weight for row in rows] == [0.2, 0.25, 0.25, 0.15, 0.15]
    assert all(row.contribution is None for row in rows)


def test_the_legend_calls_a_county_a_unit_and_a_city_a_city(qtbot: Any) -> None:
    for tier, words_for in (("市", "本市"), ("县", "本单位")):
        sheet = city(level=3)
        framework = builtin()
        profile = replace(sheet.profile, tier=tier, unit_kind="district" if tier == "县" else "")
        page = shown(qtbot, replace(sheet, profile=profile), framework)
        assert words_for in page.middle.legend.accessibleName()

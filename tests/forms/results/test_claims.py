"""Bonus, deductions, red lines, consent and the mark of the review are entered beside the results and act at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from assess.answers import Answer, Profile
from assess.assessment import Author
from assess.framework.read import builtin
from assess.framework.tiers import tailored
from forms import words
from forms.results.claims.part import Part
from forms.results.page import ResultsPage
from forms.session import Session
from tests.forms.results.made import Shell, answered, city, egov, put

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
HOSTILE = "<b>=1+1</b></script>🎈㙍𡐓"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.speak("zh")
    yield
    words.speak("zh")


@pytest.fixture
def opened(qtbot: Any, tmp_path: Path) -> Iterator[Callable[..., ResultsPage]]:
    """The page on a document on disk, every item answered about as well as level 3, with its sheet open."""
    session = Session(now=lambda: NOW)

    def make(role: str = "filler", answers: dict[str, Answer] | None = None, **fields: Any) -> ResultsPage:
        session.who = ("王建国", "政法委", "", role)
        profile = Profile(**{"unit": "示例·衡川市", "base_date": "2026-06-30", "mode": "formal", **fields})
        own = tailored(builtin(), profile)
        session.create(tmp_path / f"{profile.tier}.zhd", builtin(), profile)
        session.wait()
        session.submit("answer_many", {**answered(own, 3), **(answers or {})})
        session.wait()
        page = ResultsPage(session, Shell())
        qtbot.addWidget(page)
        page.resize(1286, 616)
        page.retranslate()
        page.fit("wide")
        page.show()
        page.enter()
        page.open_claims()
        qtbot.waitExposed(page)
        return page

    yield make
    session.shut_down()


def settle(page: ResultsPage) -> None:
    page.session.wait()
    QCoreApplication.processEvents()


def press(page: ResultsPage, part: Part, key: str, act: str) -> None:
    row = part.row(key)
    assert row is not None
    row.buttons[act].click()
    settle(page)


def only(part: Part) -> str:
    """The key of the one entry of a part."""
    (key,) = part._rows
    return key


def add_bonus(page: ResultsPage, matter: str = "试点", paper: str = "省发〔2025〕3号", item: str = "B1") -> None:
    part = page.claims.bonus
    part.add.click()
    part.item.choose(item)
    part.matter.put(matter)
    part.paper.put(paper)
    part.form.keep.click()
    settle(page)


def add_deduction(page: ResultsPage, matter: str = "通报", points: str = "2", line: str = "") -> None:
    part = page.claims.deductions
    part.add.click()
    part.matter.put(matter)
    part.points.choose(points)
    part.line.choose(line)
    part.form.keep.click()
    settle(page)


def raise_line(page: ResultsPage, line: str, act: str, reason: str = "核查发现") -> None:
    press(page, page.claims.lines, line, act)
    page.claims.lines.reason.put(reason)
    page.claims.lines.form.keep.click()
    settle(page)


def spoken(widget: QWidget) -> str:
    return "\n".join(one.accessibleName() for one in widget.findChildren(QWidget) if one.isVisible())


# ------------------------------------------------------------------ bonus
def test_a_bonus_raises_the_shown_total_at_once_and_undo_takes_it_back(opened: Any) -> None:
    page = opened()
    before = page.scores.shown
    add_bonus(page)
    assert page.scores.shown == pytest.approx(before + 1)
    assert page.total.total.text() == f"{before + 1:.1f}"
    assert "还可加 2 分" in page.claims.bonus.heading.aside.text()
    page.session.undo()
    settle(page)
    assert page.scores.shown == pytest.approx(before)
    assert page.claims.bonus._rows == {}


def test_a_bonus_without_a_document_is_listed_with_the_reason_it_does_not_count(opened: Any) -> None:
    page = opened()
    add_bonus(page, HOSTILE, "")
    row = page.claims.bonus.row(only(page.claims.bonus))
    assert row.entry.title == HOSTILE
    assert row.entry.tag == "不计入"
    assert "没有文件证明" in spoken(row)
    assert page.scores.bonus == 0


def test_a_bonus_is_changed_and_withdrawn_in_place(opened: Any) -> None:
    page = opened()
    add_bonus(page, "旧名称")
    part = page.claims.bonus
    press(page, part, only(part), "change")
    assert part.matter.text() == "旧名称"
    part.matter.put("新名称")
    part.form.keep.click()
    settle(page)
    assert part.row(only(part)).entry.title == "新名称"
    press(page, part, only(part), "withdraw")
    assert part._rows == {}
    assert page.scores.bonus == 0


def test_nothing_is_entered_without_a_matter(opened: Any) -> None:
    page = opened()
    part = page.claims.bonus
    part.add.click()
    part.matter.put("   ")
    part.form.keep.click()
    settle(page)
    assert part.form.isVisible()
    assert part.matter.below.plain() == "请写明事项。"
    assert page.session.sheet.items("@bonus") == {}


# ------------------------------------------------------------------ deductions
def test_a_deduction_waits_for_a_reviewer_and_only_a_reviewer_can_confirm_it(opened: Any) -> None:
    page = opened()
    graded = page.scores.graded
    add_deduction(page)
    part = page.claims.deductions
    row = part.row(only(part))
    assert row.entry.tag == "待确认"
    assert not row.buttons["confirm"].isEnabled()
    assert "复核人" in row.buttons["confirm"].toolTip()
    assert page.scores.graded == graded
    page.session.introduce("李明", "市委督查室", "", "reviewer")
    settle(page)
    press(page, part, only(part), "confirm")
    assert page.scores.graded == pytest.approx(graded - 2)
    assert part.row(only(part)).entry.tag == "−2.0"


def test_a_confirmed_deduction_can_no_longer_be_withdrawn_by_who_fills_in(opened: Any) -> None:
    page = opened("reviewer")
    add_deduction(page)
    part = page.claims.deductions
    press(page, part, only(part), "confirm")
    page.session.introduce("王建国", "政法委", "", "filler")
    settle(page)
    buttons = part.row(only(part)).buttons
    assert not any(button.isEnabled() for button in buttons.values())


def test_a_matter_that_set_off_a_red_line_is_not_deducted_again(opened: Any) -> None:
    page = opened("reviewer")
    raise_line(page, "R4", "raise")
    raise_line(page, "R4", "confirm")
    add_deduction(page, line="R4")
    part = page.claims.deductions
    press(page, part, only(part), "confirm")
    assert page.scores.deductions == 0
    assert "R4" in spoken(part.row(only(part)))


# ------------------------------------------------------------------ red lines
def test_a_red_line_is_raised_confirmed_and_cleared_and_the_gates_follow(opened: Any) -> None:
    page = opened("reviewer")
    lines = page.claims.lines
    assert lines.row("R2").entry.tag == "未触发"
    raise_line(page, "R2", "raise", "佐证与原件不符")
    assert lines.row("R2").entry.tag == "待确认"
    assert page.awaiting.isVisible()
    assert page.scores.gated_stage is not None
    press(page, lines, "R2", "confirm")
    assert lines.reason.text() == "佐证与原件不符"
    lines.form.keep.click()
    settle(page)
    assert lines.row("R2").entry.tag == "已生效"
    assert page.scores.gated_stage is None
    assert "复核认定佐证造假" in spoken(page.gates)
    raise_line(page, "R2", "clear", "复查无误")
    assert lines.row("R2").entry.tag == "已解除"
    assert page.scores.gated_stage is not None


def test_who_fills_in_raises_a_red_line_and_leaves_the_rest_to_the_review(opened: Any) -> None:
    page = opened()
    raise_line(page, "R1", "raise")
    buttons = page.claims.lines.row("R1").buttons
    assert not buttons["confirm"].isEnabled()
    assert not buttons["clear"].isEnabled()


def test_a_red_line_needs_a_reason(opened: Any) -> None:
    page = opened()
    raise_line(page, "R1", "raise", "  ")
    assert page.claims.lines.reason.below.plain() == "红线须写明理由。"
    assert page.session.sheet.items("@redline") == {}


def test_secret_content_suspends_at_once_after_a_warning_and_a_reviewer_clears_it(opened: Any) -> None:
    page = opened()
    page.close_claims()
    page.enter("@redline/R3")
    lines = page.claims.lines
    assert lines.warning.isVisible()
    assert "不计分、不导出" in lines.warning.accessibleName()
    lines.reason.put("备注里有不宜填报的内容")
    lines.form.keep.click()
    settle(page)
    assert page.scores.suspended
    assert page.total.total.text() == "—"
    assert page.claims.suspended.isVisible()
    assert not lines.row("R3").buttons["clear"].isEnabled()
    page.session.introduce("李明", "保密办", "", "reviewer")
    settle(page)
    raise_line(page, "R3", "clear", "已处置")
    assert not page.scores.suspended


def test_a_missing_answer_that_acts_as_a_red_line_leads_to_its_question(opened: Any) -> None:
    page = opened("reviewer", {"SE4.2": Answer("nd", reason="没有数据")})
    row = page.claims.lines.row("R1")
    assert row.entry.tag == "已生效"
    press(page, page.claims.lines, "R1", "question")
    assert page.shell.went == [("questionnaire", "SE4.2")]


# ------------------------------------------------------------------ consent and the mark of the review
def test_not_applicable_is_agreed_to_and_refused(opened: Any) -> None:
    page = opened("reviewer", {"SH4.3": Answer("na", reason="没有这项职能"), "TA1.2": Answer("na")})
    part = page.claims.consent
    assert part.row("SH4.3").entry.tag == "待同意"
    assert not part.row("TA1.2").buttons["agree"].isEnabled()
    press(page, part, "SH4.3", "agree")
    assert page.scores.items["SH4.3"].state == "na"
    assert part.row("SH4.3").entry.tag == "已同意"
    press(page, part, "SH4.3", "refuse")
    assert page.scores.items["SH4.3"].state == "nd"
    assert part.row("SH4.3").entry.tag == "不同意"


def test_self_assessments_need_no_consent(opened: Any) -> None:
    page = opened("reviewer", {"SH4.3": Answer("na", reason="没有这项职能")}, mode="self")
    assert not page.claims.consent.isVisible()


def test_the_mark_of_the_review_warns_is_set_and_lapses_with_the_next_change(opened: Any) -> None:
    page = opened("reviewer")
    part = page.claims.review
    assert "ST1.1" in spoken(part)
    press(page, part, "reviewed", "mark")
    assert page.session.sheet.status == "reviewed"
    assert "王建国，2026-07-22" in spoken(part)
    assert page.head_row.context.text().startswith("已复核")
    add_bonus(page)
    assert page.session.sheet.status == "draft"
    assert part.row("reviewed").entry.title == "尚未复核"


# ------------------------------------------------------------------ where there is little or nothing
def test_a_framework_without_any_of_it_shows_nothing(qtbot: Any) -> None:
    from assess.answers import Sheet

    framework = egov()
    sheet = Sheet.of(Profile("甲市", base_date="2026-06-30", mode=next(iter(framework.modes))), {})
    page = ResultsPage(put(Session(), sheet, framework), Shell())
    qtbot.addWidget(page)
    page.show()
    page.retranslate()
    page.enter("@redline/R3")
    assert not page.claims_button.isVisible()
    assert page.claims.isHidden()


def test_a_township_has_the_red_line_of_secret_content_and_no_points(opened: Any) -> None:
    page = opened(tier="乡")
    assert list(page.claims.lines._rows) == ["R3"]
    for part in (page.claims.bonus, page.claims.deductions, page.claims.review):
        assert not part.isVisible()


def test_a_document_open_for_reading_shows_everything_and_changes_nothing(qtbot: Any, opened: Any) -> None:
    page = opened("reviewer", {"SH4.3": Answer("na", reason="没有这项职能")})
    add_bonus(page)
    path = page.session.path
    page.session.close()
    page.session.open(path, read_only=True)
    page.session.wait()
    page.enter()
    page.open_claims()
    assert page.claims.locked.isVisible()
    for part in page.claims.parts():
        for row in part._rows.values():
            assert not any(button.isEnabled() for key, button in row.buttons.items() if key != "question")
        assert not part.add.isVisible() or not part.add.isEnabled()


# ------------------------------------------------------------------ keyboard and names
def test_escape_closes_the_form_then_the_sheet_and_the_focus_goes_back(qtbot: Any, opened: Any) -> None:
    page = opened()
    part = page.claims.bonus
    part.add.setFocus()
    qtbot.keyClick(part.add, Qt.Key.Key_Return)
    assert part.form.isVisible()
    qtbot.keyClick(part.matter.line, Qt.Key.Key_Escape)
    assert part.form.isHidden()
    assert page.focusWidget() is part.add
    qtbot.keyClick(part.add, Qt.Key.Key_Escape)
    assert page.claims.isHidden()
    assert page.focusWidget() is page.claims_button


def test_enter_in_the_last_field_enters_the_bonus(qtbot: Any, opened: Any) -> None:
    page = opened()
    part = page.claims.bonus
    part.add.click()
    qtbot.keyClicks(part.matter.line, "pilot")
    qtbot.keyClicks(part.paper.line, "no. 3")
    qtbot.keyClick(part.paper.line, Qt.Key.Key_Return)
    settle(page)
    assert page.scores.bonus == 1
    assert page.focusWidget() is part.add


def test_what_is_being_typed_stays_while_the_document_changes(opened: Any) -> None:
    page = opened()
    part = page.claims.bonus
    part.add.click()
    part.matter.put("写了一半")
    page.session.submit("answer", "ST1.1", Answer.of_level(4))
    settle(page)
    assert part.form.isVisible()
    assert part.matter.text() == "写了一半"


def test_every_button_has_a_name_that_says_what_it_is_about(opened: Any) -> None:
    page = opened("reviewer", {"SH4.3": Answer("na", reason="没有这项职能")})
    add_bonus(page)
    names = [one.accessibleName() for one in page.claims.findChildren(QPushButton) if one.isVisible()]
    assert all(names)
    rows = [name for name in names if "R1" in name or "SH4.3" in name]
    assert len(rows) >= 4
    assert len(set(names)) == len(names)


def test_undo_follows_the_person_who_works_now(opened: Any) -> None:
    page = opened()
    add_bonus(page)
    assert page.session.undoable is not None
    page.session.introduce("李明", "复核办", "", "reviewer")
    settle(page)
    assert page.session.author_role == "reviewer"
    assert page.session.undoable is None
    page.session.introduce("王建国", "政法委", "", "filler")
    settle(page)
    page.session.undo()
    settle(page)
    assert page.session.sheet.items("@bonus") == {}


def test_the_sheet_and_the_reason_never_stand_beside_each_other(opened: Any) -> None:
    page = opened()
    page.ask("total")
    assert page.claims.isHidden()
    page.open_claims()
    assert page.why.isHidden()


def test_a_document_without_scores_of_its_own_is_left_alone(qtbot: Any) -> None:
    page = ResultsPage(put(Session(Author()), city()), Shell())
    qtbot.addWidget(page)
    page.show()
    page.retranslate()
    page.enter()
    page.session.state = None
    page.open_claims()
    assert page.claims.isHidden()


def test_the_panel_of_points_says_which_claims_count(opened: Any) -> None:
    page = opened()
    add_bonus(page, "有文件")
    add_bonus(page, "没有文件", "")
    add_deduction(page, "一件通报")
    told = spoken(page.points)
    assert "加分：有文件 1.0" in told
    assert "加分：没有文件 不计入" in told
    assert "扣分：一件通报 待确认" in told

"""The shared widgets: reachable by keyboard, named for screen readers, safe with any text, whole at any width."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QVBoxLayout, QWidget

from assess.framework.stage_rules import Stage
from assess.language import Words, say
from assess.problems import Problem
from forms import words
from forms.theme import theme
from forms.widgets import ring
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button, KeyButton, icon_button
from forms.widgets.check import Check
from forms.widgets.chip import Chip
from forms.widgets.choices import Choices
from forms.widgets.field import Field
from forms.widgets.labels import Elided, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import Scroll
from forms.widgets.saved import SavedMark
from forms.widgets.segments import Segments
from forms.widgets.steelyard import Steelyard, _spread

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
HOSTILE = "</script><b>=1+1</b> 😀㙍𡐓 & \"'\n第二行"
STAGES = tuple(
    Stage(level, Words(zh, en), low, high, Words())
    for level, (zh, en, low, high) in enumerate(
        [
            ("初始级", "Initial", 0, 30),
            ("起步级", "Starting", 30, 50),
            ("规范级", "Standardised", 50, 70),
            ("协同级", "Collaborative", 70, 85),
            ("智治级", "Smart governance", 85, 100),
        ],
        1,
    )
)


@pytest.fixture(autouse=True)
def dressed(qtbot: Any) -> None:
    words.speak("zh")
    theme().choose("light", 1.0)


def test_running_text_shows_markup_as_characters(qtbot: Any) -> None:
    text = Text(HOSTILE)
    qtbot.addWidget(text)
    assert "&lt;/script&gt;" in text.text()
    assert text.plain() == HOSTILE
    assert text.accessibleName() == HOSTILE


def test_an_elided_line_keeps_the_whole_text_as_tool_tip_and_name(qtbot: Any) -> None:
    line = Elided("很长的单位名称" * 20)
    qtbot.addWidget(line)
    line.resize(120, 24)
    line.show()
    assert line.toolTip() == line.text() == line.accessibleName()
    line.setText("短")
    assert line.toolTip() == ""


def test_a_disabled_button_gives_its_reason(qtbot: Any) -> None:
    button = Button("报送", "primary")
    qtbot.addWidget(button)
    button.refuse("还有 3 项必须处理")
    assert not button.isEnabled()
    assert button.toolTip() == "还有 3 项必须处理"
    button.refuse("")
    assert button.isEnabled()


def test_buttons_are_as_wide_as_their_words_and_at_least_32_high(qtbot: Any) -> None:
    for text in ("好", "A much longer label than any official would write"):
        button = Button(text, icon="plus")
        qtbot.addWidget(button)
        assert button.sizeHint().width() > button.fontMetrics().horizontalAdvance(text)
        assert button.sizeHint().height() >= 32
    keyed = KeyButton("查找指标", "Ctrl+F", small=True)
    qtbot.addWidget(keyed)
    wide = keyed.sizeHint().width()
    keyed.short(True)
    assert keyed.sizeHint().width() < wide
    assert keyed.accessibleName() == "查找指标"
    assert icon_button("close", "关闭").accessibleName() == "关闭"


def test_segments_are_one_stop_for_tab_and_arrows_choose(qtbot: Any) -> None:
    segments = Segments("筛选")
    qtbot.addWidget(segments)
    segments.offer([("all", "全部"), ("open", "未答 12"), ("key", "关键 10")])
    segments.show()
    segments.activateWindow()
    qtbot.waitUntil(segments.isActiveWindow)
    heard: list[str] = []
    segments.chosen.connect(heard.append)
    segments.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert heard == ["open", "key"]
    tabbed = [one for one in segments.findChildren(QPushButton) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one.text() for one in tabbed] == ["关键 10"]
    segments.offer([("all", "All"), ("open", "Open 12"), ("key", "Key 10")])
    assert segments.key == "key"
    assert heard == ["open", "key"]


def test_choices_choose_with_arrows_and_grow_with_their_text(qtbot: Any) -> None:
    choices = Choices("评估方式")
    qtbot.addWidget(choices)
    choices.offer([("a", "正式评估", "作答须有佐证。" * 12), ("b", "自评", "")])
    choices.resize(300, 300)
    choices.show()
    choices.activateWindow()
    qtbot.waitUntil(choices.isActiveWindow)
    heard: list[str] = []
    choices.chosen.connect(heard.append)
    choices.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert heard == ["b"]
    first = choices._rows["a"]
    assert first.heightForWidth(240) > first.heightForWidth(900)


def test_a_check_box_toggles_by_space_and_by_a_click_on_its_words(qtbot: Any) -> None:
    check = Check("由市委主要负责同志任组长（或双组长）" * 3)
    qtbot.addWidget(check)
    check.resize(260, check.heightForWidth(260))
    check.show()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=check.rect().center())
    assert not check.isChecked()
    assert check.heightForWidth(160) > check.heightForWidth(600) >= 32


def test_a_field_tells_what_is_wrong_below_and_to_a_screen_reader(qtbot: Any) -> None:
    field = Field("办结件数", unit="件", number=True, hint="按全年计")
    qtbot.addWidget(field)
    assert field.line.accessibleName() == "办结件数 件"
    field.complain("不能大于申请总数 1,140")
    assert field.frame.property("state") == "error"
    assert field.below.plain() == "不能大于申请总数 1,140"
    assert field.line.accessibleDescription() == "不能大于申请总数 1,140"
    field.complain("")
    assert field.below.plain() == "按全年计"
    field.lock(True)
    assert field.frame.property("state") == "readonly"
    left: list[str] = []
    field.settled.connect(left.append)
    field.lock(False)
    field.put("12")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert left == ["12"]


def test_a_notice_says_a_problem_and_runs_its_action(qtbot: Any) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    ran: list[bool] = []
    problem = Problem("x.y", say("{name} is damaged.", name=HOSTILE), say("Restore the backup."))
    notice.problem(problem, action="恢复", run=lambda: ran.append(True))
    assert HOSTILE in notice.text.plain()
    notice.link.click()
    assert ran == [True]


@given(st.integers(-5, 200), st.integers(-5, 200))
def test_a_bar_is_never_fuller_than_full(done: int, total: int) -> None:
    bar = Bar()
    bar.set(done, total)
    assert 0 <= bar.share() <= 1


def test_the_saved_mark_stays_red_through_the_next_attempt(qtbot: Any) -> None:
    mark = SavedMark()
    qtbot.addWidget(mark)
    mark.show()
    mark.set("failed")
    mark.set("saving")
    assert mark.state == "failed"
    assert mark.button.isVisible()
    mark.set("saved")
    assert not mark.button.isVisible()


def test_a_chip_says_its_level(qtbot: Any) -> None:
    chip = Chip(3)
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "3 级"
    chip.set(None)
    assert chip.accessibleName() == ""


# ---------------------------------------------------------------- steelyard
def test_the_steelyard_says_total_and_stages_in_words(qtbot: Any) -> None:
    beam = Steelyard()
    qtbot.addWidget(beam)
    beam.weigh(53.6, STAGES, held=2, reached=3)
    assert beam.accessibleDescription() == "总分 53.6，认定等级：起步级，得分等级：规范级"
    beam.weigh(None, STAGES)
    assert beam.accessibleDescription() == "尚无总分"


def test_arrows_step_over_the_marks_of_the_steelyard_from_low_to_high(qtbot: Any) -> None:
    beam = Steelyard()
    qtbot.addWidget(beam)
    beam.resize(326, 102)
    beam.show()
    beam.weigh(53.6, STAGES, held=2, reached=3)
    heard = []
    for _press in range(4):
        qtbot.keyClick(beam, Qt.Key.Key_Right)
        heard.append(beam.accessibleDescription())
    assert heard == ["初始级：0 分起", "起步级：30 分起", "规范级：50 分起", "总分 53.6"]


@pytest.mark.parametrize("score", [None, 0.0, 29.999, 50.0, 100.0, 10.25])
@pytest.mark.parametrize("width", [240, 326, 900])
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_steelyard_can_be_drawn_at_any_width_with_any_score(
    qtbot: Any, score: float | None, width: int, name: str
) -> None:
    theme().choose(name)
    beam = Steelyard()
    qtbot.addWidget(beam)
    beam.resize(width, 102)
    beam.weigh(score, STAGES if score != 10.25 else (), held=None if score is None else 3, reached=4, maximum=100)
    assert not beam.grab().isNull()


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(10, 50)), min_size=1, max_size=5))
def test_labels_under_the_beam_never_lie_on_one_another(labels: list[tuple[float, float]]) -> None:
    middles = sorted(middle for middle, _width in labels)
    widths = [width for _middle, width in labels]
    lefts = _spread(middles, widths, 326.0, 6.0)
    for place in range(len(lefts) - 1):
        assert lefts[place] + widths[place] <= lefts[place + 1] + 1e-6
    assert lefts[-1] + widths[-1] <= 326 + 1e-6


# ---------------------------------------------------------------- the ring
def rings(window: QWidget) -> QRect | None:
    QApplication.processEvents()
    QApplication.processEvents()
    found = [one for one in window.findChildren(ring.FocusRing) if one.isVisible()]
    return found[0].geometry() if found else None


def test_the_ring_goes_round_what_has_the_focus_and_follows_it(qtbot: Any) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    ring.install(app)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, second, field = Button("一"), Button("二"), Field("名称")
    for widget in (first, second, field):
        column.addWidget(widget)
    window.resize(300, 240)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    assert rings(window) == first.geometry().adjusted(-4, -4, 4, 4)
    second.setFocus()
    assert rings(window) == second.geometry().adjusted(-4, -4, 4, 4)
    field.setFocus()
    frame = QRect(field.frame.mapTo(window, field.frame.rect().topLeft()), field.frame.size())
    assert rings(window) == frame.adjusted(-4, -4, 4, 4)
    second.hide()
    field.setFocus()
    window.resize(400, 300)
    frame = QRect(field.frame.mapTo(window, field.frame.rect().topLeft()), field.frame.size())
    qtbot.waitUntil(
        lambda: (
            rings(window)
            == QRect(field.frame.mapTo(window, field.frame.rect().topLeft()), field.frame.size()).adjusted(-4, -4, 4, 4)
        )
    )


def test_the_ring_is_drawn_inside_rows_and_cut_off_with_what_is_scrolled_away(qtbot: Any) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    ring.install(app)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    rows = QListWidget()
    rows.addItems(["甲", "乙", "丙"])
    rows.setCurrentRow(1)
    area = Scroll()
    buttons = [Button(str(number)) for number in range(30)]
    for button in buttons:
        area.column.addWidget(button)
    column.addWidget(rows)
    column.addWidget(area)
    window.resize(300, 300)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rows.setFocus()
    around = rings(window)
    assert around is not None
    assert rows.geometry().contains(around)
    buttons[0].setFocus()
    assert rings(window) is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: rings(window) is None)


def test_the_ring_survives_the_window_it_was_in(qtbot: Any) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    ring.install(app)
    for _time in range(2):
        window = QWidget()
        button = Button("好", parent=window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        button.setFocus()
        assert rings(window) is not None
        window.deleteLater()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    ring.refresh()


def test_a_painted_ring_is_ink_and_not_the_color_of_a_state(qtbot: Any) -> None:
    made = ring.FocusRing()
    qtbot.addWidget(made)
    made.resize(60, 40)
    image: QImage = made.grab().toImage()
    middle_of_edge = image.pixelColor(30, 1)
    assert middle_of_edge == theme().color("focus")

"""Keying paper sheets: digits alone, one sheet after the other, every one saved at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assess.grassroots import sheets
from assess.grassroots.form import form

VILLAGE = "312450312443" + "12\r"  # twelve felt answers, a number, Enter


@pytest.fixture
def town(bench):
    bench.open(at="@keying", tier="乡", unit="青石镇")
    return bench


@pytest.fixture
def village(town):
    town.desk.choose_tier("村")
    return town


class Clerk:
    """Hands on the number block: every key goes where the focus is, and is counted."""

    def __init__(self, bench):
        self.bench, self.pressed = bench, 0

    def type(self, signs):
        for sign in signs:
            at = QApplication.focusWidget()
            assert at is not None
            if sign == "\r":
                QTest.keyClick(at, Qt.Key.Key_Return)
            elif sign == "\b":
                QTest.keyClick(at, Qt.Key.Key_Backspace)
            else:
                QTest.keyClick(at, sign)
            self.pressed += 1

    def held(self):
        self.bench.settle()
        return sheets.filled(self.bench.session.sheet)


@pytest.fixture
def clerk(village, qtbot):
    village.page.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is village.desk.head.number, timeout=2000)
    return Clerk(village)


def test_twenty_sheets_of_a_village_take_sixteen_keys_each_and_no_mouse(clerk, village):
    for _sheet in range(20):
        clerk.type("\r" + VILLAGE)
    held = clerk.held()
    assert [one.number for one in held] == list(range(1, 21))
    assert clerk.pressed == 20 * (1 + 12 + 3)
    assert all(len(one.answers) == 13 and one.tier == "村" for one in held)
    assert village.desk.head.title.context.text() == "20份"
    codes = [question.code for question in form(village.session.whole_framework, "村").questions]
    assert held[7].answers[codes[0]] == 3
    assert held[7].answers[codes[11]] == 3
    assert held[7].answers[codes[12]] == "12"


def test_each_sheet_is_saved_when_its_last_answer_is_keyed(clerk, village):
    clerk.type("\r" + VILLAGE)
    assert len(clerk.held()) == 1
    assert village.session.undoable is not None
    village.session.undo()
    assert clerk.held() == ()


def test_a_digit_that_cannot_be_is_refused_at_once_and_the_place_stays(clerk, village, words_on):
    clerk.type("\r37")
    assert village.desk.keying.at == 1
    assert village.desk.notice.isVisible()
    assert "第2题：没有“7”这个答案" in words_on(village.desk)
    clerk.type("4")
    assert village.desk.keying.at == 2
    assert not village.desk.notice.isVisible()


def test_backspace_goes_back_and_the_digit_is_keyed_anew(clerk, village):
    clerk.type("\r35\b\b4")
    first, second = (question.code for question in village.desk.form.questions[:2])
    assert village.desk.keying.given == {first: 4, second: 5}
    assert village.desk.keying.at == 1
    clerk.type("\r")
    assert village.desk.keying.given[second] == 5
    assert village.desk.keying.at == 2


def test_a_number_keyed_already_is_warned_of_and_a_second_enter_corrects_it(clerk, village, words_on):
    clerk.type("\r" + VILLAGE)
    clerk.held()
    clerk.type("1\r")
    assert village.desk.keying is None
    assert "表村 0001已经录过" in words_on(village.desk)
    clerk.type("\r5")
    assert village.desk.keying.number == 1
    assert village.desk.keying.given[village.desk.form.questions[1].code] == 1
    held = clerk.held()
    assert len(held) == 1
    assert held[0].answers[village.desk.form.questions[0].code] == 5


def test_the_last_sheet_is_corrected_from_the_list(clerk, village):
    clerk.type("\r" + VILLAGE)
    clerk.held()
    village.desk.correct_last()
    assert village.desk.keying.number == 1
    clerk.type("0")
    (one,) = clerk.held()
    assert one.answers[village.desk.form.questions[0].code] == 0
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert village.desk.head.number.text() == "2"
    clerk.type("\r" + VILLAGE)
    assert [each.number for each in clerk.held()] == [1, 2]


def test_a_second_keying_tells_what_differs_and_marks_what_agrees(clerk, village, words_on):
    clerk.type("\r" + VILLAGE)
    clerk.held()
    village.desk.head.check.setChecked(True)
    clerk.type("\r4")
    assert "第1题：上一遍录的是3，这一遍是4" in words_on(village.desk)
    assert village.desk.keying.at == 0
    clerk.type("3" + VILLAGE[1:])
    (one,) = clerk.held()
    assert one.checked
    assert one.answers[village.desk.form.questions[0].code] == 3


def test_what_is_interrupted_goes_on_later(clerk, village):
    clerk.type("\r3124")
    village.page.leave()
    village.settle()
    village.page.rebuild()
    assert village.desk.keying.number == 1
    assert village.desk.keying.at == 4
    village.desk.take_focus()
    clerk.type(VILLAGE[4:])
    assert len(clerk.held()) == 1
    assert village.session.sheet.cells.get(("@sheet_draft", "keying")) is None


def test_nine_and_enter_leave_a_question_open(clerk, village):
    clerk.type("\r9\r" + VILLAGE[2:])
    (one,) = clerk.held()
    assert len(one.answers) == 11


def test_a_village_keeps_no_name(clerk, village):
    village.desk.head.place.setText("青石村")
    clerk.type("\r" + VILLAGE)
    assert clerk.held()[0].place == ""
    assert "青石村" not in str(dict(village.session.sheet.cells))


def test_a_township_keeps_its_place_for_the_next_sheet(town, qtbot):
    desk = town.desk
    town.page.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.head.number, timeout=2000)
    clerk = Clerk(town)
    desk.head.place.setText("㙍𐡓 =1+1</script>")
    for _sheet in range(2):
        clerk.type("\r" + "3" * 29 + "125\r" + "12\r")
    held = clerk.held()
    assert [one.place for one in held] == ["㙍𐡓 =1+1</script>"] * 2
    assert held[0].answers["ST4.1"] == ("A", "B", "E")
    assert clerk.pressed == 2 * (1 + 29 + 4 + 3)


def test_a_table_is_read_and_bad_rows_are_named(town, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("表号,地点,ME2.5,SH3.3\n1,青石镇,3,12\n2,白水镇,8,1\n", "utf-8")
    town.desk.files.read_table(path)
    town.settle()
    held = sheets.filled(town.session.sheet)
    assert [(one.number, one.place, one.way) for one in held] == [(1, "青石镇", "table")]
    assert town.shell.told[-1][0] == "warning"


def test_sheets_are_printed_with_running_numbers(town, tmp_path):
    town.desk.files.write_paper(tmp_path / "p.pdf", 2, 5)
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert town.shell.told[-1][0] == "success"


def test_stopping_returns_to_the_questions(town):
    town.desk.leave()
    assert type(town.desk).__name__ == "Township"


def test_undo_passes_through_the_number_to_the_sheets(clerk, village):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    clerk.type("1")
    control = Qt.KeyboardModifier.ControlModifier
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Qt.Key.Key_Z, control, "z")
        QApplication.sendEvent(village.desk.head.number, event)
        assert not event.isAccepted()

"""The review page in a real window: keys alone from received to ruled, refusals in place, blindness, filters, sizes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from assess import rights
from assess.answers import Answer, Evidence, Profile
from assess.framework.read import builtin
from assess.review import steps
from assess.samples.cities import cities
from forms import app, words
from forms.questionnaire.card import Card
from forms.review.batch_dialog import BatchDialog
from forms.review.page import ReviewPage
from forms.review.sampling_dialog import SamplingDialog
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.theme import theme
from forms.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
CITY = next(city for city in cities() if "衡川" in city.profile.unit)
ZHANG = ("张三", "市大数据局", "科员", "filler")
LI = ("李四", "复核一组", "组长", "reviewer")
WANG = ("王五", "复核二组", "", "second_reviewer")
KEY = Qt.Key
SIZES = {"wide": (1366, 696), "narrow": (900, 640), "tiny": (683, 348)}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("forms.start.desk.documents", lambda: tmp_path)
    words.speak("zh")
    yield
    words.speak("zh")
    theme().choose("light", 1.0)


@pytest.fixture
def session(qtbot: Any) -> Iterator[Session]:
    made = Session(now=lambda: NOW)
    yield made
    made.shut_down()


@pytest.fixture
def window(qtbot: Any, session: Session) -> Iterator[Window]:
    app.dress(app.application(), Settings(theme="light"))
    made = Window(session, Settings(theme="light"), RecentList())
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    session.close()


def opened(
    window: Window,
    tmp_path: Path,
    cells: dict[tuple[str, str], Any] | None = None,
    who: tuple[str, str, str, str] = LI,
    profile: Profile = CITY.profile,
) -> ReviewPage:
    """The review page over a document, with somebody at work."""
    session = window.session
    held = {cell: value for cell, value in CITY.cells.items() if cell[1] not in ("review", "third_party")}
    session.create(tmp_path / "衡川市.zhd", builtin(), profile, cells=held if cells is None else cells)
    session.wait()
    session.introduce(*who)
    session.wait()
    assert window.go("review")
    page = window.page
    assert isinstance(page, ReviewPage)
    settle(session)
    return page


def settle(session: Session) -> None:
    session.wait()
    for _ in range(3):
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(qtbot: Any, page: ReviewPage, *keys: Any) -> None:
    """Keys to whatever has the focus, as a person presses them."""
    for key in keys:
        target = QApplication.focusWidget() or page
        if isinstance(key, tuple):
            qtbot.keyClick(target, key[0], key[1])
        elif isinstance(key, str):
            qtbot.keyClicks(target, key)
        else:
            qtbot.keyClick(target, key)
        settle(page.session)


def state(page: ReviewPage, code: str) -> str:
    return rights.state(page.session.sheet.cells, code)


def write(page: ReviewPage, text: str) -> None:
    """Chinese comes from an input method, not from keys."""
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    field.insertPlainText(text)


LEVELS = [code for code, item in builtin().indicators.items() if item.kind == "level" and (code, "self") in CITY.cells]
SUBMIT = (KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_ten_rows_are_reviewed_by_keys_alone_with_a_return_an_objection_and_a_ruling(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    session, grid = page.session, page.grid
    assert QApplication.focusWidget() is grid
    done: list[str] = []
    while len(done) < 8:
        code, row = grid.code, grid.row
        if row.own is not None and row.own.kind == "level":
            press(qtbot, page, str(row.own.level), KEY.Key_Return)
            assert state(page, code) == "accepted"
            done.append(code)
            assert grid.code != code  # Enter goes on to the next row
        else:
            press(qtbot, page, KEY.Key_Down)
    # the ninth is sent back, with a reason and a day
    while grid.row.own is None or grid.row.own.kind != "level":
        press(qtbot, page, KEY.Key_Down)
    back = grid.code
    press(qtbot, page, "b")
    write(page, "佐证只有新闻通稿")
    press(qtbot, page, SUBMIT)
    assert state(page, back) == "returned"
    assert page.table.count("returned") == 1
    # the tenth differs by two: refused in place until an opinion is written
    while grid.row.own is None or grid.row.own.kind != "level" or grid.row.own.level < 3:
        press(qtbot, page, KEY.Key_Down)
    apart = grid.code
    press(qtbot, page, "1", KEY.Key_Return)
    assert state(page, apart) == "under_review"
    assert page.side.problem.isVisible()
    assert QApplication.focusWidget() is page.side.opinion
    write(page, "抽查三个乡镇未见")
    press(qtbot, page, SUBMIT)
    assert state(page, apart) == "accepted"
    assert session.sheet.text(apart, "opinion") == "抽查三个乡镇未见"
    # the unit objects to one of them
    session.introduce(*ZHANG)
    settle(session)
    grid.choose(apart)
    grid.setFocus()
    press(qtbot, page, "s")
    write(page, "复核时没有调取会议记录")
    press(qtbot, page, SUBMIT)
    assert state(page, apart) == "objection"
    # and the reviewing office rules
    session.introduce(*LI)
    settle(session)
    grid.choose(apart)
    grid.setFocus()
    press(qtbot, page, KEY.Key_Return)
    write(page, "调取后属实，维持")
    press(qtbot, page, SUBMIT)
    assert state(page, apart) == "ruled"
    told = session.sheet.cells[apart, "step"]
    assert (told["by"], told["unit"], told["reason"]) == ("李四", "复核一组", "调取后属实，维持")
    assert page.table.done == 9


def test_a_digit_gives_the_level_and_the_score_follows_at_once(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    code = LEVELS[0]
    page.grid.choose(code)
    press(qtbot, page, "2")
    assert page.session.sheet.answer(code, "review") == Answer.of_level(2)
    assert page.session.scores.items[code].column == "review"
    assert page.grid.rows.words(page.grid.row, "taken") == "2"


def test_what_differs_by_two_is_marked_in_words_and_found_by_a_key(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    high = next(code for code in LEVELS[3:] if CITY.cells[code, "self"]["level"] >= 3)
    page.grid.choose(high)
    press(qtbot, page, "1")
    model = page.grid.rows
    own = CITY.cells[high, "self"]["level"]
    assert model.words(page.grid.row, "apart") == f"差 {own - 1} ▼"
    assert model.words(page.grid.row, "state") == "重点核查"
    assert model.words(page.grid.row, "third") == "—"
    press(qtbot, page, KEY.Key_Home, (KEY.Key_Down, Qt.KeyboardModifier.ControlModifier))
    assert page.grid.code == high
    assert page.side.notice.isVisible()


def test_numbers_checklists_and_yes_no_are_reviewed_in_the_panel(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    page.grid.choose("ST2.3")
    value = page.side.value
    for field, text in zip(value.fields, ("３0", "100"), strict=True):
        field.put(text)
    value.fields[-1].settled.emit("100")
    settle(page.session)
    given = page.session.sheet.answer("ST2.3", "review")
    assert (given.numerator, given.denominator) == ("30", "100")
    page.grid.choose("ST2.2")
    page.side.value.boxes["A"].click()
    settle(page.session)
    assert page.session.sheet.answer("ST2.2", "review") == Answer.of_ticks("A")
    page.grid.choose("ME2.1")
    page.grid.setFocus()
    press(qtbot, page, "0")
    assert page.session.sheet.answer("ME2.1", "review") == Answer.of_choice("no")
    press(qtbot, page, "=")
    assert page.session.sheet.answer("ME2.1", "review") == page.session.sheet.answer("ME2.1")


def test_a_number_that_cannot_be_is_refused_at_its_field(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    page.grid.choose("ST2.3")
    value = page.side.value
    for field, text in zip(value.fields, ("120", "100"), strict=True):
        field.put(text)
    value.fields[-1].settled.emit("100")
    settle(page.session)
    assert page.session.sheet.answer("ST2.3", "review") is None
    assert value.fields[-1].below.plain()


def test_those_who_fill_in_are_told_so_and_change_nothing(qtbot, window, tmp_path):
    page = opened(window, tmp_path, who=ZHANG)
    asked: list[bool] = []
    page.session.author_wanted.disconnect()
    page.session.author_wanted.connect(lambda: asked.append(True))
    page.grid.choose(LEVELS[0])
    before = dict(page.session.sheet.cells)
    press(qtbot, page, "3", KEY.Key_Return, "=")
    assert dict(page.session.sheet.cells) == before
    assert page.side.problem.isVisible()
    assert "复核人" in page.side.problem.text.plain()
    page.side.problem.link.click()
    assert asked
    assert not page.head_part.accept.isEnabled()
    assert page.head_part.accept.toolTip()


def test_a_person_without_a_name_is_asked_for_one(qtbot, window, tmp_path):
    page = opened(window, tmp_path, who=("", "", "", "reviewer"))
    page.grid.choose(LEVELS[0])
    press(qtbot, page, "=", KEY.Key_Return)
    assert state(page, LEVELS[0]) == "under_review"
    assert "署名" in page.side.problem.text.plain()
    assert page.side.problem.link.isVisible()


def test_the_first_reviewers_face_never_gets_the_second_value_before_both_are_done(qtbot, window, tmp_path):
    page = opened(window, tmp_path, who=WANG)
    code = LEVELS[0]
    page.grid.choose(code)
    press(qtbot, page, "0")
    page.session.submit("set_cells", {(code, "opinion_2"): "二核密语"}, "review")
    settle(page.session)
    assert page.grid.row.second == Answer.of_level(0)
    page.session.introduce(*LI)
    settle(page.session)
    page.grid.choose(code)
    heard: list[Any] = []
    page.session.ask("history", code, then=heard.extend)
    settle(page.session)
    assert (code, "review_2") not in page.session.sheet.cells
    assert not [event for event in heard if event.column in rights.BLIND]
    assert "second" not in page.grid.rows.columns
    assert page.grid.row.second is None
    window.go("questionnaire", code)
    settle(page.session)
    assert "二核密语" not in " ".join(label.text() for label in window.findChildren(type(page.side.name)))
    window.go("review", code)
    press(qtbot, page, "4")
    assert page.session.sheet.answer(code, "review_2") == Answer.of_level(0)
    assert "second" in page.grid.rows.columns
    assert page.grid.row.second_apart.levels == -4


def test_the_second_reviewer_sees_no_first_value_before_giving_one(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    code = LEVELS[0]
    page.grid.choose(code)
    press(qtbot, page, "1")
    page.session.introduce(*WANG)
    settle(page.session)
    page.grid.choose(code)
    assert page.grid.rows.words(page.grid.row, "review") == "盲"
    assert page.grid.row.review is None
    assert "1级" not in page.side.review_head.plain()
    press(qtbot, page, "4")
    assert page.grid.rows.words(page.grid.row, "review") == "1"


def test_a_settled_item_is_read_only_in_the_questionnaire_and_says_who_may_change_it(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    code = LEVELS[0]
    page.grid.choose(code)
    press(qtbot, page, "=", KEY.Key_Return)
    page.session.introduce(*ZHANG)
    settle(page.session)
    window.go("questionnaire", code)
    settle(page.session)
    card = window.page.findChild(Card)
    assert "李四" in words.show(card.standing.locked)
    assert card.lock_line.isVisible()
    assert card.body.locked
    refused: list[Any] = []
    page.session.submit("answer", code, Answer.of_level(5), failed=refused.append)
    settle(page.session)
    assert refused[0].code == "review.locked"


def test_nothing_has_come_back_yet_is_said(qtbot, window, tmp_path):
    page = opened(window, tmp_path, {}, profile=Profile("甲市", year=2026))
    assert page.nothing.isVisible()
    assert page.nothing.plain() == "自评还没有交回，暂无可复核的题。"
    assert not page.side.isVisible()
    assert not page.head_part.accept.isEnabled()


def test_the_filters_show_what_they_count_and_units_narrow_them(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    page.grid.choose(LEVELS[0])
    press(qtbot, page, "=", KEY.Key_Return)
    for key in ("open", "differences", "returned", "sample", "objections", "all"):
        page.head_part.segments.choose(key)
        page.head_part.segments.chosen.emit(key)
        assert page.grid.rows.rowCount() == page.table.count(key)
    page.head_part.units.setCurrentIndex(1)
    unit = page.head_part.units.itemData(1)
    assert {row.unit.to("zh") for row in page.grid.rows.rows} == {unit}


def dialog(kind: type[QDialog]) -> Any:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_a_batch_is_previewed_taken_in_one_step_and_undone_in_one(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    before = dict(page.session.sheet.cells)
    page.head_part.accept.click()
    asked = dialog(BatchDialog)
    assert not asked.go.isEnabled()  # no review value is given yet, and nothing is taken over unasked
    asked.taking.setChecked(True)
    count = len(asked.batch.codes)
    assert count > 30
    assert str(count) in asked.go.text()
    asked.accept()
    settle(page.session)
    assert page.table.done == count
    page.session.undo()
    settle(page.session)
    assert dict(page.session.sheet.cells) == before


def test_a_sample_is_drawn_kept_and_shown(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    page.head_part.sample.click()
    asked = dialog(SamplingDialog)
    assert not asked.go.isEnabled()
    asked.seed.put("20260722")
    asked.seed.edited.emit("20260722")
    asked.size_field.setValue(6)
    first = asked.new.codes
    asked.accept()
    settle(page.session)
    assert page.filter == "sample"
    assert tuple(row.code for row in page.grid.rows.rows) == first
    page.head_part.sample.click()
    again = dialog(SamplingDialog)
    again.seed.put("20260722")
    again.seed.edited.emit("20260722")
    again.size_field.setValue(6)
    assert again.new.codes == first
    assert again.before.isVisible()
    again.reject()


def test_the_correction_sheets_are_written_where_one_says(qtbot, window, tmp_path, monkeypatch):
    page = opened(window, tmp_path)
    page.grid.choose(LEVELS[0])
    press(qtbot, page, "b")
    write(page, "=1+1 </script> 😀")
    press(qtbot, page, SUBMIT)
    for ending, kind in ((".xlsx", 0), (".docx", 1)):
        target = tmp_path / f"整改单{ending}"
        monkeypatch.setattr(
            "forms.review.tools.QFileDialog.getSaveFileName",
            lambda _p, _t, _n, kinds, path=target, kind=kind: (str(path), kinds.split(";;")[kind]),
        )
        page.head_part.export.click()
        assert target.read_bytes()[:2] == b"PK"


def test_the_mark_is_set_with_what_nobody_reviewed_and_lapses_with_the_next_change(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    page.head_part.reviewed.click()
    settle(page.session)
    assert page.session.sheet.status == "reviewed"
    assert page.head_part.mark.isVisible()
    assert "reviewed" in window.notices.shown
    page.grid.choose(LEVELS[0])
    page.grid.setFocus()
    press(qtbot, page, "0")
    assert page.session.sheet.status == "draft"
    assert not page.head_part.mark.isVisible()


@pytest.mark.parametrize("size", ["narrow", "tiny"])
def test_in_a_smaller_window_the_panel_opens_over_the_table_and_esc_comes_back(qtbot, window, tmp_path, size):
    page = opened(window, tmp_path)
    window.resize(*SIZES[size])
    settle(page.session)
    page.grid.setFocus()
    assert not page.side.isVisible()
    press(qtbot, page, KEY.Key_Right)
    assert page.side.isVisible()
    assert not page.main.isVisible()
    press(qtbot, page, KEY.Key_Escape)
    assert page.main.isVisible()
    assert QApplication.focusWidget() is page.grid
    press(qtbot, page, "b")
    assert page.side.form.isVisible()


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_theme_and_language_shows_every_state(qtbot, window, tmp_path, name, language):
    page = opened(window, tmp_path)
    words.speak(language)
    theme().choose(name, 1.0)
    window.retranslate()
    settle(page.session)
    assert not page.grab().isNull()
    for button in page.side.buttons.offered.values():
        assert button.width() >= button.sizeHint().width()


def test_hostile_names_and_evidence_are_shown_as_text(qtbot, window, tmp_path):
    cells = {(LEVELS[0], "self"): Answer.of_level(3).to_json(),
             (LEVELS[0], "evidence/e1"): Evidence("e1", "<b>=1+1</b>\n</script> 㙍𡐓 😀").to_json(),
             (LEVELS[0], "explanation"): "<script>alert(1)</script>"}  # fmt: skip
    page = opened(window, tmp_path, cells)
    page.grid.choose(LEVELS[0])
    settle(page.session)
    assert "<b>=1+1</b>" in page.side.evidence.plain()
    assert "&lt;script&gt;" in page.side.explained.text()


def test_whoever_confirmed_a_value_is_told_so_before_ruling_on_it_and_the_rail_counts_what_waits(
    qtbot, window, tmp_path
):
    page = opened(window, tmp_path)
    code = LEVELS[0]
    page.grid.choose(code)
    press(qtbot, page, "=", KEY.Key_Return)
    page.session.introduce(*ZHANG)
    settle(page.session)
    page.session.submit("set_cells", steps.cells([code], "object", reason="不同意"), steps.KIND)
    settle(page.session)
    assert page.badge() == 0
    page.session.introduce(*LI)
    settle(page.session)
    assert page.badge() == 1
    page.grid.choose(code)
    qtbot.waitUntil(lambda: page.side.confirmed_by != "")
    page.grid.setFocus()
    press(qtbot, page, KEY.Key_Return)
    assert "自己" in page.side.form.problem.text.plain()


def test_nothing_written_is_lost_by_a_refusal_or_by_going_to_another_row(qtbot, window, tmp_path):
    page = opened(window, tmp_path, who=("", "", "", "reviewer"))
    page.grid.choose(LEVELS[0])
    press(qtbot, page, "=", KEY.Key_Right)
    write(page, "先写好的意见")
    press(qtbot, page, SUBMIT)  # refused: nobody has signed
    assert state(page, LEVELS[0]) == "under_review"
    page.grid.choose(LEVELS[1])
    settle(page.session)
    assert page.session.sheet.text(LEVELS[0], "opinion") == "先写好的意见"
    page.grid.setFocus()
    press(qtbot, page, "b")
    write(page, "写到一半的退回理由")
    page.grid.choose(LEVELS[2])
    page.grid.choose(LEVELS[1])
    page.grid.setFocus()
    press(qtbot, page, "b")
    assert page.side.form.reason == "写到一半的退回理由"


def test_what_is_being_written_is_kept_when_the_page_is_left(qtbot, window, tmp_path):
    page = opened(window, tmp_path)
    code = LEVELS[0]
    page.grid.choose(code)
    press(qtbot, page, KEY.Key_Right)
    write(page, "还没写完的意见")
    window.go("results")
    settle(page.session)
    assert page.session.sheet.text(code, "opinion") == "还没写完的意见"

"""The page that finishes a document: what is left, one step from each thing, the cover, the seal, and reopening it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QPushButton

from assess.answers import Answer, Profile
from assess.framework.read import builtin
from forms import app, settings, words
from forms.dialogs import secrecy
from forms.findings.page import FindingsPage
from forms.finishing.page import FinishingPage
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.widgets.notice import Notice
from forms.window import Window
from tests.finishing.conftest import CITY

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
REASON = "县里补报了两项数据，需要更正。"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 7, 22, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Bench:
    """A window with a document open, on the page that finishes it."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(now=Clock())
        self.session.who = ("", "示例·陇垣市", "", "filler")
        self.window = Window(self.session, Settings(language="zh"), RecentList())
        self.window.resize(1366, 696)
        self.window.show()
        self.folder = folder

    def open(self, *, sample: bool = True) -> FinishingPage:
        path = self.folder / "陇 垣.zhd"
        if sample:
            self.session.create(path, builtin(), CITY.profile, cells=CITY.cells)
        else:
            profile = Profile("岚州市 =1+1 </script>\n㙍", mode="formal", base_date="2026-06-30")
            self.session.create(path, builtin(), profile)
        self.session.wait()
        self.window.go("finishing")
        return self.page

    @property
    def page(self) -> FinishingPage:
        page = self.window.page
        assert isinstance(page, FinishingPage)
        return page

    def settle(self) -> None:
        self.session.wait()
        self.page.look()
        QCoreApplication.processEvents()

    def fill_cover(self) -> None:
        for name, text in (("filler", "综治科"), ("approver", "办公室主任")):
            field = self.page.cover.fields[name]
            field.line.setText(text)
            field.settled.emit(text)
            self.settle()

    def notices(self) -> list[str]:
        return [notice.text.plain() for notice in self.page.strip.notices]


@pytest.fixture
def bench(qtbot: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    app.dress(running, Settings(language="zh"))
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "config")
    words.speak("zh")
    made = Bench(tmp_path)
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)
    words.speak("zh")


def test_the_page_is_off_the_rail_and_marks_the_check_page(bench: Bench) -> None:
    bench.open()
    rail = bench.window.rail
    assert "finishing" not in rail.buttons
    assert rail.buttons["findings"].isChecked()
    menu_places = [place.key for place in bench.window.places]
    assert "finishing" in menu_places


def test_an_empty_document_names_everything_that_is_left(bench: Bench) -> None:
    page = bench.open(sample=False)
    assert [text[:6] for text in bench.notices()][:1] == ["封存前必须处"]
    assert any("69" in text for text in bench.notices())
    assert not page.main.isEnabled()
    assert page.main.toolTip()
    assert len(page.dimensions.counts) >= 5


@pytest.mark.parametrize(("column", "target"), [("open", "questionnaire"), ("errors", "findings")])
def test_a_count_is_one_step_from_its_first_question(bench: Bench, column: str, target: str) -> None:
    page = bench.open(sample=False)
    went: list[tuple[str, str | None]] = []
    page.shell.go = lambda where, code=None: went.append((where, code)) or True  # type: ignore[method-assign,func-returns-value]
    button = next(one for (_row, key), one in page.dimensions.counts.items() if key == column)
    button.click()
    assert went[0][0] == target
    assert went[0][1] in builtin().indicators


def test_sealing_by_hand_from_cover_to_reopening(bench: Bench) -> None:
    page = bench.open()
    assert "填报人" in "".join(bench.notices())
    bench.fill_cover()
    assert bench.session.sheet.text("@cover", "filler") == "综治科"
    assert page.main.isEnabled()
    page.main.click()
    bench.settle()
    assert not bench.session.standing.closed
    assert "姓名" in page.seal.name.below.plain()
    page.seal.post.line.setText("综治科科长")
    page.main.click()
    bench.settle()
    standing = bench.session.standing
    assert standing.closed
    assert standing.digest is not None
    assert standing.last is not None
    assert standing.last.post == "综治科科长"
    assert page.main.text().startswith("审核签字表")
    assert "已封存" in bench.window.header.saved.words.text()
    assert standing.digest.printed[:4] in bench.window.header.saved.words.text()
    assert all(field.line.isReadOnly() for field in page.cover.fields.values())

    bench.session.submit("answer", "ST1.1", Answer.of_level(1))
    bench.session.wait()
    assert bench.session.sheet.answer("ST1.1") == CITY.sheet.answer("ST1.1")

    page.seal.open.click()
    page.seal.reason.line.setText("太短")
    page.seal.save.click()
    assert "还差" in page.seal.reason.below.plain()
    assert bench.session.standing.closed
    page.seal.reason.line.setText(REASON)
    page.seal.save.click()
    bench.settle()
    assert not bench.session.standing.closed
    assert REASON in "".join(label.plain() for label in page.seal.list.findChildren(type(page.seal.state)))
    assert bench.window.header.saved.sealed is None


def test_questions_are_locked_while_sealed(bench: Bench) -> None:
    page = bench.open()
    bench.fill_cover()
    bench.window.go("questionnaire")
    bench.window.go("finishing")
    page.seal.post.line.setText("科长")
    page.main.click()
    bench.settle()
    bench.window.go("questionnaire")
    desk = bench.window.page.desk  # type: ignore[union-attr]
    assert desk.card.standing.locked is not None
    assert "解封" in desk.card.standing.locked.render("zh")
    assert not desk.card.lock_line.isHidden()


def test_the_signature_sheet_is_written_from_the_page(bench: Bench, qtbot: object, tmp_path: Path) -> None:
    page = bench.open()
    target = tmp_path / "签字表.pdf"
    page.write_paper(target)
    qtbot.waitUntil(target.is_file, timeout=15000)  # type: ignore[attr-defined]
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [(1366, 696), (900, 696), (683, 348)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_button_shows_its_words_at_every_size(bench: Bench, size: tuple[int, int], language: str) -> None:
    bench.open(sample=False)
    bench.window.desk.choose_language(language)
    bench.window.resize(*size)
    bench.settle()
    for button in bench.page.findChildren(QPushButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
            assert button.accessibleName(), button.text()


def test_what_is_typed_into_the_cover_is_kept_when_the_page_is_left(bench: Bench) -> None:
    page = bench.open()
    page.cover.fields["approver"].line.setText("主任 =1+1 </script>")
    bench.window.go("questionnaire")
    bench.session.wait()
    assert bench.session.sheet.text("@cover", "approver") == "主任 =1+1 </script>"


# ---------------------------------------------------------------- the check page and the reminder


def test_what_is_missing_on_the_cover_says_whether_it_keeps_from_sealing(bench: Bench) -> None:
    page = bench.open()
    aside = page.cover.heading.aside
    assert aside.text() == "封存前须填2项"  # who filled it in and who approved it
    assert not page.main.isEnabled()
    bench.fill_cover()
    assert page.state_of is not None
    left = page.state_of.cover.missing
    assert aside.text() == (f"{len(left)}项未填，不影响封存" if left else "已填全")
    assert "seal.cover" not in {one.code for one in page.state_of.blockers}


def test_the_check_page_leads_here_once_nothing_has_to_be_dealt_with(bench: Bench, tmp_path: Path) -> None:
    bench.open()
    bench.window.go("findings")
    page = bench.window.page
    assert isinstance(page, FindingsPage)
    assert page.finish.property("kind") == "primary"
    page.finish.click()
    assert isinstance(bench.window.page, FinishingPage)
    bench.session.submit("answer", "ME4.3", Answer.of_number("12", "10"))
    bench.session.wait()
    bench.window.go("findings")
    assert page.first.property("kind") == "primary"
    target = tmp_path / "清单.csv"
    page.write_list(target)
    assert "ME4.3" in target.read_text("utf-8-sig")


def reminders(bench: Bench) -> list[Notice]:
    found = bench.window.notices.findChildren(Notice)
    return [one for one in found if not one.isHidden() and "不得填写任何涉密内容" in one.text.plain()]


def test_the_reminder_of_secrecy_stands_once_per_document_and_person(bench: Bench) -> None:
    bench.open(sample=False)
    assert len(reminders(bench)) == 1
    reminders(bench)[0].link.click()
    QCoreApplication.processEvents()
    assert not reminders(bench)
    assert not secrecy.due(bench.session)
    bench.session.who = ("乙", "", "", "filler")
    assert secrecy.due(bench.session)


def test_samples_need_no_reminder(bench: Bench) -> None:
    bench.open()
    assert not reminders(bench)


def test_who_seals_stays_as_typed_while_the_cover_is_saved(bench: Bench) -> None:
    page = bench.open()
    page.seal.post.line.setFocus()
    page.seal.post.line.insert("科长")
    page.seal.post.edited.emit("科长")
    bench.fill_cover()
    page.look()
    assert page.seal.signer_now()[1] == "科长"

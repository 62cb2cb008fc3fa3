"""Issuing from the page: who, how, what would leave, what was written; cancelled, nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from assess.assessment import Assessment, Author
from assess.packages.records import issued
from forms.exchange.meter import Meter
from forms.exchange.units_form import understood
from tests.forms.exchange.conftest import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY = Qt.Key


def choose(desk: Desk, count: int) -> list[str]:
    """Tick the first departments only."""
    issuing = desk.page.issuing
    keys = [one.key for one in issuing.listed()][:count]
    issuing.chosen = set(keys)
    issuing.show_step()
    return keys


def start(desk: Desk) -> None:
    desk.make()
    desk.open()
    desk.page.round.issue.click()
    desk.settle()
    desk.page.issuing.how.papers.setChecked(False)


def test_three_departments_are_issued_to_after_a_preview_that_writes_nothing(desk: Desk) -> None:
    start(desk)
    issuing = desk.page.issuing
    keys = choose(desk, 3)
    folder = issuing.folder
    assert folder is not None
    issuing.main.click()
    desk.settle()
    assert issuing.step == "preview"
    assert not folder.exists()
    assert [row.key for row in issuing.preview.grid.rows.rows] == keys
    assert "尚未写出" in issuing.preview.summary.text.plain()
    issuing.main.click()
    desk.settle()
    assert issuing.step == "done"
    assert len(list(folder.glob("*.zhd"))) == 3
    assert set(issued(desk.session.sheet.cells)) == set(keys)
    assert issuing.preview.grid.rows.rowCount() == 3
    issuing.home.click()
    desk.settle()
    numbers = [label.text() for label in desk.page.round.counts.numbers.values()]
    assert numbers == ["3", "0", "3", "0", "0"]
    assert "截止" in desk.page.round.head.context.text()


def test_by_keys_alone_a_unit_is_ticked_previewed_and_issued_to(desk: Desk) -> None:
    start(desk)
    issuing = desk.page.issuing
    issuing.chosen = set()
    issuing.show_step()
    assert not issuing.main.isEnabled()
    assert issuing.main.toolTip() == "请至少勾选一个单位。"
    issuing.grid.setFocus()
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Space)
    assert issuing.chosen == {issuing.grid.key}
    issuing.main.setFocus()
    desk.press(KEY.Key_Return)
    assert issuing.step == "preview"
    issuing.main.setFocus()
    desk.press(KEY.Key_Return)
    assert issuing.step == "done"


def test_passphrases_are_made_or_typed_and_listed_in_a_file_apart(desk: Desk) -> None:
    start(desk)
    issuing = desk.page.issuing
    issuing.how.secret.setChecked(True)
    choose(desk, 2)
    issuing.main.click()
    desk.settle()
    preview = issuing.preview
    made = [row.cells[-1].words for row in preview.grid.rows.rows]
    assert len(set(made)) == 2
    assert all(len(word) == 19 for word in made)
    preview.edit()
    preview.field.line.setText("短")
    preview.field.edited.emit("短")
    issuing.main.click()
    desk.settle()
    assert issuing.step == "preview"
    assert "不足 8 个字符" in issuing.refusal.text.plain()
    preview.field.line.setText("三江两岸 一十二县")
    preview.field.edited.emit("三江两岸 一十二县")
    issuing.main.click()
    desk.settle()
    assert issuing.step == "done"
    result = issuing.result
    assert result is not None
    assert result.secrets is not None
    assert "三江两岸 一十二县" in result.secrets.read_text("utf-8-sig")
    first = next(one for one in result.files if one.parcel.recipient.key == preview.grid.rows.rows[0].key)
    with Assessment.open(first.path, author=Author("甲"), now=desk.clock, passphrase="三江两岸 一十二县") as package:
        assert package.role == "issued"
    assert "三江两岸 一十二县" in desk.page.round.known


def test_excel_forms_go_beside_packages_and_cannot_be_locked(desk: Desk) -> None:
    start(desk)
    issuing = desk.page.issuing
    issuing.how.secret.setChecked(True)
    issuing.how.shape.setCurrentIndex(1)
    assert not issuing.how.secret.isEnabled()
    assert issuing.how.secret_hint.isVisible()
    assert not issuing.how.options.encrypt
    choose(desk, 1)
    issuing.main.click()
    desk.settle()
    issuing.main.click()
    desk.settle()
    assert issuing.folder is not None
    assert {path.suffix for path in issuing.folder.glob("填报包*")} == {".zhd", ".xlsx"}


def test_letters_and_guides_are_written_on_demand(desk: Desk) -> None:
    start(desk)
    issuing = desk.page.issuing
    issuing.how.papers.setChecked(True)
    issuing.how.contact.line.setText("综治科 0571-0000000")
    choose(desk, 1)
    issuing.main.click()
    desk.settle()
    issuing.main.click()
    desk.settle()
    assert issuing.result is not None
    assert {path.suffix for path in issuing.result.files[0].papers} == {".docx", ".pdf"}


def test_stopped_while_issuing_nothing_is_left_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    start(desk)
    issuing = desk.page.issuing
    choose(desk, 3)
    issuing.main.click()
    desk.settle()
    plain = Meter.tell

    def tell(self: Meter, done: int, total: int, words: str) -> None:
        if done == 2:
            self.stop()
        plain(self, done, total, words)

    monkeypatch.setattr(Meter, "tell", tell)
    issuing.main.click()
    desk.settle()
    assert issuing.step == "preview"
    assert issuing.refusal.isVisible()
    assert "已停止" in issuing.refusal.text.plain()
    assert issuing.folder is not None
    assert not issuing.folder.exists()
    assert not issued(desk.session.sheet.cells)


def test_counties_and_townships_are_pasted_ticked_and_issued_to(desk: Desk) -> None:
    start(desk)
    issuing = desk.page.issuing
    issuing.more_units.click()
    issuing.units.box.setPlainText("名称\t代码\t层级\n东岭县\t990111\t县\n石桥镇，990112，乡\n㙍𡐓村 village\n")
    assert "3" in issuing.units.found.plain()
    issuing.units.add.click()
    desk.settle()
    assert {one.name for one in issuing.picked() if one.own} == {"东岭县", "石桥镇", "㙍𡐓村"}
    issuing.chosen = {one.key for one in issuing.picked() if one.kind == "county"}
    issuing.show_step()
    issuing.main.click()
    desk.settle()
    issuing.main.click()
    desk.settle()
    assert issuing.step == "done"
    issuing.home.click()
    desk.settle()
    row = next(one for one in desk.page.round.overview.rows if one.recipient.name == "东岭县")  # type: ignore[union-attr]
    assert row.times == 1
    desk.page.issue(())
    desk.settle()
    assert issuing.grid.choose(next((one.key for one in issuing.everybody if one.name == "石桥镇"), "")) is False
    issuing.kinds.chosen.emit("all")
    key = next(one.key for one in issuing.everybody if one.name == "石桥镇")
    assert issuing.grid.choose(key)
    issuing.grid.setFocus()
    desk.press(KEY.Key_Delete)
    assert key not in {one.key for one in issuing.everybody}


@pytest.mark.parametrize(
    ("text", "units", "odd"),
    [
        ("", [], 0),
        ("东岭县", [("东岭县", "county", "")], 0),
        ("东岭县 990111", [("东岭县", "county", "990111")], 0),
        ("石桥镇, 990112 , 镇\n石桥镇,990112,镇", [("石桥镇", "township", "990112")], 0),
        ("990111\n", [], 1),
        ("=1+1,</script>,x", [], 1),
        ("甲县 990111\n\n乙县\t990112\tcounty", [("甲县", "county", "990111"), ("乙县", "county", "990112")], 0),
    ],
)
def test_lines_of_units_are_understood(text: str, units: list[tuple[str, str, str]], odd: int) -> None:
    read = understood(text, "county")
    assert [(one.name, one.kind, one.code) for one in read.units] == units
    assert len(read.odd) == odd


def test_a_folder_is_chosen_and_one_that_cannot_be_made_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    start(desk)
    issuing = desk.page.issuing
    choose(desk, 1)
    issuing.main.click()
    desk.settle()
    blocked = desk.folder / "文件"
    blocked.write_text("x", "utf-8")
    issuing.use_folder(blocked / "下面")
    issuing.main.click()
    desk.settle()
    assert issuing.step == "preview"
    assert issuing.refusal.isVisible()
    other = desk.folder / "另一处"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(other))
    issuing.preview.other.click()
    issuing.main.click()
    desk.settle()
    assert issuing.step == "done"
    assert list(Path(other).glob("*.zhd"))

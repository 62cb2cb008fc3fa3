"""Returns dropped on the table: counted, each with its outcome; the bad ones change nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from assess.packages.preview import Options
from tests.forms.exchange.conftest import Desk
from tests.packages.conftest import filled

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def counts(desk: Desk) -> list[int]:
    return [int(label.text()) for label in desk.page.round.counts.numbers.values()]


def back(desk: Desk) -> Path:
    made = desk.folder / "交回"
    made.mkdir(exist_ok=True)
    return made


def test_without_an_issue_the_page_says_how_to_begin(desk: Desk) -> None:
    desk.make()
    page = desk.open()
    assert page.round.nothing.isVisible()
    assert page.round.nothing.plain() == "还没有发放。先按牵头部门发放填报包。"
    assert counts(desk) == [0, 0, 0, 0, 0]
    assert page.round.grid.rows.rowCount() > 3


def test_two_of_three_departments_hand_back_and_are_counted(desk: Desk) -> None:
    desk.make()
    done = desk.issue(3)
    files = [filled(one.path, back(desk), desk.clock) for one in done.files[:2]]
    page = desk.open()
    assert counts(desk) == [3, 0, 3, 0, 0]
    desk.drop(*files)
    assert counts(desk) == [3, 2, 1, 0, 0]
    assert [row.outcome.state for row in page.round.list.rows] == ["taken", "taken"]
    key = done.files[0].parcel.recipient.key
    row = page.round.row(key)
    assert row is not None
    assert row.state == "merged"
    assert row.answered == row.total == len(done.files[0].parcel.items)
    desk.drop(*files)
    assert {row.outcome.state for row in page.round.list.rows} == {"again"}
    assert counts(desk) == [3, 2, 1, 0, 0]


def test_a_folder_stands_for_the_returns_in_it_and_in_its_folders(desk: Desk) -> None:
    desk.make()
    done = desk.issue(2)
    deep = back(desk) / "第二批"
    deep.mkdir()
    filled(done.files[0].path, back(desk), desk.clock)
    filled(done.files[1].path, deep, desk.clock)
    (deep / "说明.txt").write_text("附上", "utf-8")
    desk.open()
    desk.drop(back(desk))
    assert counts(desk) == [2, 2, 0, 0, 0]
    empty = desk.folder / "空"
    empty.mkdir()
    desk.drop(empty)
    assert any(
        "没有交回的文件" in one.text.plain() for one in desk.window.notices.findChildren(type(desk.page.round.refusal))
    )


def test_hostile_files_get_rows_of_their_own_and_change_nothing(desk: Desk) -> None:
    desk.make()
    done = desk.issue(1)
    good = filled(done.files[0].path, back(desk), desk.clock)
    cut = back(desk) / "半截.zhd"
    cut.write_bytes(good.read_bytes()[:60_000])
    scan = back(desk) / "扫描件 <b>=1+1.zhd"
    scan.write_bytes(b"%PDF-1.7 x")
    program = back(desk) / "returned.xlsx"
    program.write_bytes(b"MZ" + bytes(200))
    page = desk.open()
    before = desk.session.sheet.cells
    desk.drop(cut, scan, program, desk.master)
    rows = page.round.list.rows
    assert [row.outcome.state for row in rows] == ["refused"] * 4
    assert len({row.outcome.problem.code for row in rows if row.outcome.problem}) == 4
    assert all("。" in row.told.plain() for row in rows)
    assert "60000" in page.round.list.of(cut).told.plain().replace(",", "")  # type: ignore[union-attr]
    assert desk.session.sheet.cells == before
    assert counts(desk) == [1, 0, 1, 0, 0]
    assert "未并入 4 份" in page.round.list.summary.text()
    page.round.put_away()
    assert page.round.list.isHidden()


def test_a_passphrase_is_asked_for_the_file_that_needs_it_and_remembered(desk: Desk) -> None:
    desk.make()
    done = desk.issue(2, Options(encrypt=True))
    assert done.secrets is not None
    lines = done.secrets.read_text("utf-8-sig").splitlines()
    secrets = [line.split(",")[-1] for line in lines[1:]]
    files = [filled(one.path, back(desk), desk.clock, passphrase=word)
             for one, word in zip(done.files, secrets, strict=True)]  # fmt: skip
    page = desk.open()
    desk.drop(files[0])
    row = page.round.list.rows[0]
    assert row.outcome.problem is not None
    assert row.field is not None
    row.field.line.setText("错的口令")
    row.go.click()
    desk.settle()
    assert page.round.list.rows[0].field is not None
    page.round.list.rows[0].field.line.setText(secrets[0])
    page.round.list.rows[0].go.click()
    desk.settle()
    assert page.round.list.rows[0].outcome.state == "taken"
    again = desk.folder / files[0].name
    shutil.copy(files[0], again)
    desk.drop(again)
    assert page.round.outcomes[again].state == "again"


def test_a_package_that_was_not_handed_back_is_taken_in_only_on_demand(desk: Desk) -> None:
    desk.make()
    done = desk.issue(1)
    page = desk.open()
    desk.drop(done.files[0].path)
    row = page.round.list.rows[0]
    assert row.outcome.problem is not None
    assert row.outcome.problem.code == "return.unfinished"
    assert row.link.text() == "照现状并入"
    row.link.click()
    desk.settle()
    assert page.round.list.rows[0].outcome.state in ("taken", "again")


def test_receipts_are_written_for_what_came_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make()
    done = desk.issue(1)
    file = filled(done.files[0].path, back(desk), desk.clock)
    page = desk.open()
    desk.drop(file)
    out = desk.folder / "回执"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(out))
    page.round.list.papers.click()
    desk.settle()
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".pdf", ".txt"]


def test_stopping_in_the_middle_leaves_the_document_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make()
    done = desk.issue(3)
    files = [filled(one.path, back(desk), desk.clock) for one in done.files]
    page = desk.open()
    from forms.exchange.meter import Meter

    plain = Meter.show

    def show(self: Meter, now: int, total: int, words: str) -> None:
        if words == files[1].name:  # the person presses Stop while the second file is under way
            self.stop()
        plain(self, now, total, words)

    monkeypatch.setattr(Meter, "show", show)
    desk.drop(*files)
    monkeypatch.setattr(Meter, "show", plain)
    states = [page.round.outcomes[path].state for path in files]
    assert states[0] == "taken"
    assert states[2] == "stopped"
    desk.drop(*files)
    assert counts(desk) == [3, 3, 0, 0, 0]
    faults: list[object] = []
    desk.session.ask("verify", then=faults.extend)
    desk.session.wait()
    assert not faults


def test_a_read_only_master_says_so_and_takes_nothing(desk: Desk) -> None:
    desk.make()
    done = desk.issue(1)
    file = filled(done.files[0].path, back(desk), desk.clock)
    desk.session.open(desk.master, read_only=True)
    desk.session.wait()
    desk.window.go("exchange")
    desk.settle()
    page = desk.page
    assert "只读" in page.round.refusal.text.plain()
    assert not page.round.take.isEnabled()
    assert page.round.take.toolTip()
    desk.drop(file)
    assert not page.round.outcomes
    assert counts(desk) == [1, 0, 1, 0, 0]


def test_a_practice_says_where_its_packages_may_come_back(desk: Desk) -> None:
    desk.make("training")
    page = desk.open()
    assert "练习" in page.round.refusal.text.plain()


def test_the_list_of_passphrases_opens_every_file_that_needs_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.make()
    done = desk.issue(2, Options(encrypt=True))
    assert done.secrets is not None
    lines = done.secrets.read_text("utf-8-sig").splitlines()
    files = [filled(one.path, back(desk), desk.clock, passphrase=line.split(",")[-1])
             for one, line in zip(done.files, lines[1:], strict=True)]  # fmt: skip
    page = desk.open()
    desk.drop(*files)
    assert all(row.field is not None for row in page.round.list.rows)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(done.secrets), ""))
    page.round.list.words.click()
    desk.settle()
    assert [row.outcome.state for row in page.round.list.rows] == ["taken", "taken"]
    assert not page.round.list.words.isVisible()


def test_escape_goes_one_step_back_everywhere(desk: Desk) -> None:
    desk.make()
    page = desk.open()
    page.issue(())
    desk.settle()
    page.issuing.open_units()
    desk.press(Qt.Key.Key_Escape)
    assert not page.issuing.units.isVisible()
    assert page.view is page.issuing
    page.issuing.grid.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert page.view is page.round
    page.settle()
    desk.settle()
    desk.press(Qt.Key.Key_Escape)
    assert page.view is page.round
    page.round.grid.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert page.view is page.round

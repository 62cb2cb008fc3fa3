"""Taking a merge back in the window: right after merging, and from the list of what was taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from assess.assessment import Assessment, Author
from assess.packages.returning import hand_back
from forms.widgets.notice import Notice
from tests.forms.exchange.conftest import Desk
from tests.packages.conftest import answer_for

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def returned(desk: Desk, count: int) -> list[Path]:
    """Packages of the first departments, filled in and handed back."""
    out = []
    for number, one in enumerate(desk.issue(count).files):
        assert one.path is not None
        with Assessment.open(one.path, author=Author("李四"), now=desk.clock) as package:
            package.act_as(Author(f"填报人{number}", str(package.package["to"])))
            items = package.framework.indicators
            package.answer_many({code: answer_for(items[code]) for code in items})
            out.append(hand_back(package, desk.folder, anyway=True).path)
    return out


def notice(desk: Desk, words: str) -> Notice:
    return next(one for one in desk.window.notices.findChildren(Notice) if one.link.text() == words)


def test_a_whole_batch_is_taken_back_right_after_merging_and_counts_again(desk: Desk) -> None:
    desk.make()
    paths = returned(desk, 3)
    page = desk.open()
    before = dict(desk.session.sheet.cells)
    desk.drop(*paths)
    merged = dict(desk.session.sheet.cells)
    assert merged != before
    assert page.round.list.back.isVisible()
    page.round.list.back.click()
    desk.settle()
    assert dict(desk.session.sheet.cells) == before
    assert [page.round.outcomes[path].state for path in paths] == ["left_out"] * 3
    assert not page.round.list.back.isVisible()
    assert page.round.overview is not None
    assert page.round.overview.returned == 0
    notice(desk, "恢复计入").link.click()
    desk.settle()
    assert dict(desk.session.sheet.cells) == merged
    assert [page.round.outcomes[path].state for path in paths] == ["taken"] * 3


def test_the_list_of_what_was_taken_in_is_worked_by_keys(desk: Desk) -> None:
    desk.make()
    paths = returned(desk, 2)
    page = desk.open()
    desk.drop(*paths)
    merged = dict(desk.session.sheet.cells)
    page.round.taken.click()
    desk.settle()
    view = page.imports
    assert view.isVisible()
    assert [one.file for one in view.imports] == [path.name for path in reversed(paths)]
    assert not view.back.isEnabled()
    assert desk.focus is view.grid
    desk.press(Qt.Key.Key_Space)
    assert view.back.text() == "撤回所选（1）"
    view.back.click()
    desk.settle()
    assert [one.taken_back is None for one in view.imports] == [False, True]
    assert "撤回" in view.grid.rows.rows[0].cells[-1].words
    assert dict(desk.session.sheet.cells) != merged
    view.grid.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert view.again.isVisible()
    view.again.click()
    desk.settle()
    assert dict(desk.session.sheet.cells) == merged
    desk.press(Qt.Key.Key_Escape)
    assert page.round.isVisible()


def test_a_file_taken_back_says_so_when_it_is_dropped_again(desk: Desk) -> None:
    desk.make()
    (path,) = returned(desk, 1)
    page = desk.open()
    desk.drop(path)
    merged = dict(desk.session.sheet.cells)
    page.round.list.back.click()
    desk.settle()
    gone = dict(desk.session.sheet.cells)
    page.round.put_away()
    desk.drop(path)
    row = page.round.list.of(path)
    assert row is not None
    assert row.outcome.state == "left_out"
    assert dict(desk.session.sheet.cells) == gone
    assert row.link.text() == "恢复计入"
    row.link.click()
    desk.settle()
    assert dict(desk.session.sheet.cells) == merged


def test_nothing_taken_in_is_said_and_a_document_only_read_takes_nothing_back(desk: Desk) -> None:
    desk.make()
    paths = returned(desk, 1)
    page = desk.open()
    page.show_imports()
    desk.settle()
    assert page.imports.nothing.isVisible()
    assert not page.imports.grid.isVisible()
    page.back()
    desk.drop(*paths)
    desk.session.close()
    desk.master.chmod(0o444)
    page = desk.open()
    page.show_imports()
    desk.settle()
    if desk.session.read_only_reason is not None:
        page.imports.grid.setFocus()
        desk.press(Qt.Key.Key_Space)
        assert not page.imports.back.isEnabled()
    desk.master.chmod(0o644)
    for size in ("narrow", "tiny", "wide"):
        page.imports.fit(size)
        assert len(page.imports.grid.rows.columns) == (5 if size == "wide" else 4)


def test_the_document_of_a_county_opens_in_the_window_and_a_notice_leads_back(desk: Desk) -> None:
    from assess.packages.issue import issue
    from assess.packages.preview import Options, preview
    from assess.packages.recipients import LowerUnit, add_units, recipients
    from assess.packages.taking import take_in

    desk.make()
    out = desk.folder / "县"
    out.mkdir()

    def work(document: Assessment) -> None:
        add_units(document, [LowerUnit("青石县", "county", "990121")])
        chosen = [one for one in recipients(document, "all") if one.own]
        (made,) = issue(document, preview(document, chosen, Options()), out).files
        assert made.path is not None
        with Assessment.open(made.path, author=Author("李四", "青石县"), now=desk.clock) as package:
            code = next(iter(package.framework.indicators))
            package.answer(code, answer_for(package.framework.indicators[code]))
            back = hand_back(package, desk.folder, anyway=True).path
        take_in(document, [back])

    desk.change(work)
    page = desk.open()
    page.round.follow("county:990121")
    desk.settle()
    assert desk.session.profile.unit == "青石县"
    assert desk.session.path.parent.name.endswith(".下级单位")
    notice(desk, f"返回{desk.master.stem}").link.click()
    desk.settle()
    assert desk.session.path == desk.master


def test_notes_that_two_counties_share_are_told_after_merging(desk: Desk) -> None:
    from assess.packages.issue import issue
    from assess.packages.preview import Options, preview
    from assess.packages.recipients import LowerUnit, add_units, recipients
    from tests.packages.test_between import COPIED

    desk.make()
    out = desk.folder / "县"
    out.mkdir()

    def work(document: Assessment) -> list[Path]:
        add_units(document, [LowerUnit(name, "county", f"99012{n}") for n, name in enumerate(("青石县", "河口县"))])
        chosen = [one for one in recipients(document, "all") if one.own]
        back = []
        for one in issue(document, preview(document, chosen, Options()), out).files:
            assert one.path is not None
            with Assessment.open(one.path, author=Author("李四", one.parcel.recipient.name), now=desk.clock) as package:
                code = next(iter(package.framework.indicators))
                package.answer(code, answer_for(package.framework.indicators[code]))
                package.note(code, COPIED)
                back.append(hand_back(package, desk.folder, anyway=True).path)
        return back

    paths = desk.change(work)
    desk.open()
    desk.drop(*paths)
    said = [one for one in desk.window.notices.findChildren(Notice) if "单位之间需要核对" in one.text.plain()]
    assert said
    assert "河口县" in said[0].text.plain()
    assert "青石县" in said[0].text.plain()

"""Forms of Excel: compared before anything changes, doubtful cells chosen, one operation, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from assess.answers import Answer
from assess.packages.preview import Options
from assess.sheets.form import LEAVE
from tests.forms.exchange.conftest import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def form(desk: Desk, typed: dict[str, str]) -> Path:
    """A form issued to the first department, with text typed beside items ("level": the first items by level)."""
    done = desk.issue(1, Options(documents=False, deadline="2026-07-25"))
    path = done.files[0].path
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            code = str(row[0].value or "")
            if code in typed and row[-1].column >= 4 and sheet.sheet_state == "visible":
                sheet.cell(row[0].row, 4).value = typed.pop(code)
    target = desk.folder / "返回 😀.xlsx"
    book.save(target)
    assert not typed
    return target


def codes(desk: Desk, count: int) -> list[str]:
    """Items by level of the first department."""
    from assess.packages.recipients import recipients

    def work(document: object) -> list[str]:
        items = document.framework.indicators  # type: ignore[attr-defined]
        first = recipients(document, "department")[0].items  # type: ignore[arg-type]
        return [code for code in first if items[code].kind == "level"][:count]

    found: list[str] = desk.change(work)
    return found


def test_a_form_with_a_doubtful_cell_is_taken_in_with_a_choice(desk: Desk) -> None:
    desk.make()
    sure, doubtful = codes(desk, 2)
    path = form(desk, {sure: "3", doubtful: "大概三四级"})
    desk.open()
    desk.drop(path)
    view = desk.page.form
    assert view.isVisible()
    assert desk.session.sheet.answer(sure) is None  # nothing has changed yet
    assert [row.key for row in view.grid.rows.rows] == [f"{sure}\nself"]
    assert len(view.doubts) == 1
    row = view.doubts[0]
    assert row.cell == (doubtful, "self")
    assert "大概三四级" in row.told.plain()
    assert "!D" in row.told.plain()
    assert desk.focus is row.choice
    view.main.click()
    desk.settle()
    assert "等您选定" in view.warning.text.plain()
    assert desk.session.sheet.answer(sure) is None
    offered = [row.choice.itemData(at) for at in range(row.choice.count())]
    assert offered[0] is None
    assert offered[-1] == LEAVE
    row.pick(offered[1])
    view.main.click()
    desk.settle()
    assert desk.session.sheet.answer(sure) == Answer.of_level(3)
    assert desk.page.round.isVisible()
    assert desk.page.round.outcomes[path].state == "taken"
    row_of = desk.page.round.row(desk.page.round.outcomes[path].key)
    assert row_of is not None
    assert row_of.form
    assert row_of.returned is not None


def test_what_is_unticked_stays_as_the_document_has_it(desk: Desk) -> None:
    desk.make()
    first, second = codes(desk, 2)
    path = form(desk, {first: "3", second: "2"})
    desk.open()
    desk.drop(path)
    view = desk.page.form
    view.grid.setFocus()
    view.grid.choose(f"{first}\nself")
    desk.press(Qt.Key.Key_Space)
    assert "1" in view.main.text()
    view.main.click()
    desk.settle()
    assert desk.session.sheet.answer(first) is None
    assert desk.session.sheet.answer(second) == Answer.of_level(2)


def test_a_form_can_be_taken_back(desk: Desk) -> None:
    desk.make()
    (code,) = codes(desk, 1)
    path = form(desk, {code: "4"})
    desk.open()
    before = dict(desk.session.sheet.cells)
    desk.drop(path)
    desk.page.form.main.click()
    desk.settle()
    assert desk.session.sheet.answer(code) == Answer.of_level(4)
    read = desk.page.round.waiting.get(path)
    assert read is None
    notice = next(
        one for one in desk.window.notices.findChildren(type(desk.page.form.about)) if one.link.text() == "撤销"
    )
    notice.link.click()
    desk.settle()
    assert dict(desk.session.sheet.cells) == before


def test_left_for_later_the_form_waits_in_the_list(desk: Desk) -> None:
    desk.make()
    (code,) = codes(desk, 1)
    path = form(desk, {code: "4"})
    desk.open()
    desk.drop(path)
    desk.page.form.home.click()
    desk.settle()
    row = desk.page.round.list.of(path)
    assert row is not None
    assert row.outcome.state == "waiting"
    assert desk.session.sheet.answer(code) is None
    row.link.click()
    desk.settle()
    assert desk.page.form.isVisible()


def test_where_the_document_moved_on_the_form_does_not_overrule_it_by_itself(desk: Desk) -> None:
    desk.make()
    (code,) = codes(desk, 1)
    path = form(desk, {code: "4"})
    desk.change(lambda document: document.answer(code, Answer.of_level(2)))
    desk.open()
    desk.drop(path)
    view = desk.page.form
    assert [row.cell for row in view.doubts] == [(code, "self")]
    view.doubts[0].pick(LEAVE)
    view.main.click()
    desk.settle()
    assert desk.session.sheet.answer(code) == Answer.of_level(2)


def test_two_copies_of_a_form_are_compared_with_what_the_first_one_changed(desk: Desk) -> None:
    desk.make()
    (code,) = codes(desk, 1)
    first = form(desk, {code: "4"})
    second = desk.folder / "返回 副本.xlsx"
    second.write_bytes(first.read_bytes())
    desk.open()
    desk.drop(first, second)
    view = desk.page.form
    assert view.head.context.text() == "第 1 份，共 2 份"
    view.main.click()
    desk.settle()
    assert view.isVisible()
    assert view.nothing.isVisible()
    assert not view.different()
    view.main.click()
    desk.settle()
    assert desk.page.round.isVisible()
    assert [desk.page.round.outcomes[path].state for path in (first, second)] == ["taken", "again"]


def test_forms_without_a_doubt_are_taken_in_together_and_the_doubtful_one_waits(desk: Desk) -> None:
    desk.make()
    (code,) = codes(desk, 1)
    done = desk.issue(3, Options(documents=False))
    paths = []
    for number, one in enumerate(done.files):
        book = load_workbook(one.path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                if row[0].value in one.parcel.items and sheet.sheet_state == "visible" and len(row) >= 4:
                    levels = [item for item in one.parcel.items if desk_item(desk, item) == "level"]
                    if levels and row[0].value == levels[0]:
                        row[3].value = "说不准" if number == 0 else "2"
        paths.append(desk.folder / f"回 {number}.xlsx")
        book.save(paths[-1])
    page = desk.open()
    desk.drop(*paths)
    view = page.form
    assert view.doubts
    assert "2" in view.others.text()
    view.others.click()
    desk.settle()
    assert [page.round.outcomes[path].state for path in paths] == ["waiting", "taken", "taken"]
    assert view.isVisible()
    assert view.read is not None
    assert view.read.path == paths[0]
    assert desk.session.sheet.answer(code) is None


def desk_item(desk: Desk, code: str) -> str:
    from assess.framework.read import builtin

    return builtin().indicators[code].kind


def test_closing_the_document_while_files_are_taken_in_ends_with_the_file_at_hand(desk: Desk) -> None:
    from forms.exchange.meter import Meter

    desk.make()
    page = desk.open()
    meter = Meter()
    page.round.meter.follow(meter, "x")
    desk.session.close()
    assert meter.is_stopped
    assert page.round.meter.meter is None

"""A unit with its package open sees what concerns it alone: until when, how far, handing back, its Excel form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from assess.assessment import Assessment, Author
from forms import words
from tests.forms.exchange.conftest import Desk
from tests.forms.shell.walking import WORD, chinese, cut, english, nameless
from tests.packages.conftest import answer_for

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SIZES = ((1366, 696), (900, 620), (683, 348))


def package(desk: Desk, *, finished: bool = False) -> Path:
    desk.make()
    path = desk.issue(1).files[0].path
    if finished:
        with Assessment.open(path, author=Author("李四", "市委政法委", "科员"), now=desk.clock) as opened:
            items = opened.framework.indicators
            opened.answer_many({code: answer_for(item) for code, item in items.items()})
            opened.set_cover(filler="李四", approver="王五")
    desk.session.who = ("李四", "市委政法委", "科员", "filler")
    return path


def test_the_page_shows_what_concerns_the_unit_and_nothing_else(desk: Desk) -> None:
    page = desk.open(package(desk))
    assert page.own.isVisible()
    assert not page.round.isVisible()
    assert "2026-07-25" in page.own.lines["deadline"][1].plain()
    assert "22 天" in page.own.lines["deadline"][1].plain()
    assert page.own.far.text().startswith("已处理 0/")
    assert page.own.main.text() == "完成填报"
    assert page.badge() == 0


def test_handing_back_writes_one_file_and_names_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.open(package(desk, finished=True))
    out = desk.folder / "U盘"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(out))
    assert page.own.problem is None
    assert page.own.main.text() == "交回…"
    page.own.main.click()
    desk.settle()
    files = list(out.iterdir())
    assert len(files) == 1
    assert files[0].name in page.own.done.text.plain()
    assert page.own.done.link.text() == "打开文件夹"
    assert desk.session.role == "returned"
    desk.open()
    desk.drop(files[0])
    assert desk.page.round.outcomes[files[0]].state == "taken"


def test_the_unit_exports_its_items_and_takes_its_own_form_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    page = desk.open(package(desk))
    target = desk.folder / "我的表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.own.export.click()
    desk.settle()
    assert target.is_file()
    items = desk.session.framework.indicators
    code = next(one for one, item in items.items() if item.kind == "level")
    book = load_workbook(target)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value == code and sheet.sheet_state == "visible" and len(row) >= 4:
                row[3].value = "2"
    book.save(target)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(target), ""))
    page.own.bring.click()
    desk.settle()
    assert page.form.isVisible()
    page.form.main.click()
    desk.settle()
    answer = desk.session.sheet.answer(code)
    assert answer is not None
    assert answer.level == 2
    assert page.own.isVisible()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "parquet", "xlsform"])
def test_data_are_exported_in_every_kind(desk: Desk, qtbot: object, kind: str) -> None:
    desk.make()
    page = desk.open()
    path = desk.folder / f"数据.{'xlsx' if kind == 'xlsform' else kind}"
    page.data.write(kind, path)
    qtbot.waitUntil(lambda: any(desk.folder.glob("数据*")), timeout=20000)  # type: ignore[attr-defined]
    made = sorted(desk.folder.glob("数据*"))
    assert len(made) == (2 if kind in ("csv", "parquet") else 1)
    if kind == "json":
        assert json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_fits_and_is_named_at_every_size(desk: Desk, size: tuple[int, int], language: str) -> None:
    desk.make()
    desk.issue(3)
    page = desk.open()
    desk.window.desk.choose_language(language)
    desk.window.resize(*size)
    for go in (lambda: page.back(), lambda: page.issue(()), page.issuing.go_on, lambda: page.settle()):
        go()
        desk.settle()
        QCoreApplication.processEvents()
        assert not cut(page)
        assert not nameless(page)
    words.speak("zh")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_unit_fits_and_speaks_one_language(desk: Desk, size: tuple[int, int], language: str) -> None:
    page = desk.open(package(desk))
    desk.window.desk.choose_language(language)
    desk.window.resize(*size)
    desk.settle()
    assert not cut(page)
    assert not nameless(page)
    if language == "en":
        assert not chinese(page, frozenset(["市委政法委"]))
    else:
        assert not english(page, frozenset(["Excel"]))


def test_the_round_and_issuing_speak_one_language(desk: Desk) -> None:
    desk.make()
    desk.issue(2)
    page = desk.open()
    own = frozenset([desk.master.stem, "岚州市", "市委政法委", *desk.folder.parts])
    for language in ("zh", "en", "zh"):
        desk.window.desk.choose_language(language)
        for go in (page.back, lambda: page.issue(()), page.issuing.go_on, page.settle):
            go()
            desk.settle()
            folder = str(page.issuing.folder)
            if language == "en":
                assert not chinese(page, own | {folder})
            else:
                assert not english(page, frozenset(["Excel", "zhd", "XLSForm", *WORD.findall(folder)]))

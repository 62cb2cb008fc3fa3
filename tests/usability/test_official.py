"""An official fills in all 69 items of a city by the keyboard alone, from the first question to the signature sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from assess.answers import Answer
from assess.framework.read import builtin
from assess.samples.cities import city
from forms import app, settings, words
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.window import Window
from tests.usability.hand import ALT, CTRL, Hand
from tests.usability.spreadsheet import effort

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
CITY = city("990301")
SOURCE = "统计台账"
WRONG = "ME4.3"
"""The item whose numerator is first typed too large."""


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 7, 22, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=5)
        return self.at


@pytest.fixture
def hand(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "config")
    words.speak("zh")
    app.dress(app.application(), Settings(theme="light"))
    session = Session(now=Clock())
    window = Window(session, Settings(theme="light", tour=False), RecentList())
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    session.create(tmp_path / "陇垣.zhd", builtin(), replace(CITY.profile, sample=False, unit="陇垣市"))
    session.wait()
    qtbot.waitUntil(window.isActiveWindow)
    made = Hand(window)
    made.settle()
    yield made
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)
    words.speak("zh")


def answers() -> dict[str, Answer]:
    """What the city answers, item by item."""
    return {code: CITY.sheet.answer(code) for code in builtin().indicators if CITY.sheet.answer(code) is not None}


def give(hand: Hand, code: str, answer: Answer) -> None:
    """Answer the question that is shown."""
    body = hand.window.page.desk.card.body  # type: ignore[union-attr]
    if answer.kind == "level":
        hand.digit(answer.level)
    elif answer.kind == "yesno":
        hand.letter("Y" if answer.choice == "yes" else "N")
    elif answer.kind == "multi":
        for option in sorted(answer.ticked):
            hand.letter(option)
    elif answer.kind == "number":
        if answer.result is not None and body.spec.denominator is not None:
            hand.tab_to(body.swap)
            hand.press(Qt.Key.Key_Space)
            hand.type(answer.result)
        else:
            numerator = f"{answer.denominator}9" if code == WRONG else answer.numerator or answer.result
            hand.type(numerator or "")
            if answer.denominator is not None:
                hand.press(Qt.Key.Key_Tab)
                hand.type(answer.denominator)
        hand.tab_to(body.source)
        hand.type(SOURCE)
    else:
        hand.press(Qt.Key.Key_D if answer.kind == "nd" else Qt.Key.Key_N, ALT)
        hand.type(answer.reason or "本地没有这项工作")
        hand.press(Qt.Key.Key_Return)


def register(hand: Hand, name: str) -> None:
    """One piece of evidence: its name."""
    hand.press(Qt.Key.Key_E, CTRL)
    form = hand.window.page.desk.side.evidence.form  # type: ignore[union-attr]
    assert form is not None
    hand.tab_to(form.name)
    if form.name.text():
        form.name.selectAll()
    hand.type(name)
    hand.press(Qt.Key.Key_Return)


def test_a_whole_city_from_the_first_question_to_the_signature_sheet(
    hand: Hand, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    window, session = hand.window, hand.window.session
    desk = window.page.desk  # type: ignore[union-attr]
    given = answers()
    assert len(given) == 69
    # -------- every question, every third with a piece of evidence
    pieces: list[tuple[str, str]] = []
    for place, code in enumerate(builtin().indicators):
        assert desk.place() == code
        hand.part = "questions"
        give(hand, code, given[code])
        if place % 3 == 0:
            hand.part = "evidence"
            pieces.append((code, f"关于第{place + 1}项工作的通知"))
            register(hand, pieces[-1][1])
        hand.part = "questions"
        hand.press(Qt.Key.Key_Right, ALT)
    assert len(pieces) == 23
    assert session.progress is not None
    assert session.progress.answered == 68  # the faulty one counts as open
    assert sum(len(session.sheet.evidence(code)) for code in given) == 23
    # -------- what must be dealt with: one step to the field, corrected, and back
    hand.part = "check"
    hand.press(Qt.Key.Key_2, CTRL)
    page: Any = window.page
    qtbot.waitUntil(lambda: page.badge() > 0, timeout=5000)
    dealt_with: list[str] = []
    while left := page.badge():
        hand.press(Qt.Key.Key_Return)
        dealt_with.append(desk.place())
        if dealt_with[-1] == WRONG:
            numerator = desk.card.body.numerator
            assert numerator.isAncestorOf(hand.focus) or hand.focus is numerator
            hand.press(Qt.Key.Key_A, CTRL)
            hand.type(given[WRONG].numerator or "")
        else:  # a key indicator that claims level 3 without evidence
            register(hand, "工作台账")
        hand.press(Qt.Key.Key_Up, ALT)
        qtbot.waitUntil(lambda left=left: page.badge() < left, timeout=5000)
        if page.badge():
            hand.press(Qt.Key.Key_Down)  # what is solved stays in its place, ticked
    assert dealt_with.count(WRONG) == 1
    assert 1 < len(dealt_with) < 6
    assert session.progress.answered == 69
    # -------- cover, seal, signature sheet
    hand.part = "finish"
    hand.tab_to(page.finish)
    hand.press(Qt.Key.Key_Return)
    page = window.page
    assert page.key == "finishing"
    hand.press(Qt.Key.Key_Return)
    assert hand.focus is page.cover.fields["filler"].line
    cover = (("filler", "综治科"), ("approver", "办公室主任"), ("phone", "0930-8210000"), ("date", "2026-07-22"))
    for name, text in cover:
        assert hand.focus is page.cover.fields[name].line
        hand.type(text)
        hand.press(Qt.Key.Key_Return)
    assert hand.focus is page.seal.post.line
    hand.type("科长")
    hand.press(Qt.Key.Key_Return)
    assert hand.focus is page.main
    hand.press(Qt.Key.Key_Return)
    session.wait()
    assert session.standing.closed
    target = tmp_path / "签字表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(target.is_file, timeout=30000)
    assert target.read_bytes().startswith(b"%PDF")
    # -------- what it took
    items = [(item, given[code], SOURCE) for code, item in builtin().indicators.items()]
    plain, listed = effort(items, pieces, lists=False), effort(items, pieces, lists=True)
    assert hand.keys["questions"] <= 200
    assert hand.keys["evidence"] <= 2 * len(pieces) + 4
    assert hand.keys["check"] <= 20
    assert hand.keys["finish"] <= 20
    assert hand.keys.total() <= 270 < listed.keys
    assert hand.screens.total() <= 140
    with capsys.disabled():
        for part, keys in hand.keys.items():
            print(f"\n{part}: {keys} keys, {hand.typed[part]} characters, {hand.screens[part]} screens", end="")
        print(f"\nall: {hand.keys.total()} keys, {hand.typed.total()} characters, {hand.screens.total()} screens")
        print(f"spreadsheet, digits typed: {plain}; with drop-down lists: {listed}")

"""Through the window: full disks, pulled sticks, locks and kills. Nothing typed is lost, and one sentence says what to
do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from assess.answers import Answer
from assess.assessment import Assessment, Author
from assess.problems import Problem
from assess.store import failures
from forms.dialogs import unsaved
from forms.session import Session
from forms.window import Window
from tests.store import media

Create = Callable[..., Path]
SCRIPT = Path(__file__).with_name("on_media.py")
ROOT = SCRIPT.resolve().parents[3]
RED = "未能保存，查看原因"


@pytest.fixture(params=media.means()[:1])
def run(request: Any, tmp_path: Path, record_property: Any) -> Any:
    def one(scenario: str) -> dict[str, Any]:
        result = media.run(SCRIPT, scenario, tmp_path / "m", request.param)
        record_property("means", result["means"])
        assert result["means"]
        return result

    return one


def test_on_a_full_disk_what_is_typed_stays_on_the_screen_and_is_saved_by_itself_when_there_is_room(run):
    result = run("full")
    during = result["during"]
    assert during["typed"] == "写满以后"
    assert during["mark"] == RED
    assert during["waiting"] >= 2
    assert "自动保存" in during["notice"] or "另存" in during["notice"]
    assert str(during["waiting"]) in during["notice"]
    assert result["came_back"]
    assert result["after"]["mark"] == "saved"
    assert result["after"]["notice"] == ""
    assert result["notes"][0] == "之前"
    assert result["notes"][-1] == "写满以后"
    assert result["levels"] == {"ST1.1": 4}
    assert result["sound"]


def test_a_pulled_stick_loses_nothing_and_closing_asks_until_it_is_back_or_a_copy_is_saved(run):
    result = run("pulled")
    assert result["during"]["typed"] == "拔出以后"
    assert result["during"]["mark"] == RED
    assert result["in_copy"] == ["之前", "拔出以后"]
    assert result["may_leave"]  # everything is in the copy that was saved elsewhere
    assert result["stays"]  # something was entered after that
    assert result["asked"] == [2]
    assert result["came_back"]
    assert result["after"]["mark"] == "saved"
    assert result["leaves"]
    assert result["notes"] == ["之前", "拔出以后"]
    assert result["sound"]


def test_write_protection_under_an_open_window_is_told_and_a_copy_elsewhere_has_everything(run):
    result = run("protected")
    assert result["during"]["typed"] == "写保护以后"
    assert result["during"]["mark"] == RED
    assert "写保护" in result["during"]["notice"]
    assert result["in_copy"] == ["之前", "写保护以后"]


# ---------------------------------------------------------------- locks of other processes

LOCK = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1])
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def lock() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Another process that holds the document, until its input ends."""
    started: list[subprocess.Popen[str]] = []

    def take(path: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", LOCK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        started.append(process)
        return process

    yield take
    for process in started:
        process.kill()
        process.communicate()


def test_a_lock_of_another_program_is_told_and_what_was_typed_is_saved_when_it_lets_go(
    window: Window, session: Session, document: Create, qtbot: Any, lock: Any
) -> None:
    path = document()
    window.go("questionnaire", "ST1.1")
    process = lock(path)
    desk: Any = window.page.desk  # type: ignore[union-attr]
    desk.side.note.setPlainText("打字途中")
    desk.side.note.flush()
    session.wait()
    assert window.header.saved.button.isVisible()
    assert window.header.saved.button.text() == RED
    notice = window.notices.shown["not-saved"]
    assert "另一个程序" in notice.text.plain()
    assert "1 处" in notice.text.plain()
    assert notice.link.text() == "另存一份到别处…"
    assert not notice.cross.isVisible()
    assert desk.side.note.toPlainText() == "打字途中"
    assert session.sheet.text("ST1.1") == "打字途中"
    began = time.monotonic()
    session.submit("answer", "ST1.1", Answer.of_level(3))  # what follows does not wait for the lock once more
    session.wait()
    assert time.monotonic() - began < 1.5
    assert session.waiting == 2
    assert "2 处" in window.notices.shown["not-saved"].text.plain()
    process.communicate("\n")
    window.header.saved.button.click()
    session.wait()
    assert session.waiting == 0
    assert not window.header.saved.button.isVisible()
    assert "not-saved" not in window.notices.shown
    session.close()
    with Assessment.open(path, author=Author(), now=session.now) as again:
        assert again.sheet.text("ST1.1") == "打字途中"
        assert again.sheet.answer("ST1.1") == Answer.of_level(3)


def test_it_is_tried_again_without_a_click(
    window: Window, session: Session, document: Create, qtbot: Any, lock: Any
) -> None:
    path = document()
    process = lock(path)
    session.submit("note", "ST1.1", "等一会儿")
    session.wait()
    assert session.waiting == 1
    process.communicate("\n")
    qtbot.waitUntil(lambda: session.waiting == 0, timeout=12000)
    assert window.header.saved.state == "saved"


def test_undo_works_on_what_waits_and_both_are_saved_in_order(session: Session, document: Create, lock: Any) -> None:
    path = document()
    session.submit("answer", "ST1.1", Answer.of_level(2))
    session.wait()
    process = lock(path)
    session.submit("answer", "ST1.1", Answer.of_level(4))
    session.wait()
    session.undo()
    session.wait()
    assert session.sheet.answer("ST1.1") == Answer.of_level(2)
    process.communicate("\n")
    session.retry()
    session.wait()
    assert session.waiting == 0
    session.close()
    with Assessment.open(path, author=Author(), now=session.now) as again:
        assert again.sheet.answer("ST1.1") == Answer.of_level(2)
        assert [event.kind for event in again.history("ST1.1", "self")] == ["answer", "answer", "undo"]


def test_closing_with_something_waiting_offers_a_copy_elsewhere_and_says_what_becomes_of_it(
    window: Window, session: Session, document: Create, lock: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = document()
    lock(path)
    session.submit("note", "ST1.1", "未保存")
    session.wait()
    dialog = unsaved.Unsaved(session.problem, session.waiting, window)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert dialog.copy.text() == "另存一份到别处…"
    assert dialog.stay.text()
    assert dialog.leave.text()
    assert session.state is not None
    assert session.state.kept_here
    bare = unsaved.Unsaved(session.problem, session.waiting, window, kept_here=False)  # type: ignore[arg-type]
    qtbot.addWidget(bare)
    said = " ".join(label.text() for label in bare.findChildren(QLabel))
    assert "将丢失" in said
    asked: list[str] = []

    def choose(problem: Problem, _count: int, _parent: QWidget, _kept_here: bool) -> int:
        asked.append(problem.code)
        return unsaved.COPY

    monkeypatch.setattr(unsaved, "choose", choose)
    copied: list[bool] = []
    monkeypatch.setattr(window.desk, "ask_copy", lambda: copied.append(True))
    assert not window.close()
    window.desk.close_document()
    assert asked == ["store.in-use"] * 2
    assert copied == [True, True]
    assert session.is_open
    monkeypatch.setattr(unsaved, "choose", lambda *_args: unsaved.LEAVE)
    assert window.close()


def test_what_could_not_be_saved_before_the_end_is_in_the_document_at_the_next_opening(
    window: Window, session: Session, document: Create, lock: Any
) -> None:
    path = document()
    process = lock(path)
    session.submit("note", "ST1.1", "停电之前")
    session.wait()
    session.close()
    process.communicate("\n")
    session.open(path)
    session.wait()
    assert session.sheet.text("ST1.1") == "停电之前"
    assert "rescued" in window.notices.shown
    session.close()
    session.open(path)
    session.wait()
    assert session.sheet.text("ST1.1") == "停电之前"
    assert "rescued" not in window.notices.shown


def test_a_second_writer_hears_who_has_the_document_and_since_when(
    window: Window, session: Session, document: Create
) -> None:
    path = document()
    session.close()
    script = (
        "import sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from assess.assessment import Assessment, Author\n"
        "document = Assessment.open(Path(sys.argv[1]), author=Author('李四', '市大数据局', '科员'), "
        "now=lambda: datetime(2026, 7, 22, 1, 2, tzinfo=UTC))\n"
        "print(document.read_only, flush=True)\nsys.stdin.readline()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "False\n"
        session.open(path)
        session.wait()
        words = window.notices.shown["read-only"].text.plain()
        assert "李四" in words
        assert "市大数据局" in words
        assert "2026-07-22" in words
        process.kill()
        process.wait()
        session.close()
        session.open(path)  # the owner was killed: what it left behind is recognized
        session.wait()
        assert session.read_only_reason is None
    finally:
        process.kill()
        process.communicate()


ATTACHING = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from datetime import UTC, datetime
from pathlib import Path
from assess.answers import Answer, Evidence
from forms import app
from forms.session import Session
from forms.questionnaire.evidence_work import EvidenceWork
app.application()
session = Session(now=lambda: datetime.now(UTC))
session.open(Path(sys.argv[1]))
session.wait()
session.saved.connect(lambda _at: print(json.dumps(session.sheet.text("ST1.1")), flush=True))
work = EvidenceWork(session)
number = iter(range(10_000))
def moved(standing):
    if standing is not None and standing.done:
        session.submit("note", "ST1.1", str(next(number)))
work.moved.connect(moved)
work.add("ST1.1", Evidence("", "录像"), Path(sys.argv[2]))
session.wait(60)
"""


def test_killed_in_the_middle_of_attaching_200_mb_every_answer_acknowledged_is_there(
    session: Session, document: Create, tmp_path: Path
) -> None:
    path = document()
    session.close()
    empty = path.stat().st_size
    large = tmp_path / "录像.mp4"
    block = os.urandom(1 << 20)
    with large.open("wb") as out:
        for number in range(200):
            out.write(number.to_bytes(4, "big") + block[4:])
    process = subprocess.Popen(
        [sys.executable, "-c", ATTACHING, str(path), str(large)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    acknowledged: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        acknowledged.append(json.loads(line))
        if len(acknowledged) == 5:
            process.kill()
    process.wait()
    assert len(acknowledged) >= 5
    assert path.stat().st_size > empty + (40 << 20)
    with Assessment.open(path, author=Author(), now=session.now) as again:
        kept = [str(event.value) for event in again.history("ST1.1", "note")]
        assert set(acknowledged) <= set(kept)
        assert again.sheet.evidence("ST1.1") == ()
        assert again.attachments() == {}
        assert again.verify() == ()
        assert not again.read_only
        assert path.stat().st_size < empty + (2 << 20)  # the room is given back


# ---------------------------------------------------------------- the sentences

SEVEN = {
    "wrong passphrase": lambda path: failures.wrong_passphrase(path),
    "not ours": lambda path: failures.not_ours(path),
    "too new": lambda path: failures.too_new(path, 9, 1),
    "damaged": lambda path: failures.damaged(path, "database disk image is malformed"),
    "in use": lambda path: failures.in_use(path),
    "disk full": lambda path: failures.disk_full(path),
    "read-only medium": lambda path: failures.read_only_medium(path),
}


def test_seven_problems_are_seven_sentences_each_with_what_to_do() -> None:
    path = Path("衡川市.zhd")
    problems = [make(path) for make in SEVEN.values()]
    for language in ("zh", "en"):
        assert len({problem.text.render(language) for problem in problems}) == 7
        assert len({problem.hint.render(language) for problem in problems if problem.hint is not None}) == 7


@pytest.mark.parametrize("code", failures.HELD)
def test_what_waits_has_a_hint_of_its_own_that_says_it_is_kept(code: str) -> None:
    held = failures.held_back(Problem(code, failures.in_use(Path("x.zhd")).text))
    assert held.code == code
    assert held.hint is not None
    assert "保留在本窗口" in held.hint.render("zh")
    assert "kept in this window" in held.hint.render("en")


@pytest.mark.parametrize("number", [5, 13, 22, 28, 30, 36, 107, 112, 116, 122])
def test_texts_of_the_system_never_reach_a_notice(
    window: Window, session: Session, document: Create, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    document()

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Assessment, "set_cells", broken)
        session.submit("note", "ST1.1", "x")
        session.wait()
    words = window.notices.shown["not-saved"].text.plain()
    assert os.strerror(number) not in words
    plain = words.replace("衡川市.zhd", "").replace("U盘", "").replace("GB", "").replace("-journal", "")
    assert not any(sign.isascii() and sign.isalpha() for sign in plain), words
    session.problem = None

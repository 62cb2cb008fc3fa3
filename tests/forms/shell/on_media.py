"""What the window does on a medium that fails, told as JSON. Arguments: scenario, folder, means (store/media.py)."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from assess.answers import Answer, Profile
from assess.assessment import Assessment, Author
from assess.framework.read import builtin
from forms import app
from forms.dialogs import unsaved
from forms.session import Session
from forms.settings import RecentList, Settings
from forms.window import Window
from tests.store.media import Medium, heed_rights

NOW = datetime(2026, 7, 22, 14, 32, tzinfo=UTC)
CODES = ("ST1.1", "ST1.2", "ST1.3")


class Room:
    """A window with a document on the medium."""

    def __init__(self, medium: Medium) -> None:
        app.dress(app.application(), Settings(theme="light"))
        self.session = Session(now=lambda: datetime.now(UTC))
        self.window = Window(self.session, Settings(theme="light"), RecentList())
        self.window.resize(1366, 696)
        self.window.show()
        self.path = medium.path / "衡川市.zhd"
        self.session.create(self.path, builtin(), Profile("示例·衡川市", year=2026, base_date="2026-06-30"))
        self.session.wait()
        self.window.go("questionnaire", "ST1.1")

    def settle(self, milliseconds: int = 60) -> None:
        end = time.monotonic() + milliseconds / 1000
        while time.monotonic() < end:
            app.application().processEvents()
            time.sleep(0.002)
        self.session.wait()

    def type(self, text: str) -> None:
        """Write a note at the question that is shown, as a person does."""
        note = self.window.page.desk.side.note  # type: ignore[union-attr]
        note.setPlainText(text)
        note.flush()
        self.session.wait()

    def seen(self) -> dict[str, Any]:
        """What stands on the screen."""
        notice = self.window.notices.shown.get("not-saved")
        saved = self.window.header.saved
        return {
            "typed": self.window.page.desk.side.note.toPlainText(),  # type: ignore[union-attr]
            "mark": saved.button.text() if saved.state == "failed" else saved.state,
            "notice": notice.text.plain() if notice is not None else "",
            "waiting": self.session.waiting,
        }

    def until(self, wanted: Any, seconds: float = 12) -> bool:
        end = time.monotonic() + seconds
        while not wanted() and time.monotonic() < end:
            self.settle(50)
        return bool(wanted())


def kept(path: Path) -> dict[str, Any]:
    with Assessment.open(path, author=Author("查看"), now=lambda: NOW) as again:
        notes = [str(event.value) for code in CODES for event in again.history(code, "note")]
        levels = {code: answer.level for code, answer in again.sheet.answers().items()}
        return {"notes": notes, "levels": levels, "sound": again.verify() == ()}


def full(medium: Medium) -> dict[str, Any]:
    by = medium.make_small()
    room = Room(medium)
    room.type("之前")
    medium.fill()
    for number in range(40):
        room.type(f"{number}" + "写" * 3000)
        if room.session.waiting:
            break
    before = room.seen()
    room.type("写满以后")
    room.session.submit("answer", "ST1.1", Answer.of_level(4))
    room.session.wait()
    during = room.seen()
    medium.make_room()
    came_back = room.until(lambda: not room.session.waiting)
    after = room.seen()
    room.session.shut_down()
    return {"means": by, "before": before, "during": during, "came_back": came_back, "after": after, **kept(room.path)}


def pulled(medium: Medium) -> dict[str, Any]:
    by = medium.attach()
    room = Room(medium)
    room.type("之前")
    how = medium.pull()
    room.type("拔出以后")
    during = room.seen()
    copy = medium.path.parent / "另存.zhd"
    room.window.desk.save_copy(copy)
    room.session.wait()
    in_copy = kept(copy)
    may_leave = unsaved.may_leave(room.session, room.window, lambda: None)
    room.session.submit("answer", "ST1.2", Answer.of_number("1"))
    room.session.wait()
    asked: list[int] = []
    unsaved.choose = lambda _problem, count, _parent, _kept: asked.append(count) or unsaved.STAY  # type: ignore[func-returns-value,assignment]
    stays = not room.window.close()
    medium.put_back()
    came_back = room.until(lambda: not room.session.waiting)
    after = room.seen()
    leaves = room.window.close()
    return {
        "means": f"{by}, {how}",
        "during": during,
        "in_copy": in_copy["notes"],
        "may_leave": may_leave,
        "stays": stays,
        "asked": asked,
        "came_back": came_back,
        "after": after,
        "leaves": leaves,
        **kept(room.path),
    }


def protected(medium: Medium) -> dict[str, Any]:
    by = medium.attach()
    room = Room(medium)
    room.type("之前")
    how = medium.protect()
    if medium.how != "device":
        room.session._writer.submit(heed_rights).result()
    room.type("写保护以后")
    during = room.seen()
    copy = medium.path.parent / "另存.zhd"
    room.window.desk.save_copy(copy)
    room.session.wait()
    return {"means": f"{by}, {how}", "during": during, "in_copy": kept(copy)["notes"]}


SCENARIOS = {one.__name__: one for one in (full, pulled, protected)}


def main() -> None:
    scenario, folder, how = sys.argv[1:4]
    result = SCENARIOS[scenario](Medium(Path(folder), how))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()

"""What happens to a document on a medium that fails, told as JSON. Arguments: scenario, folder, means (media.py)."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assess import seen as module
from assess.answers import Evidence, Profile
from assess.assessment import Assessment, Author
from assess.problems import Problem
from tests.store.conftest import small_framework
from tests.store.media import Medium

ME = Author("张三", "市委政法委")


def now() -> datetime:
    return datetime.now(UTC)


def create(folder: Path, name: str = "岚州市.zhd") -> Assessment:
    framework = small_framework()
    module._read[module._key(framework.sources)] = framework
    return Assessment.create(folder / name, framework, Profile("岚州市", tier="市"), author=ME, now=now)


def reopened(path: Path) -> dict[str, Any]:
    """What a later session finds."""
    with Assessment.open(path, author=ME, now=now) as again:
        kept = [str(event.value) for event in again.history("A1", "note")]
        used = again._file._connection.execute("SELECT count(*) FROM chunk").get
        return {
            "kept": kept,
            "sound": again.verify() == (),
            "loose": used,
            "evidence": [piece.name for piece in again.sheet.evidence("A1")],
            "read_only": again.read_only_reason.render("zh") if again.read_only_reason else "",
            "rescued": again.rescued,
        }


def told(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "zh": problem.sentence("zh"), "en": problem.sentence("en")}


def notes(document: Assessment, start: int = 0, most: int = 4000, size: int = 3000) -> tuple[list[str], Problem | None]:
    """Write notes until the medium refuses; those that were acknowledged, and why the next was not."""
    done: list[str] = []
    for number in range(start, start + most):
        text = f"{number:05d}" + "备" * size
        try:
            document.note("A1", text)
        except Problem as problem:
            return done, problem
        done.append(text)
    return done, None


def full(medium: Medium) -> dict[str, Any]:
    """Answers are written until the disk is full; then room is made."""
    by = medium.make_small()
    document = create(medium.path)
    first, _ = notes(document, most=20)
    medium.fill()
    more, problem = notes(document, 100)
    assert problem is not None
    shown = document.sheet.text("A1")
    medium.make_room()
    document.note("A1", "有了空间")
    document.close()
    again = reopened(document.path)
    lost = [text for text in (*first, *more, "有了空间") if text not in again["kept"]]
    return {"means": by, "problem": told(problem), "shown": shown == (more or first)[-1], "lost": lost, **again}


def full_patient(medium: Medium) -> dict[str, Any]:
    """The same in a window: what is refused waits, and is written when there is room."""
    by = medium.make_small()
    document = create(medium.path)
    notes(document, most=5)
    document.patient = True
    medium.fill()
    done, problem = notes(document, 100, 40)
    assert problem is None
    assert document.trouble is not None
    trouble, waiting, shown = told(document.trouble), document.waiting, document.sheet.text("A1")
    try:
        document.save_waiting()
        still = False
    except Problem:
        still = True
    medium.make_room()
    document.save_waiting()
    left = document.waiting
    document.close()
    again = reopened(document.path)
    lost = [text for text in done if text not in again["kept"]]
    return {
        "means": by,
        "problem": trouble,
        "waiting": waiting,
        "still": still,
        "left": left,
        "shown": shown == done[-1],
        "lost": lost,
        **again,
    }


def full_attaching(medium: Medium) -> dict[str, Any]:
    """A file larger than the room that is left: refused as a whole, and its room is given back."""
    by = medium.make_small()
    document = create(medium.path)
    done, _ = notes(document, most=5)
    source = medium.path.parent / "录像.bin"
    source.write_bytes(os.urandom(30_000_000))
    before = document.path.stat().st_size
    if medium.how == "limits":
        medium.fill()
    try:
        document.add_evidence("A1", Evidence("", "录像"), source)
        problem = None
    except Problem as error:
        problem = error
    assert problem is not None
    after = document.path.stat().st_size
    if medium.how == "limits":
        medium.make_room()
    document.note("A1", "之后")
    document.close()
    again = reopened(document.path)
    lost = [text for text in (*done, "之后") if text not in again["kept"]]
    return {"means": by, "problem": told(problem), "grown": after - before, "lost": lost, **again}


def pulled(medium: Medium) -> dict[str, Any]:
    """The stick is pulled out while answers are written, a copy is saved elsewhere, and the stick is put back."""
    by = medium.attach()
    document = create(medium.path)
    first, _ = notes(document, most=5)
    document.patient = True
    how = medium.pull()
    done, _ = notes(document, 100, 10)
    assert document.trouble is not None
    trouble, shown, waiting = told(document.trouble), document.sheet.text("A1"), document.waiting
    copy = medium.path.parent / "另存.zhd"
    document.save_copy(copy)
    in_copy = reopened(copy)
    medium.put_back()
    document.save_waiting()
    document.note("A1", "插回之后")
    left = document.waiting
    document.close()
    again = reopened(document.path)
    wanted = (*first, *done)
    return {
        "means": f"{by}, {how}",
        "problem": trouble,
        "shown": shown == done[-1],
        "waiting": waiting,
        "left": left,
        "lost": [text for text in (*wanted, "插回之后") if text not in again["kept"]],
        "lost_in_copy": [text for text in wanted if text not in in_copy["kept"]],
        "copy_sound": in_copy["sound"],
        **again,
    }


def pulled_for_good(medium: Medium) -> dict[str, Any]:
    """The stick is pulled out and the program ends; at the next opening on this computer everything is there."""
    medium.attach()
    document = create(medium.path)
    first, _ = notes(document, most=5)
    document.patient = True
    how = medium.pull()
    done, _ = notes(document, 100, 10)
    path = document.path
    document.close()
    medium.put_back()
    again = reopened(path)
    once_more = reopened(path)
    return {
        "means": how,
        "lost": [text for text in (*first, *done) if text not in again["kept"]],
        "again": once_more["rescued"],
        **again,
    }


def protected(medium: Medium) -> dict[str, Any]:
    """The medium turns read-only under an open document."""
    by = medium.attach()
    document = create(medium.path)
    first, _ = notes(document, most=5)
    document.patient = True
    how = medium.protect()
    done, _ = notes(document, 100, 3)
    assert document.trouble is not None
    trouble = told(document.trouble)
    copy = medium.path.parent / "另存.zhd"
    document.save_copy(copy)
    in_copy = reopened(copy)
    document.close()
    with Assessment.open(document.path, author=ME, now=now) as again:
        reason = again.read_only_reason.render("zh") if again.read_only_reason else ""
    try:
        create(medium.path, "新.zhd").close()
        refused = ""
    except Problem as problem:
        refused = problem.code
    return {
        "means": f"{by}, {how}",
        "problem": trouble,
        "lost_in_copy": [text for text in (*first, *done) if text not in in_copy["kept"]],
        "reason": reason,
        "refused": refused,
    }


SCENARIOS = {one.__name__: one for one in (full, full_patient, full_attaching, pulled, pulled_for_good, protected)}


def main() -> None:
    scenario, folder, how = sys.argv[1:4]
    result = SCENARIOS[scenario](Medium(Path(folder), how))
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()

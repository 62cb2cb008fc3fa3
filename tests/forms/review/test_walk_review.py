"""The review page in both languages at every size, in every role: nothing cut, nothing nameless, one language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer
from assess.review import steps
from forms.window import Window
from tests.forms.review.test_review_page import CITY, LEVELS, NOW, opened, own_folders, session, window
from tests.forms.shell.walking import chinese, cut, english, nameless

__all__ = ["own_folders", "session", "window"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OWN = {CITY.profile.unit}
LATIN = {"Zhiheng"}
SIZES = ((1366, 696), (900, 640), (683, 348))


def plain(cells: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """The answers of the city, without what somebody wrote in Chinese."""
    out = {}
    for (code, column), value in cells.items():
        if column == "self":
            answer = {key: part for key, part in value.items() if key != "source"}
            out[code, column] = answer | ({"reason": "none"} if "reason" in answer else {})
    return out


@pytest.mark.parametrize("size", SIZES)
def test_in_every_role_and_language_nothing_is_cut_nameless_or_in_another_language(
    qtbot: Any, window: Window, tmp_path: Path, size: tuple[int, int]
) -> None:
    who = ("L", "G1", "", "reviewer")
    page = opened(window, tmp_path, plain(CITY.cells), who)
    settle(window, qtbot)
    high = next(code for code in LEVELS if CITY.cells[code, "self"]["level"] >= 3)
    page.session.submit("set_cells", {(high, "review"): Answer.of_level(0).to_json()}, steps.VALUE_KIND)
    page.session.submit("set_cells", steps.cells([LEVELS[4]], "return", reason="x", deadline=NOW.date()), steps.KIND)
    page.session.submit("set_cells", steps.confirming(LEVELS[5], value=Answer.of_level(3), opinion="x"), steps.KIND)
    page.session.introduce("Z", "B1", "", "filler")
    page.session.submit("set_cells", steps.cells([LEVELS[5]], "object", reason="x"), steps.KIND)
    window.resize(*size)
    for role in ("reviewer", "filler", "second_reviewer", "third_party"):
        page.session.introduce("W" if role == "second_reviewer" else "L", "G1", "", role)
        for language in ("en", "zh"):
            window.desk.choose_language(language)
            window.go("review")
            every = (high, LEVELS[4], LEVELS[5], "ST2.2", "ST2.3", "ME2.1")
            for code in every if role == "reviewer" else (high, LEVELS[5]):
                page.grid.choose(code)
                for look in (page.close_side, page.open_side):
                    look()
                    settle(window, qtbot)
                    where = (role, language, code)
                    strange = chinese(window, OWN) if language == "en" else english(window, LATIN)
                    assert not strange, (where, strange)
                    assert not laid_out(window, qtbot), (where, cut(window))
                    assert not nameless(window), (where, nameless(window))
            page.close_side()


def settle(window: Window, qtbot: Any) -> None:
    window.session.wait()
    qtbot.wait(20)
    window.session.wait()


def laid_out(window: Window, qtbot: Any) -> set[str]:
    for _again in range(30):
        found = cut(window)
        if not found:
            break
        qtbot.wait(40)
    return found

"""Who works here: the role is chosen once, kept, and in force at once; secret content is one entry of the menu away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer
from forms.dialogs.author import AuthorDialog
from forms.frame import menus
from forms.session import Session
from forms.settings import Settings
from forms.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def entries(window: Window) -> dict[str, Any]:
    menu = menus.file_menu(window.desk, window, window)
    return {action.text(): action for action in menu.actions()}


def test_the_role_is_chosen_in_the_dialog_kept_and_in_force_at_once(
    qtbot: Any, window: Window, session: Session, document: Callable[..., Path]
) -> None:
    document()
    assert session.author_role == "filler"
    session.author_wanted.emit()
    dialog = window.findChild(AuthorDialog)
    assert dialog is not None
    assert dialog.role.key == "filler"
    dialog.fields[0].put("李明")
    dialog.role.choose("reviewer")
    dialog._keep()
    session.wait()
    assert session.author_role == "reviewer"
    assert Settings.load().author_role == "reviewer"
    session.submit("mark_reviewed", True)
    session.wait()
    assert session.sheet.status == "reviewed"
    assert session.sheet.cells[("@status", "reviewed")]["by"] == "李明"


def test_the_role_holds_for_the_next_file_too(window: Window, session: Session, document: Callable[..., Path]) -> None:
    session.introduce("李明", "", "", "reviewer")
    document()
    assert session.author_role == "reviewer"


def test_a_role_nobody_knows_is_read_as_filling_in(window: Window) -> None:
    Settings(author_role="emperor").keep()
    assert Settings.load().author_role == "filler"


def test_what_a_reviewer_does_stands_under_the_reviewers_role(
    window: Window, session: Session, document: Callable[..., Path]
) -> None:
    document()
    session.submit("answer", "ST1.1", Answer.of_level(3))
    session.introduce("李明", "", "", "reviewer")
    session.submit("answer", "ST1.1", Answer.of_level(2), "review")
    session.wait()
    seen: list[Any] = []
    session.ask("history", "ST1.1", then=seen.extend)
    session.wait()
    assert {(event.role, event.column) for event in seen} == {("filler", "self"), ("reviewer", "review")}


def test_secret_content_is_one_entry_of_the_menu_away(
    qtbot: Any, window: Window, session: Session, document: Callable[..., Path]
) -> None:
    assert "发现涉密内容…" not in entries(window)
    document()
    entries(window)["发现涉密内容…"].trigger()
    page: Any = window.page
    assert page.key == "results"
    assert page.claims.isVisible()
    assert page.claims.lines.warning.isVisible()
    page.claims.lines.reason.put("备注里有不宜填报的内容")
    page.claims.lines.form.keep.click()
    session.wait()
    assert session.scores is not None
    assert session.scores.suspended

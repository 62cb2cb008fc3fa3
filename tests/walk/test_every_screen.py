"""Every screen and dialog in both languages, three themes, three sizes and large letters: one language, nothing cut,
all named, Tab goes round as one reads, and every text painted in colors of the tokens with enough contrast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assess.answers import Answer, Profile
from assess.framework.read import builtin
from assess.samples.cities import cities, city
from forms.session import Session
from forms.theme import theme, tokens
from forms.window import Window
from tests.forms.shell.walking import chinese, cut, english, nameless, visible
from tests.walk import whole
from tests.walk.painted import contrast, unreadable
from tests.walk.recorder import runs
from tests.walk.screens import PAGES, dialogs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
OWN = frozenset({"简体中文", "治衡", "示例·", *(one.profile.unit.removeprefix("示例·") for one in cities())})
LATIN = frozenset(
    {"Office", "none", "English", "Zhiheng", "Huxing", "zhd", "Excel", "XLSForm", "Word", "PDF", "WPS", "SHA", "SPDX",
     "Apache", "Python", "LGPL", "Noto", "OFL", "SC", "CSV", "Parquet", "Qt", "for", "Alt", "MB"}
)  # fmt: skip
LOOKS = (
    ((1366, 696), "light", 1.0),
    ((900, 696), "dark", 1.0),
    ((683, 348), "contrast", 1.0),
    ((1366, 696), "contrast", 1.3),
    ((900, 620), "light", 1.3),
)
LOOKS_AND_LANGUAGES = [(*look, language) for look in LOOKS for language in ("zh", "en")]
LOOKS_AND_LANGUAGES += [((683, 348), "light", 1.3, "zh"), ((683, 348), "light", 1.3, "en")]
LEAST = 4.5
BY_HAND = frozenset(
    {"BarChart", "Chip", "Heat", "KeyLine", "Legend", "LevelRow", "Names", "Prose", "Radar", "Steelyard", "Strips",
     "Grid", "OutlineList", "QHeaderView", "Head", "Segments", "Keys"}
)  # fmt: skip
"""Some that paint their texts themselves: were they not walked, the measure would say nothing."""
PARTS = 3
"""Year, month and day of a date are one field that Tab goes through."""


@pytest.fixture
def filled(window: Window, session: Session, tmp_path: Path) -> Window:
    """A sample city whose own texts are Latin letters: what is Chinese in English then comes from the program."""
    sample = city("990301")
    cells: dict[tuple[str, str], Any] = {}
    for cell, value in sample.cells.items():
        if cell[1] == "self" and isinstance(value, dict):
            answer = Answer.from_json(value)
            cells[cell] = replace(answer, source="Office", reason="none" if answer.reason else "").to_json()
    session.create(tmp_path / "a.zhd", builtin(), replace(sample.profile, unit="Huxing"), cells=cells)
    session.wait()
    return window


def screens(window: Window, session: Session, qtbot: Any) -> Iterator[str]:
    """Go to every page in turn, and let it come to rest."""
    for page, target in PAGES:
        assert window.go(page, target), page
        session.wait()
        qtbot.wait(40)
        yield f"{page} {target or ''}".strip()


def at_rest(root: QWidget, qtbot: Any) -> set[str]:
    """What is cut or covered once the layout has come to rest."""
    for _again in range(12):
        found = cut(root) | whole.torn(root)
        if not found:
            break
        qtbot.wait(40)
    return found


def faults(root: QWidget, language: str, qtbot: Any) -> dict[str, object]:
    """What is wrong with a screen, by kind; empty where nothing is."""
    strange = chinese(root, OWN) if language == "en" else english(root, LATIN)
    found = {"language": strange, "cut": at_rest(root, qtbot), "nameless": nameless(root)}
    return {kind: those for kind, those in found.items() if those}


@pytest.mark.parametrize(("size", "look", "scale", "language"), LOOKS_AND_LANGUAGES)
def test_every_page_speaks_one_language_cuts_nothing_and_names_its_controls(
    filled: Window, session: Session, qtbot: Any, size: tuple[int, int], look: str, scale: float, language: str
) -> None:
    filled.resize(*size)
    theme().choose(look, scale)
    filled.desk.choose_language(language)
    wrong = {}
    for place in screens(filled, session, qtbot):
        if found := faults(filled, language, qtbot):
            wrong[place] = found
    assert not wrong


@pytest.mark.parametrize("tier", ["乡", "村"])
@pytest.mark.parametrize("size", [(1366, 696), (683, 348)])
def test_the_large_version_does_too(
    window: Window, session: Session, qtbot: Any, tmp_path: Path, size: tuple[int, int], tier: str
) -> None:
    window.resize(*size)
    session.create(tmp_path / "b.zhd", builtin(), Profile(unit="Huxing", tier=tier, base_date="2026-06-30"))
    session.wait()
    for language in ("en", "zh"):
        window.desk.choose_language(language)
        qtbot.wait(40)
        assert not faults(window, language, qtbot), language


@pytest.mark.parametrize(("look", "scale"), [("light", 1.0), ("contrast", 1.3)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_dialog_does_too(
    filled: Window, session: Session, qtbot: Any, look: str, scale: float, language: str
) -> None:
    theme().choose(look, scale)
    filled.desk.choose_language(language)
    wrong = {}
    for dialog in dialogs(filled, session):
        dialog.show()
        qtbot.wait(20)
        if found := faults(dialog, language, qtbot):
            wrong[type(dialog).__name__] = found
        dialog.close()
    assert not wrong


# ---------------------------------------------------------------- Tab
def reading(root: QWidget) -> list[QWidget]:
    """Where Tab stops, in the order it goes, beginning and ending at the same place."""
    reached: list[QWidget] = []
    stays = 0
    for _press in range(400):
        focused = QApplication.focusWidget()
        assert focused is not None
        again = bool(reached) and focused is reached[-1]
        stays = stays + 1 if again else 0
        if focused in reached and (not again or stays > PARTS):
            assert focused is reached[0], f"Tab is caught at {focused.accessibleName()}"
            return reached
        if not again:
            reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come round")


@pytest.mark.parametrize(("page", "target"), PAGES)
def test_tab_reaches_everything_and_comes_round(
    filled: Window, session: Session, qtbot: Any, page: str, target: str | None
) -> None:
    filled.go(page, target)
    session.wait()
    qtbot.wait(40)
    filled.rail.menu.setFocus(Qt.FocusReason.TabFocusReason)
    reached = reading(filled)
    wanted = [
        widget
        for widget in visible(filled)
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and widget.isEnabled() and not widget.focusProxy()
    ]
    assert not [f"{type(one).__name__} {one.accessibleName()}" for one in wanted if one not in reached]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tab_goes_down_a_dialog_as_one_reads(filled: Window, session: Session, qtbot: Any, language: str) -> None:
    """Never up by more than a row, unless it goes to the next column or around."""
    filled.desk.choose_language(language)
    for dialog in dialogs(filled, session):
        dialog.show()
        dialog.activateWindow()
        qtbot.wait(20)
        first = dialog.focusWidget()
        if first is None:
            continue
        first.setFocus(Qt.FocusReason.TabFocusReason)
        reached = reading(dialog)
        tops = [one.mapTo(dialog, QPoint(0, 0)) for one in reached]
        start = min(range(len(tops)), key=lambda place: (tops[place].y(), tops[place].x()))
        turned = tops[start:] + tops[:start]
        ups = sum(after.y() + 24 < before.y() and after.x() <= before.x() for before, after in pairwise(turned))
        assert ups <= 1, (type(dialog).__name__, [one.accessibleName() for one in reached])
        dialog.close()


# ---------------------------------------------------------------- contrast
def test_every_pair_of_the_tokens_measures_enough() -> None:
    grounds = ("window", "panel", "sunken", "primary_soft")
    inks = ("text", "text_2", "text_3")
    more = [("primary_text", one) for one in grounds] + [("on_tooltip", "tooltip")]
    more += [("on_primary", one) for one in ("primary", "primary_hover", "primary_press")]
    for tone in ("danger", "warning", "success"):
        more += [(tone, one) for one in ("panel", "window", f"{tone}_soft")]
        more += [(ink, f"{tone}_soft") for ink in ("text", "text_2")]
    for name in ("light", "dark", "contrast"):
        book = tokens()[name]
        for ink, ground in [*((ink, ground) for ink in inks for ground in grounds), *more]:
            assert contrast(QColor(book[ink]), QColor(book[ground])) >= LEAST, (name, ink, ground)
        levels = tokens()["levels"][name]
        for fill, on in zip(levels["fill"], levels["on"], strict=True):
            assert contrast(QColor(fill), QColor(on)) >= LEAST, (name, fill, on)


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_every_text_is_painted_with_enough_contrast_in_colors_of_the_tokens(
    filled: Window, session: Session, qtbot: Any, look: str
) -> None:
    """Whoever paints it: widgets, styles, delegates of tables, charts, chips, strips and bars painted by hand."""
    theme().choose(look, 1.0)
    wrong, painters = {}, set()
    for place in screens(filled, session, qtbot):
        written = runs(filled)
        painters |= {type(one).__name__ for run in written for one in (run.widget, run.widget.parentWidget())}
        if found := set(unreadable(written, filled, LEAST)):
            wrong[place] = found
    assert painters >= BY_HAND
    assert not wrong


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_so_are_the_dialogs_the_start_page_and_the_guide(
    filled: Window, session: Session, qtbot: Any, look: str
) -> None:
    theme().choose(look, 1.0)
    wrong = {}
    for dialog in dialogs(filled, session):
        dialog.show()
        qtbot.wait(20)
        wrong[type(dialog).__name__] = set(unreadable(runs(dialog), dialog, LEAST))
        dialog.close()
    filled.help.open("keys")
    guide = filled.help.guide
    assert guide is not None
    qtbot.wait(20)
    wrong["guide"] = set(unreadable(runs(guide), guide, LEAST))
    guide.close()
    filled.desk.close_document()
    session.wait()
    for name in ("show_front", "new_document", "show_samples"):
        getattr(filled.desk.start if name == "show_front" else filled.desk, name)()
        qtbot.wait(20)
        wrong[name] = set(unreadable(runs(filled), filled, LEAST))
    assert not {place: found for place, found in wrong.items() if found}


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("tier", ["乡", "村"])
def test_so_is_the_large_version(
    window: Window, session: Session, qtbot: Any, tmp_path: Path, look: str, tier: str
) -> None:
    theme().choose(look, 1.0)
    session.create(tmp_path / "b.zhd", builtin(), Profile(unit="Huxing", tier=tier, base_date="2026-06-30"))
    session.wait()
    qtbot.wait(40)
    assert not set(unreadable(runs(window), window, LEAST))


def test_what_paints_badly_is_caught(qtbot: Any) -> None:
    """The measure itself: gray on gray, a color of nobody, a word wider than its widget, one text over another."""

    class Bad(QWidget):
        def paintEvent(self, _event: object) -> None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme().color("panel"))
            painter.setPen(theme().color("border"))
            painter.drawText(QPointF(10, 30), "pale")
            painter.setPen(QColor("#c01080"))
            painter.drawText(QPointF(10, 60), "strange")
            painter.setPen(theme().color("text"))
            painter.drawText(QPointF(150, 90), "beyond the edge")
            painter.drawText(QPointF(10, 120), "one over")
            painter.drawText(QPointF(14, 122), "the other")

    bad = Bad()
    qtbot.addWidget(bad)
    bad.resize(200, 150)
    bad.show()
    written = runs(bad)
    told = " ".join(unreadable(written, bad, LEAST))
    assert "'pale'" in told and "'strange' ink #c01080 is of no token" in told  # noqa: PT018
    assert ["beyond the edge" in one for one in whole.clipped(written, bad)] == [True]
    assert ["'one over' and 'the other'" in one for one in whole.over_each_other(written, bad)] == [True]

"""Another theme is seen everywhere: in the page in sight at once, in every other page when it is gone to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from forms import theme
from forms.guide.window import GuideWindow
from forms.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "Cannot find font directory")
Create = Callable[..., Path]
GROUNDS = ("window", "panel", "sunken", "text")


def painted(widget: QWidget) -> Counter[str]:
    """How many of the pixels of a widget (every second of every second row) have which color, #rrggbb."""
    QApplication.processEvents()
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return Counter(
        QColor(image.pixel(x, y)).name() for y in range(0, image.height(), 2) for x in range(0, image.width(), 2)
    )


def grounds(name: str) -> set[str]:
    """The colors of grounds and text of a theme."""
    return {theme.tokens()[name][token].lower() for token in GROUNDS}


def everything(name: str) -> set[str]:
    """Every color a theme has, those of levels and charts with it."""
    tokens = theme.tokens()
    tables = (tokens[name], tokens["levels"][name], tokens["chart"][name])
    values = [
        value
        for table in tables
        for entry in table.values()
        for value in (entry if isinstance(entry, list) else [entry])
    ]
    return {value.lower() for value in values if isinstance(value, str)}


def assert_dressed(widget: QWidget, before: str) -> None:
    """The widget stands on a ground of the theme of now, and nothing on it is left of the one before."""
    now, found = theme.theme().name, painted(widget)
    assert found.most_common(1)[0][0] in grounds(now)
    left = {color: found[color] for color in grounds(before) - everything(now)}
    assert sum(left.values()) < sum(found.values()) / 200, left


@pytest.mark.parametrize("kind", ["self", "training"])
def test_a_page_out_of_sight_has_the_new_theme_when_it_is_gone_to(window: Window, document: Create, kind: str) -> None:
    document(mode=kind)
    for place in window.places:
        window.go(place.key)
        QApplication.processEvents()
    window.go("questionnaire")
    for before, now in (("light", "dark"), ("dark", "contrast"), ("contrast", "light")):
        window.desk.choose_theme(now)
        assert_dressed(window, before)
        for place in window.places:
            window.go(place.key)
            assert_dressed(window, before)
        window.go("questionnaire")


def test_a_theme_passed_over_out_of_sight_leaves_nothing(window: Window, document: Create) -> None:
    document()
    for place in window.places:
        window.go(place.key)
    window.go("questionnaire")
    for name in ("dark", "contrast", "light", "dark"):
        window.desk.choose_theme(name)
    for place in window.places:
        window.go(place.key)
        assert_dressed(window, "light")


def test_a_page_out_of_sight_has_the_size_and_language_chosen_meanwhile(window: Window, document: Create) -> None:
    document()
    assert window.go("findings")
    findings = window.page
    assert findings is not None
    window.go("questionnaire")
    window.desk.choose_language("en")
    theme.theme().choose(scale=1.3)
    window.go("findings")
    words = {label.text() for label in findings.findChildren(QWidget) if callable(getattr(label, "text", None))}
    assert "Check" in words
    assert "检查" not in words
    tall = max(child.fontInfo().pixelSize() for child in findings.findChildren(QWidget))
    assert tall == theme.theme().face("title")[0]


def test_windows_that_are_open_beside_it_follow_at_once(window: Window, document: Create) -> None:
    document()
    window.help.ask_page()
    window.open_menu(window.rail.menu)
    QApplication.processEvents()
    beside = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window]
    assert len(beside) >= 2
    window.desk.choose_theme("dark")
    for top in beside:
        # The pictures of the guide are of a light window; the list beside them is not.
        assert_dressed(top.list if isinstance(top, GuideWindow) else top, "light")
        top.close()

"""Colors, sizes and patterns come from the tokens, hold the contrast promised, and change at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from forms import icon, style
from forms.theme import THEMES, Theme, load_fonts, look, theme, tokens

ROOT = Path(icon.__file__).parent


@pytest.fixture(autouse=True)
def light(qtbot: Any) -> Iterator[None]:
    theme().choose("light", 1.0)
    yield
    theme().choose("light", 1.0)


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "window"), ("text", "panel"), ("text", "hover"), ("text_2", "sunken"), ("text_3", "sunken"),
        ("text_3", "primary_soft"), ("primary_text", "primary_soft"), ("on_primary", "primary"),
        ("on_primary", "primary_press"), ("danger", "danger_soft"), ("warning", "warning_soft"),
        ("success", "success_soft"), ("on_tooltip", "tooltip"),
    ],
)  # fmt: skip
def test_every_text_can_be_read_on_its_ground(name: str, ink: str, ground: str) -> None:
    made = Theme()
    made.name = name
    assert contrast(made.color(ink), made.color(ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_edges_of_controls_and_the_ring_stand_out(name: str) -> None:
    made = Theme()
    made.name = name
    for ground in ("window", "panel"):
        assert contrast(made.color("border_strong"), made.color(ground)) >= 3
        assert contrast(made.color("focus"), made.color(ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_numbers_can_be_read_on_every_level_and_lightness_moves_one_way(name: str) -> None:
    made = Theme()
    made.name = name
    shades = [luminance(made.level_fill(level)) for level in range(6)]
    assert shades in (sorted(shades), sorted(shades, reverse=True))
    for level in range(6):
        assert contrast(made.level_on(level), made.level_fill(level)) >= 4.5


def test_patterns_differ_between_the_levels_that_have_one_and_are_sharp_at_200_percent() -> None:
    tiles = [theme().level_tile(level).toImage() for level in range(1, 5)]
    assert len({bytes(tile.constBits()) for tile in tiles}) == 4
    assert theme().level_tile(3, 2.0).width() == 16
    assert theme().level_tile(3, 2.0).devicePixelRatio() == 2
    assert theme().level_tile(3, 1.0, times=2).width() == 16


def test_no_other_file_of_the_window_names_a_color() -> None:
    import re

    named = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\((?!255, 255, 255\))\d")  # the paper of a report is white
    guilty = [
        str(file.relative_to(ROOT))
        for file in ROOT.rglob("*.py")
        if named.search(file.read_text(encoding="utf-8")) and file.name != "icon.py"
    ]
    assert guilty == []


def test_choosing_a_theme_changes_what_is_already_shown(qtbot: Any) -> None:
    label = QLabel("示例·衡川市")
    label.setProperty("type", "title")
    label.setProperty("ink", "text_2")
    qtbot.addWidget(label)
    label.show()
    assert label.font().pixelSize() == 22
    heard: list[bool] = []
    theme().changed.connect(lambda: heard.append(True))
    theme().choose("dark", 1.3)
    QApplication.processEvents()
    assert heard
    assert label.font().pixelSize() == round(22 * 1.3)
    assert label.palette().color(label.foregroundRole()) == theme().color("text_2")


def test_an_unknown_theme_is_refused_and_the_old_one_stays() -> None:
    with pytest.raises(ValueError, match="neon"):
        theme().choose("neon")
    assert theme().name == "light"


def test_the_style_sheet_is_read_without_complaint_in_every_theme(qtbot: Any) -> None:
    for name in THEMES:
        theme().choose(name)
        assert "{{" not in style.sheet(theme())
    theme().choose("contrast")
    assert theme().edge == 2


def test_the_fonts_that_ship_with_the_program_are_those_used(qtbot: Any) -> None:
    assert load_fonts() == ("Noto Sans SC", "Noto Serif SC")
    assert theme().families("sans")[0] == "Noto Sans SC"
    assert theme().font("title").families()[0] == "Noto Serif SC"


def test_no_text_on_screen_is_under_thirteen_pixels() -> None:
    sizes = [face[0] for face in tokens()["type"].values() if isinstance(face, list) and isinstance(face[0], int)]
    assert min(sizes) == 13


def test_icons_take_the_color_of_the_theme_and_exist_for_every_page(qtbot: Any) -> None:
    from forms.pages import PLACES

    for place in PLACES:
        assert not icon.icon(place.icon).isNull()
    theme().choose("dark")
    drawn = icon.pixmap("plus", "text").toImage()
    assert drawn.pixelColor(10, 10) == theme().color("text")
    with pytest.raises(FileNotFoundError):
        icon.pixmap("no-such-icon")


def test_every_drawing_is_24_by_24_with_the_stroke_of_the_set() -> None:
    for file in (ROOT / "icons").glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        if not file.stem.startswith("app-icon"):
            assert 'viewBox="0 0 24 24"' in text
            assert 'stroke-width="1.7"' in text


def test_a_look_can_change_while_a_widget_is_shown(qtbot: Any) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    look(label, ink="danger")
    label.show()
    assert label.palette().color(label.foregroundRole()) == theme().color("danger")

"""Themes: the tokens of `forms/tokens.toml` as palette, style sheet, fonts, level colors and pattern tiles.

`theme()` is the one theme in force. Choosing another theme or size takes effect at once everywhere: style sheet and
palette are set anew and `changed` tells what is painted by hand. Dynamic properties name a look, never a color:

    label.setProperty("type", "title")     one of the names in [type] of the tokens: caption … display
    label.setProperty("ink", "text_2")     a text color
    frame.setProperty("box", "panel")      panel, sunken, plain; see `forms/style.py`
    button.setProperty("kind", "primary")  primary, plain, text, danger, icon
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from forms import style

THEMES = ("light", "dark", "contrast")
SCALES = (1.0, 1.15, 1.3)
TILE = 8
FONTS = Path(__file__).parent.parent / "reports" / "fonts"
FACES = ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", "NotoSerifSC-Bold.otf")


@cache
def tokens() -> dict[str, Any]:
    """The tokens file, read once."""
    with (Path(__file__).parent / "tokens.toml").open("rb") as stream:
        return tomllib.load(stream)


class Theme(QObject):
    """One theme at one size. Lengths given to `px` and fonts follow the size chosen (1.0, 1.15 or 1.3)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = "light"
        self.scale = 1.0
        self._families: dict[str, list[str]] = {}
        self._tiles: dict[tuple[int, float, int], QPixmap] = {}

    # ---------------------------------------------------------------- values
    def hex(self, token: str) -> str:
        """A color token of this theme as #RRGGBB. KeyError for an unknown one."""
        value: str = tokens()[self.name][token]
        return value

    def color(self, token: str) -> QColor:
        return QColor(self.hex(token))

    def chart(self, token: str) -> Any:
        """A value of the chart palette; dashes and markers are the same in every theme."""
        palette = tokens()["chart"][self.name]
        return palette[token] if token in palette else tokens()["chart"]["light"][token]

    def chart_color(self, token: str) -> QColor:
        return QColor(self.chart(token))

    def level_fill(self, level: int) -> QColor:
        """Fill of a level 0–5 or stage 1–5."""
        return QColor(tokens()["levels"][self.name]["fill"][level])

    def level_on(self, level: int) -> QColor:
        """A number or word on the fill of a level."""
        return QColor(tokens()["levels"][self.name]["on"][level])

    def level_ink(self, level: int) -> QColor:
        """Pattern strokes and outline of a level."""
        return QColor(tokens()["levels"][self.name]["ink"][level])

    def px(self, length: float) -> int:
        """A length in logical pixels at the size chosen."""
        return round(length * self.scale)

    def size(self, token: str) -> int:
        """A token of [size], at the size chosen."""
        return self.px(tokens()["size"][token])

    @property
    def edge(self) -> int:
        """Width of every border: 1, in high contrast 2."""
        strokes = tokens()["stroke"]
        return int(strokes["contrast"] if self.name == "contrast" else strokes["control"])

    # ---------------------------------------------------------------- type
    def families(self, which: str) -> list[str]:
        """Font families of "sans" or "serif", those that are there first."""
        if which not in self._families:
            wanted: list[str] = tokens()["type"][which]
            there = set(QFontDatabase.families())
            self._families[which] = [name for name in wanted if name in there] or wanted
        return self._families[which]

    def face(self, name: str) -> tuple[int, int, int, str]:
        """Size, line height (logical pixels), weight and family kind of a name in [type], e.g. "body"."""
        node: Any = tokens()["type"]
        for part in name.split("."):
            node = node[part]
        size, line, weight, family = node
        return self.px(size), self.px(line), int(weight), str(family)

    def font(self, name: str) -> QFont:
        """A font for painting: "caption" … "display", "township.body", "projector.number"."""
        size, _line, weight, family = self.face(name)
        font = QFont(self.families(family))
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        return font

    def line(self, name: str) -> int:
        """Line height of a name in [type], logical pixels."""
        return self.face(name)[1]

    # ---------------------------------------------------------------- patterns
    def level_tile(self, level: int, ratio: float = 1.0, times: int = 1) -> QPixmap:
        """The 8×8 tile of a level, made for one device pixel ratio; `times` doubles it for the projector."""
        key = (level, ratio, times)
        if key not in self._tiles:
            side = TILE * times
            tile = QPixmap(round(side * ratio), round(side * ratio))
            tile.setDevicePixelRatio(ratio)
            tile.fill(self.level_fill(level))
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(times, times)
            _strokes(painter, level, self.level_ink(level))
            painter.end()
            self._tiles[key] = tile
        return self._tiles[key]

    def level_brush(self, level: int, ratio: float = 1.0, times: int = 1) -> QBrush:
        """What fills an area of a level: level 0 and 5 plain, the others their tile."""
        if level in (0, 5):
            return QBrush(self.level_fill(level))
        return QBrush(self.level_tile(level, ratio, times))

    # ---------------------------------------------------------------- choosing
    def choose(self, name: str | None = None, scale: float | None = None) -> None:
        """Take a theme, a size or both into force, everywhere, at once. ValueError for a name there is not."""
        if name is not None and name not in THEMES:
            raise ValueError(name)
        self.name = name or self.name
        self.scale = scale or self.scale
        self._tiles.clear()
        self.dress()
        self.changed.emit()

    def dress(self) -> None:
        """Give the application palette, font and style sheet of this theme."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        # A sheet set over another makes Qt restyle every widget once for each ancestor that changes; taken off first,
        # every widget is restyled once. Nothing is painted in between.
        app.setStyleSheet("")
        app.setPalette(self.palette())
        app.setFont(self.font("label"))
        app.setStyleSheet(style.sheet(self))

    def palette(self) -> QPalette:
        """The palette, for what a style sheet does not reach (selection in texts, place holders, native parts)."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, token in (
            (role.Window, "window"),
            (role.WindowText, "text"),
            (role.Base, "panel"),
            (role.AlternateBase, "sunken"),
            (role.Text, "text"),
            (role.Button, "panel"),
            (role.ButtonText, "text"),
            (role.BrightText, "danger"),
            (role.ToolTipBase, "tooltip"),
            (role.ToolTipText, "on_tooltip"),
            (role.Highlight, "primary"),
            (role.HighlightedText, "on_primary"),
            (role.Link, "primary_text"),
            (role.LinkVisited, "primary_text"),
            (role.PlaceholderText, "text_3"),
            (role.Light, "border"),
            (role.Midlight, "border"),
            (role.Mid, "border"),
            (role.Dark, "border_strong"),
            (role.Shadow, "border_strong"),
        ):
            palette.setColor(which, self.color(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.color("disabled"))
        return palette


def _strokes(painter: QPainter, level: int, ink: QColor) -> None:
    """The strokes of one tile, 1.25 px; levels 0 and 5 have none."""
    pen = QPen(ink, 1.25)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    if level == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(3, 3, 2, 2)
    if level in (2, 3):
        painter.drawLine(0, TILE, TILE, 0)
    if level == 3:
        painter.drawLine(0, 0, TILE, TILE)
    if level == 4:
        painter.drawLine(0, 2, TILE, 2)
        painter.drawLine(0, 6, TILE, 6)


_theme: Theme | None = None


def theme() -> Theme:
    """The theme in force."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


@cache
def load_fonts() -> tuple[str, ...]:
    """Give Qt the fonts that ship with the program; returns their families. A missing file falls back on the system."""
    families: list[str] = []
    for face in FACES:
        if (FONTS / face).is_file():
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(FONTS / face)))
    theme()._families.clear()
    return tuple(dict.fromkeys(families))


def system_theme() -> str:
    """What the system asks for: "contrast", "dark" or "light" (D39). Qt before 6.10 tells contrast on Windows only."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", lambda: None)()
    preference = getattr(accessibility, "contrastPreference", lambda: None)()
    if preference is not None and "High" in str(preference):
        return "contrast"
    if _windows_high_contrast():
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _windows_high_contrast() -> bool:
    """SPI_GETHIGHCONTRAST, flag HCF_HIGHCONTRASTON; False on every other system."""
    import sys

    if sys.platform != "win32":
        return False
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = [("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p)]

    asked = HighContrast(size=ctypes.sizeof(HighContrast))
    found = ctypes.windll.user32.SystemParametersInfoW(0x0042, asked.size, ctypes.byref(asked), 0)
    return bool(found) and bool(asked.flags & 1)


def look(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties of a widget (type, ink, box, kind, state …) and let the style sheet see them."""
    moved = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            moved = True
    if moved:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()

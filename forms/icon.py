"""Icons: 24×24 line drawings of `forms/icons`, colored from the theme when they are loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from forms.theme import theme

FOLDER = Path(__file__).parent / "icons"


@cache
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _drawn(name: str, color: str, side: int, ratio: float) -> QPixmap:
    source = _source(name) if name.startswith("app-icon") else _source(name).replace("#000", color)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, token: str = "text", side: int = 20, ratio: float = 1.0) -> QPixmap:
    """A drawing in a color token of the theme. FileNotFoundError for a name there is no drawing of."""
    return _drawn(name, theme().hex(token), theme().px(side), ratio)


def icon(name: str, token: str = "text", side: int = 20, *, gap: int = 0, after: bool = False) -> QIcon:
    """An icon for a button, sharp at 100 % to 300 %, with its disabled state.

    `gap` widens it on the side of the words: at the right, or at the left where it stands `after` them.
    """
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        for mode, color in ((QIcon.Mode.Normal, token), (QIcon.Mode.Disabled, "disabled")):
            made.addPixmap(_widened(pixmap(name, color, side, ratio), round(theme().px(gap) * ratio), after), mode)
    return made


def _widened(drawing: QPixmap, gap: int, after: bool) -> QPixmap:
    """A drawing on a wider ground; `gap` in device pixels."""
    if gap == 0:
        return drawing
    ratio = drawing.devicePixelRatio()
    wide = QPixmap(drawing.width() + gap, drawing.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(QPointF(gap / ratio if after else 0, 0), drawing)
    painter.end()
    return wide


def paint(painter: QPainter, name: str, token: str, where: QRectF) -> None:
    """Draw an icon straight into a painter, for widgets that paint themselves."""
    source = _source(name).replace("#000", theme().hex(token))
    QSvgRenderer(QByteArray(source.encode())).render(painter, where)


def app_icon() -> QIcon:
    """The steelyard of the program, at the sizes systems ask for; simpler drawings where it is small."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        drawing = "app-icon-16" if side == 16 else "app-icon-32" if side <= 32 else "app-icon"
        made.addPixmap(_drawn(drawing, "", side, 1.0))
    return made


def square(side: int) -> QSize:
    """A square size, at the size chosen."""
    return QSize(theme().px(side), theme().px(side))

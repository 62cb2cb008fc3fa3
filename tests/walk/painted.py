"""What is really painted: the two colors of a text, taken from the picture of the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from forms.theme import theme
from tests.forms.shell.walking import plain, visible, who

NOISE = 3
"""Shades of one color that antialiasing and rounding make of it, in each channel."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and the colors it was painted in; `ratio` is the contrast of WCAG 2."""

    widget: str
    text: str
    ink: str
    ground: str
    ratio: float


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2, 0 to 1."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Contrast of two colors, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tokens_near(name: str) -> bool:
    """Whether a color is one of the theme's tokens, or of its levels and charts."""
    from forms.theme import tokens

    wanted = QColor(name)

    def colors(node: object) -> Iterator[QColor]:
        if isinstance(node, str) and node.startswith("#"):
            yield QColor(node)
        elif isinstance(node, dict):
            for part in node.values():
                yield from colors(part)
        elif isinstance(node, list):
            for part in node:
                yield from colors(part)

    book = tokens()
    held = [book[theme().name], book["levels"][theme().name], book["chart"][theme().name]]
    return any(
        abs(one.red() - wanted.red()) <= NOISE
        and abs(one.green() - wanted.green()) <= NOISE
        and abs(one.blue() - wanted.blue()) <= NOISE
        for part in held
        for one in colors(part)
    )


def pairs(root: QWidget) -> Iterator[Pair]:
    """The pair of every text that is shown, in reach of the eye and enabled."""
    picture = root.grab().toImage()
    ratio = picture.devicePixelRatio()
    for widget in visible(root):
        text = _text(widget)
        if not text or not widget.isEnabled():
            continue
        seen = widget.visibleRegion().boundingRect().intersected(widget.contentsRect())
        place = QRect(widget.mapTo(root, QPoint(0, 0)) + seen.topLeft(), seen.size()).intersected(root.rect())
        if place.width() < 8 or place.height() < 10:
            continue
        if seen.height() < min(widget.height(), 14):
            continue
        part = picture.copy(
            round(place.x() * ratio),
            round(place.y() * ratio),
            round(place.width() * ratio),
            round(place.height() * ratio),
        )
        measured = _measured(part, who(widget), text)
        if isinstance(widget, QLabel):  # thin strokes are painted paler than their ink: take the ink itself
            ink, ground = widget.palette().color(widget.foregroundRole()), QColor(measured.ground)
            measured = Pair(measured.widget, text, ink.name(), measured.ground, contrast(ink, ground))
        yield measured


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return plain(widget.text()).strip()
    if isinstance(widget, QLineEdit):
        return (widget.text() or widget.placeholderText()).strip()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return (widget.toPlainText() or widget.placeholderText()).strip()
    return ""


def _measured(part: QImage, widget: str, text: str) -> Pair:
    """The commonest color is the ground; the ink is the one that stands out most from it."""
    image = part.convertToFormat(QImage.Format.Format_RGB32)
    found: Counter[int] = Counter()
    for y in range(image.height()):
        found.update(memoryview(image.constScanLine(y)).cast("I")[: image.width()])
    ground = QColor.fromRgb(found.most_common(1)[0][0])
    inks = {shade: contrast(QColor.fromRgb(shade), ground) for shade in found}
    ink = max(inks, key=lambda shade: inks[shade])
    return Pair(widget, text, QColor.fromRgb(ink).name(), ground.name(), inks[ink])

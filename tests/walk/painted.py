"""What is really painted: the two colors of every text, its ink as the painter had it, its ground from the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from forms.theme import theme, tokens
from forms.widgets.watermark import Watermark
from tests.forms.shell.walking import who
from tests.walk.recorder import Run, runs
from tests.walk.whole import shown

NOISE = 3
"""Shades of one color that rounding makes of it, in each channel."""


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


def of_the_tokens(color: QColor) -> bool:
    """Whether a color is one of the theme's tokens, or of its levels and charts."""
    return any(
        abs(one.red() - color.red()) <= NOISE
        and abs(one.green() - color.green()) <= NOISE
        and abs(one.blue() - color.blue()) <= NOISE
        for one in _colors()
    )


def _colors() -> list[QColor]:
    name = theme().name
    if name not in _known:
        book = tokens()
        held = [book[name], book["levels"][name], book["chart"][name]]
        _known[name] = [QColor(one) for part in held for one in _hexes(part)]
    return _known[name]


_known: dict[str, list[QColor]] = {}


def _hexes(node: object) -> Iterator[str]:
    if isinstance(node, str) and node.startswith("#"):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _hexes(part)


def pairs(root: QWidget, written: Sequence[Run] | None = None) -> Iterator[Pair]:
    """The two colors of every text that can be seen and is not switched off."""
    picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = picture.devicePixelRatio()
    for run in runs(root) if written is None else written:
        place = shown(run, root)
        if not run.widget.isEnabled() or isinstance(run.widget, Watermark) or min(place.width(), place.height()) < 4:
            continue
        ground = _ground(picture, QRectF(place.topLeft() * ratio, place.size() * ratio).toAlignedRect())
        ink = _over(run.ink, ground)
        yield Pair(who(run.widget), run.text, ink.name(), ground.name(), contrast(ink, ground))


def unreadable(written: Sequence[Run], root: QWidget, least: float = 4.5) -> Iterator[str]:
    """Texts of too little contrast, and those in colors that are not of the tokens."""
    for pair in pairs(root, written):
        if pair.ratio < least:
            yield f"{pair.widget}: {pair.text!r} {pair.ink} on {pair.ground} {pair.ratio:.2f}"
        for which, name in (("ink", pair.ink), ("ground", pair.ground)):
            if not of_the_tokens(QColor(name)):
                yield f"{pair.widget}: {pair.text!r} {which} {name} is of no token"


def _over(ink: QColor, ground: QColor) -> QColor:
    """What a translucent ink looks like."""
    share = ink.alphaF()
    mixed = (one * share + other * (1 - share) for one, other in zip(ink.getRgbF(), ground.getRgbF(), strict=True))
    red, green, blue, _alpha = mixed
    return QColor.fromRgbF(red, green, blue)


def _ground(picture: QImage, place: QRect) -> QColor:
    """The commonest color around a text."""
    found: Counter[int] = Counter()
    inside = place.intersected(picture.rect())
    for y in range(inside.top(), inside.bottom() + 1):
        found.update(memoryview(picture.constScanLine(y)).cast("I")[inside.left() : inside.right() + 1])
    return QColor.fromRgb(found.most_common(1)[0][0])

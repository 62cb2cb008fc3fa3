"""Every text that is painted, whoever paints it: widgets, styles, delegates and parts painted by hand.

A window is rendered to a device that draws nothing and writes down each run of text: its words, its ink, the place, the
widget, and what of it the clip lets through. The ground is then read off a picture of the same window.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QPaintDevice, QPaintEngine, QPaintEngineState, QPainter, QPainterPath, QTextItem
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text as it was painted. `place` is its box in the window (ascent and descent high, as wide as the text
    advances), `seen` the part of it that the clip lets through, `upright` whether it runs in the reading direction."""

    text: str
    ink: QColor
    place: QRectF
    seen: QRectF
    widget: QWidget
    upright: bool


class _Engine(QPaintEngine):
    """Writes down text and forgets everything else."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.runs: list[Run] = []
        self.widget: QWidget | None = None

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: QPaintEngineState) -> None:
        pass

    def drawTextItem(self, point: QPointF, item: QTextItem) -> None:
        text = item.text()
        if not text.strip() or self.widget is None:
            return
        painter = self.painter()
        turn = painter.deviceTransform()
        box = QRectF(point.x(), point.y() - item.ascent(), item.width(), item.ascent() + item.descent())
        place = turn.mapRect(box)
        seen = place
        if painter.hasClipping():
            frame = QPainterPath()
            frame.addRect(box)
            seen = turn.mapRect(frame.intersected(painter.clipPath()).boundingRect())
        color = QColor(painter.pen().color())
        color.setAlphaF(color.alphaF() * painter.opacity())
        self.runs.append(Run(text, color, place, seen, self.widget, abs(turn.m12()) < 1e-6))

    def _nothing(self, *_arguments: object) -> None:
        pass

    drawPixmap = drawTiledPixmap = drawImage = drawPath = drawPolygon = _nothing  # noqa: N815
    drawRects = drawLines = drawEllipse = drawPoints = _nothing  # noqa: N815


class _Device(QPaintDevice):
    """As large as the window, at 96 dots per inch."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        metric = QPaintDevice.PaintDeviceMetric
        self.engine = _Engine()
        self._metrics = {
            metric.PdmWidth: width, metric.PdmHeight: height, metric.PdmWidthMM: round(width * 25.4 / 96),
            metric.PdmHeightMM: round(height * 25.4 / 96), metric.PdmNumColors: 1 << 24, metric.PdmDepth: 32,
            metric.PdmDpiX: 96, metric.PdmDpiY: 96, metric.PdmPhysicalDpiX: 96, metric.PdmPhysicalDpiY: 96,
            metric.PdmDevicePixelRatio: 1, metric.PdmDevicePixelRatioScaled: 65536,
        }  # fmt: skip

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(which, 0)


class _Watch(QObject):
    """Tells the engine whose turn it is to paint."""

    def __init__(self, engine: _Engine) -> None:
        super().__init__()
        self.engine = engine

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.engine.widget = watched
        return False


def runs(root: QWidget) -> list[Run]:
    """All text of a window that is shown, in the order it is painted."""
    device = _Device(root.width(), root.height())
    watch = _Watch(device.engine)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    painter = QPainter(device)
    try:
        root.render(painter, QPoint(0, 0))
    finally:
        painter.end()
        application.removeEventFilter(watch)
    return _last(device.engine.runs)


def _last(found: list[Run]) -> list[Run]:
    """What is painted twice at one place, as selected text is, counts once, as most of it is painted."""
    kept: dict[tuple[int, str, int, int], Run] = {}
    for run in found:
        key = (id(run.widget), run.text, round(run.place.x()), round(run.place.y()))
        before = kept.pop(key, run)
        kept[key] = before if before.seen.width() > run.seen.width() else run
    return list(kept.values())

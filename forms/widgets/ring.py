"""The focus ring (D38): one transparent overlay that follows the focused widget, 2 px of ink with a gap of 2 px.

A widget may say where its ring goes: property `ring` = "inside" (rows of lists and tables), "parent" (a line in a
field frame), "none"; or a method `ring_rect() -> QRect` in its own coordinates (one part of a widget that paints
itself), with `ring.refresh()` called when that part moves.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QMenu, QWidget
from shiboken6 import isValid

from forms.theme import theme

WATCHED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
    QEvent.Type.ZOrderChange,
}


class FocusRing(QWidget):
    """The overlay. There is one for the application; it moves to the window that has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")
        self._focused: QWidget | None = None
        self._chain: list[QWidget] = []
        self._heard: list[tuple[QObject, Any]] = []
        self._clip = QRect()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self.hide()

    def follow(self, focused: QWidget | None) -> None:
        """Go round another widget, or nowhere."""
        for widget in self._chain:
            if isValid(widget):
                widget.removeEventFilter(self)
        for source, connection in self._heard:
            if isValid(source):
                source.disconnect(connection)
        self._chain, self._heard = [], []
        self._focused = focused
        if focused is None:
            self.hide()
            return
        above: QWidget | None = focused
        while above is not None:
            above.installEventFilter(self)
            self._chain.append(above)
            if isinstance(above, QAbstractScrollArea):
                self._chain.append(above.viewport())
                above.viewport().installEventFilter(self)
                self._listen(above.verticalScrollBar(), above.verticalScrollBar().valueChanged)
                self._listen(above.horizontalScrollBar(), above.horizontalScrollBar().valueChanged)
            if above.isWindow():
                break
            above = above.parentWidget()
        if isinstance(focused, QAbstractItemView) and focused.selectionModel() is not None:
            self._listen(focused.selectionModel(), focused.selectionModel().currentChanged)
        self._place()

    def refresh(self, *_ignored: object) -> None:
        """Look again where the ring belongs, after the events under way."""
        self._soon.start()

    def _listen(self, source: QObject, signal: Any) -> None:
        self._heard.append((source, signal.connect(self.refresh)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in WATCHED and watched is not self:
            self.refresh()
        return False

    def _place(self) -> None:
        focused = self._focused
        if focused is None or not isValid(focused):
            self.hide()
            return
        rect, ringed = self._target(focused)
        if rect is None or ringed is None or not ringed.isVisible():
            self.hide()
            return
        window = ringed.window()
        if isinstance(window, QMenu) or window is ringed:
            self.hide()
            return
        place = QRect(ringed.mapTo(window, rect.topLeft()), rect.size())
        inside = ringed.property("ring") == "inside" or isinstance(ringed, QAbstractItemView)
        grow = -3 if inside else theme().px(4)
        around = place.adjusted(-grow, -grow, grow, grow)
        self._clip = self._visible_part(ringed, window, grow).intersected(around)
        if self._clip.isEmpty():
            self.hide()
            return
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setGeometry(around)
        hole = QRect(QPoint(0, 0), around.size()).adjusted(3, 3, -3, -3)
        self.setMask(QRegion(self._clip.translated(-around.topLeft())).subtracted(QRegion(hole.adjusted(4, 4, -4, -4))))
        self.show()
        self.raise_()
        self.update()

    @staticmethod
    def _target(focused: QWidget) -> tuple[QRect | None, QWidget | None]:
        way = focused.property("ring")
        if way == "none":
            return None, None
        part = getattr(focused, "ring_rect", None)
        if part is not None:
            return part(), focused
        holder = focused.parentWidget()
        if way == "parent" and holder is not None:
            return holder.rect(), holder
        if isinstance(focused, QAbstractItemView):
            row = focused.visualRect(focused.currentIndex())
            if row.isEmpty():
                return focused.rect(), focused
            row.translate(focused.viewport().pos())
            row.setLeft(focused.viewport().x())
            row.setWidth(focused.viewport().width())
            return row, focused
        return focused.rect(), focused

    @staticmethod
    def _visible_part(ringed: QWidget, window: QWidget, grow: int) -> QRect:
        """What of the window the ring may cover: scroll areas above the widget cut it off, with room for the ring."""
        clip = window.rect()
        above = ringed.parentWidget()
        while above is not None and above is not window:
            holder = above.parentWidget()
            if isinstance(holder, QAbstractScrollArea) and above is holder.viewport():
                part = QRect(above.mapTo(window, QPoint(0, 0)), above.size())
                clip = clip.intersected(part.adjusted(-grow, 0, grow, 0))
            above = holder
        return clip

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)


_ring: FocusRing | None = None


def install(app: QApplication) -> FocusRing:
    """Put the ring to work for an application; a second call returns the same ring."""
    global _ring
    if _ring is None:
        _ring = FocusRing()
        app.focusChanged.connect(_moved)
        theme().changed.connect(_redraw)
    return _ring


def refresh() -> None:
    """A widget that paints its parts itself calls this when the focused part has moved."""
    _redraw()


def _moved(_old: QWidget | None, now: QWidget | None) -> None:
    """The ring dies with the window it was in; the next focus makes a new one."""
    global _ring
    if _ring is None or not isValid(_ring):
        _ring = FocusRing()
    _ring.follow(now)


def _redraw() -> None:
    if _ring is not None and isValid(_ring):
        _ring.refresh()

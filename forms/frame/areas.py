"""F6: moving between the areas of a window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def next_area(areas: Sequence[QWidget], focused: QWidget | None, by: int) -> QWidget | None:
    """Give the focus to the next (1) or previous (-1) area that can take it; returns what got it.

    An area takes the focus itself, by its focus proxy, or through the first of its children that can.
    """
    shown = [area for area in areas if area.isVisible() and area.isEnabled()]
    if not shown:
        return None
    here = next(
        (
            place
            for place, area in reversed(list(enumerate(shown)))
            if focused is not None and (area is focused or area.isAncestorOf(focused))
        ),
        -1 if by > 0 else 0,
    )
    for step in range(1, len(shown) + 1):
        target = _taker(shown[(here + by * step) % len(shown)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return target
    return None


def _taker(area: QWidget) -> QWidget | None:
    proxy = area.focusProxy()
    if proxy is not None and proxy.isVisible() and proxy.isEnabled():
        return proxy
    for widget in [area, *area.findChildren(QWidget)]:
        tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if tab and widget.isVisibleTo(area.window()) and widget.isEnabled():
            return widget
    return None

"""The order of Tab: area after area; inside each as one reads, or one row from the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget


def stops(area: QWidget, *, flat: bool = False) -> list[QWidget]:
    """What Tab stops at in an area (itself too), in reading order; `flat` areas are one row, read from the left."""
    found = [
        widget
        for widget in [area, *area.findChildren(QWidget)]
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.isEnabled()
        and (widget.isVisibleTo(area) if widget is not area else widget.isVisible())
        and widget.focusProxy() is None
    ]

    def place(widget: QWidget) -> tuple[int, int, bool]:
        """Where it is read; a widget whose property `tabAfter` names another that is shown comes right after that."""
        before = widget.property("tabAfter")
        follows = isinstance(before, QWidget) and before in found
        corner = (before if follows else widget).mapTo(area, QPoint(0, 0))
        return (0 if flat else corner.y(), corner.x(), follows)

    return sorted(found, key=place)


def step(areas: Sequence[tuple[QWidget, bool]], *, forward: bool, around: bool = False) -> bool:
    """Move the focus one stop; False at either end, where the frame goes on, unless it goes `around`."""
    order = list(dict.fromkeys(widget for area, flat in areas if area.isVisible() for widget in stops(area, flat=flat)))
    now = QApplication.focusWidget()
    if now not in order:
        return False
    at = order.index(now) + (1 if forward else -1)
    if around:
        at %= len(order)
    if not 0 <= at < len(order):
        return False
    order[at].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True

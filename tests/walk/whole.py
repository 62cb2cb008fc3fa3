"""Whether a window is whole: no text beyond its widget, none under another one, no widget beyond what holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from forms.widgets.labels import Elided
from forms.widgets.ring import FocusRing
from forms.widgets.watermark import Watermark
from tests.forms.shell.walking import visible, who
from tests.walk.recorder import Run, runs

EDGE = 1.5
"""Pixels that rounding makes."""
GLYPH = 0.2
"""Share of a run's box, above and below, that Chinese characters of our faces never reach."""
TYPED = (QLineEdit, QPlainTextEdit, QTextEdit)


def box(widget: QWidget, root: QWidget) -> QRectF:
    """Where a widget stands in its window."""
    return QRectF(QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()))


def shown(run: Run, root: QWidget) -> QRectF:
    """What of a run can be seen: inside the clip and inside everything that holds its widget."""
    region = run.widget.visibleRegion().boundingRect()
    return run.seen.intersected(QRectF(region.translated(run.widget.mapTo(root, QPoint(0, 0)))))


def typed(widget: QWidget) -> bool:
    """Whether the text is somebody's own in a field, which scrolls inside it."""
    return isinstance(widget, TYPED) or isinstance(widget.parentWidget(), TYPED)


def clipped(runs: Sequence[Run], root: QWidget) -> Iterator[str]:
    """Runs of which a part is painted beyond the widget, or cut off by the clip of who paints it."""
    for run in runs:
        if typed(run.widget) or not run.upright or isinstance(run.widget, Watermark):
            continue
        own = box(run.widget, root)
        held = run.seen.intersected(own) if not run.seen.isNull() else QRectF()
        place = run.place
        slack = place.height() * GLYPH
        beside = held.left() > place.left() + EDGE or held.right() < place.right() - EDGE
        above = held.top() > place.top() + slack or held.bottom() < place.bottom() - slack
        if _scrolls_across(run.widget):
            continue
        if not _in_view(run.widget):
            if own.left() > place.left() + EDGE or own.right() < place.right() - EDGE:
                yield f"{who(run.widget)}: {run.text!r} {_told(place)} in {_told(own)}"
            continue
        if beside or above:
            yield f"{who(run.widget)}: {run.text!r} {_told(place)} in {_told(held)}"


def _scrolls_across(widget: QWidget) -> bool:
    """Whether a text stands in a table, or in its heading, that is wider than there is room and scrolls sideways."""
    holder = widget.parentWidget()
    if isinstance(holder, QHeaderView):
        holder = holder.parentWidget()
    return isinstance(holder, QAbstractItemView) and holder.horizontalScrollBar().maximum() > 0


def _in_view(widget: QWidget) -> bool:
    """Whether a widget is not itself the canvas of a scroll area, where rows go out of sight."""
    holder = widget.parentWidget()
    return not (isinstance(holder, QAbstractScrollArea) and holder.viewport() is widget)


def over_each_other(runs: Sequence[Run], root: QWidget) -> Iterator[str]:
    """Pairs of runs that cover each other by more than a rim."""
    there = [(run, _core(shown(run, root))) for run in runs if run.upright and not isinstance(run.widget, Watermark)]
    there = [(run, place) for run, place in there if place.width() > 2 and place.height() > 2]
    rows: dict[int, list[int]] = defaultdict(list)
    for number, (_run, place) in enumerate(there):
        for row in range(int(place.top()) // 16, int(place.bottom()) // 16 + 1):
            rows[row].append(number)
    told = set()
    for those in rows.values():
        for one in those:
            for other in those:
                if one < other and (one, other) not in told:
                    common = there[one][1].intersected(there[other][1])
                    if common.width() > 3 and common.height() > 3:
                        told.add((one, other))
                        first, second = there[one][0], there[other][0]
                        yield f"{who(first.widget)}: {first.text!r} and {second.text!r} of {who(second.widget)}"


def _core(place: QRectF) -> QRectF:
    rim = place.height() * GLYPH
    return place.adjusted(1, rim, -1, -rim)


def beyond(root: QWidget) -> Iterator[str]:
    """Widgets that stand beyond what holds them, where nothing scrolls to them."""
    for widget in visible(root):
        if (
            widget is root
            or isinstance(widget, QScrollBar | Watermark | FocusRing)
            or not widget.width()
            or not widget.height()
        ):
            continue
        holder = widget.parentWidget()
        if holder is None or typed(widget) or isinstance(holder, QAbstractSlider):
            continue
        area = holder.parentWidget()
        scrolls = isinstance(area, QAbstractScrollArea) and area.viewport() is holder
        place = widget.geometry()
        room = holder.rect()
        wide = place.left() < -1 or place.right() > room.right() + 1
        high = place.top() < -1 or place.bottom() > room.bottom() + 1
        if scrolls:
            assert isinstance(area, QAbstractScrollArea)
            across, down = area.horizontalScrollBar(), area.verticalScrollBar()
            wide = wide and across.maximum() == 0
            high = high and down.maximum() == 0
        if wide or high:
            yield f"{who(widget)} {place.getRect()} in {room.getRect()}"


def squeezed(root: QWidget) -> Iterator[str]:
    """Widgets lower than what their words need, once they are folded into the width they have."""
    for widget in visible(root):
        if isinstance(widget, Elided | QScrollBar) or not widget.width():
            continue
        if widget.hasHeightForWidth() and (widget.layout() is None):
            need = widget.heightForWidth(widget.width())
            if need > widget.height() + 2:
                yield f"{who(widget)}: {need} needed, {widget.height()} there"


def shortened(runs: Sequence[Run], root: QWidget) -> Iterator[str]:
    """Runs that end in an ellipsis while nothing says the whole: neither tool tip nor name."""
    for run in runs:
        if "…" not in run.text or typed(run.widget):
            continue
        stem = " ".join(run.text.split("…")[0].split())
        told = " ".join(
            (run.widget.toolTip(), run.widget.accessibleName(), run.widget.accessibleDescription(), _cell(run, root))
        )
        call = getattr(run.widget, "text", None)
        words = call() if callable(call) else ""
        if isinstance(words, str) and run.text.strip() in words:
            continue
        if stem not in " ".join(told.split()):
            yield f"{who(run.widget)}: {run.text!r}"


def _cell(run: Run, root: QWidget) -> str:
    """What a list or table says of the cell under a run: its tool tip, its name, its words."""
    view = run.widget.parentWidget()
    if not isinstance(view, QAbstractItemView):
        return ""
    index = view.indexAt((run.place.center() - box(run.widget, root).topLeft()).toPoint())
    roles = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    return " ".join(str(index.data(role) or "") for role in roles)


def torn(root: QWidget) -> set[str]:
    """Everything that is not whole."""
    written = runs(root)
    found = {f"cut off: {one}" for one in clipped(written, root)}
    found |= {f"over each other: {one}" for one in over_each_other(written, root)}
    found |= {f"beyond: {one}" for one in beyond(root)} | {f"too low: {one}" for one in squeezed(root)}
    return found | {f"shortened: {one}" for one in shortened(written, root)}


def _told(place: QRectF) -> str:
    return f"({place.left():.0f},{place.top():.0f} {place.width():.0f}×{place.height():.0f})"

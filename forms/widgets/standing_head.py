"""The head of a page above what scrolls: it stands still, and scrolls along where the window is too low for that."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.panel import Scroll


def fit_head(head: QWidget, page: QVBoxLayout, area: Scroll, *, tiny: bool) -> int:
    """Put the head of a page where it belongs in a window of this size, with its margins.

    `page` is the layout of the page, with `area` in it. Returns the margin at either side of the page, in pixels.
    """
    px = theme().px
    side = px(12 if tiny else 24)
    holder = area.column if tiny else page
    for layout in (area.column, page):
        if layout is not holder:
            layout.removeWidget(head)
    if holder.indexOf(head) < 0:
        holder.insertWidget(0, head)
    inside = head.layout()
    assert inside is not None
    inside.setContentsMargins(0 if tiny else side, px(8), 0 if tiny else side, 0 if tiny else px(12))
    return side

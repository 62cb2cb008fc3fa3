"""Garbage is collected in the window's thread alone.

Widgets that refer to each other are freed by Python's collector, which runs in whatever thread happens to allocate; a
widget freed in the thread that writes the document would pull memory from under the one that paints. The collector's
own turns are therefore switched off, and a timer of the window takes them at the thresholds Python would.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between looks at the counts."""


class Collector(QObject):
    """Takes the collector's turns for as long as its parent lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("collector")
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(turn)
        self._timer.start()


def turn() -> None:
    """Collect the oldest generation that is due, as `gc.get_threshold` says; nothing where none is."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [place for place in range(3) if limits[place] and counts[place] > limits[place]]
    if due:
        gc.collect(max(due))


def install(app: QObject) -> None:
    """Once for the one application."""
    if app.findChild(Collector, "collector") is None:
        Collector(app)

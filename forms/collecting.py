"""Garbage is collected in the window's thread alone.

Widgets that refer to each other are freed by Python's collector, which runs in whatever thread happens to allocate; a
widget freed in the thread that writes the document would pull memory from under the one that paints. The collector's
own turns are therefore switched off, and a timer of the window takes them at the thresholds Python would.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between looks at the counts."""
WHOLE = 60.0
"""Seconds at least between two turns over everything, which take long where much is held."""


class Collector(QObject):
    """Takes the collector's turns for as long as its parent lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("collector")
        gc.disable()
        self._whole = monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        whole = monotonic() - self._whole >= WHOLE
        if turn(2 if whole else 1) == 2:
            self._whole = monotonic()


def turn(most: int = 2) -> int:
    """Collect the oldest generation that is due, up to `most`, as `gc.get_threshold` says; -1 where none is."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = max((place for place in range(most + 1) if limits[place] and counts[place] > limits[place]), default=-1)
    if due >= 0:
        gc.collect(due)
    return due


def install(app: QObject) -> None:
    """Once for the one application."""
    if app.findChild(Collector, "collector") is None:
        Collector(app)

"""The tour of three minutes: a window of its own on a temporary practice copy of a sample city, and bubbles over it.

The document lies in a temporary folder and is gone when the tour ends; the list of recent files never sees it, and
what is open in the window the tour was started from stays as it is.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from forms.guide.bubble import OTHER, Bubble
from forms.guide.steps import STEPS, Step
from forms.session import Session
from forms.settings import Recent, RecentList
from forms.theme import theme
from forms.words import _

CITY = "990301"
SETTLE = 60  # milliseconds until a page that was gone to has its sizes


def _seen(part: QWidget, window: QWidget) -> QRect:
    """What is in sight of a part, in the window."""
    seen = part.visibleRegion().boundingRect()
    return QRect(part.mapTo(window, seen.topLeft()), seen.size())


class Unkept(RecentList):
    """A list of recent files that forgets at once."""

    def __init__(self) -> None:
        self.entries: list[Recent] = []

    def remember(self, entry: Recent) -> None:
        """Nothing of a tour is remembered."""


class Tour(QObject):
    """One walk. `ended` follows when it is left or done; `window` is the window of the tour."""

    ended = Signal()

    def __init__(self, owner: Any) -> None:
        """`owner` is the window the tour is started from; the tour makes another of the same kind."""
        super().__init__(owner)
        self.owner = owner
        self.at = 0
        self._over = False
        self.folder = tempfile.TemporaryDirectory(prefix="zhiheng-", ignore_cleanup_errors=True)
        self.session = Session()
        self.window: Any = type(owner)(self.session, owner.desk.settings, Unkept())
        self.window.setGeometry(owner.geometry())
        self.window.desk.language_chosen.connect(self._spoken)
        self.window.installEventFilter(self)
        self.bubble = Bubble(self.window)
        self.bubble.hide()
        self.bubble.next.connect(lambda: self.step(1))
        self.bubble.back.connect(lambda: self.step(-1))
        self.bubble.leave.connect(self.finish)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._soon.timeout.connect(self.place)
        theme().changed.connect(self._soon.start)
        self.session.opened.connect(self._begin)

    def start(self) -> None:
        """Open the practice copy and show the first station."""
        from assess.framework.read import builtin
        from assess.samples.cities import city

        sample = city(CITY)
        unit = _("Practice: {unit}", unit=sample.profile.unit)
        profile = replace(sample.profile, unit=unit, mode="training")
        cells = {cell: value for cell, value in sample.cells.items() if cell[0] != "@status"}
        self.window.show()
        self.session.create(Path(self.folder.name) / "practice.zhd", builtin(), profile, cells=cells)

    @property
    def step_now(self) -> Step:
        return STEPS[self.at]

    def _begin(self) -> None:
        QTimer.singleShot(0, self, self._show)

    def step(self, by: int) -> None:
        """To the next (1) or previous (-1) station; after the last the tour is over."""
        if self.at + by >= len(STEPS):
            self.finish()
        elif self.at + by >= 0:
            self.at += by
            self._show()

    def _show(self) -> None:
        if self._over or not self.session.is_open:
            return
        self.window.go(self.step_now.page, self.step_now.target)
        self.place()
        self._soon.start()

    def place(self) -> None:
        """Put the bubble where the thing is now, and the focus into it."""
        if self._over or not self.session.is_open:
            return
        now = self.step_now
        self.bubble.say(_(now.title), _(now.text), self.at + 1, len(STEPS))
        anchor = now.anchor(self.window) if self.window.page is not None else None
        shown = anchor is not None and anchor.isVisible()
        room = _seen(anchor, self.window) if shown and anchor is not None else QRect()
        self.bubble.show()
        self.bubble.point(room)
        self.bubble.onward.setFocus(OTHER)

    def _spoken(self) -> None:
        """The language was changed on the way: the window the tour came from follows."""
        self.owner.desk.settings = self.window.desk.settings
        self.owner.desk.language_chosen.emit()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size: the bubble moves along. Closing the window leaves the tour and nothing else."""
        if watched is self.window and not self._over:
            if event.type() == QEvent.Type.Resize:
                self._soon.start()
            elif event.type() == QEvent.Type.Close:
                self.finish()
                event.ignore()
                return True
        return False

    def finish(self) -> None:
        """End the tour: the practice copy is gone, the window it came from is in front again."""
        if self._over:
            return
        self._over = True
        self._soon.stop()
        self.owner.desk.settings = self.window.desk.settings
        self.window.removeEventFilter(self)
        self.session.wait()
        self.session.close()
        self.session.shut_down()
        self.window.hide()
        self.window.deleteLater()
        self.folder.cleanup()
        self.owner.activateWindow()
        self.ended.emit()

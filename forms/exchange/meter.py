"""How far a job on the writer thread is, told to the window; and the wish to stop it, told to the job."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assess.language import say
from assess.problems import Problem
from forms.theme import theme
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button
from forms.widgets.labels import Elided
from forms.words import _

STOPPED = "exchange.stopped"


def stopped() -> Problem:
    """The job was stopped by the person who started it; nothing is left of it."""
    return Problem(STOPPED, say("Stopped. Nothing was written."))


class Meter(QObject):
    """One job. `tell` and `wanted` are called on the writer thread, everything else in the window's."""

    moved = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.is_stopped = False
        self._last = -1

    def stop(self) -> None:
        """Ask the job to stop."""
        self.is_stopped = True

    def wanted(self) -> bool:
        return not self.is_stopped

    def show(self, done: int, total: int, words: str) -> None:
        """Tell the window, at most once for every hundredth."""
        now = done * 100 // max(1, total)
        if now != self._last:
            self._last = now
            self.moved.emit(done, total, words)

    def tell(self, done: int, total: int, words: str) -> None:
        """As `show`; raises Problem exchange.stopped once the job is no longer wanted."""
        if self.is_stopped:
            raise stopped()
        self.moved.emit(done, total, words)


class MeterStrip(QWidget):
    """What is under way, how far it is, and a button that stops it. Hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        self.words = Elided("", "label", "text_2")
        self.bar = Bar(0)
        self.stop = Button("", small=True, run=self._stop)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.meter: Meter | None = None
        self.hide()

    def follow(self, meter: Meter, words: str) -> None:
        """Show a job until `done`."""
        self.meter = meter
        self._what = words
        self.words.setText(words)
        self.bar.set(0, 1, words)
        self.stop.say(_("Stop"))
        self.stop.refuse("")
        meter.moved.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self.show()

    def done(self) -> None:
        """The job has ended."""
        self.meter = None
        self.hide()

    def _move(self, done: int, total: int, words: str) -> None:
        if self.meter is None:
            return
        self.words.setText(f"{self._what} {words}".strip())
        self.bar.set(done, total, f"{self._what} {done}/{total}")

    def _stop(self) -> None:
        if self.meter is not None:
            self.meter.stop()
            self.stop.refuse(_("It stops as soon as the file at hand is whole."))

    def retranslate(self) -> None:
        self.stop.say(_("Stop"))

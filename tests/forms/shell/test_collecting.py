"""Widgets in cycles are freed in the thread that paints, never in the one that writes."""

from __future__ import annotations

import gc
import threading

from PySide6.QtWidgets import QApplication, QWidget

from forms import collecting


class Pair(QWidget):
    """Two widgets that hold each other; `ended` notes in which thread each was freed."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.other: Pair | None = None
        self.ended = ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


def cycle(ended: list[int]) -> None:
    one, other = Pair(ended), Pair(ended)
    one.other, other.other = other, one


def test_allocating_in_another_thread_frees_no_widget(qapp: QApplication) -> None:
    collecting.install(qapp)
    ended: list[int] = []
    cycle(ended)

    def busy() -> None:
        kept = [[place] for place in range(200_000)]
        assert len(kept) == 200_000

    worker = threading.Thread(target=busy)
    worker.start()
    worker.join()
    assert ended == []
    gc.collect()
    assert ended == [threading.get_ident()] * 2


def test_the_windows_timer_takes_the_turns_that_are_due(qapp: QApplication) -> None:
    ended: list[int] = []
    gc.collect()
    cycle(ended)
    held = [[place] for place in range(2_000)]
    collecting.turn()
    assert ended == [threading.get_ident()] * 2
    assert held
    collecting.install(qapp)
    collecting.install(qapp)
    assert len(qapp.findChildren(collecting.Collector)) == 1

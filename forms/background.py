"""Long work beside the window: progress, cancelling, and the result in the window's thread.

    work = background.start(render, done=show, progress=bar.move, failed=shell.trouble)
    work.cancel()

The function gets the `Work` and says how far it is with `work.tell(3, 12)`, which raises `Cancelled` once it is no
longer wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, SignalInstance
from shiboken6 import isValid

from assess.problems import Problem


class Cancelled(Exception):
    """The work is no longer wanted."""


class Work(QObject):
    """One piece of work under way. Signals come in the thread of the window."""

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    broken = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cancelled = False
        self.running = True

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it will be shown any more."""
        self.cancelled = True

    def tell(self, done: int, total: int) -> None:
        """Called by the work: how far it is. Raises Cancelled when it is to stop."""
        if self.cancelled:
            raise Cancelled
        self.progressed.emit(done, total)


_under_way: set[Work] = set()


def stop_all(milliseconds: int = 5000) -> None:
    """Cancel everything under way and wait for it; the window calls this before it goes."""
    for work in list(_under_way):
        work.cancel()
    QThreadPool.globalInstance().waitForDone(milliseconds)
    _under_way.clear()


def start(
    function: Callable[[Work], Any],
    *,
    done: Callable[[Any], None],
    failed: Callable[[Problem], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
    ended: Callable[[], None] | None = None,
) -> Work:
    """Run a function on a thread of the pool. A Problem goes to `failed`; any other exception is a bug and raised."""
    work = Work()
    _under_way.add(work)
    queued = Qt.ConnectionType.QueuedConnection

    def finish(result: object) -> None:
        if not work.cancelled:
            done(result)

    def fail(problem: Problem) -> None:
        if not work.cancelled and failed is not None:
            failed(problem)

    def end() -> None:
        work.running = False
        _under_way.discard(work)
        if ended is not None:
            ended()

    receiver = _Receiver(work, finish, fail, progress, end)
    work.finished.connect(receiver.finish, queued)
    work.failed.connect(receiver.fail, queued)
    work.broken.connect(receiver.crash, queued)
    work.progressed.connect(receiver.progress, queued)
    work.ended.connect(receiver.end, queued)
    QThreadPool.globalInstance().start(_Run(work, function))
    return work


class _Receiver(QObject):
    """Lives in the thread of the window, so that what is called is called there."""

    def __init__(
        self,
        work: Work,
        finish: Callable[[object], None],
        fail: Callable[[Problem], None],
        progress: Callable[[int, int], None] | None,
        end: Callable[[], None],
    ) -> None:
        super().__init__(work)
        self._finish, self._fail, self._progress, self._end = finish, fail, progress, end
        self._work = work

    def finish(self, result: object) -> None:
        self._finish(result)

    def fail(self, problem: Problem) -> None:
        self._fail(problem)

    def crash(self, error: BaseException) -> None:
        raise error

    def progress(self, done: int, total: int) -> None:
        if self._progress is not None and not self._work.cancelled:
            self._progress(done, total)

    def end(self) -> None:
        self._end()


class _Run(QRunnable):
    def __init__(self, work: Work, function: Callable[[Work], Any]) -> None:
        super().__init__()
        self._work = work
        self._function = function

    def run(self) -> None:
        work = self._work
        try:
            self._tell(work.finished, self._function(work))
        except Cancelled:
            pass
        except Problem as problem:
            self._tell(work.failed, problem)
        except Exception as error:
            self._tell(work.broken, error)
        finally:
            self._tell(work.ended)

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        """Emit, unless the window and its objects are gone already."""
        if isValid(self._work):
            signal.emit(*values)

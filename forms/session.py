"""The session: one open document, its writer thread, and what the pages need to know of it.

Every operation goes to one thread that owns the `Assessment` (D30). What comes back is handled in the thread of the
window: the frozen sheet is taken over, scores and progress are reckoned anew (under 3 ms), then `changed` is emitted,
once. Pages read `framework`, `profile`, `sheet`, `scores`, `progress`; they never touch the assessment itself.

    session.submit("answer", "ST1.1", Answer.of_level(3))          # an operation by name
    session.ask("history", "ST1.1", then=show_history)             # a question, answered in the window's thread
    session.wait()                                                  # in tests: until nothing is under way
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Signal

from assess.language import Message, say
from assess.problems import Problem
from forms.state import State, state_of

if TYPE_CHECKING:
    from assess.answers import Profile, Sheet
    from assess.assessment import Assessment, Author
    from assess.framework.model import Framework
    from assess.measure.result import Scores
    from assess.store.seals import Standing
    from assess.walk import Progress

__all__ = ["Session", "State"]
SLOW = 300  # milliseconds after which saving is spoken of
AGAIN = 3000  # milliseconds after which what the medium did not take is tried again


@dataclass(frozen=True, slots=True)
class _Done:
    """One finished job, on its way to the window's thread."""

    kind: str
    result: Any
    state: State | None
    document: Assessment | None
    then: Callable[[Any], None] | None
    failed: Callable[[Problem], None] | None = None


class Session(QObject):
    """At most one open document. Signals come in the thread of the window."""

    opened = Signal()
    leaving = Signal()
    """The document is about to be closed or replaced: what is still being typed is written now."""
    closed = Signal()
    changed = Signal(object)
    """Changes: which cells and items are new; sheet, scores and progress are already those after it."""
    saving = Signal()
    """Saving takes longer than 300 ms."""
    saved = Signal(object)
    """datetime of the commit."""
    failed = Signal(object)
    """Problem of an operation that could not be done; what was there is unchanged."""
    broken = Signal(object)
    """An exception that is a bug."""
    undone = Signal(object, object)
    """Message and Changes: what was undone or redone, in words, and which items moved."""
    refused = Signal(object)
    """Problem: why there is nothing to undo or redo."""
    author_wanted = Signal()
    """A page asks that the person says who he is, for example that he is the reviewer."""
    _arrived = Signal(object)

    def __init__(self, author: Author | None = None, now: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self.author = author
        self.who = ("", "", "", "filler")
        """Name, unit, post and role of the author of documents opened from now on, unless `author` is given."""
        self.now = now or (lambda: datetime.now().astimezone())
        self.state: State | None = None
        self.scores: Scores | None = None
        self.progress: Progress | None = None
        self.problem: Problem | None = None
        self._before: tuple[Sheet | None, Sheet | None] = (None, None)
        self._assessment: Assessment | None = None
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._under_way = 0
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self._slow.timeout.connect(self.saving)
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self.retry)
        self.kept_elsewhere = 0
        """How much of what waits is in a copy that was saved elsewhere."""
        self._arrived.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    # ---------------------------------------------------------------- what pages read
    @property
    def is_open(self) -> bool:
        return self.state is not None

    @property
    def path(self) -> Path:
        return self._now().path

    @property
    def framework(self) -> Framework:
        """The framework tailored to this document."""
        return self._now().framework

    @property
    def whole_framework(self) -> Framework:
        return self._now().whole_framework

    @property
    def profile(self) -> Profile:
        return self._now().profile

    @property
    def sheet(self) -> Sheet:
        return self._now().sheet

    @property
    def previous(self) -> Sheet | None:
        """The answers of the period before that the document carries, as a sheet; None if it carries none."""
        from assess.answers import Sheet

        sheet = self.sheet
        if self._before[0] is not sheet:
            cells = {(item, "self"): answer for (item, column), answer in sheet.cells.items() if column == "previous"}
            self._before = (sheet, Sheet(self.profile, cells) if cells else None)
        return self._before[1]

    @property
    def role(self) -> str:
        return self._now().role

    @property
    def author_role(self) -> str:
        """Role of the person who works on the open document: filler, reviewer, third_party or consultant."""
        return self._now().author_role

    @property
    def read_only_reason(self) -> Message | None:
        return self._now().read_only_reason

    @property
    def standing(self) -> Standing:
        """Seals of the document, whether it is closed, and what changed since."""
        from assess.store.seals import Standing

        return self._now().standing or Standing()

    @property
    def locked(self) -> Message | None:
        """Why answers cannot be given: the file is read-only, or it is sealed; None where they can."""
        state = self._now()
        if state.read_only_reason is not None or not self.standing.closed:
            return state.read_only_reason
        return say("The document is sealed; to change it, reopen it with a written reason on “Finish filling in”.")

    @property
    def encrypted(self) -> bool:
        """Whether the document has a passphrase."""
        return self._now().encrypted

    @property
    def undoable(self) -> Message | None:
        """What undo would take back, or None."""
        return self.state.undoable if self.state else None

    @property
    def redoable(self) -> Message | None:
        return self.state.redoable if self.state else None

    @property
    def last_saved(self) -> datetime | None:
        return self.state.last_saved if self.state else None

    @property
    def waiting(self) -> int:
        """How many operations are shown and not on the medium yet; `problem` says why."""
        return self.state.waiting if self.state else 0

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def _now(self) -> State:
        if self.state is None:
            raise RuntimeError("no document is open")
        return self.state

    # ---------------------------------------------------------------- opening and closing
    def open(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        read_only: bool = False,
        failed: Callable[[Problem], None] | None = None,
    ) -> None:
        """Open a document in place of the one that is open. `opened` or `failed` follows."""

        def job() -> Assessment:
            from assess.assessment import Assessment

            opened = Assessment.open(
                path, author=self._author(), now=self.now, passphrase=passphrase, read_only=read_only
            )
            opened.patient = True
            return opened

        self._replace(job, failed)

    def create(
        self,
        path: Path,
        framework: Framework,
        profile: Profile,
        *,
        passphrase: str | None = None,
        cells: Mapping[tuple[str, str], Any] | None = None,
        failed: Callable[[Problem], None] | None = None,
    ) -> None:
        """Create a document, with cells if it is a copy of something, and open it."""

        def job() -> Assessment:
            from assess.assessment import Assessment, Author

            # Cells of a copy are not one's own work: they carry the author of samples, so that undo leaves them alone.
            author = Author(role="sample") if cells else self._author()
            made = Assessment.create(path, framework, profile, author=author, now=self.now, passphrase=passphrase)
            if not cells:
                made.patient = True
                return made
            try:
                made.set_cells(cells, kind="sample")
            finally:
                made.close()
            copy = Assessment.open(path, author=self._author(), now=self.now, passphrase=passphrase)
            copy.patient = True
            return copy

        self._replace(job, failed)

    def close(self) -> None:
        """Close the document once everything under way is written. `closed` follows at once."""
        if self.state is None:
            return
        self.leaving.emit()
        self.wait()
        old, self._assessment = self._assessment, None
        if old is not None:
            self._start("close", old.close, None, None)
            self.wait()
        self._again.stop()
        self.state = self.scores = self.progress = self.problem = None
        self.kept_elsewhere = 0
        self.closed.emit()

    def shut_down(self) -> None:
        """End the writer thread; the session is of no use afterwards."""
        self.close()
        self._writer.shutdown(wait=True)

    def _replace(self, job: Callable[[], Assessment], failed: Callable[[Problem], None] | None) -> None:
        if self.state is not None:
            self.leaving.emit()
        self._start("open", job, None, failed)

    def _author(self) -> Author:
        from assess.assessment import Author

        return self.author or Author(*self.who)

    # ---------------------------------------------------------------- operations
    def submit(
        self,
        name: str | Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        **kwargs: Any,
    ) -> None:
        """Do a named operation of `Assessment` that returns Changes. `then(changes)` is called after `changed`.

        A function is called with the assessment first. A Problem goes to `failed` if it is given (the page shows it
        in place), else to the signal.
        """
        document = self._document()
        self._slow.start()
        call = partial(name, document) if callable(name) else getattr(document, name)
        self._start("change", lambda: call(*args, **kwargs), then, failed)

    def ask(
        self,
        name: str | Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None],
        failed: Callable[[Problem], None] | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask the assessment something that changes nothing, such as `history`; `then` gets the answer."""
        document = self._document()
        call = partial(name, document) if callable(name) else getattr(document, name)
        self._start("ask", lambda: call(*args, **kwargs), then, failed)

    def introduce(self, name: str, unit: str, post: str, role: str) -> None:
        """Say who works from now on, also on the document that is open. `changed` follows, without a cell."""
        self.who = (name, unit, post, role)
        if self.is_open:
            self.submit("act_as", self._author())

    def retry(self) -> None:
        """Try once more to write what the medium did not take; it is also tried every few seconds by itself."""
        self._again.stop()
        if self.waiting:
            self._start("change", self._document().save_waiting, None, self._held)

    def _held(self, problem: Problem) -> None:
        """It still does not go: said anew where the reason is another one."""
        told = self.problem is not None and self.problem.code == problem.code
        self.problem = problem
        self._again.start()
        if not told:
            self.failed.emit(problem)

    def undo(self) -> None:
        """Take back one's own last operation; `undone` or `refused` follows."""
        self._turn("undo", self.undoable, say("Undone: {what}"))

    def redo(self) -> None:
        self._turn("redo", self.redoable, say("Redone: {what}"))

    def _turn(self, name: str, offered: Message | None, told: Message) -> None:
        if not self.is_open or self.read_only_reason is not None:
            return
        words = replace(told, values=offered.values) if offered is not None else told
        self.submit(name, then=lambda changes: self.undone.emit(words, changes), failed=self.refused.emit)

    def wait(self, seconds: float = 20.0) -> None:
        """Run the event loop until nothing is under way. TimeoutError after `seconds`."""
        end = time.monotonic() + seconds
        while self._under_way:
            if time.monotonic() > end:
                raise TimeoutError("the writer thread did not finish")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            QCoreApplication.sendPostedEvents(self)

    def _document(self) -> Assessment:
        if self._assessment is None:
            raise RuntimeError("no document is open")
        return self._assessment

    # ---------------------------------------------------------------- the writer thread
    def _start(
        self,
        kind: str,
        job: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[Problem], None] | None,
    ) -> None:
        self._under_way += 1
        document = self._assessment

        def run() -> _Done:
            result = job()
            known = result if kind == "open" else document if kind == "change" else None
            return _Done(kind, result, state_of(known) if known is not None else None, document, then, failed)

        def hand_over(future: Future[_Done]) -> None:
            error = future.exception()
            done = future.result() if error is None else _Done("failed", (kind, error), None, document, None, failed)
            self._arrived.emit(done)

        self._writer.submit(run).add_done_callback(hand_over)

    def _arrive(self, done: _Done) -> None:
        self._under_way -= 1
        if done.kind == "failed":
            self._fall(done)
        elif done.kind == "open":
            self._take_over(done)
        elif done.document is not self._assessment:
            return  # of a document that is closed: nobody is there to hear it
        elif done.kind == "change":
            self._slow.stop()
            self.state = done.state
            trouble = self._now().trouble
            if trouble is None:
                self.problem, self.kept_elsewhere = None, 0
            self._reckon()
            self.changed.emit(done.result)
            if trouble is None:
                self.saved.emit(self.last_saved)
            else:
                self._held(trouble)
        if done.then is not None:
            done.then(done.result)

    def _take_over(self, done: _Done) -> None:
        if self._assessment is not None and self._assessment is not done.result:
            old, self._assessment = self._assessment, None
            self._start("close", old.close, None, None)
            self.state = None
            self.closed.emit()
        self._assessment = done.result
        self.state = done.state
        self.problem = None
        self._reckon()
        self.opened.emit()

    def _fall(self, done: _Done) -> None:
        kind, error = done.result
        self._slow.stop()
        if isinstance(error, OSError):
            from assess.store import failures

            where = self.state.path if self.state is not None else Path(error.filename or "")
            error = failures.from_system(error, where) or failures.unreachable(where)
        if not isinstance(error, Problem):
            self.broken.emit(error)
            return
        if done.failed is not None:
            done.failed(error)
            return
        if kind == "change":
            self.problem = error
        self.failed.emit(error)

    def _reckon(self) -> None:
        """Scores and progress of the sheet of now; both are pure and take under 3 ms."""
        from assess import walk
        from assess.measure.score import score

        state = self._now()
        self.progress = walk.progress(state.framework, state.sheet)
        self.scores = score(state.framework, state.sheet)

"""What the evidence panel asks for, done on the writer thread: registering, changing, sharing, taking back; files are
brought in a batch at a time, one after the other, so that answers given meanwhile are saved in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from assess.answers import Evidence
from assess.problems import Problem
from assess.register.pieces import with_bytes
from forms.session import Session


@dataclass(frozen=True, slots=True)
class Job:
    """One piece whose file is to be brought in. `share`: where the file is registered already, that piece is used."""

    code: str
    record: Evidence
    file: Path
    share: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far bringing in is: the file, bytes done and in all, and how many files are still waiting after it."""

    name: str
    done: int
    size: int
    left: int


class EvidenceWork(QObject):
    """Signals come in the thread of the window."""

    done = Signal(str)
    """A piece of this item is committed."""
    refused = Signal(object)
    """Problem: nothing of it was registered; what was typed stays."""
    moved = Signal(object)
    """Standing, or None when nothing is under way any more."""
    recognized = Signal(object, str)
    """Piece that has this file already, and the item it now serves too."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.last_used = ""
        self._jobs: deque[Job] = deque()
        self._job: Job | None = None
        self._copying: Any = None
        self._given_up = False
        session.leaving.connect(self.leave)
        session.closed.connect(self._forget)

    @property
    def busy(self) -> bool:
        return self._job is not None

    # ---------------------------------------------------------------- pieces
    def add(self, code: str, record: Evidence, file: Path | None, *, share: bool = False) -> None:
        """Register a piece, or change the one whose id it bears; with a file, once that is in the document."""
        if file is not None:
            self._jobs.append(Job(code, record, file, share))
            self._next()
        else:
            self._commit(code, record)

    def change(self, code: str, record: Evidence) -> None:
        self._commit(code, record)

    def use(self, code: str, record: Evidence, codes: Sequence[str] | None = None) -> None:
        """Let a registered piece serve this item, or these."""
        self.last_used = record.id
        self._submit(code, "use_evidence", record, list(codes or (code,)))

    def withdraw(self, code: str, id: str, *, everywhere: bool = False) -> None:
        self._submit(code, "withdraw_evidence", code, id, everywhere=everywhere)

    def _commit(self, code: str, record: Evidence) -> None:
        if record.id:
            self.last_used = record.id
            self._submit(code, "change_evidence", code, record)
        else:
            self._submit(code, "add_evidence", code, record)

    def _submit(self, code: str, name: str, *args: object, **more: object) -> None:
        self.session.submit(name, *args, then=lambda _changes: self.done.emit(code), failed=self.refused.emit, **more)

    # ---------------------------------------------------------------- files
    def extract(self, digest: str, target: Path, then: Callable[[], None]) -> None:
        """Write an attachment out, because somebody asked for it."""
        self.session.ask("extract_evidence", digest, target, then=lambda _nothing: then(), failed=self.refused.emit)

    def check(self, digest: str, then: Callable[[int], None]) -> None:
        """Compare an attachment with its SHA-256."""
        self.session.ask("check_attachment", digest, then=then, failed=self.refused.emit)

    def cancel(self) -> None:
        """Give up the file under way and those after it; pieces already registered stay."""
        self._jobs.clear()
        self._given_up = self._job is not None

    def leave(self) -> None:
        """The document is about to be closed: what was typed is registered, though without the file."""
        waiting = [self._job, *self._jobs] if self._job is not None else list(self._jobs)
        self._jobs.clear()
        self._given_up = self._job is not None
        for job in waiting:
            if job is not None and self.session.is_open and not job.share:
                self._commit(job.code, job.record)

    def _forget(self) -> None:
        self._jobs.clear()
        self._job, self._copying, self._given_up = None, None, False

    def _next(self) -> None:
        if self._job is None and self._jobs:
            self._job, self._given_up = self._jobs.popleft(), False
            self.moved.emit(Standing(self._job.file.name, 0, 0, len(self._jobs)))
            self.session.ask("begin_copy", self._job.file, then=self._begun, failed=self._failed)

    def _begun(self, copying: Any) -> None:
        self._copying = copying
        self._step()

    def _step(self) -> None:
        if self._given_up:
            self.session.ask("drop_copy", self._copying, then=lambda _nothing: self._end())
        else:
            self.session.ask("copy_on", self._copying, then=self._stepped, failed=self._failed)

    def _stepped(self, whole: bool) -> None:
        job, copying = self._job, self._copying
        if job is None:
            return
        if self._given_up:
            self._step()
            return
        self.moved.emit(Standing(job.file.name, copying.done, copying.size, len(self._jobs)))
        if not whole:
            self._step()
            return
        record = replace(
            job.record,
            name=job.record.name.strip() or job.file.stem,
            digest=copying.digest,
            size=copying.size,
            file_name=job.file.name,
        )
        twin = with_bytes(self.session.sheet, copying.digest) if job.share else None
        if twin is not None:
            if job.code not in twin.uses:
                self.use(job.code, twin.record)
            self.recognized.emit(twin, job.code)
        else:
            self._commit(job.code, record)
        self._end()

    def _failed(self, problem: Problem) -> None:
        self.refused.emit(problem)
        self._end()

    def _end(self) -> None:
        self._job, self._copying, self._given_up = None, None, False
        if self._jobs:
            self._next()
        else:
            self.moved.emit(None)

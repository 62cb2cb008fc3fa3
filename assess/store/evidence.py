"""Bytes of evidence, in chunks of 1 MiB under the SHA-256 of the whole (D29).

A file of any size goes in and out with one chunk in memory. Chunks are committed in batches; the attachment itself is
declared only after the last one, and what was left behind by an interruption is removed. How large a file and all of
them together may be is said before one is chosen; copies that come by merging are not measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from assess.language import say
from assess.problems import Problem
from assess.store.failures import damaged, told
from assess.store.file import File
from assess.store.schema import CHUNK

MIB = 1 << 20
PER_FILE = 200 * MIB
PER_DOCUMENT = 2048 * MIB
MAILABLE = 25 * MIB  # most mail systems refuse more
BATCH = 16  # chunks in one transaction
Progress = Callable[[int, int], None]  # bytes done, bytes in all; whatever it raises cancels


class Copying:
    """A file on its way into a document, a batch of chunks at a time, so that other work fits in between.

    `step` until it says that the whole is there; `drop` gives up and gives the room back. First the file is read for
    its SHA-256, then it is copied, unless the document holds these bytes already. `done` counts bytes copied of `size`.
    """

    def __init__(self, file: File, source: Path) -> None:
        """Problems: evidence.missing, evidence.unreadable, evidence.too-large, evidence.no-room."""
        self.source = source
        self.digest = ""
        self.done = 0
        self.whole = False
        self._file = file
        self._sum = hashlib.sha256()
        self._read = 0
        if not source.exists():
            raise Problem(
                "evidence.missing",
                say("The file {name} is not there.", name=source.name),
                say("It may have been moved or renamed; choose it once more."),
            )
        if not source.is_file():
            raise Problem(
                "evidence.unreadable",
                say("{name} is not a file.", name=source.name),
                say("Choose a single file; put a folder into an archive first."),
            )
        try:
            self.size = source.stat().st_size
        except OSError as error:
            raise _unreadable(source) from error
        fits(file, self.size, source.name)
        self._chunks = _read(source)
        self._steps: Generator[int, None, None] | None = None

    def step(self) -> bool:
        """One batch; True when the whole file is in the document. Problems: evidence.unreadable, evidence.changed,
        those of writing; after a Problem nothing of it stays."""
        if self.whole:
            return True
        try:
            if not self.digest:
                self._hash()
            elif self._steps is not None:
                done = next(self._steps, None)
                self.whole = done is None
                self.done = self.size if done is None else done
        except OSError as error:
            self.drop()
            raise _unreadable(self.source) from error
        except BaseException:
            self.drop()
            raise
        return self.whole

    def _hash(self) -> None:
        for _ in range(4 * BATCH):
            data = next(self._chunks, None)
            if data is None:
                self.digest, self.size = self._sum.hexdigest(), self._read
                if self.digest in self._file.attachments():
                    self.done, self.whole = self.size, True
                else:
                    self._steps = _keep(self._file, self.digest, self.size, _read(self.source))
                return
            self._sum.update(data)
            self._read += len(data)

    def drop(self) -> None:
        """Give up: what was copied is removed, now or at the next opening."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None


def fits(file: File, size: int, name: str = "") -> None:
    """Raise evidence.too-large or evidence.no-room for a file that is too large by itself or with the others."""
    if size > PER_FILE:
        raise Problem(
            "evidence.too-large",
            say("{name} is larger than {limit} MB.", name=name, limit=PER_FILE // MIB),
            say("Register it without the file and write down where it is kept, or attach the pages that matter."),
        )
    if sum(file.attachments().values()) + size > PER_DOCUMENT:
        raise Problem(
            "evidence.no-room",
            say("With {name} the attachments would be more than {limit} MB.", name=name, limit=PER_DOCUMENT // MIB),
            say("Register it without the file and write down where it is kept."),
        )


def attach(file: File, source: Path, progress: Progress | None = None) -> tuple[str, int]:
    """Copy a file into the document at one go; returns its digest and size. The same bytes are kept once.

    Problems: those of Copying, and those of the document file.
    """
    copying = Copying(file, source)
    try:
        while not copying.step():
            if progress is not None and copying.digest:
                progress(copying.done, copying.size)
        if progress is not None:
            progress(copying.size, copying.size)
    except BaseException:
        copying.drop()
        raise
    return copying.digest, copying.size


def keep(file: File, digest: str, size: int, chunks: Iterator[bytes], progress: Progress | None = None) -> None:
    """Store chunks that together have this digest. Raises evidence.changed when they have not; then nothing stays."""
    steps = _keep(file, digest, size, chunks)
    try:
        for done in steps:
            if progress is not None:
                progress(done, size)
    finally:
        steps.close()


def _keep(file: File, digest: str, size: int, chunks: Iterator[bytes]) -> Generator[int, None, None]:
    """As keep, with the bytes stored after every batch; closing it early removes them again."""
    summed = hashlib.sha256()
    done = number = 0
    file.drop_loose_chunks()
    file.growing.add(digest)
    try:
        more = True
        while more:
            with file.writing():
                for _ in range(BATCH):
                    data = next(chunks, None)
                    if data is None:
                        more = False
                        break
                    summed.update(data)
                    file.add_chunk(digest, number, data)
                    number += 1
                    done += len(data)
                if not more:
                    if summed.hexdigest() != digest or done != size:
                        raise Problem(
                            "evidence.changed",
                            say("The file was changed while it was being copied."),
                            say("Save and close it in the program that has it open, then attach it once more."),
                        )
                    file.add_attachment(digest, size)
            yield done
    except BaseException:
        file.growing.discard(digest)
        _forget(file)
        raise
    file.growing.discard(digest)


def content(file: File, digest: str) -> Iterator[bytes]:
    """The bytes of an attachment, chunk by chunk.

    Problems: evidence.absent when the document does not hold them; store.damaged, after the last chunk, when they
    are no longer what was attached.
    """
    size = file.attachments().get(digest)
    if size is None:
        raise absent()
    summed = hashlib.sha256()
    done = 0
    for data in file.chunks(digest):
        summed.update(data)
        done += len(data)
        yield data
    if done == 0 and size > 0:
        raise absent()
    if summed.hexdigest() != digest or done != size:
        raise damaged(file.path, f"attachment {digest}")


def extract(file: File, digest: str, target: Path) -> None:
    """Write an attachment to a file, which appears only when it is whole."""
    part = target.with_name(f"{target.name}.part")
    with told(target):
        try:
            with part.open("wb") as out:
                for data in content(file, digest):
                    out.write(data)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def absent() -> Problem:
    return Problem(
        "evidence.absent",
        say("The attachment itself is not in this document."),
        say("It was left out of this copy; look in the original document, or attach the file once more."),
    )


def altered() -> Problem:
    return Problem(
        "evidence.altered",
        say("The attachment is no longer what was attached."),
        say("Attach the file once more, or take the document from a backup."),
    )


def _forget(file: File) -> None:
    try:
        file.drop_loose_chunks()
    except Problem:  # a full or vanished medium; they are removed at the next opening
        pass


def _unreadable(source: Path) -> Problem:
    return Problem(
        "evidence.unreadable",
        say("{name} cannot be read.", name=source.name),
        say("Close the program that has it open, or copy it to this computer first."),
    )


def _read(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while data := stream.read(CHUNK):
            yield data

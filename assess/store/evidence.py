"""Bytes of evidence, in chunks of 1 MiB under the SHA-256 of the whole (D29).

A file of any size goes in and out with one chunk in memory. Chunks are committed in batches; the attachment itself is
declared only after the last one, and what was left behind by an interruption is removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from assess.language import say
from assess.problems import Problem
from assess.store.failures import damaged, told
from assess.store.file import File
from assess.store.schema import CHUNK

BATCH = 16  # chunks in one transaction
Progress = Callable[[int, int], None]  # bytes done, bytes in all; whatever it raises cancels


def attach(file: File, source: Path, progress: Progress | None = None) -> tuple[str, int]:
    """Copy a file into the document; returns its digest and size. The same bytes are kept once.

    Problems: evidence.missing, evidence.unreadable, evidence.changed, and those of the document file.
    """
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
        digest, size = _digest(source)
        if digest not in file.attachments():
            keep(file, digest, size, _read(source), progress)
        elif progress is not None:
            progress(size, size)
    except OSError as error:
        raise Problem(
            "evidence.unreadable",
            say("{name} cannot be read.", name=source.name),
            say("Close the program that has it open, or copy it to this computer first."),
        ) from error
    return digest, size


def keep(file: File, digest: str, size: int, chunks: Iterator[bytes], progress: Progress | None = None) -> None:
    """Store chunks that together have this digest. Raises evidence.changed when they have not; then nothing stays."""
    summed = hashlib.sha256()
    done = number = 0
    file.drop_loose_chunks()
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
            if progress is not None:
                progress(done, size)
    except BaseException:
        _forget(file)
        raise


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


def _forget(file: File) -> None:
    try:
        file.drop_loose_chunks()
    except Problem:  # a full or vanished medium; they are removed at the next opening
        pass


def _digest(source: Path) -> tuple[str, int]:
    summed = hashlib.sha256()
    size = 0
    for data in _read(source):
        summed.update(data)
        size += len(data)
    return summed.hexdigest(), size


def _read(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while data := stream.read(CHUNK):
            yield data

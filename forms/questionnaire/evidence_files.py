"""Files for evidence as they come in: dropped, chosen, pasted; their sizes in words, their SHA-256 in short."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from assess.store.evidence import MAILABLE, MIB, PER_DOCUMENT, PER_FILE
from assess.store.verify import Digest
from forms import background
from forms.words import _


def files_of(data: QMimeData) -> list[Path]:
    """The files of a drop or of the clipboard, folders left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def has_something(data: QMimeData | None) -> bool:
    """Whether there are files or a picture to be taken."""
    return data is not None and (bool(data.urls() and files_of(data)) or data.hasImage())


class Pictures:
    """Pictures from the clipboard, written as PNG where only this person can read them, until they are attached."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def keep(self, image: QImage, at: datetime) -> Path | None:
        """A file with a proposed name; None where the picture is empty or cannot be written."""
        if image.isNull():
            return None
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="zhiheng-")
        stem = _("Screenshot {time}", time=at.strftime("%Y-%m-%d %H%M%S"))
        path = Path(self._folder.name) / f"{stem}.png"
        number = 2
        while path.exists():
            path = path.with_name(f"{stem} ({number}).png")
            number += 1
        return path if image.save(str(path), "PNG") else None  # type: ignore[call-overload]

    def clear(self) -> None:
        """What was attached is in the document; nothing is left lying about."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def taken(data: QMimeData, pictures: Pictures, at: datetime) -> list[Path]:
    """Files of the clipboard or of a drop; else its picture as a file."""
    found = files_of(data)
    if found or not data.hasImage():
        return found
    image = data.imageData()
    path = pictures.keep(image, at) if isinstance(image, QImage) else None
    return [path] if path is not None else []


def sum_of(path: Path, work: background.Work) -> str:
    """SHA-256 of a file, read in chunks of 1 MiB. Empty where it cannot be read; attaching will say why."""
    summed = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while data := stream.read(MIB):
                summed.update(data)
                work.tell(0, 0)
    except OSError:
        return ""
    return summed.hexdigest()


def size(count: int) -> str:
    """812 B, 45 KB, 3.2 MB: as file managers say it."""
    if count < 1000:
        return f"{count} B"
    if count < MIB:
        return f"{count / 1024:.0f} KB"
    amount = count / MIB
    return f"{amount:.1f} MB" if amount < 100 else f"{amount:.0f} MB"


def short(digest: str) -> str:
    """The first 16 digits in groups of four (D34)."""
    return Digest(digest).printed


def limits() -> str:
    """What a file and all of them may weigh, said before one is chosen."""
    return _(
        "At most {file} MB a file and {document} GB in all.", file=PER_FILE // MIB, document=PER_DOCUMENT // MIB // 1024
    )


def mailing(held: int, added: int = 0) -> str:
    """What attachments do to sending the document by mail; empty while that is no matter."""
    if held + added <= MAILABLE:
        return ""
    return _(
        "Attachments together {size}: most mail systems refuse more than {limit} MB. Pass the document on by stick or "
        "disc.",
        size=size(held + added),
        limit=MAILABLE // MIB,
    )


def weight(digests: Sequence[tuple[str, int]]) -> int:
    """Bytes of attachments, each counted once."""
    return sum(dict(digests).values())

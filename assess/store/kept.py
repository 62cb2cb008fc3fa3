"""Where backups and rescue copies of a document lie, and whose they are: by its identity, whatever its name is now.

A folder of backups holds a small file with the identity of its document (digits that tell nothing) and its path. A
folder is left behind when its document is no longer where it was: then it belongs to the document of this identity. A
second copy of the document keeps its own, so that two copies never share their states.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from assess.problems import Problem
from assess.store.file import File
from assess.store.tables import found_in, mark

ENDING = ".备份"
NOTE = "~$document.txt"
UNKNOWN = "?"
"""Identity of a document that no longer says what it is."""
CHUNK = 1 << 20


def own_folder() -> Path:
    """The user's data folder; the folder for temporary files where there is no user with a home."""
    try:
        return Path(platformdirs.user_data_dir("zhiheng", appauthor=False))
    except RuntimeError:
        return Path(tempfile.gettempdir()) / "zhiheng"


def folders(document: Path) -> tuple[Path, Path]:
    """Where backups of a document lie under its present name: beside it, and in the user's data folder."""
    place = hashlib.sha256(str(document).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return document.with_name(f"{document.stem}{ENDING}"), own_folder() / "backups" / f"{document.stem[:40]}-{place}"


def note(folder: Path, identity: str, document: Path) -> None:
    """Write down whose backups these are; a folder that cannot be written is known by its name alone."""
    words = f"{identity}\n{document}\n"
    try:
        if _noted(folder) != words:
            (folder / NOTE).write_text(words, encoding="utf-8", errors="surrogateescape")
    except OSError:
        pass


def adopt(document: Path, identity: str) -> None:
    """Let the folder that a renamed document left behind take its new name; one in use stays and is found anyway."""
    beside = folders(document)[0]
    if beside.exists():
        return
    for folder in left_behind(document, identity):
        if folder.parent == document.parent:
            try:
                folder.rename(beside)
            except OSError:
                pass
            return


def left_behind(document: Path, identity: str) -> tuple[Path, ...]:
    """Folders of backups whose document is gone and has this identity; for UNKNOWN the only one beside, if it is."""
    orphans = [one for one in _children(document.parent) if one.name.endswith(ENDING) and not _owned_beside(one)]
    if identity == UNKNOWN:
        return tuple(orphans) if len(orphans) == 1 else ()
    far = [one for one in _children(own_folder() / "backups") if not _owned_far(one)]
    return tuple(one for one in (*orphans, *far) if _same(identity, identity_of(one)))


def said_by(document: Path, passphrase: str | None = None) -> str:
    """The identity that a file still tells, also a damaged one; empty where it tells none.

    Of a file without passphrase that no longer opens, the words of its founding event are looked for in its bytes.
    """
    try:
        file = File.open(document, passphrase, read_only=True, salvage=True)
    except Problem:
        return _scanned(document)
    try:
        return file.identity()
    except Problem:
        return _scanned(document)
    finally:
        file.close()


def identity_of(folder: Path) -> str:
    """Whose backups lie in a folder: by its note, else by its newest backup that opens without a passphrase."""
    noted = _noted(folder).split("\n")[0]
    if noted:
        return noted
    for path in sorted(folder.glob("*.zhd"), reverse=True):
        said = said_by(path) if not path.name.startswith("~$") else ""
        if said:
            return said
    return ""


def _same(one: str, other: str) -> bool:
    """Equal as far as both say: what is scanned from a damaged file names the assessment and not the copy."""
    return bool(one and other) and all(a == b for a, b in zip(one.split(), other.split(), strict=False))


def _owned_beside(folder: Path) -> bool:
    return folder.with_name(f"{folder.name.removesuffix(ENDING)}.zhd").exists()


def _owned_far(folder: Path) -> bool:
    """Whether the document is still there, or its medium is away; a folder without note belongs to its name."""
    lines = _noted(folder).split("\n")
    return len(lines) < 2 or not gone(Path(lines[1]))


def gone(document: Path) -> bool:
    """Whether a document was renamed, moved or deleted, and not merely its medium taken out."""
    try:
        return document.parent.is_dir() and not document.exists()
    except OSError:
        return False


def _noted(folder: Path) -> str:
    try:
        return (folder / NOTE).read_text(encoding="utf-8", errors="surrogateescape")[:4096]
    except OSError:
        return ""


def _children(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(one for one in folder.iterdir() if one.is_dir())
    except OSError:
        return
    yield from found


def _scanned(document: Path) -> str:
    try:
        with document.open("rb") as stream:
            before = ""
            while data := stream.read(CHUNK):
                text = before + data.decode("latin-1")
                said = found_in(text)
                if said is not None:
                    return mark(said)
                before = text[-64:]
    except OSError:
        pass
    return ""

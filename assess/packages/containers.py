"""Looking into ZIP files (XLSX and its kin) and OLE files (old and encrypted office files) without unpacking them.

A ZIP is judged by its directory first: number of parts, sizes they claim, their names, whether they overlap. Only then
the beginnings of the XML parts are read, through a limit, for definitions that would grow without end.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path

from assess.packages.refusals import refused
from assess.problems import Problem

PARTS = 2000
UNPACKED = 100 << 20  # bytes of all parts together; a form with 300 items has under 2 MB
RATIO = 250
SMALL = 1 << 20  # parts up to this size may be packed as tightly as they like
BEGINNING = 16 << 10
READ = 1 << 16
Parts = list[zipfile.ZipInfo]


def look_into_zip(path: Path) -> None:
    """Return where the file is a workbook that may be read as a form; raise Problem `file.*` for all else."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _directory(path, parts)
            _kind(path, archive, parts)
            _contents(path, archive, parts)
    except zipfile.BadZipFile as error:
        raise refused("file.archive-damaged", path) from error
    except (NotImplementedError, RuntimeError) as error:  # a packing no office program uses, or a password
        raise refused("file.archive-password", path) from error
    except (struct.error, EOFError, ValueError, OSError, OverflowError) as error:
        raise refused("file.archive-damaged", path) from error


def _directory(path: Path, parts: Parts) -> None:
    if len(parts) > PARTS:
        raise refused("file.zip-entries", path, count=len(parts))
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            raise refused("file.zip-path", path, inside=_short(part.filename))
        if part.create_system == 3 and stat.S_ISLNK(part.external_attr >> 16):
            raise refused("file.zip-link", path, inside=_short(part.filename))
    end = -1
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < end:
            raise refused("file.zip-overlap", path)
        end = part.header_offset + 30 + len(part.filename.encode("utf-8")) // 3 + part.compress_size
    whole = sum(part.file_size for part in parts)
    tight = any(part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1) for part in parts)
    if whole > UNPACKED or tight:
        raise refused("file.zip-bomb", path, size=max(1, whole >> 20))


def _kind(path: Path, archive: zipfile.ZipFile, parts: Parts) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise refused("file.archive-password", path)
    if "mimetype" in names:
        about = archive.read("mimetype")[:200]
        if b"spreadsheet" in about:
            _open_document(path, archive, names)
            return
        raise refused(
            "file.slides" if b"presentation" in about else "file.word" if b"text" in about else "file.zip", path
        )
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise refused("file.macros", path)
    if "word/document.xml" in names:
        raise refused("file.word", path)
    if "ppt/presentation.xml" in names:
        raise refused("file.slides", path)
    if "xl/workbook.bin" in names:
        raise refused("file.binary-workbook", path)
    if "xl/workbook.xml" in names:
        if not any(name.startswith("xl/worksheets/") for name in names):
            raise refused("file.workbook-hollow", path)
        return
    inside = [name for name in names if name.lower().endswith((".zhd", ".xlsx"))]
    if inside:
        raise refused("file.zip-package", path, inside=tuple(_short(name) for name in sorted(inside)[:3]))
    raise refused("file.office-unknown" if "[Content_Types].xml" in names else "file.zip", path)


def _open_document(path: Path, archive: zipfile.ZipFile, names: set[str]) -> None:
    """A workbook of LibreOffice: no macros, and no part under a password."""
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise refused("file.macros", path)
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(SMALL):
                raise refused("file.workbook-password", path)
    if "content.xml" not in names:
        raise refused("file.workbook-hollow", path)


def _contents(path: Path, archive: zipfile.ZipFile, parts: Parts) -> None:
    """Read every part to its end under its claimed size, and the beginning of the XML for definitions."""
    for part in parts:
        found = 0
        try:
            with archive.open(part) as stream:
                first = stream.read(BEGINNING)
                found = len(first)
                if part.filename.endswith((".xml", ".rels", ".vml")) and _defines(first):
                    raise refused("file.xml-bomb", path, inside=_short(part.filename))
                while data := stream.read(READ):
                    found += len(data)
                    if found > part.file_size:
                        raise refused("file.zip-bomb", path, size=max(1, found >> 20))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise refused("file.archive-changed", path, inside=_short(part.filename)) from error


def _defines(beginning: bytes) -> bool:
    """Whether an XML part has a document type, in any of the encodings XML may have; office files never do."""
    plain = beginning.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _short(name: str) -> str:
    words = "".join(sign if sign.isprintable() else "·" for sign in name)
    return words if len(words) <= 60 else f"{words[:57]}…"


def look_into_ole(path: Path) -> Problem | None:
    """The Problem of an OLE file; None for a plain workbook of the old kind, which can be read."""
    import olefile

    try:
        with olefile.OleFileIO(str(path), raise_defects=olefile.DEFECT_FATAL) as container:
            names = {"/".join(entry).lower() for entry in container.listdir()}
    except Exception as error:  # whatever a damaged directory makes the reader raise
        problem = refused("file.office-damaged", path)
        problem.__cause__ = error
        return problem
    if "encryptedpackage" in names or "encryptioninfo" in names:
        return refused("file.workbook-password", path)
    if any(name.startswith("__substg1.0") or name == "__properties_version1.0" for name in names):
        return refused("file.mail", path)
    if any("_vba_project" in name or name.startswith("macros/") for name in names):
        return refused("file.macros", path)
    if names & {"workbook", "book"}:
        return None if path.stat().st_size <= UNPACKED else refused("file.zip-bomb", path, size=UNPACKED >> 20)
    if "worddocument" in names:
        return refused("file.old-word", path)
    if "powerpoint document" in names:
        return refused("file.slides", path)
    return refused("file.office-unknown", path)

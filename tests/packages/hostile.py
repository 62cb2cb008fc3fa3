"""Makers of damaged and hostile files, each under the code it is refused with. The test that uses them makes them."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import apsw

from assess.store.connection import connect
from assess.store.events import canonical, digest
from assess.store.schema import APPLICATION_ID
from tests.packages.ole import ole

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><workbook>&j;</workbook>"
)


@dataclass(frozen=True)
class Sources:
    """Sound files to spoil: a return, an encrypted one (passphrase 口令), a sound form, and others of the round."""

    returned: Path
    encrypted: Path
    form: Path
    unfinished: Path
    master: Path
    practice: Path
    foreign: Path
    other_framework: Path


Maker = Callable[[Path, Sources], Path]
MAKERS: dict[str, tuple[str, Maker]] = {}


def hostile(name: str, code: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        MAKERS[name] = (code, maker)
        return maker

    return keep


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def simple(name: str, code: str, file: str, data: bytes) -> None:
    MAKERS[name] = (code, lambda folder, _: put(folder, file, data))


simple("empty", "file.empty", "返回.zhd", b"")
simple("a PDF under the name of a package", "file.pdf", "返回.zhd", b"%PDF-1.7\n1 0 obj\n" + b"x" * 2000)
simple("a scan", "file.picture", "返回.zhd", b"\xff\xd8\xff\xe0" + b"\0\x10JFIF" + bytes(range(256)) * 8)
simple("a program", "file.program", "返回_市公安局.zhd", b"MZ\x90\0" + b"\0" * 600)
simple("a shell script", "file.script", "返回.zhd", b"#!/bin/sh\nrm -rf ~\n" + b"#" * 200)
simple("a batch file", "file.script", "返回.xlsx", b"@echo off\r\nformat c:\r\n" * 20)
simple("RAR", "file.rar", "返回.zhd", b"Rar!\x1a\x07\x01\0" + b"\7" * 500)
simple("7-Zip", "file.7z", "返回.zhd", b"7z\xbc\xaf\x27\x1c\0\4" + b"\7" * 500)
simple("gzip", "file.packed", "返回.zhd", b"\x1f\x8b\x08\0" + b"\7" * 500)
simple("a web page as XLS", "file.web-page", "表.xls", "<html><table><tr><td>一</td></tr></table></html>".encode() * 9)
simple("plain text", "file.text", "返回.zhd", "各单位：\n请于月底前报送。\n".encode("gb18030") * 30)
simple("random bytes", "file.unknown", "返回.zhd", b"\x01\x02\x03\0" + bytes((n * 7919) % 251 for n in range(4096)))
simple("a shortcut", "file.shortcut", "返回.zhd.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 300)
simple("companion of a Mac", "file.mac-companion", "._返回.zhd", b"\0\x05\x16\x07\0\2\0\0Mac OS X" + b"\0" * 300)
simple("owner file", "file.owner", "~$返回.zhd", '{"name": "李四"}'.encode())
simple("a journal alone", "file.journal", "返回.zhd-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 600)
simple(
    "an e-mail", "file.mail", "报送.eml", b"Return-Path: <a@example.invalid>\r\nSubject: x\r\n\r\n" + b"text\r\n" * 50
)
simple(
    "a receipt", "file.receipt", "回执.json", b'{"format": "zhiheng-receipt", "version": 1, "file": "x"}' + b" " * 200
)
simple("workbook with a password", "file.workbook-password", "填报表.xlsx", ole("EncryptionInfo", "EncryptedPackage"))
simple("old workbook of nonsense", "sheets.unreadable", "填报表.xls", ole("Workbook", "\x05SummaryInformation"))
simple("WPS workbook", "sheets.kind", "填报表.et", ole("Workbook"))
simple("old Word document", "file.old-word", "填报表.xls", ole("WordDocument", "1Table"))
simple("macros of the old kind", "file.macros", "填报表.xls", ole("Workbook", "_VBA_PROJECT_CUR"))
simple("damaged OLE", "file.office-damaged", "填报表.xls", ole("Workbook")[:700])
simple("a message", "file.mail", "报送.msg", ole("__properties_version1.0", "__substg1.0_0037001F"))


@hostile("a folder", "file.folder")
def folder_(folder: Path, _: Sources) -> Path:
    path = folder / "返回.zhd"
    path.mkdir()
    return path


@hostile("a pipe", "file.device")
def pipe(folder: Path, _: Sources) -> Path:
    path = folder / "返回.zhd"
    os.mkfifo(path)
    return path


@hostile("missing", "store.missing")
def missing(folder: Path, _: Sources) -> Path:
    return folder / "没有.zhd"


@hostile("two gigabytes of zeros", "file.zeros")
def zeros(folder: Path, _: Sources) -> Path:
    path = folder / "返回.zhd"
    with path.open("wb") as out:
        out.truncate(2 << 30)
    return path


@hostile("truncated package", "file.cut-short")
def truncated(folder: Path, sources: Sources) -> Path:
    data = sources.returned.read_bytes()
    return put(folder, "返回.zhd", data[: len(data) * 2 // 3])


@hostile("package cut within its header", "file.cut-short")
def stub(folder: Path, sources: Sources) -> Path:
    return put(folder, "返回.zhd", sources.returned.read_bytes()[:60])


@hostile("encrypted package cut short", "file.cut-short")
def encrypted_cut(folder: Path, sources: Sources) -> Path:
    data = sources.encrypted.read_bytes()
    return put(folder, "返回.zhd", data[: len(data) - 1000])


@hostile("bit flipped in a record", "file.changed")
def flipped(folder: Path, sources: Sources) -> Path:
    data = bytearray(sources.returned.read_bytes())
    at = data.index('"author":"李四"'.encode())
    data[at + 11] ^= 1
    return put(folder, "返回.zhd", bytes(data))


@hostile("bits flipped in the structure", "file.pages-damaged")
def torn(folder: Path, sources: Sources) -> Path:
    data = bytearray(sources.returned.read_bytes())
    for page in range(1, 12):
        data[page * 4096 : page * 4096 + 16] = b"\xa5" * 16
    return put(folder, "返回.zhd", bytes(data))


def opened(folder: Path, sources: Sources) -> tuple[Path, apsw.Connection]:
    path = folder / "返回.zhd"
    shutil.copyfile(sources.returned, path)
    connection = connect(path, None, apsw.SQLITE_OPEN_READWRITE)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
    return path, connection


@hostile("a record removed from the middle", "file.records-missing")
def hole(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    rows = connection.execute('SELECT id, content FROM event WHERE content LIKE \'%"column":"self"%\'').fetchall()
    twice = next(id for id, _ in rows if any(id in content for other, content in rows if other != id))
    connection.execute("DELETE FROM event WHERE id = ?", (twice,))
    connection.close()
    return path


@hostile("the newest record removed and the count mended", "file.seal-broken")
def unsealed(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    kept = connection.execute("SELECT id, content FROM event").fetchall()
    last = next(id for id, content in reversed(kept) if '"column":"note"' in content)
    connection.execute("DELETE FROM event WHERE id = ?", (last,))
    ids = [id for id, _ in kept if id != last]
    tally = f"{len(ids)}:{sum(int(id, 16) for id in ids) % (1 << 256):064x}"
    connection.execute("UPDATE document SET value = ? WHERE key = 'tally'", (tally,))
    connection.close()
    return path


@hostile("a record removed at the end", "file.records-count")
def shortened(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    connection.execute("DELETE FROM event WHERE number = (SELECT max(number) FROM event)")
    connection.close()
    return path


@hostile("a record of a wrong shape", "file.forged")
def misshapen(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    founding = connection.execute("SELECT id FROM event ORDER BY number LIMIT 1").fetchone()[0]
    content = canonical(
        {"action": "x", "at": "2026-07-04T00:00:00.000000Z", "author": "x", "column": "self", "item": "ST1.1",
         "kind": "answer", "parents": [founding], "role": "filler", "unit": "", "value": ["=cmd|' /C calc'!A0"]}
    )  # fmt: skip
    connection.execute("INSERT INTO event (id, content, arrival) VALUES (?, ?, 0)", (digest(content), content))
    connection.close()
    return path


@hostile("a table that never ends", "file.forged")
def endless(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    connection.execute("DROP TABLE event")
    connection.execute(
        "CREATE VIEW event AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS number, 'x' AS id, 'x' AS content, 0 AS arrival FROM n"
    )
    connection.close()
    return path


@hostile("a value of half a gigabyte", "file.pages-damaged")
def swollen(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    connection.limit(apsw.SQLITE_LIMIT_LENGTH, 1 << 30)
    connection.execute("UPDATE event SET content = content || hex(zeroblob(40000000)) WHERE number = 3")
    connection.close()
    return path


@hostile("an attachment exchanged", "file.attachment-changed")
def exchanged(folder: Path, sources: Sources) -> Path:
    path, connection = opened(folder, sources)
    connection.execute("UPDATE chunk SET bytes = zeroblob(length(bytes))")
    connection.close()
    return path


@hostile("made by a newer program", "store.too-new")
def newer(folder: Path, sources: Sources) -> Path:
    data = bytearray(sources.returned.read_bytes())
    data[60:64] = struct.pack(">L", 99)
    return put(folder, "返回.zhd", bytes(data))


@hostile("another program's database", "file.other-database")
def database(folder: Path, _: Sources) -> Path:
    path = folder / "返回.zhd"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE event (id, content)")
    connection.close()
    return path


@hostile("our number on another program's tables", "file.pages-damaged")
def disguised(folder: Path, _: Sources) -> Path:
    path = folder / "返回.zhd"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("CREATE TABLE document (key, value)")
    connection.close()
    return path


def of_source(name: str, code: str, file: str, source: str) -> None:
    """A document made for these tests, as it is, under the name of a return."""

    @hostile(name, code)
    def build(folder: Path, sources: Sources) -> Path:
        made: Path = getattr(sources, source)
        return put(folder, file, made.read_bytes())


of_source("encrypted without a passphrase", "store.passphrase-needed", "返回.zhd", "encrypted")
of_source("encrypted under another passphrase", "store.wrong-passphrase", "口令不对.zhd", "encrypted")
of_source("a master", "return.master", "返回.zhd", "master")
of_source("a practice", "return.practice", "返回.zhd", "practice")
of_source("another assessment", "return.other-assessment", "返回.zhd", "foreign")
of_source("another framework", "return.other-framework", "返回.zhd", "other_framework")
of_source("not handed back", "return.unfinished", "填报包.zhd", "unfinished")


# ---------------------------------------------------------------- archives and workbooks
def zipped(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(**more: bytes) -> dict[str, bytes]:
    return {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": b"<workbook/>",
        "xl/worksheets/sheet1.xml": b"<worksheet/>",
        **{name.replace("__", "/"): data for name, data in more.items()},
    }


def of_parts(name: str, code: str, file: str, parts: dict[str, bytes]) -> None:
    simple(name, code, file, zipped(parts))


of_parts("ZIP with a package inside", "file.zip-package", "返回.zhd", {"返回_市公安局.zhd": b"x" * 500})
of_parts("ZIP of anything", "file.zip", "材料.zip", {"材料/一.txt": b"x", "材料/二.txt": b"y"})
of_parts("Word document", "file.word", "填报表.xlsx", {"[Content_Types].xml": b"", "word/document.xml": b"<w/>"})
of_parts("presentation", "file.slides", "填报表.xlsx", {"[Content_Types].xml": b"", "ppt/presentation.xml": b"<p/>"})
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
of_parts("OpenDocument of nonsense", "sheets.unreadable", "填报表.ods", ODS)
of_parts("OpenDocument with macros", "file.macros", "填报表.ods", ODS | {"Basic/Standard/x.xml": b"<x/>"})
of_parts("OpenDocument with a password", "file.workbook-password", "填报表.ods",
         ODS | {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})  # fmt: skip
of_parts("OpenDocument text", "file.word", "填报表.ods", {"mimetype": b"application/vnd.oasis.opendocument.text"})
of_parts(
    "binary workbook", "file.binary-workbook", "填报表.xlsx", {"[Content_Types].xml": b"", "xl/workbook.bin": b"x"}
)
of_parts("workbook without sheets", "file.workbook-hollow", "填报表.xlsx",
         {"[Content_Types].xml": b"", "xl/workbook.xml": b"<workbook/>"})  # fmt: skip
of_parts("macro workbook", "file.macros", "填报表.xlsm", workbook(xl__vbaProject_bin=b"") | {"xl/vbaProject.bin": b"x"})
of_parts("XML bomb", "file.xml-bomb", "填报表.xlsx", workbook() | {"xl/workbook.xml": BILLION_LAUGHS.encode()})
of_parts("XML bomb in UTF-16", "file.xml-bomb", "填报表.xlsx",
         workbook() | {"xl/sharedStrings.xml": BILLION_LAUGHS.encode("utf-16")})  # fmt: skip
of_parts("path traversal", "file.zip-path", "填报表.xlsx", workbook() | {"../../../../home/x/.bashrc": b"x"})
of_parts("path of a drive", "file.zip-path", "填报表.xlsx", workbook() | {"C:\\Windows\\x.dll": b"x"})
of_parts("too many parts", "file.zip-entries", "填报表.xlsx",
         workbook() | {f"xl/media/{n}.png": b"" for n in range(3000)})  # fmt: skip


@hostile("ZIP bomb", "file.zip-bomb")
def zip_bomb(folder: Path, _: Sources) -> Path:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b"\0" * (1 << 20)
    packed = b"".join(squeezer.compress(block) for _ in range(300)) + squeezer.flush()
    data = zipped(workbook(xl__sharedStrings=b"x") | {"xl/sharedStrings.xml": b""}, zipfile.ZIP_STORED)
    path = put(folder, "填报表.xlsx", data)
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
        with archive.open(info, "w", force_zip64=True) as out:
            out.write(packed)
    patched = bytearray(path.read_bytes())
    at = patched.rindex(b"PK\x01\x02")
    patched[at + 10 : at + 12] = struct.pack("<H", 8)
    patched[at + 24 : at + 28] = struct.pack("<L", 300 << 20)
    return put(folder, "填报表.xlsx", bytes(patched))


@hostile("ZIP bomb that lies about its size", "file.archive-changed")
def lying_bomb(folder: Path, _: Sources) -> Path:
    data = bytearray(zipped(workbook() | {"xl/sharedStrings.xml": b"\0" * (40 << 20)}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 1000)
    return put(folder, "填报表.xlsx", bytes(data))


@hostile("overlapping parts", "file.zip-overlap")
def overlapping(folder: Path, _: Sources) -> Path:
    data = bytearray(zipped(workbook() | {"a.xml": b"a" * 900, "b.xml": b"b" * 900}, zipfile.ZIP_STORED))
    last = data.rindex(b"PK\x01\x02")
    before = data.rindex(b"PK\x01\x02", 0, last)
    data[last + 42 : last + 46] = data[before + 42 : before + 46]
    return put(folder, "填报表.xlsx", bytes(data))


@hostile("a link in place of a part", "file.zip-link")
def linked(folder: Path, _: Sources) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in workbook().items():
            archive.writestr(name, data)
        info = zipfile.ZipInfo("xl/styles.xml")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return put(folder, "填报表.xlsx", out.getvalue())


@hostile("archive with a password", "file.archive-password")
def secret_archive(folder: Path, _: Sources) -> Path:
    data = bytearray(zipped(workbook()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return put(folder, "填报表.xlsx", bytes(data))


@hostile("workbook cut short", "file.archive-damaged")
def cut_workbook(folder: Path, sources: Sources) -> Path:
    data = sources.form.read_bytes()
    return put(folder, "填报表.xlsx", data[: len(data) // 2])


@hostile("bit flipped in a workbook", "file.archive-changed")
def flipped_workbook(folder: Path, sources: Sources) -> Path:
    data = bytearray(sources.form.read_bytes())
    with zipfile.ZipFile(sources.form) as archive:
        part = max(archive.infolist(), key=lambda one: one.compress_size)
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0xFF
    return put(folder, "填报表.xlsx", bytes(data))

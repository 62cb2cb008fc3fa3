"""Makes the kept specimens: a filled-in form as LibreOffice saves it (XLSX, XLS, ODS), and one under a password.

Run by hand where LibreOffice is installed: python -m tests.sheets.make_kept. The tests read what is kept, so that they
need no office program.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

from tests.sheets.office import Book, written

KEPT = Path(__file__).parent / "kept"
PIECE = {"material": "关于成立领导小组的通知", "number": "衡办〔2025〕3号", "date": "2025-03-01", "grade": "B"}
KINDS = {"xlsx": "xlsx", "xls": "xls:MS Excel 97", "ods": "ods"}


def filled(folder: Path) -> Path:
    """A form filled in as people do, in every kind of question."""
    book = Book(written(folder / "填报.xlsx"))
    book.cover("填报人", "张三").cover("职务", "科长")
    book.put("ST1.1", "第3级").put("ST1.1", "已印发 =1+1 </script> 㙍𡐓🎈", "note").put("ST1.2", "约2次")
    book.put("ME2.2", "不适用", "state").put("ME2.2", "撤并中", "reason")
    for key in "ABCDEFGH":
        book.put(f"ST2.2|+{key}", "有" if key in "ABD" else "无")
    book.put("ST2.3|numerator", "１，２３４").put("ST2.3|denominator", "1500").put("ST2.3|source", "任务台账")
    book.put("ST4.3|result", 0.85, number_format="0%").put("ST4.3|confirm", "是").put("ME2.1", "是")
    book.evidence(
        1, code="ST1.1", material="关于成立领导小组的通知", number="衡办〔2025〕3号", date="2025-03-01", grade="B"
    )
    return book.save()


def convert(path: Path, kind: str, folder: Path, office: str = "soffice") -> Path:
    """The file as LibreOffice saves it in another kind."""
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", KINDS[kind], "--outdir"]
    subprocess.run([*command, str(folder / "out"), str(path)], check=True, capture_output=True, timeout=180)
    return folder / "out" / f"{path.stem}.{kind}"


def locked() -> bytes:
    """The smallest container that says it holds an encrypted workbook: header, one sector each of table, directory,
    and content, as an office program wraps a workbook under a password."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0,
                         1, 1, 0, 0, end, 0, end, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", fat, end, *range(3, 10), end, *[free] * 118)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBBIII16sIQQIQ", text, len(text) if name else 0, kind, 1, free, free, child, b"", 0, 0,
                           0, start, size)  # fmt: skip

    directory = entry("Root Entry", 5, 1, end, 0) + entry("EncryptedPackage", 2, free, 2, 4096)
    directory += (entry("", 0, free, 0, 0)) * 2
    return header + table + directory + b"\x5a" * 4096


def main() -> None:
    KEPT.mkdir(exist_ok=True)
    (KEPT / "locked.xlsx").write_bytes(locked())
    with tempfile.TemporaryDirectory() as folder:
        path = filled(Path(folder))
        for kind in KINDS:
            shutil.copy(convert(path, kind, Path(folder)), KEPT / f"libreoffice.{kind}")


if __name__ == "__main__":
    main()

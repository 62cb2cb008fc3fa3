"""A writer of the smallest OLE files: a directory of streams, each 4096 bytes long."""

from __future__ import annotations

import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def ole(*names: str) -> bytes:
    """A compound file with these streams in its root."""
    entries = [_entry("Root Entry", 5, 1 if names else FREE, END, 0)]
    directory = -(-(len(names) + 1) // 4)
    at = 1 + directory
    chains = [FAT, *[n + 2 for n in range(directory - 1)], END]
    data = b""
    for number, name in enumerate(names):
        right = number + 2 if number + 1 < len(names) else FREE
        entries.append(_entry(name, 2, FREE, at, 4096, right))
        chains += [at + n + 1 for n in range(7)] + [END]
        at += 8
        data += name.encode("utf-16-le").ljust(4096, b"\1")
    while len(entries) % 4:
        entries.append(_entry("", 0, FREE, 0, 0))
    table = chains + [FREE] * (SECTOR // 4 - len(chains))
    header = struct.pack(
        "<8s16sHHHHH6sLLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096, END, 0, END, 0, 0,
    )  # fmt: skip
    header += struct.pack("<L", FREE) * 108
    return header[:SECTOR] + struct.pack(f"<{SECTOR // 4}L", *table) + b"".join(entries) + data


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = FREE) -> bytes:
    words = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBLLL16sL8s8sLQ", words, len(words), kind, 1, FREE, right, child, b"", 0, b"", b"", start, size
    )

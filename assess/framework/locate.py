"""Where a key stands in a TOML text: lines of tables, keys and rows of arrays, for findings that name a place."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
PART = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+""")
HEADER = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]")
KEY = re.compile(
    r"""^\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
STRING = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")


class Lines:
    """Line numbers (from 1) by path: ("indicator", 3, "number", "zero"). Unknown paths give the nearest one above."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[Path, int] = {}
        self._scan()

    def line(self, path: Path) -> int:
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, 1)

    def find(self, text: str) -> int | None:
        """The first line that contains a text as TOML writes it, if any."""
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        for form in (f'"{escaped}"', f"'{text}'", text):
            place = self.text.find(form)
            if text and place >= 0:
                return self.text.count("\n", 0, place) + 1
        return None

    def _scan(self) -> None:
        counts: dict[Path, int] = {}
        table: Path = ()
        depth, row, inside = 0, -1, ""
        key: Path = ()
        for number, line in enumerate(self.text.split("\n"), 1):
            if inside:
                if inside in line:
                    inside = ""
                continue
            bare = STRING.sub('""', line).split("#")[0]
            if depth == 0:
                header = HEADER.match(line)
                found = KEY.match(line)
                if header:
                    table = self._enter(names(header[2]), header[1] == "[[", counts)
                    self.known.setdefault(table, number)
                    continue
                if found:
                    key, row = (*table, *names(found[1])), -1
                    for size in range(len(table) + 1, len(key) + 1):
                        self.known.setdefault(key[:size], number)
            elif bare.strip().startswith("{") and depth == 1:
                row += 1
                self.known.setdefault((*key, row), number)
            for mark in ('"""', "'''"):
                if line.count(mark) % 2:
                    inside = mark
            if not inside:
                depth += sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")

    def _enter(self, parts: tuple[str, ...], many: bool, counts: dict[Path, int]) -> Path:
        path: Path = ()
        for place, part in enumerate(parts):
            path = (*path, part)
            if place == len(parts) - 1 and many:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, counts[path])
        return path


def names(dotted: str) -> tuple[str, ...]:
    """The parts of a dotted key, unquoted."""
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in PART.findall(dotted))

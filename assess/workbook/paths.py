"""Paths of settings as people read them: stage[2].gate[1].min; names with other marks stand in quotes."""

from __future__ import annotations

import re

from assess.workbook.toml import key_of, parse

Path = tuple[str | int, ...]
PART = re.compile(r"""\s*(?:([\w-]+)|("(?:[^"\\]|\\.)*"))((?:\[\d+\])*)\s*(\.|$)""")


def written(path: Path) -> str:
    """A path; rows of lists count from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += ("." if text else "") + key_of(part)
    return text


def read(text: str) -> Path | None:
    """The path that a text writes, or None when it is none."""
    found: list[str | int] = []
    start, mark = 0, "."
    while start < len(text) and mark == ".":
        match = PART.match(text, start)
        if match is None:
            return None
        try:
            found.append(match[1] or parse(match[2]))
        except ValueError:
            return None
        rows = [int(number) for number in re.findall(r"\d+", match[3])]
        if 0 in rows or any(number > 100_000 for number in rows):
            return None
        found += [number - 1 for number in rows]
        start, mark = match.end(), match[4]
    return tuple(found) if found and start == len(text) and not mark else None

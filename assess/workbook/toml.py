"""TOML as framework files are written: one key per line, short rows kept together, and which line holds which key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from assess.framework.keys import Kind, Table
from assess.framework.locate import Path

Json = Any
BARE = re.compile(r"[A-Za-z0-9_-]+")
ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
WIDTH = 110


def quoted(text: str) -> str:
    """A basic string; what no reader can see or no office program can hold is escaped."""
    body = "".join(ESCAPED.get(mark, mark) for mark in text)
    return '"' + UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", body) + '"'


def key_of(name: str) -> str:
    return name if BARE.fullmatch(name) else quoted(name)


def literal(value: Json) -> str:
    """A value on one line. Raises TypeError for what TOML frameworks never hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_of(str(key))} = {literal(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    raise TypeError(f"no TOML value: {value!r}")


def parse(text: str) -> Json:
    """The value of a literal. Raises ValueError when it is none, or more than one value."""
    found = tomllib.loads(f"v = {text}")
    if set(found) != {"v"} or not plain(found["v"]):
        raise ValueError(text)
    return found["v"]


def plain(value: Json) -> bool:
    """Whether a value holds texts, numbers, flags, lists and tables alone (no dates)."""
    if isinstance(value, Mapping):
        return all(map(plain, value.values()))
    if isinstance(value, list):
        return all(map(plain, value))
    return isinstance(value, (str, int, float))


class Writer:
    """One file. `lines` says for each line which key or table it holds."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.lines: dict[int, Path] = {}

    def line(self, text: str, path: Path | None = None) -> None:
        if path is not None:
            self.lines[len(self.out) + 1] = path
        self.out.append(text)

    def comment(self, text: str) -> None:
        for part in text.splitlines():
            self.line("# " + UNSAFE.sub(" ", part))

    def gap(self) -> None:
        if self.out and self.out[-1]:
            self.line("")

    def text(self) -> str:
        return "\n".join(self.out).rstrip("\n") + "\n"

    def value(self, name: str, value: Json, path: Path) -> None:
        """`name = value`; a long list stands on several lines."""
        whole = f"{name} = {literal(value)}"
        if isinstance(value, list) and value and len(whole) > WIDTH:
            self.line(f"{name} = [", path)
            row = ""
            for one in value:
                part = f"{literal(one)}, "
                if row and len(row) + len(part) > WIDTH - 4:
                    self.line(f"    {row.rstrip()}")
                    row = ""
                row += part
            self.line(f"    {row.rstrip()}")
            self.line("]")
        else:
            self.line(whole, path)

    def table(self, data: Mapping[str, Json], spec: Kind | None, path: Path) -> None:
        """The keys of a table: plain values first, then tables, then lists of tables."""
        later: list[tuple[str, Json, Kind | None]] = []
        for key, value in data.items():
            kind = kind_of(spec, key)
            if isinstance(value, Mapping) and is_pair(value):
                for language, one in value.items():
                    self.value(f"{key_of(key)}.{language}", one, (*path, key, language))
            elif nested(value, kind):
                later.append((key, value, kind))
            else:
                self.value(key_of(key), value, (*path, key))
        for key, value, kind in later:
            self.below(key, value, kind, (*path, key))

    def below(self, key: str, value: Json, kind: Kind | None, path: Path) -> None:
        if isinstance(value, Mapping):
            self.header(path, False)
            self.table(value, kind, path)
            return
        for place, row in enumerate(value):
            self.header((*path, place), True)
            self.table(row, kind, (*path, place))

    def header(self, path: Path, many: bool) -> None:
        dotted = ".".join(key_of(part) for part in path if isinstance(part, str))
        self.gap()
        self.line(f"[[{dotted}]]" if many else f"[{dotted}]", path)


def kind_of(spec: Kind | None, key: str) -> Kind | None:
    return spec.keys.get(key, spec.rest) if isinstance(spec, Table) else None


def is_pair(value: Mapping[str, Json]) -> bool:
    """A text (or a list of texts) for each language."""
    return bool(value) and set(value) <= {"zh", "en"} and not any(isinstance(one, Mapping) for one in value.values())


def nested(value: Json, kind: Kind | None) -> bool:
    """Whether a value gets a header of its own. What the grammar leaves open stays on one line."""
    if not isinstance(kind, Table) or kind.rest == "any":
        return False
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)

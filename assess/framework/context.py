"""What the rules of the linter look at: the framework, its raw tables, and where each thing stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assess.framework.grammar import nearest
from assess.framework.locate import Lines, Path
from assess.framework.model import Framework
from assess.framework.sources import MAIN, Files, item_files
from assess.language import Message, say
from assess.problems import Finding, Severity

Json = Any


@dataclass(frozen=True)
class Entry:
    """A node or indicator as written: file, path of its table, raw table with the defaults of its file."""

    code: str
    file: str
    path: Path
    raw: Mapping[str, Json]
    is_item: bool


class Context:
    """One framework under examination."""

    def __init__(self, framework: Framework, files: Files) -> None:
        self.framework = framework
        self.files = files
        self._lines: dict[str, Lines] = {}

    @cached_property
    def main(self) -> Mapping[str, Json]:
        return self.files.table(MAIN)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every node and indicator as written, in the order of the files."""
        found: list[Entry] = []
        for name in (MAIN, *item_files(self.files.sources, tuple(self.main.get("files", ())))):
            data = self.files.table(name)
            for key in ("dimension", "sub", "node", "indicator"):
                value = data.get(key, [])
                rows = value if isinstance(value, list) else [value]
                for place, raw in enumerate(rows):
                    path: Path = (key, place) if isinstance(value, list) else (key,)
                    whole = {**data.get("defaults", {}), **raw} if key == "indicator" else raw
                    found.append(Entry(str(raw["code"]), name, path, whole, key == "indicator"))
        return tuple(found)

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """The first entry of each code."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.setdefault(entry.code, entry)
        return found

    @cached_property
    def items(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.is_item and self.by_code[entry.code] is entry)

    def lines(self, name: str) -> Lines:
        if name not in self._lines:
            self._lines[name] = Lines(self.files.sources.get(name, ""))
        return self._lines[name]

    def place(self, name: str, *path: str | int) -> str:
        """ "file:line" of a path."""
        return f"{name}:{self.lines(name).line(path)}"

    def finding(
        self,
        code: str,
        where: Entry | tuple[str, Path],
        key: Path,
        subject: str,
        text: Message,
        hint: Message | None = None,
        severity: Severity = "error",
    ) -> Finding:
        name, path = (where.file, where.path) if isinstance(where, Entry) else where
        return Finding(severity, code, self.place(name, *path, *key), subject, shown(text), hint and shown(hint))

    def unknown(
        self,
        what: Message,
        names: Iterable[Json],
        known: Iterable[str],
        where: Entry | tuple[str, Path],
        *key: str | int,
    ) -> list[Finding]:
        """One finding for each name that is not known, with the nearest that is."""
        options = list(known)
        return [
            self.finding(
                "reference.unknown",
                where,
                key,
                str(name),
                say("There is no {what} {name}.", what=what, name=str(name)),
                nearest(str(name), options) or listing(options),
            )
            for name in names
            if name not in options
        ]


def shown(message: Message) -> Message:
    """The message with plain figures: 60, not 60.0."""
    return Message(message.id, {key: figures(value) for key, value in message.values.items()})


def figures(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def listing(options: list[str]) -> Message | None:
    """A hint with the known names when they are few."""
    return say("Known: {names}.", names=tuple(options)) if 0 < len(options) <= 12 else None


INDICATOR = say("indicator")
TIER = say("administrative level")
MODE = say("assessment mode")

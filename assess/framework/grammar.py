"""Every key and type of the files compared with what they may be, all faults at once.

What is wrong is taken out of the parsed tables, so that the later rules can still look at the rest.
"""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assess.framework.keys import Kind, Table
from assess.framework.keys_files import keys_of
from assess.framework.locate import Lines, Path
from assess.framework.sources import MAIN, Files, syntax
from assess.language import Message, say
from assess.problems import Finding

Json = Any
GONE = object()


def examine(sources: Mapping[str, str]) -> tuple[Files, list[Finding]]:
    """The files with faulty parts left out, and every fault of syntax, key, type and closed list."""
    parsed: dict[str, dict[str, Json]] = {}
    found: list[Finding] = []
    for name in sorted({*sources, MAIN}):
        try:
            data = tomllib.loads(sources.get(name, ""))
        except tomllib.TOMLDecodeError as error:
            found.append(syntax(name, error))
            parsed[name] = {}
            continue
        reader = Reader(name, sources.get(name, ""))
        cleaned = reader.table(data, keys_of(name), ())
        parsed[name] = {} if cleaned is GONE else cleaned
        found += reader.found
    listed = parsed[MAIN].get("files", ())
    for name in listed:
        if name not in sources:
            place = Lines(sources.get(MAIN, "")).line(("files",))
            found.append(
                Finding(
                    "error",
                    "file.missing",
                    f"{MAIN}:{place}",
                    name,
                    say("The file {name} is listed but is not in the folder.", name=name),
                    nearest(name, [one for one in sources if "/" not in one]),
                )
            )
    return Files(sources, parsed), found


class Reader:
    """Walks one parsed file along its grammar; collects findings and returns what is sound."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.found: list[Finding] = []
        self._lines: Lines | None = None

    def tell(self, code: str, path: Path, subject: str, text: Message, hint: Message | None = None) -> object:
        if self._lines is None:
            self._lines = Lines(self.text)
        self.found.append(Finding("error", code, f"{self.name}:{self._lines.line(path)}", subject, text, hint))
        return GONE

    def table(self, data: Mapping[str, Json], spec: Table, path: Path) -> Any:
        """The table without faulty keys; gone when a required key is missing or faulty."""
        out: dict[str, Json] = {}
        for key, value in data.items():
            kind = spec.keys.get(key, spec.rest)
            if kind is None:
                self.tell(
                    "file.unknown-key",
                    (*path, key),
                    key,
                    say("The key {key} is not known here.", key=key),
                    nearest(key, spec.keys) or say("Known keys: {keys}.", keys=tuple(spec.keys)),
                )
                continue
            sound = self.value(value, kind, (*path, key))
            if sound is not GONE:
                out[key] = sound
        lost = [key for key in spec.required if key not in out]
        for key in lost:
            if key not in data:
                self.tell(
                    "file.missing-key",
                    path,
                    key,
                    say("The key {key} is missing here.", key=key),
                    say("Required keys: {keys}.", keys=spec.required),
                )
        return GONE if lost and path else out

    def value(self, value: Json, kind: Kind, path: Path) -> Any:
        if isinstance(kind, Table):
            return self.nested(value, kind, path)
        if isinstance(kind, tuple):
            if value in kind:
                return value
            return self.tell(
                "file.unknown-value",
                path,
                str(path[-1]),
                say("{key} cannot be {value}.", key=str(path[-1]), value=repr(value)),
                say("Allowed: {values}.", values=kind),
            )
        if fits(value, kind):
            return value
        return self.tell(
            "file.wrong-type",
            path,
            str(path[-1]),
            say("{key} cannot be {value}.", key=str(path[-1]), value=short(value)),
            say("Allowed: {values}.", values=TYPE_WORDS[kind]),
        )

    def nested(self, value: Json, kind: Table, path: Path) -> Any:
        if kind.many:
            if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
                return self.tell(
                    "file.wrong-type",
                    path,
                    str(path[-1]),
                    say("{key} must be a list of tables.", key=str(path[-1])),
                    say("Write [[{key}]] above each one.", key=str(path[-1])),
                )
            rows = [self.table(one, kind, (*path, place)) for place, one in enumerate(value)]
            return [row for row in rows if row is not GONE]
        if isinstance(value, str) and kind.keys.get("treatment") == self_treatments(kind):
            return self.value(value, self_treatments(kind), path)
        if not isinstance(value, Mapping):
            return self.tell(
                "file.wrong-type",
                path,
                str(path[-1]),
                say("{key} must be a table.", key=str(path[-1])),
                say("Write [{key}] above its keys.", key=str(path[-1])),
            )
        return self.table(value, kind, path)


def self_treatments(kind: Table) -> tuple[str, ...]:
    """The texts that may stand instead of a table of a state's treatment ("void" for { treatment = "void" })."""
    allowed = kind.keys.get("treatment", ())
    return allowed if isinstance(allowed, tuple) else ()


TYPE_WORDS: dict[str, Message] = {
    "text": say("a text in quotes"),
    "words": say("a text in quotes, or a text for each of zh and en"),
    "texts": say("a list of texts"),
    "words list": say("a list of texts, or such a list for each of zh and en"),
    "number": say("a number"),
    "whole": say("a whole number"),
    "flag": say("true or false"),
    "numbers": say("a list of two numbers"),
    "pairs": say("a list of pairs of texts"),
    "pair": say("a text for each of zh and en, or a pair of texts"),
    "labels": say("a list of pairs of texts"),
    "points": say("a number, or a list of numbers"),
    "count": say("a whole number, or “all”"),
    "codes": say("a list of texts, or “all”"),
    "headings": say("a text, or a list of texts"),
    "curve": say("a list of pairs of value and score"),
    "wholes": say("a list of whole numbers"),
}


def fits(value: Json, kind: str) -> bool:
    """Whether a value is of a plain kind."""
    check = FITTING.get(kind)
    return check is None or check(value)


def is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_pair(value: Json) -> bool:
    return is_texts(value) and len(value) == 2


def is_texts(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def is_words(value: Json, of: type) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and set(value) <= {"zh", "en"}
        and all(isinstance(one, of) and (of is str or is_texts(one)) for one in value.values())
    )


FITTING: dict[str, Callable[[Json], bool]] = {
    "text": lambda value: isinstance(value, str),
    "words": lambda value: isinstance(value, str) or is_words(value, str),
    "texts": is_texts,
    "words list": lambda value: is_texts(value) or is_words(value, list),
    "number": is_number,
    "whole": is_whole,
    "flag": lambda value: isinstance(value, bool),
    "numbers": lambda value: isinstance(value, list) and len(value) == 2 and all(map(is_number, value)),
    "pairs": lambda value: isinstance(value, list) and all(map(is_pair, value)),
    "pair": lambda value: is_pair(value) or is_words(value, str),
    "labels": lambda value: isinstance(value, list) and all(is_pair(one) or is_words(one, str) for one in value),
    "points": lambda value: is_number(value) or (isinstance(value, list) and all(map(is_number, value))),
    "count": lambda value: value == "all" or is_whole(value),
    "codes": lambda value: value == "all" or is_texts(value),
    "headings": lambda value: isinstance(value, str) or is_texts(value),
    "curve": lambda value: (
        isinstance(value, list)
        and all(isinstance(one, list) and len(one) == 2 and all(map(is_number, one)) for one in value)
    ),
    "wholes": lambda value: isinstance(value, list) and all(map(is_whole, value)),
}


def short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def nearest(name: str, known: Iterable[str]) -> Message | None:
    """A hint with the closest known name, if one is close."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return say("Did you mean {name}?", name=close[0]) if close else None

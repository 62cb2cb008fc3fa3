"""The texts of a framework's files as a person would write them: dimension, then each sub with its indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.framework.keys import Table
from assess.framework.keys_files import keys_of
from assess.framework.locate import Path
from assess.framework.sources import MAIN
from assess.workbook.toml import Writer

Json = Any
TREE = ("sub", "indicator")


def text_of(name: str, data: Mapping[str, Json]) -> tuple[str, dict[int, Path]]:
    """The text of a file, and which line holds which key."""
    writer, spec = Writer(), keys_of(name)
    heading = titled(data if name == MAIN else data.get("dimension", data))
    if heading:
        writer.comment(heading)
        writer.line("")
    if name == MAIN or not set(data) & set(TREE):
        writer.table(data, spec, ())
        return writer.text(), writer.lines
    writer.table({key: value for key, value in data.items() if key not in TREE}, spec, ())
    subs = data.get("sub", [])
    home = {one.get("code"): place for place, one in enumerate(subs)}
    written = 0
    for place, item in enumerate(data.get("indicator", [])):
        above = item.get("under") or str(item.get("code", "")).rpartition(".")[0]
        upto = home.get(above, -1) + 1
        written = branch(writer, subs, written, upto, spec)
        row(writer, "indicator", place, item, spec)
    branch(writer, subs, written, len(subs), spec)
    return writer.text(), writer.lines


def branch(writer: Writer, subs: list[Mapping[str, Json]], written: int, upto: int, spec: Table) -> int:
    """The subs not yet written up to a place; returns how many are written."""
    for place in range(written, upto):
        writer.gap()
        writer.line("")
        writer.comment(f"==== {subs[place].get('code', '')} {titled(subs[place])} ====")
        row(writer, "sub", place, subs[place], spec)
    return max(written, upto)


def row(writer: Writer, key: str, place: int, data: Mapping[str, Json], spec: Table) -> None:
    writer.header((key, place), True)
    writer.table(data, spec.keys[key], (key, place))


def titled(data: Mapping[str, Json]) -> str:
    """Name or title in both languages, for a comment."""
    words = data.get("name", data.get("title", ""))
    if isinstance(words, Mapping):
        return " · ".join(str(words[side]) for side in ("zh", "en") if words.get(side))
    return str(words)

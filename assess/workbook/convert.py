"""A framework to its workbook and back. What comes back is checked like any framework, findings by sheet and cell."""

from __future__ import annotations

import dataclasses
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assess.framework.check import ORDER as SEVERITIES
from assess.framework.check import check, check_sources
from assess.framework.model import Framework
from assess.framework.sources import MAIN, FrameworkProblem, load
from assess.language import Message, say
from assess.problems import Finding, Problem
from assess.workbook import book, canonical
from assess.workbook.cells import trimmed
from assess.workbook.files import text_of
from assess.workbook.fold import fold
from assess.workbook.folded import Folded
from assess.workbook.table import Row, Table, read
from assess.workbook.terms import HEADINGS, title
from assess.workbook.unfold import unfold

Json = Any
LINE = re.compile(r"[^:]+\.toml:\d+")


@dataclass(frozen=True)
class Reading:
    """What a workbook says: the files of the framework, and every fault with its sheet and cell."""

    sources: dict[str, str]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return not any(one.severity == "error" for one in self.findings)


def to_workbook(framework: Framework | Path, path: Path, language: str = "zh") -> None:
    """Write the workbook of a framework, or of a folder with one. Headings and words of lists are in `language`.

    Raises FrameworkProblem when the folder holds a faulty framework; Problem when a text is too long for a cell, when
    the framework holds something that its sheets cannot give back exactly, or when the file cannot be written.
    """
    sources = framework.sources if isinstance(framework, Framework) else load(framework)
    found = check_sources(sources)
    if any(one.severity == "error" for one in found):
        raise FrameworkProblem(tuple(found))
    tables = canonical.tables({name: tomllib.loads(text) for name, text in sources.items()})
    rows = unfold(tables, language)
    back = fold({key: held(key, rows[key], language) for key in book.ORDER})
    if back.found or canonical.tables(back.data).files != tables.files:
        raise Problem(
            "workbook.lossy",
            say("The framework holds something that a workbook cannot give back exactly."),
            say("Edit this framework as TOML files."),
        )
    main = tables.files[MAIN]
    book.write(path, rows, {"code": str(main.get("code", "")), "version_of": str(main.get("version", ""))}, language)


def held(key: str, rows: list[list[str | float | int | None]], language: str) -> Table:
    """Rows as they will be read back."""
    name = title(key, language)
    return Table(
        tuple(Row(name, number, tuple(map(trimmed, row)), tuple(range(len(row)))) for number, row in enumerate(rows, 2))
    )


def read_workbook(path: Path) -> Reading:
    """The framework in a workbook. Raises Problem when the file is no such workbook."""
    grids = book.read(path)
    language = "en" if grids["main"][0].name == title("main", "en") else "zh"
    found: list[Finding] = []
    tables: dict[str, Table] = {}
    mark = book.identity(grids[book.IDENTITY][0]) if book.IDENTITY in grids else {}
    if mark.get("version", "1").isdigit() and int(mark.get("version", "1")) > book.VERSION:
        raise Problem(
            "workbook.newer",
            say("{name} was made by a newer program.", name=path.name),
            say("Update this program and read it again."),
        )
    for key in book.ORDER:
        if key in grids:
            grid, spans = grids.pop(key)
            tables[key] = read(grid, book.Spec(key).heads(), spans)
            found += tables[key].found
        elif key in mark.get("sheets", "").split(","):
            found.append(
                Finding(
                    "error", "workbook.sheet-missing", title(key, language), key,
                    say("The sheet {name} is missing.", name=title(key, language)),
                    say("Put it back, with its headings alone if nothing is to stand in it."),
                )
            )  # fmt: skip
    for name in sorted(set(grids) - {book.IDENTITY, book.LISTS, "about"}):
        if any(cell is not None for row in grids[name][0].rows for cell in row):
            found.append(Finding("hint", "workbook.sheet", name, name, say("The sheet {name} is not read.", name=name)))
    folded = fold(tables)
    found += folded.found
    sources, lines = written(folded.data)
    lost = {one.place.partition("!")[0] for one in found if one.code == "workbook.column-missing"}
    bad = {one.place for one in found if one.severity == "error"}
    for one in check_sources(sources):
        there = told(one, lines, folded, language)
        follows = one.code in ("file.missing-key", "file.wrong-type")
        if not follows or not (there.place in bad or there.place.partition("!")[0] in lost):
            found.append(there)
    ordered = sorted(dict.fromkeys(found), key=lambda one: SEVERITIES[one.severity])
    return Reading(sources, tuple(ordered))


def written(data: Mapping[str, dict[str, Json]]) -> tuple[dict[str, str], dict[str, dict[int, Any]]]:
    """Files as texts, and what each line of them holds."""
    tables = canonical.tables(data)
    sources, lines = {}, {}
    for name, content in tables.files.items():
        sources[name], lines[name] = text_of(name, content)
        assert tomllib.loads(sources[name]) == content, name
    return sources, lines


def told(finding: Finding, lines: Mapping[str, Mapping[int, Any]], folded: Folded, language: str) -> Finding:
    """A finding of the linter with cells where it names lines of files; the sheet where there is no such cell."""

    def cell(place: str) -> str:
        name, path = key_at(place, lines)
        while path and (name, path) not in folded.places:
            path = path[:-1]
        return folded.places[name, path] if path else title("main" if name in (MAIN, "") else "other", language)

    values = {
        key: cell(value) if isinstance(value, str) and LINE.fullmatch(value) else value
        for key, value in finding.text.values.items()
    }
    name, path = key_at(finding.place, lines)
    if finding.code == "file.missing-key" and (name, (*path, finding.subject)) in folded.places:
        return dataclasses.replace(
            finding,
            place=folded.places[name, (*path, finding.subject)],
            text=say("“{name}” is missing in this row.", name=HEADINGS.get(finding.subject, finding.subject)),
            hint=say("Fill it in."),
        )
    return dataclasses.replace(finding, place=cell(finding.place), text=Message(finding.text.id, values))


def key_at(place: str, lines: Mapping[str, Mapping[int, Any]]) -> tuple[str, tuple[str | int, ...]]:
    """The file and the key that a "file:line" speaks of."""
    name, _, number = place.rpartition(":")
    line, known = int(number) if number.isdigit() else 0, lines.get(name, {})
    while line > 1 and line not in known:
        line -= 1
    return name, known.get(line, ())


def from_workbook(path: Path, folder: Path) -> list[Finding]:
    """Write the framework of a workbook into a folder, new or one that holds a framework already (it is replaced).

    Returns every finding; when one is an error nothing is written. Raises Problem when the file is no workbook of a
    framework or the folder holds other things.
    """
    reading = read_workbook(path)
    if reading.sound:
        store(reading.sources, folder)
    return list(reading.findings)


def store(sources: Mapping[str, str], folder: Path) -> None:
    """The files into the folder, proven readable beforehand; files of the framework that no longer exist go."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MAIN).is_file())):
        raise Problem(
            "workbook.folder",
            say("{folder} holds other things than a framework.", folder=str(folder)),
            say("Choose a new or empty folder, or the folder of the framework to replace."),
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".framework-", dir=folder.parent) as name:
            spare = Path(name)
            for file, text in sources.items():
                (spare / file).parent.mkdir(exist_ok=True)
                (spare / file).write_text(text, encoding="utf-8", newline="\n")
            assert not any(one.severity == "error" for one in check(spare))
            old = set(load(folder)) if (folder / MAIN).is_file() else set()
            folder.mkdir(exist_ok=True)
            for file in sources:
                (folder / file).parent.mkdir(exist_ok=True)
                (spare / file).replace(folder / file)
            for file in old - set(sources):
                (folder / file).unlink()
    except OSError as error:
        raise Problem(
            "workbook.unwritten",
            say("{name} cannot be written.", name=folder.name),
            say("Close it in other programs, and check the folder and the space on the disk."),
        ) from error

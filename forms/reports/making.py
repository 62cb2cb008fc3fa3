"""Making a report off the window's thread: a wish is all frozen values, what comes back is report, pages and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.measure.result import Scores
from forms.background import Work
from reports.model import Block, Fold, Heading, Paragraph, Report, Section, Sentence, Steps
from reports.options import Options

if TYPE_CHECKING:
    from assess.benchmark.position import Position

_setting = Lock()
"""Pages are set by one compiler, one report at a time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything a report follows from."""

    framework: Framework
    sheet: Sheet
    scores: Scores
    position: Position | None
    language: Literal["zh", "en"]
    date: str
    options: Options


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of sections: a section (depth 0) or a part of it (depth 1), with its sentences."""

    section: str
    anchor: str
    title: str
    depth: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A report as wished; `entries` list every section and sentence, those switched off too. `pages` are SVG, `places`
    the page of every heading once they are known."""

    report: Report
    entries: tuple[Entry, ...]
    pages: tuple[bytes, ...]
    places: dict[str, int]


def report_of(wish: Wish) -> Report:
    """The report as wished."""
    from assess.measure.diagnose import coupling, obstacles
    from assess.planning.gaps import advice
    from reports.build import build

    return build(
        wish.framework,
        wish.sheet,
        wish.scores,
        language=wish.language,
        date=wish.date,
        position=wish.position,
        obstacles=obstacles(wish.framework, wish.scores),
        coupling=coupling(wish.framework, wish.scores),
        advice=advice(wish.framework, wish.sheet, wish.scores),
        options=wish.options,
    )


def make(wish: Wish, work: Work | None = None) -> Made:
    """Build the report, list its sentences and set its pages. Raises Problem as building does."""
    from reports import to_pdf

    report = report_of(wish)
    whole = report_of(replace(wish, options=bare(wish.options)))
    if work is not None:
        work.tell(1, 2)
    with _setting:
        pages = to_pdf.pages(report)
    return Made(report, tuple(entries(whole)), pages, {})


def find_places(made: Made, work: Work | None = None) -> Made:
    """The same with the page of every heading, which takes a second setting of the pages."""
    from reports import to_pdf

    with _setting:
        if work is not None:
            work.tell(0, 1)
        return replace(made, places=to_pdf.heading_pages(made.report))


def write(wish: Wish, paths: Sequence[Path], work: Work | None = None) -> tuple[Path, ...]:
    """Write the report to files, one after the other; the ending names the format. Raises Problem."""
    from reports.export import export

    report = report_of(wish)
    done: list[Path] = []
    for place, path in enumerate(paths):
        if work is not None:
            work.tell(place, len(paths))
        with _setting:
            done.append(export(report, path))
    return tuple(done)


def bare(options: Options) -> Options:
    """The same options with everything switched on and nothing edited."""
    return replace(options, off_sections=frozenset(), off_sentences=frozenset(), edited={})


def entries(report: Report) -> Iterator[Entry]:
    """Sections in order; the parts of the chapter on dimensions stand below it, each with its own sentences."""
    for section in report.sections:
        parts = list(_parts(section))
        if section.id != "dimensions" or len(parts) < 3:
            sentences = tuple(sentence for _heading, found in parts for sentence in found)
            yield Entry(section.id, _anchor(section), _title(section), 0, sentences)
            continue
        first = True
        for heading, found in parts:
            if first:
                yield Entry(section.id, _anchor(section), _title(section), 0, tuple(found))
                first = False
            elif heading is not None:
                yield Entry(section.id, heading.anchor, f"{heading.number}{heading.text}", 1, tuple(found))


def _parts(section: Section) -> Iterator[tuple[Heading | None, list[Sentence]]]:
    """What stands before the first heading of level 2, then every such heading with its sentences."""
    heading: Heading | None = None
    found: list[Sentence] = []
    for block in section.blocks:
        if isinstance(block, Heading) and block.level == 2:
            yield heading, found
            heading, found = block, []
        else:
            found.extend(_said(block))
    yield heading, found


def _said(block: Block) -> Iterator[Sentence]:
    if isinstance(block, Paragraph):
        yield from block.sentences
    elif isinstance(block, Steps):
        yield from block.items
    elif isinstance(block, Fold):
        for inner in block.blocks:
            yield from _said(inner)


def _headings(section: Section) -> Iterator[Heading]:
    return (block for block in section.blocks if isinstance(block, Heading))


def _anchor(section: Section) -> str:
    return next((heading.anchor for heading in _headings(section)), section.id)


def _title(section: Section) -> str:
    heading = next(_headings(section), None)
    if heading is None:
        return section.title
    return f"{heading.number}{heading.text}"

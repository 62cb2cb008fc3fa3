"""PDF by typst: shipped fonts only, tagged (PDF/UA-1), equal bytes for equal reports.

The page is `page/report.typ`; the report goes in as a virtual JSON file and the drawings as virtual SVG files, so that
nothing a person typed is ever read as markup and nothing is written to disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from reports import clean
from reports.charts import draw, steelyard
from reports.model import (
    Block,
    Chart,
    Contents,
    Facts,
    Fold,
    GateList,
    Heading,
    Lists,
    PageBreak,
    Paragraph,
    Pledge,
    Rating,
    Report,
    Steps,
    Table,
)

if TYPE_CHECKING:
    import typst

PAGE = Path(__file__).parent / "page" / "report.typ"
COMPACT = ("summary",)
_setting = Lock()  # one compiler, one page at a time


def render(report: Report) -> bytes:
    """The report as PDF bytes. Same report, same bytes; the creation date is the date of the report."""
    out = compiled(report, "pdf")
    assert isinstance(out, bytes)
    return out


def pages(report: Report) -> tuple[bytes, ...]:
    """The same pages as SVG, one after the other, for a preview on the screen; text is drawn, not selectable."""
    out = compiled(report, "svg")
    drawn = out if isinstance(out, list) else [out]
    return tuple(page for page in drawn if isinstance(page, bytes))


def compiled(report: Report, form: Literal["pdf", "svg"]) -> bytes | list[bytes] | None:
    """Set a report. May be called from any thread; the pages are set one report at a time."""
    day = day_of(report.date)
    files = sources(report)
    with _setting:
        return compiler().compile(
            input=files,  # type: ignore[type-var]
            format=form,
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )


def heading_pages(report: Report) -> dict[str, int]:
    """Anchor of every heading -> the page it stands on, counted from 1; empty where they cannot be matched."""
    import typst

    files = sources(report)
    files["main"] += b"\n#context [#metadata(query(heading).map(it => it.location().page())) <heading-pages>]\n"
    found = typst.query(  # type: ignore[misc]
        files,
        "<heading-pages>",
        field="value",
        one=True,
        font_paths=[str(clean.FONTS)],
        ignore_system_fonts=True,
    )
    numbers: list[int] = json.loads(found)
    anchors = [heading.anchor for section in report.sections for heading in headings(section.blocks)]
    return dict(zip(anchors, numbers, strict=True)) if len(anchors) == len(numbers) else {}


def headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    """The headings among blocks, those in folds too, in order."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Fold):
            yield from headings(block.blocks)


def sources(report: Report) -> dict[str, bytes]:
    """The virtual files a report is set from: the page, the report as JSON, the drawings."""
    missing: dict[str, int] = {}
    ready: Report = clean.each_text(report, lambda text: prepared(text, missing))
    files: dict[str, bytes] = {}
    day = day_of(report.date)
    titles = [prepared(line, missing) for line in report.cover.title.split("\n")]
    data = page_data(ready, titles, files)
    data["missing"] = missing_note(ready.labels, missing)
    data["date"] = [day.year, day.month, day.day]
    files["main"] = PAGE.read_bytes()
    files["report.json"] = json.dumps(data, ensure_ascii=False).encode("utf-8")
    return files


@cache
def compiler() -> typst.Compiler:
    """One compiler for the life of the process: the faces are read once and unchanged parts are not set again."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(clean.FONTS)])
    return typst.Compiler(root=str(PAGE.parent), font_paths=fonts, ignore_system_fonts=True)


def prepared(text: str, missing: dict[str, int]) -> str:
    return clean.breakable(clean.substitute(clean.tidy(text), missing))


def day_of(words: str) -> date:
    """The date given with the report; the first of 2000 where it is no ISO date."""
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return date(2000, 1, 1)


def missing_note(labels: Mapping[str, str], missing: Mapping[str, int]) -> str:
    """The footnote that names every character 〓 stands for, in order of code."""
    if not missing:
        return ""
    named = [
        f"U+{ord(char):04X}×{count}" if count > 1 else f"U+{ord(char):04X}" for char, count in sorted(missing.items())
    ]
    more = f" … ({len(named)})" if len(named) > 40 else ""
    return f"{labels.get('missing', clean.MISSING)} {', '.join(named[:40])}{more}"


def page_data(report: Report, titles: Sequence[str], files: dict[str, bytes]) -> dict[str, Any]:
    """What the page reads, in plain values; drawings are added to `files`. `titles` are the lines of the cover."""
    cover = report.cover
    gap = " " if report.language == "en" else ""
    return {
        "language": report.language,
        "title": gap.join((cover.unit, gap.join(titles))).strip() or "—",
        "author": dict(report.provenance).get("author") or cover.unit or "—",
        "description": report.header,
        "keywords": [value for key, value in report.provenance.items() if value and key != "author"],
        "watermark": report.watermark,
        "has_cover": any(section.id == "cover" for section in report.sections),
        "cover": {
            "lines": [line for line in (cover.unit, *titles) if line],
            "subtitle": cover.subtitle,
            "facts": [list(row) for row in cover.facts],
            "date": cover.date,
            "marking": cover.marking,
        },
        "sections": [
            {
                "id": section.id,
                "compact": section.id in COMPACT,
                "blocks": [block_data(block, files, report) for block in section.blocks],
            }
            for section in report.sections
            if section.id != "cover"
        ],
    }


def block_data(block: Block, files: dict[str, bytes], report: Report) -> dict[str, Any]:
    """One block as plain values, `t` its kind."""
    match block:
        case Heading():
            hidden = block.anchor == "contents"
            return {"t": "heading", "level": block.level, "number": block.number, "text": block.text, "hidden": hidden}
        case Paragraph():
            return {
                "t": "paragraph",
                "lead": spaced(block.lead, report),
                "sentences": [spaced(sentence.text, report) for sentence in block.sentences],
                "kind": block.kind,
            }
        case Facts():
            return {"t": "facts", "rows": [list(row) for row in block.rows]}
        case Table():
            return {
                "t": "table",
                "caption": block.caption,
                "columns": [{"title": c.title, "align": c.align, "width": c.width} for c in block.columns],
                "rows": [list(row) for row in block.rows],
                "emphasis": list(block.emphasis),
                "note": block.note,
                "landscape": block.landscape,
            }
        case Chart():
            return {
                "t": "chart",
                "caption": block.caption,
                "alt": block.alt or block.caption,
                "file": drawing(block, files),
                "width_mm": block.width_mm,
            }
        case Rating():
            return rating_data(block, files)
        case GateList():
            rows = [
                {"text": r.text, "found": r.found, "outcome": r.outcome, "outcome_text": r.outcome_text}
                for r in block.rows
            ]
            return {"t": "gates", "caption": block.caption, "columns": list(block.columns), "rows": rows}
        case Lists():
            return {"t": "lists", "columns": [[title, [list(row) for row in rows]] for title, rows in block.columns]}
        case Steps():
            return {"t": "steps", "title": block.title, "items": [item.text for item in block.items]}
        case Fold():
            return {
                "t": "fold",
                "summary": block.summary,
                "blocks": [block_data(b, files, report) for b in block.blocks],
            }
        case Pledge():
            return {"t": "pledge", "title": block.title, "text": block.text, "fields": list(block.fields)}
        case Contents():
            return {"t": "contents", "title": block.title}
        case PageBreak():
            return {"t": "break"}


def spaced(text: str, report: Report) -> str:
    """English sentences need a space between them; Chinese ones do not."""
    return f"{text} " if report.language == "en" and text else text


def rating_data(block: Rating, files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "t": "rating",
        "score_text": block.score_text,
        "held": list(block.held) if block.held else None,
        "reached": list(block.reached) if block.reached else None,
        "labels": dict(block.labels),
        "sentence": block.sentence or block.score_text,
        "file": drawing(steelyard_chart(block), files),
    }


def steelyard_chart(block: Rating) -> Chart:
    """The steelyard of a rating as a chart, for every renderer."""
    data: dict[str, object] = {
        "maximum": block.maximum,
        "bands": [list(band) for band in block.bands],
        "score": block.score,
        "score_text": block.score_text,
        "held": block.held[0] if block.held else None,
        "reached": block.reached[0] if block.reached else None,
    }
    return Chart("steelyard", data, "", block.sentence, None, steelyard.WIDTH, steelyard.HEIGHT)


def drawing(chart: Chart, files: dict[str, bytes]) -> str:
    """Draw a chart into `files` and return its name there."""
    name = f"chart-{len(files) + 1}.svg"
    files[name] = draw.picture(chart)
    return name

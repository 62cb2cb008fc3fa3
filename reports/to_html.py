"""HTML: one file that needs nothing else, for browsers from Chromium 80 on.

Every text is escaped by the template. Drawings are inline SVG whose colors follow the page; the numbers of the what-if
calculator are JSON in a data block in which no text can end the block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports import clean
from reports.charts import draw
from reports.model import Block, Chart, Fold, Heading, Rating, Report
from reports.to_pdf import steelyard_chart

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

PAGE = Path(__file__).parent / "page"


def render(report: Report) -> str:
    """The report as one HTML document. Same report, same text."""
    from markupsafe import Markup

    titles = [clean.tidy(line) for line in report.cover.title.split("\n")]
    ready: Report = clean.each_text(report, clean.tidy)
    gap = " " if ready.language == "en" else ""
    drawn = iter(range(1, 1_000_000))

    def inline(chart: Chart) -> Markup:
        return Markup(draw.inline(draw.picture(chart), f"c{next(drawn)}"))

    shown = [section for section in ready.sections if section.id not in ("cover", "contents")]
    return template().render(
        report=ready,
        labels=ready.labels,
        title=gap.join((ready.cover.unit, "".join(titles) if not gap else gap.join(titles))).strip() or "—",
        titles=titles,
        sections=shown,
        contents=list(headings([block for section in shown for block in section.blocks])),
        gap=gap,
        colon="：" if ready.language == "zh" else ": ",
        kind_of=lambda block: type(block).__name__,
        draw=inline,
        steelyard=lambda block: inline(steelyard_of(block)),
        raised=raised,
        css=Markup(source("report.css")),
        js=Markup(source("report.js")),
        calculator=Markup(safe_json(ready.calculator)) if ready.calculator else "",
        provenance=[(ready.labels.get(f"provenance.{key}", key), value) for key, value in ready.provenance.items()],
    )


def steelyard_of(block: Rating) -> Chart:
    return steelyard_chart(block)


def headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    """Headings down to （一）, in order, those inside folds too."""
    for block in blocks:
        if isinstance(block, Heading) and block.level < 3:
            yield block
        elif isinstance(block, Fold):
            yield from headings(block.blocks)


def raised(text: str) -> Markup:
    """Powers of a formula as raised text: A^(1/n) becomes A with 1/n above the line. Everything else is escaped."""
    from markupsafe import Markup, escape

    shown = re.sub(r"\^(?:\(([^()]+)\)|([A-Za-z0-9]))", r"<sup>\1\2</sup>", str(escape(text)))
    return Markup(shown)


def safe_json(value: Any) -> str:
    """JSON for the inside of a script element: no `<`, `>`, `&` and no line separators, so that nothing ends it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=list)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def source(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


@cache
def template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    room = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return room.get_template("report.html.j2")

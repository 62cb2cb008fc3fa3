"""From the data of a chart to a Figure, and from a Figure to bytes that are equal for equal data (D43)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from reports.charts import bars, obstacles, quadrants, radar, steelyard, strips, style
from reports.charts.canvas import Canvas

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from reports.model import Chart

_drawing = Lock()  # the settings of the library are global

KINDS: dict[str, Callable[[Canvas, Mapping[str, Any]], None]] = {
    "bars": bars.draw,
    "obstacles": obstacles.draw,
    "quadrants": quadrants.draw,
    "radar": radar.draw,
    "steelyard": steelyard.draw,
    "strips": strips.draw,
}


def draw(chart: Chart) -> Figure:
    """The figure of a chart at its size in millimetres. KeyError for a kind nobody draws."""
    canvas = Canvas(chart.width_mm, chart.height_mm)
    KINDS[chart.kind](canvas, chart.data)
    return canvas.figure


def svg(figure: Figure) -> bytes:
    """SVG with text as paths, no date and repeatable names."""
    from matplotlib import rc_context

    out = BytesIO()
    with _drawing, rc_context({"svg.hashsalt": "zhiheng", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return out.getvalue()


def picture(chart: Chart) -> bytes:
    """SVG bytes of a chart; drawings of the same data are drawn once."""
    key = json.dumps(
        [chart.kind, chart.width_mm, chart.height_mm, chart.data], sort_keys=True, ensure_ascii=False, default=list
    )
    return _picture(key)


@lru_cache(maxsize=256)
def _picture(key: str) -> bytes:
    kind, width, height, data = json.loads(key)
    canvas = Canvas(width, height)
    KINDS[kind](canvas, data)
    return svg(canvas.figure)


def png(chart: Chart, dots: int) -> bytes:
    """PNG bytes of a chart at `dots` per inch, on white, without a date; for files that hold no vectors."""
    out = BytesIO()
    figure = draw(chart)
    with _drawing:
        figure.savefig(out, format="png", dpi=dots, facecolor="white", metadata={"Software": None})
    return out.getvalue()


def inline(drawing: bytes, prefix: str) -> str:
    """The drawing for the middle of a page: names made unique, token colors as variables, size left to the page."""
    words = drawing.decode("utf-8")
    words = words[words.index("<svg") :]
    words = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>", "", words, flags=re.DOTALL)
    words = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', words)
    words = re.sub(r'(xlink:)?href="#([^"]+)"', rf'href="#{prefix}-\2"', words)
    words = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", words)
    words = re.sub(
        r'<svg [^>]*?viewBox="([^"]+)"[^>]*>',
        r'<svg viewBox="\1" aria-hidden="true" focusable="false" stroke-linejoin="round">',
        words,
        count=1,
    )
    for color, name in style.NAMES.items():
        low = color.lower()
        words = words.replace(f'fill="{low}"', f'style="fill:var(--c-{name})"')
        words = re.sub(rf"(fill|stroke): {low}", rf"\1:var(--c-{name})", words)
    return words

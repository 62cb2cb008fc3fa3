"""One strip a node: each peer a hollow circle, the middle half a band, the median a tick, this unit a diamond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.charts import style
from reports.charts.canvas import Canvas, measure

ROW, HEAD, FOOT, LABEL, VALUE, PLACE = 9.6, 9.0, 7.0, 34.0, 12.0, 24.0


def height(rows: int) -> float:
    return HEAD + ROW * max(rows, 1) + FOOT


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`rows` of label, value, text, peers, median, q1, q3, place; `legend` of (key, words); `maximum`."""
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    maximum = float(data.get("maximum") or 100.0)
    left, right = LABEL + VALUE + 3, canvas.width - PLACE - 2
    bottom = HEAD + ROW * len(rows)

    def place(value: float) -> float:
        return left + (right - left) * min(max(value / maximum, 0.0), 1.0)

    for step in range(5):
        x = place(maximum * step / 4)
        canvas.line([(x, HEAD - 1), (x, bottom)], style.GRID, 0.6)
        canvas.text(x, bottom + 3.2, f"{round(maximum * step / 4, 2):g}", size=8.5, color=style.TEXT_2, across="center")
    for index, row in enumerate(rows):
        middle = HEAD + ROW * (index + 0.5)
        canvas.text(0, middle, str(row["label"]), size=9.5, bold=index == 0, fit=LABEL, rows=2)
        canvas.text(LABEL + VALUE, middle, str(row["text"]), size=9.5, bold=True, across="right")
        low, high = row.get("q1"), row.get("q3")
        if low is not None and high is not None:
            canvas.rectangle(
                place(low), middle - 2.6, max(place(high) - place(low), 0.3), 5.2, fill=style.SUNKEN, edge=style.BORDER
            )
        for peer in row.get("peers") or ():
            canvas.circle(place(peer), middle, 1.15, style.PANEL, style.PEERS, 0.9)
        median = row.get("median")
        if median is not None:
            canvas.line([(place(median), middle - 3.8), (place(median), middle + 3.8)], style.MEDIAN, 1.6, (1.6, 1.0))
        value = row.get("value")
        if value is not None:
            canvas.diamond(place(value), middle, 2.0, style.SELF, style.PANEL)
        canvas.text(canvas.width, middle, str(row.get("place") or ""), size=9.0, across="right")
    legend(canvas, data.get("legend") or ())


def legend(canvas: Canvas, rows: Sequence[Sequence[str]]) -> None:
    """One line of signs and words above the strips, set from the right."""
    x = canvas.width
    for key, words in reversed(rows):
        x -= measure(words, 9.0) + 1
        canvas.text(x, 3.2, words, size=9.0)
        x -= 4
        if key == "self":
            canvas.diamond(x, 3.2, 1.7, style.SELF)
        elif key == "peers":
            canvas.circle(x, 3.2, 1.15, style.PANEL, style.PEERS)
        elif key == "half":
            canvas.rectangle(x - 2.4, 1.6, 4.4, 3.2, fill=style.SUNKEN, edge=style.BORDER)
        else:
            canvas.line([(x, 0.8), (x, 5.6)], style.MEDIAN, 1.6, (1.6, 1.0))
        x -= 6

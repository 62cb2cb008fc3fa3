"""Horizontal bars with the pattern of their stage, the median as a dashed tick, the gate as a fine dash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.charts import style
from reports.charts.canvas import Canvas

ROW, HEAD, FOOT, LABEL, VALUE = 8.4, 6.0, 7.0, 44.0, 17.0


def height(rows: int) -> float:
    """Height in mm of a figure with that many bars."""
    return HEAD + ROW * max(rows, 1) + FOOT


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`rows` of label, value, text, level, median; `gate` and `gate_text`; `maximum`; `unit` of the axis."""
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    maximum = float(data.get("maximum") or 100.0)
    left, right = LABEL, canvas.width - VALUE
    bottom = HEAD + ROW * len(rows)

    def place(value: float) -> float:
        return left + (right - left) * min(max(value / maximum, 0.0), 1.0)

    for step in range(6):
        x = place(maximum * step / 5)
        canvas.line([(x, HEAD - 1), (x, bottom)], style.GRID, 0.6)
        canvas.text(x, bottom + 3.2, f"{round(maximum * step / 5, 2):g}", size=8.5, color=style.TEXT_2, across="center")
    gate = data.get("gate")
    for index, row in enumerate(rows):
        middle = HEAD + ROW * (index + 0.5)
        canvas.text(left - 2, middle, str(row["label"]), size=9.5, across="right", fit=left - 3, rows=2)
        value = row.get("value")
        if value is not None:
            canvas.rectangle(left, middle - 2.6, max(place(value) - left, 0.25), 5.2, level=int(row["level"]), line=0.6)
        canvas.text(canvas.width, middle, str(row["text"]), size=9.5, bold=True, across="right")
        median = row.get("median")
        if median is not None:
            tick = [(place(median), middle - 3.6), (place(median), middle + 3.6)]
            canvas.line(tick, style.PANEL, 3.6)
            canvas.line(tick, style.MEDIAN, 1.6, (1.6, 1.0))
    if gate is not None:
        across = [(place(gate), HEAD - 1.6), (place(gate), bottom + 0.6)]
        canvas.line(across, style.PANEL, 2.6)
        canvas.line(across, style.GATE, 1.1, (1.2, 1.2))
        canvas.text(
            place(gate),
            HEAD - 3.8,
            str(data.get("gate_text") or f"{gate:g}"),
            size=8.5,
            color=style.GATE,
            across="center",
        )

"""The factors that hold the total back, longest bar first, each with its share of the whole distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.charts import style
from reports.charts.canvas import Canvas

ROW, HEAD, FOOT, LABEL, VALUE = 7.8, 2.0, 2.0, 64.0, 16.0


def height(rows: int) -> float:
    return HEAD + ROW * max(rows, 1) + FOOT


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`rows` of label, share (0–1), text and level; lengths relative to the longest, since the shares are small."""
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    left, right = LABEL, canvas.width - VALUE
    longest = max((float(row["share"]) for row in rows), default=1.0) or 1.0
    canvas.line([(left, HEAD), (left, HEAD + ROW * len(rows))], style.AXIS, 0.8)
    for index, row in enumerate(rows):
        middle = HEAD + ROW * (index + 0.5)
        canvas.text(left - 2, middle, str(row["label"]), size=9, across="right", fit=left - 3, rows=2)
        length = (right - left) * float(row["share"]) / longest
        canvas.rectangle(left, middle - 2.3, max(length, 0.25), 4.6, level=int(row["level"]), line=0.6)
        canvas.text(left + length + 2, middle, str(row["text"]), size=9.5, bold=True)

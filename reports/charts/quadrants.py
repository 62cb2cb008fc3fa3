"""Four fields of improvement: gap against effort, each item by its code, the heaviest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.charts import style
from reports.charts.canvas import Canvas, measure

SIZE = 8.5
STEP = 4.6


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`fields`: four of (title, count text, codes) in the order top left, top right, bottom left, bottom right."""
    fields: Sequence[Mapping[str, Any]] = data["fields"]
    left, foot = 7.0, 7.0
    width, height = (canvas.width - left) / 2, (canvas.height - foot) / 2
    for index, field in enumerate(fields):
        x, y = left + width * (index % 2), height * (index // 2)
        canvas.rectangle(
            x + 0.6,
            y + 0.6,
            width - 1.2,
            height - 1.2,
            fill=style.SUNKEN if index == 0 else style.PANEL,
            edge=style.BORDER,
        )
        canvas.text(x + 4, y + 5.2, str(field["title"]), size=10.5, bold=True)
        canvas.text(x + width - 4, y + 5.2, str(field["count"]), size=9, color=style.TEXT_2, across="right")
        codes_in(
            canvas, x + 4, y + 11.5, width - 8, height - 13, [str(code) for code in field["codes"]], str(data["more"])
        )
    canvas.line([(left, canvas.height - foot), (canvas.width, canvas.height - foot)], style.AXIS, 0.8)
    canvas.line([(left, 0), (left, canvas.height - foot)], style.AXIS, 0.8)
    for across, words in enumerate(data["across"]):
        canvas.text(
            left + width * (across + 0.5), canvas.height - 3.2, str(words), size=9, color=style.TEXT_2, across="center"
        )
    for down, words in enumerate(data["down"]):
        canvas.text(3.0, height * (down + 0.5), str(words), size=9, color=style.TEXT_2, across="center", upright=True)


def codes_in(canvas: Canvas, x: float, y: float, width: float, height: float, codes: list[str], more: str) -> None:
    """Codes in rows; what has no room is said with `more` and left to the table."""
    slot = max((measure(code, SIZE) for code in codes), default=1.0) + 3.2
    per_row = max(int(width / slot), 1)
    room = per_row * max(int(height / STEP), 1)
    shown = codes if len(codes) <= room else [*codes[: room - 1], more]
    for index, code in enumerate(shown):
        canvas.text(x + slot * (index % per_row), y + STEP * (index // per_row), code, size=SIZE, fit=width)

"""Four fields of improvement: gap against effort, each item by its code, the heaviest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.charts import style
from reports.charts.canvas import Canvas, measure

SIZE = 9.5
STEP = 5.2
LEFT, FOOT, HEAD, LEAST = 7.0, 7.0, 13.0, 30.0


def halves(fields: Sequence[Mapping[str, Any]], width: float) -> tuple[float, float]:
    """Heights in mm of the upper and the lower pair of fields, so that every code has its place."""
    inner = (width - LEFT) / 2 - 8
    rows = [-(-len(field["codes"]) // fitting([str(code) for code in field["codes"]], inner)[0]) for field in fields]
    top, bottom = (max(LEAST, HEAD + STEP * max(pair, default=0) + 1) for pair in (rows[:2], rows[2:]))
    top = min(top, 110.0)
    return top, min(bottom, 190.0 - top)


def height(fields: Sequence[Mapping[str, Any]], width: float = 156.0) -> float:
    """Height in mm of a figure with these fields."""
    return sum(halves(fields, width)) + FOOT


def fitting(codes: Sequence[str], width: float) -> tuple[int, float]:
    """How many codes stand in a row of `width` mm, and how far apart."""
    slot = max((measure(code, SIZE) for code in codes), default=1.0) + 3.4
    return max(int((width + 3.4) / slot), 1), slot


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`fields`: four of (title, count text, codes) in the order top left, top right, bottom left, bottom right."""
    fields: Sequence[Mapping[str, Any]] = data["fields"]
    left, foot = LEFT, FOOT
    width = (canvas.width - left) / 2
    tall = halves(fields, canvas.width)
    scale = (canvas.height - foot) / sum(tall)
    upper, lower = tall[0] * scale, tall[1] * scale
    for index, field in enumerate(fields):
        x, y = left + width * (index % 2), upper * (index // 2)
        height = lower if index // 2 else upper
        canvas.rectangle(
            x + 0.6,
            y + 0.6,
            width - 1.2,
            height - 1.2,
            fill=style.SUNKEN if index == 0 else style.PANEL,
            edge=style.BORDER,
        )
        canvas.text(x + 4, y + 5.2, str(field["title"]), size=11, bold=True)
        canvas.text(x + width - 4, y + 5.2, str(field["count"]), size=9.5, color=style.TEXT_2, across="right")
        codes_in(
            canvas, x + 4, y + 12, width - 8, height - HEAD, [str(code) for code in field["codes"]], str(data["more"])
        )
    canvas.line([(left, canvas.height - foot), (canvas.width, canvas.height - foot)], style.AXIS, 0.8)
    canvas.line([(left, 0), (left, canvas.height - foot)], style.AXIS, 0.8)
    for across, words in enumerate(data["across"]):
        canvas.text(
            left + width * (across + 0.5), canvas.height - 3.2, str(words), size=9, color=style.TEXT_2, across="center"
        )
    for down, words in enumerate(data["down"]):
        middle = upper + lower / 2 if down else upper / 2
        canvas.text(3.0, middle, str(words), size=9, color=style.TEXT_2, across="center", upright=True)


def codes_in(canvas: Canvas, x: float, y: float, width: float, height: float, codes: list[str], more: str) -> None:
    """Codes in rows; what has no room is said with `more` and left to the table."""
    per_row, slot = fitting(codes, width)
    room = per_row * max(int(height / STEP + 0.01), 1)
    shown = codes if len(codes) <= room else [*codes[: room - 1], more]
    for index, code in enumerate(shown):
        canvas.text(x + slot * (index % per_row), y + STEP * (index // per_row), code, size=SIZE, fit=width)

"""Dimensions on spokes: this unit solid with dots, the median of the group dashed with squares, the gate dotted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import Any, Literal

from reports.charts import style
from reports.charts.canvas import Canvas, Point, measure


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`axes` names, `values` and `medians` (None for none), `gate`, `maximum`, `legend` of (key, words)."""
    names: Sequence[str] = data["axes"]
    maximum = float(data.get("maximum") or 100.0)
    count = len(names)
    radius = canvas.height / 2 - 9
    named: Sequence[Sequence[str]] = data.get("legend") or ()
    side = canvas.width - 12.5 - max((measure(words, 9.5) for _key, words in named), default=0.0)
    x0, y0 = side / 2, canvas.height / 2 + 1.5

    def at(index: int, share: float) -> Point:
        angle = -pi / 2 + 2 * pi * index / count
        return (x0 + radius * share * cos(angle), y0 + radius * share * sin(angle))

    for ring in range(1, 6):
        canvas.line([at(i, ring / 5) for i in range(count)], style.GRID, 0.6, close=True)
    for index, name in enumerate(names):
        canvas.line([(x0, y0), at(index, 1)], style.GRID, 0.6)
        x, y = at(index, 1 + 4.6 / radius)
        across: Literal["left", "center", "right"] = "center" if abs(x - x0) < 2 else ("left" if x > x0 else "right")
        room = {"left": side - x - 3, "right": x, "center": 60.0}[across]
        canvas.text(x, y, str(name), size=10, across=across, fit=room, rows=1 if across == "center" else 2)
    gate = data.get("gate")
    if gate is not None:
        canvas.line([at(i, gate / maximum) for i in range(count)], style.GATE, 1.1, (1.2, 1.2), close=True)
    for key, color, dashes, width in (("medians", style.MEDIAN, (4, 2.4), 1.2), ("values", style.SELF, (), 1.8)):
        values: Sequence[float | None] = data.get(key) or ()
        if not values:
            continue
        whole = all(value is not None for value in values)
        points = [at(i, value / maximum) for i, value in enumerate(values) if value is not None]
        if whole and count > 2:
            if key == "values":
                canvas.shape(points, style.SELF, alpha=0.08)
            canvas.line(points, color, width, dashes, close=True)
        for x, y in points:
            if key == "values":
                canvas.circle(x, y, 1.2, style.SELF)
            else:
                canvas.square(x, y, 1.1, style.PANEL, style.MEDIAN)
    legend(canvas, named, side)


def legend(canvas: Canvas, rows: Sequence[Sequence[str]], x: float) -> None:
    """The series named at the right, one line each."""
    y = canvas.height / 2 - 4 * len(rows) + 4
    for key, words in rows:
        if key == "values":
            canvas.line([(x, y), (x + 10, y)], style.SELF, 1.8)
            canvas.circle(x + 5, y, 1.2, style.SELF)
        elif key == "medians":
            canvas.line([(x, y), (x + 10, y)], style.MEDIAN, 1.2, (4, 2.4))
            canvas.square(x + 5, y, 1.1, style.PANEL, style.MEDIAN)
        else:
            canvas.line([(x, y), (x + 10, y)], style.GATE, 1.1, (1.2, 1.2))
        canvas.text(x + 12, y, words, size=9.5)
        y += 8

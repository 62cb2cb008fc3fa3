"""The steelyard: the total on a graduated beam, the weight hanging under the stage that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.charts import style
from reports.charts.canvas import Canvas, measure

WIDTH, HEIGHT = 104.0, 30.0


def draw(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """`bands` (from, to, level, name), `score`, `score_text`, levels `held` and `reached`, `maximum`."""
    left, right = 4.0, canvas.width - 4.0
    top, thick = 11.5, 4.0
    maximum = float(data["maximum"]) or 1.0
    bands: Sequence[Any] = data["bands"]

    def place(value: float) -> float:
        return left + (right - left) * min(max(value / maximum, 0.0), 1.0)

    held, reached = data.get("held"), data.get("reached")
    if not bands:
        canvas.rectangle(left, top, right - left, thick, fill=style.SUNKEN, edge=style.EDGE, line=0.8)
    for start, end, level, _name in bands:
        canvas.rectangle(place(start), top, place(end) - place(start), thick, level=level, line=0.5)
    canvas.rectangle(left, top, right - left, thick, edge=style.TEXT_2, line=0.8)
    for start, *_rest in bands[1:]:
        canvas.line([(place(start), top - 1.2), (place(start), top + thick + 1.2)], style.TEXT_2, 0.8)
    score = data.get("score")
    marked = place(float(score)) if score is not None else None
    for start, *_rest in bands[1:]:
        if marked is None or abs(place(start) - marked) > 3.2:
            canvas.text(place(start), top - 3.4, f"{start:g}", size=8.5, color=style.TEXT_2, across="center")
        else:
            aside = place(start) - 3.4 if place(start) <= marked else place(start) + 3.4
            canvas.text(aside, top - 3.4, f"{start:g}", size=8.5, color=style.TEXT_2, across="center")
    if not bands:
        for end, across in ((0.0, "left"), (maximum, "right")):
            canvas.text(place(end), top + thick + 3.4, f"{end:g}", size=8.5, color=style.TEXT_2, across=across)  # type: ignore[arg-type]
    names(canvas, bands, held, reached, place, top + thick)
    if marked is not None:
        canvas.line([(marked, top - 5.2), (marked, top + thick / 2)], style.SELF, 1.2)
        canvas.circle(marked, top + thick / 2, 1.4, style.PANEL, style.SELF, 1.6)
        words = str(data["score_text"])
        half = measure(words, 10.5) / 2
        canvas.text(
            min(max(marked, left + half), right - half),
            top - 7.4,
            words,
            size=10.5,
            bold=True,
            color=style.SELF,
            across="center",
        )


def names(canvas: Canvas, bands: Sequence[Any], held: Any, reached: Any, place: Any, under: float) -> None:
    """The names under the beam: the stage held as the weight, the stage of the score in a dashed box."""
    middle = under + 6.2
    size = lettering(canvas, bands)
    centers = spread(canvas, bands, place, size)
    for (start, end, level, name), center in zip(bands, centers, strict=True):
        half = measure(str(name), size, bold=level == held) / 2 + 1.8
        if level == held:
            beam = (place(start) + place(end)) / 2
            canvas.line([(beam, under), (center, middle - 3.2)], style.TEXT, 1.1)
            canvas.shape(
                [
                    (center - half + 1.0, middle - 3.3),
                    (center + half - 1.0, middle - 3.3),
                    (center + half, middle + 3.3),
                    (center - half, middle + 3.3),
                ],
                style.TEXT,
            )
            canvas.text(center, middle, str(name), size=size, bold=True, color=style.PANEL, across="center")
            continue
        if level == reached:
            canvas.rectangle(center - half, middle - 3.1, 2 * half, 6.2, edge=style.TEXT_2, line=0.8, dashes=(3, 2))
        color = style.TEXT if level == reached else style.TEXT_2
        canvas.text(center, middle, str(name), size=size, color=color, across="center")


def lettering(canvas: Canvas, bands: Sequence[Any]) -> float:
    """The size in points, 9 or less, at which all names stand side by side."""
    ink = sum(measure(str(name), 9.0, bold=True) for *_, name in bands)
    return min(9.0, 9.0 * (canvas.width - 4.4 * len(bands)) / ink) if ink else 9.0


def spread(canvas: Canvas, bands: Sequence[Any], place: Any, size: float) -> list[float]:
    """Centers of the names, pushed apart from the right so that they never touch."""
    centers = [(place(start) + place(end)) / 2 for start, end, *_ in bands]
    halves = [measure(str(name), size, bold=True) / 2 + 2.1 for *_, name in bands]
    limit = canvas.width
    for index in range(len(centers) - 1, -1, -1):
        centers[index] = min(centers[index], limit - halves[index])
        limit = centers[index] - halves[index]
    limit = 0.0
    for index in range(len(centers)):
        centers[index] = max(centers[index], limit + halves[index])
        limit = centers[index] + halves[index]
    return centers

"""A sheet measured in millimetres, origin at the top left, on one matplotlib Figure.

No axes machinery: scales, ticks and legends are drawn as what they are, which keeps a drawing at some ten
milliseconds and its look the same with every version of the library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from reports import clean
from reports.charts import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MM = 1 / 25.4
POINT = 25.4 / 72
Point = tuple[float, float]
# A line may end after a space, a hyphen or a Chinese character that no closing mark follows.
BREAK = re.compile(r"[ \-]|[\u3400-\u9fff，、；：）》”](?![，、；：。）》”])")
_reading = Lock()


class Canvas:
    """Drawing on `width` × `height` mm. Sizes of text in points, of lines in points, of places in mm."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure: Figure = Figure(figsize=(width * MM, height * MM), facecolor="none")
        self.axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.drawn = 0

    def _next(self) -> int:
        """Later things lie above earlier ones, whatever their kind."""
        self.drawn += 1
        return self.drawn

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 0.6,
        dashes: Sequence[float] = (),
        level: int | None = None,
    ) -> None:
        """A box. With `level` it has the fill, the pattern and the outline of that level."""
        from matplotlib.patches import Rectangle

        options: dict[str, Any] = {"facecolor": fill or "none", "edgecolor": edge or "none", "linewidth": line}
        options["zorder"] = self._next()
        if dashes:
            options["linestyle"] = (0, tuple(dashes))
        if level is not None:
            options |= {"facecolor": style.FILL[level], "edgecolor": style.INK[level], "hatch": style.HATCH[level]}
            options["hatch_linewidth"] = 0.55
            if level == 0:
                options["linestyle"] = (0, (3, 3))
        self.axes.add_patch(Rectangle((x, y), width, height, **options))

    def line(
        self, points: Sequence[Point], color: str, width: float = 0.6, dashes: Sequence[float] = (), close: bool = False
    ) -> None:
        """A broken line through points; `dashes` in multiples of the line width."""
        from matplotlib.lines import Line2D

        path = [*points, points[0]] if close else list(points)
        xs, ys = zip(*path, strict=True)
        kind: Any = (0, tuple(dashes)) if dashes else "-"
        self.axes.add_line(
            Line2D(
                xs,
                ys,
                color=color,
                linewidth=width,
                linestyle=kind,
                dash_capstyle="butt",
                solid_joinstyle="miter",
                zorder=self._next(),
            )
        )

    def shape(
        self, points: Sequence[Point], fill: str, edge: str | None = None, line: float = 0.6, alpha: float | None = None
    ) -> None:
        from matplotlib.patches import Polygon

        self.axes.add_patch(
            Polygon(
                points,
                closed=True,
                facecolor=fill,
                edgecolor=edge or "none",
                linewidth=line,
                alpha=alpha,
                zorder=self._next(),
            )
        )

    def circle(self, x: float, y: float, radius: float, fill: str, edge: str | None = None, line: float = 0.9) -> None:
        from matplotlib.patches import Circle

        self.axes.add_patch(
            Circle((x, y), radius, facecolor=fill, edgecolor=edge or "none", linewidth=line, zorder=self._next())
        )

    def diamond(self, x: float, y: float, radius: float, fill: str, edge: str | None = None) -> None:
        self.shape([(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)], fill, edge, 0.8)

    def square(self, x: float, y: float, radius: float, fill: str, edge: str) -> None:
        self.rectangle(x - radius, y - radius, 2 * radius, 2 * radius, fill=fill, edge=edge, line=0.9)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 9.5,
        bold: bool = False,
        serif: bool = False,
        color: str = style.TEXT,
        across: Literal["left", "center", "right"] = "left",
        fit: float | None = None,
        rows: int = 1,
        upright: bool = False,
    ) -> None:
        """Words centred on `y`, in as many as `rows` lines where one would be wider than `fit` mm.

        What is still too wide is shortened with … (the table has it whole).
        """
        shown = clean.substitute(clean.tidy(words))
        if fit is not None:
            lines = broken(shown, size, fit, rows, bold)
            if len(lines) > 1:
                step = size * 1.2 * POINT
                for index, line in enumerate(lines):
                    at = y + step * (index - (len(lines) - 1) / 2)
                    self.text(x, at, line, size=size, bold=bold, serif=serif, color=color, across=across)
                return
            shown = lines[0]
        # centred on the height of a Chinese character, not on the ink of this text
        self.axes.text(
            x + size * 0.36 * POINT if upright else x,
            y if upright else y + size * 0.36 * POINT,
            shown,
            fontproperties=style.face(bold, serif),
            fontsize=size,
            color=color,
            ha=across,
            va="baseline",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
            parse_math=False,
            zorder=self._next(),
        )


def measure(words: str, size: float, bold: bool = False) -> float:
    """Width in mm in the sans face, by the advances of its characters."""
    return sum(advance(char, bold) for char in words) * size * POINT


@cache
def advance(char: str, bold: bool) -> float:
    """How far a character takes the pen, in em; one em where the face does not have it."""
    from matplotlib.ft2font import FT2Font

    with _reading:
        font = FT2Font(str(clean.SANS_BOLD if bold else clean.SANS))
        if not font.get_char_index(ord(char)):
            return 1.0
        font.set_size(100, 72)
        return float(font.load_char(ord(char)).linearHoriAdvance) / 65536 / 100


def broken(words: str, size: float, fit: float, rows: int, bold: bool = False) -> list[str]:
    """The words in at most `rows` lines no wider than `fit` mm, broken at spaces or between Chinese characters."""
    lines: list[str] = []
    rest = words
    while measure(rest, size, bold) > fit and len(lines) + 1 < rows:
        ends = [
            found.end() for found in BREAK.finditer(rest) if measure(rest[: found.end()].rstrip(), size, bold) <= fit
        ]
        if not ends:
            break
        lines.append(rest[: ends[-1]].rstrip())
        rest = rest[ends[-1] :].lstrip()
    return [*lines, shortened(rest, size, fit, bold)]


def shortened(words: str, size: float, fit: float, bold: bool = False) -> str:
    """The words, or as many as fit into `fit` mm followed by an ellipsis."""
    if measure(words, size, bold) <= fit:
        return words
    while words and measure(words, size, bold) > fit - size * POINT:
        words = words[:-1]
    return f"{words.rstrip()}…"
